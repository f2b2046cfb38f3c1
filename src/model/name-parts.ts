import type { NameSet } from '../graph/names.ts';
import type { Definition, Node } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import { transposed, turned } from '../graph/views.ts';
import { isSoftmax } from '../operators/reductions.ts';
import type { Model } from './model.ts';
import { withNamedMeans } from './named-means.ts';
import { overNodes } from './over-nodes.ts';
import { isDefinition, isRecurrence, type Pauses, pausesOf, type Role } from './pauses.ts';

/** Letters of each, in the order in which people take them; several parts of one role are numbered, or have one each. */
const LETTERS: Readonly<Record<Role, { readonly letters: readonly string[]; readonly numbered: boolean }>> = {
  input: { letters: ['z', 'u', 'v'], numbered: true },
  activation: { letters: ['a', 'h', 'g'], numbered: true },
  shares: { letters: ['p', 'q', 's'], numbered: true },
  residual: { letters: ['r', 's', 'e'], numbered: true },
  part: { letters: ['u', 'v', 's', 'q', 'h', 'g'], numbered: false },
};

/** A name for each part, in order; matrices have capitals. */
function namesOf({ order, roles, numbers }: Pauses, taken: NameSet): Map<Node, string> {
  const names = new Map<Node, string>();
  const used = new Set<string>();
  const isTaken = (name: string): boolean => [name, `d${name}`].some((n) => taken.has(n) || used.has(n));
  const isOpen = (letter: string): boolean => !isTaken(letter) && !isTaken(letter.toUpperCase());
  const cased = (letter: string, part: Node): string => (isMatrix(part) ? letter.toUpperCase() : letter);
  const give = (part: Node, name: string): void => {
    names.set(part, name);
    used.add(name);
  };
  const parts = order.filter((n) => roles.has(n));
  for (const [role, { letters, numbered }] of Object.entries(LETTERS)) {
    const open = letters.filter(isOpen);
    const [stem = letters[0]!] = open;
    const all = parts.filter((n) => roles.get(n) === role);
    for (const part of all) {
      const name = numbers.has(part) && cased(stem, part) + numbers.get(part);
      if (name && !isTaken(name)) give(part, name);
    }
    const own = all.filter((n) => !names.has(n));
    const made: string[] = own.length < all.length ? [stem] : [];
    for (let k = 0, next = 1; k < own.length; next++) {
      const letter = numbered || own.length === 1 ? stem : (open[(next - 1) % Math.max(1, open.length)] ?? stem);
      const round = numbered ? next : Math.ceil(next / Math.max(1, open.length));
      const bare = numbered ? own.length === 1 && open.length > 0 && next === 1 : open.length > 0 && round === 1;
      const name = bare ? cased(letter, own[k]!) : `${cased(letter, own[k]!)}${round}`;
      if (isTaken(name)) continue;
      give(own[k++]!, name);
      made.push(letter);
    }
    for (const letter of made) used.add(letter);
  }
  return names;
}

const isMatrix = ({ shape }: Node): boolean => shape.length === 2 && shape[1] !== 1;

/** A bare expression of arrays with its parts named, so that its derivation has places to pause. */
export const withNamedParts = (model: Model, wrt: readonly string[]): Model =>
  model.definitions.length > 0 ? model : withPauses(model, wrt);

/**
 * A model whose derivation has places to pause: what functions are applied to, and what they give, has names in the objective
 * and in layers. `sum((σ(W·X + b) − Y).^2)` becomes Z = W·X + b, A = σ(Z), sum((A − Y).^2).
 */
export function withPauses(model: Model, wrt: readonly string[]): Model {
  const variables = wrt.flatMap((name) => model.inputs.get(name)?.node ?? []);
  return withNamedSteps(withPausesOfLines(withNamedMeans(model), variables), variables);
}

/** With names for what functions are applied to in the steps of recurrences that move: s[t] = U·h[t−1] + v·x[t]. */
export function withNamedSteps(model: Model, variables: readonly Node[]): Model {
  if (!model.definitions.some((d) => d.paused)) return model;
  const active = dependents(topological(model.definitions.map((d) => d.node)), variables);
  const definitions = model.definitions.flatMap(({ paused, ...d }) =>
    paused && active.has(d.node) ? [...paused.before, { ...d, written: paused.written }] : [d],
  );
  return { ...model, definitions };
}

function withPausesOfLines(model: Model, variables: readonly Node[]): Model {
  const { objective, graph: g } = model;
  if (!objective) return model;
  const { order, roles, numbers } = pausesOf(model, variables);
  if (roles.size === 0 || order.every((node) => node.shape.length === 0)) return model;
  const names = namesOf({ order, roles, numbers }, g.givenNames);
  const named: Definition[] = [];
  const told = overNodes(
    model,
    (node, original) => {
      const name = names.get(original);
      if (name === undefined) return node;
      // Over the rows of a matrix a softmax is made of the transpose: what people name is as the matrix is.
      const isTurned = isSoftmax(original) && turned(original.args[0]!) !== undefined;
      const definition = g.invent(name, isTurned ? transposed(g, node) : node);
      named.push(definition);
      return isTurned ? transposed(g, definition) : definition;
    },
    isRecurrence,
  );
  return metAgain({ ...told, definitions: inOrder(named, told.definitions) }, named);
}

/** A sum with all terms of one that has a name has it by name: of log softmax, Z − log Σ exp Z. */
function metAgain(model: Model, named: readonly Definition[]): Model {
  const sums = named.flatMap((part) => (part.value.kind === 'sum' ? [{ part, terms: part.value.terms }] : []));
  if (sums.length === 0) return model;
  const { graph: g } = model;
  return overNodes(
    model,
    (node) => {
      if (node.kind !== 'sum') return node;
      const within = sums.find(({ terms }) => terms.length < node.terms.length && terms.every((t) => node.terms.includes(t)));
      return within ? g.add([within.part, ...node.terms.filter((t) => !within.terms.includes(t))]) : node;
    },
    isRecurrence,
  );
}

/** Each new name before the first of the others that uses it. */
function inOrder(named: readonly Definition[], others: Model['definitions']): Model['definitions'] {
  const waiting = new Set(named);
  const taken = (parts: Iterable<Node>): Model['definitions'] =>
    [...parts].flatMap((part) => {
      if (!isDefinition(part) || !waiting.delete(part)) return [];
      return [{ name: part.name, node: part, shape: part.shape }];
    });
  const placed = others.flatMap((d) => [...(waiting.size > 0 ? taken(topological([d.node])) : []), d]);
  return [...placed, ...taken(named)];
}
