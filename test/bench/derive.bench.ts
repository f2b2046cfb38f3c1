import { derivative } from 'mathjs';
import { bench, describe } from 'vitest';
import { derive } from '../../src/index.ts';
import { random } from '../../src/numeric/random.ts';

/** Deriving and simplifying to text, beside mathjs in the same run: the bar is thirty times as fast. */
const CASES = [
  ['a sigmoid neuron', '1/(1+exp(-(w1*x1+w2*x2+b)))', 'w1'],
  ['its squared loss', '(1/(1+exp(-(w1*x1+w2*x2+b)))-y)^2', 'w1'],
  ['a product of four', 'x^2*sin(x)*exp(x)/log(x)', 'x'],
] as const;

/** Long enough for the code to be compiled before the clock runs. */
const WARM = { warmupTime: 3000, time: 3000 };

const text = (source: string, wrt: string): string => derive(source, wrt, { steps: false }).partial.toString();

describe.each(CASES)('%s', (_, source, wrt) => {
  bench('gradus', () => void text(source, wrt), WARM);
  bench('mathjs', () => void derivative(source, wrt).toString(), WARM);
});

/** A thousand formulas of a hundred characters and more. */
function longFormulas(): string[] {
  const draw = random(11);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw.uniform() * list.length)]!;
  const formula = (depth: number): string => {
    if (depth === 0) return pick(['x', 'x', 'y', 'z', '2', '3']);
    const part = () => formula(depth - 1);
    const kind = draw.uniform();
    if (kind < 0.35) return `(${part()} + ${part()})`;
    if (kind < 0.65) return `${part()}*${part()}`;
    return kind < 0.75 ? `(${part()})^2` : `${pick(['sin', 'exp', 'tanh', 'log'])}(${part()})`;
  };
  const found: string[] = [];
  while (found.length < 1000) {
    const source = formula(7);
    if (source.length >= 100 && source.length < 400 && source.includes('x')) found.push(source);
  }
  return found;
}

describe('a thousand long formulas', () => {
  const sources = longFormulas();
  let next = 0;
  bench('one of them', () => void text(sources[next++ % sources.length]!, 'x'), WARM);
});
