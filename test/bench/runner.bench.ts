import { bench, describe } from 'vitest';
import { compileProgram } from '../../src/compile/index.ts';
import { gradientDescent } from '../../src/descend/optimizers/gradient-descent.ts';
import { changed, descentStep } from '../../src/descend/step.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { train } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';

/** What training adds to the compiled steps that it does: an MLP, 6,400 examples in batches of 64, one epoch. */
const SOURCE = `data X : [64, m], Y : [10, m]
param W1 : [64, 64] ~ xavier, b1 : [64] = 0, W2 : [10, 64] ~ xavier, b2 : [10] = 0
A = tanh(W1*X + b1)
P = W2*A + b2
minimize mean((P - Y).^2)`;

const EXAMPLES = 6400;
const BATCH = 64;
const X = Float64Array.from({ length: 64 * EXAMPLES }, (_, k) => Math.sin(k));
const Y = Float64Array.from({ length: 10 * EXAMPLES }, (_, k) => Math.cos(k));
const model = elaborate(parse(SOURCE));
const step = descentStep(model, gradientDescent, { clipped: false, decaying: false });
const program = compileProgram({ outputs: [step.cost], updates: changed(step), sizes: new Map([['m', BATCH]]) });
for (const { data } of program.inputs.values()) for (let k = 0; k < data.length; k++) data[k] = 0.1 * Math.sin(k);

describe('100 steps of an MLP', () => {
  bench('the compiled step', () => {
    for (let k = 0; k < EXAMPLES / BATCH; k++) program.run();
  });

  bench(
    'training, an epoch of them',
    async () => {
      await train(SOURCE, { X, Y }, { epochs: 1, batch: BATCH });
    },
    { iterations: 5 },
  );
});
