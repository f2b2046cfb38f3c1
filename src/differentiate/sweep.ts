import { symmetrised } from '../facts/symmetry.ts';
import type { Dim, Shape } from '../graph/dimension.ts';
import { axes, constantOf, isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { stateOf } from '../graph/named-steps.ts';
import {
  type Apply,
  type Contraction,
  type Definition,
  isConstant,
  isGivenValues,
  isHolding,
  isNamed,
  type Node,
  UNIT,
} from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import { transposed, turned } from '../graph/views.ts';
import { Pullback } from '../operators/array.ts';
import { isDeclaredSymmetric } from '../operators/declared.ts';
import { withinChoice } from '../simplify/choices.ts';
import { mustMove } from '../simplify/known-sums.ts';
import { leavingSteps, ofNewest, reachedFrom, throughTime } from './through-time.ts';

/** One application of a rule: what `node` passes to one of its parts. The derivation is made of these. */
export interface Application {
  readonly node: Node;
  /** Which of the node's parts; the same part may stand at several positions. */
  readonly position: number;
  readonly part: Node;
  /** The derivative of the objective by the node. */
  readonly adjoint: Node;
  /** What this position adds to the derivative by the part. */
  readonly contribution: Node;
}

export interface Observer {
  application?(application: Application): void;
  /** All that arrives at a node has been added up. */
  adjoint?(node: Node, adjoint: Node): void;
}

/**
 * The derivatives of `objective` by each of `variables`, in one reverse sweep: every node is visited after all of its
 * users, what arrives is added up, and the rule of its kind says what goes on to its parts. An adjoint carries the
 * objective's own axes in front, [objective…, node…], so the same sweep gives gradients and Jacobians.
 * Cost: linear in the number of nodes (Griewank and Walther, Evaluating Derivatives, ch. 3).
 *
 * The adjoint of a definition `Z = …` is a definition `dZ = …`, which keeps each step as short as the user's own.
 */
export function differentiate(g: Graph, objective: Node, variables: readonly Node[], observe?: Observer): Node[] {
  return sweep(g, objective, variables, identity(g, objective.shape), observe);
}

/** What arrives at each of the variables when `seed`, [front…, root…], arrives at the root. */
export function sweep(
  g: Graph,
  objective: Node,
  variables: readonly Node[],
  seed: Node,
  observe?: Observer,
  isNaming = true,
): Node[] {
  mustMove(variables);
  const order = topological([objective], undefined, reachedFrom);
  const naming = isNaming ? new Naming(g, order) : undefined;
  const active = dependents(order, variables, reachedFrom);
  const front = seed.shape.slice(0, seed.shape.length - objective.shape.length);
  // A rule that uses the result says its name: dA ⊙ A ⊙ (1 − A), not dA ⊙ σ(Z) ⊙ (1 − σ(Z)).
  const names = new Map<Node, Node>(order.flatMap((n) => (isNamed(n) ? namesWithin(g, n) : [])));
  const held = new Map<Node, Node>(order.flatMap((n) => (isHolding(n) ? [[n.value, n] as const] : [])));
  // The step of a recurrence, resolved, gives what the recurrence gives.
  for (const n of order) if (n.kind === 'recurrence') names.set(n.resolved(), names.get(n) ?? n);
  const known = (n: Node): Node => names.get(n) ?? g.steps.nameOfValues(n) ?? held.get(n) ?? n;
  const outside = leavingSteps(g, order, known);
  const arriving = new Map<Node, Node[]>([[objective, [seed]]]);
  const adjoints = new Map<Node, Node>();
  const place = new Map(order.map((node, at) => [node, at]));

  for (let at = order.length - 1; at >= 0; at--) {
    const node = order[at]!;
    const arrived = arriving.get(node);
    if (!arrived || !active.has(node)) continue;
    // The sweep runs backwards; people add up in the order in which the parts were written.
    let adjoint = g.add(arrived.reverse());
    // A symmetric matrix moves by symmetric steps only: its gradient is the symmetric part.
    if (node.kind === 'variable' && isDeclaredSymmetric(node.facts)) adjoint = symmetrised(g, adjoint);
    if (isNamed(node) && !node.part && node !== objective && naming) adjoint = named(naming, node, adjoint);
    // What arrives at a step's own quantities, gates and states, has names too.
    const computed = naming && front.length === 0 ? g.steps.nameOfResolved(node) : undefined;
    if (computed && !isNamed(adjoint) && !isConstant(adjoint))
      adjoint = naming!.give(`δ${computed.name}`, adjoint, computed.first);
    adjoints.set(node, adjoint);
    observe?.adjoint?.(node, adjoint);
    if (isZeroNode(adjoint)) continue;
    reachedFrom(node).forEach((part, position) => {
      if (!active.has(part)) return;
      const contribution = outside(pullback(g, node, position, adjoint, front, known(node), known));
      if (isZeroNode(contribution)) return;
      for (const [to, share] of sharesOf(
        g,
        node,
        part,
        contribution,
        naming && { naming, known },
        (n) => (place.get(n) ?? at) < at,
      )) {
        if (isZeroNode(share)) continue;
        observe?.application?.({ node, position, part: to, adjoint, contribution: share });
        const others = arriving.get(to);
        if (others) others.push(share);
        else arriving.set(to, [share]);
      }
    });
  }
  return variables.map((v) => adjoints.get(v) ?? g.constant(0, [...front, ...v.shape]));
}

/** What a node passes on to the part at `position`; `result` is the node under its name, if it has one. */
export function pullback(
  g: Graph,
  node: Node,
  position: number,
  adjoint: Node,
  front: Shape,
  result: Node,
  known: (node: Node) => Node = (n) => n,
): Node {
  switch (node.kind) {
    case 'contraction':
      return contractionRule(g, node, position, adjoint, front);
    case 'apply':
      return chainRule(g, node, position, adjoint, front, result);
    case 'array':
      return node.operator.pullback(new Pullback(g, node, result, adjoint, front), position);
    case 'sum':
      return adjoint;
    case 'definition':
      // What the values depend on is all in the resolved step.
      return isGivenValues(node) ? g.constant(0, [...front, ...reachedFrom(node)[position]!.shape]) : adjoint;
    case 'recurrence':
      return throughTime(g, node, adjoint, front, known, pulled);
    case 'variable':
    case 'affine':
      throw new Error(`a ${node.kind} has no parts`);
  }
}

/**
 * The one linear rule: to differentiate a contraction by one of its factors, contract the other factors with what
 * arrives, and sum over the indices that this factor does not have (Laue et al. 2020, Theorem 8).
 */
function contractionRule(g: Graph, node: Contraction, position: number, adjoint: Node, front: Shape): Node {
  const lead = axes(front, node.sizes.length);
  const sizes = front.length === 0 ? node.sizes : new Map<number, Dim>([...node.sizes.entries(), ...lead.sizes]);
  const factors = node.factors.filter((_, k) => k !== position);
  const indices = node.indices.filter((_, k) => k !== position);
  return g.contract({
    coefficient: node.coefficient,
    factors: [adjoint, ...factors],
    indices: [[...lead.result, ...node.result], ...indices],
    result: [...lead.result, ...node.indices[position]!],
    sizes,
  });
}

/** Entry by entry, what arrives times the operator's own partial derivative. */
function chainRule(g: Graph, node: Apply, position: number, adjoint: Node, front: Shape, result: Node): Node {
  const { route } = node.operator;
  if (route) {
    const full = [...front, ...node.shape];
    const own = node.shape.map((_, axis) => front.length + axis);
    return route(
      g,
      node.args.map((a) => g.broadcast(a, full, own)),
      adjoint,
      position,
    );
  }
  const partial = node.operator.partials[position]!(g, node.args, result);
  if (constantOf(partial)?.equals(1) && front.length === 0) return adjoint;
  const lead = axes(front, node.shape.length);
  const own = axes(node.shape);
  return withinChoice(g, adjoint, (inner) =>
    g.contract(
      {
        factors: [inner, partial],
        indices: [[...lead.result, ...own.result], own.result],
        result: [...lead.result, ...own.result],
        sizes: front.length === 0 ? own.sizes : new Map([...lead.sizes, ...own.sizes]),
      },
      (c) => c === partial && isProduct(c),
    ),
  );
}

/** A product of entries without a sum, such as `y(1 − y)`: one line of the derivation, not two. */
export const isProduct = (node: Contraction): boolean =>
  node.factors.length <= 4 && node.indices.every((own) => own.every((i) => i === UNIT || node.result.includes(i)));

/** ∂f/∂f: one where all indices agree. */
export function identity(g: Graph, shape: Shape): Node {
  const { result, sizes } = axes(shape);
  return g.contract({ factors: [], indices: [], result: [...result, ...result], sizes });
}

/** What a definition names: its value, and the matrix that its value is the transpose of (a softmax down columns). */
function namesWithin(g: Graph, definition: Definition): [Node, Node][] {
  const inner = turned(definition.value);
  return inner?.kind === 'array'
    ? [
        [definition.value, definition],
        [inner, transposed(g, definition)],
      ]
    : [[definition.value, definition]];
}

function named(naming: Naming, node: Definition, adjoint: Node): Node {
  // A constant, or another name for what has one, says more than a new name would.
  return isNamed(adjoint) || isConstant(adjoint) ? adjoint : naming.give(`d${node.name}`, adjoint, node.first);
}

/**
 * Where a contribution goes, and under which name: of several states of a recurrence each gets its own share.
 * @param names what gives names, and the user's own for a node; left out where nothing gets a name
 * @param isBelow whether the sweep will come to a node: of a graph that was rewritten the states are others
 */
function sharesOf(
  g: Graph,
  node: Node,
  part: Node,
  contribution: Node,
  names: { readonly naming: Naming; readonly known: (node: Node) => Node } | undefined,
  isBelow: (node: Node) => boolean,
): readonly (readonly [to: Node, share: Node])[] {
  if (node.kind !== 'recurrence') return [[part, contribution]];
  if (!names) return [[part, ofNewest(g, node, contribution, contribution.shape.length - 1)]];
  // Of a Jacobian the objective's axes stand in front.
  const states = contribution.shape.length === node.shape.length ? g.steps.statesOf(node.previous) : [];
  // What is carried from several steps before is what was carried from one.
  const own = states.flatMap((state) => (state.resolved ? [[state.resolved, state] as const] : []));
  if (states.length < 2 || !own.every(([resolved]) => isBelow(resolved)))
    return [[part, carriedBack(names.naming, names.known(node), ofNewest(g, node, contribution, contribution.shape.length - 1))]];
  return own.map(([resolved, state]) => [resolved, stateOf(g, contribution, state)]);
}

/** What arrives at the steps of a recurrence, what comes back from later ones included: δ, as courses call it. */
const carriedBack = (naming: Naming, whole: Node, adjoint: Node): Node =>
  isNamed(adjoint) ? adjoint : isNamed(whole) ? naming.give(`δ${whole.name}`, adjoint, whole.first) : naming.give('δ', adjoint);

/** Names for adjoints that the source does not have, nor what is swept; what other sweeps have named is theirs. */
class Naming {
  private readonly g: Graph;
  private readonly taken = new Map<string, Node>();

  constructor(g: Graph, order: readonly Node[]) {
    this.g = g;
    for (const node of order) if (isNamed(node) && !node.part) this.taken.set(node.name, node.value);
  }

  /** @param first the number of its first entry, where that is not 1 */
  give(stem: string, adjoint: Node, first?: Dim): Node {
    let name = stem;
    while (!this.isFree(name, adjoint)) name = `${name}_`;
    this.taken.set(name, adjoint);
    return this.g.invent(name, adjoint, first);
  }

  private isFree(name: string, adjoint: Node): boolean {
    const own = this.taken.get(name);
    return own ? own === adjoint : !this.g.givenNames.has(name) || this.g.isFree(name, adjoint);
  }
}

/** Within the step of a recurrence, what is carried is a variable like any other. */
const pulled = (g: Graph, node: Node, variable: Node, adjoint: Node): Node =>
  sweep(g, node, [variable], adjoint, undefined, false)[0]!;
