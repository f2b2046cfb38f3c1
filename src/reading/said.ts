import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import type { Apply, Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';

const isDefinition = (node: Node): boolean => node.kind === 'definition';
const hasWords = (node: Node): boolean => node.kind === 'apply' && node.operator.said !== undefined;

/**
 * Nodes as people write them: y·ln a for what is 0 where y is, though ln a have no value.
 * @param stop what stays as it is; names, unless told
 */
export function asSaid(g: Graph, node: Node, stop: (node: Node) => boolean = isDefinition): Node {
  if (!topological([node], stop).some(hasWords)) return node;
  const say = (n: Node): Node => (hasWords(n) && n.kind === 'apply' ? appliedAsSaid(g, n, (arg) => arg) : n);
  return mapGraph(g, [node], say, stop)[0]!;
}

/** A function of other arguments, in another graph. */
export function appliedAsSaid(g: Graph, { operator, args }: Apply, of: (arg: Node) => Node): Node {
  const own = args.map(of);
  return operator.said?.(g, ...own) ?? g.apply(operator, ...own);
}
