import { addDims, type Dim, multiplyDims } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { isInteger, toNumber } from '../graph/rational.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { CallSite } from './language.ts';

/** The dimension that an argument such as `n`, `3` or `n+1` is. */
function dimensionOf(node: Node): Dim | undefined {
  if (node.kind === 'variable') return node.role === 'size' ? node.name : undefined;
  if (node.kind === 'sum') return fold(node.terms.map(dimensionOf), addDims);
  if (node.kind !== 'contraction' || !isInteger(node.coefficient)) return undefined;
  return fold([toNumber(node.coefficient), ...node.factors.map(dimensionOf)], multiplyDims);
}

const fold = (dims: readonly (Dim | undefined)[], join: (a: Dim, b: Dim) => Dim): Dim | undefined =>
  dims.includes(undefined) ? undefined : (dims as Dim[]).reduce(join);

/** The dimensions that a call's arguments are, from the given one on. */
export function dimensions(call: CallSite, from = 0): Dim[] {
  return call.args.slice(from).map(({ node }, at) => {
    const k = from + at;
    const dim = dimensionOf(node);
    if (dim === undefined || (typeof dim === 'number' && dim < 0)) {
      throw new GradusError('argument', `${call.name} needs dimensions; ${call.texts[k]} is not one`, {
        hint: 'a dimension is an integer or the name of a size',
      });
    }
    return dim;
  });
}
