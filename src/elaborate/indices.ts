import type { Dim } from '../graph/dimension.ts';
import { UNIT } from '../graph/node.ts';
import { trimmed } from '../graph/views.ts';
import { attempt } from '../language/attempt.ts';
import { GradusError, type Warning } from '../language/diagnostics.ts';
import { missingDeclarations } from '../language/elsewhere/declared.ts';
import { translated, withTranslation } from '../language/elsewhere/index.ts';
import { treeOf } from '../language/parser.ts';
import type { Expr, IndexBinder, Indexed, Span, Subscript, Subscripted } from '../language/tree.ts';
import { columnShape, shapeOf, type Value } from '../operators/builder.ts';
import { functions } from '../operators/index.ts';
import { reduceAxes } from '../operators/reducing.ts';
import type { Context } from './context.ts';
import { excerpt } from './excerpt.ts';
import { type IndexRange, rangeOf, rangesWithin, subscripting, writtenRange } from './index-range.ts';
import { numeral } from './literals.ts';
import type { Scope } from './scope.ts';
import { leaves, REST, type Taken, taken, unranged } from './subscripts.ts';

/** What an index means as a number: its value at each of its places. */
export function indexValue(name: string, span: Span, { indices, builder }: Context): Value {
  const range = rangeOf(indices, name);
  if (!range) throw unranged(name, span);
  return { node: builder.graph.affine([range.size], [1], range.from), indices: [name] };
}

const isGiven = (name: string, { values, free }: Scope): boolean => values.has(name) && !free.has(name);

/** `sum[i](i*x[i])` beside `param i = 2`: within the sum i is the place. */
const hiding = ({ name, span }: IndexBinder): Warning => ({
  message: `the index ${name} hides ${name}, which has a value`,
  span,
  hint: 'another letter for the index keeps both',
});

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
  if (!scope.within) scope.warnings.push(...binders.filter(({ name }) => isGiven(name, scope)).map(hiding));
  let found: ReadonlyMap<string, IndexRange> | undefined;
  const rangeOfAxis = (array: Expr, axis: number): IndexRange | undefined => {
    const name = array.kind === 'name' ? array.name : undefined;
    const value =
      name === undefined ? attempt(() => context.check(array, context)) : (locals.get(name) ?? scope.values.get(name));
    const size = value && shapeOf(value)[axis];
    const own = axis === 0 && name !== undefined && !locals.has(name) ? scope.extended.get(name)?.arrayFrom : undefined;
    return size === undefined ? undefined : { from: own ?? 1, size };
  };
  const find = (name: string): IndexRange | undefined => {
    found ??= rangesWithin(body, names, rangeOfAxis);
    return found.get(name);
  };
  // Only an index that is used as a number before it has met an axis is looked for in the body.
  binders.forEach(({ name }, k) => {
    indices.set(name, ranges[k] ?? { find: () => find(name) });
  });
}

/** More subscripts than axes: of a name of which nothing is said, a function in brackets, or an array that is not declared. */
function tooMany({ target, subscripts, span }: Subscripted, rank: number, { text, scope }: Context): GradusError {
  const array = excerpt(text, target.span);
  const message = `${array} has ${rank} ${rank === 1 ? 'axis' : 'axes'}, not ${subscripts.length}`;
  const free = target.kind === 'name' && scope.free.has(target.name);
  const lengths = ['n', 'm', 'k', 'l'].slice(0, subscripts.length).join(', ');
  const hint = free ? `declare it: param ${array} : [${lengths}]` : undefined;
  const error = new GradusError('shape', message, { span, ...(hint && { hint }) });
  const told = withTranslation(error, text, treeOf, !scope.within);
  if (told !== error || !free) return told;
  const source = text.includes('\n') ? undefined : treeOf(text);
  const declarations = source && missingDeclarations(source);
  if (!declarations) return error;
  const declared = `${declarations}; ${text.trim()}`;
  return new GradusError('shape', message, { span, hint: `write ${translated(declared) ?? declared}` });
}

/**
 * `A[i, k]`: the named axes become free indices, a number takes one place, a range some. Fewer subscripts than axes give
 * the rest as an array. Index arithmetic is a contraction with a test: x[i+p] = Σₖ [i + p − k = 0]·x[k].
 * @param guarded within a `where`, which keeps out what lies beyond the axis; it counts as 0
 */
export function subscript(expr: Subscripted, target: Value, context: Context, guarded: boolean): Value {
  const own = numbered(expr, target, context, guarded);
  if (own) return select(own.value, own.subscripts, context);
  const { subscripts } = expr;
  const whole = withUnits(expr, target, context);
  const shape = shapeOf(whole);
  if (subscripts.length > shape.length) {
    throw tooMany(expr, shape.length, context);
  }
  const found = select(
    whole,
    subscripts.map((s, axis) => taken(s, shape[axis]!, context, guarded)),
    context,
  );
  const rank = found.indices.length + columnShape(shapeOf(found)).length;
  return { ...found, node: trimmed(context.builder.graph, found.node, rank) };
}

/**
 * The value with the axes of length 1 that it was declared with, or that are subscripted by 1: a column [n] is [n, 1], a
 * scalar [1] or [1, 1]. A scalar that no one gave an axis has none.
 */
function withUnits({ target, subscripts }: Subscripted, value: Value, { builder, scope, locals }: Context): Value {
  const own = shapeOf(value).length;
  const missing = subscripts.length - own;
  if (missing <= 0 || subscripts.length > 2) return value;
  const name = target.kind === 'name' && !locals.has(target.name) ? target.name : undefined;
  const isFree = name !== undefined && scope.free.has(name);
  const declared = name === undefined ? undefined : isFree ? 0 : scope.shapes.get(name)?.length;
  const asOne = (own > 0 || declared !== 0) && subscripts.slice(own).every(isOne);
  if (!asOne && (declared ?? 0) < subscripts.length) return value;
  const { node, indices } = value;
  const shape = [...node.shape, ...Array<Dim>(missing).fill(1)];
  const places = node.shape.map((_, axis) => axis);
  return { node: builder.graph.broadcast(node, shape, places), indices };
}

const isOne = (s: Subscript): boolean => s.kind === 'at' && s.index.kind === 'number' && numeral(s.index).equals(1);

/**
 * An entry of a recurrence under its own number, where that is not its place in the array: `h[0]`, or `h[3]` of one that
 * begins with h[2]. A recurrence of one entry gives a number, which has no axis of its own.
 */
function numbered({ target, subscripts }: Subscripted, value: Value, context: Context, guarded: boolean) {
  const name = target.kind === 'name' && !context.locals.has(target.name) ? target.name : undefined;
  const entries = name === undefined ? undefined : context.scope.extended.get(name);
  if (name === undefined || !entries) return undefined;
  const { first, node, arrayFrom, outside } = entries;
  const array = context.scope.values.get(name)!;
  // A derivative by entries of the name has the objective's axes in front.
  const at = shapeOf(value).length - shapeOf(array).length;
  const isArray = value.node === array.node;
  const [s, ...rest] = subscripts as [Subscript, ...Subscript[]];
  if (isArray) {
    const place = s.kind === 'at' ? subscripting(s.index, context) : undefined;
    const single = place?.scales.size === 0 ? outside.get(place.constant) : undefined;
    if (single && rest.length <= single.shape.length) {
      return {
        value: { node: single, indices: [] },
        subscripts: rest.map((r, k) => taken(r, single.shape[k]!, context, guarded)),
      };
    }
  }
  const [length] = shapeOf(array);
  if (arrayFrom === 1 && (!isArray || (length !== undefined && !leaves(s, length, context)))) return undefined;
  const whole: Value = isArray && (length === undefined || arrayFrom === 1) ? { node, indices: [] } : value;
  const shape = shapeOf(whole);
  if (subscripts.length > shape.length) return undefined;
  return {
    value: whole,
    subscripts: subscripts.map((r, axis) => taken(r, shape[axis]!, context, guarded, axis === at ? first : 1)),
  };
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
