import { Derivation, namesToDerive } from '../api/derive.ts';
import { dimensionNames } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError, nearest } from '../language/diagnostics.ts';
import { holding } from '../model/held.ts';
import type { Input, Model } from '../model/model.ts';
import type { Entry } from './entries.ts';
import { withObjective } from './expressions.ts';
import { Misfit, moved, typedError } from './misfit.ts';
import type { Asked, Derivative } from './requests.ts';
import { knows, type ReplState, sessionModel } from './state.ts';
import { UNNAMED, unnamed, unnamedObjective } from './unnamed.ts';

/** A derivation that was asked for, and the request by which to ask again. */
export interface Found {
  /** As it reads best. */
  readonly derivation: Derivation;
  /** With every name in it, for what has to do with numbers. */
  readonly model: Model;
  /** The derivation has every name in it, too. */
  readonly isWhole: boolean;
  /** With everything in it that the session has. */
  readonly whole: Model;
  readonly request: Derivative;
}

/**
 * The derivation of a name, of an expression, or of the session's objective.
 * @throws Misfit with the place in what was typed
 */
export function find(state: ReplState, line: string, { objective: typed, by, order = 1 }: Asked): Found {
  const objective = spelledOut(state, typed);
  const names = by.map(({ name }) => name);
  const request = { kind: 'derivation', objective: objective.text, by: names, order } as const;
  const asked = about(state, line, objective, names);
  // ∂Cost/∂Z: Z is held, worth what it is made of.
  const model = held(line, asked, by);
  for (const { name, at, end } of by) if (!model.inputs.has(name)) throw nothingToDeriveBy(line, model, name, { start: at, end });
  const wrt = by.length > 0 ? names : ownNames(model);
  const part = pruned(model, wrt);
  const read = readable(
    asVariables(
      part,
      names.filter((name) => !asked.inputs.has(name)),
    ),
  );
  const derivation = new Derivation(read, wrt, order > 1 ? { order } : {});
  return { derivation, model: part, isWhole: read === part, whole: model, request };
}

/** `f` is what an objective without a name is called where it is shown. */
function spelledOut(state: ReplState, typed: Asked['objective']): Asked['objective'] {
  if (typed.text.trim().replace(/^\(\s*(.*?)\s*\)$/, '$1') !== UNNAMED) return typed;
  const text = unnamedObjective(state) === undefined ? unnamed(state) : '';
  return text === undefined ? typed : { ...typed, text };
}

/** The model whose objective is what was asked about. */
function about(state: ReplState, line: string, { text, at }: Asked['objective'], names: readonly string[]): Model {
  const model = sessionModel(state);
  const name = text.trim().replace(/^\(\s*([^()]*?)\s*\)$/u, '$1');
  if (name === '' || name === model.objective?.name) return model;
  const definition = model.definitions.find((d) => d.name === name);
  if (definition) return { ...model, objective: { node: definition.node, name, sense: 'none', span: { start: 0, end: 0 } } };
  const called = state.entries.find((e) => e.kind === 'function' && e.name === name);
  if (called) return applied(state, model, called);
  const free = names.filter((n) => !knows(model, n));
  return withObjective(state, { line, text, at }, free);
}

/** A function of the session, of its own parameters: `d f / d x` for f(x) = x². */
function applied(state: ReplState, known: Model, { name, text: written }: Entry): Model {
  const text = written.slice(0, written.indexOf(')') + 1);
  const parameters = text.slice(text.indexOf('(') + 1, -1).split(',');
  const free = parameters.map((parameter) => parameter.trim()).filter((parameter) => !knows(known, parameter));
  const model = withObjective(state, { line: text, text, at: 0 }, free);
  return { ...model, objective: { ...model.objective!, name: name! } };
}

/** What there is to derive by: parameters, a free name, or the only name that the objective is made of. */
function ownNames(model: Model): readonly string[] {
  const part = pruned(model, []);
  const [only, ...others] = [...part.inputs.keys()];
  return only !== undefined && others.length === 0 ? [only] : namesToDerive(part, undefined);
}

/** The model in which the intermediates among the names are inputs. @throws Misfit at the one that cannot be */
function held(line: string, model: Model, by: Asked['by']): Model {
  const names = by.map(({ name }) => name);
  for (const [k, { at, end }] of by.entries()) {
    try {
      holding(model, names.slice(0, k + 1));
    } catch (error) {
      throw error instanceof GradusError ? typedError(line, moved(error, { start: at, end })) : error;
    }
  }
  return holding(model, names);
}

/** A derivation by an intermediate reads without what that is made of. */
function asVariables(model: Model, names: readonly string[]): Model {
  if (names.length === 0) return model;
  const inputs = new Map(model.inputs);
  for (const name of names) {
    const { initial: _, ...input } = inputs.get(name)!;
    inputs.set(name, input);
  }
  return pruned({ ...model, inputs }, names);
}

function nothingToDeriveBy(line: string, model: Model, name: string, span: { start: number; end: number }) {
  const near = nearest(name, model.inputs.keys());
  const inputs = [...model.inputs.keys()].join(', ');
  const hint = near ? `did you mean ${near}?` : inputs ? `there are ${inputs}` : undefined;
  return typedError(line, new GradusError('name', `there is no ${name} to derive by`, { span, hint }));
}

/**
 * The model without what has no part in the objective, nor in what its inputs are worth: definitions, and inputs other than
 * those named.
 */
export function pruned(model: Model, names: readonly string[]): Model {
  const { objective } = model;
  if (!objective) return model;
  const nodes = reached(model, objective.node, names);
  const part = new Set<Node>(nodes);
  const used = [...model.inputs.values()].filter((input) => part.has(input.node) || names.includes(input.name));
  // A size that only another input tells: that one stays.
  const told = new Set(used.flatMap((input) => input.shape.flatMap(dimensionNames)));
  const sizes = nodes.flatMap((n) => (n.kind === 'variable' && n.role === 'size' && !told.has(n.name) ? [n.name] : []));
  const inputs = [...model.inputs.values()].filter(
    (input) => used.includes(input) || input.shape.flatMap(dimensionNames).some((dim) => sizes.includes(dim)),
  );
  return {
    ...model,
    inputs: new Map(inputs.map((input) => [input.name, input])),
    definitions: model.definitions.filter((d) => part.has(d.node)),
  };
}

/** What an objective and the names are made of, with what inputs among that are made of at first. */
function reached({ inputs }: Model, objective: Node, names: readonly string[]): Node[] {
  const all = [...inputs.values()];
  const worth = ({ initial }: Input): readonly Node[] =>
    initial?.kind === 'expression' ? [initial.node] : initial?.kind === 'initializer' ? initial.args : [];
  let roots: Node[] = [objective, ...all.filter(({ name }) => names.includes(name)).map(({ node }) => node)];
  for (;;) {
    const nodes = topological(roots);
    const part = new Set(nodes);
    const more = all
      .filter(({ node }) => part.has(node))
      .flatMap(worth)
      .filter((node) => !part.has(node));
    if (more.length === 0) return nodes;
    roots = [...roots, ...more];
  }
}

/** A scalar made of scalars in one step reads as in a textbook, where it is not hidden behind its name. */
function readable(model: Model): Model {
  const { definitions, objective } = model;
  const [only] = definitions;
  if (!objective || definitions.length !== 1 || only!.node !== objective.node) return model;
  if (topological([only!.node]).some((n) => n.shape.length > 0)) return model;
  return { ...model, definitions: [], objective: { ...objective, node: only!.node.value } };
}

/** The derivation with every name in it, for what has to do with numbers. */
export const withAllNames = ({ derivation, isWhole, model, request: { order } }: Found): Derivation =>
  isWhole ? derivation : new Derivation(model, derivation.wrt, order > 1 ? { order } : {});

/** The same question again. */
export function findAgain(state: ReplState, request: Derivative): Found {
  const by = request.by.map((name) => ({ name, at: 0, end: 0 }));
  return find(state, request.objective, { objective: { text: request.objective, at: 0 }, by, order: request.order });
}

/** What was derived last; undefined where nothing was, or the session no longer has what it is made of. */
export function lastDerived(state: ReplState): Found | undefined {
  const { derived } = state;
  try {
    return derived && findAgain(state, derived);
  } catch (error) {
    if (error instanceof Misfit || error instanceof GradusError) return undefined;
    throw error;
  }
}
