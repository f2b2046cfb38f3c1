import { readFileSync } from 'node:fs';
import { bench, describe } from 'vitest';
import { derive } from '../../src/index.ts';

/** Deriving with the steps told, against deriving alone: the bar is three times. */
const sources: Readonly<Record<string, string>> = {
  'OR gate': readFileSync('examples/or-gate.grad', 'utf8'),
  'XOR, one hidden layer': readFileSync('examples/xor-hidden.grad', 'utf8'),
  'x^2*sin(3x)': 'x^2*sin(3x)',
};

describe.each(Object.entries(sources))('%s', (_, source) => {
  bench('derivatives', () => {
    const d = derive(source, undefined, { steps: false });
    for (const name of d.wrt) d.partials[name]!.toString();
  });
  bench('derivatives and steps', () => {
    const d = derive(source);
    for (const name of d.wrt) d.partials[name]!.toString();
    for (const step of d.steps) step.after.toString();
  });
});
