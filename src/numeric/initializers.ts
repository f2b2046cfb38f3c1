import { GradusError, nearest } from '../language/diagnostics.ts';
import type { Span } from '../language/tree.ts';
import type { Draw } from './random.ts';

/** Fills an array of a shape. `fanIn` and `fanOut` are how many values an entry of the product reads and feeds. */
interface Initializer {
  readonly args: readonly [number, number];
  readonly fill: (draw: Draw, args: readonly number[], fans: { fanIn: number; fanOut: number }) => () => number;
}

/** The initializers of the language, by name. */
const initializers: ReadonlyMap<string, Initializer> = new Map<string, Initializer>([
  ['zeros', { args: [0, 0], fill: () => () => 0 }],
  ['ones', { args: [0, 0], fill: () => () => 1 }],
  [
    'normal',
    {
      args: [0, 2],
      fill:
        (draw, [mean = 0, deviation = 1]) =>
        () =>
          draw.normal(mean, deviation),
    },
  ],
  [
    'uniform',
    {
      args: [0, 2],
      fill:
        (draw, [lo = 0, hi = 1]) =>
        () =>
          draw.uniform(lo, hi),
    },
  ],
  // Glorot and Bengio (2010), equation 16: uniform, variance 2/(fanIn + fanOut).
  ['xavier', { args: [0, 0], fill: (draw, _, { fanIn, fanOut }) => symmetric(draw, Math.sqrt(6 / (fanIn + fanOut))) }],
  // He et al. (2015), equation 10: normal, variance 2/fanIn.
  [
    'he',
    {
      args: [0, 0],
      fill:
        (draw, _, { fanIn }) =>
        () =>
          draw.normal(0, Math.sqrt(2 / fanIn)),
    },
  ],
]);

const symmetric = (draw: Draw, bound: number) => () => draw.uniform(-bound, bound);

/**
 * The start of a parameter: what its initializer draws; without one, 0 for scalars and vectors, xavier for the rest.
 * @throws GradusError `name` for an unknown initializer, `argument` for the wrong number of arguments
 */
export function initialize(
  name: string | undefined,
  args: readonly number[],
  shape: readonly number[],
  draw: Draw,
  span?: Span,
): Float64Array {
  const count = shape.reduce((n, size) => n * size, 1);
  const vector = shape.length < 2 || (shape.length === 2 && shape[1] === 1);
  const chosen = name ?? (vector ? 'zeros' : 'xavier');
  const initializer = initializers.get(chosen);
  if (!initializer) {
    const near = nearest(chosen, initializers.keys());
    throw new GradusError('name', `unknown initializer ${chosen}`, {
      span,
      hint: near ? `did you mean ${near}?` : `there are ${[...initializers.keys()].join(', ')}`,
    });
  }
  const [least, most] = initializer.args;
  if (args.length < least || args.length > most) {
    throw new GradusError(
      'argument',
      `${chosen} takes ${most === 0 ? 'no arguments' : `at most ${most} arguments`}, not ${args.length}`,
      { span },
    );
  }
  // In W·x an entry of the result reads a row of W and an entry of x feeds a column.
  const fanIn = shape.length > 1 ? shape[shape.length - 1]! : count;
  const fanOut = count / fanIn;
  const next = initializer.fill(draw, args, { fanIn, fanOut });
  return Float64Array.from({ length: count }, next);
}
