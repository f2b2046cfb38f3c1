import { addDims, type Dim, multiplyDims } from '../graph/dimension.ts';
import { isZeroNode } from '../graph/forms.ts';
import { isTest, type Linear, linearOf } from '../graph/linear.ts';
import type { NameSet } from '../graph/names.ts';
import type { Contraction, Node } from '../graph/node.ts';
import { isNamed, UNIT } from '../graph/node.ts';
import type { Expr, IndexBinder, Subscript } from '../language/tree.ts';
import { columnShape } from '../operators/builder.ts';
import { chained, chainIn } from './chain.ts';
import { recurrenceNamed } from './lag-form.ts';
import { boundsOf, linearExpr, type Places, placesOf, relationExpr } from './places.ts';
import { dimExpr } from './shapes.ts';
import { call, indexed, NOWHERE, name, numeralOf, product, subscripted } from './syntax.ts';

/** The letters that indices are written with, in the order in which people use them. */
const LETTERS = 'ijklpqrstuvw';

/** The result's entries, and the left side of a definition by them. */
export interface IndexForm {
  readonly entries: Expr;
  readonly subscripts: readonly Subscript[];
  /** The entries as what they are where conditions hold; they are 0 elsewhere. */
  readonly where: Case;
}

/** What holds where all conditions do. */
export interface Case {
  readonly conditions: readonly Expr[];
  readonly value: Expr;
}

/**
 * A contraction entry by entry: `sum[k](A[i,k]*B[k,j])`, an expression of the result's indices. Where the result has
 * indices of its own, an array is to be defined by these entries. Tests among the factors are read as index
 * arithmetic: `x[i+p]`, or as conditions.
 * @param taken names that an index cannot have
 */
export function indexForm(
  node: Contraction,
  factor: (f: Node) => Expr,
  scale: (array: Expr | undefined) => Expr,
  taken: NameSet,
): IndexForm {
  const letters = indexNames(node.sizes.length + node.result.length, taken);
  const own = (i: number): string => letters[i]!;
  const places = placesOf(node);
  nameTime(node, places, letters, taken);
  const { fixed, bounds, equations } = beforeFirst(node, places);
  /** Indices that a factor has for itself, which tells their range. */
  const told = new Set<number>();
  // An index that stands alone in a longer axis as well says its range itself.
  const unclear = new Set(
    [...fixed].flatMap(([index, { constant, scales }]) => {
      const [only, ...more] = scales;
      const alone = only && more.length === 0 && constant === 0 && only[1] === 1;
      return alone && node.sizes[index] !== node.sizes[only[0]] ? [only[0]] : [];
    }),
  );
  // Where indices are numbers too, their ranges must be clear before an array that is no name is looked into.
  const counts = fixed.size > 0 || equations.length > 0 || node.factors.some((f) => f.kind === 'affine');
  const place = (i: number, plain: boolean): Expr => {
    if (i === UNIT) return numeralOf(1);
    const value = fixed.get(i);
    if (value) return linearExpr(value, own, 1);
    if ((plain || !counts) && !unclear.has(i)) told.add(i);
    return name(own(i));
  };
  // A result axis has the name of its index, or one of its own where an earlier axis has that: a diagonal.
  const axes = node.result.map((i, axis) =>
    i !== UNIT && node.result.indexOf(i) === axis ? own(i) : letters[node.sizes.length + axis]!,
  );
  const parts = node.factors.flatMap((f, k) => {
    const indices = node.indices[k]!;
    if (indices.every((i) => i === UNIT)) return [];
    if (f.kind === 'affine') {
      if (f.test) return [];
      return [linearExpr(linearOf(f, indices, fixed), own)];
    }
    const array = factor(f);
    const plain = array.kind === 'name';
    return [
      subscripted(
        array,
        columnShape(f.shape).map((_, axis) => place(indices[axis]!, plain)),
      ),
    ];
  });
  const deltas = diagonals(node).map(([first, again]) => {
    const size = dimExpr(node.sizes[node.result[first]!]!);
    return subscripted(call('eye', size), [name(axes[first]!), name(axes[again]!)]);
  });
  const summed = node.sizes.map((_, i) => i).filter((i) => !node.result.includes(i) && !fixed.has(i));
  const conditions = conditionsOf(node, equations, bounds);
  // What is said of the entry's own indices is said once, not at each term of a sum.
  const isOuter = ({ value }: Condition): boolean => [...value.scales.keys()].every((i) => !summed.includes(i));
  const [outer, inner] = [conditions.filter(isOuter), conditions.filter((c) => !isOuter(c))].map((list) =>
    list.map(({ sign, value }) => relationExpr(sign, value, own)),
  ) as [Expr[], Expr[]];
  const factors = [...parts, ...deltas];
  const plain = factors.length > 0 ? product('*', factors) : undefined;
  const inside = inner.length > 0 ? chosen({ conditions: inner, value: plain ?? numeralOf(1) }) : plain;
  const binders = summed.map((i): IndexBinder => binder(own(i), told.has(i) ? undefined : node.sizes[i]!));
  const value = scale(summed.length > 0 ? indexed('sum', binders, inside ?? numeralOf(1)) : inside);
  const where = { conditions: outer, value };
  const subscripts = columnShape(node.shape).map((size, axis): Subscript => {
    const i = node.result[axis]!;
    const clear = i !== UNIT && told.has(i) && node.result.indexOf(i) === axis;
    if (clear) return { kind: 'at', index: name(axes[axis]!), span: NOWHERE };
    return { kind: 'binder', index: binder(axes[axis]!, size), span: NOWHERE };
  });
  return { entries: chosen(where), subscripts, where };
}

/** The value where all conditions hold, and 0 elsewhere. */
export function chosen({ conditions, value }: Case): Expr {
  if (conditions.length === 0) return value;
  const isOne = value.kind === 'number' && value.text === '1';
  return isOne ? allOf(conditions) : call('where', allOf(conditions), value, numeralOf(0));
}

/** All conditions; two of one quantity as one: 2k − 1 ≤ i ≤ 2k. */
export function allOf(conditions: readonly Expr[]): Expr {
  const told: Expr[] = [];
  for (const condition of conditions) {
    const last = told.at(-1);
    const pair = last && chained(last, condition);
    if (pair && chainIn(pair)) told[told.length - 1] = call('and', ...pair);
    else told.push(condition);
  }
  return told.reduce((a, b) => call('and', a, b));
}

/** A linear expression compared with 0. */
interface Condition {
  readonly sign: '==' | '>=' | '<=';
  readonly value: Linear;
}

/** What the tests and the ranges of indices ask for, each once. */
export function conditionsOf(node: Contraction, equations: readonly Linear[], bounds: Places['bounds']): Condition[] {
  const all = [
    ...equations.map((value): Condition => ({ sign: '==', value })),
    ...bounds.filter((b) => !isSaidByEntry(node, b)).flatMap((b) => boundsOf(b, node.sizes)),
  ].filter(({ sign, value }) => !(sign === '==' && value.scales.size === 0 && value.constant === 0));
  const told = all.filter((c, k) => !all.some((other, at) => at !== k && implies(other, c) && (at < k || !implies(c, other))));
  return told.sort((a, b) => firstIndex(a) - firstIndex(b));
}

const firstIndex = ({ value }: Condition): number => Math.min(...value.scales.keys());

/** Whether one condition says all that another does, as far as numbers tell. */
function implies(a: Condition, b: Condition): boolean {
  if (a.sign !== b.sign || a.value.scales.size !== b.value.scales.size) return false;
  if (![...a.value.scales].every(([i, scale]) => b.value.scales.get(i) === scale)) return false;
  const more = addDims(b.value.constant, multiplyDims(-1, a.value.constant));
  return more === 0 || (typeof more === 'number' && ((a.sign === '>=' && more > 0) || (a.sign === '<=' && more < 0)));
}

/** x[2] is 0 itself where x has no second entry: that need not be said beside it. */
const isSaidByEntry = ({ factors, indices }: Contraction, { index, value }: Places['bounds'][number]): boolean =>
  value.scales.size === 0 && factors.some((f, k) => f.kind !== 'affine' && indices[k]!.includes(index));

/** The index of a recurrence's steps is t. */
function nameTime(node: Contraction, { fixed }: Places, letters: string[], taken: NameSet): void {
  if (taken.has('t') || letters.includes('t')) return;
  node.factors.forEach((f, k) => {
    const recurrence = recurrenceNamed(f);
    const index = recurrence && node.indices[k]![recurrence.axis]!;
    if (index === undefined || index === UNIT || letters.includes('t')) return;
    const [along] = fixed.get(index)?.scales.keys() ?? [index];
    if (along !== undefined) letters[along] = 't';
  });
}

/** What the tests among a contraction's factors say of its indices, as far as that must be said. */
export const solvedPlaces = (node: Contraction): Places => beforeFirst(node, placesOf(node));

/**
 * A sum over h[t−1] has no term at the first step where the recurrence starts from 0: what is read there is h[0], which is 0
 * and has a name. So nothing need be said of it.
 */
function beforeFirst(node: Contraction, places: Places): Places {
  const startsFromZero = (index: number): boolean =>
    node.factors.every((f, k) => {
      const own = node.indices[k]!;
      if (!own.includes(index) || isTest(f)) return true;
      const whole = recurrenceNamed(f);
      if (!whole || !isNamed(f) || f.first !== undefined) return false;
      return (
        !whole.backward && whole.axis === 0 && own.indexOf(index) === 0 && own.lastIndexOf(index) === 0 && isZeroNode(whole.init)
      );
    });
  const bounds = places.bounds.filter(({ index, value: { constant, scales }, size }) => {
    const [[along, scale] = [], ...more] = scales;
    const isStepBefore = along !== undefined && more.length === 0 && scale === 1 && constant === -1 && node.sizes[along] === size;
    return !(isStepBefore && startsFromZero(index));
  });
  return { ...places, bounds };
}

const binder = (letter: string, size: Dim | undefined): IndexBinder => ({
  name: letter,
  ...(size !== undefined && { from: numeralOf(1), to: dimExpr(size) }),
  span: NOWHERE,
});

/** Letters for the axes of an array, none of them taken. */
export function indexNames(count: number, taken: NameSet): string[] {
  const names: string[] = [];
  for (let k = 0; names.length < count; k++) {
    const round = Math.floor(k / LETTERS.length);
    const candidate = LETTERS[k % LETTERS.length]! + (round > 0 ? String(round) : '');
    if (!taken.has(candidate)) names.push(candidate);
  }
  return names;
}

/** Pairs of result axes that carry the same index. */
function diagonals(node: Contraction): [number, number][] {
  return node.result.flatMap((i, b) => {
    const a = node.result.indexOf(i);
    return i !== UNIT && a < b ? [[a, b] as [number, number]] : [];
  });
}

/** `X[2:4, 1]`: a block of one array, or an entry, where tests say no more than that. */
export function blockForm(node: Contraction, factor: (f: Node) => Expr): Expr | undefined {
  const arrays = node.factors.map((_, k) => k).filter((k) => !isTest(node.factors[k]!) && node.factors[k]!.shape.length > 0);
  if (arrays.length !== 1 || node.factors[arrays[0]!]!.kind === 'affine') return undefined;
  const own = node.indices[arrays[0]!]!;
  const { fixed, bounds, equations } = placesOf(node);
  const open = bounds.some((b) => !isSaidByEntry(node, b) && boundsOf(b, node.sizes).length > 0);
  if (open || equations.length > 0 || fixed.size === 0) return undefined;
  const left: number[] = [];
  const subscripts = own.map((i): Subscript | undefined => {
    if (i === UNIT) return { kind: 'at', index: numeralOf(1), span: NOWHERE };
    const value = fixed.get(i);
    if (!value) {
      left.push(i);
      return { kind: 'range', from: undefined, to: undefined, span: NOWHERE };
    }
    if (value.scales.size === 0) return { kind: 'at', index: linearExpr(value, String, 1), span: NOWHERE };
    const [along, ...more] = value.scales;
    if (more.length > 0 || along![1] !== 1) return undefined;
    left.push(along![0]);
    const ends = [value.constant, value.constant].map((c, k) =>
      linearExpr({ constant: c, scales: new Map() }, String, k === 0 ? 1 : node.sizes[along![0]]!),
    );
    return { kind: 'range', from: ends[0]!, to: ends[1]!, span: NOWHERE };
  });
  const result = node.result.filter((i) => i !== UNIT);
  if (subscripts.includes(undefined) || left.join() !== result.join() || result.length !== columnShape(node.shape).length)
    return undefined;
  const array = node.factors[arrays[0]!]!;
  const place = fixed.get(own[0]!);
  if (isNamed(array) && array.first !== undefined && place?.scales.size === 0) {
    // An entry under its own number.
    const index = linearExpr(place, String, array.first);
    const numbered: Subscript[] = [{ kind: 'at', index, span: NOWHERE }, ...(subscripts.slice(1) as Subscript[])];
    // As a whole it is h[2:5]; its entries are those of h.
    const whole = factor(array);
    const target = whole.kind === 'subscripted' ? whole.target : whole;
    return { kind: 'subscripted', target, subscripts: numbered, span: NOWHERE };
  }
  return { kind: 'subscripted', target: factor(array), subscripts: subscripts as Subscript[], span: NOWHERE };
}
