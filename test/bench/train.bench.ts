import { readFileSync } from 'node:fs';
import { bench, describe } from 'vitest';
import { train } from '../../src/api/train.ts';
import { random } from '../../src/numeric/random.ts';

const source = readFileSync(new URL('../../examples/xor-hidden.grad', import.meta.url), 'utf8');
let run = 0;

/** To compare with the loop by hand in xor.bench.ts. */
describe('XOR 2-3-1, 5000 epochs by train()', () => {
  bench('a source that was trained before', async () => {
    await train(source, {}, { epochs: 5000, lr: 1 });
  });

  bench('a new source: read, derived and compiled too', async () => {
    await train(`${source}\n# ${run++}`, {}, { epochs: 5000, lr: 1 });
  });
});

describe('Levenberg–Marquardt, 10-50-1, 601 numbers to learn from 2000 residuals', () => {
  const draw = random(1);
  const X = Array.from({ length: 2000 }, () => Array.from({ length: 10 }, () => draw.normal()));
  const y = X.map(([a, b, c]) => Math.sin(a!) + b! * c!);
  const network = `data X : [n, 10]; data y : [n]; param W : [10, 50] ~ normal(0, 0.5), b : [1, 50] = 0, v : [50] ~ normal(0, 0.3), c = 0
minimize mean((tanh(X*W + b)*v + c - y).^2)`;

  bench('10 steps', async () => {
    await train(network, { X, y }, { epochs: 10, optimizer: 'levenberg-marquardt' });
  });
});
