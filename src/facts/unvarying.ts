import type { Graph } from '../graph/graph.ts';
import { type Contraction, distinct, type Node, UNIT } from '../graph/node.ts';

const DEEPEST = 4;
const MOST_PARTS = 8;

/** The node without an axis along which it is seen not to vary: what is stretched along it, and functions of that. */
export function withoutAxis(g: Graph, node: Node, axis: number, depth = 0): Node | undefined {
  if (depth > DEEPEST) return undefined;
  switch (node.kind) {
    case 'contraction':
      return ofContraction(g, node, axis, depth);
    case 'sum': {
      const terms = allOf(node.terms, (t) => withoutAxis(g, t, axis, depth + 1));
      return terms && g.add(terms);
    }
    case 'apply': {
      const args = node.args.length > 0 ? allOf(node.args, (a) => withoutAxis(g, a, axis, depth + 1)) : undefined;
      return args && g.apply(node.operator, ...args);
    }
    default:
      return undefined;
  }
}

function allOf(parts: readonly Node[], find: (part: Node) => Node | undefined): Node[] | undefined {
  const found: Node[] = [];
  if (parts.length > MOST_PARTS) return undefined;
  for (const part of parts) {
    const narrow = find(part);
    if (!narrow) return undefined;
    found.push(narrow);
  }
  return found;
}

function ofContraction(g: Graph, node: Contraction, axis: number, depth: number): Node | undefined {
  const index = node.result[axis]!;
  if (index === UNIT || !distinct(node.result)) return undefined;
  const factors = [...node.factors];
  const indices = node.indices.map((own) => [...own]);
  for (const [k, own] of indices.entries()) {
    for (let at = own.indexOf(index); at >= 0; at = own.indexOf(index)) {
      const narrow = withoutAxis(g, factors[k]!, at, depth + 1);
      if (!narrow) return undefined;
      factors[k] = narrow;
      own.splice(at, 1);
    }
  }
  const result = node.result.filter((_, k) => k !== axis);
  const sizes = new Map([...node.sizes.entries()].filter(([i]) => i !== index));
  return g.contract({ coefficient: node.coefficient, factors, indices, result, sizes });
}
