import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { gradus } from './harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'gradus-'));
let files = 0;

/** A data file with this text. */
function file(text: string, kind: 'csv' | 'json'): string {
  const name = join(folder, `data${files++}.${kind}`);
  writeFileSync(name, text);
  return name;
}

describe('a name in a data file', () => {
  test.each([
    ['x₁,y\n1,2\n', 'csv'],
    ['x1,y\n1,2\n', 'csv'],
    ['{"x₁": 1}', 'json'],
    ['{"x1": 1}', 'json'],
  ] as const)('is that of the source: %j', async (text, kind) => {
    for (const source of ['x₁ + 1', 'x1 + 1']) {
      expect(await gradus(['eval', source, '--data', file(text, kind)])).toMatchObject({ status: 0, out: '2\n' });
    }
  });

  test.each([
    ['e\u0301\n3\n', '\u00e9'],
    ['\u00e9\n3\n', 'e\u0301'],
  ])('decomposed or composed', async (text, name) => {
    expect(await gradus(['eval', `${name}^2`, '--data', file(text, 'csv')])).toMatchObject({ status: 0, out: '9\n' });
  });

  test.each([
    ['x₁,x1\n1,2\n', 'csv', 'has columns x₁ and x1, which are one name'],
    ['x1,x1\n1,2\n', 'csv', 'has two columns x1'],
    ['{"x₁": 1, "x1": 2}', 'json', 'has columns x₁ and x1, which are one name'],
  ] as const)('stands once: %j', async (text, kind, message) => {
    const { status, err } = await gradus(['eval', 'x1', '--data', file(text, kind)]);
    expect(status).toBe(1);
    expect(err).toContain(message);
  });

  test('may be given on the command line in either spelling', async () => {
    expect((await gradus(['eval', 'x₁^2', '--set', 'x₁=3'])).out).toBe('9\n');
    expect((await gradus(['eval', 'sum(x₁)', '--shape', 'x₁=2', '--set', 'x1=[1,2]'])).out).toBe('3\n');
    expect((await gradus(['derive', 'x₁^2*y', '--wrt', 'x₁'])).status).toBe(0);
    expect((await gradus(['check', 'x₁^2', '--claim', 'x₁: 2*x1'])).out).toMatch(/^✓/);
    const model = 'data X : [m₁] = [1, 2]\nparam w = 1\nminimize sum((w*X).^2)';
    expect((await gradus(['train', model, '--batch', '1', '--batch-axis', 'm₁', '--epochs', '2', '--quiet'])).status).toBe(0);
  });
});

test('columns that a declaration takes are no names of the source', async () => {
  const table = file('x1,x2,y\n1,2,3\n4,5,6\n', 'csv');
  const model = 'data X : [n, 2] from x1, x2; data y : [n]; Z = X*[1, 2]; minimize sum((Z - y).^2)';
  const { status, out, err } = await gradus(['eval', model, '--data', table, '--quantity', 'Z']);
  expect({ status, out, err }).toEqual({ status: 0, out: 'Z = [5  14]ᵀ\n', err: '' });
});

describe('a table with 200,000 columns', () => {
  const columns = Array.from({ length: 200_000 }, (_, k) => `c${k}`);
  const wide = file(`${columns.join()},x\n${columns.map(() => 1).join()},2\n`, 'csv');

  test('is read in seconds, and said in a line', async () => {
    const start = performance.now();
    const { status, out, err } = await gradus(['eval', 'sum(x)', '--data', wide]);
    expect({ status, out }).toEqual({ status: 0, out: '2\n' });
    expect(err).toBe(`warning: ${wide}: not used: ${columns.slice(0, 12).join(', ')} and 199988 more\n`);
    expect((await gradus(['eval', 'sum(y)', '--data', wide])).err).toContain('and 199989 more');
    const object = file(JSON.stringify(Object.fromEntries(columns.map((name) => [name, 1]))), 'json');
    expect((await gradus(['eval', 'x', '--data', object])).err).toContain('c0 is not an input of this source');
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});

describe('an array in a JSON file', () => {
  test('nested 200,000 deep is refused', async () => {
    const deep = file(`{"x": ${'['.repeat(200_000)}1${']'.repeat(200_000)}}`, 'json');
    const { status, err } = await gradus(['eval', 'sum(x)', '--data', deep]);
    expect(status).toBe(1);
    expect(err).toBe('too large: the value of x is nested more than 32 deep\n');
  });

  test('may hold ∞ and NaN, as they are written out', async () => {
    const values = file('{"x": ["Infinity", "-Infinity", "NaN", 1]}', 'json');
    expect(JSON.parse((await gradus(['eval', 'x', '--data', values, '--json'])).out)).toEqual([
      'Infinity',
      '-Infinity',
      'NaN',
      1,
    ]);
  });
});

describe('nothing in a file moves the cursor, sets colours or hides', () => {
  const EVIL = '\u001b[31m\u001b]0;title\u0007\u202e\u200b\u009b';
  const SHOWN = '\\u001b[31m\\u001b]0;title\\u0007\\u202e\\u200b\\u009b';

  test.each<[string, () => string[]]>([
    ['a header', () => ['eval', 'x', '--data', file(`x,${EVIL}\n1,2\n`, 'csv')]],
    ['headers none of which is known', () => ['eval', 'z', '--data', file(`${EVIL}\n1\n`, 'csv')]],
    ['a header given twice', () => ['eval', 'z', '--data', file(`${EVIL},${EVIL}\n1,2\n`, 'csv')]],
    ['a cell', () => ['eval', 'x', '--data', file(`x\n${EVIL}\n`, 'csv')]],
    ['a key', () => ['eval', 'x', '--data', file(JSON.stringify({ [EVIL]: 1 }), 'json')]],
    ['a text among numbers', () => ['eval', 'x', '--data', file(JSON.stringify({ x: [EVIL] }), 'json')]],
    ['what is no JSON', () => ['eval', 'x', '--data', file(EVIL, 'json')]],
    ['the name of a file', () => ['eval', 'x', '--data', `${EVIL}.csv`]],
    ['the name of a model', () => ['derive', `${EVIL}.grad`]],
    ['the name of an output', () => ['derive', 'x', '-o', `nowhere/${EVIL}`]],
    ['an unknown kind of file', () => ['eval', 'x', '--data', `x.${EVIL}`]],
    ['a source', () => ['derive', `x + ${EVIL}`]],
    ['a comment beside an error', () => ['derive', `x + y(2) # ${EVIL}`]],
    ['a name to derive by', () => ['derive', 'x', '--wrt', EVIL]],
    ['a value', () => ['eval', 'x', '--set', `x=${EVIL}`]],
    ['a shape', () => ['eval', 'x', '--shape', `x=${EVIL}`]],
    ['a claim', () => ['check', 'x^2', '--claim', `x: 3x # ${EVIL}`]],
    ['an unknown option', () => ['eval', 'x', `--${EVIL}`]],
    ['an unknown command', () => [EVIL]],
    ['an optimizer', () => ['train', 'param w = 1; minimize w^2', '--optimizer', EVIL]],
  ])('%s', async (_, argv) => {
    const { out, err } = await gradus(argv());
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
    expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u200b]/);
    expect(out + err).toMatch(/\\u001b|U\+001B|\\u202e/);
  });

  test('names that are shown are shown escaped', async () => {
    const { err } = await gradus(['eval', 'x', '--data', file(`x,${EVIL}\n1,2\n`, 'csv')]);
    expect(err).toContain(`not used: ${SHOWN}\n`);
  });

  test('nor in a session', async () => {
    const name = join(folder, 'plain.csv');
    writeFileSync(name, `x,${EVIL}\n1,2\n`);
    const session = `data x : [n]\n:load ${name}\n:load ${EVIL}.csv\nx + ${EVIL}\n:${EVIL}\n`;
    const { out, err } = await gradus([], { input: session });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for
    expect(out + err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e\u200b]/);
    expect(out).toContain(SHOWN);
  });
});

describe('how tables are written may be said', () => {
  test.each([
    ['semicolon', 'x;y\n1,5;2\n2,5;4\n'],
    [';', 'x;y\n1,5;2\n2,5;4\n'],
    ['tab', 'x\ty\n1,5\t2\n2,5\t4\n'],
    ['\\t', 'x\ty\n1,5\t2\n2,5\t4\n'],
    ['~', 'x~y\n1,5~2\n2,5~4\n'],
  ])('--delimiter %s', async (sign, text) => {
    const argv = ['eval', 'sum(x.*y)', '--data', file(text, 'csv'), '--delimiter', sign, '--decimal', 'comma'];
    expect(await gradus(argv)).toMatchObject({ status: 0, out: '13\n' });
  });

  test('a delimiter that is none is wrong usage', async () => {
    const { status, err } = await gradus(['eval', 'x', '--data', file('x\n1\n', 'csv'), '--delimiter', 'abc']);
    expect(status).toBe(2);
    expect(err).toContain('It is one of these: comma, semicolon, tab');
  });

  const LABELS = 'data x : [n], Y : [n, k] onehot cols; param w : [k] = 0; minimize sum((Y*w - x).^2)';
  const rated = () => file('x,Y\n1,yes\n2,no\n3,yes\n', 'csv');

  test('--classes have the order that is said, and may be more than there are', async () => {
    const { out } = await gradus(['eval', LABELS, '--data', rated(), '--classes', 'Y=yes,maybe,no', '--quantity', 'Y', '--json']);
    expect(JSON.parse(out)).toEqual({
      Y: [
        [1, 0, 0],
        [0, 0, 1],
        [1, 0, 0],
      ],
    });
  });

  test.each([
    ['Y=yes,maybe', 1, /line 3: Y is “no”, an unknown class[\s\S]*the classes are yes, maybe/],
    ['Z=yes,no', 2, /classes are given of Z, which is not an input of this source[\s\S]*its inputs are x, Y, w/],
    ['x=yes,no', 2, /classes are given of x, which is no one-hot array/],
    ['Y=yes,no,yes', 2, /the class yes of Y is named twice/],
  ])('--classes %s', async (classes, status, message) => {
    const found = await gradus(['train', LABELS, '--data', rated(), '--classes', classes, '--quiet']);
    expect(found.status).toBe(status);
    expect(found.err).toMatch(message);
  });
});
