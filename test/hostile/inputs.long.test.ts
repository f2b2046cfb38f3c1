import { expect, test } from 'vitest';
import { derive, GradusError } from '../../src/index.ts';
import { type Draw, random } from '../../src/numeric/random.ts';
import { corpus, type Source } from '../support/corpus.ts';

/**
 * Whatever is typed: nothing is thrown that is no GradusError, nothing takes longer than anyone waits, and memory does not
 * grow. `SECONDS` says for how long, `SEED` with which inputs; an input is told by the seed of its slice and its number.
 */
const SEED = Number(process.env.SEED ?? 1);
const SECONDS = Number(process.env.SECONDS ?? 600);
const SLICE = 5000;
/** Milliseconds; what takes longer is tried again, since the machine may have been busy. */
const LONGEST = 1000;
/** Bytes by which what is in use after a slice may grow. */
const GROWTH = 100e6;

const PIECES = [
  ...'()[]{},;:=~|+-*/^.<>!?\'"\\@#$%&_`',
  ...'abcdefxyzwuvmnkWXYZAT0123456789 \n\t',
  ...'σπΣ∂∇·⊙⊘⊗ᵀ²³½∞√‖∘−×≤≥≠₁ₙéß漢\u0000\u202e\ud800',
  ...['.*', './', '.^', '..', '==', '!=', '<=', '&&', '||', '**', '->', '=>', '1e', '1e9', '0.5', '.5', '1/2', '2m', "'", "''"],
  ...[
    'data ',
    'param ',
    'const ',
    'function ',
    'minimize ',
    'maximize ',
    'positive',
    'symmetric',
    'in 0..1',
    'distribution rows',
  ],
  ...['sin', 'exp(', 'log(', 'sum(', 'sum[i](', 'mean(', 'softmax(', 'where(', 'max(', 'det(', 'inv(', 'norm(', 'relu(', 'tanh '],
  ...['h[0] = x', 'h[t=1:3] = ', 'diff(', 'grad(', 'd/dx ', 'f(x) = ', "f'(", 'rows', 'cols', 'and', 'not ', 'or', ' : [m, n]'],
];

const pick = <T>(draw: Draw, list: readonly T[]): T => list[Math.floor(draw.uniform(0, list.length))]!;

const soup = (draw: Draw): string =>
  Array.from({ length: 1 + Math.floor(draw.uniform(0, 24)) }, () => pick(draw, PIECES)).join('');

/** A source with a few pieces changed, dropped, doubled or put elsewhere. */
function bent(draw: Draw, text: string): string {
  let found = text;
  for (let k = 1 + Math.floor(draw.uniform(0, 4)); k > 0; k--) {
    const at = Math.floor(draw.uniform(0, found.length + 1));
    const end = Math.min(found.length, at + Math.floor(draw.uniform(0, 6)));
    const piece = pick(draw, [pick(draw, PIECES), '', found.slice(at, end).repeat(2), pick(draw, corpus).source.slice(0, 12)]);
    found = found.slice(0, at) + piece + found.slice(end);
  }
  return found;
}

interface Input {
  readonly text: string;
  readonly like: Source | undefined;
}

function input(draw: Draw): Input {
  const like = draw.uniform() < 0.7 ? pick(draw, corpus) : undefined;
  return { text: like ? bent(draw, like.source) : soup(draw), like };
}

/** Reads, derives and prints; what was thrown, if it is no GradusError. */
function fault({ text, like }: Input): string | undefined {
  try {
    const d = derive(text, like?.wrt.length ? like.wrt : undefined, { maxEntries: 1e6, ...(like && { shapes: like.shapes }) });
    for (const name of d.wrt) d.partials[name]!.toString();
  } catch (error) {
    if (!(error instanceof GradusError)) return error instanceof Error ? `${error.stack}` : String(error);
    error.format(text);
  }
  return undefined;
}

function took(input: Input): number {
  const began = performance.now();
  fault(input);
  return performance.now() - began;
}

test(`inputs of seed ${SEED}, for ${SECONDS} s`, { timeout: SECONDS * 1000 + 120_000 }, () => {
  const faults: string[] = [];
  const slow: string[] = [];
  const used: number[] = [];
  const until = performance.now() + SECONDS * 1000;
  let count = 0;
  for (let slice = 0; performance.now() < until; slice++) {
    const draw = random(SEED * 100_003 + slice);
    for (let k = 0; k < SLICE && performance.now() < until; k++, count++) {
      const given = input(draw);
      const began = performance.now();
      const wrong = fault(given);
      if (wrong) faults.push(`${JSON.stringify(given.text)}: ${wrong}`);
      if (performance.now() - began > LONGEST && took(given) > LONGEST && took(given) > LONGEST)
        slow.push(JSON.stringify(given.text));
    }
    used.push(process.memoryUsage().heapUsed);
  }
  console.log(`${count} inputs of seed ${SEED}`);
  expect(faults.slice(0, 20)).toEqual([]);
  expect(slow.slice(0, 20)).toEqual([]);
  // The least of a few slices: what is not collected yet does not count.
  const least = (from: number) => Math.min(...used.slice(from, from + 5));
  expect(least(Math.max(0, used.length - 5)) - least(0)).toBeLessThan(GROWTH);
});
