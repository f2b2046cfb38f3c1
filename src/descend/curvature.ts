import { along, dot, length } from '../numeric/linear/vectors.ts';
import { random } from '../numeric/random.ts';
import { Landscape } from './landscape.ts';
import type { Problem } from './problem.ts';

const ITERATIONS = 12;
/** Of the length of the parameters, how far a difference of gradients reaches to either side. */
const REACH = 1e-4;

/**
 * The largest eigenvalue of the Hessian by all parameters together, about, where a run starts: the power method on
 * products H·v, each a difference of two gradients. A step of gradient descent is stable below 2 divided by it. LeCun,
 * Simard and Pearlmutter, Automatic learning rate maximization by on-line estimation of the Hessian's eigenvectors (1993).
 * @returns undefined where it is not positive or the gradient is not finite
 */
export function largestCurvature(problem: Problem): number | undefined {
  const land = new Landscape(problem);
  const start = land.packed(problem.values);
  const slopeAt = (t: number, direction: Float64Array): Float64Array => {
    const slope = new Float64Array(land.size);
    land.slope(along(start, t, direction, new Float64Array(land.size)), slope);
    return slope;
  };
  const draw = random(1);
  let direction = scaledToOne(start.map(() => draw.normal()));
  const reach = REACH * Math.max(1, length(start));
  let largest = 0;
  for (let k = 0; k < ITERATIONS; k++) {
    const [ahead, behind] = [slopeAt(reach, direction), slopeAt(-reach, direction)];
    const product = ahead.map((g, i) => (g - behind[i]!) / (2 * reach));
    largest = dot(product, direction);
    const size = length(product);
    if (!Number.isFinite(size) || size === 0) return undefined;
    direction = product.map((p) => p / size);
  }
  return largest > 0 && Number.isFinite(largest) ? largest : undefined;
}

const scaledToOne = (v: Float64Array): Float64Array => {
  const size = length(v);
  return v.map((x) => x / size);
};
