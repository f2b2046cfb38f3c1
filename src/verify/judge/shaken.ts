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

/**
 * The first entry in which two nodes differ by more than rounding: computed several times, every result a little off by
 * chance, the difference stays what it is. Where bounds on rounding are too wide, after many layers, this still tells.
 * Source: Vignes, A stochastic arithmetic for reliable scientific computation (1993).
 */
export function differsShaken(pair: readonly [Node, Node], { values, sizes, shaken }: RealPoint): number | undefined {
  const runs = Array.from({ length: RUNS }, (_, k) => {
    if (shaken.length === k) shaken.push({ known: new Map(), arithmetic: shaking(k + 1) });
    const { known, arithmetic } = shaken[k]!;
    const inputs = (v: { readonly name: string; readonly shape: Node['shape'] }) => ({
      shape: v.shape.map((dim) => sizeOf(dim, sizes)),
      data: Array.from(values.get(v.name) ?? []),
    });
    const [found, expected] = evaluate(pair, inputs, sizes, arithmetic, { known, most: LIMITS.verified });
    return found!.data.map((x, at) => x - expected!.data[at]!);
  });
  const place = runs[0]!.findIndex((_, at) => {
    const differences = runs.map((run) => run[at]!);
    const spread = Math.max(...differences) - Math.min(...differences);
    return differences.every((d) => Math.abs(d) > CLEAR * spread);
  });
  return place < 0 ? undefined : place;
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
