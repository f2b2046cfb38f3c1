import type { Shape } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import { rebuild } from '../graph/map.ts';
import type { ArrayApply, Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { type ArrayOperator, internalOperator } from '../operators/array.ts';

/**
 * A derivative within an expression is a node of what it is made of: the function, what it is derived by, a direction. Who
 * reads expands it as it is written; who runs it expands it of the stable form of its function. Nothing else meets it.
 */
export interface DerivativeOperator extends ArrayOperator {
  /** The derivative, of parts in which no other one stands. */
  readonly find: Find;
  /** Which of the parts it is taken by. */
  readonly by?: number;
}

/** @param parts those of the node, in other forms */
export type Find = (g: Graph, parts: readonly Node[]) => Node;

export type DerivativeNode = ArrayApply & { readonly operator: DerivativeOperator };

export const isDerivativeNode = (node: Node): node is DerivativeNode => node.kind === 'array' && 'find' in node.operator;

/**
 * A derivative that is still to be found.
 * @param key tells it from others of the same parts
 */
export function derivativeNode(g: Graph, key: string, shape: Shape, parts: readonly Node[], find: Find, by?: number): Node {
  const cells = parts.map((part) => part.shape.length);
  const record = internalOperator('derivative', `derivative|${key}`, cells, () => shape);
  const operator: DerivativeOperator = { ...record, find, ...(by !== undefined && { by }) };
  return g.array(operator, ...parts);
}

/** An expression with the derivatives within it found as they are written; what several of them share is found once. */
export function expander(g: Graph): (root: Node) => Node {
  const done = new Map<Node, Node>();
  return (root) => {
    for (const node of topological([root], (n) => done.has(n))) {
      if (done.has(node)) continue;
      const made = rebuild(g, node, (part) => done.get(part)!);
      done.set(node, isDerivativeNode(made) ? made.operator.find(g, made.args) : made);
    }
    return done.get(root)!;
  };
}

export const expandDerivatives = (g: Graph, root: Node): Node => expander(g)(root);
