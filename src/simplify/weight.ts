import { constantOf } from '../graph/forms.ts';
import { isConstant, type Node } from '../graph/node.ts';
import { isOne } from '../graph/rational.ts';
import { exp, pow, pseudoinverse } from '../operators/power.ts';

/** Weights of nodes that are weighed together; one map a piece of work. */
export type Weights = Map<Node, number>;

const HEAVIEST = 1e6;

/**
 * About how many characters a node takes when it is written out. Saturates, since written out a shared graph can be
 * exponentially long. Looks only a few levels down: it decides between forms of one size, not between giants.
 */
export function weight(node: Node, weights: Weights = new Map(), depth = 12): number {
  const known = weights.get(node);
  if (known !== undefined) return known;
  const w = Math.min(HEAVIEST, own(node, weights, depth));
  weights.set(node, w);
  return w;
}

function own(node: Node, weights: Weights, depth: number): number {
  return depth === 0 ? 20 : ownWeight(node, (part) => weight(part, weights, depth - 1));
}

/** The weight of a node from those of its parts. */
export function ownWeight(node: Node, of: (part: Node) => number): number {
  switch (node.kind) {
    case 'variable':
    case 'definition':
      return node.name.length;
    case 'contraction': {
      if (isConstant(node)) return 1;
      const numeral = isOne(node.coefficient) ? 0 : 2;
      return node.factors.reduce((total, f) => total + of(f) + (f.kind === 'sum' ? 2 : 0) + 1, numeral - 1);
    }
    case 'sum':
      return node.terms.reduce((total, t) => total + of(t) + 1, -1);
    case 'affine':
      return node.shape.length + 4;
    case 'recurrence':
      return of(node.init) + of(node.step) + 10;
    case 'array':
      return node.args.reduce((total, a) => total + of(a) + 1, node.operator.name.length + 1);
    case 'apply': {
      const args = node.args.reduce((total, a) => total + of(a), 0);
      // aᵘ is taken out of a sum as exp(u) is.
      if (node.operator === pow && constantOf(node.args[1]!) === undefined) return args + exp.name.length + 2;
      return args + (node.operator === pow || node.operator === pseudoinverse ? 1 : node.operator.name.length + 2);
    }
  }
}
