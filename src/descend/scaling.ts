import { isScalable, type Scaling, scaled, scalingOf } from '../data/scale.ts';
import { sizeOf } from '../graph/dimension.ts';
import type { Contraction, Node, Variable } from '../graph/node.ts';
import { children } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import { byName } from '../language/names.ts';
import { listed } from '../language/visible.ts';
import type { Input, Model } from '../model/model.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import { resolveValues } from '../numeric/start.ts';
import { flatten, Tensor } from '../numeric/tensor.ts';
import { axisOf } from './batches.ts';
import { predicted } from './predicted.ts';
import type { Problem } from './problem.ts';
import type { Examples } from './watch.ts';

/** Means and deviations of inputs, by name. */
export type Scalings = Readonly<Record<string, Scaling>>;

/** What a model predicts from: the data that its prediction depends on. @throws GradusError `usage` where none has a name */
export function features(model: Model): Input[] {
  const name = predicted(model);
  const node = model.definitions.find((d) => d.name === name)?.node;
  if (!node)
    throw new GradusError('usage', 'what is to be scaled is not clear: the prediction has no name', {
      hint: 'name what the targets are compared with: A = …',
    });
  const part = new Set<Node>(topological([node]));
  return [...model.inputs.values()].filter((input) => part.has(input.node) && isScalable(input));
}

/** Means and deviations of the features of some examples. */
export function scalingsOf(model: Model, { binding, values }: Examples, axis: string): Scalings {
  const found = features(model).flatMap((input) => {
    const along = axisOf(input, axis);
    const numbers = values.get(input.name);
    if (along === undefined || !numbers) return [];
    return [[input.name, scalingOf(numbers, lengths(input, binding.sizes), along)] as const];
  });
  return Object.fromEntries(found);
}

const lengths = ({ shape }: Input, sizes: ReadonlyMap<string, number>): number[] => shape.map((dim) => sizeOf(dim, sizes));

/** Examples with their features scaled. */
export function scaledExamples(model: Model, { binding, values }: Examples, scalings: Scalings): Examples {
  const all = [...values].map(([name, numbers]): [string, ArrayLike<number>] => {
    const scaling = scalings[name];
    return [name, scaling ? scaled(numbers, lengths(model.inputs.get(name)!, binding.sizes), scaling) : numbers];
  });
  return { binding, values: new Map(all) };
}

/**
 * Values by name with those scaled that were scaled when the parameters were learned, also where the source holds them.
 * @param part the model, or what of it is asked for
 */
export function scaledInputs(model: Model, inputs: Inputs, scalings: Scalings, part: Model = model): Inputs {
  if (Object.keys(scalings).length === 0) return inputs;
  const given = byName(inputs, model.inputs.keys());
  const all = Object.entries({ ...ownData(model, given, scalings, part), ...given }).map(([name, value]) => {
    const scaling = scalings[name];
    const input = model.inputs.get(name);
    if (!scaling || !input || value === undefined) return [name, value] as const;
    const { data, shape } = flatten(value, name);
    // A flat array has the declared shape, with as many examples as fit.
    const others = scaling.mean.length;
    const rank = Math.max(1, input.shape.length);
    const full = shape?.length === rank ? shape : flat(rank, scaling.axis, data.length, others);
    return [
      name,
      Array.isArray(value) || shape ? nested(scaled(data, full, scaling), full) : scaled(data, full, scaling),
    ] as const;
  });
  return Object.fromEntries(all);
}

/** The values that a source has of what is scaled. */
function ownData(model: Model, given: Inputs, scalings: Scalings, part: Model): Inputs {
  const own = Object.keys(scalings).filter((name) => part.inputs.get(name)?.initial && given[name] === undefined);
  if (own.length === 0) return {};
  const known = Object.entries(given).filter(([name]) => part.inputs.has(name) || !model.inputs.has(name));
  const binding = bind(part, Object.fromEntries(known));
  const values = resolveValues(part, binding, own);
  return Object.fromEntries(
    own.map((name) => [name, new Tensor(lengths(part.inputs.get(name)!, binding.sizes), Float64Array.from(values.get(name)!))]),
  );
}

const flat = (rank: number, axis: number, length: number, others: number): number[] =>
  Array.from({ length: rank }, (_, k) => (k === axis ? length / others : rank === 2 ? others : 1));

function nested(numbers: Float64Array, shape: readonly number[]): Inputs[string] {
  if (shape.length <= 1) return Array.from(numbers);
  const [rows = 1, ...rest] = shape;
  const size = rest.reduce((n, length) => n * length, 1);
  return Array.from({ length: rows }, (_, k) => nested(numbers.subarray(k * size, (k + 1) * size), rest)) as Inputs[string];
}

type Entries = ReadonlyMap<string, ArrayLike<number>>;

/**
 * How parameters become those for data that are not scaled: where features meet parameters only in W·X + b, the same function
 * has the weights W/σ and the shift b − W·(μ/σ).
 * @returns undefined where they meet otherwise: the parameters then are those for scaled data
 */
export function unscaling(
  { model, slopes, values }: Problem,
  scalings: Scalings,
): ((learned: Entries) => Map<string, Float64Array>) | undefined {
  const moved = new Set<string>(slopes.gradients.map(({ variable }) => variable.name));
  const order = topological([model.objective!.node]);
  const layers: { readonly scaling: Scaling; readonly layer: Layer }[] = [];
  for (const [name, scaling] of Object.entries(scalings)) {
    const input = model.inputs.get(name)!.node;
    for (const product of order.filter((node) => children(node).includes(input))) {
      const found = layer(order, product, input);
      // What is fixed stays what it is.
      if (!found || !moved.has(found.weights.name) || !moved.has(found.shift.name)) return undefined;
      const [w, b] = [values.get(found.weights.name), values.get(found.shift.name)];
      if (!w || !b || b.length * scaling.mean.length !== w.length) return undefined;
      layers.push({ scaling, layer: found });
    }
  }
  return (learned) => {
    const result = new Map([...learned].map(([name, numbers]) => [name, Float64Array.from(numbers)]));
    for (const { scaling, layer } of layers)
      unscale(result.get(layer.weights.name)!, result.get(layer.shift.name)!, scaling, layer);
    return result;
  };
}

function unscale(w: Float64Array, b: Float64Array, { mean, deviation }: Scaling, { weightAt }: Layer): void {
  for (let o = 0; o < b.length; o++) {
    for (let k = 0; k < mean.length; k++) {
      const at = weightAt(o, k, b.length, mean.length);
      w[at] = w[at]! / deviation[k]!;
      b[o] = b[o]! - w[at]! * mean[k]!;
    }
  }
}

interface Layer {
  readonly weights: Variable;
  readonly shift: Variable;
  readonly weightAt: (output: number, column: number, outputs: number, columns: number) => number;
}

/** W·X + b or X·W + b, where neither W nor b nor the product is used anywhere else. */
function layer(order: readonly Node[], product: Node, input: Node): Layer | undefined {
  if (product.kind !== 'contraction' || product.factors.length !== 2) return undefined;
  const [at, other] = product.factors[0] === input ? [0, 1] : [1, 0];
  const weights = product.factors[other]!;
  const using = (node: Node) => order.filter((n) => children(n).includes(node));
  const [sum, ...more] = using(product);
  if (weights.kind !== 'variable' || weights.role !== 'param' || sum?.kind !== 'sum' || more.length > 0) return undefined;
  if (using(weights).length !== 1) return undefined;
  const shifts = sum.terms.flatMap((term) => {
    const node = term.kind === 'contraction' && term.factors.length === 1 ? term.factors[0]! : term;
    return node.kind === 'variable' && node.role === 'param' && using(node).length === 1 ? [node] : [];
  });
  const [shift] = shifts;
  if (shifts.length !== 1 || sum.terms.length !== 2 || !shift) return undefined;
  const { indices } = product as Contraction;
  const summed = indices[at]!.filter((i) => indices[other]!.includes(i));
  // One weight for one feature: nothing is summed.
  const isSingle = summed.length === 0 && weights.shape.every((dim) => dim === 1);
  if (!isSingle && (summed.length !== 1 || summed.some((i) => product.result.includes(i)))) return undefined;
  const first = !isSingle && indices[other]![0] === summed[0];
  return {
    weights,
    shift,
    // Row-major: the summed axis stands first or last.
    weightAt: (o, k, outputs, columns) => (first ? k * outputs + o : o * columns + k),
  };
}

/** A sentence on parameters, and metrics, that stay those for scaled data. */
export function scaledNote(scalings: Scalings, withMetrics: boolean): string {
  const names = listed(Object.keys(scalings));
  return withMetrics
    ? `the parameters and the metrics are those for ${names} of mean 0 and deviation 1`
    : `the parameters are those for ${names} of mean 0 and deviation 1`;
}
