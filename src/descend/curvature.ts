import { compileProgram } from '../compile/index.ts';
import { random } from '../numeric/random.ts';
import type { Parameters } from './descend.ts';
import { type Problem, updated } from './problem.ts';

const ITERATIONS = 12;
/** Of the length of the parameters, how far a difference of gradients reaches to either side. */
const REACH = 1e-4;

/** The gradient of a problem's objective by each parameter that it moves, at any place: a program of its own. */
export function gradientOf({ slopes, binding, model, options, values }: Problem): (at: Parameters) => Map<string, number[]> {
  const program = compileProgram({
    outputs: slopes.gradients.map((g) => g.gradient),
    sizes: binding.sizes,
    backend: options.backend,
    maxEntries: model.maxEntries,
  });
  const fill = (name: string, numbers: ArrayLike<number> | undefined) => {
    const data = program.input(name)?.data;
    if (data && numbers?.length === data.length) data.set(numbers);
  };
  for (const name of program.inputs.keys()) fill(name, values.get(name));
  return (at) => {
    for (const { variable } of slopes.gradients) fill(variable.name, at.get(variable.name) ?? values.get(variable.name));
    program.run();
    return new Map(slopes.gradients.map(({ variable }, k) => [variable.name, Array.from(program.outputs[k]!.data)]));
  };
}

/**
 * The largest eigenvalue of the Hessian by all parameters together, about, where a run starts: the power method on
 * products H·v, each a difference of two gradients. A step of gradient descent is stable below 2 divided by it. LeCun,
 * Simard and Pearlmutter, Automatic learning rate maximization by on-line estimation of the Hessian's eigenvectors (1993).
 * @returns undefined where it is not positive or the gradient is not finite
 */
export function largestCurvature(problem: Problem): number | undefined {
  const names = updated(problem);
  const gradient = gradientOf(problem);
  const start = names.flatMap((name) => Array.from(problem.values.get(name)!));
  const gradientAt = (place: readonly number[]): number[] => {
    let from = 0;
    const parts = names.map((name) => {
      const { length } = problem.values.get(name)!;
      from += length;
      return [name, Float64Array.from(place.slice(from - length, from))] as const;
    });
    return [...gradient(new Map(parts)).values()].flat();
  };
  const draw = random(1);
  let direction = scaledToOne(start.map(() => draw.normal()));
  const reach = REACH * Math.max(1, length(start));
  let largest = 0;
  for (let k = 0; k < ITERATIONS; k++) {
    const [ahead, behind] = [1, -1].map((sign) => gradientAt(start.map((x, i) => x + sign * reach * direction[i]!)));
    const product = ahead!.map((g, i) => (g - behind![i]!) / (2 * reach));
    largest = product.reduce((sum, p, i) => sum + p * direction[i]!, 0);
    const size = length(product);
    if (!Number.isFinite(size) || size === 0) return undefined;
    direction = product.map((p) => p / size);
  }
  const curvature = problem.model.objective!.sense === 'maximize' ? -largest : largest;
  return curvature > 0 && Number.isFinite(curvature) ? curvature : undefined;
}

const length = (v: readonly number[]): number => Math.hypot(...v);
const scaledToOne = (v: readonly number[]): number[] => {
  const size = length(v);
  return v.map((x) => x / size);
};
