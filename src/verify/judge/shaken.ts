import { type Arithmetic, doubles, evaluate } from '../../compile/index.ts';
import { sizeOf } from '../../graph/dimension.ts';
import type { Node } from '../../graph/node.ts';
import { LIMITS } from '../../language/limits.ts';
import { random } from '../../numeric/random.ts';
import { extremeOf } from '../../operators/kinked.ts';
import type { RealPoint } from './real.ts';

/** What every result is off by, relatively: far more than by rounding. */
const OFF = 2 ** -40;
const RUNS = 3;
/** A difference is real if it is so many times larger than what it varies by. */
const CLEAR = 100;

/** What is left of a value that varies by this part of itself: no digit. */
const LOST = 0.1;

/** What several runs tell of a difference. */
export interface Shaken {
  /** The first entry in which there is one. */
  readonly place: number | undefined;
  /** No digit is known of the first node: the inverse of what is singular. */
  readonly lost: boolean;
}

/**
 * Whether two nodes differ by more than rounding: computed several times, every result a little off by chance, the
 * difference stays what it is. Where bounds on rounding are too wide, after many layers, this still tells.
 * Source: Vignes, A stochastic arithmetic for reliable scientific computation (1993).
 */
export function shaken(pair: readonly [Node, Node], { values, sizes, shaken: known }: RealPoint): Shaken {
  const runs = Array.from({ length: RUNS }, (_, k) => {
    if (known.length === k) known.push({ known: new Map(), arithmetic: shaking(k + 1) });
    const { known: worth, arithmetic } = known[k]!;
    const inputs = (v: { readonly name: string; readonly shape: Node['shape'] }) => ({
      shape: v.shape.map((dim) => sizeOf(dim, sizes)),
      data: Array.from(values.get(v.name) ?? []),
    });
    const [found, expected] = evaluate(pair, inputs, sizes, arithmetic, { known: worth, most: LIMITS.verified });
    return { found: found!.data, differences: found!.data.map((x, at) => x - expected!.data[at]!) };
  });
  const across = (numbers: readonly number[]): number => Math.max(...numbers) - Math.min(...numbers);
  const place = runs[0]!.differences.findIndex((_, at) => {
    const differences = runs.map((run) => run.differences[at]!);
    return differences.every((d) => Math.abs(d) > CLEAR * across(differences));
  });
  const lost = runs[0]!.found.every((x, at) => across(runs.map(({ found }) => found[at]!)) > LOST * Math.abs(x));
  return { place: place < 0 ? undefined : place, lost };
}

function shaking(seed: number): Arithmetic<number> {
  const draw = random(seed);
  const off = (x: number): number => x * (1 + OFF * draw.uniform(-1, 1));
  return {
    ...doubles,
    add: (a, b) => off(a + b),
    multiply: (a, b) => off(a * b),
    dot: (a, b) => {
      let total = 0;
      for (let k = 0; k < a.steps.length; k++) total += off(a.data[a.from + a.steps[k]!]! * b.data[b.from + b.steps[k]!]!);
      return off(total);
    },
    apply: (operator, args) => {
      const value = operator.kernel(...args);
      // What is chosen is one of those it was chosen from.
      return extremeOf(operator) ? value : off(value);
    },
  };
}
