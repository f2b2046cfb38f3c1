import { addDims, type Dim, divideDims, multiplyDims } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import type { Node } from '../graph/node.ts';
import { isInteger, isNegative } from '../graph/rational.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Builder } from './builder.ts';
import type { CallSite } from './language.ts';
import { pow } from './power.ts';

/** The dimension that an argument such as `n`, `3` or `n+1` is. */
function dimensionOf(node: Node): Dim | undefined {
  if (node.kind === 'variable') return node.role === 'size' ? node.name : undefined;
  if (node.kind === 'sum') return fold(node.terms.map(dimensionOf), addDims);
  if (node.kind === 'apply') return node.operator === pow ? powerOf(node.args[0]!, node.args[1]!) : undefined;
  if (node.kind !== 'contraction') return undefined;
  const { n, d, s } = node.coefficient;
  const whole = fold([Number(s * n), ...node.factors.map(dimensionOf)], multiplyDims);
  return d === 1n || whole === undefined ? whole : divideDims(whole, Number(d));
}

/** n², 1/k. */
function powerOf(base: Node, exponent: Node): Dim | undefined {
  const [of, p] = [dimensionOf(base), constantOf(exponent)];
  if (of === undefined || !p || !isInteger(p) || p.n > LARGEST_POWER) return undefined;
  const power = Array.from({ length: Number(p.n) }, () => of).reduce(multiplyDims, 1);
  return isNegative(p) ? divideDims(1, power) : power;
}

const LARGEST_POWER = 8n;

const fold = (dims: readonly (Dim | undefined)[], join: (a: Dim, b: Dim) => Dim): Dim | undefined =>
  dims.includes(undefined) ? undefined : (dims as Dim[]).reduce(join);

/** The dimensions that a call's arguments are, from the given one on. */
export function dimensions(b: Builder, call: CallSite, from = 0): Dim[] {
  return call.args.slice(from).map(({ node }, at) => {
    const k = from + at;
    const dim = dimensionOf(node);
    if (dim === undefined || (typeof dim === 'number' && dim < 0)) {
      throw new GradusError('argument', `${call.name} needs dimensions; ${call.texts[k]} is not one`, {
        hint: 'a dimension is an integer, the name of a size, or a sum, product or whole quotient of these',
      });
    }
    b.takesDimension(dim);
    return dim;
  });
}
