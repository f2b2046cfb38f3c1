import { addDims, type Dim, multiplyDims } from '../graph/dimension.ts';
import { extremes } from '../graph/linear.ts';
import { GradusError } from '../language/diagnostics.ts';
import { withTranslation } from '../language/elsewhere/index.ts';
import { treeOf } from '../language/parser.ts';
import type { Expr, Span, Subscript } from '../language/tree.ts';
import type { Context } from './context.ts';
import { type IndexRange, rangeOf, type Subscripting, subscripting, wayToRange } from './index-range.ts';

/** What one subscript takes of its axis, and whether it lies within. */

/** One axis of the target: taken whole, fixed by a label, or chosen by a test. */
export interface Taken {
  /** The index's name; undefined for an axis of the rest. */
  readonly name?: string;
  /** The length of an axis of the rest, if it is not the whole axis. */
  readonly length?: Dim;
  /** The place along the axis, counted from 0, where it is not just an index: by names, or by the place in the rest. */
  readonly place?: Subscripting;
}

/** Stands for the place along the block that a range takes. */
export const REST = '';

/** Whether a subscript reaches beyond an axis that counts from 1: to the given first entries of a recurrence. */
export function leaves(s: Subscript, size: Dim, context: Context): boolean {
  const ends = endsOf(s, size, context);
  if (!ends) return false;
  const [low, room] = [addDims(ends[0], -1), addDims(size, multiplyDims(-1, ends[1]))];
  return (typeof low === 'number' && low < 0) || (typeof room === 'number' && room < 0);
}

/** The least and the greatest place that a subscript reaches, if its indices have ranges. */
function endsOf(s: Subscript, size: Dim, context: Context): readonly [Dim, Dim] | undefined {
  if (s.kind === 'range') return boundsOf(s, context, [1, size]);
  const place = s.kind === 'at' ? subscripting(s.index, context) : undefined;
  if (!place || [...place.scales.keys()].some((name) => !rangeOf(context.indices, name))) return undefined;
  return extremes(place, (name) => rangeOf(context.indices, name)!);
}

/** An axis: how long it is, and the number of its first place. */
interface Axis {
  readonly size: Dim;
  readonly first: Dim;
}

const lastOf = ({ size, first }: Axis): Dim => addDims(first, addDims(size, -1));

/** @param first the number of the first place along the axis */
export function taken(s: Subscript, size: Dim, context: Context, guarded: boolean, first: Dim = 1): Taken {
  const axis: Axis = { size, first };
  if (s.kind === 'binder')
    throw new GradusError('syntax', `a range with a name belongs to a definition or a sum`, { span: s.span });
  if (s.kind === 'range') return block(s, axis, context);
  const place = subscripting(s.index, context);
  if (!place) throw notASubscript(s, context);
  for (const dim of [place.constant, ...place.scales.values()]) context.scope.requireWhole(dim, s.span);
  const [only] = place.scales;
  if (only && place.scales.size === 1 && only[1] === 1 && place.constant === 0) {
    const [name] = only;
    const given = context.indices.get(name);
    const known = given && 'find' in given ? undefined : given;
    if (!known) context.indices.set(name, { from: first, size });
    else if (known.size !== size || known.from !== first) {
      if (known.written) return chosen(place, axis, s, context, guarded);
      const over = (range: IndexRange) =>
        first === 1 && known.from === 1 ? range.size : `${range.from}:${lastOf({ ...range, first: range.from })}`;
      throw new GradusError(
        'shape',
        `the index ${name} ranges over ${over(known)} elsewhere and over ${over({ from: first, size })} here`,
        {
          span: s.span,
          hint: `where it may, write the range: ${name}=${known.from}:${lastOf({ ...known, first: known.from })}`,
        },
      );
    }
    return { name };
  }
  if (place.scales.size === 0 && size === 1 && place.constant === first) return { place: { constant: 0, scales: new Map() } };
  return chosen(place, axis, s, context, guarded);
}

/** `from:to`, a part of an axis; `:`, all of it. */
function block(s: Block, axis: Axis, context: Context): Taken {
  if (!s.from && !s.to) return {};
  const { size, first } = axis;
  const [from, to] = boundsOf(s, context, [first, lastOf(axis)]);
  for (const end of [from, to]) context.scope.requireWhole(end, s.span);
  const length = addDims(to, addDims(multiplyDims(-1, from), 1));
  const empty = new GradusError('shape', `the range ${from}:${to} is empty`, { span: s.span });
  if (typeof to === 'number' && to < 0) throw withTranslation(empty, context.text, treeOf);
  context.scope.require(addDims(length, -1), empty);
  // Nobody writes that for all of it who counts from 1.
  if (s.from && !s.to && from === first && first === 1)
    context.scope.warnings.push({
      message: 'from place 1 on is the whole axis: places count from 1',
      span: s.span,
      hint: 'for all but the first write 2:',
    });
  inside(from, to, axis, s, context, false);
  if (from === first && length === size) return {};
  return { length, place: { constant: addDims(from, multiplyDims(-1, first)), scales: new Map([[REST, 1]]) } };
}

/** A place counted from 0, by the zero-based places of the indices. */
function chosen(place: Subscripting, axis: Axis, s: Subscript, context: Context, guarded: boolean): Taken {
  const rangeFor = (name: string): IndexRange => {
    const range = rangeOf(context.indices, name);
    if (!range) throw unranged(name, s.span);
    return range;
  };
  for (const name of place.scales.keys()) rangeFor(name);
  const ends = extremes(place, rangeFor);
  if (ends) inside(...ends, axis, s, context, guarded);
  let constantPart = addDims(place.constant, multiplyDims(-1, axis.first));
  for (const [name, scale] of place.scales) constantPart = addDims(constantPart, multiplyDims(scale, rangeFor(name).from));
  return { place: { constant: constantPart, scales: place.scales } };
}

/** Refuses what can be told to lie beyond the axis; what only data can tell is checked when they come. */
function inside(low: Dim, high: Dim, axis: Axis, s: Subscript, { scope, text }: Context, guarded: boolean): void {
  if (guarded) return;
  const { size, first } = axis;
  const outside = first === 1 ? `outside of an axis of length ${size}` : `beyond the entries from ${first} to ${lastOf(axis)}`;
  const wrong = (which: Dim) => {
    const error = (hint: string) =>
      new GradusError('shape', `the subscript reaches ${which}, ${outside}`, { span: s.span, hint });
    const whole = error('within where(…, …, …) it may: what lies outside counts as 0');
    if (first !== 1 || typeof which !== 'number' || which > 0) return whole;
    const told = withTranslation(whole, text, treeOf);
    const one = which === 0 && told === whole ? fromOne(s.span, text) : undefined;
    return one === undefined ? told : error(one);
  };
  scope.require(addDims(low, multiplyDims(-1, first)), wrong(low));
  scope.require(addDims(lastOf(axis), multiplyDims(-1, high)), wrong(high));
}

/** `a[0]` is how other languages have the first entry. */
function fromOne({ start, end }: Span, text: string): string | undefined {
  if (text.slice(start, end) !== '0') return undefined;
  const before = /[\p{L}\p{M}\p{N}_]+\[[^[\]]*$/u.exec(text.slice(0, start))?.[0];
  const after = /^[^[\]]*\]/.exec(text.slice(end))?.[0];
  return before && after && `indices count from 1: write ${before}1${after}`;
}

type Block = Subscript & { kind: 'range' };

/** @param whole what is left out */
function boundsOf({ from, to }: Block, context: Context, whole: readonly [Dim, Dim]): readonly [Dim, Dim] {
  return [from ? constant(from, context, [from, to]) : whole[0], to ? constant(to, context, [from, to]) : whole[1]];
}

function constant(expr: Expr, context: Context, bounds: readonly (Expr | undefined)[]): Dim {
  const value = subscripting(expr, context);
  if (value && value.scales.size === 0) return value.constant;
  throw new GradusError('shape', 'a block is between integers and sizes, such as 1:n-2', {
    span: expr.span,
    hint: wayToRange(expr, bounds, context) ?? 'a range that moves with an index is written by entries: Y[i, p=1:3] = X[i+p]',
  });
}

function notASubscript(s: Subscript, { scope, locals, text }: Context): GradusError {
  const name = s.kind === 'at' && s.index.kind === 'name' ? s.index.name : undefined;
  if (name !== undefined && !scope.values.has(name) && !locals.has(name)) {
    const error = new GradusError('name', `${name} is not an index here`, {
      span: s.span,
      hint: `an index is introduced by sum[${name}](…) or by a definition such as C[${name}] = …`,
    });
    return withTranslation(error, text, treeOf);
  }
  return new GradusError('unsupported', 'a subscript is a sum of indices, integers and sizes, such as 2*i + p - 1', {
    span: s.span,
  });
}

export const unranged = (name: string, span: Span): GradusError =>
  new GradusError('shape', `nothing tells what ${name} ranges over`, { span, hint: `write the range: ${name}=1:n` });
