import type { Dim, Shape } from '../graph/dimension.ts';
import { axes, isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Apply, type Contraction, isGivenValues, type Node } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import { withinChoice } from '../simplify/choices.ts';
import { mustMove } from '../simplify/known-sums.ts';
import { differentiate, identity, isProduct, pullback, sweep } from './sweep.ts';
import { ofNewest, reachedFrom } from './through-time.ts';

/** A dimension's name counts as this many, where lengths are compared and data have not told. */
const USUAL_LENGTH = 100;

const entries = (shape: Shape): number => shape.reduce<number>((n, dim) => n * (typeof dim === 'number' ? dim : USUAL_LENGTH), 1);

/**
 * The derivatives of `objective` by each of `variables`, [objective…, variable…]: in one reverse sweep, whose adjoints
 * carry the objective's axes, or forward, with tangents that carry the variable's, whichever are fewer entries.
 * The two are equal; what differs is the work (Griewank and Walther, Evaluating Derivatives, ch. 3). Without an
 * observer only: a derivation is always told backwards.
 */
export function derivatives(g: Graph, objective: Node, variables: readonly Node[]): Node[] {
  if (!prefersForward(objective, variables)) return differentiate(g, objective, variables);
  return variables.map((v) => pushforward(g, objective, v, identity(g, v.shape)));
}

/** Whether all the tangents together have fewer entries than one adjoint. */
export const prefersForward = (objective: Node, variables: readonly Node[]): boolean =>
  variables.reduce((n, v) => n + entries(v.shape), 0) < entries(objective.shape);

/**
 * How the root moves when the variable moves by `seed`, [variable…, back…]: one forward sweep in which every node's
 * tangent, [node…, back…], comes from those of its parts. With the identity as the seed this is the Jacobian.
 */
export function pushforward(g: Graph, root: Node, variable: Node, seed: Node): Node {
  mustMove([variable]);
  const order = topological([root], undefined, reachedFrom);
  const active = dependents(order, [variable], reachedFrom);
  const back = seed.shape.slice(variable.shape.length);
  const names = new Map<Node, Node>(order.flatMap((n) => (n.kind === 'definition' ? [[n.value, n] as const] : [])));
  const tangents = new Map<Node, Node>([[variable, seed]]);
  for (const node of order) {
    if (!active.has(node) || node === variable) continue;
    const terms = reachedFrom(node).flatMap((part, position) => {
      const tangent = tangents.get(part);
      return tangent ? [moved(g, node, position, tangent, back, names.get(node) ?? node)] : [];
    });
    const moving = terms.filter((term) => !isZeroNode(term));
    if (moving.length > 0) tangents.set(node, g.add(moving));
  }
  return tangents.get(root) ?? g.constant(0, [...root.shape, ...back]);
}

/** How a node moves with its part at `position`. */
function moved(g: Graph, node: Node, position: number, tangent: Node, back: Shape, result: Node): Node {
  switch (node.kind) {
    case 'contraction':
      return productRule(g, node, position, tangent, back);
    case 'apply':
      return chainRule(g, node, position, tangent, back, result);
    case 'sum':
      return tangent;
    case 'definition':
      return isGivenValues(node) ? g.constant(0, [...node.shape, ...back]) : tangent;
    case 'recurrence':
      return transposed(g, node, position, ofNewest(g, node, tangent, node.shape.length - 1), back, result);
    default:
      return transposed(g, node, position, tangent, back, result);
  }
}

/** A contraction is linear in each factor: the factor's tangent takes its place. */
function productRule(g: Graph, node: Contraction, position: number, tangent: Node, back: Shape): Node {
  const tail = axes(back, node.sizes.length);
  return g.contract({
    coefficient: node.coefficient,
    factors: node.factors.map((f, k) => (k === position ? tangent : f)),
    indices: node.indices.map((own, k) => (k === position ? [...own, ...tail.result] : own)),
    result: [...node.result, ...tail.result],
    sizes: new Map<number, Dim>([...node.sizes.entries(), ...tail.sizes]),
  });
}

/** Entry by entry, the operator's own partial derivative times the tangent. */
function chainRule(g: Graph, node: Apply, position: number, tangent: Node, back: Shape, result: Node): Node {
  const own = axes(node.shape);
  const tail = axes(back, node.shape.length);
  const { route } = node.operator;
  if (route) {
    const places = node.shape.map((_, axis) => axis);
    const args = node.args.map((a) => g.broadcast(a, [...node.shape, ...back], places));
    return route(g, args, tangent, position);
  }
  const partial = node.operator.partials[position]!(g, node.args, result);
  const full = [...own.result, ...tail.result];
  return withinChoice(g, tangent, (inner) =>
    g.contract(
      { factors: [partial, inner], indices: [own.result, full], result: full, sizes: new Map([...own.sizes, ...tail.sizes]) },
      (c) => c === partial && isProduct(c),
    ),
  );
}

/**
 * A pullback is linear in what arrives, and its transpose is the pushforward: with c for what arrives, the derivative
 * of ⟨pullback(c), tangent⟩ by c. So no operator needs a second rule, and no local Jacobian is formed.
 */
function transposed(g: Graph, node: Node, position: number, tangent: Node, back: Shape, result: Node): Node {
  const arriving = g.state('c', node.shape);
  const pulled = pullback(g, node, position, arriving, [], result);
  if (isZeroNode(pulled)) return g.constant(0, [...node.shape, ...back]);
  const own = axes(pulled.shape);
  const tail = axes(back, pulled.shape.length);
  const product = g.contract({
    factors: [pulled, tangent],
    indices: [own.result, [...own.result, ...tail.result]],
    result: tail.result,
    sizes: new Map([...own.sizes, ...tail.sizes]),
  });
  const [found] = sweep(g, product, [arriving], identity(g, back));
  const front = axes(back);
  const ahead = axes(node.shape, back.length);
  return g.contract({
    factors: [found!],
    indices: [[...front.result, ...ahead.result]],
    result: [...ahead.result, ...front.result],
    sizes: new Map([...front.sizes, ...ahead.sizes]),
  });
}
