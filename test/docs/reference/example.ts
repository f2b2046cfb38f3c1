import { type DomainNote, domainNotes } from '../../../src/derivation/domain.ts';
import { elaborate } from '../../../src/elaborate/elaborate.ts';
import type { Node } from '../../../src/graph/node.ts';
import { compile, derive, type Tensor } from '../../../src/index.ts';
import { parse } from '../../../src/language/parser.ts';
import { slopeAt } from '../../../src/operators/caveat.ts';
import { toStatements } from '../../../src/reading/source.ts';
import { printStatements } from '../../../src/render/text.ts';
import { forRunning } from '../../../src/simplify/pipelines.ts';
import type { Entry, Values } from './functions.ts';

type Nested = number | readonly Nested[];

/** What the engine finds of an entry. */
export interface Example {
  readonly entry: Entry;
  readonly value: Nested;
  /** What was derived: the call, or for an array the sum of its entries times weights of names that the call has not. */
  readonly objective: string;
  /** The values of its names, the weights among them. */
  readonly at: Values;
  readonly shapes: Readonly<Record<string, number[]>>;
  readonly partials: readonly { readonly name: string; readonly text: string; readonly value: Nested }[];
  /** Where it has a value, and where its derivative jumps. */
  readonly domain: readonly string[];
}

export const shapeOf = (value: Nested): number[] => (typeof value === 'number' ? [] : [value.length, ...shapeOf(value[0]!)]);

export const flat = (value: Nested): number[] => (typeof value === 'number' ? [value] : value.flatMap(flat));

/** 1, 2, 3, … in the shape of a value. */
function counted(value: Nested, from = { next: 1 }): Nested {
  return typeof value === 'number' ? from.next++ : value.map((part) => counted(part, from));
}

/** Evaluates and derives an entry's call at its point. */
export function exampleOf(entry: Entry): Example {
  const names = Object.keys(entry.at);
  const shapes: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, shapeOf(entry.at[name]!)]));
  const value = nested(compile(entry.call, { shapes })(entry.at as never));
  const isArray = typeof value !== 'number';
  if (isArray) shapes.w = shapeOf(value);
  const at = isArray ? { ...entry.at, w: counted(value) as never } : entry.at;
  const objective = isArray ? `sum(w.*(${entry.call}))` : entry.call;
  if (names.length === 0) return { entry, value, objective, at, shapes, partials: [], domain: [] };
  const derivation = derive(objective, names, { shapes });
  const gradient = derivation.compile().gradient(at as never);
  const partials = names.map((name) => ({
    name,
    text: derivation.partials[name]!.toString(),
    value: nested(gradient[name]!),
  }));
  return { entry, value, objective, at, shapes, partials, domain: domainOf(entry, shapes) };
}

const nested = (value: number | Tensor): Nested => (typeof value === 'number' ? value : (value.toArray() as Nested));

function domainOf({ call, where }: Entry, shapes: Example['shapes']): string[] {
  const { graph, objective, inputs } = elaborate(parse(call), { shapes });
  const variables = [...inputs.values()].map(({ node }) => node);
  const { node } = objective!;
  const run = (nodes: readonly Node[]) => forRunning(graph, nodes);
  const notes = domainNotes({ graph, objective: node, written: node, derivatives: [], variables, run });
  const needs = notes.filter(({ caveat }) => caveat.kind === 'needs').map(condition);
  const kinks = notes.filter(({ caveat }) => caveat.kind === 'kink');
  return [
    ...(where ? [printStatements(parse(where).statements, 'unicode')] : needs),
    ...kinks.map((note) => kinkText(note, note.node === node)),
    ...notes
      .filter(({ caveat }) => caveat.kind === 'jump')
      .map((note) => `jumps at ${condition(note)}${note.caveat.slope ? `, slope ${note.caveat.slope} there` : ''}`),
  ];
}

const condition = (note: DomainNote): string => note.caveat.condition(...argumentsOf(note));

/** A part may have a kink where the whole has none: x/(1 + |x|). */
function kinkText(note: DomainNote, whole: boolean): string {
  const slope = slopeAt(note.caveat, argumentsOf(note));
  if (whole) return `kink at ${condition(note)}, slope ${slope} there`;
  return `the slope of ${written(note.node)} at ${condition(note)} counts as ${slope}`;
}

const argumentsOf = ({ node: { args }, caveat }: DomainNote): string[] =>
  [caveat.subject?.(args) ?? args[0]!, ...args.slice(1)].map(written);

const written = (node: Node): string => printStatements(toStatements(node, { decimals: true }).slice(-1), 'unicode');
