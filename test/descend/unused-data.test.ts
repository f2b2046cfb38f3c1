import { expect, test } from 'vitest';
import { train } from '../../src/api/train.ts';

const MODEL = 'data X : [2, m]\ndata Y : [n] = [1, 3]\nparam w = 0\nsize = sum(X)\nminimize sum((w - Y).^2)';

test('data that the objective does not use need no value', async () => {
  const { params } = await train(MODEL, {}, { epochs: 100, lr: 0.1 });
  expect(params.w).toBeCloseTo(2, 10);
});

test('data that it uses do', async () => {
  await expect(train('data x; param w = 0; minimize (w - x)^2')).rejects.toMatchObject({ code: 'data' });
});
