import { children, type Node, type Recurrence } from './node.ts';

/**
 * Every node below the roots, each once, parts before wholes. A loop, so depth is no limit.
 * @param opaque nodes that are listed, but whose parts are not
 * @param partsOf what counts as the parts of a node
 */
export function topological(
  roots: readonly Node[],
  opaque?: (node: Node) => boolean,
  partsOf: (node: Node) => readonly Node[] = children,
): Node[] {
  const order: Node[] = [];
  const entered = new Set<Node>();
  // The nodes on the way down, the parts of each, and how many of these have been entered.
  const path: Node[] = [];
  const parts: (readonly Node[])[] = [];
  const next: number[] = [];
  const enter = (node: Node): void => {
    entered.add(node);
    const own = opaque?.(node) ? NO_PARTS : partsOf(node);
    if (own.length === 0) {
      order.push(node);
      return;
    }
    path.push(node);
    parts.push(own);
    next.push(0);
  };
  for (const root of roots) {
    if (entered.has(root)) continue;
    enter(root);
    while (path.length > 0) {
      const top = path.length - 1;
      const own = parts[top]!;
      let at = next[top]!;
      while (at < own.length && entered.has(own[at]!)) at++;
      next[top] = at + 1;
      if (at < own.length) enter(own[at]!);
      else {
        order.push(path.pop()!);
        parts.pop();
        next.pop();
      }
    }
  }
  return order;
}

const NO_PARTS: readonly Node[] = [];

/** Whether there are no more nodes than that below the roots; what is larger is not gone through. */
export function isAtMost(most: number, roots: readonly Node[], opaque: (node: Node) => boolean): boolean {
  const seen = new Set(roots);
  const open = [...roots];
  for (let node = open.pop(); node && seen.size <= most; node = open.pop()) {
    if (opaque(node)) continue;
    for (const part of children(node)) {
      if (seen.has(part)) continue;
      seen.add(part);
      open.push(part);
    }
  }
  return seen.size <= most;
}

/** What a node's value is computed from: a recurrence from what its step reads, not from the step for all times. */
export function valueParts(node: Node): readonly Node[] {
  return node.kind === 'recurrence' ? [node.init, ...outside(node)] : children(node);
}

/** What a node is made of but the steps of recurrences, for walks that go through these by themselves. */
export function partsButSteps(node: Node): readonly Node[] {
  return node.kind === 'recurrence' ? [node.init] : children(node);
}

/** The nodes that a recurrence's steps read and that are the same whatever it carries. */
export function outside(recurrence: Pick<Recurrence, 'body'>): Node[] {
  const body = recurrence.body();
  const leaves = new Set<Node>([body.previous, ...body.slices.map((s) => s.variable)]);
  const order = topological([body.value]);
  const moving = dependents(order, leaves);
  const found = new Set<Node>(body.slices.map((s) => s.source));
  for (const node of order) {
    if (!moving.has(node)) continue;
    for (const part of children(node)) if (!moving.has(part)) found.add(part);
  }
  if (!moving.has(body.value)) found.add(body.value);
  return [...found];
}

/** How many places each node is used in below the roots (a root counts as one use). */
export function useCounts(roots: readonly Node[], order = topological(roots)): Map<Node, number> {
  const uses = new Map<Node, number>();
  for (const root of roots) uses.set(root, (uses.get(root) ?? 0) + 1);
  for (const node of order) for (const part of children(node)) uses.set(part, (uses.get(part) ?? 0) + 1);
  return uses;
}

/**
 * The nodes below `root` that depend on one of `variables`, the variables included.
 * @param partsOf what counts as the parts of a node
 */
export function dependents(
  order: readonly Node[],
  variables: Iterable<Node>,
  partsOf: (node: Node) => readonly Node[] = children,
): Set<Node> {
  const marked = new Set(variables);
  for (const node of order) {
    if (!marked.has(node) && partsOf(node).some((part) => marked.has(part))) marked.add(node);
  }
  return marked;
}

/** The nodes of a step as it is written for all times: they wait for what a recurrence carries, and have no value. */
export function carriedAlong(order: readonly Node[]): Set<Node> {
  const found = new Set<Node>();
  for (const node of order) {
    const waits = node.kind === 'variable' ? node.role === 'state' : children(node).some((part) => found.has(part));
    if (waits && node.kind !== 'recurrence') found.add(node);
  }
  return found;
}

/** Number of distinct nodes below the roots. */
export const nodeCount = (...roots: Node[]): number => topological(roots).length;
