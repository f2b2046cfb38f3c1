import type { Words } from '../derivation/words/index.ts';
import { topological } from '../graph/traverse.ts';
import { nearest } from '../language/diagnostics.ts';
import { canonicalName, givenName } from '../language/names.ts';
import type { Input, Model } from '../model/model.ts';
import { columnShape } from '../operators/builder.ts';

/** Names that a source is derived by though they do not occur in it: the derivative by them is 0. */

/** A name that a source does not have yet. */
export const freeInput = ({ graph }: Model, name: string, shape: Input['shape'] = []): Input => ({
  name,
  role: 'free',
  shape,
  node: graph.variable(name, columnShape(shape)),
  facts: [],
});

/** A source that declares nothing may be asked about any name: a scalar, unless `shapes` has said more. */
export function withAbsent(model: Model, names: readonly string[]): Model {
  const defined = new Set(model.definitions.map((d) => d.name));
  const absent = names.map(givenName).filter((name) => !model.inputs.has(name) && !defined.has(name));
  if (absent.length === 0 || [...model.inputs.values()].some((input) => input.role !== 'free')) return model;
  const inputs = new Map(model.inputs);
  for (const name of absent) inputs.set(name, freeInput(model, name));
  return { ...model, inputs };
}

const NAMES = /[\p{L}_][\p{L}\p{M}\p{N}_]*/gu;

/** The inputs that have a part in the objective: that are in its graph, or written in it though they cancel. */
export function occurring({ objective, inputs, text }: Model): ReadonlySet<string> {
  const nodes = new Set(objective ? topological([objective.node]) : []);
  const written = new Set([...canonicalName(text).matchAll(NAMES)].map(([word]) => givenName(word)));
  const names = [...inputs.values()].filter(({ name, role, node }) => nodes.has(node) || (role === 'free' && written.has(name)));
  return new Set(names.map(({ name }) => name));
}

/** A line for each name derived by that does not occur, with the one that may have been meant. */
export function absentLines(model: Model, wrt: readonly string[], objective: string, words: Words): string[] {
  const there = occurring(model);
  const absent = wrt.filter((name) => !there.has(name));
  return absent.map((name) => words.absent(name, objective, nearest(name, there)));
}
