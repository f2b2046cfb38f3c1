import { Expression } from '../api/expression.ts';
import { english } from '../derivation/words/en.ts';
import type { Words } from '../derivation/words/index.ts';
import { showShape } from '../graph/dimension.ts';
import { children, isNamed, type Node } from '../graph/node.ts';
import { parse } from '../language/parser.ts';
import type { Input, Model } from '../model/model.ts';
import { Callable } from '../numeric/callable.ts';
import { assignments, showNumber, type Value } from '../numeric/value-text.ts';
import { toStatements } from '../reading/source.ts';
import { printStatements, type Spelling } from '../render/text.ts';
import { forReading } from '../simplify/pipelines.ts';
import { demoted, sourceOf } from './entries.ts';
import { framed } from './misfit.ts';
import { modelOf, type ReplState, valuesFor, voiceOfState } from './state.ts';
import { mentionsUnnamed, UNNAMED, unnamedObjective } from './unnamed.ts';
import { asciiValue, DIGITS, equals, numbersOf, originLines } from './values.ts';

/** What was typed, and where a piece of it begins. */
export interface Piece {
  readonly line: string;
  readonly text: string;
  readonly at: number;
}

/**
 * The session's source with an expression as its objective.
 * @param free a name that need not be known: what an expression is derived by
 * @param called a line that defines `f`, where it is not the session's objective
 * @throws Misfit with the place in what was typed
 */
export function withObjective(state: ReplState, { line, text, at }: Piece, free: readonly string[] = [], called?: string): Model {
  const objective = mentionsUnnamed(text) ? unnamedObjective(state) : undefined;
  const defined = objective === undefined ? (called ?? '') : `${UNNAMED} = ${objective}`;
  const before = [sourceOf(demoted(state.entries)), defined].filter((part) => part !== '').join('\n');
  const source = before === '' ? text : `${before}\n${text}`;
  const shapes = Object.fromEntries(free.map((name) => [name, [] as const]));
  return framed({ line, text: source, from: source.length - text.length, at }, () => modelOf(source, shapes));
}

/** An expression in normal form, in the names of the session. */
function normalForm(model: Model): Expression {
  const node = opened(model.objective!.node);
  const [simple] = forReading(model.graph, [node]);
  return new Expression(model.graph, simple!);
}

/** The role of a name in the session's language; in English the word of the declaration. */
export const roleText = (role: Input['role'], words: Words): string => (words === english ? role : words.roles[role]);

/** A name alone is asked for what it stands for. */
const opened = (node: Node): Node => (node.kind === 'definition' ? node.value : node);

/** A bare expression: its simplified form, its shape, and its value if every name in it has one. */
export function answerLines(state: ReplState, model: Model): string[] {
  const { latex, ascii } = state.settings;
  const simple = normalForm(model);
  if (latex) return [simple.toLatex()];
  const { node } = model.objective!;
  // Literals keep the line breaks that they were written with.
  const text = (ascii ? simple.toString() : simple.toUnicode()).replace(/\s*\n\s*/g, ' ');
  const forms =
    node.kind === 'definition' ? (byEntries(state, node.name, simple, ascii ? 'ascii' : 'unicode') ?? [node.name, text]) : [text];
  const lines = valuedLines(state, model, forms);
  return ascii ? lines.map(asciiValue) : lines;
}

/** `Z[i=1:3] = i²`, as it is in the session, where an array that entries define needs other names to be said as a whole. */
function byEntries(state: ReplState, name: string, simple: Expression, spelling: Spelling): [string] | undefined {
  const written = state.entries.filter((entry) => entry.kind === 'entries' && entry.name === name);
  if (written.length === 0 || toStatements(simple.node, { graph: simple.graph }).length === 1) return undefined;
  return [printStatements(parse(sourceOf(written)).statements, spelling)];
}

/** Forms of equal value, with the value itself. */
function valuedLines(state: ReplState, model: Model, forms: readonly string[]): string[] {
  const { node } = model.objective!;
  const input = node.kind === 'variable' ? model.inputs.get(node.name) : undefined;
  const inputs = valuesFor(state, model);
  const value = numbersOf(model, node, inputs);
  const { say, words } = voiceOfState(state);
  const origin = originLines(model, node, value, inputs).map(say);
  const last = forms[forms.length - 1];
  // A number is its own shape: 1/3 = 0.333333.
  if (typeof value === 'number' && !input)
    return [[...forms, ...(showNumber(value, DIGITS) === last ? [] : [showNumber(value, DIGITS)])].join(' = '), ...origin];
  const head = [
    forms.join(' = '),
    say(showShape(input?.shape ?? node.shape)),
    ...(input ? [roleText(input.role, words)] : []),
  ].join('   ');
  const literal = node.kind === 'definition' && model.literals.has(node.value);
  return value === undefined || literal ? [head] : [head, ...equals(value), ...origin];
}

/** Each name that an expression is made of with its value, then the expression. @throws GradusError `data` where one has none */
export function valuedParts(state: ReplState, model: Model): string[] {
  const inputs = valuesFor(state, model);
  const { node } = model.objective!;
  const simple = normalForm(model);
  const used = directlyUsed(node);
  const parts = [
    ...[...model.inputs.values()].filter((i) => used.has(i.node)).map(({ name, node: part }) => ({ name, node: part })),
    ...model.definitions.filter((d) => used.has(d.node)).map(({ name, node: part }) => ({ name, node: part })),
    ...[...used].flatMap((part) => (isNamed(part) ? [{ name: part.name, node: part }] : [])),
    { name: node.kind === 'definition' ? node.name : simple.toUnicode().replace(/\s*\n\s*/g, ' '), node },
  ];
  const named = [...new Map(parts.map((part) => [part.name, part])).values()];
  const values = Callable.of(
    model,
    named.map((part) => part.node),
    { defaults: true },
  ).run(inputs);
  const rows = named.map(({ name }, k): [string, Value] => [
    name,
    values[k]!.shape.length === 0 ? values[k]!.data[0]! : values[k]!,
  ]);
  const lines = assignments(rows, () => DIGITS);
  return state.settings.ascii ? lines.map(asciiValue) : lines;
}

/** The names that an expression is written in: what a definition is made of stays behind its name. */
function directlyUsed(root: Node): Set<Node> {
  const used = new Set<Node>();
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    for (const part of children(node)) {
      if (used.has(part)) continue;
      used.add(part);
      if (part.kind !== 'definition') open.push(part);
    }
  }
  used.delete(root);
  return used;
}
