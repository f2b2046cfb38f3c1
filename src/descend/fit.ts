import { compileProgram } from '../compile/index.ts';
import type { Node } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import type { Warning } from '../language/diagnostics.ts';
import { inverseDefinite, inverseGram } from '../numeric/linear/inverse.ts';
import { factored } from '../numeric/linear/qr.ts';
import { columnLengths, columnsOf, dot } from '../numeric/linear/vectors.ts';
import { Tensor } from '../numeric/tensor.ts';
import { isAtBound } from './bounds.ts';
import { squaresOf } from './choose.ts';
import { unidentified } from './identified.ts';
import { Landscape } from './landscape.ts';
import { readsData, timesOf } from './likelihood.ts';
import { normalisation } from './normalisation.ts';
import { observed } from './observed.ts';
import { isSolver } from './optimizers/index.ts';
import type { ErrorsKind } from './options.ts';
import type { Problem } from './problem.ts';
import type { Held } from './runner.ts';
import type { Squares } from './squares.ts';

/** A number that was learned, with how sure it is. */
export interface Estimate {
  readonly name: string;
  /** Of an array, which entry, counted from 1. */
  readonly entry?: readonly number[];
  readonly value: number;
  /** The standard error, in the units of the value. */
  readonly error: number;
}

/** What a fit tells beside its parameters. */
export interface Fit {
  /** What the errors come from. */
  readonly errors: ErrorsKind;
  /** How often the cost is in the log-likelihood, where it is the mean of so many examples. */
  readonly times?: number;
  /** Numbers that were fitted to; none of a likelihood, which does not tell. */
  readonly observations?: number;
  readonly degreesOfFreedom?: number;
  /** Σ weight·residual², χ² where weights are 1/σ²; of ½ of that, or its mean, the sum itself. */
  readonly squares?: number;
  /** Of known errors, the one that all observations have, where the cost shows that they do. */
  readonly sigma?: number;
  /** √(squares / degrees of freedom), in the units of the observations where nothing weighs them. */
  readonly deviation?: number;
  /** The share of the scatter of the observations that the fit explains; where the cost shows what they are. */
  readonly rSquared?: number;
  /** Of what was learned, without what lies at a bound of its facts. */
  readonly estimates: readonly Estimate[];
  /** Of the estimates in their order: the matrix of covariances, and the same scaled to a diagonal of 1. */
  readonly covariance: Tensor;
  readonly correlation: Tensor;
}

/** More entries than this are a network, not a fit. */
const MOST_ENTRIES = 200;

/** A fit, or why there is none, where that is to be told. */
export type Fitted = { readonly fit: Fit } | { readonly lack?: Warning };

/**
 * Standard errors of a fit, about the place that was learned: s²·(JᵀJ)⁻¹ of least squares with s² their mean by degrees of
 * freedom, (JᵀJ)⁻¹ where weights are 1/σ² of known errors, H⁻¹ of a negative log-likelihood. Seber and Wild, Nonlinear
 * Regression (1989), 5.1.
 * @returns without a fit where the cost is no such sum, or the data do not tell the parameters apart
 */
export function fitOf(problem: Problem, learned: Held): Fitted {
  const { errors = 'squares' } = problem.options;
  const squares = errors === 'likelihood' ? [] : fittedSquares(problem);
  const asked = problem.options.errors !== undefined;
  if (!squares) return asked ? { lack: NO_SQUARES } : {};
  const land = new Landscape(problem, squares);
  if (land.size > MOST_ENTRIES) return asked ? { lack: tooMany(land.size) } : {};
  return errors === 'likelihood' ? likelihoodFit(problem, land, learned) : squaresFit(problem, land, squares, learned);
}

/**
 * The squares of a cost of least squares: all are of residuals that depend on data, and are of what was observed, less what is foretold,
 * unless errors are asked for. An equation that is to hold at some places is no fit.
 */
function fittedSquares({ model, slopes, options }: Problem): readonly Squares[] | undefined {
  const squares = squaresOf(model, slopes);
  const variables = slopes.gradients.map((s) => s.variable);
  const isFitted = (residual: Node) => options.errors !== undefined || observed(model.graph, residual, variables) !== undefined;
  return squares?.every(({ residual, plain }) => plain && readsData(residual) && isFitted(residual)) ? squares : undefined;
}

/** Whether standard errors are told of a minimum of the cost that nobody asked the errors of. */
export const isFit = (problem: Problem): boolean =>
  fittedSquares(problem) !== undefined && new Landscape(problem).size <= MOST_ENTRIES;

const NO_SQUARES: Warning = {
  message: 'no standard errors: the cost is no sum of squares of what depends on data',
  hint: 'of a negative log-likelihood they are told by --errors likelihood',
};

const tooMany = (size: number): Warning => ({
  message: `no standard errors: ${size} numbers are learned, and they are told of ${MOST_ENTRIES} at most`,
});

function likelihoodFit(problem: Problem, land: Landscape, learned: Held): Fitted {
  const { model, slopes, binding } = problem;
  const variables = slopes.gradients.map((s) => s.variable);
  const found = timesOf(model.objective!.node, variables, binding.sizes);
  if ('lack' in found) return found;
  const { times } = found;
  const place = land.packed(learned);
  const free = freeEntries(problem, land, place);
  if (free.length === 0) return { lack: ALL_BOUNDED };
  const whole = new Float64Array(land.size ** 2);
  land.curvature(place, whole);
  const rows = columnsOf(whole, land.size, free);
  const curvature = Float64Array.from(free.flatMap((i) => [...rows.subarray(i * free.length, (i + 1) * free.length)]));
  const covariance = inverseDefinite(curvature, free.length);
  if (!covariance) return { lack: NOT_CURVED };
  return { fit: { errors: 'likelihood', ...(times !== 1 && { times }), ...told(land, place, free, covariance, 1 / times) } };
}

const NOT_CURVED: Warning = {
  message: 'no standard errors: the cost does not curve upwards in all directions here',
  hint: 'the data do not tell all parameters apart, or the run has not come to a minimum: optimizer newton',
};

function squaresFit(problem: Problem, land: Landscape, squares: readonly Squares[], learned: Held): Fitted {
  const { errors = 'squares' } = problem.options;
  const asked = problem.options.errors !== undefined;
  const place = land.packed(learned);
  const free = freeEntries(problem, land, place);
  const n = free.length;
  const f = land.residuals(place);
  const m = f.length;
  const degrees = m - n;
  // Who takes a method that comes to a minimum is told, too.
  const isTold = asked || isSolver(problem.method);
  if (degrees < (errors === 'known' ? 0 : 1)) return isTold ? { lack: tooFew(m, n) } : {};
  if (n === 0) return isTold ? { lack: ALL_BOUNDED } : {};
  const slopes = columnsOf(land.jacobian(place), land.size, free);
  const columns = columnLengths(slopes, m, n);
  const qr = factored(slopes, m, n, f);
  const tolerance = Number.EPSILON * m;
  const gram = inverseGram(qr, n, tolerance);
  if (!gram) return { lack: unidentified(land, free, qr, columns, tolerance) };
  const common = normalisationOf(problem, squares);
  if (common === undefined && errors === 'known') return { lack: UNEVEN };
  const scale = common ?? 1;
  const all = dot(f, f) / scale;
  const { about, sigma } = scatterOf(problem, squares, learned, scale) ?? {};
  const fit: Fit = {
    errors,
    observations: m,
    degreesOfFreedom: degrees,
    squares: all,
    ...(errors === 'known' && sigma !== undefined && { sigma }),
    ...(degrees > 0 && { deviation: Math.sqrt(all / degrees) }),
    ...(about !== undefined && about > 0 && { rSquared: 1 - all / about }),
    ...told(land, place, free, gram, errors === 'known' ? scale : dot(f, f) / degrees),
  };
  return { fit };
}

const UNEVEN: Warning = {
  message: 'no standard errors: the cost adds squares that are halved, or divided by lengths, in different ways',
  hint: 'write all of them as sums by their variances: sum((…).^2)/s^2',
};

function tooFew(observations: number, numbers: number): Warning {
  const given = observations === 1 ? 'one observation' : `${observations} observations`;
  const wanted = numbers === 1 ? 'one number' : `${numbers} numbers`;
  return {
    message: `no standard errors: ${given} for ${wanted} to learn`,
    hint: 'they need more observations than numbers: give more data, or --fix some',
  };
}

/** What lies at a bound does not scatter with the data: it counts as a number that is given. */
function freeEntries({ model }: Problem, land: Landscape, place: Float64Array): readonly number[] {
  return land.own.filter((k) => !isAtBound(model.inputs.get(land.nameAt(k))!.facts, place[k]!));
}

const ALL_BOUNDED: Warning = { message: 'no standard errors: all that is learned lies at a bound' };

/** @param variance what the matrix is to be multiplied by for the covariances; it may be 0, and correlations are known still */
function told(land: Landscape, place: Float64Array, free: readonly number[], matrix: Float64Array, variance: number) {
  const n = free.length;
  const covariance = matrix.map((c) => variance * c);
  const error = Float64Array.from({ length: n }, (_, k) => Math.sqrt(covariance[k * n + k]!));
  const estimates = free.map((at, k): Estimate => {
    const { name, lengths, from } = land.partAt(at);
    const entry = lengths.length > 0 && { entry: entryAt(lengths, at - from) };
    return { name, ...entry, value: place[at]!, error: error[k]! };
  });
  const length = (k: number): number => Math.sqrt(matrix[k * n + k]!);
  const correlation = matrix.map((c, k) => (k % (n + 1) === 0 ? 1 : c / (length(Math.floor(k / n)) * length(k % n))));
  return { estimates, covariance: new Tensor([n, n], covariance), correlation: new Tensor([n, n], correlation) };
}

/** The subscripts of an entry by its place in row-major order. */
function entryAt(lengths: readonly number[], place: number): number[] {
  const entry: number[] = [];
  let rest = place;
  for (let k = lengths.length - 1; k >= 0; k--) {
    entry.unshift((rest % lengths[k]!) + 1);
    rest = Math.floor(rest / lengths[k]!);
  }
  return entry;
}

/** The ½, or 1/n, that all squares are multiplied by and that is no weight; undefined where they differ in it. */
function normalisationOf({ model, slopes, binding }: Problem, squares: readonly Squares[]): number | undefined {
  const moved = slopes.gradients.map((s) => s.variable);
  const moving = dependents(topological([model.objective!.node]), moved);
  const [first = 1, ...others] = squares.map(({ within }) =>
    within.reduce((product, node) => {
      const { half, share } = normalisation(node, moving, binding.sizes);
      return product * half * share;
    }, 1),
  );
  return others.every((own) => Math.abs(own - first) <= 1e-12 * first) ? first : undefined;
}

interface Scatter {
  /** Of the observations about their mean, in the measure of the squares. */
  readonly about: number;
  /** 1/√ of the weight that all of them have. */
  readonly sigma?: number;
}

/** How the observations scatter, and what weighs them; undefined where the cost does not show what was observed. */
function scatterOf(problem: Problem, squares: readonly Squares[], learned: Held, scale: number): Scatter | undefined {
  const { model, slopes, binding, values } = problem;
  const { graph: g } = model;
  const moved = slopes.gradients.map((s) => s.variable);
  const seen = squares.map(({ residual }) => observed(g, residual, moved));
  if (seen.some((o) => o === undefined)) return undefined;
  const nodes = squares.flatMap(({ weight }, k) => [weight, seen[k]!.data, seen[k]!.scale]);
  const program = compileProgram({ outputs: nodes, sizes: binding.sizes, maxEntries: model.maxEntries });
  for (const [name, { data }] of program.inputs) data.set(learned.get(name) ?? values.get(name) ?? []);
  program.run();
  const outputs = program.outputs.map((o) => o.data);
  let [sum, total, about] = [0, 0, 0];
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  const each = (visit: (w: number, y: number) => void): void => {
    squares.forEach((_, k) => {
      const [own, data, scales] = [outputs[3 * k]!, outputs[3 * k + 1]!, outputs[3 * k + 2]!];
      for (let i = 0; i < own.length; i++) visit((own[i]! / scale) * scales[i]! ** 2, data[i]!);
    });
  };
  each((w, y) => {
    sum += w * y;
    total += w;
    least = Math.min(least, w);
    most = Math.max(most, w);
  });
  each((w, y) => {
    about += w * (y - sum / total) ** 2;
  });
  return { about, ...(most - least <= 1e-12 * most && { sigma: 1 / Math.sqrt(most) }) };
}
