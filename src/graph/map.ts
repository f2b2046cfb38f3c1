import type { Graph } from './graph.ts';
import { type Definition, isGivenValues, isHolding, type Node } from './node.ts';
import { topological } from './traverse.ts';

/** The same node over other parts: what every rewriting pass does with a node that it does not care about. */
export function rebuild(g: Graph, node: Node, part: (child: Node) => Node): Node {
  switch (node.kind) {
    case 'variable':
    case 'affine':
      return node;
    case 'contraction':
      return node.factors.every((f) => part(f) === f) ? node : g.contract({ ...node, factors: node.factors.map(part) });
    case 'sum':
      return node.terms.every((t) => part(t) === t) ? node : g.add(node.terms.map(part));
    case 'apply':
      return node.args.every((a) => part(a) === a) ? node : g.apply(node.operator, ...node.args.map(part));
    case 'array':
      return node.args.every((a) => part(a) === a) ? node : g.array(node.operator, ...node.args.map(part));
    case 'recurrence': {
      const [init, step] = [part(node.init), part(node.step)];
      return init === node.init && step === node.step ? node : g.recurrence(node.previous, init, step, node.axis, node.backward);
    }
    case 'definition':
      if (part(node.value) === node.value) return node;
      if (isHolding(node)) return g.hold(part(node.value));
      if (isGivenValues(node)) return given(g, part(node.value));
      return g.define(node.name, part(node.value), {
        ...(node.first !== undefined && { first: node.first }),
        ...(node.part && { part: true }),
      });
  }
}

const given = (g: Graph, values: Node): Node => (values.kind === 'recurrence' ? g.given(values) : values);

/**
 * Rewrites a graph from its leaves up; `rewrite` sees each node with its parts rewritten.
 * @param stop nodes that stay as they are
 */
export function mapGraph(
  g: Graph,
  roots: readonly Node[],
  rewrite: (node: Node, original: Node) => Node,
  stop?: (node: Node) => boolean,
): Node[] {
  const done = new Map<Node, Node>();
  for (const node of topological(roots, stop))
    done.set(node, rewrite(stop?.(node) ? node : rebuild(g, node, (child) => done.get(child)!), node));
  return roots.map((root) => done.get(root)!);
}

/** The graph without names, or without those chosen: definitions replaced by their values. */
export function inlineDefinitions(
  g: Graph,
  roots: readonly Node[],
  chosen: (definition: Definition) => boolean = () => true,
): readonly Node[] {
  if (!topological(roots).some((node) => node.kind === 'definition')) return roots;
  return mapGraph(g, roots, (node, original) =>
    original.kind === 'definition' && node.kind === 'definition' && chosen(original) ? node.value : node,
  );
}
