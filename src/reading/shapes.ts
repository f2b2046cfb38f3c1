import { addDims, type Dim, quotientOf, type Shape, type Term } from '../graph/dimension.ts';
import { type Definition, UNIT } from '../graph/node.ts';
import type { Expr } from '../language/tree.ts';
import { columnShape } from '../operators/builder.ts';
import { call, NOWHERE, name, negative, numeralOf, product, subscripted } from './syntax.ts';

export const axisIndices = (shape: Shape): number[] => shape.map((size, axis) => (size === 1 ? UNIT : axis));

export function dimExpr(dim: Dim): Expr {
  if (typeof dim === 'number') return numeralOf(dim);
  const { above, below } = quotientOf(dim);
  const over = (top: Expr): Expr => (isUnit(below) ? top : call('/', top, termExpr(below)));
  const size = (term: Term): Expr => termExpr({ ...term, coefficient: Math.abs(term.coefficient) });
  const [first] = above;
  if (above.length === 1 && first!.coefficient < 0) return negative(over(size(first!)));
  // n - k rather than -k + n.
  const lead = Math.max(
    0,
    above.findIndex((t) => t.coefficient > 0),
  );
  const ordered = [above[lead]!, ...above.filter((_, k) => k !== lead)];
  const exprs = ordered.map((term) => (term.coefficient < 0 ? negative(size(term)) : size(term)));
  return over(exprs.length === 1 ? exprs[0]! : call('+', ...exprs));
}

const isUnit = ({ coefficient, names }: Term): boolean => coefficient === 1 && names.length === 0;

function termExpr({ coefficient, names }: Term): Expr {
  const factors = names.map((n) => name(n));
  return product('*', coefficient === 1 && factors.length > 0 ? factors : [numeralOf(coefficient), ...factors]);
}

/** The shape that covers the given indices of the result, and has length 1 elsewhere. */
export function coveredShape(covers: readonly number[], result: readonly number[], shape: Shape): Shape {
  return columnShape(result.map((i, axis) => (i !== UNIT && covers.includes(i) ? shape[axis]! : 1)));
}

/** The shape that parts stretch to among themselves, in the axes of the whole. */
export function stretchedShape(parts: readonly Shape[], whole: Shape): Shape {
  const stretched: Dim[] = whole.map(() => 1);
  for (const part of parts) {
    const offset = whole.length <= 2 ? 0 : whole.length - part.length;
    part.forEach((size, axis) => {
      if (size !== 1) stretched[offset + axis] = size;
    });
  }
  return columnShape(stretched);
}

/** The array that a definition's name stands for; of one that has numbers of its own, `h[2:5]`, which counts from 1 again. */
export function definedName({ first, shape }: Definition, own: Expr): Expr {
  if (first === undefined) return own;
  const [size] = shape;
  if (size === undefined) return subscripted(own, [dimExpr(first)]);
  const [from, to] = [dimExpr(first), dimExpr(addDims(first, addDims(size, -1)))];
  return { kind: 'subscripted', target: own, subscripts: [{ kind: 'range', from, to, span: NOWHERE }], span: NOWHERE };
}
