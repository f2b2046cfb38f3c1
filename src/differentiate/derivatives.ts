import type { Graph } from '../graph/graph.ts';
import { inlineDefinitions, mapGraph } from '../graph/map.ts';
import type { Node, Variable } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { compactView, distributeTies } from '../simplify/compact.ts';
import { derivativeNode } from './derivative-node.ts';
import { derivatives, pushforward } from './forward.ts';
import { sweep } from './sweep.ts';

/**
 * Derivatives as expressions, still to be found: without names for their adjoints, which nobody has asked to see. `x` is a
 * variable or a definition.
 */

/** Of the parts f, x and v. */
const BY = 1;

/** ∂f/∂x, [f…, x…]; of a scalar the gradient. */
export const jacobian = (g: Graph, f: Node, x: Node): Node =>
  derivativeNode(
    g,
    'jacobian',
    [...f.shape, ...x.shape],
    [f, x],
    (graph, [of, by]) => plain(graph, derivatives(graph, of!, [by!])[0]!, of!),
    BY,
  );

/** ∂ⁿf/∂x₁…∂xₙ, [f…, x₁…, …, xₙ…]. */
export const partial = (g: Graph, f: Node, by: readonly Node[]): Node => by.reduce((of, x) => jacobian(g, of, x), f);

/** J·v, of the shape of f: how f moves when x moves by v. One forward sweep. */
export const jacobianProduct = (g: Graph, f: Node, x: Node, v: Node): Node =>
  derivativeNode(g, 'jvp', f.shape, [f, x, v], (graph, [of, by, along]) => pushforward(graph, of!, by!, along!), BY);

/** vᵀ·J, of the shape of x: what arrives at x when v arrives at f. One reverse sweep. */
export const productJacobian = (g: Graph, f: Node, x: Node, v: Node): Node =>
  derivativeNode(
    g,
    'vjp',
    x.shape,
    [f, x, v],
    (graph, [of, by, arriving]) => plain(graph, sweep(graph, of!, [by!], arriving!)[0]!, of!, arriving!),
    BY,
  );

/** H·v, of the shape of x, without H: the derivative of ⟨∂f/∂x, v⟩ (Pearlmutter 1994). */
export const hessianProduct = (g: Graph, f: Node, x: Node, v: Node): Node => productJacobian(g, jacobian(g, f, x), x, v);

/** A derivative at the arguments that its variables stand for. */
export function derivativeAt(g: Graph, node: Node, values: ReadonlyMap<Variable, Node>): Node {
  if (values.size === 0) return node;
  const variables = [...values.keys()];
  const key = `at|${variables.map((v) => v.id).join()}`;
  return derivativeNode(g, key, node.shape, [node, ...values.values()], (graph, [derived, ...at]) =>
    put(graph, derived!, variables, at),
  );
}

/**
 * Entries of a derivative, which `entries` takes of the variable that stands for it, linear in that. They are taken of each of its
 * terms: where only such entries are not zero, no others are ever formed.
 */
export const entriesOfDerivative = (g: Graph, node: Node, whole: Variable, entries: Node): Node =>
  derivativeNode(g, `entries|${whole.id}`, entries.shape, [node, entries], (graph, [derived, of]) => {
    const compact = compactView(graph, derived!);
    const terms = compact.kind === 'sum' ? compact.terms : [compact];
    return graph.add(terms.map((term) => put(graph, of!, [whole], [term])));
  });

const put = (g: Graph, node: Node, variables: readonly Node[], values: readonly Node[]): Node =>
  mapGraph(g, [node], (n) => values[variables.indexOf(n)] ?? n)[0]!;

/** The sweep's own names gone; those of what was derived stay. */
function plain(g: Graph, found: Node, ...of: readonly Node[]): Node {
  const own = new Set(topological(of));
  return distributeTies(g, inlineDefinitions(g, [found], (d) => !own.has(d))[0]!);
}
