import type { Graph } from '../graph/graph.ts';
import { inlineDefinitions } from '../graph/map.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { distributeTies } from '../simplify/compact.ts';
import { rememberOrigin } from './derived.ts';
import { derivatives, pushforward } from './forward.ts';
import { sweep } from './sweep.ts';

/**
 * Derivatives as expressions: without names for their adjoints, which nobody has asked to see. Where they run they are
 * found again from the stable form of what they are derivatives of. `x` is a variable or a definition.
 */

/** ∂f/∂x, [f…, x…]; of a scalar the gradient. */
export const jacobian = (g: Graph, f: Node, x: Node): Node =>
  remembered(g, x, [f], (graph, [of]) => plain(graph, derivatives(graph, of!, [x])[0]!, of!));

/** ∂ⁿf/∂x₁…∂xₙ, [f…, x₁…, …, xₙ…]. */
export const partial = (g: Graph, f: Node, by: readonly Node[]): Node => by.reduce((of, x) => jacobian(g, of, x), f);

/** J·v, of the shape of f: how f moves when x moves by v. One forward sweep. */
export const jacobianProduct = (g: Graph, f: Node, x: Node, v: Node): Node =>
  remembered(g, x, [f, v], (graph, [of, along]) => pushforward(graph, of!, x, along!));

/** vᵀ·J, of the shape of x: what arrives at x when v arrives at f. One reverse sweep. */
export const productJacobian = (g: Graph, f: Node, x: Node, v: Node): Node =>
  remembered(g, x, [f, v], (graph, [of, arriving]) => plain(graph, sweep(graph, of!, [x], arriving!)[0]!, of!, arriving!));

/** H·v, of the shape of x, without H: the derivative of ⟨∂f/∂x, v⟩ (Pearlmutter 1994). */
export const hessianProduct = (g: Graph, f: Node, x: Node, v: Node): Node => productJacobian(g, jacobian(g, f, x), x, v);

function remembered(g: Graph, x: Node, of: readonly Node[], find: (g: Graph, of: readonly Node[]) => Node): Node {
  const found = find(g, of);
  // A definition does not outlast the passes that bring a form into a stable one.
  if (x.kind === 'variable') rememberOrigin(found, { of, again: find });
  return found;
}

/** The sweep's own names gone; those of what was derived stay. */
function plain(g: Graph, found: Node, ...of: readonly Node[]): Node {
  const own = new Set(topological(of));
  return distributeTies(g, inlineDefinitions(g, [found], (d) => !own.has(d))[0]!);
}
