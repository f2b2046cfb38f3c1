import { differentiate } from '../differentiate/sweep.ts';
import { sizeOf } from '../graph/dimension.ts';
import { inlineDefinitions } from '../graph/map.ts';
import type { Node } from '../graph/node.ts';
import { shownAs } from '../language/console.ts';
import { GradusError } from '../language/diagnostics.ts';
import { LIMITS, wholeNumber } from '../language/limits.ts';
import { holding } from '../model/held.ts';
import type { Model } from '../model/model.ts';
import { withNamedParts } from '../model/name-parts.ts';
import { runningGradient } from '../model/running.ts';
import { standIns, withStandIns } from '../model/stand-ins.ts';
import { type GivenInputs, recordOf } from '../numeric/binding.ts';
import { Callable } from '../numeric/callable.ts';
import { forReading } from '../simplify/pipelines.ts';
import type { Claim, Task } from './claim.ts';
import { work } from './cost.ts';
import { POINTS } from './default-points.ts';
import { Judge, type Verdict } from './judge/index.ts';
import { Points } from './points.ts';
import { checkPrecisely } from './precise.ts';
import { type CheckReport, partialText, record } from './report.ts';
import { checkRoughly } from './rough.ts';
import { withStopped } from './stopped.ts';

export interface VerifyOptions {
  /** Of the generator that points are drawn from. */
  readonly seed?: number;
  /** How many points. */
  readonly points?: number;
  /** Values to keep instead of drawing them: data that the source does not hold. */
  readonly inputs?: GivenInputs;
  /** Left out, 64-digit numbers are used up to a few seconds' work. */
  readonly method?: CheckReport['method'];
}

/** How many times as long a comparison in more digits takes. */
const MORE_TAKES = 40;

/** Products of 64-digit numbers that a check may take: two or three seconds of them. */
const MOST_WORK = 1e6;

/**
 * Compares the gradient of a model's objective (of an array, its Jacobian) with differences of the objective itself at
 * random points of its domain: the form that is printed, the form that runs, and the program that the API hands out.
 * @param wrt the names to derive by
 * @throws GradusError `domain` if no point is found at which the objective is finite and smooth; `name` for a name that
 * is no input; `data` for given values that do not fit
 */
export async function checkGradients(source: Model, wrt: readonly string[], options: VerifyOptions = {}): Promise<CheckReport> {
  const given = withNamedParts(holding(source, wrt), wrt);
  const model = withStandIns(given);
  const { graph } = model;
  const objective = objectiveOf(model);
  const variables = wrt.map((name) => inputOf(model, name).node);
  const derived = differentiate(graph, objectiveOf(given), variables);
  const raw = standIns(graph, derived);
  const runs = runningGradient(model, wrt, raw);
  const running = runs.slice(1);
  const printed = standIns(graph, forReading(graph, inlineDefinitions(graph, derived)));
  const { model: whole, held } = withStopped(model, [objective, ...raw, ...running]);
  const points = new Points(whole, wrt, { given: recordOf(options.inputs ?? {}), seed: options.seed ?? 1 });
  const [moved, ...forms] = held([objective, ...running]) as [Node, ...Node[]];
  const task = { ...whole, objective: { ...model.objective!, node: moved } };
  const claims = wrt.map((name, k): Claim => {
    const form = forms[k]!;
    return { name, forms: [form], runs: form, ...shapes(model, name, points) };
  });
  const program = Callable.running(model, () => runs);
  const report = await compare(task, claims, points, options, program);
  // What is printed is held against what the sweep found.
  const judge = new Judge(model, wrt, [...printed, ...raw], { seed: options.seed ?? 1, within: [objective] });
  const verdicts = judge.verdicts(printed.map((node, k) => [node, raw[k]!] as const));
  return withPrinted(report, new Map(wrt.map((name, k) => [name, verdicts[k]!])));
}

function withPrinted(report: CheckReport, verdicts: ReadonlyMap<string, Verdict>): CheckReport {
  const partials = Object.entries(report.partials).map(([name, partial]) => {
    const printed = verdicts.get(name)!;
    return [name, shownAs({ ...partial, printed, ok: partial.ok && printed.right }, partialText)] as const;
  });
  return { ...report, ok: report.ok && partials.every(([, { ok }]) => ok), partials: record(partials) };
}

function compare(
  model: Model,
  claims: readonly Claim[],
  points: Points,
  options: VerifyOptions,
  program?: Callable,
): Promise<CheckReport> {
  const task: Task = {
    model,
    objective: objectiveOf(model),
    claims,
    ...(program && { program }),
    points,
    sizes: points.sizes,
    count: wholeNumber(options.points ?? POINTS, 'points', 1, LIMITS.points),
    seed: options.seed ?? 1,
  };
  return chooseMethod(task, options.method);
}

async function chooseMethod(task: Task, asked: CheckReport['method'] | undefined): Promise<CheckReport> {
  const work = estimatedWork(task);
  if (asked === 'richardson' || (!asked && work > MOST_WORK)) return checkRoughly(task);
  try {
    return await checkPrecisely(task, work < MOST_WORK / MORE_TAKES);
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
