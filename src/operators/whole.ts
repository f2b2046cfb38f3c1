import { leastOf } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import type { Node } from '../graph/node.ts';
import { isInteger, isNegative, toNumber } from '../graph/rational.ts';

/** The least value of what is a whole number everywhere: lengths, indices, and what these add and multiply up to. */
export function leastWhole(node: Node): number | undefined {
  const number = constantOf(node);
  if (number) return isInteger(number) ? toNumber(number) : undefined;
  switch (node.kind) {
    case 'variable':
      return node.role === 'size' ? leastOf(node.name) : undefined;
    case 'affine':
      return !node.test && typeof node.offset === 'number' && node.steps.every((step) => typeof step === 'number' && step >= 0)
        ? node.offset
        : undefined;
    case 'sum':
      return node.terms.map(leastWhole).reduce((a, b) => (a === undefined || b === undefined ? undefined : a + b));
    case 'contraction': {
      if (!isInteger(node.coefficient) || isNegative(node.coefficient)) return undefined;
      const factors = node.factors.map(leastWhole);
      return factors.some((least) => least === undefined || least < 0)
        ? undefined
        : factors.reduce<number>((product, least) => product * least!, toNumber(node.coefficient));
    }
    default:
      return undefined;
  }
}
