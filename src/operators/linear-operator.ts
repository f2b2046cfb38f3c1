import { isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { isOne } from '../graph/rational.ts';
import type { ArrayOperator } from './array.ts';

/** The form of a linear operator of one array: of zeros zeros, of c·x c times that of x. */
export function linearForm(g: Graph, operator: ArrayOperator, x: Node): Node | undefined {
  if (isZeroNode(x)) return x;
  const { coefficient, core } = g.splitCoefficient(x);
  return isOne(coefficient) ? undefined : g.scale(coefficient, g.array(operator, core));
}
