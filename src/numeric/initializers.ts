import { checkInitializer, checkStart, type InitializerName } from '../elaborate/initializers.ts';
import type { Span } from '../language/tree.ts';
import type { Draw } from './random.ts';

/** Fills an array of a shape. `fanIn` and `fanOut` are how many values an entry of the product reads and feeds. */
type Fill = (draw: Draw, args: readonly number[], fans: { fanIn: number; fanOut: number }) => () => number;

const initializers: Readonly<Record<InitializerName, Fill>> = {
  zeros: () => () => 0,
  ones: () => () => 1,
  normal:
    (draw, [mean = 0, deviation = 1]) =>
    () =>
      draw.normal(mean, deviation),
  uniform:
    (draw, [lo = 0, hi = 1]) =>
    () =>
      draw.uniform(lo, hi),
  // Glorot and Bengio (2010), equation 16: uniform, variance 2/(fanIn + fanOut).
  xavier: (draw, _, { fanIn, fanOut }) => symmetric(draw, Math.sqrt(6 / (fanIn + fanOut))),
  // He et al. (2015), equation 10: normal, variance 2/fanIn.
  he:
    (draw, _, { fanIn }) =>
    () =>
      draw.normal(0, Math.sqrt(2 / fanIn)),
};

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
  const chosen = checkInitializer(name ?? (vector ? 'zeros' : 'xavier'), args.length, span);
  checkStart(chosen, args, span);
  // In W·x an entry of the result reads a row of W and an entry of x feeds a column.
  const fanIn = shape.length > 1 ? shape[shape.length - 1]! : count;
  const fanOut = count / fanIn;
  const next = initializers[chosen](draw, args, { fanIn, fanOut });
  return Float64Array.from({ length: count }, next);
}
