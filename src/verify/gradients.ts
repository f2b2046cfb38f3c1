import type { Model } from '../calculus/check.ts';
import { differentiate } from '../calculus/differentiate.ts';
import { inlineDefinitions } from '../calculus/inline.ts';
import { simplify } from '../calculus/simplify.ts';
import { runnable } from '../calculus/stabilise.ts';
import { sizeOf } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import { LIMITS, wholeNumber } from '../language/limits.ts';
import type { Inputs } from '../numeric/binding.ts';
import type { Claim, Task } from './claim.ts';
import { work } from './cost.ts';
import { Points } from './points.ts';
import { checkPrecisely } from './precise.ts';
import type { CheckReport } from './report.ts';
import { checkRoughly } from './rough.ts';

export { judge } from './judge.ts';
export interface VerifyOptions {
  /** Of the generator that points are drawn from. */
  readonly seed?: number;
  /** How many points. */
  readonly points?: number;
  /** Values to keep instead of drawing them: data that the source does not hold. */
  readonly inputs?: Inputs;
  /** Left out, 64-digit numbers are used up to a few seconds' work. */
  readonly method?: CheckReport['method'];
}

const POINTS = 3;

/** Products of 64-digit numbers that a check may take: two or three seconds of them. */
const MOST_WORK = 1e6;

/**
 * Compares the gradient of a model's objective (of an array, its Jacobian) with differences of the objective itself at
 * random points of its domain: the form that is printed, the form that runs, and the compiled program.
 * @param wrt the names to derive by
 * @throws GradusError `domain` if no point is found at which the objective is finite and smooth; `name` for a name that
 * is no input; `data` for given values that do not fit
 */
export async function checkGradients(model: Model, wrt: readonly string[], options: VerifyOptions = {}): Promise<CheckReport> {
  const { graph } = model;
  const objective = objectiveOf(model);
  const variables = wrt.map((name) => inputOf(model, name).node);
  const raw = differentiate(graph, objective, variables);
  const running = runnable(graph, objective, variables, raw).slice(1);
  const printed = simplify(graph, inlineDefinitions(graph, raw), { mergeShared: true });
  const points = new Points(model, wrt, options.inputs ?? {}, options.seed ?? 1);
  const claims = wrt.map((name, k): Claim => {
    // Merging products for reading may cost the interpreter too much; what runs never does.
    const readable = work([printed[k]!], points.sizes) < MOST_WORK / 10;
    return {
      name,
      forms: readable ? [running[k]!, printed[k]!] : [running[k]!],
      runs: running[k]!,
      ...shapes(model, name, points),
    };
  });
  return compare(model, claims, points, options);
}

/** A derivative from elsewhere: a node of any graph, whose variables have the model's names. */
export interface ForeignDerivative {
  readonly node: Node;
  /** Values of names that the model does not have. */
  readonly constants?: ReadonlyMap<string, ArrayLike<number>> | undefined;
}

/**
 * Compares a node that is said to be the derivative of the model's objective by `name` with differences.
 * @throws GradusError as `checkGradients`, and `shape` if the node does not have the derivative's shape
 */
export async function compareGradient(
  model: Model,
  name: string,
  { node, constants }: ForeignDerivative,
  options: VerifyOptions = {},
): Promise<CheckReport> {
  inputOf(model, name);
  const points = new Points(model, [name], options.inputs ?? {}, options.seed ?? 1, constants);
  const { front, own } = shapes(model, name, points);
  const wanted = text([...front, ...own]);
  const found = text(node.shape.map((dim) => sizeOf(dim, points.sizes)));
  if (found !== wanted) throw new GradusError('shape', `the derivative by ${name} is ${wanted}, this is ${found}`);
  return compare(model, [{ name, forms: [node], front, own }], points, options);
}

function compare(model: Model, claims: readonly Claim[], points: Points, options: VerifyOptions): Promise<CheckReport> {
  const task: Task = {
    model,
    objective: objectiveOf(model),
    claims,
    points,
    sizes: points.sizes,
    count: wholeNumber(options.points ?? POINTS, 'points', 1, LIMITS.points),
    seed: options.seed ?? 1,
  };
  return chooseMethod(task, options.method);
}

async function chooseMethod(task: Task, asked: CheckReport['method'] | undefined): Promise<CheckReport> {
  if (asked === 'richardson' || (!asked && estimatedWork(task) > MOST_WORK)) return checkRoughly(task);
  try {
    return await checkPrecisely(task);
  } catch (error) {
    // An operator that nobody has written in 64 digits is checked in doubles.
    if (asked || !(error instanceof GradusError) || error.code !== 'unsupported') throw error;
    return checkRoughly(task);
  }
}

/** Each entry takes the function twice; each derivative is evaluated once. */
function estimatedWork({ model, objective, claims, points, sizes, count }: Task): number {
  const entries = claims.reduce((n, { name }) => n + points.shape(inputOf(model, name)).reduce((p, size) => p * size, 1), 0);
  const forms = claims.flatMap((c) => c.forms);
  return count * (2 * entries * work([objective], sizes) + work(forms, sizes));
}

/** The axes of the derivative by a name, in numbers. */
const shapes = (model: Model, name: string, points: Points) => ({
  front: objectiveOf(model).shape.map((dim) => sizeOf(dim, points.sizes)),
  own: points.shape(inputOf(model, name)),
});

/** Axes of length 1 do not count. */
const text = (shape: readonly number[]): string => shape.filter((size) => size !== 1).join('×') || 'a scalar';

function objectiveOf({ objective }: Model): Node {
  if (!objective) {
    throw new GradusError('argument', 'there is nothing to check: the source has no objective', {
      hint: 'end it with minimize Cost = …, or with an expression',
    });
  }
  return objective.node;
}

function inputOf(model: Model, name: string) {
  const input = model.inputs.get(name);
  if (!input) throw new GradusError('name', `there is no ${name} to derive by`);
  return input;
}
