import { bench, describe } from 'vitest';
import { compileProgram } from '../../src/compile/index.ts';
import { gradientDescent } from '../../src/descend/optimizers/gradient-descent.ts';
import { gathered } from '../../src/descend/slices.ts';
import { changed, descentStep, RATE } from '../../src/descend/step.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { train } from '../../src/index.ts';
import { parse } from '../../src/language/parser.ts';
import { random } from '../../src/numeric/random.ts';

/**
 * What training adds to the compiled steps that it does: an MLP, 6,400 examples in batches of 64, in their order and
 * shuffled. Reading, deriving and compiling, and the cost of all examples at both ends, are in it too, and are small
 * beside a hundred epochs.
 */
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
// The same numbers, too: how long tanh takes depends on where it is asked for.
program.inputs.get('X')!.data.set(
  gathered(
    X,
    [64, EXAMPLES],
    1,
    Uint32Array.from({ length: BATCH }, (_, k) => k),
  ),
);
program.inputs.get('Y')!.data.set(
  gathered(
    Y,
    [10, EXAMPLES],
    1,
    Uint32Array.from({ length: BATCH }, (_, k) => k),
  ),
);
const draw = random(0);
for (const name of ['W1', 'W2']) {
  const { data } = program.inputs.get(name)!;
  for (let k = 0; k < data.length; k++) data[k] = draw.normal() / 8;
}
program.input(RATE)?.data.fill(0.1);

const EPOCHS = 100;

describe(`${(EPOCHS * EXAMPLES) / BATCH} steps of an MLP`, () => {
  const few = { iterations: 5, warmupIterations: 1, time: 0, warmupTime: 0 };
  bench(
    'the compiled step',
    () => {
      for (let k = 0; k < (EPOCHS * EXAMPLES) / BATCH; k++) program.run();
    },
    few,
  );

  for (const shuffle of [false, true]) {
    bench(
      `training, ${shuffle ? 'shuffled' : 'in order'}`,
      async () => {
        await train(SOURCE, { X, Y }, { epochs: EPOCHS, batch: BATCH, shuffle });
      },
      few,
    );
  }
});
