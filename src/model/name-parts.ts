import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import type { NameSet } from '../graph/names.ts';
import { type Definition, isView, type Node } from '../graph/node.ts';
import { isNegative } from '../graph/rational.ts';
import { dependents, topological } from '../graph/traverse.ts';
import { transposed, turned } from '../graph/views.ts';
import { sigmoid, softplus } from '../operators/activation.ts';
import { relu } from '../operators/kinked.ts';
import type { Operator } from '../operators/operator.ts';
import { log, pow } from '../operators/power.ts';
import { isSoftmax } from '../operators/reductions.ts';
import { tanh } from '../operators/trigonometric.ts';
import type { Model } from './model.ts';

/** What a part is for, by which it is called: z = W·x + b, a = σ(z), p = softmax(z), r = X·w − y. */
type Role = 'input' | 'activation' | 'shares' | 'residual' | 'part';

/** Letters of each, in the order in which people take them; several parts of one role are numbered, or have one each. */
const LETTERS: Readonly<Record<Role, { readonly letters: readonly string[]; readonly numbered: boolean }>> = {
  input: { letters: ['z', 'u', 'v'], numbered: true },
  activation: { letters: ['a', 'h', 'g'], numbered: true },
  shares: { letters: ['p', 'q', 's'], numbered: true },
  residual: { letters: ['r', 's', 'e'], numbered: true },
  part: { letters: ['u', 'v', 's', 'q', 'h', 'g'], numbered: false },
};

const ACTIVATIONS: ReadonlySet<Operator> = new Set([sigmoid, tanh, relu, softplus]);

/**
 * Names the arrays within an expression in which the derivation should pause: what a function is applied to, and what
 * it gives. `sum((σ(W·X + b) − Y).^2)` becomes Z = W·X + b, A = σ(Z), R = A − Y, sum(R.^2).
 */
function nameParts(g: Graph, root: Node, variables: readonly Node[]): { root: Node; named: Definition[] } {
  const order = topological([root]);
  if (order.every((node) => node.shape.length === 0)) return { root, named: [] };
  const active = dependents(order, variables);
  const chosen = chosenParts(root, order, active);
  if (chosen.size === 0) return { root, named: [] };
  const names = namesOf(chosen, order, g.names);
  const named: Definition[] = [];
  const [renamed] = mapGraph(g, [root], (node, original) => {
    const name = names.get(original);
    if (name === undefined) return node;
    // Over the rows of a matrix a softmax is made of the transpose: what people name is as the matrix is.
    const isTurned = isSoftmax(original) && turned(original.args[0]!) !== undefined;
    const definition = g.define(name, isTurned ? transposed(g, node) : node);
    named.push(definition);
    return isTurned ? transposed(g, definition) : definition;
  });
  return { root: renamed!, named };
}

function chosenParts(root: Node, order: readonly Node[], active: ReadonlySet<Node>): Map<Node, Role> {
  const chosen = new Map<Node, Role>();
  const choose = (node: Node, role: Role): void => {
    const plain = turned(node) ?? node;
    if (plain === root || !active.has(plain) || plain.kind === 'variable' || isView(plain)) return;
    const known = chosen.get(plain);
    if (known === undefined || known === 'part') chosen.set(plain, isResidual(plain, active) ? 'residual' : role);
  };
  for (const node of order) {
    if (!active.has(node)) continue;
    if (node.shape.length === 0) {
      // det(X) within a logarithm is what one pauses at; other numbers within functions are derived in one go.
      if (node.kind === 'apply') for (const arg of node.args) if (arg.kind === 'array') choose(arg, 'part');
      continue;
    }
    if (isSoftmax(node)) {
      choose(node.args[0]!, 'input');
      if (node !== root && turned(root) !== node) chosen.set(node, 'shares');
    }
    if (node.kind !== 'apply') continue;
    const isActivation = ACTIVATIONS.has(node.operator);
    for (const arg of node.args) if (arg.shape.length > 0) choose(arg, isActivation ? 'input' : 'part');
    // A logarithm goes into the sum that it is a term of.
    if (node.operator !== pow && node.operator !== log) choose(node, isActivation ? 'activation' : 'part');
  }
  // A − Y of a part that has a name is no pause: what arrives at A goes through it as it is.
  for (const node of [...chosen.keys()]) {
    const moving = node.kind === 'sum' ? node.terms.filter((t) => active.has(t)) : [];
    if (moving.length > 0 && moving.every((t) => chosen.has(t))) chosen.delete(node);
  }
  return chosen;
}

/** What a model gives less what was measured, or the other way round. */
function isResidual(node: Node, active: ReadonlySet<Node>): boolean {
  if (node.kind !== 'sum') return false;
  const isMinus = (term: Node): boolean => term.kind === 'contraction' && isNegative(term.coefficient);
  const isGiven = (term: Node): boolean => {
    const core = isView(term) && term.kind === 'contraction' ? term.factors[0] : term;
    return core?.kind === 'variable' && !active.has(core) && core.shape.length > 0;
  };
  const given = node.terms.filter(isGiven);
  const others = node.terms.filter((t) => !isGiven(t));
  return given.length === 1 && others.every((t) => isMinus(t) !== isMinus(given[0]!));
}

/** A name for each part, in order; matrices have capitals. */
function namesOf(chosen: ReadonlyMap<Node, Role>, order: readonly Node[], taken: NameSet): Map<Node, string> {
  const names = new Map<Node, string>();
  const used = new Set<string>();
  const isTaken = (name: string): boolean => [name, `d${name}`].some((n) => taken.has(n) || used.has(n));
  const isOpen = (letter: string): boolean => !isTaken(letter) && !isTaken(letter.toUpperCase());
  const parts = order.filter((n) => chosen.has(n));
  for (const [role, { letters, numbered }] of Object.entries(LETTERS)) {
    const own = parts.filter((n) => chosen.get(n) === role);
    const open = letters.filter(isOpen);
    const [stem = letters[0]!] = open;
    const made: string[] = [];
    for (let k = 0, next = 1; k < own.length; next++) {
      const letter = numbered || own.length === 1 ? stem : (open[(next - 1) % Math.max(1, open.length)] ?? stem);
      const round = numbered ? next : Math.ceil(next / Math.max(1, open.length));
      const bare = numbered ? own.length === 1 && open.length > 0 && next === 1 : open.length > 0 && round === 1;
      const cased = isMatrix(own[k]!) ? letter.toUpperCase() : letter;
      const name = bare ? cased : `${cased}${round}`;
      if (isTaken(name)) continue;
      names.set(own[k++]!, name);
      used.add(name);
      made.push(letter);
    }
    for (const letter of made) used.add(letter);
  }
  return names;
}

const isMatrix = ({ shape }: Node): boolean => shape.length === 2 && shape[1] !== 1;

/** A bare expression of arrays with its parts named, so that its derivation has places to pause. */
export function withNamedParts(model: Model, wrt: readonly string[]): Model {
  const { objective, graph } = model;
  if (!objective || model.definitions.length > 0) return model;
  const variables = wrt.flatMap((name) => model.inputs.get(name)?.node ?? []);
  const { root, named } = nameParts(graph, objective.node, variables);
  if (named.length === 0) return model;
  const definitions = named.map((node) => ({ name: node.name, node, shape: node.shape }));
  return { ...model, definitions, objective: { ...objective, node: root } };
}
