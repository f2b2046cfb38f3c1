import { sizeOf } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { shownAs } from '../language/console.ts';
import { GradusError, type Warning } from '../language/diagnostics.ts';
import type { Input } from '../model/model.ts';
import { jsonNumber } from '../numeric/json.ts';
import { nonFiniteOrigin } from '../numeric/non-finite.ts';
import { Tensor } from '../numeric/tensor.ts';
import { seriesText } from '../numeric/tensor-text.ts';
import { showNumber } from '../numeric/value-text.ts';
import { type AtBound, atBounds } from './bounds.ts';
import { divergedError, fastestGrown, rateHint } from './divergence.ts';
import { type Fit, fitOf, isFit } from './fit.ts';
import { Landscape } from './landscape.ts';
import { isSolver } from './optimizers/index.ts';
import type { Failure, Outcome, Parameters, Stopped } from './outcome.ts';
import { fixedNames, type Problem, updated } from './problem.ts';
import type { Runner } from './runner.ts';
import { type Scalings, scaledNote } from './scaling.ts';
import { SolverRun } from './solver-run.ts';
import { parametersOf } from './step.ts';
import type { AsGiven, Watch } from './watch.ts';

/** A run that is set up: what is descended by, and what it is looked at with. */
export interface Run {
  readonly problem: Problem;
  readonly runner: Runner;
  /** −1 where the cost is to be large. */
  readonly sign: 1 | -1;
  /** Whether the examples come in batches, and are never all there. */
  readonly streams: boolean;
  readonly watch?: Watch;
  /** Of the examples that were put aside for the end. */
  readonly test?: Watch;
  readonly scalings?: Scalings;
  /** The examples that are learned from as they were given, where they are scaled and parameters can be told for them. */
  readonly given?: AsGiven;
}

export interface TrainResult {
  /** Each parameter's value: a number for a scalar, a tensor of the declared shape for anything else. */
  readonly params: Readonly<Record<string, number | Tensor>>;
  /** At these parameters. */
  readonly cost: number;
  /** Epochs whose updates are in the parameters. */
  readonly epochs: number;
  /**
   * The cost before each epoch, and `cost` last: epochs + 1 numbers. By batches, those between are means over an epoch's batches,
   * each before its step; the first is one where the batches come from outside.
   */
  readonly history: Float64Array;
  readonly stopped: Stopped;
  /** The number of epochs after which the parameters were those learned, where these are not the last. */
  readonly best?: number;
  /** What descended, and why, where the symbols decided. */
  readonly optimizer: { readonly name: string; readonly reason?: string };
  /** Means and deviations of the data that the parameters belong to, where `scale` could not be undone. */
  readonly scaling?: Scalings;
  /** How often a solver asked for the cost, or the residuals, and for first derivatives. */
  readonly evaluations?: { readonly values: number; readonly slopes: number };
  /** Standard errors of what was learned, where the cost is a fit that has converged, or `errors` asks for them. */
  readonly fit?: Fit;
  /** The validation cost after each epoch. */
  readonly validation?: Float64Array;
  /** The model's metrics at these parameters, on the examples put aside, or on all. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** The cost and the metrics of the examples that were put aside for the end. */
  readonly test?: { readonly cost: number; readonly metrics: Readonly<Record<string, number>> };
  /** Parameters that ended at a bound of their facts, `positive` or `in 0..1`: beyond it the cost may be better. */
  readonly bounded: readonly AtBound[];
  /** What may not have been meant: the source's warnings, and parameters whose gradient is 0 where they start. */
  readonly warnings: readonly Warning[];
  /** What happened, if the run diverged: code `diverged`, with a hint. */
  readonly error?: GradusError;
}

/** A result whose series may be lists. */
export type ToldResult = Omit<TrainResult, 'history' | 'validation'> & {
  readonly history: ArrayLike<number>;
  readonly validation?: ArrayLike<number>;
};

/** What a run has come to, in the terms of its model. */
export function resultOf(
  run: Run,
  { learned, failure, grown, stuck, endless, downhill, largestRate, ...outcome }: Outcome,
): TrainResult {
  const { problem, runner, watch, test, scalings, given, streams } = run;
  const { model, method, reason, options } = problem;
  const { params, plain } = toldParameters(run, learned);
  for (const series of [outcome.history, outcome.validation])
    if (series) shownAs(series, seriesText, { toJSON: (told) => Array.from(told, jsonNumber) });
  const isAsked = !streams && outcome.stopped !== 'diverged' && (options.errors !== undefined || outcome.stopped === 'converged');
  // The errors are those of the parameters that are told.
  const unscaled = given && { ...problem, binding: given.examples.binding, values: given.examples.values };
  const fitted = isAsked ? fitOf(unscaled ?? problem, plain ?? learned) : {};
  const fit = 'fit' in fitted ? fitted.fit : undefined;
  const tested = test?.look(learned);
  const result: TrainResult = {
    params,
    ...outcome,
    optimizer: { name: method.name, ...(reason && { reason }) },
    ...(scalings && !plain && { scaling: scalings }),
    ...(runner instanceof SolverRun && { evaluations: { ...runner.evaluations } }),
    ...(fit && { fit }),
    ...(watch && model.metrics.length > 0 && { metrics: watch.look(learned).metrics }),
    ...(tested && { test: { cost: tested.cost, metrics: tested.metrics } }),
    bounded: atBounds(model, learned),
    warnings: model.warnings,
  };
  if (outcome.error && failure) {
    const error = streams ? outcome.error : explained(outcome.error, problem, failure, outcome.epochs > 0);
    return { ...result, error };
  }
  if (grown) {
    const message = `${model.objective!.name ?? 'the cost'} ${grown.how}, at the learning rate ${options.lr}`;
    return { ...result, error: divergedError(message, problem, grown.learned) };
  }
  if (endless)
    return { ...result, error: endlessError(problem, downhill ?? fastestGrown(problem, learned)?.name ?? updated(problem)[0]!) };
  if (outcome.stopped === 'diverged') return result;
  const told = stuck
    ? [downhill === undefined ? stuckAt(problem) : levelling(problem, downhill)]
    : streams
      ? []
      : unmoved(problem, learned, { ...outcome, ...(largestRate !== undefined && { largestRate }) });
  const scaledOnly = scalings && !plain ? [{ message: scaledNote(scalings, model.metrics.length > 0) }] : [];
  const idle = [...without(problem), ...problem.unused.map((option) => unlooked(method.name, option))];
  const worse = wrongWay(problem, outcome, streams);
  const lack = 'lack' in fitted && fitted.lack ? [fitted.lack] : [];
  const early = unconverged(problem, outcome, fit);
  return { ...result, warnings: [...model.warnings, ...told, ...worse, ...idle, ...scaledOnly, ...lack, ...early] };
}

/** Each parameter as it is told: for the data as they came, where that can be; `plain` where they were scaled. */
export function toldParameters({ problem, given }: Run, learned: Parameters) {
  const { model } = problem;
  const found = new Map(parametersOf(model).map(({ name }) => [name, learned.get(name) ?? problem.values.get(name)!]));
  const plain = given?.parameters(found);
  const params = parametersOf(model).map((p) => [p.name, shaped(problem, p, (plain ?? found).get(p.name)!)] as const);
  return { params: Object.fromEntries(params) as TrainResult['params'], plain };
}

function shaped({ binding }: Problem, { shape }: Input, entries: ArrayLike<number>): number | Tensor {
  const lengths = shape.map((dim) => sizeOf(dim, binding.sizes));
  return lengths.length === 0 ? entries[0]! : new Tensor(lengths, Float64Array.from(entries));
}

/** A cost that is worse than it was: of all examples, or by epochs where these come in batches that are never all there. */
function wrongWay({ model }: Problem, { history, epochs, best }: Omit<Outcome, 'learned'>, streams: boolean): readonly Warning[] {
  const last = streams ? epochs - 1 : epochs;
  if (best !== undefined || last < 1) return [];
  const [from, to] = [history[0]!, history[last]!];
  const rise = model.objective!.sense === 'maximize' ? from - to : to - from;
  if (!(rise > 0)) return [];
  const [start, end] = [from, to].map((x) => showNumber(x, DIGITS));
  // What rounding moves is no way.
  if (start === end) return [];
  return [{ message: `the run went the wrong way, from ${start} to ${end}: the learning rate may be too large` }];
}

const DIGITS = 6;

/** Where the run goes back to its best, and that is where it started. */
const neverBetter = ({ options }: Problem): Warning => ({
  message: 'the validation cost was never better than at the start: the parameters are those of the start',
  hint: `try a smaller learning rate, such as ${Number((options.lr / 10).toPrecision(3))}, or more patience`,
});

/** Parameters that stay where they start, since nothing that is to be small or large depends on them. */
function without(problem: Problem): readonly Warning[] {
  const { model, options } = problem;
  const known = new Set([...updated(problem), ...fixedNames(options)]);
  const idle = parametersOf(model).filter(({ name }) => !known.has(name));
  const [first] = idle;
  if (!first) return [];
  const names = idle.map(({ name }) => name).join(', ');
  const message = `${names} stayed at the start: ${model.objective!.name ?? 'the cost'} does not depend on ${idle.length === 1 ? 'it' : 'them'}`;
  return [{ message, hint: `use ${first.name} in what is minimized, or leave it out`, span: first.span }];
}

const unlooked = (method: string, option: Problem['unused'][number]): Warning => ({
  message:
    option === 'lr'
      ? `${method} finds its own steps: the learning rate is not looked at`
      : `${method} needs all digits to find its steps: it computes in f64`,
  hint: 'leave it out, or choose a method that steps by a rate, such as adam',
});

function endlessError({ model }: Problem, along: string): GradusError {
  const { name = 'the cost', sense, span } = model.objective!;
  const [end, way] = sense === 'maximize' ? ['maximum', 'rises'] : ['minimum', 'falls'];
  return new GradusError('diverged', `there is no ${end}: ${name} ${way} without end along ${along}`, {
    span,
    hint: `declare where ${along} may be, such as param ${along} in 0..1`,
  });
}

/** A solver whose epochs were too few to come to a minimum, and errors that are none of a minimum. */
function unconverged(
  problem: Problem,
  { stopped, epochs }: Pick<Outcome, 'stopped' | 'epochs'>,
  fit: Fit | undefined,
): Warning[] {
  const { method, reason } = problem;
  if (stopped === 'converged') return [];
  const comesToRest = isSolver(method) && method.options?.tolerance !== undefined;
  const ended: Warning[] = [];
  if (comesToRest && stopped === 'epochs' && epochs > 0) {
    const lacks = !fit && isFit(problem);
    const [name, unit] = [method.name, epochs === 1 ? 'epoch' : 'epochs'];
    ended.push({
      message: lacks
        ? `no standard errors: ${name} had not converged after ${epochs} ${unit}`
        : `${name} had not converged after ${epochs} ${unit}`,
      hint: reason ? 'try more epochs, or another start' : 'try more epochs, another start, or optimizer auto',
    });
  }
  if (!fit) return ended;
  const hint = comesToRest ? undefined : reason ? ONLY_SOLVERS : 'run it until it converges: optimizer auto';
  const message = 'the standard errors are those of where the run stopped, which need not be the minimum';
  return [...ended, { message, ...(hint && { hint }) }];
}

const ONLY_SOLVERS = 'only solvers tell that they have come to it: leave out the options of methods that step by a rate';

function stuckAt(problem: Problem): Warning {
  const { method } = problem;
  const [name] = updated(problem);
  return {
    message: `${method.name} found no step that improves the cost, and no minimum either`,
    hint: (isSolver(method) && method.stuck) || `start elsewhere, param ${name} = …, or try another optimizer`,
  };
}

/** As of classes that a line parts: the steeper, the better. */
function levelling({ model }: Problem, along: string): Warning {
  const { name = 'the cost', sense } = model.objective!;
  const [end, way] = sense === 'maximize' ? ['maximum', 'rises'] : ['minimum', 'falls'];
  return {
    message: `this way there is no ${end}: ${name} ${way} on and on along ${along}, by less and less`,
    hint: `start elsewhere, stop where it is low enough, or keep ${along} near: ${sense === 'maximize' ? '−' : '+'} norm(${along})^2/1000`,
  };
}

/** The error with the part of the cost, or of the step, that was the first not to be finite. */
function explained(error: GradusError, problem: Problem, { before, after }: Failure, moved: boolean): GradusError {
  const { model, slopes, binding, values } = problem;
  const { graph, objective } = model;
  const origin = (root: Node, parameters: Parameters) =>
    nonFiniteOrigin(graph, root, (name) => parameters.get(name) ?? values.get(name), binding.sizes);
  const broken = slopes.gradients.find(({ variable }) => after.get(variable.name)?.some((x) => !Number.isFinite(x)));
  const cause = broken ? origin(broken.gradient, before) : origin(objective!.node, after);
  const hint = moved ? rateHint(problem, before) : broken ? elsewhere(broken.variable.name) : error.hint;
  return new GradusError(error.code, cause ? `${error.message}: ${cause}` : error.message, { hint });
}

const elsewhere = (name: string): string => `start ${name} where the cost has a slope: param ${name} = …`;

/**
 * What stays at 0, since its gradient is 0 there: all weights 0 before a layer that does not tell them apart. And, wherever
 * it starts, everything, if nothing moves.
 */
function unmoved(
  problem: Problem,
  learned: Parameters,
  { epochs, stopped, best, largestRate = Number.POSITIVE_INFINITY }: Pick<Outcome, 'epochs' | 'stopped' | 'best' | 'largestRate'>,
): readonly Warning[] {
  const { values } = problem;
  const names = updated(problem);
  const still = names.filter((name) => learned.get(name)?.every((x, k) => x === values.get(name)![k]));
  const told = still.length === names.length ? still : still.filter((name) => learned.get(name)!.every((x) => x === 0));
  if (epochs === 0 || stopped === 'converged' || told.length === 0) return [];
  // What is back where it started may have come round.
  const land = new Landscape(problem);
  const slope = new Float64Array(land.size);
  land.slope(land.packed(values), slope);
  const gradient = land.unpacked(slope);
  if (told.some((name) => gradient.get(name)!.some((x) => x !== 0))) {
    if (best === 0) return [neverBetter(problem)];
    if (!told.some((name) => canMove(problem, largestRate, name, gradient))) return [tooSmall(problem, largestRate, told)];
    const hint = `try a smaller learning rate, such as ${Number((problem.options.lr / 10).toPrecision(3))}`;
    return [{ message: `${told.join(', ')} ended where the run started, going to and fro`, hint }];
  }
  const message = `${told.join(', ')} stayed at the start: the gradient is 0 there`;
  return [{ message, hint: `start elsewhere: param ${told[0]} = …, or ~ normal(0, 1)` }];
}

/** Whether a step by the gradient, or by a share of its length, is more than rounding swallows. */
function canMove({ method, values }: Problem, rate: number, name: string, gradient: Parameters): boolean {
  if (isSolver(method)) return true;
  const slope = gradient.get(name)!;
  return Array.from(values.get(name)!).some((x, k) => slope[k] !== 0 && (x - rate * slope[k]! !== x || x - rate !== x));
}

const tooSmall = ({ options }: Problem, rate: number, names: readonly string[]): Warning => ({
  message: `${names.join(', ')} stayed at the start: the learning rate, at most ${rate}, is too small to move ${names.length === 1 ? 'it' : 'them'}`,
  hint:
    options.schedule === undefined || options.schedule === 'constant'
      ? 'try a larger learning rate'
      : 'look at the schedule, or try a larger learning rate',
});
