import { describe, expect, test } from 'vitest';
import { refusal, valuesIn } from './reading.ts';

/** What could be read in two ways is refused, not read in one of them. */

const XY = 'data x : [n], y : [n]; minimize sum(x + y)';

describe('one column is not folded into a matrix', () => {
  const COLUMN = 'X\n1\n2\n3\n4\n5\n6\n';
  const model = (shape: string) => `data X : [${shape}]; minimize sum(X)`;

  test.each([
    ['n, 2', 'X : [n, 2] has no axis for one column of '],
    ['2, n', 'X : [2, n] has no axis for one column of '],
    ['2, 3', 'X : [2, 3] has no axis for one column of '],
    ['2, n, 1', 'X : [2, n, 1] has no axis for one column of '],
    ['n, d', 'which axis of X : [n, d] counts the columns cannot be told'],
  ])('[%s]', async (shape, message) => {
    for (const [name, content] of [
      ['a.csv', COLUMN],
      ['a.jsonl', '{"X": 1}\n{"X": 2}\n{"X": 3}\n{"X": 4}\n{"X": 5}\n{"X": 6}\n'],
    ] as const)
      expect((await refusal(model(shape), name, content)).message).toBe(message.endsWith(' ') ? message + name : message);
  });

  test.each(['n', '6', 'n, 1', '1, n', '6, 1', 'n, 1, 1', '1, n, 1'])('[%s] is a column', async (shape) => {
    expect([(await valuesIn(model(shape), 'a.csv', COLUMN)).values.X].flat(3)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('nor where another name counts the rows: its other axis is 1', async () => {
    const source = 'data X : [n, d], y : [n]; minimize sum(X) + sum(y)';
    expect((await valuesIn(source, 'a.csv', 'X,y\n1,2\n3,4\n')).values.X).toEqual([[1], [3]]);
  });
});

describe('a key that an object of JSON has twice', () => {
  test.each<[string, string, string]>([
    ['a.json', '{\n "x": [1, 2],\n "y": [1, 2],\n "x": [3, 4]}', 'a.json, line 4 has the key x twice'],
    ['a.json', '{"x": [1, 2], "y": [":", ":"], "\\u0078": [3, 4]}', 'a.json, line 1 has the key x twice'],
    ['a.json', '{"a\\"": {"b": 1}, "x": [1], "y": [2], "a\\"": 1}', 'a.json, line 1 has the key a" twice'],
    ['a.json', '[{"x": 1, "y": 2}, {"x": 1, "y": 2, "x": 3}]', 'a.json, entry 2 has the key x twice'],
    ['a.jsonl', '{"x": 1, "y": 2}\n{"x": 1, "x": 1, "y": 2}\n', 'a.jsonl, line 2 has the key x twice'],
    ['a.json', '{"x": 1, "y": 2}\n{"x": 1, "x": 1, "y": 2}\n', 'a.json, line 2 has the key x twice'],
    ['a.json', '{"x": 1, "y": 2, "": 1, "": 2}', 'a.json, line 1 has the key  twice'],
  ])('%s: %s', async (name, content, message) => {
    expect((await refusal(XY, name, content)).message).toBe(message);
  });

  test.each([
    ['a.json', '[{"x": 1, "y": 2, "more": {"x": "a:b", "z": [{"x": 1}, {"x": 2}]}}, {"y": 2, "x": 1, "c": ["\\\\", "x", "x"]}]'],
    ['a.json', '{"x": [1, 1], "y": [2, 2]}'],
    ['a.jsonl', '{"x": 1, "y": 2, "at": "10:30:00", "x:": {"x": 1, "y": 2}}\n{"x": 1, "y": 2, "of": [{"x": 1, "x": 2}]}\n'],
  ])('is none in another object: %s %s', async (name, content) => {
    expect((await valuesIn(XY, name, content)).values).toEqual({ x: [1, 1], y: [2, 2] });
  });
});

describe('points that may separate thousands', () => {
  const HINT = 'a decimal point? --decimal point; a thousands separator? leave it out';
  test.each<[string, string, string]>([
    ['all of them', 'x;y\n1.000;2.000\n3.500;4.000\n', 'a.csv, line 2: x is “1.000”, which may be 1 or 1000'],
    ['beside whole numbers', 'x;y\n1;2\n-12.345;4\n', 'a.csv, line 3: x is “-12.345”, which may be -12.345 or -12345'],
    ['in quotes', 'x;y\n"1";2\n"3.500";4\n', 'a.csv, line 3: x is “3.500”, which may be 3.5 or 3500'],
    ['after hundreds of rows', `x;y\n${'1;2\n'.repeat(300)}1.500;2\n`, 'a.csv, line 302: x is “1.500”, which may be 1.5 or 1500'],
  ])('%s', async (_, content, message) => {
    expect(await refusal(XY, 'a.csv', content)).toEqual({ message, hint: HINT });
  });

  test.each<[string, string, Record<string, number[]>]>([
    ['a number below one', 'x;y\n1.500;2\n0.500;4\n', { x: [1.5, 0.5], y: [2, 4] }],
    ['other places, in another column', 'x;y\n1.500;2\n3.500;4.25\n', { x: [1.5, 3.5], y: [2, 4.25] }],
    [
      'a number that comes late',
      `x;y\n1.500;2\n${'1;2\n'.repeat(300)}1.5;2\n`,
      { x: [1.5, ...Array.from({ length: 300 }, () => 1), 1.5], y: Array.from({ length: 302 }, () => 2) },
    ],
    ['four digits before it', 'x;y\n1.500;1234.500\n', { x: [1.5], y: [1234.5] }],
    ['an exponent', 'x;y\n1.500;1.500e3\n', { x: [1.5], y: [1500] }],
    ['commas between cells', 'x,y\n1.500,2.500\n', { x: [1.5], y: [2.5] }],
    ['a column that nothing uses', 'x;z;y\n1;2.500;3\n', { x: [1], y: [3] }],
  ])('are those of fractions beside %s', async (_, content, values) => {
    expect((await valuesIn(XY, 'a.csv', content)).values).toEqual(values);
  });

  test('are those of fractions where it is said', async () => {
    const { values } = await valuesIn(XY, 'a.csv', 'x;y\n1.000;2.000\n', { decimal: 'point' });
    expect(values).toEqual({ x: [1], y: [2] });
  });
});
