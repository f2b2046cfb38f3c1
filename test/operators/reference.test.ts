import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operatorNamed } from '../../src/operators/index.ts';

/**
 * How far a function's value may be from the exact one, in units of its last place; `floor` is the size below which
 * the error does not shrink with the value any more, near zeros of the function that are no doubles.
 */
interface Bound {
  readonly ulps: number;
  readonly floor?: number;
}

/** What the kernels promise. Everything else is good to two units. */
const BOUNDS: Readonly<Record<string, Bound>> = {
  erfc: { ulps: 4 },
  erfcx: { ulps: 4 },
  erfi: { ulps: 30 },
  dawson: { ulps: 25 },
  gamma: { ulps: 10 },
  lgamma: { ulps: 4, floor: 1 },
  digamma: { ulps: 4, floor: 1e-300 },
  polygamma: { ulps: 20 },
  beta: { ulps: 500 },
  uppergamma: { ulps: 30 },
  Ci: { ulps: 4, floor: 1e-3 },
  Shi: { ulps: 6 },
  Chi: { ulps: 10 },
  Ei: { ulps: 6 },
  li: { ulps: 40, floor: 1 },
  fresnels: { ulps: 4 },
  fresnelc: { ulps: 4 },
  polylog: { ulps: 10 },
  elliptic_f: { ulps: 10 },
  elliptic_e: { ulps: 20 },
  gelu: { ulps: 6 },
  besselj: { ulps: 30 },
  bessely: { ulps: 50 },
  besseli: { ulps: 30 },
  besselk: { ulps: 40 },
};

const ulp = (x: number): number => Math.max(2 ** (Math.floor(Math.log2(Math.abs(x))) - 52), Number.MIN_VALUE);

const rows = readFileSync(new URL('reference.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(','));

const byName = grouped();

function grouped(): Map<string, string[][]> {
  const groups = new Map<string, string[][]>();
  for (const row of rows) groups.set(row[0]!, [...(groups.get(row[0]!) ?? []), row]);
  return groups;
}

describe('against values of sixty digits', () => {
  it.each([...byName])('%s', (name, table) => {
    const { kernel, arity } = operatorNamed.get(name)!;
    const { ulps, floor = 0 } = BOUNDS[name] ?? { ulps: 2 };
    for (const row of table) {
      const numbers = row.slice(1).map(Number);
      const exact = numbers.at(-1)!;
      const found = kernel(...numbers.slice(0, arity));
      const error = Math.abs(found - exact) / ulp(Math.max(Math.abs(exact), floor));
      expect(error, `${name}(${numbers.slice(0, arity)}) is ${exact}, found ${found}`).toBeLessThanOrEqual(ulps);
    }
  });
});
