import { children, type Node } from './node.ts';

/**
 * Every node below the roots, each once, parts before wholes. A loop, so depth is no limit.
 * @param opaque nodes that are listed, but whose parts are not
 */
export function topological(roots: readonly Node[], opaque?: (node: Node) => boolean): Node[] {
  const order: Node[] = [];
  const entered = new Set<Node>();
  const stack: { node: Node; next: number }[] = [];
  for (const root of roots) {
    if (entered.has(root)) continue;
    entered.add(root);
    stack.push({ node: root, next: 0 });
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const parts = opaque?.(top.node) ? [] : children(top.node);
      if (top.next < parts.length) {
        const part = parts[top.next++]!;
        if (!entered.has(part)) {
          entered.add(part);
          stack.push({ node: part, next: 0 });
        }
      } else {
        order.push(top.node);
        stack.pop();
      }
    }
  }
  return order;
}

/** How many places each node is used in below the roots (a root counts as one use). */
export function useCounts(roots: readonly Node[], order = topological(roots)): Map<Node, number> {
  const uses = new Map<Node, number>();
  for (const root of roots) uses.set(root, (uses.get(root) ?? 0) + 1);
  for (const node of order) for (const part of children(node)) uses.set(part, (uses.get(part) ?? 0) + 1);
  return uses;
}

/** The nodes below `root` that depend on one of `variables`, the variables included. */
export function dependents(order: readonly Node[], variables: Iterable<Node>): Set<Node> {
  const marked = new Set(variables);
  for (const node of order) {
    if (!marked.has(node) && children(node).some((part) => marked.has(part))) marked.add(node);
  }
  return marked;
}

/** Number of distinct nodes below the roots. */
export const nodeCount = (...roots: Node[]): number => topological(roots).length;
