import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/app/commands.ts';
import { run } from '../../src/app/run.ts';
import { DEFAULTS } from '../../src/descend/index.ts';
import { gradus } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradus-'));

describe('exit status', () => {
  test.each<[number, string[]]>([
    [0, ['derive', 'x^2']],
    [0, ['--help']],
    [0, ['train', '--help']],
    [0, ['--version']],
    [0, ['check', 'sin(x)']],
    [0, ['eval', '2 + 3']],
    [1, ['derive', 'x^']],
    [1, ['train', 'param W : [2, 2]\nminimize W']],
    [1, ['eval', 'x + 1']],
    [1, ['train', 'minimize 3']],
    [1, ['derive', 'nothing-here.grad']],
    [1, ['derive', `${folder}`.concat('.grad')]],
    [1, ['train', 'param w; minimize w^2', '--data', 'nothing-here.json']],
    [2, ['derive']],
    [2, ['derive', 'x^2', '--colour']],
    [2, ['derive', 'x^2', '--format', 'pdf']],
    [0, ['derive', 'x^2', '--wrt', 'y']],
    [2, ['derive', 'param x; minimize x^2', '--wrt', 'y']],
    [2, ['derive', 'x^2', '--wrt', '3']],
    [2, ['derive', 'x^2', '--wrt', 'x', '--wrt', 'x']],
    [2, ['derive', 'x', '--shape', 'x=2', '--shape', 'x=3']],
    [2, ['train', 'param w; minimize w^2', '--lr', '1', '--lr', '2']],
    [2, ['check', 'x^2', '--claim', 'x: 2x', '--claim', 'x: x']],
    [2, ['check', 'x^2', '--claim', 'x:']],
    [2, ['eval', 'x', '--set', 'x=1', '--set', 'x=2']],
    [0, ['eval', 'x+y', '--set', 'x=1', '--set', 'y=2']],
    [2, ['derive', 'x*y']],
    [2, ['derive', 'x', 'y']],
    [2, ['solve', 'x^2']],
    [2, ['train', 'param w; minimize w^2', '--epochs', 'many']],
    [2, ['train', 'param w; minimize w^2', '--epochs', '-1']],
    [2, ['train', 'param w; minimize w^2', '--lr', '0']],
    [2, ['train', 'param w; minimize w^2', '--optimizer', 'magic']],
    [2, ['train', 'param w; minimize w^2', '--batch', '2']],
    [2, ['train', 'param w; minimize w^2', '--data', 'table.xls']],
    [2, ['train', 'param w; minimize w^2', '--resum', 'run.json']],
    [0, ['check', 'x^2', '--claim', 'x: 2x']],
    [2, ['check', 'x^2', '--claim', '2x']],
    [2, ['eval', 'x', '--set', 'x']],
    [2, ['eval', 'x', '--set', 'x=y']],
    [2, ['derive', 'x', '--shape', '2']],
    [3, ['train', 'param w = 1; minimize w^2', '--lr', '5', '--quiet']],
  ])('%d: %j', async (status, argv) => {
    const outcome = await gradus(argv);
    expect(outcome.status).toBe(status);
    // A result on standard output, what is wrong on standard error; of a diverged run both.
    expect(outcome.out === '').toBe(status === 1 || status === 2);
    expect(outcome.err === '').toBe(status === 0);
    expect(outcome.err).not.toMatch(/^\s+at /m);
    expect(outcome.err).not.toContain('internal error');
  });

  test('what is no GradusError is reported without a stack trace', async () => {
    let err = '';
    const io = {
      out: () => {},
      err: (text: string) => {
        err += text;
      },
      input: () => Promise.reject(new Error('the pipe is broken')),
      async *bytes() {},
      inputIsTerminal: false,
      screen: undefined,
      colors: { out: false, err: false },
    };
    expect(await run(['derive', '-'], io)).toBe(1);
    expect(err).toContain('the pipe is broken');
    expect(err).not.toMatch(/^\s+at /m);
  });
});

describe('SOURCE', () => {
  test('is a .grad file, standard input, or itself', async () => {
    const file = join(folder, 'square.grad');
    writeFileSync(file, '\uFEFFx^2\r\n');
    const expected = (await gradus(['derive', 'x^2'])).out;
    expect((await gradus(['derive', file])).out).toBe(expected);
    expect((await gradus(['derive', '-'], { input: 'x^2\n' })).out).toBe(expected);
  });

  test('is another file that is there, whatever it ends in', async () => {
    const expected = (await gradus(['derive', 'x^2'])).out;
    for (const name of ['square.gradus', 'square.txt', 'square']) {
      writeFileSync(join(folder, name), 'x^2\n');
      expect((await gradus(['derive', join(folder, name)])).out).toBe(expected);
    }
    expect((await gradus(['derive', join(folder, 'nothing.txt')])).err).toMatch(/^syntax error/);
  });

  test('without a command a model on standard input is derived', async () => {
    expect((await gradus([], { input: 'x^2' })).out).toBe((await gradus(['derive', 'x^2'])).out);
  });

  test('without anything, on a terminal, the usage is shown', async () => {
    const { status, out, err } = await gradus([], { inputIsTerminal: true });
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/^Usage: gradus/);
  });

  test('a file that does not exist is named', async () => {
    const { err } = await gradus(['derive', 'or-gat.grad']);
    expect(err).toBe('data error: cannot read or-gat.grad: there is no such file\n');
  });
});

describe('an error', () => {
  const model = '# two lines\nparam W : [1, 2]\ndata X : [2, m]\nminimize sum(X·W)\n';

  test('shows file, line and column, the line, a mark and a hint', async () => {
    const file = join(folder, 'wrong.grad');
    writeFileSync(file, model);
    const { err } = await gradus(['derive', file]);
    expect(err).toBe(
      [
        `${file}:4:14  shape error: these cannot be multiplied`,
        '  4 │ minimize sum(X·W)',
        '    │              ~~~ X is 2×m, W is 1×2: the inner sizes m and 1 differ',
        '  hint: W·X is (1×2)·(2×m) = 1×m',
        '',
      ].join('\n'),
    );
    expect((await gradus(['derive', '-'], { input: model })).err).toBe(err.replace(file, 'standard input'));
  });

  test('has no file where the source is on the command line', async () => {
    const { err } = await gradus(['derive', 'x + foo(x)', '--wrt', 'x']);
    expect(err).toMatch(/^name error: unknown function foo\n {2}1 │ x \+ foo\(x\)\n {4}│ {5}~~~/);
  });

  test('is in colour on a terminal only', async () => {
    const plain = await gradus(['derive', 'x + foo(x)']);
    const colored = await gradus(['derive', 'x + foo(x)'], { colors: true });
    expect(plain.err).not.toContain('\u001b');
    expect(colored.err).toContain('\u001b[31m~~~\u001b[39m');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    expect(colored.err.replace(/\u001b\[\d+m/g, '')).toBe(plain.err);
  });
});

describe('the help', () => {
  test('names every command, and every option of each', async () => {
    const { out } = await gradus(['--help']);
    for (const { name, summary, options } of commands) {
      expect(out).toContain(name);
      expect(out.replace(/\s+/g, ' ')).toContain(summary);
      const help = (await gradus([name, '--help'])).out;
      for (const option of options) expect(help).toContain(option.flags);
    }
  });

  test("states train's defaults as they are", () => {
    const train = commands.find(({ name }) => name === 'train')!;
    const defaults = Object.fromEntries(train.options.map((option) => [option.attributeName(), option.defaultValue]));
    const { lr, ...others } = DEFAULTS;
    expect(defaults).toMatchObject(others);
    // The learning rate is the optimizer's own.
    expect(train.options.find((option) => option.attributeName() === 'lr')!.description).toContain(`(default: ${lr})`);
  });
});

describe('a source that begins with a sign', () => {
  test.each([
    [['derive', '-x^2', '--format', 'ascii']],
    [['derive', '-x^2', '--wrt', 'x', '--format', 'ascii']],
    [['derive', '--format', 'ascii', '--wrt', 'x', '-x^2']],
    [['derive', '--format', 'ascii', '--', '-x^2']],
  ])('%j', async (argv) => {
    const { status, out, err } = await gradus(argv);
    expect(err).toBe('');
    expect(status).toBe(0);
    expect(out).toContain('-2*x');
  });

  test('is told from options, whatever takes a value', async () => {
    expect((await gradus(['eval', '-x', '--set', 'x=-3'])).out.trim()).toBe('3');
    expect((await gradus(['derive', '-wrt', 'x', 'x^2'])).err).toContain("unknown option '-wrt'");
    expect((await gradus(['derive', 'x^2', '-z'])).status).toBe(2);
  });
});

test('the functions are listed', async () => {
  const { out, status } = await gradus(['help', 'functions']);
  expect(status).toBe(0);
  expect(out).toMatch(/^sigmoid, σ, logistic +\S/m);
  expect(out).toMatch(/^mse\(a, y\) = /m);
});

describe('a source where a command belongs', () => {
  test.each([
    [['x^2'], "gradus derive 'x^2'"],
    [['sin(x)', '--wrt', 'x'], "gradus derive 'sin(x)' --wrt x"],
    [['x'], 'gradus derive x'],
    [["it's^2"], "gradus derive 'it'\\''s^2'"],
    [['model.grad'], 'gradus derive model.grad'],
  ])('%j', async (argv, hint) => {
    const { status, err } = await gradus(argv);
    expect(status).toBe(2);
    expect(err).toContain(`hint: ${hint}\n`);
  });

  test('a command that is misspelled is one', async () => {
    expect((await gradus(['derve'])).err).toContain('Did you mean derive?');
  });
});

test('a claim may be written as an equation', async () => {
  expect((await gradus(['check', 'x^2', '--claim', 'dx = 2*x'])).status).toBe(0);
  expect((await gradus(['check', 'x^2', '--claim', 'x = 2*x'])).status).toBe(0);
  expect((await gradus(['check', 'x^2', '--claim', '2*x'])).err).toContain('x: 2*x');
});
