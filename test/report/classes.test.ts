import { describe, expect, test } from 'vitest';
import { english } from '../../src/derivation/words/en.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';
import { entriesOf } from '../../src/report/chosen.ts';
import { classesOf, filledWith } from '../../src/report/filling.ts';
import { classifierOf, predictionOf } from '../../src/report/prediction.ts';
import { surfaceFigure } from '../../src/report/surface.ts';
import { startOf } from '../../src/report/values.ts';

const modelOf = (source: string) => elaborate(parse(source));

const COLUMNS = `data X : [2, m], Y : [3, m]
param W : [3, 2] = 0, c : [3] = 0
Z = W*X + c
minimize C = -sum(Y .* log_softmax(Z, rows))/m`;
const ROWS = `data X : [n, 2], Y : [n, k] onehot cols
param W : [2, k] = 0
Z = X*W
minimize C = -sum(Y .* log_softmax(Z, cols))/n`;
const BINARY = 'data X : [2, m], Y : [1, m]\nparam W : [1, 2] = 0\nA = σ(W*X)\nminimize C = mean((A - Y).^2)';

const features = [
  [1, 2, 3, 4],
  [5, 6, 7, 8],
];

describe('examples of classes', () => {
  test('are one-hot along the axis that does not count them', () => {
    const found = filledWith(modelOf(COLUMNS), { features, targets: [0, 2, 1, 2] })!;
    expect(found.X!.toArray()).toEqual(features);
    expect(found.Y!.toArray()).toEqual([
      [1, 0, 0, 0],
      [0, 0, 1, 0],
      [0, 1, 0, 1],
    ]);
    expect(filledWith(modelOf(ROWS), { features, targets: [0, 2, 1, 2] })!.Y!.toArray()).toEqual([
      [1, 0, 0],
      [0, 0, 1],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });

  test('need room for each of them; a name has room for any number, and for two at least', () => {
    expect(filledWith(modelOf(COLUMNS), { features, targets: [0, 3, 1, 2] })).toBeUndefined();
    expect(filledWith(modelOf(ROWS), { features, targets: [0, 3, 1, 2] })!.Y!.shape).toEqual([4, 4]);
    expect(filledWith(modelOf(ROWS), { features, targets: [0, 0, 0, 0] })!.Y!.shape).toEqual([4, 2]);
    expect(filledWith(modelOf(COLUMNS), { features, targets: [0, 0.5, 1, 2] })).toBeUndefined();
  });

  test('are counted by what the target declares', () => {
    expect([COLUMNS, ROWS, BINARY].map((source) => classesOf(modelOf(source)))).toEqual([3, 'any', undefined]);
  });

  test('are predicted by the last quantity of the targets’ shape', () => {
    const sizes = new Map([['m', 4]]);
    expect(classifierOf(modelOf(COLUMNS), { sizes })!.name).toBe('Z');
    expect(predictionOf(modelOf(COLUMNS), { sizes })).toBeUndefined();
    expect(classifierOf(modelOf(BINARY), { sizes })).toBeUndefined();
  });
});

describe('the cost over two parameters', () => {
  const model = modelOf('data x : [2] = [1, 2]\nparam a = 1, b = 2, w : [2] = [3, 4]\nminimize C = a^2 + b^2 + sum((w.*x).^2)');
  const start = startOf(model, {}, 1)!;

  test('is drawn where a run begins, over those that are wanted', () => {
    expect(entriesOf(model, start, [start.values]).map(({ label }) => label)).toEqual(['a', 'b', 'w[1]', 'w[2]']);
    const drawn = surfaceFigure(model, start, [start.values], 'C', english, { over: ['b', 'w[2]'] })!;
    expect(drawn).toContain('over b and w[2]');
    expect(surfaceFigure(model, start, [start.values], 'C', english, { over: ['w[2]', 'b'] })).toContain('over w[2] and b');
    // From two below to two above, or as far as it is from 0.
    expect(drawn).toMatch(/class="tick"[^>]*>−2</);
    expect(drawn).not.toContain('NaN');
  });

  test('is that of the parameters that moved most unless told', () => {
    const moved = new Map([...start.values, ['w', [3, 9]], ['a', [2]]]);
    expect(surfaceFigure(model, start, [start.values, moved], 'C', english)).toContain('over a and w[2]');
  });
});

test('what the steps of a recurrence say is no function of their own data', () => {
  const steps = (before: string) =>
    modelOf(`data x : [T], y : [T]; param w, u; h[0] = 0; h[t=1:T] = tanh(w*${before} + u*x[t]); minimize L = sum((h - y).^2)`);
  const sizes = new Map([['T', 4]]);
  expect(predictionOf(steps('h[t-1]'), { sizes })).toBeUndefined();
  expect(predictionOf(steps('u'), { sizes })).toMatchObject({ name: 'h' });
});
