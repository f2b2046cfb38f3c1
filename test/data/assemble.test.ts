import { describe, expect, test } from 'vitest';
import { assembled } from '../../src/data/assemble.ts';
import { surveyed } from '../../src/data/file-batches.ts';
import { givenData } from '../../src/data/given-data.ts';
import { dataFile } from '../../src/data/read.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';
import { bind } from '../../src/numeric/binding.ts';
import { inMemory, refusal, valuesIn } from './reading.ts';

const TABLE = 'x1,x2,x3,y,species\n1,2,3,4,b\n5,6,7,8,a\n9,10,11,12,b\n';
const source = (declarations: string) => `${declarations}; minimize 1`;

describe('columns fill a matrix', () => {
  const byRows = [
    [1, 2, 3],
    [5, 6, 7],
    [9, 10, 11],
  ];
  const byColumns = [
    [1, 5, 9],
    [2, 6, 10],
    [3, 7, 11],
  ];
  const two = byRows.map((row) => row.slice(0, 2));

  test.each<[string, number[][] | number[]]>([
    ['data X : [n, 3] from x1, x2, x3', byRows],
    ['data X : [3, n] from x1, x2, x3, y : [n]', byColumns],
    ['data X : [n, 2] from x1, x2', two],
    ['data X : [2, m] from x1, x2', byColumns.slice(0, 2)],
    ['data X : [n, d] from x1, x2, y : [n]', two],
    ['data X : [d, m] from x1, x2, y : [1, m]', byColumns.slice(0, 2)],
    ['data X : [n, 3] from x*', byRows],
    ['data X : [n, 3] from x1..x3', byRows],
    ['data X : [n, 3] from x₁ … x₃', byRows],
    ['data X : [n, 2] from x3, y', byRows.map((row) => [row[2]!, row[2]! + 1])],
    ['data X : [n] from y', [4, 8, 12]],
    ['data X : [n, 1] from y', [[4], [8], [12]]],
    ['data X : [1, n] from y', [[4, 8, 12]]],
  ])('%s', async (declarations, value) => {
    expect((await valuesIn(source(declarations), 'a.csv', TABLE)).values.X).toEqual(value);
  });

  test.each<[string, readonly string[], number[][]]>([
    ['data X : [n, 2]', ['x1', 'x2'], two],
    ['data X : [n, d]; data y : [n]', ['x*'], byRows],
    ['data X : [n, 2] from x3, y', ['x1', 'x2'], two],
    ['data X : [n, 3]', ['x1..x3'], byRows],
    ['data X : [n, 4]', ['x1..y'], byRows.map((row) => [...row, row[2]! + 1])],
  ])('%s, by --map %j', async (declarations, columns, value) => {
    expect((await valuesIn(source(declarations), 'a.csv', TABLE, { map: { X: columns } })).values.X).toEqual(value);
  });

  test('numbers in names are numbers: x2 comes before x10', async () => {
    const table = 'x10,x02,x1,x3,x4,x5,x6,x7,x8,x9\n10,2,1,3,4,5,6,7,8,9\n';
    const { values } = await valuesIn(source('data X : [n, 10] from x1..x10'), 'a.csv', table);
    expect(values.X).toEqual([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]);
  });

  test('names that are none of the language', async () => {
    const table = '"length, in cm",Petal.Width\n1,2\n3,4\n';
    const map = { X: ['length, in cm', 'Petal.*'] };
    expect((await valuesIn(source('data X : [n, 2]'), 'a.csv', table, { map })).values.X).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test('a table without names is counted', async () => {
    const { values, warnings } = await valuesIn(
      source('data X : [n, 2], y : [n]'),
      'iris.data',
      '5.1,3.5,setosa,1\n4.9,3,virginica,2\n',
      {
        map: { X: ['1..2'], y: ['4'] },
      },
    );
    expect(values).toEqual({
      X: [
        [5.1, 3.5],
        [4.9, 3],
      ],
      y: [1, 2],
    });
    expect(warnings).toEqual(['iris.data: not used: 3']);
  });

  test('lists of JSON, and arrays of NumPy, are columns too', async () => {
    const json = '{"x1": [1, 5], "x2": [2, "6"], "y": [0, 1]}';
    const { values } = await valuesIn(source('data X : [n, 2] from x1, x2, y : [n]'), 'a.json', json);
    expect(values).toEqual({
      X: [
        [1, 2],
        [5, 6],
      ],
      y: [0, 1],
    });
  });

  test('a value of its own name will do', async () => {
    const { values } = await valuesIn(source('data X : [n, 2] from a, b'), 'a.json', '{"X": [[1, 2], [3, 4]]}');
    expect(values.X).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test.each<[string, Record<string, readonly string[]>, string, string | undefined]>([
    ['data X : [n, 2] from x1, x4', {}, 'a.csv has no column x4', 'did you mean x1? it has x1, x2, x3, y, species'],
    ['data X : [n, 9] from x1..x9', {}, 'a.csv has no column x1..x9', 'it has x1, x2, x3, y, species'],
    ['data X : [n, d] from z*', {}, 'a.csv has no column like z*', undefined],
    [
      'data X : [n, 2]',
      { X: ['x*'] },
      'X : [n, 2] has no axis for 3 columns of a.csv',
      'declare it X : [n, 3], or name 2 columns',
    ],
    [
      'data X : [n, d]',
      { X: ['x*'] },
      'which axis of X : [n, d] counts the columns cannot be told',
      'write how many there are: X : [n, 3]',
    ],
    ['data X : [n]', { X: ['x*'] }, 'X : [n] has no axis for 3 columns of a.csv', 'declare it X : [n, 3]'],
    ['data X : [n, 2]', { Y: ['x1'] }, '--map fills Y, which is not an input of this source', 'its inputs are X'],
    ['data X : [n, 2] from x1, species', {}, 'a.csv, line 2: species is “b”, not a number', undefined],
  ])('%s with %j is refused', async (declarations, map, message, hint) => {
    const found = await refusal(source(declarations), 'a.csv', TABLE, { map });
    expect(found.message).toBe(message);
    if (hint) expect(found.hint).toBe(hint);
  });
});

describe('labels become one-hot', () => {
  test.each<[string, number[][]]>([
    [
      'data Y : [n, 2] onehot cols from species',
      [
        [0, 1],
        [1, 0],
        [0, 1],
      ],
    ],
    [
      'data Y : [n, k] onehot cols from species',
      [
        [0, 1],
        [1, 0],
        [0, 1],
      ],
    ],
    [
      'data Y : [2, m] onehot rows from species',
      [
        [0, 1, 0],
        [1, 0, 1],
      ],
    ],
    [
      'data Y : [k, m] onehot k from species',
      [
        [0, 1, 0],
        [1, 0, 1],
      ],
    ],
  ])('%s', async (declarations, value) => {
    const { values, classes } = await valuesIn(source(declarations), 'a.csv', TABLE);
    expect(values.Y).toEqual(value);
    expect(classes).toEqual({ Y: ['a', 'b'] });
  });

  test('by the name of the column, and by --map', async () => {
    const table = 'Y,kind\ncat,2\ndog,10\ncat,2\n';
    const words = await valuesIn(source('data Y : [n, k] onehot cols'), 'a.csv', table);
    expect(words.classes.Y).toEqual(['cat', 'dog']);
    const numbers = await valuesIn(source('data Y : [n, k] onehot cols'), 'a.csv', table, { map: { Y: ['kind'] } });
    expect(numbers.classes.Y).toEqual(['2', '10']);
    expect(numbers.values.Y).toEqual([
      [1, 0],
      [0, 1],
      [1, 0],
    ]);
  });

  test('columns of zeros and ones are one-hot already', async () => {
    const { values, classes } = await valuesIn(source('data Y : [n, 2] onehot cols from a, b'), 'a.csv', 'a,b\n1,0\n0,1\n');
    expect(values.Y).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(classes).toEqual({});
  });

  test('with the classes of the training', async () => {
    const reading = { classes: { Y: ['a', 'b', 'c'] } };
    const declared = source('data Y : [n, 3] onehot cols from species');
    expect((await valuesIn(declared, 'b.csv', 'species\nc\n', reading)).values.Y).toEqual([[0, 0, 1]]);
    expect(await refusal(declared, 'b.csv', 'species\nc\nd\n', reading)).toEqual({
      message: 'b.csv, line 3: species is “d”, an unknown class',
      hint: 'the classes are a, b, c',
    });
  });

  test.each([
    ['data Y : [n, 3] onehot cols from species', 'species of a.csv has 2 classes, and Y has room for 3', 'the classes are a, b'],
    [
      'data Y : [n] from species',
      'a.csv, line 2: species is “b”, not a number',
      'words are classes: data species : [n, k] onehot cols',
    ],
  ])('%s is refused', async (declarations, message, hint) => {
    expect(await refusal(source(declarations), 'a.csv', TABLE)).toEqual({ message, hint });
  });

  const FROM_1 = 'the labels of Y are counted from 1 to 3: --classes Y=1,2,3 says so';
  test.each<[string, number[], string[], string[]]>([
    ['from 0', [2, 0, 1], ['0', '1', '2'], []],
    ['from 0, though some never come', [1, 2], ['0', '1', '2'], []],
    ['from 1', [3, 1, 2], ['1', '2', '3'], [FROM_1]],
    ['from 1, though some never come', [3, 1], ['1', '2', '3'], [FROM_1]],
    ['in their order', [30, -7, 0], ['-7', '0', '30'], []],
  ])('whole numbers where it is declared how many classes there are: %s', async (_, labels, classes, told) => {
    const declared = source('data Y : [n, 3] onehot cols');
    const table = `Y\n${labels.join('\n')}\n`;
    const found = await valuesIn(declared, 'a.csv', table);
    expect(found.classes.Y).toEqual(classes);
    expect(found.warnings).toEqual(told);
    expect(found.values.Y).toEqual(labels.map((label) => classes.map((one) => (one === String(label) ? 1 : 0))));
    const warnings: string[] = [];
    const { inputs } = elaborate(parse(declared));
    const survey = await surveyed(inputs, 'a.csv', inMemory({ 'a.csv': table }), {}, (text) => warnings.push(text));
    expect(survey.classes.Y).toEqual(classes);
    expect(warnings).toEqual(told);
    expect((await valuesIn(declared, 'a.csv', table, { classes: { Y: classes } })).warnings).toEqual([]);
  });

  test.each([['1\n4'], ['-1\n2'], ['0\n3'], ['7\n7']])('numbers that count no three classes are refused: %j', async (labels) => {
    expect((await refusal(source('data Y : [n, 3] onehot cols'), 'a.csv', `Y\n${labels}\n`)).message).toMatch(
      /^Y of a\.csv has (2 classes|one class), and Y has room for 3$/,
    );
  });

  test('numbers that are no classes are refused', async () => {
    expect((await refusal(source('data Y : [n, k] onehot cols'), 'a.csv', 'Y\n1\n1.5\n')).message).toBe(
      'a.csv, line 3: Y is 1.5, which is no class',
    );
    const texts = `Y\n${Array.from({ length: 10_002 }, (_, k) => `t${k}`).join('\n')}\n`;
    expect((await refusal(source('data Y : [n, k] onehot cols'), 'a.csv', texts)).message).toBe(
      'a.csv: Y has too many different words to be classes',
    );
  });
});

describe('rows that lack a value', () => {
  const GAPS = 'x,y,z\n1,2,a\n,3,b\n4,NA,\n5,6,\n';
  const XY = source('data x : [n], y : [n]');

  test('are left out on request, with their number said', async () => {
    const { values, warnings } = await valuesIn(XY, 'a.csv', GAPS, { missing: 'drop' });
    expect(values).toEqual({ x: [1, 5], y: [2, 6] });
    expect(warnings).toEqual(['a.csv: not used: z', 'a.csv: 2 of 4 rows left out, which lack a value']);
  });

  test('count only where the value is used', async () => {
    expect((await valuesIn(source('data x : [n]'), 'a.csv', 'x,y\n1,\n2,\n')).values).toEqual({ x: [1, 2] });
  });

  test('in JSON by name as well', async () => {
    const json = '{"x": [1, null, 3], "y": [2, 4, 6]}';
    expect((await valuesIn(XY, 'a.json', json, { missing: 'drop' })).values).toEqual({ x: [1, 3], y: [2, 6] });
  });

  test('among labels', async () => {
    const labelled = source('data Y : [n, k] onehot cols');
    expect((await refusal(labelled, 'a.csv', 'Y,x\na,1\n?,2\n')).message).toBe('a.csv, line 3: Y is missing (?)');
    const { values, classes } = await valuesIn(labelled, 'a.csv', 'Y,x\na,1\n?,2\nb,3\n', { missing: 'drop' });
    expect(classes.Y).toEqual(['a', 'b']);
    expect(values.Y).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  test('all of them: nothing would be left', async () => {
    expect((await refusal(XY, 'a.csv', 'x,y\n,1\n2,\n', { missing: 'drop' })).message).toBe(
      'a.csv has no row with all of its values',
    );
  });

  test('a word is no missing value', async () => {
    expect((await refusal(XY, 'a.csv', 'x,y\n1,2\n3,four\n', { missing: 'drop' })).message).toBe(
      'a.csv, line 3: y is “four”, not a number',
    );
  });

  test('of one file would shift those of another', async () => {
    const model = elaborate(parse(XY));
    const open = inMemory({ 'a.csv': 'x\n1\nNA\n', 'b.csv': 'y\n1\n2\n' });
    const files = [await dataFile('a.csv', open), await dataFile('b.csv', open)];
    expect(() => assembled(model.inputs, files, { missing: 'drop' })).toThrow(
      'rows left out of a.csv would no longer stand beside those of b.csv',
    );
  });
});

describe('what a program gives', () => {
  const filled = (declarations: string, data: Parameters<typeof givenData>[1]) => {
    const model = elaborate(parse(source(declarations)));
    const { inputs, classes } = givenData(model.inputs, data);
    return {
      values: Object.fromEntries([...bind(model, inputs).values].map(([name, data]) => [name, [...Array.from(data)]])),
      classes,
    };
  };

  test('fills a matrix by its columns: lists and typed arrays', () => {
    expect(filled('data X : [n, 2] from a, b', { a: [1, 2], b: Float32Array.of(3, 4) }).values).toEqual({ X: [1, 3, 2, 4] });
  });

  test('becomes one-hot where it is words', () => {
    const { values, classes } = filled('data Y : [n, k] onehot cols', { Y: ['b', 'a'] });
    expect(values).toEqual({ Y: [0, 1, 1, 0] });
    expect(classes).toEqual({ Y: ['a', 'b'] });
  });

  test.each<[string, string, unknown, number[], string[]]>([
    ['in their own order', '[n, k]', [2, 0, 1, 2], [0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1], ['0', '1', '2']],
    ['counted from 0, though some never come', '[n, 3]', [1, 0], [0, 1, 0, 1, 0, 0], ['0', '1', '2']],
    ['those that are no count, as they come', '[n, k]', [7, -1], [0, 1, 1, 0], ['-1', '7']],
    ['typed, where they are no entries of the array itself', '[n, k]', Int32Array.of(2, 1), [0, 1, 1, 0], ['1', '2']],
  ])('becomes one-hot where it is whole numbers: %s', (_, shape, Y, data, names) => {
    const { values, classes } = filled(`data Y : ${shape} onehot cols`, { Y: Y as number[] });
    expect(values).toEqual({ Y: data });
    expect(classes).toEqual({ Y: names });
  });

  test('numbers that are no classes are refused', () => {
    const refused = (shape: string, Y: number[]) => () => filled(`data Y : ${shape} onehot cols`, { Y });
    expect(refused('[n, k]', [0.5, 1])).toThrow('the data, entry 1: Y is 0.5, which is no class');
    expect(refused('[n, 3]', [0, 3])).toThrow('Y of the data has 2 classes, and Y has room for 3');
  });

  test('flat entries of the array itself stay what they are', () => {
    const data = { Y: Uint8Array.of(1, 0, 0, 1) };
    expect(givenData(elaborate(parse(source('data Y : [2, 2] onehot cols'))).inputs, data).inputs).toBe(data);
  });

  test('stays as it is otherwise', () => {
    const data = { X: [[1, 2]] };
    expect(givenData(elaborate(parse(source('data X : [n, 2] from a, b'))).inputs, data).inputs).toBe(data);
  });
});
