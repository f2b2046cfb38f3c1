import type { Dim } from '../graph/dimension.ts';
import { UNIT } from '../graph/node.ts';
import { rational } from '../graph/rational.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { IndexBinder, Indexed, Subscript, Subscripted } from '../language/tree.ts';
import { shapeOf, type Value } from '../operators/builder.ts';
import { power } from '../operators/power.ts';
import { type Context, excerpt } from './expression.ts';
import { numeral } from './literals.ts';

/** `A[i, k]`: the named axes become free indices. Fewer subscripts than axes give the rest as an array. */
export function subscript(expr: Subscripted, target: Value, context: Context): Value {
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
  const names = used.map((s, axis) => (shape[axis] === 1 && isOne(s) ? FIRST : indexName(s, context)));
  const indices = [...target.indices];
  names.forEach((name, axis) => {
    if (name === undefined || name === FIRST) return;
    bindIndex(name, shape[axis]!, used[axis]!, context);
    if (!indices.includes(name)) indices.push(name);
  });
  const number = new Map(indices.map((name, k) => [name, k]));
  const sizes = new Map<number, Dim>();
  const label = (name: string | undefined, fallback: number, size: Dim): number => {
    if (size === 1) return UNIT;
    const k = name === undefined ? fallback : number.get(name)!;
    sizes.set(k, size);
    return k;
  };
  const own = target.node.shape.map((size, axis) => {
    const at = axis - target.indices.length;
    return label(at < 0 ? target.indices[axis] : names[at], indices.length + axis, size);
  });
  const rest = own.filter((_, axis) => axis >= target.indices.length && names[axis - target.indices.length] === undefined);
  const lead = indices.map((name) => (sizes.has(number.get(name)!) ? number.get(name)! : UNIT));
  const node = context.builder.graph.contract({ factors: [target.node], indices: [own], result: [...lead, ...rest], sizes });
  return { node, indices };
}

/** The only place of an axis of length 1. */
const FIRST = '1';

const isOne = (s: Subscript): boolean => s.kind === 'at' && s.index.kind === 'number' && numeral(s.index).equals(1);

/** The index that a subscript names; undefined for `:`, the whole axis. */
function indexName(s: Subscript, { indices, scope, locals }: Context): string | undefined {
  if (s.kind === 'range' && !s.from && !s.to) return undefined;
  if (s.kind === 'at' && s.index.kind === 'name') {
    const { name } = s.index;
    if (indices.has(name)) return name;
    if (!scope.values.has(name) && !locals.has(name)) {
      throw new GradusError('name', `${name} is not an index here`, {
        span: s.span,
        hint: `an index is introduced by sum[${name}](…) or by a definition such as C[${name}] = …`,
      });
    }
  }
  throw new GradusError('unsupported', 'subscripts other than a plain index or : are not supported yet', { span: s.span });
}

function bindIndex(name: string, size: Dim, at: Subscript, { indices, builder }: Context): void {
  const known = indices.get(name);
  if (known === undefined) indices.set(name, size);
  else if (!builder.equal(known, size)) {
    throw new GradusError('shape', `the index ${name} ranges over ${known} elsewhere and over ${size} here`, { span: at.span });
  }
}

/** `sum[i, k](body)` and `mean[k](body)`. */
export function reduceIndices(expr: Indexed, values: readonly Value[], context: Context): Value {
  const { builder } = context;
  if (expr.callee !== 'sum' && expr.callee !== 'mean') {
    throw new GradusError('unsupported', `${expr.callee} over named indices is not supported yet`, { span: expr.at });
  }
  if (values.length !== 1)
    throw new GradusError('argument', `${expr.callee} over indices takes one argument, not ${values.length}`, {
      span: expr.span,
    });
  const [body] = values as [Value];
  const lengths = expr.indices.map((binder) => range(binder, context));
  const names = new Set(expr.indices.map((binder) => binder.name));
  const indices = body.indices.filter((name) => !names.has(name));
  const sizes = new Map<number, Dim>(body.node.shape.map((size, axis) => [axis, size]));
  const own = body.node.shape.map((_, axis) => axis);
  const result = own.filter((axis) => axis >= body.indices.length || !names.has(body.indices[axis]!));
  // An index that the body does not have repeats the body.
  const repeats = expr.indices.flatMap((binder, k) => (body.indices.includes(binder.name) ? [] : [lengths[k]!]));
  const g = builder.graph;
  let node = g.contract({ factors: [body.node], indices: [own], result, sizes });
  for (const length of repeats) node = g.mul(g.size(length), node);
  if (expr.callee === 'mean') for (const length of lengths) node = g.mul(power(g, g.size(length), rational(-1)), node);
  return { node, indices };
}

/** What an index ranges over: the axis that it indexes, which a written range must equal. */
export function range(binder: IndexBinder, { indices, scope }: Context): Dim {
  const axis = indices.get(binder.name);
  if (binder.from || binder.to) {
    const whole = binder.from?.kind === 'number' && numeral(binder.from).equals(1) && binder.to && written(binder.to);
    if (whole === undefined || whole === false || (axis !== undefined && !scope.equal(axis, whole))) {
      throw new GradusError('unsupported', 'an index can only range over a whole axis, so far', { span: binder.span });
    }
    return whole;
  }
  if (axis === undefined) {
    throw new GradusError('shape', `nothing tells what ${binder.name} ranges over`, {
      span: binder.span,
      hint: `write the range: ${binder.name}=1:n`,
    });
  }
  return axis;
}

const written = (to: NonNullable<IndexBinder['to']>): Dim | undefined =>
  to.kind === 'name' ? to.name : to.kind === 'number' && /^\d+$/.test(to.text) ? Number(to.text) : undefined;
