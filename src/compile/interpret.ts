import { type Sizes, sizeOf } from '../graph/dimension.ts';
import { Graph } from '../graph/graph.ts';
import {
  type Affine,
  type ArrayApply,
  type Contraction,
  type Node,
  type Recurrence,
  UNIT,
  type Variable,
} from '../graph/node.ts';
import { type Fraction, isOne, ONE, toNumber, ZERO } from '../graph/rational.ts';
import { topological, valueParts } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import { checkEntries, checkWork, LIMITS } from '../language/limits.ts';
import type { Field } from '../operators/array.ts';
import type { Operator } from '../operators/operator.ts';
import { type Arithmetic, fieldOf, type Run } from './arithmetic.ts';
import { cheapestPairs, distinct } from './pairs.ts';

/** Entries in row-major order. */
export interface Values<T> {
  readonly shape: readonly number[];
  readonly data: readonly T[];
}

/**
 * The values of the roots by the definition of each kind of node, every index run through: slow, and so plain that
 * everything faster is judged by it.
 * @param inputs the value of each variable, of the variable's shape; dimension names are not asked for
 * @param known what nodes are worth for the same inputs, as far as that has been found; what is found is added
 * @param most entries of an array
 * @throws GradusError `data` for a dimension without a number, `shape` for a value of another length, `limit` for more
 */
export function evaluate<T>(
  roots: readonly Node[],
  inputs: (variable: Variable) => Values<T>,
  sizes: Sizes,
  arithmetic: Arithmetic<T>,
  { known: values = new Map(), most = LIMITS.interpreted }: { known?: Map<Node, Values<T>>; most?: number } = {},
): Values<T>[] {
  const field = fieldOf(arithmetic);
  const valuesOf = (node: Node): Values<T> => values.get(node)!;
  for (const node of topological(roots, (part) => values.has(part), valueParts)) {
    if (values.has(node)) continue;
    if (node.shape.length > 0) checkEntries(entries(node), most, 'number by number, an array has');
    values.set(node, computed(node));
  }
  return roots.map(valuesOf);

  function entries({ shape }: Node): number {
    return shape.reduce<number>((count, dim) => count * sizeOf(dim, sizes), 1);
  }

  function computed(node: Node): Values<T> {
    switch (node.kind) {
      case 'variable':
        return node.role === 'size'
          ? { shape: [], data: [arithmetic.size?.(node.name) ?? arithmetic.fromNumber(sizeOf(node.name, sizes))] }
          : checked(node, inputs(node), sizes);
      case 'definition':
        return valuesOf(node.value);
      case 'apply': {
        if (node.args.length === 0) return { shape: [], data: [arithmetic.apply(node.operator, [])] };
        const args = node.args.map((arg) => valuesOf(arg).data);
        const data = args[0]!.map((_, at) =>
          arithmetic.apply(
            node.operator,
            args.map((arg) => arg[at]!),
          ),
        );
        return { shape: valuesOf(node.args[0]!).shape, data };
      }
      case 'recurrence':
        return steps(node);
      case 'array':
        return batched(node, node.args.map(valuesOf), field);
      case 'affine': {
        const shape = node.shape.map((dim) => sizeOf(dim, sizes));
        const data = Array.from(placesOf(node, sizes), (at) => arithmetic.fromNumber(node.test ? Number(at === 0) : at));
        return { shape, data };
      }
      case 'sum': {
        const terms = node.terms.map((term) => valuesOf(term).data);
        const data = terms[0]!.map((first, at) => {
          let total = first;
          for (let k = 1; k < terms.length; k++) total = arithmetic.add(total, terms[k]![at]!);
          return total;
        });
        return { shape: valuesOf(node.terms[0]!).shape, data };
      }
      case 'contraction':
        return contraction(node, node.factors.map(valuesOf), sizes, arithmetic);
    }
  }

  /** A recurrence, step after step. */
  function steps({ init, axis, backward, shape, body: made }: Recurrence): Values<T> {
    const body = made();
    const length = sizeOf(shape[axis]!, sizes);
    const arrays = body.slices.map(({ variable, source, axis: at }) => ({ variable, values: valuesOf(source), at }));
    const entries: Values<T>[] = new Array(length);
    let carried = valuesOf(init);
    for (let k = 0; k < length; k++) {
      const t = backward ? length - 1 - k : k;
      const now = new Map(arrays.map(({ variable, values: all, at }) => [variable, entryAt(all, at, t)]));
      const known = (v: Variable): Values<T> => (v === body.previous ? carried : (now.get(v) ?? inputs(v)));
      [carried] = evaluate([body.value], known, sizes, arithmetic) as [Values<T>];
      entries[t] = carried;
    }
    return joined(entries, axis, carried);
  }
}

/** Entry t along an axis. */
function entryAt<T>({ shape, data }: Values<T>, axis: number, t: number): Values<T> {
  const inner = shape.slice(axis + 1).reduce((n, extent) => n * extent, 1);
  const length = shape[axis]!;
  const rest = shape.filter((_, k) => k !== axis);
  return { shape: rest, data: data.filter((_, at) => Math.floor(at / inner) % length === t) };
}

/**
 * Entries put side by side along a new axis.
 * @param like one of their shape, for where there is none
 */
function joined<T>(entries: readonly Values<T>[], axis: number, like: Values<T>): Values<T> {
  const { shape } = like;
  const inner = shape.slice(axis).reduce((n, extent) => n * extent, 1);
  const outer = shape.slice(0, axis).reduce((n, extent) => n * extent, 1);
  const data: T[] = [];
  for (let o = 0; o < outer; o++) for (const e of entries) data.push(...e.data.slice(o * inner, (o + 1) * inner));
  return { shape: [...shape.slice(0, axis), entries.length, ...shape.slice(axis)], data };
}

/** offset + Σ stepsₖ·iₖ at every place. */
function placesOf(node: Affine, sizes: Sizes): Float64Array {
  const offset = sizeOf(node.offset, sizes);
  const lengths = node.shape.map((dim) => sizeOf(dim, sizes));
  const steps = node.steps.map((step) => sizeOf(step, sizes));
  return offsets(lengths, steps).map((at) => at + offset);
}

/** An array operator, cell by cell. */
function batched<T>(node: ArrayApply, args: readonly Values<T>[], field: Field<T>): Values<T> {
  const { operator } = node;
  if (!operator.exact) throw new GradusError('unsupported', `${operator.name} cannot be evaluated here`);
  const shapes = args.map((a, k) => a.shape.slice(a.shape.length - operator.cells[k]!));
  const lead = args[0]!.shape.slice(0, args[0]!.shape.length - operator.cells[0]!);
  const lengths = shapes.map((shape) => shape.reduce((n, extent) => n * extent, 1));
  const count = lead.reduce((n, extent) => n * extent, 1);
  const data: T[] = [];
  for (let k = 0; k < count; k++) {
    const cells = args.map((a, at) => ({ shape: shapes[at]!, data: a.data.slice(k * lengths[at]!, (k + 1) * lengths[at]!) }));
    data.push(...operator.exact(field, cells));
  }
  return { shape: [...lead, ...(operator.cellShape(...shapes) as number[])], data };
}

/** The factors of a contraction, each with the index of each of its axes. */
interface Factors<T> {
  readonly values: readonly Values<T>[];
  readonly indices: readonly (readonly number[])[];
  /** Of a test, its number at each place: where it is not 0 there is no term, even if other factors are infinite there. */
  readonly tests: readonly (Float64Array | undefined)[];
}

/** coefficient · Σ over the summed indices · Π of the factors, at each place of the result; 0 off a diagonal. */
function contraction<T>(node: Contraction, values: readonly Values<T>[], sizes: Sizes, arithmetic: Arithmetic<T>): Values<T> {
  const extents = node.sizes.map((dim) => sizeOf(dim, sizes));
  const tests = node.factors.map((f) => (f.kind === 'affine' && f.test ? placesOf(f, sizes) : undefined));
  let factors: Factors<T> = { values, indices: node.indices, tests };
  const pairs = tests.some((test) => test) ? [] : cheapestPairs(node, extents);
  for (const pair of pairs) {
    const part = (inside: boolean): Factors<T> => {
      const chosen = <U>(list: readonly U[]) => list.filter((_, k) => pair.places.includes(k) === inside);
      return { values: chosen(factors.values), indices: chosen(factors.indices), tests: chosen(factors.tests) };
    };
    const product = contracted(part(true), ONE, pair.kept, extents, arithmetic);
    const rest = part(false);
    factors = {
      values: [...rest.values, product],
      indices: [...rest.indices, pair.kept],
      tests: [...rest.tests, undefined],
    };
  }
  return contracted(factors, node.coefficient, node.result, extents, arithmetic);
}

function contracted<T>(
  { values, indices, tests }: Factors<T>,
  factor: Fraction,
  result: readonly number[],
  extents: readonly number[],
  arithmetic: Arithmetic<T>,
): Values<T> {
  checkWork(
    distinct([...indices, result]).map((i) => extents[i]!),
    LIMITS.interpreted,
  );
  const shape = result.map((i) => (i === UNIT ? 1 : extents[i]!));
  const kept = distinct([result]);
  const summed = distinct(indices).filter((i) => !kept.includes(i));
  const places = (own: readonly number[], lengths: readonly number[], over: readonly number[]) =>
    offsets(
      over.map((i) => extents[i]!),
      strides(own, lengths, over),
    );
  const target = places(result, shape, kept);
  const outer = values.map((f, k) => places(indices[k]!, f.shape, kept));
  const inner = values.map((f, k) => places(indices[k]!, f.shape, summed));
  const terms = summed.reduce((n, i) => n * extents[i]!, 1);
  const tested = tests.some((test) => test);
  const dot = values.length === 2 && terms > 1 && !tested ? arithmetic.dot : undefined;
  const zero = arithmetic.fromRational(ZERO);
  const coefficient = arithmetic.fromRational(factor);
  const data: T[] = new Array(shape.reduce((n, extent) => n * extent, 1)).fill(zero);
  for (let at = 0; at < target.length; at++) {
    let total = dot ? dot(run(0, at), run(1, at)) : oneByOne(at);
    if (values.length === 0) total = coefficient;
    else if (total !== undefined && !isOne(factor)) total = arithmetic.multiply(coefficient, total);
    data[target[at]!] = total ?? zero;
  }
  return { shape, data };

  function run(k: number, at: number): Run<T> {
    return { data: values[k]!.data, from: outer[k]![at]!, steps: inner[k]! };
  }

  function oneByOne(at: number): T | undefined {
    let total: T | undefined;
    for (let term = 0; term < terms; term++) {
      if (tested && tests.some((test, k) => test && test[outer[k]![at]! + inner[k]![term]!] !== 0)) continue;
      let product: T | undefined;
      for (let k = 0; k < values.length; k++) {
        const entry = values[k]!.data[outer[k]![at]! + inner[k]![term]!]!;
        product = product === undefined ? entry : arithmetic.multiply(product, entry);
      }
      if (product !== undefined) total = total === undefined ? product : arithmetic.add(total, product);
    }
    return total;
  }
}

/** How far the place in a row-major array moves when each index of `over` grows by one. */
export function strides(indices: readonly number[], lengths: readonly number[], over: readonly number[]): number[] {
  const moves = new Map<number, number>();
  let stride = 1;
  for (let axis = lengths.length - 1; axis >= 0; axis--) {
    moves.set(indices[axis]!, (moves.get(indices[axis]!) ?? 0) + stride);
    stride *= lengths[axis]!;
  }
  return over.map((i) => moves.get(i) ?? 0);
}

/** The places that are visited when the indices run in row-major order. */
export function offsets(extents: readonly number[], moves: readonly number[]): Float64Array {
  const places = new Float64Array(extents.reduce((n, extent) => n * extent, 1));
  let count = 1;
  // Backwards, each place makes room for those that it becomes.
  extents.forEach((extent, axis) => {
    for (let at = count - 1; at >= 0; at--) {
      const place = places[at]!;
      for (let i = extent - 1; i >= 0; i--) places[at * extent + i] = place + i * moves[axis]!;
    }
    count *= extent;
  });
  return places;
}

function checked<T>(variable: Variable, values: Values<T>, sizes: Sizes): Values<T> {
  const shape = variable.shape.map((dim) => sizeOf(dim, sizes));
  const length = shape.reduce((n, extent) => n * extent, 1);
  if (values.data.length !== length) {
    throw new GradusError('shape', `${variable.name} needs ${length} numbers, not ${values.data.length}`);
  }
  return { shape, data: values.data };
}

/** Double precision, by the operators' own kernels. */
export const doubles: Arithmetic<number> = {
  fromRational: toNumber,
  fromNumber: (x) => x,
  add: (a, b) => a + b,
  multiply: (a, b) => a * b,
  apply: (operator, args) => operator.kernel(...args),
  toNumber: (x) => x,
};

/**
 * Arithmetic in which a few elementary functions are given and the others follow from their definitions.
 * @param undefinable what is to be done with an operator that is neither in the table nor defined; left out, applying one
 *   throws GradusError `unsupported`
 */
export function overDefinitions<T>(
  elementary: Partial<Record<string, (...args: T[]) => T>>,
  basic: Omit<Arithmetic<T>, 'apply'>,
  undefinable?: (operator: Operator, args: T[]) => T,
): Arithmetic<T> {
  const arithmetic: Arithmetic<T> = {
    ...basic,
    apply(operator, args) {
      const direct = elementary[operator.name];
      if (direct) return direct(...args);
      if (!operator.definition && undefinable) return undefinable(operator, args);
      let lambda = definitions.get(operator);
      if (!lambda) {
        lambda = definitionOf(operator);
        definitions.set(operator, lambda);
      }
      const { parameters, body } = lambda;
      const argument = (v: Variable): Values<T> => ({ shape: [], data: [args[parameters.indexOf(v)]!] });
      return evaluate([body], argument, NO_SIZES, arithmetic)[0]!.data[0]!;
    },
  };
  return arithmetic;
}

/** A definition is written once for each operator: it is the same for all arithmetics. */
const definitions = new WeakMap<Operator, Lambda>();

interface Lambda {
  readonly parameters: readonly Variable[];
  readonly body: Node;
}

const NO_SIZES: Sizes = new Map();

/** @throws GradusError `unsupported` for an operator without a definition in others */
export function definitionOf(operator: Pick<Operator, 'name' | 'arity' | 'definition'>): Lambda {
  if (!operator.definition) {
    throw new GradusError('unsupported', `${operator.name} cannot be evaluated here: it has no definition in simpler functions`);
  }
  const graph = new Graph();
  const parameters = Array.from({ length: operator.arity }, (_, k) => graph.variable(`x${k}`));
  const body = operator.definition(graph, ...parameters);
  if (topological([body]).some((node) => node.kind === 'apply' && node.operator === operator)) {
    throw new GradusError('unsupported', `the definition of ${operator.name} comes back to it`);
  }
  return { parameters, body };
}
