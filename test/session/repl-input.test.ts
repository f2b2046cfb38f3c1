import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileNames } from '../../src/app/file-names.ts';
import { History, historyFile, REMEMBERED } from '../../src/app/repl/history.ts';
import { isSession } from '../../src/app/repl/script.ts';
import { widthOf } from '../../src/language/visible.ts';
import { complete } from '../../src/session/complete.ts';
import { emptyState } from '../../src/session/evaluate.ts';
import { isIncomplete, joined } from '../../src/session/incomplete.ts';
import { askedDerivative } from '../../src/session/requests.ts';
import { gradus } from '../app/harness.ts';
import { Dialogue, orGate } from './repl-dialogue.ts';

describe('a line goes on', () => {
  test.each([
    '(a',
    'sum([1, 2',
    'a +',
    'a = ',
    'W.^',
    'x ? 1 :',
    'param W :',
    'data a = 1,',
    'minimize C =',
    '|x',
    'a \\',
    'derive Cost \\',
  ])('after %s', (line) => {
    expect(isIncomplete(line)).toBe(true);
  });

  test.each(['a', 'a;', '', '# (', 'a) + (', 'x = = (', '@ (', ':claim W: (', 'd Cost / d W', '∂Cost/∂W', "X'"])(
    'not after %s',
    (line) => {
      expect(isIncomplete(line)).toBe(false);
    },
  );

  test('a backslash joins, unless it solves', () => {
    expect(joined('param a = 1, \\', 'b = 2')).toBe('param a = 1,   b = 2');
    expect(joined('x^2 \\', '+ 3')).toBe('x^2   + 3');
    expect(joined('derive Cost \\', 'W')).toBe('derive Cost   W');
    expect(joined('A \\', 'b')).toBe('A \\\nb');
    expect(joined('(a', '+ b)')).toBe('(a\n+ b)');
  });
});

test.each(['x^2', 'd*x/d*y', 'derivative', 'derive = 3', 'd = x / d y', 'dx/dy', '', 'd x', 'd / e'])(
  '%s asks for no derivative',
  (line) => {
    expect(askedDerivative(line)).toBeUndefined();
  },
);

describe('completion', () => {
  const completed = async (line: string) => complete((await orGate()).state, line, fileNames);

  test('of names and functions', async () => {
    expect(await completed('d Co')).toEqual([['Cost'], 'Co']);
    expect(await completed('sum(sigm')).toEqual([['sigmoid('], 'sigm']);
    expect((await completed('1 + '))[0]).toEqual(['X', 'Y', 'W', 'b', 'Z', 'A', 'Cost']);
    expect(await completed('min')).toEqual([['min(', 'minimize '], 'min']);
    const session = new Dialogue();
    await session.say('energy(z) = z^2');
    expect(complete(session.state, 'ener')).toEqual([['energy('], 'ener']);
  });

  test('of commands and their arguments', async () => {
    expect(await completed(':cl')).toEqual([[':claim ', ':clear '], ':cl']);
    expect(await completed(':steps f')).toEqual([['full'], 'f']);
    expect(await completed(':lang ')).toEqual([['en', 'zh'], '']);
    expect(await completed(':train 500 l')).toEqual([['lr='], 'l']);
    expect(await completed(':claim Co')).toEqual([['Cost'], 'Co']);
  });

  test('of files', async () => {
    expect(await completed(':load examples/or-')).toEqual([['examples/or-first.grad', 'examples/or-gate.grad'], 'examples/or-']);
    expect(await completed(':load exampl')).toEqual([['examples/'], 'exampl']);
    expect(await completed(':load nowhere/')).toEqual([[], 'nowhere/']);
  });

  test('of signs by their LaTeX names', async () => {
    expect(await completed('x + \\alpha')).toEqual([['α'], '\\alpha']);
    expect(await completed('\\sig')).toEqual([['σ'], '\\sig']);
    expect((await completed('\\o'))[0]).toEqual(['\\omega', '\\odot', '\\oslash', '\\otimes']);
  });
});

describe('the history', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-'));

  test('is where the XDG says, or where GRADUS_HISTORY does', () => {
    expect(historyFile({ XDG_STATE_HOME: '/state' })).toBe('/state/gradus/history');
    expect(historyFile({})).toMatch(/\/\.local\/state\/gradus\/history$/);
    expect(historyFile({ XDG_STATE_HOME: '/state', GRADUS_HISTORY: '/mine' })).toBe('/mine');
    expect(historyFile({ GRADUS_HISTORY: '' })).toBeUndefined();
  });

  test('outlives a session', () => {
    const file = join(folder, 'new', 'history');
    const first = new History(file);
    expect(first.lines).toEqual([]);
    first.add('x^2');
    first.add('  ');
    first.add('y');
    expect(new History(file).lines).toEqual(['x^2', 'y']);
  });

  test('does not grow for ever', () => {
    const file = join(folder, 'long');
    writeFileSync(file, Array.from({ length: 2 * REMEMBERED + 1 }, (_, k) => `${k}\n`).join(''));
    const { lines } = new History(file);
    expect(lines).toHaveLength(REMEMBERED);
    expect(lines.at(-1)).toBe(String(2 * REMEMBERED));
    expect(readFileSync(file, 'utf8').split('\n')).toHaveLength(REMEMBERED + 1);
  });

  test('that cannot be written is none', () => {
    const locked = join(folder, 'locked');
    mkdirSync(locked);
    chmodSync(locked, 0o500);
    for (const file of [folder, `${locked}/a/history`, '/proc/nowhere/history', undefined]) {
      const history = new History(file);
      expect(history.lines).toEqual([]);
      expect(() => history.add('x')).not.toThrow();
    }
  });
});

test('columns on a terminal', () => {
  expect(['abc', 'σ·ᵀ', '变量', 'x̂', 'W₁'].map(widthOf)).toEqual([3, 3, 4, 1, 2]);
});

describe('standard input', () => {
  test.each(readdirSync('examples').filter((name) => name.endsWith('.grad')))('%s is a model, not a session', (name) => {
    expect(isSession(readFileSync(`examples/${name}`, 'utf8'))).toBe(false);
  });

  test.each(['x^2', 'M[1,\n:]', '∂(x^2)/∂(x)', '# :help\nx', 'd = 1\nd*x/d'])('%j is a model', (text) => {
    expect(isSession(text)).toBe(false);
  });

  test('is a session where it asks for something', async () => {
    const { status, out, err } = await gradus([], { input: ':load examples/or-gate.grad\r\nd Cost / d W\r\n:quit\n:nonsense\n' });
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/^ {2}X, Y[\s\S]*∂Cost\/∂W = dZ·Xᵀ/);
    expect(out).not.toMatch(/^[>…] /m);
    expect(out).not.toContain('\u001b');
  });

  test('inputs of several lines, and errors at their line', async () => {
    const { status, out, err } = await gradus([], { input: 'const a = (1 +\n  2)\nd a^2 / d q\nb = a +\n  qq\n:train 5\na*2' });
    expect(out).toMatch(/^ {2}a : scalar {3}const\n[\s\S]*\n {2}2a = 6\n$/);
    expect(err).toContain('standard input:5:3  name error: unknown name qq\n  5 │   qq');
    expect(err).toContain('there is nothing to train');
    expect(status).toBe(1);
  });

  test('is a model otherwise', async () => {
    expect((await gradus([], { input: 'a = 3\na*x^2' })).out).toContain('∂f/∂x = 2a·x');
  });

  test('no line of any kind throws', async () => {
    const state = emptyState;
    expect(state.entries).toEqual([]);
    const session = await orGate();
    for (const line of [
      ':::',
      'd / d',
      'd  / d x',
      '∂/∂',
      'derive ,',
      'derive by',
      ':claim :',
      ':claim W:',
      ':train =',
      ':train lr=',
      ':load /',
      '\\',
      '\u0000',
      ':help \\',
      'd (/ d x',
      'a = ;',
      ':numbers on on',
      'd/d(',
      '= 3',
      ':save /',
    ]) {
      const { misfit, quit } = await session.answer(line);
      expect({ line, told: misfit?.error.name ?? 'answered', quit }).toEqual({
        line,
        told: expect.stringMatching(/GradusError|answered/),
        quit: undefined,
      });
    }
  });
});
