import { describe, expect, test } from 'vitest';
import { refusal, valuesIn } from './reading.ts';

const minimized = (declarations: string) => `${declarations}; minimize 1`;

describe('rows are examples: parameters are not filled from tables', () => {
  const TABLE = 'u,v,y\n1,2,3\n2,4,6\n3,7,8\n';

  test('a column that a matrix takes is no parameter', async () => {
    const source = minimized('data X : [n, 2] from u, v, y : [n]; param v : [3] = 1');
    const { values, warnings } = await valuesIn(source, 'a.csv', TABLE);
    expect(values).not.toHaveProperty('v');
    expect(values.X).toEqual([
      [1, 2],
      [2, 4],
      [3, 7],
    ]);
    expect(warnings).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['of its length', 'data y : [n]; param v : [3] = 1', TABLE],
    ['of another', 'data y : [n]; param v : [1, 5] = 1', TABLE],
    ['of one row', 'data y : [n]; param v = 1', 'v,y\n1,2\n'],
    ['as lines of JSON', 'data y : [n]; param v = 1', '{"v": 1, "y": 2}\n'],
  ])('a column %s is not used', async (_, declarations, table) => {
    const name = table.startsWith('{') ? 'a.jsonl' : 'a.csv';
    const { values, warnings } = await valuesIn(minimized(declarations), name, table);
    expect(values).not.toHaveProperty('v');
    expect(warnings.join()).toMatch(/not used: (?:u, )?v/);
  });

  test('nor where it is a list by name that a matrix takes', async () => {
    const record = JSON.stringify({ u: [1, 2, 3], v: [2, 4, 7], y: [3, 6, 8] });
    const source = minimized('data X : [n, 2] from u, v, y : [n]; param v : [3] = 1');
    expect((await valuesIn(source, 'a.json', record)).values).not.toHaveProperty('v');
  });

  test('values by name are', async () => {
    const record = JSON.stringify({ v: [2, 4, 7], y: [3, 6, 8] });
    expect((await valuesIn(minimized('data y : [n]; param v : [3] = 1'), 'a.json', record)).values.v).toEqual([2, 4, 7]);
  });

  test('--map fills none', async () => {
    const error = await refusal(minimized('data y : [n]; param w = 1'), 'a.csv', TABLE, { map: { w: ['v'] } });
    expect(error.message).toContain('--map fills w, which is a parameter');
  });
});

describe('what is said of a table of which nothing is used', () => {
  const TWO = minimized('data x : [n], y : [n]; param w = 1');

  test.each<[string, string, string, string]>([
    ['names in another case', TWO, ' X , Y \n1,2\n', 'it has X, Y; say what they fill: --map x=X --map y=Y'],
    ['names that are none of a shell', minimized('data x : [n]'), '"a, b"\n1\n', `--map 'x="a, b"'`],
    ['no header', TWO, '1,2\n2,3\n', '--map x=1 --map y=2'],
    ['no header, and a matrix', minimized('data X : [n, d], y : [n]'), '1,2,3\n2,3,4\n', '--map X=1..2 --map y=3'],
    ['no header, and a matrix of columns', minimized('data X : [2, m], Y : [1, m]'), '1,2,3\n2,3,4\n', '--map X=1..2 --map Y=3'],
    [
      'nothing to fill',
      minimized('param w = 1'),
      'w\n2\n',
      'the source has no data that a column could fill, such as data x : [n]',
    ],
  ])('%s', async (_, source, table, hint) => {
    expect((await refusal(source, 'a.csv', table)).hint).toContain(hint);
  });

  test.each<[string, string, string]>([
    ['comma', 'x|y\n1|2\n', 'bar'],
    ['comma', 'x;y\n1;2\n', 'semicolon'],
    ['bar', 'x,y\n1,2\n', 'comma'],
    ['comma', 'x\ty\n1\t2\n', 'tab'],
  ])('with --delimiter %s, %j', async (delimiter, table, right) => {
    expect((await refusal(TWO, 'a.csv', table, { delimiter })).hint).toContain(`--delimiter ${right}`);
  });

  test.each([
    ['1,000', 'write 1000 or 1.000'],
    ['-12,345', 'write -12345 or -12.345'],
  ])('%s', async (cell, hint) => {
    expect((await refusal(TWO, 'a.csv', `x,y\n"${cell}",2\n`)).hint).toContain(hint);
  });
});
