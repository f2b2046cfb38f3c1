import { bench, describe } from 'vitest';
import { compileProgram } from '../../src/compile/index.ts';
import { xorStart, xorStep } from '../compile/xor.ts';

const EPOCHS = 5000;
const HIDDEN = 3;
const SAMPLES = 4;

/** The training loop as one would write it by hand for this network: full batches, rate 1. */
function byHand(): number {
  const { X, Y, W1, W2, b1, b2 } = xorStart() as Record<'X' | 'Y' | 'W1' | 'W2' | 'b1' | 'b2', number[]>;
  const x = Float64Array.from(X);
  const y = Float64Array.from(Y);
  const w1 = Float64Array.from(W1);
  const w2 = Float64Array.from(W2);
  const c1 = Float64Array.from(b1);
  let c2 = b2[0]!;
  const hidden = new Float64Array(HIDDEN * SAMPLES);
  const slope = new Float64Array(SAMPLES);
  let cost = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let i = 0; i < HIDDEN; i++) {
      for (let j = 0; j < SAMPLES; j++) {
        const z = w1[2 * i]! * x[j]! + w1[2 * i + 1]! * x[SAMPLES + j]! + c1[i]!;
        hidden[i * SAMPLES + j] = 1 / (1 + Math.exp(-z));
      }
    }
    cost = 0;
    let dc2 = 0;
    for (let j = 0; j < SAMPLES; j++) {
      let z = c2;
      for (let i = 0; i < HIDDEN; i++) z += w2[i]! * hidden[i * SAMPLES + j]!;
      const a = 1 / (1 + Math.exp(-z));
      const error = a - y[j]!;
      cost += (error * error) / (2 * SAMPLES);
      slope[j] = (error / SAMPLES) * a * (1 - a);
      dc2 += slope[j]!;
    }
    for (let i = 0; i < HIDDEN; i++) {
      let dw2 = 0;
      let dc1 = 0;
      let first = 0;
      let second = 0;
      for (let j = 0; j < SAMPLES; j++) {
        const a = hidden[i * SAMPLES + j]!;
        const d = w2[i]! * slope[j]! * a * (1 - a);
        dw2 += slope[j]! * a;
        dc1 += d;
        first += d * x[j]!;
        second += d * x[SAMPLES + j]!;
      }
      w1[2 * i]! -= first;
      w1[2 * i + 1]! -= second;
      c1[i]! -= dc1;
      w2[i]! -= dw2;
    }
    c2 -= dc2;
  }
  return cost;
}

const program = compileProgram(xorStep());
const start = Object.entries(xorStart());

describe(`XOR 2-3-1, ${EPOCHS} epochs (the bar: at most twice the time by hand)`, () => {
  bench('by hand', () => {
    byHand();
  });

  bench('compiled', () => {
    for (const [name, data] of start) program.input(name)!.data.set(data);
    program.repeat(EPOCHS);
  });
});
