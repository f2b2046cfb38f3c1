import { describe, expect, test } from 'vitest';
import { painterOf } from '../../page/src/worker/scenes.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';
import { startOf } from '../../src/report/values.ts';

/** What is drawn of a source where training starts. */
function drawn(source: string) {
  const model = elaborate(parse(source));
  const start = startOf(model, {}, 1)!;
  const painter = painterOf(model, start)!;
  return { scene: painter.scene, ...painter.paint(start.inputs) };
}

test('what a source declares of its targets need not hold of the points of a picture', () => {
  const { scene, regions } = drawn(`data X : [2, m] = [[0, 1, 2], [0, 1, 0]]
data Y : [3, m] onehot rows = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
param W : [3, 2] = [[0, 0], [1, 0], [0, 1]], c : [3] = 0
Z = W*X + c
minimize C = -sum(Y .* log_softmax(Z, rows))/m`);
  expect(scene.kind).toBe('classes');
  expect(regions!.filter((path) => path !== '')).toHaveLength(3);
});

test('nor what it declares of its features', () => {
  const { scene, shares } = drawn(`data X : [2, m] positive = [[1, 1, 2, 2], [1, 2, 1, 2]]
data Y : [1, m] = [[0, 1, 1, 0]]
param W : [1, 2] = [[1, 0]]
A = σ(W*X)
minimize C = mean((A - Y).^2)`);
  expect(scene.kind).toBe('plane');
  expect(new Set(shares).size).toBeGreaterThan(10);
});

describe('the boundary is where the model changes its mind', () => {
  const changes = (cost: string) => {
    const { scene } = drawn(`data X : [2, m] = [[0, 0, 1, 1], [0, 1, 0, 1]]
data Y : [1, m] = [[0, 0, 0, 1]]
param W : [1, 2] = [[1, 2]], b = -1
Z = W*X + b
${cost}`);
    return scene.kind === 'plane' ? scene.changes : undefined;
  };
  test('log-odds change it at 0', () => {
    expect(changes('minimize C = mean(softplus(Z) - Y.*Z)')).toBe(0);
    expect(changes('minimize C = mean(log(1 + exp(Z)) - Y.*Z)')).toBe(0);
    expect(changes('minimize C = mean((σ(Z) - Y).^2)')).toBe(0);
    expect(changes('minimize C = -sum(Y.*log(σ(Z)) + (1 - Y).*log(1 - σ(Z)))/m')).toBe(0);
  });
  test('probabilities and numbers half the way', () => {
    expect(changes('A = σ(Z)\nminimize C = mean((A - Y).^2)')).toBe(0.5);
    expect(changes('minimize C = mean((Z - Y).^2)')).toBe(0.5);
  });
});
