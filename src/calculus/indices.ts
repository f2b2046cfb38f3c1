import { addDims, type Dim, multiplyDims } from '../graph/dimension.ts';
import { extremes } from '../graph/linear.ts';
import { UNIT } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Expr, IndexBinder, Indexed, Span, Subscript, Subscripted } from '../language/tree.ts';
import { shapeOf, type Value } from '../operators/builder.ts';
import { functions } from '../operators/index.ts';
import { reduceAxes } from '../operators/reducing.ts';
import { type Context, excerpt } from './expression.ts';
import { type IndexRange, rangeOf, rangesWithin, type Subscripting, subscripting, writtenRange } from './index-range.ts';
import { numeral } from './literals.ts';

/** What an index means as a number: its value at each of its places. */
export function indexValue(name: string, span: Span, { indices, builder }: Context): Value {
  const range = rangeOf(indices, name);
  if (!range) throw unranged(name, span);
  return { node: builder.graph.affine([range.size], [1], range.from), indices: [name] };
}

/** Puts the indices of binders in force, with their ranges as far as the binders or the body tell them. */
export function openIndices(binders: readonly IndexBinder[], body: readonly Expr[], context: Context): void {
  const { indices, scope, locals } = context;
  const ranges = binders.map((binder) => writtenRange(binder, context));
  const names = new Set(binders.map((b) => b.name));
  const again = binders.find(({ name }, k) => binders.findIndex((b) => b.name === name) < k);
  if (again)
    throw new GradusError('name', `the index ${again.name} stands twice`, {
      span: again.span,
      hint: 'each axis has an index of its own; where(i == j, …, 0) is a diagonal',
    });
  let found: ReadonlyMap<string, Dim> | undefined;
  const sizes = () =>
    (found ??= rangesWithin(body, names, (name, axis) => {
      const value = locals.get(name) ?? scope.values.get(name);
      return value && shapeOf(value)[axis];
    }));
  const find = (name: string) => {
    const size = sizes().get(name);
    return size === undefined ? undefined : { from: 1, size };
  };
  // Only an index that is used as a number before it has met an axis is looked for in the body.
  binders.forEach(({ name }, k) => {
    indices.set(name, ranges[k] ?? { find: () => find(name) });
  });
}

/** One axis of the target: taken whole, fixed by a label, or chosen by a test. */
interface Taken {
  /** The index's name; undefined for an axis of the rest. */
  readonly name?: string;
  /** The length of an axis of the rest, if it is not the whole axis. */
  readonly length?: Dim;
  /** The place along the axis, counted from 0, where it is not just an index: by names, or by the place in the rest. */
  readonly place?: Subscripting;
}

/**
 * `A[i, k]`: the named axes become free indices, a number takes one place, a range some. Fewer subscripts than axes give
 * the rest as an array. Index arithmetic is a contraction with a test: x[i+p] = Σₖ [i + p − k = 0]·x[k].
 * @param guarded within a `where`, which keeps out what lies beyond the axis; it counts as 0
 */
export function subscript(expr: Subscripted, target: Value, context: Context, guarded: boolean): Value {
  const reaching = expr.target.kind === 'name' ? context.scope.extended.get(expr.target.name) : undefined;
  // A recurrence of one step gives a number, which has no axis of its own.
  const [length] = shapeOf(target);
  if (reaching && (length === undefined || leaves(expr.subscripts[0]!, length, context))) {
    return select(
      { node: reaching.node, indices: [] },
      expr.subscripts.map((s, axis) => taken(s, reaching.node.shape[axis]!, context, true, axis === 0 ? reaching.first : 1)),
      context,
    );
  }
  const shape = shapeOf(target);
  const { subscripts } = expr;
  const declaredVector = shape.length === 1 && subscripts.length === 2 && isOne(subscripts[1]!);
  const used = declaredVector ? subscripts.slice(0, 1) : subscripts;
  if (used.length > shape.length) {
    throw new GradusError(
      'shape',
      `${excerpt(context.text, expr.target.span)} has ${shape.length} ${shape.length === 1 ? 'axis' : 'axes'}, not ${used.length}`,
      { span: expr.span },
    );
  }
  return select(
    target,
    used.map((s, axis) => taken(s, shape[axis]!, context, guarded)),
    context,
  );
}

const isOne = (s: Subscript): boolean => s.kind === 'at' && s.index.kind === 'number' && numeral(s.index).equals(1);

/** Whether a subscript reaches beyond the axis: to the given first entries of a recurrence. */
function leaves(s: Subscript, size: Dim, context: Context): boolean {
  const place = s.kind === 'at' ? subscripting(s.index, context) : undefined;
  if (!place || [...place.scales.keys()].some((name) => !rangeOf(context.indices, name))) return false;
  const ends = extremes(place, (name) => rangeOf(context.indices, name)!);
  if (!ends) return false;
  const [low, room] = [addDims(ends[0], -1), addDims(size, multiplyDims(-1, ends[1]))];
  return (typeof low === 'number' && low < 0) || (typeof room === 'number' && room < 0);
}

/** @param first the number of the first place along the axis */
function taken(s: Subscript, size: Dim, context: Context, guarded: boolean, first: Dim = 1): Taken {
  if (s.kind === 'binder')
    throw new GradusError('syntax', `a range with a name belongs to a definition or a sum`, { span: s.span });
  if (s.kind === 'range') {
    if (!s.from && !s.to) return {};
    const [from, to] = [s.from ? constant(s.from, context) : 1, s.to ? constant(s.to, context) : size];
    const length = addDims(to, addDims(multiplyDims(-1, from), 1));
    const known = context.scope.known(length);
    const empty = new GradusError('shape', `the range ${from}:${to} is empty`, { span: s.span });
    if (known !== undefined && known < 1) throw empty;
    if (known === undefined) context.scope.constraints.push({ least: addDims(length, -1), error: empty });
    inside(from, to, size, s, context, false);
    return from === 1 && context.scope.equal(length, size)
      ? {}
      : { length, place: { constant: addDims(from, -1), scales: new Map([[REST, 1]]) } };
  }
  const place = subscripting(s.index, context);
  if (!place) throw notASubscript(s, context);
  const [only] = place.scales;
  if (first !== 1)
    return chosen(
      { ...place, constant: addDims(place.constant, addDims(1, multiplyDims(-1, first))) },
      size,
      s,
      context,
      guarded,
    );
  if (only && place.scales.size === 1 && only[1] === 1 && place.constant === 0) {
    const [name] = only;
    const given = context.indices.get(name);
    const known = given && 'find' in given ? undefined : given;
    if (!known) context.indices.set(name, { from: 1, size });
    else if (!known.written && !context.scope.equal(known.size, size)) {
      throw new GradusError('shape', `the index ${name} ranges over ${known.size} elsewhere and over ${size} here`, {
        span: s.span,
        hint: `where it may, write the range: ${name}=1:${known.size}`,
      });
    } else if (known.from !== 1 || !context.scope.equal(known.size, size)) return chosen(place, size, s, context, guarded);
    return { name };
  }
  if (place.scales.size === 0 && size === 1 && place.constant === 1) return { place: { constant: 0, scales: new Map() } };
  return chosen(place, size, s, context, guarded);
}

/** A place counted from 0, by the zero-based places of the indices. */
function chosen(place: Subscripting, size: Dim, s: Subscript, context: Context, guarded: boolean): Taken {
  const rangeFor = (name: string): IndexRange => {
    const range = rangeOf(context.indices, name);
    if (!range) throw unranged(name, s.span);
    return range;
  };
  for (const name of place.scales.keys()) rangeFor(name);
  const ends = extremes(place, rangeFor);
  if (ends) inside(...ends, size, s, context, guarded);
  let constantPart = addDims(place.constant, -1);
  for (const [name, scale] of place.scales) constantPart = addDims(constantPart, multiplyDims(scale, rangeFor(name).from));
  return { place: { constant: constantPart, scales: place.scales } };
}

/** Refuses what can be told to lie beyond the axis; what only data can tell is checked when they come. */
function inside(low: Dim, high: Dim, size: Dim, s: Subscript, { scope }: Context, guarded: boolean): void {
  if (guarded) return;
  const wrong = (which: Dim) =>
    new GradusError('shape', `the subscript reaches ${which}, outside of an axis of length ${size}`, {
      span: s.span,
      hint: 'within where(…, …, …) it may: what lies outside counts as 0',
    });
  for (const [which, least] of [
    [low, addDims(low, -1)],
    [high, addDims(size, multiplyDims(-1, high))],
  ] as const) {
    const known = scope.known(least);
    if (known !== undefined && known < 0) throw wrong(which);
    if (known === undefined) scope.constraints.push({ least, error: wrong(which) });
  }
}

function constant(expr: Expr, context: Context): Dim {
  const value = subscripting(expr, context);
  if (value && value.scales.size === 0) return value.constant;
  throw new GradusError('shape', 'a block is between integers and sizes, such as 1:n-2', {
    span: expr.span,
    hint: 'a range that moves with an index is written by entries: Y[i, p=1:3] = X[i+p]',
  });
}

function select(target: Value, axes: readonly Taken[], context: Context): Value {
  const g = context.builder.graph;
  const indices = [...target.indices];
  for (const { name, place } of axes) {
    for (const used of place ? place.scales.keys() : name === undefined ? [] : [name]) {
      if (used !== REST && !indices.includes(used)) indices.push(used);
    }
  }
  const sizes = new Map<number, Dim>();
  const label = (k: number, size: Dim): number => {
    if (size === 1) return UNIT;
    if (typeof sizes.get(k) !== 'number') sizes.set(k, size);
    return k;
  };
  let fresh = indices.length;
  const factors = [target.node];
  const own: number[] = [];
  const lists: number[][] = [own];
  const rest: number[] = [];
  target.node.shape.forEach((size, axis) => {
    const at = axis - target.indices.length;
    const { name, length, place }: Taken = at < 0 ? { name: target.indices[axis]! } : (axes[at] ?? {});
    const k = label(name === undefined ? fresh++ : indices.indexOf(name), size);
    own.push(k);
    if (name !== undefined) return;
    if (!place) {
      rest.push(k);
      return;
    }
    // [constant + Σ scale·index − k = 0]
    const terms = [...place.scales].map(([used, scale]) => {
      const extent = used === REST ? length! : rangeOf(context.indices, used)!.size;
      const index = label(used === REST ? fresh++ : indices.indexOf(used), extent);
      if (used === REST) rest.push(index);
      return { index, extent, scale };
    });
    factors.push(g.selection([...terms.map((t) => t.extent), size], [...terms.map((t) => t.scale), -1], place.constant));
    lists.push([...terms.map((t) => t.index), k]);
  });
  const lead = indices.map((_, k) => (sizes.has(k) ? k : UNIT));
  return { node: g.contract({ factors, indices: lists, result: [...lead, ...rest], sizes }), indices };
}

/** Stands for the place along the block that a range takes. */
const REST = '';

function notASubscript(s: Subscript, { scope, locals }: Context): GradusError {
  const name = s.kind === 'at' && s.index.kind === 'name' ? s.index.name : undefined;
  if (name !== undefined && !scope.values.has(name) && !locals.has(name)) {
    return new GradusError('name', `${name} is not an index here`, {
      span: s.span,
      hint: `an index is introduced by sum[${name}](…) or by a definition such as C[${name}] = …`,
    });
  }
  return new GradusError('unsupported', 'a subscript is a sum of indices, integers and sizes, such as 2*i + p - 1', {
    span: s.span,
  });
}

const unranged = (name: string, span: Span): GradusError =>
  new GradusError('shape', `nothing tells what ${name} ranges over`, { span, hint: `write the range: ${name}=1:n` });

/** `sum[i, k](body)`, `max[k](body)`, `softmax[k](body)`: a reduction over named indices. */
export function reduceIndices(expr: Indexed, values: readonly Value[], context: Context): Value {
  const { builder } = context;
  const reduction = functions.get(expr.callee)?.reduce;
  if (!reduction) {
    throw new GradusError('argument', `${expr.callee} does not reduce over named indices`, {
      span: expr.at,
      hint: 'sum, mean, prod, max, min, var, norm, logsumexp and softmax do',
    });
  }
  if (values.length !== 1)
    throw new GradusError('argument', `${expr.callee} over indices takes one argument, not ${values.length}`, {
      span: expr.span,
    });
  const [body] = values as [Value];
  const ranges = expr.indices.map((binder) => range(binder, context));
  const names = expr.indices.map((binder) => binder.name);
  // An index that the body does not have repeats the body.
  const full = spread(body, names, ranges, context);
  const node = reduceAxes(
    builder,
    full.node,
    names.map((name) => full.indices.indexOf(name)),
    reduction,
  );
  return { node, indices: reduction.keeps ? full.indices : full.indices.filter((name) => !names.includes(name)) };
}

/** The value with every named index among its own. */
function spread(value: Value, names: readonly string[], ranges: readonly IndexRange[], { builder }: Context): Value {
  const missing = names.map((_, k) => k).filter((k) => !value.indices.includes(names[k]!));
  if (missing.length === 0) return value;
  const shape = [...missing.map((k) => ranges[k]!.size), ...value.node.shape];
  const node = builder.graph.broadcast(
    value.node,
    shape,
    value.node.shape.map((_, axis) => missing.length + axis),
  );
  return { node, indices: [...missing.map((k) => names[k]!), ...value.indices] };
}

/** What an index ranges over: as written, or the axis that it indexes. */
export function range(binder: IndexBinder, { indices }: Context): IndexRange {
  const known = rangeOf(indices, binder.name);
  if (!known) throw unranged(binder.name, binder.span);
  return known;
}
