import { Derivation } from '../api/derive.ts';
import { elaborateWithin } from '../elaborate/elaborate.ts';
import type { Node } from '../graph/node.ts';
import { canonicalName } from '../language/names.ts';
import { parse } from '../language/parser.ts';
import type { Model } from '../model/model.ts';
import { withCalled } from './called.ts';
import { lastDerived } from './derivations.ts';
import { type Piece, withObjective } from './expressions.ts';
import { framed } from './misfit.ts';
import { knows, type ReplState, sessionModel } from './state.ts';
import { callsUnnamed, mentionsUnnamed, UNNAMED, unnamedDerived } from './unnamed.ts';

/** What the last derivation is about, and what it has named: parts of a formula (`u`), and what arrives at them (`dZ`). */
interface Printed {
  readonly model: Model;
  readonly names: ReadonlyMap<string, Node>;
}

const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_₀-₉]*/gu;

/**
 * Undefined where nothing was derived, or the session no longer has what was.
 * @param mentioned names that are asked for: `db` is found where the derivation was by W alone
 */
function printedBy(state: ReplState, mentioned: readonly string[]): Printed | undefined {
  const found = lastDerived(state);
  if (!found) return undefined;
  const { whole } = found;
  const others = [...found.derivation.model.inputs.keys()].filter(
    (name) => mentioned.includes(partialName(name)) && !found.derivation.wrt.includes(name),
  );
  const derivation =
    found.request.order === 1 && others.length > 0
      ? new Derivation(found.derivation.model, [...found.derivation.wrt, ...others], {})
      : found.derivation;
  const { graph, definitions } = derivation.model;
  const names = new Map<string, Node>(definitions.map(({ name, node }) => [name, node]));
  for (const { target, after } of derivation.steps)
    if (isName(target) && !whole.inputs.has(target)) names.set(target, graph.define(target, after.node));
  // The derivative by W is dW in what follows from it.
  if (derivation.model.objective!.node.shape.length === 0 && found.request.order === 1)
    for (const name of derivation.wrt) {
      const own = partialName(name);
      const step = derivation.steps.find(({ target }) => target === `∂${derivation.name}/∂${name}`);
      if (!names.has(own) && !whole.inputs.has(own))
        names.set(own, graph.define(own, (step?.after ?? derivation.partials[name]!).node));
    }
  return { model: whole, names };
}

/** What the derivative by a name is called, beside ∂Cost/∂W. */
export const partialName = (name: string): string => `d${name}`;

const isName = (text: string): boolean => new RegExp(`^(?:${NAME.source})$`, 'u').test(text);

/** The line that says what `f` in an expression is: what was derived last; of one number a function, where it is called. */
function unnamedIn(state: ReplState, text: string): string | undefined {
  const objective = unnamedDerived(state);
  if (objective === undefined) return undefined;
  const value = mentionsUnnamed(text) ? `${UNNAMED} = ${objective}` : undefined;
  if (!callsUnnamed(text)) return value;
  const found = lastDerived(state);
  const [only, ...others] = found ? [...found.model.inputs.values()] : [];
  return only && others.length === 0 && only.shape.length === 0 ? `${UNNAMED}(${only.name}) = ${objective}` : value;
}

/**
 * The model whose objective is an expression that was typed, in the names of the session and of what was derived last.
 * @throws Misfit with the place in what was typed
 */
export function withExpression(given: ReplState, piece: Piece): Model {
  const state = withCalled(given, piece.text);
  const known = sessionModel(state);
  const mentioned = [...piece.text.matchAll(NAME)].map(([name]) => canonicalName(name)).filter((name) => !knows(known, name));
  const printed = state.derived && mentioned.length > 0 ? printedBy(state, mentioned) : undefined;
  if (!printed || !mentioned.some((name) => printed.names.has(name)))
    return withObjective(state, piece, [], unnamedIn(state, piece.text));
  const { line, text, at } = piece;
  const { model, names } = printed;
  const read = framed({ line, text, from: 0, at }, () =>
    elaborateWithin(model, parse(text, new Set(model.unknowns.keys())), names),
  );
  return {
    ...model,
    objective: read.objective,
    literals: new Map([...model.literals, ...read.literals]),
    warnings: read.warnings,
  };
}
