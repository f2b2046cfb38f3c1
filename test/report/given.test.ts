import { expect, test } from 'vitest';
import { dataFor, inputsOf } from '../../page/src/worker/data.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';

const LINE = `data x : [n] = [1, 2, 3], y : [n] = [2, 4, 6]
param a = 0, b = 0
minimize C = mean((a*x + b - y).^2)`;
const modelOf = (source: string) => elaborate(parse(source));

test('of a table only the columns that were chosen count', async () => {
  const content = new Blob(['a;b;c\n1;2;3\n4;5;6\n']);
  const given = { kind: 'file', id: 1, name: 't.csv', content, map: { x: ['b'], y: ['c'] }, missing: 'refuse' } as const;
  const inputs = await inputsOf(modelOf(LINE), given);
  expect(Object.keys(inputs).sort()).toEqual(['x', 'y']);
});

test('points that a model has no room for leave it its own data, if it has some', async () => {
  const given = {
    kind: 'points',
    features: [
      [0, 1],
      [1, 0],
    ],
    targets: [0, 1],
  } as const;
  const { inputs, instead } = await dataFor(modelOf(LINE), given);
  expect(inputs).toEqual({});
  expect(instead?.message).toContain('have no room');
  const bare = modelOf(LINE.replaceAll(/ = \[[^\]]*\]/g, ''));
  await expect(dataFor(bare, given)).rejects.toThrow('have no room');
});
