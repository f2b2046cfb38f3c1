import { addDims, type Dim, divideDims, multiplyDims } from '../graph/dimension.ts';
import { GradusError } from '../language/diagnostics.ts';
import { parseExpression } from '../language/parser.ts';
import type { Expr } from '../language/tree.ts';

/** A dimension of the option `shapes`: a number, or the text of a dimension. */
export const optionDim = (dim: number | string): Dim => (typeof dim === 'number' ? dim : dimension(parseExpression(dim)));

/** A declared dimension: integers, names, and sums, products and quotients of these. */
export function dimension(expr: Expr): Dim {
  if (expr.kind === 'number' && /^\d+$/.test(expr.text)) return Number(expr.text);
  if (expr.kind === 'name') return expr.name;
  const parts = expr.kind === 'call' ? expr.args.map(dimension) : [];
  const made = expr.kind === 'call' ? ARITHMETIC.get(expr.callee)?.(parts) : undefined;
  if (made !== undefined) return made;
  if (expr.kind === 'call' && expr.callee === '/') {
    throw new GradusError('shape', `${parts[0]} cannot be divided by ${parts[1]}`, {
      span: expr.span,
      hint: 'a dimension is divided by an integer or a product of names, and goes evenly: n/2, d/(2*h)',
    });
  }
  throw new GradusError('shape', 'a dimension is an integer, a name, or a sum, product or whole quotient of these', {
    span: expr.span,
  });
}

const negative = (a: Dim): Dim => multiplyDims(-1, a);

/** The arithmetic of dimensions, by the operators of the language. */
const ARITHMETIC: ReadonlyMap<string, (parts: readonly Dim[]) => Dim | undefined> = new Map([
  ['+', (parts: readonly Dim[]) => parts.reduce(addDims)],
  ['*', (parts: readonly Dim[]) => parts.reduce(multiplyDims)],
  ['-', ([a, b]: readonly Dim[]) => (b === undefined ? negative(a!) : addDims(a!, negative(b)))],
  ['/', ([a, b]: readonly Dim[]) => divideDims(a!, b!)],
]);
