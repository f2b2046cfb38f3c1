import type { DomainNote } from '../derivation/domain.ts';
import { type Applied, entrywiseOf, isFunction } from '../derivation/rules.ts';
import type { Step } from '../derivation/steps.ts';
import type { TextbookStep } from '../derivation/textbook.ts';
import { type LanguageOptions, phrase, type Words, wordsOf } from '../derivation/words/index.ts';
import type { Node } from '../graph/node.ts';
import type { Expr, Statement } from '../language/tree.ts';
import { type NamedPart, namedParts } from '../model/held.ts';
import type { Model } from '../model/model.ts';
import type { Operator } from '../operators/operator.ts';
import type { Notation } from '../reading/hoist.ts';
import { toStatements } from '../reading/source.ts';
import { forRunning } from '../simplify/pipelines.ts';
import { domainLines } from './domain.ts';
import { lemmaLines, lemmaOf } from './lemma.ts';
import { shapeText } from './shape-text.ts';
import { type Structured, structureLine } from './structure.ts';
import { printStatements, type Spelling } from './text.ts';
import { textbookLines } from './textbook-text.ts';

export interface TextOptions extends LanguageOptions {
  /** One line a target, or the reasons too. */
  readonly detail?: 'brief' | 'full';
  /** Signs that every terminal has. */
  readonly ascii?: boolean;
  /** Matrix notation where it can say the result, or indices throughout. */
  readonly notation?: Notation;
}

/** What a derivation's text is made of. */
export interface DerivationParts {
  readonly model: Model;
  readonly name: string;
  readonly steps: readonly Step[];
  /** For a scalar expression, the textbook's reading by each name (none where the derivative is 0). */
  readonly textbooks: readonly (TextbookStep | undefined)[];
  /** The names derived by. */
  readonly wrt: readonly string[];
  /** The derivatives in one line, where they fit. */
  readonly closed: readonly { readonly name: string; readonly partial: Node }[];
  /** What is known of the zeros of Jacobians. */
  readonly structures?: readonly Structured[];
  /** Where it does not hold. */
  readonly domain: readonly DomainNote[];
  /** What else to know of the result. */
  readonly notes?: readonly string[];
}

/** The model with shapes, the derivation backwards from the objective, and each derivative in one line. */
export function derivationText(
  { model, name, steps, textbooks, wrt, closed, structures = [], domain, notes = [] }: DerivationParts,
  { detail = 'brief', ascii = false, notation = 'matrix', ...language }: TextOptions = {},
): string {
  const words = wordsOf(language);
  const spelling: Spelling = ascii ? 'ascii' : 'unicode';
  const { graph } = model;
  const options = { notation, graph, reserved: graph.names, lengths: graph.lengths };
  let forms: Map<Node, Node> | undefined;
  // All in one pass over the graph that they share.
  const normalForms = (): Map<Node, Node> => {
    const whole = model.objective ? [model.objective.node] : [];
    const nodes = [
      ...namedParts(model).map((d) => d.node),
      ...whole,
      ...steps.map((s) => s.after),
      ...closed.map((c) => c.partial),
    ];
    forms ??= new Map(forRunning(model.graph, nodes).map((form, k) => [nodes[k]!, form]));
    return forms;
  };
  const equation = (left: string, node: Node): string => {
    const written = equationText(left, toStatements(node, options), spelling, words);
    if (!written.includes(` ${words.where} `)) return written;
    // What takes helpers as it was written may be shorter in normal form: one line of indices.
    const normal = equationText(left, toStatements(normalForms().get(node)!, options), spelling, words);
    return normal.length < written.length ? normal : written;
  };
  const finished = () => lines.map((line) => (ascii ? toAscii(line) : line)).join('\n');
  const lines: string[] = [...inputLines(model, words)];
  lines.push(...align(definitionRows(model, name, equation, spelling, words), '').map((l) => l));
  if (steps.length > 0) {
    const wanted = wrt.map((n) => `∂${name}/∂${n}`);
    lines.push('', words.backwards(listed(wanted, words.and), name), '');
    const rows = steps.map((s) => [
      equation(s.target, s.after),
      shapeText(s.after.shape, words),
      ruleText(s, words),
      noteOf(s, words),
    ]);
    const aligned = align(rows, '  ');
    steps.forEach((s, k) => {
      lines.push(aligned[k]!);
      if (detail === 'brief') return;
      lines.push(`      ${whyText(s, words)}`);
      if (s.index) lines.push(`      ${s.index}`);
    });
  }
  const lemmas = (): void => {
    if (detail === 'brief') return;
    const used = new Set([
      ...steps.flatMap((s) => s.rules.flatMap(entrywiseOf)),
      ...textbooks.flatMap((t) => (t ? functionsOf(t) : [])),
    ]);
    for (const operator of used) {
      const lemma = lemmaOf(operator);
      if (lemma) lines.push('', ...lemmaLines(lemma, words, spelling));
    }
  };
  const limits = (): void => {
    const most = detail === 'full' ? Number.POSITIVE_INFINITY : undefined;
    const told = domainLines(domain, words, { spelling, graph }, most);
    if (told.length + notes.length > 0) lines.push('', ...told, ...notes);
  };
  if (textbooks.length > 0) {
    textbooks.forEach((t, k) => {
      lines.push('', ...(t ? textbookLines(t, words, spelling) : [`d/d${wrt[k]!} ${name} = 0`]));
    });
    limits();
    lemmas();
    return finished();
  }
  if (closed.length > 0) lines.push('', words.inOneLine);
  lines.push(...closed.map((c) => `  ${equation(`∂${name}/∂${c.name}`, c.partial)}`));
  const zeros = structures.flatMap((s) => structureLine(s, words, spelling) ?? []);
  if (zeros.length > 0) lines.push('', ...zeros);
  limits();
  lemmas();
  return finished();
}

function functionsOf({ rule, substeps }: TextbookStep): Operator[] {
  return [...entrywiseOf(rule), ...substeps.flatMap(functionsOf)];
}

/** The rules that lead to a step: `chain rule, σ′ = σ(1 − σ)`, or the most telling one's name. */
export function ruleText({ rules }: Step, words: Words): string {
  const functions = rules.filter(isFunction);
  if (functions.length === 0) return phrase(rules[0] ?? { id: 'objective', name: '' }, words).name;
  if (functions.length === 1 && functions[0]!.id.rule.id === 'power') return phrase(functions[0]!, words).name;
  return `${words.chainRule}, ${functions.map((f) => f.id.rule.formula ?? phrase(f, words).name).join(', ')}`;
}

/** The reasons of a step, most telling first. */
export function whyText({ rules, resting = [] }: Step, words: Words): string {
  const functions = rules.filter(isFunction);
  const told: readonly Applied[] = functions.length > 0 ? functions : [rules[0] ?? { id: 'objective', name: '' }];
  return [...told.map((r) => phrase(r, words).why), ...resting.map((r) => words.sentence(words.resting(r)))].join(' ');
}

/** Beside the rule: the dimension check of a product, the reason of a sum over what is shared. */
function noteOf(step: Step, words: Words): string {
  if (step.resting) return step.resting.map(words.resting).join(', ');
  if (step.shapes) return step.shapes;
  const [first] = step.rules;
  return first?.id === 'broadcast' ? words.sharedNote(first) : '';
}

/** `X : 2×m   Y : 1×m   data`: a line for each role. */
function inputLines(model: Model, words: Words): string[] {
  const byRole = new Map<keyof Words['roles'], string[]>();
  for (const input of model.inputs.values()) {
    const known = byRole.get(input.role) ?? [];
    byRole.set(input.role, [...known, `${input.name} : ${shapeText(input.shape, words)}`]);
  }
  return [...byRole].map(([role, names]) => `${names.join('   ')}   ${words.roles[role]}`);
}

function definitionRows(
  model: Model,
  name: string,
  equation: (left: string, n: Node) => string,
  spelling: Spelling,
  words: Words,
): string[][] {
  const { objective } = model;
  const { node, name: own } = objective ?? {};
  const last: NamedPart[] = node && !own ? [{ name, node, shape: node.shape }] : [];
  const all = [...namedParts(model), ...last];
  const widest = Math.max(0, ...all.map((d) => d.name.length));
  return all.map((d) => {
    const text = d.written ? printStatements(d.written, spelling, ', ') : equation(d.name.padEnd(widest), d.node);
    return [text, shapeText(d.shape, words)];
  });
}

/**
 * What is meant comes first and the names it uses after it: `Z = A·T   where T = …`. An array that its entries define
 * is said by them: `Z[i, j] = …`.
 */
function equationText(left: string, statements: readonly Statement[], spelling: Spelling, words: Words): string {
  const [before, last] = statements.slice(-2);
  const entries = before?.kind === 'entries' && last?.kind === 'objective' && isName(last.value, before.name);
  const rest = statements.slice(0, entries ? -2 : -1);
  const main = entries
    ? printStatements([{ ...before, name: left.trimEnd() }], spelling)
    : `${left} = ${printStatements(statements.slice(-1), spelling)}`;
  return rest.length === 0 ? main : `${main}   ${words.where} ${printStatements(rest, spelling, ', ')}`;
}

const isName = (e: Expr, name: string): boolean => e.kind === 'name' && e.name === name;

const WIDEST = 72;

/** Columns padded to their widest cell; a first cell that is very wide does not push the others away. */
export function align(rows: readonly (readonly string[])[], indent: string): string[] {
  const width = (cell: string) => [...cell].length;
  const columns = Math.max(0, ...rows.map((r) => r.length));
  const widths = Array.from({ length: columns }, (_, c) =>
    Math.max(0, ...rows.map((r) => width(r[c] ?? '')).filter((w) => w <= WIDEST)),
  );
  return rows.map((r) =>
    (indent + r.map((cell, c) => cell + ' '.repeat(Math.max(0, widths[c]! - width(cell)))).join('   ')).trimEnd(),
  );
}

function listed(items: readonly string[], and: string): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')}${and}${items[items.length - 1]}`;
}

const ASCII: readonly (readonly [RegExp, string])[] = [
  [/∂/g, 'd'],
  [/×/g, 'x'],
  [/≥/g, '>='],
  [/≠/g, '!='],
  [/·/g, '*'],
  [/−/g, '-'],
  [/σ/g, 'sigmoid'],
  [/′/g, "'"],
  [/ᵖ⁻¹/g, '^(p-1)'],
  [/ᵖ/g, '^p'],
  [/ᵘ/g, '^u'],
  [/½/g, '1/2'],
  [/√/g, 'sqrt '],
  [/Σ/g, 'sum'],
  [/²/g, '^2'],
  [/⁻ᶻ|ᶻ/g, '^z'],
];

/** The words around an expression with ASCII signs only. */
const toAscii = (text: string): string => ASCII.reduce((t, [sign, plain]) => t.replace(sign, plain), text);
