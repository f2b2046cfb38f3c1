import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { numbers } from '../../page/src/worker/numbers.ts';
import { linesWithin, roomOf } from '../../page/src/worker/room.ts';
import { derive } from '../../src/api/derive.ts';
import { dimensionNames, sizeOf } from '../../src/graph/dimension.ts';
import { Tensor } from '../../src/numeric/tensor.ts';
import { boxGraph } from '../../src/report/boxes.ts';

/** The numbers in the boxes of the page's graph. */

const boxesOf = (source: string) => {
  const { model, name } = derive(source);
  return { model, boxes: boxGraph(model, name, []).boxes };
};
const told = (source: string) => numbers({ source, lang: 'en', notation: 'auto' })?.boxes;

const examples = ['examples', 'examples/models'].flatMap((folder) =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.grad'))
    .map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const),
);

describe('a box without a name has its own numbers', () => {
  test('of an entry-by-entry function', () => {
    const found = told('param A : [n,n] = [[2,1],[1,3]]\nminimize f = sum[i](max[j](A[i,j]^2))');
    const [square, most] = Object.entries(found!).filter(([id]) => id.startsWith('#'));
    expect([square![1].value, most![1].value]).toEqual([
      ['4\u00a0\u00a01', '1\u00a0\u00a09'],
      ['4', '9'],
    ]);
    expect(square![1].gradient).toEqual(['1\u00a0\u00a00', '0\u00a0\u00a01']);
  });
  test.each(examples)('in %s', (_, source) => {
    const { boxes } = boxesOf(source);
    expect(new Set(boxes.map(({ id }) => id)).size).toBe(boxes.length);
    const found = told(source);
    if (found) expect(Object.keys(found).sort()).toEqual(boxes.map(({ id }) => id).sort());
  });
});

/** Numbers of every size, which take turns. */
const SAMPLES = [
  [-7.35e-12, -4.41e-12],
  [-7.35e-300, 1e300, -8.88e222],
  [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  [-123456, 999999, -1000000],
  [-0.00123, 0.1, -0.99, 12.345],
  [0, 1],
];

describe.each(examples)('%s', (_, source) => {
  const { model, boxes } = boxesOf(source);
  test('has numbers that stay in their boxes', () => {
    for (const box of boxes)
      for (const length of [1, 2, 4, 7]) {
        // Data that are given later may have other lengths.
        const known = new Map(box.shape.flatMap(dimensionNames).map((name) => [name, length]));
        const shape = box.shape.map((dim) => Math.max(0, sizeOf(dim, known)));
        const count = shape.reduce((all, one) => all * one, 1);
        const room = roomOf(box, model);
        for (const sample of SAMPLES) {
          const data = Float64Array.from({ length: count }, (__, k) => sample[k % sample.length]!);
          const lines = linesWithin(shape.length === 0 ? data[0]! : new Tensor(shape, data), room);
          expect(lines.length).toBeGreaterThan(0);
          expect(lines.length).toBeLessThanOrEqual(room.rows);
          for (const line of lines) expect([...line].length).toBeLessThanOrEqual(room.letters);
        }
      }
  });
});

test('numbers that a source gives are as narrow as they are, until others come', () => {
  const { model, boxes } = boxesOf(readFileSync('examples/xor-hidden.grad', 'utf8'));
  const room = roomOf(boxes.find(({ id }) => id === 'X')!, model);
  const lines = (data: readonly number[], columns: number) =>
    linesWithin(new Tensor([2, columns], Float64Array.from(data)), room);
  expect(lines([0, 0, 1, 1, 0, 1, 0, 1], 4)).toEqual([
    '0\u00a0\u00a00\u00a0\u00a01\u00a0\u00a01',
    '0\u00a0\u00a01\u00a0\u00a00\u00a0\u00a01',
  ]);
  expect(lines([0.37, -0.52, 0.41, 0.9, 0.1, 0.2, 0.3, -0.6], 4)).toEqual(['−0.6 … 0.9']);
  expect(
    lines(
      Array.from({ length: 20 }, (_, k) => k / 10),
      10,
    ),
  ).toEqual(['0 … 1.9']);
});
