import { describe, expect, test } from 'vitest';
import { batchesOf, isRepeatable } from '../../src/data/batches.ts';
import { fileBatches, surveyed } from '../../src/data/file-batches.ts';
import { givenBatches } from '../../src/data/given-data.ts';
import { tableBatches } from '../../src/data/read.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { Tensor, train } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { bind } from '../../src/numeric/binding.ts';
import { gzipped, inMemory } from './reading.ts';

const collected = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

describe('batches of a program', () => {
  const two = [{ x: [1, 2] }, { x: [3] }];
  const yielding = function* () {
    yield* two;
  };
  const waiting = async function* () {
    yield* two;
  };

  test.each<[string, unknown]>([
    ['a list', two],
    ['a generator', yielding()],
    ['one that is waited for', waiting()],
    ['a function that returns one', waiting],
    ['a Set', new Set(two)],
    ['Maps', two.map((batch) => new Map(Object.entries(batch)))],
  ])('%s', async (_, data) => {
    expect(await collected(batchesOf(data)!())).toEqual(two);
  });

  test.each<[string, unknown]>([
    ['an object of values', { x: [1, 2] }],
    ['a Map of values', new Map([['x', [1, 2]]])],
    ['nothing', undefined],
  ])('%s is no batches', (_, data) => {
    expect(batchesOf(data)).toBeUndefined();
  });

  test('what can be gone through again is', async () => {
    for (const data of [two, waiting, yielding]) {
      const batches = batchesOf(data)!;
      await collected(batches());
      expect(await collected(batches())).toEqual(two);
    }
  });

  test.each<[string, unknown, string]>([
    ['a batch that is none', [{ x: 1 }, 5], 'batch 2 is 5, not an object of values by name'],
    ['no batch', [], 'there is no batch among the data'],
    ['a function of something else', () => 5, 'the data are 5, not batches'],
  ])('%s is refused', async (_, data, message) => {
    await expect(collected(batchesOf(data)!())).rejects.toThrow(message);
  });

  test('a generator cannot begin again', async () => {
    const batches = batchesOf(waiting())!;
    await collected(batches());
    await expect(collected(batches())).rejects.toThrow('the batches can be gone through once only');
  });
});

describe('data without names', () => {
  const model = 'data X : [n, 2], y : [n], s = 2; param w : [2] = 0; minimize mean((X*w - s*y).^2)';
  const rows = [
    { a: 1, b: 2, y: 1 },
    { a: 2, b: 1, y: 2 },
  ];
  const NAMES = 'say whose values they are: train(source, { X: [[1, 2], [3, 4]], y: [1, 2] })';

  test.each<[string, unknown, string, string]>([
    ['a list of numbers', [1, 2], 'not a list', NAMES],
    ['a matrix', [[1, 2]], 'not a list', NAMES],
    ['an empty list', [], 'not an empty list', NAMES],
    ['typed numbers', new Float64Array(2), 'not a Float64Array', NAMES],
    ['words', ['X', 'y'], 'not a list', NAMES],
    ['a list of tensors', [new Tensor([2], Float64Array.of(1, 2))], 'not a list', NAMES],
    ['a tensor', new Tensor([2], Float64Array.of(1, 2)), 'not a Tensor', 'it is called train(source, data, options)'],
    ['rows', rows, 'not a list of rows', 'a name has its whole column: { a: rows.map((row) => row.a), … }'],
  ])('%s: how they are given', async (_, data, came, hint) => {
    const error = await train(model, data as never).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'argument', hint, message: expect.stringMatching(/^data is an object .*by name/) });
    expect((error as Error).message.endsWith(came)).toBe(true);
  });

  test('of a source that has its own: as they are replaced, and of one without any', async () => {
    const own = train('data x : [n] = [1, 2]; param w = 0; minimize sum((w - x).^2)', [3] as never);
    await expect(own).rejects.toMatchObject({ hint: 'say whose values they are: train(source, { x: [1, 2] })' });
    const none = train('param w = 0; minimize (w - 3)^2', [3] as never);
    await expect(none).rejects.toMatchObject({ hint: 'the source has no data: train(source, {}, options)' });
  });
});

describe('batches of columns and words', () => {
  const model = elaborate(parse('data X : [n, 2] from a, b, Y : [n, k] onehot cols; minimize 1'));
  const given = (batches: unknown, declared = {}) =>
    givenBatches(model.inputs, batchesOf(batches)!, { isRepeatable: isRepeatable(batches), declared });

  test('are put together as the declarations say', async () => {
    const { batches, classes } = await given([
      { a: [1, 2], b: Float64Array.of(3, 4), Y: ['yes', 'no'] },
      { a: [5], b: [6], Y: ['yes'] },
    ]);
    const found = (await collected(batches())).map((inputs) => bind(model, inputs).values);
    expect(found.map((values) => [...(values.get('X') as Float64Array)])).toEqual([
      [1, 3, 2, 4],
      [5, 6],
    ]);
    expect(found.map((values) => [...(values.get('Y') as Float64Array)])).toEqual([
      [0, 1, 1, 0],
      [0, 1],
    ]);
    expect(classes).toEqual({ Y: ['no', 'yes'] });
  });

  const growing = [
    { a: [1, 2], b: [3, 4], Y: ['yes', 'no'] },
    { a: [5], b: [6], Y: ['perhaps'] },
  ];

  test.each([
    ['a list', growing],
    ['a function', () => growing.values()],
  ])('a class that a later batch has is found before: %s', async (_, all) => {
    const { batches, classes } = await given(all);
    expect(classes).toEqual({ Y: ['no', 'perhaps', 'yes'] });
    const found = (await collected(batches())).map((inputs) => [...(bind(model, inputs).values.get('Y') as Float64Array)]);
    expect(found).toEqual([
      [0, 0, 1, 1, 0, 0],
      [0, 1, 0],
    ]);
  });

  test('where batches come once only, the classes are those of the first, or those that are declared', async () => {
    const { batches } = await given(growing.values());
    await expect(collected(batches())).rejects.toThrow('the data, entry 1 of batch 2: Y is “perhaps”, an unknown class');
    const declared = { Y: ['yes', 'perhaps', 'no', 'never'] };
    const told = await given(growing.values(), declared);
    expect(await collected(told.batches())).toHaveLength(2);
    expect({ ...told.classes }).toEqual(declared);
  });
});

const rows = Array.from({ length: 10 }, (_, k) => [k, k * k, ['red', 'green', 'blue'][k % 3]!] as const);
const CSV = `a,b,colour\n${rows.map((row) => row.join()).join('\n')}\n`;

describe('a file, some rows at a time', () => {
  const lines = rows.map(([a, b, colour]) => JSON.stringify({ a, b, colour })).join('\n');

  test.each<[string, string | Uint8Array]>([
    ['t.csv', CSV],
    ['t.csv.gz', gzipped(CSV)],
    ['t.jsonl', lines],
    ['t.ndjson', `${lines}\n`],
  ])('%s', async (name, content) => {
    for (const piece of [7, 1000]) {
      const parts = await collected(tableBatches(name, inMemory({ [name]: content }, piece), 4));
      expect(parts.map((part) => part.column(0)!.length)).toEqual([4, 4, 2]);
      expect(parts.flatMap((part) => Array.from({ length: part.column(1)!.length }, (_, k) => part.column(1)!.at(k)))).toEqual(
        rows.map(([, b]) => b),
      );
    }
  });

  test('an array has no rows', async () => {
    await expect(collected(tableBatches('t.json', inMemory({ 't.json': '{}' }), 4))).rejects.toThrow(
      't.json cannot be read some rows at a time',
    );
  });

  test('a place is that of the file', async () => {
    const reading = collected(fileBatches(model.inputs, 't.csv', inMemory({ 't.csv': CSV.replace('8,64', '8,x') }), 3, known));
    await expect(reading).rejects.toThrow('t.csv, line 10: b is “x”, not a number');
  });

  const model = elaborate(parse('data X : [n, 2] from a, b, Y : [n, k] onehot cols from colour; minimize 1'));
  const known = { classes: { Y: ['blue', 'green', 'red'] } };

  test('is surveyed, then read', async () => {
    const warnings: string[] = [];
    const open = inMemory({ 't.csv': CSV.replace('3,9', ',9') }, 11);
    const survey = await surveyed(model.inputs, 't.csv', open, { missing: 'drop' }, (text) => warnings.push(text));
    expect(survey).toMatchObject({ rows: 9, dropped: 1, classes: known.classes, rowAxes: { X: 0, Y: 0 } });
    expect(warnings).toEqual(['t.csv: 1 of 10 rows left out, which lack a value']);
    expect(survey.scaling.X!.mean[0]).toBeCloseTo(42 / 9, 14);
    expect(Object.keys(survey.scaling)).toEqual(['X']);
    const batches = await collected(fileBatches(model.inputs, 't.csv', open, 4, { missing: 'drop', classes: survey.classes }));
    expect(batches.map(({ inputs }) => bind(model, inputs).sizes.get('n'))).toEqual([3, 4, 2]);
    expect(batches.map(({ inputs }) => bind(model, inputs).sizes.get('k'))).toEqual([3, 3, 3]);
    expect([...(bind(model, batches[2]!.inputs).values.get('Y') as Float64Array)]).toEqual([1, 0, 0, 0, 0, 1]);
  });

  test('has the classes that are declared, in their order', async () => {
    const open = inMemory({ 't.csv': CSV }, 11);
    const declared = { Y: ['red', 'green', 'blue', 'grey'] };
    const survey = await surveyed(model.inputs, 't.csv', open, { classes: declared });
    expect(survey.classes).toEqual(declared);
    await expect(surveyed(model.inputs, 't.csv', open, { classes: { Y: ['red', 'blue'] } })).rejects.toThrow(
      't.csv, line 3: colour is “green”, an unknown class',
    );
  });

  test('has a class that only the last of thousands of rows has', async () => {
    const long = `a,b,colour\n${'1,2,red\n'.repeat(9000)}3,4,"green, dark"\n`;
    const open = inMemory({ 't.csv': long }, 4096);
    const { classes } = await surveyed(model.inputs, 't.csv', open, {});
    expect(classes).toEqual({ Y: ['green, dark', 'red'] });
    const batches = await collected(fileBatches(model.inputs, 't.csv', open, 1000, { classes }));
    expect(batches.map(({ inputs }) => bind(model, inputs).sizes.get('k'))).toEqual(Array.from({ length: 10 }, () => 2));
  });

  test('labels that are missing are refused by their line, or left out', async () => {
    const open = inMemory({ 't.csv': `${CSV}10,100,\n11,121,NaN\n` }, 11);
    await expect(surveyed(model.inputs, 't.csv', open, {})).rejects.toThrow('t.csv, line 12: colour is missing');
    expect(await surveyed(model.inputs, 't.csv', open, { missing: 'drop' })).toMatchObject({ rows: 10, dropped: 2 });
  });
});
