import type { Contraction, Node } from '../graph/node.ts';
import { UNIT } from '../graph/node.ts';
import type { Expr, Subscript } from '../language/tree.ts';
import { columnShape } from '../operators/builder.ts';
import { dimExpr } from './read.ts';
import { call, indexed, NOWHERE, name, numeralOf, product, subscripted } from './syntax.ts';

/** The letters that indices are written with, in the order in which people use them. */
const LETTERS = 'ijklpqrstuvw';

/** The result's entries, and the left side of a definition by them. */
export interface IndexForm {
  readonly entries: Expr;
  readonly subscripts: readonly Subscript[];
}

/**
 * A contraction entry by entry: `sum[k](A[i,k]*B[k,j])`, an expression of the result's indices. Where the result has
 * indices of its own, an array is to be defined by these entries.
 * @param taken names that an index cannot have
 */
export function indexForm(
  node: Contraction,
  factor: (f: Node) => Expr,
  scale: (array: Expr) => Expr,
  taken: ReadonlySet<string>,
): IndexForm {
  const letters = indexNames(node.sizes.length + node.result.length, taken);
  const own = (i: number): string => letters[i]!;
  // A result axis has the name of its index, or one of its own where an earlier axis has that: a diagonal.
  const axes = node.result.map((i, axis) =>
    i !== UNIT && node.result.indexOf(i) === axis ? own(i) : letters[node.sizes.length + axis]!,
  );
  const parts = node.factors.flatMap((f, k) => {
    const indices = node.indices[k]!;
    if (indices.every((i) => i === UNIT)) return [];
    const places = columnShape(f.shape).map((_, axis) => (indices[axis] === UNIT ? numeralOf(1) : name(own(indices[axis]!))));
    return [subscripted(factor(f), places)];
  });
  const deltas = diagonals(node).map(([first, again]) => {
    const size = dimExpr(node.sizes[node.result[first]!]!);
    return subscripted(call('eye', size), [name(axes[first]!), name(axes[again]!)]);
  });
  const summed = node.sizes.map((_, i) => i).filter((i) => !node.result.includes(i));
  const body = product('*', [...parts, ...deltas]);
  const entries = scale(summed.length > 0 ? indexed('sum', summed.map(own), body) : body);
  return { entries, subscripts: leftSide(node, axes) };
}

/** An index that no factor ranges over says how far it goes. */
function leftSide(node: Contraction, axes: readonly string[]): Subscript[] {
  const attached = new Set(node.indices.flat());
  return columnShape(node.shape).map((size, axis) => {
    const index = axes[axis]!;
    const own = node.result[axis]!;
    if (own !== UNIT && attached.has(own) && node.result.indexOf(own) === axis)
      return { kind: 'at', index: name(index), span: NOWHERE };
    return { kind: 'binder', index: { name: index, from: numeralOf(1), to: dimExpr(size), span: NOWHERE }, span: NOWHERE };
  });
}

function indexNames(count: number, taken: ReadonlySet<string>): string[] {
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
