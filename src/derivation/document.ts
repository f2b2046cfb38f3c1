import type { Shape } from '../graph/dimension.ts';
import { inlineDefinitions } from '../graph/map.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import type { Expr, Statement } from '../language/tree.ts';
import { type NamedPart, namedParts } from '../model/held.ts';
import type { Input, Model } from '../model/model.ts';
import { targetEntry } from '../reading/entries.ts';
import type { Notation } from '../reading/hoist.ts';
import { toStatements, writtenLength } from '../reading/source.ts';
import { forReading, forRunning } from '../simplify/pipelines.ts';
import type { Structure } from '../simplify/structure.ts';
import type { DomainNote } from './domain.ts';
import { functionsOf, noteText, ruleText, whyText } from './labels.ts';
import { type Lemma, lemmaOf } from './lemma.ts';
import { type LocalSlope, localSlopes } from './local-slopes.ts';
import type { Page } from './paths.ts';
import { entrywiseOf } from './rules.ts';
import type { Step } from './steps.ts';
import type { TextbookStep } from './textbook.ts';
import type { Words } from './words/index.ts';
import { quietly, workingOf } from './working.ts';
import type { WorkingLine } from './working-lines.ts';
import { pageOf } from './working-page.ts';

/**
 * A derivation as a document: what is said, in which order, in the words of one language. A format spells it; it neither
 * adds nor leaves out.
 */
export interface DerivationDocument {
  /** The objective, as the steps call it. */
  readonly name: string;
  readonly words: Words;
  readonly model: Model;
  /** What sentences may speak of: the source's names, and those of the steps. */
  readonly names: ReadonlySet<string>;
  readonly sections: readonly Section[];
  /** The slopes along the arrows of the graph. */
  readonly slopes: readonly LocalSlope[];
}

export interface Section {
  readonly id: 'inputs' | 'formulas' | 'derivation' | 'closed' | 'domain' | 'lemmas' | 'conventions';
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A formula as a tree of the language: what is meant comes last, before it the names that it uses. */
export interface Formula {
  readonly statements: readonly Statement[];
  /** The same in normal form, which may be shorter where names stand before it: one line of indices. */
  readonly normal: readonly Statement[];
  /** In index notation, `Z_ik = Σ_j W_ij X_jk + b_i`, where a line of entries can say it. */
  readonly byEntries?: { readonly left: Expr; readonly right: Expr } | undefined;
}

/** `dZ = …`. */
export interface Equation {
  readonly target: string;
  readonly shape: Shape;
  readonly formula: Formula;
  /** The formula is what was written, target and all: `h[0] = 0, h[t=1:n] = …`. */
  readonly whole?: true;
}

/** A step as it is told. */
export interface ToldStep {
  readonly id: string;
  /** The steps whose results it uses. */
  readonly uses: readonly string[];
  readonly target: string;
  readonly shape: Shape;
  readonly before: Formula;
  readonly after: Formula;
  readonly label: string;
  readonly why: string;
  readonly note: string;
  readonly shapes?: string;
  /** The step as a small proof, a line where something happens; empty where a derivation is told briefly. */
  readonly working: readonly WorkingLine[];
}

/** What is known of the zeros of a derivative. */
export interface Structured {
  /** The objective's name, and the name derived by. */
  readonly name: string;
  readonly by: string;
  /** How many of the axes are the objective's. */
  readonly front: number;
  readonly rank: number;
  readonly structure: Structure & { readonly kind: Exclude<Structure['kind'], 'dense'> };
}

/** The textbook's reading of the derivative by a name; none where it is 0. */
export interface Told {
  readonly by: string;
  readonly step: TextbookStep | undefined;
}

/** A sentence with LaTeX between dollar signs; how the names in it are spelled is the format's. */
type Convention = (spell: (name: string) => string) => string;

/** How a format writes each kind of block. */
export type BlockPrinters<Written> = { readonly [K in Block['kind']]: (block: Extract<Block, { kind: K }>) => Written };

export const printed = <Written>(printers: BlockPrinters<Written>, block: Block): Written =>
  (printers[block.kind] as (block: Block) => Written)(block);

export type Block =
  | { readonly kind: 'inputs'; readonly role: string; readonly inputs: readonly Pick<Input, 'name' | 'shape'>[] }
  | { readonly kind: 'definitions'; readonly rows: readonly Equation[] }
  | { readonly kind: 'closed'; readonly rows: readonly Equation[] }
  | { readonly kind: 'backwards'; readonly targets: readonly string[]; readonly from: string }
  | { readonly kind: 'steps'; readonly steps: readonly ToldStep[]; readonly reasons: boolean }
  | { readonly kind: 'textbooks'; readonly of: string; readonly told: readonly Told[]; readonly reasons: boolean }
  | { readonly kind: 'zeros'; readonly zeros: Structured }
  | { readonly kind: 'conditions'; readonly notes: readonly DomainNote[]; readonly most: number }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'lemma'; readonly lemma: Lemma }
  | { readonly kind: 'conventions'; readonly texts: readonly Convention[] };

export interface DocumentOptions {
  /** A line a step, or all reasons and lemmas. */
  readonly detail: 'brief' | 'full';
  /** Matrix notation where it can say the result, or indices throughout. */
  readonly notation?: Notation;
  /** What shapes derivatives have, and what the signs mean. */
  readonly conventions?: boolean;
  readonly words: Words;
}

/** What a document is made of. */
export interface Derived {
  readonly model: Model;
  readonly name: string;
  /** The names derived by, and what the sweep found for each. */
  readonly wrt: readonly string[];
  readonly raw: readonly Node[];
  readonly steps: readonly Step[];
  /** For a scalar expression, the textbook's reading by each name (none where the derivative is 0). */
  readonly textbooks: readonly (TextbookStep | undefined)[];
  readonly zeros: readonly (Omit<Structured, 'structure'> & { readonly structure: Structure })[];
  readonly domain: readonly DomainNote[];
  readonly notes: readonly string[];
}

/** A closed form longer than this is no line that anyone reads: a deep network's steps say it better. */
const LONGEST_LINE = 400;
/** A zero by its indices, where there are letters for them. */
const MOST_AXES = 9;
/** More conditions would drown a derivation that is told briefly. */
const MOST_CONDITIONS = 4;

/** The model with shapes, the derivation backwards from the objective, each derivative in one line, and where it holds. */
export function documentOf(derived: Derived, options: DocumentOptions): DerivationDocument {
  const { model, name, steps } = derived;
  const { detail, words, conventions = false } = options;
  const { page } = words;
  const full = detail === 'full';
  const closed = derived.textbooks.length > 0 ? [] : closedForms(derived);
  const parts = partsOf(model, name);
  const sheet = full || options.notation === 'index' ? pageOf(derived, closed) : undefined;
  const formula = formulas(
    model,
    sheet,
    [...parts.map((p) => p.node), ...steps.map((s) => s.after), ...closed.map((c) => c.node)],
    options,
  );
  const sections: Section[] = [
    { id: 'inputs', title: page.inputs, blocks: inputsByRole(model, words) },
    {
      id: 'formulas',
      title: page.formulas,
      blocks: [{ kind: 'definitions', rows: parts.map((part) => equationOf(part, formula)) }],
    },
    {
      id: 'derivation',
      title: page.derivation,
      blocks: [...backwards(derived, formula, options, sheet), ...textbooks(derived, options)],
    },
    { id: 'closed', title: words.inOneLine, blocks: [...inOneLine(closed, name, formula), ...zeros(derived)] },
    { id: 'domain', title: words.domain.title, blocks: limits(derived, full) },
    { id: 'lemmas', title: page.lemmas, blocks: full ? lemmas(derived) : [] },
    { id: 'conventions', title: page.conventions, blocks: conventions ? layouts(derived, words) : [] },
  ];
  const names = [...model.inputs.keys(), ...model.definitions.map((d) => d.name), ...steps.map((s) => s.target)];
  return {
    name,
    words,
    model,
    names: new Set(names),
    sections: sections.filter(({ blocks }) => blocks.length > 0),
    get slopes() {
      return localSlopes(sheet ?? pageOf(derived), steps);
    },
  };
}

/** @param quantity what the target is, or what it is the derivative by: it has the letters of that */
type MakeFormula = (node: Node, target: string, quantity?: Node) => Formula;

/** Nodes as formulas, written out when they are asked for; normal forms all in one pass over the graph that they share. */
function formulas(
  model: Model,
  sheet: Page | undefined,
  nodes: readonly Node[],
  { notation = 'matrix' }: DocumentOptions,
): MakeFormula {
  const { graph } = model;
  const options = { notation, graph, reserved: graph.names, lengths: graph.lengths };
  let forms: Map<Node, Node> | undefined;
  const normalForm = (node: Node): Node => {
    forms ??= new Map(forRunning(graph, nodes).map((form, k) => [nodes[k]!, form]));
    return forms.get(node) ?? node;
  };
  return (node, target, quantity = node) => ({
    get statements() {
      return toStatements(node, options);
    },
    get normal() {
      return toStatements(normalForm(node), options);
    },
    get byEntries() {
      return notation === 'index' && sheet ? entriesOf(sheet, node, target, quantity) : undefined;
    },
  });
}

function entriesOf({ forms }: Page, node: Node, target: string, quantity: Node): Formula['byEntries'] {
  const places = forms.places(quantity);
  return quietly(() => ({ left: targetEntry(target, places), right: forms.read(node, places) }));
}

function inputsByRole({ inputs }: Model, words: Words): Block[] {
  const roles = new Set([...inputs.values()].map(({ role }) => role));
  return [...roles].map((role) => ({
    kind: 'inputs',
    role: words.roles[role],
    inputs: [...inputs.values()].filter((input) => input.role === role),
  }));
}

/** The named parts, and the objective if it has no name of its own. */
function partsOf(model: Model, name: string): NamedPart[] {
  const { node, name: own } = model.objective ?? {};
  return [...namedParts(model), ...(node && !own ? [{ name, node, shape: node.shape }] : [])];
}

function equationOf({ name, node, shape, written }: NamedPart, formula: MakeFormula): Equation {
  if (!written) return { target: name, shape, formula: formula(node, name) };
  return { target: name, shape, formula: { statements: written, normal: written }, whole: true };
}

function backwards(
  { steps, wrt, name }: Derived,
  formula: MakeFormula,
  { detail, words }: DocumentOptions,
  sheet: Page | undefined,
): Block[] {
  if (steps.length === 0) return [];
  const told = steps.map((step): ToldStep => {
    const { id, uses, target, shapes, before, after } = step;
    return {
      id,
      uses,
      target,
      shape: after.shape,
      before: formula(before, target, step.explained.node),
      after: formula(after, target, step.explained.node),
      label: ruleText(step, words),
      why: whyText(step, words),
      note: noteText(step, words),
      ...(shapes && { shapes }),
      working: sheet && detail === 'full' ? workingOf(sheet, step.explained) : [],
    };
  });
  return [
    { kind: 'backwards', targets: wrt.map((by) => `∂${name}/∂${by}`), from: name },
    { kind: 'steps', steps: told, reasons: detail === 'full' },
  ];
}

const textbooks = ({ textbooks: told, name, wrt }: Derived, { detail }: DocumentOptions): Block[] =>
  told.length === 0
    ? []
    : [{ kind: 'textbooks', of: name, told: told.map((step, k) => ({ by: wrt[k]!, step })), reasons: detail === 'full' }];

/** A derivative in one line. */
interface Closed {
  readonly by: string;
  readonly node: Node;
  /** What it is the derivative by. */
  readonly variable: Node;
}

function closedForms({ model, wrt, raw }: Derived): Closed[] {
  const { graph, definitions } = model;
  // The user's own names stay; only the adjoints' are replaced, where that can still be read.
  const own = new Set<Node>(definitions.map((d) => d.node));
  const chosen = wrt
    .map((by, k) => ({ by, node: raw[k]! }))
    .filter(({ node }) => writtenLength(node, (d) => own.has(d)) <= LONGEST_LINE);
  const nodes = chosen.map(({ node }) => node);
  const short = forReading(
    graph,
    inlineDefinitions(graph, nodes, (d) => !own.has(d)),
  );
  // What comes back through time is no line: the steps say it.
  const names = new Set(definitions.map((d) => d.name));
  const isOwn = (n: Node): boolean => n.kind === 'definition' && names.has(n.name);
  const runs = (node: Node): boolean =>
    topological([node], isOwn).some((n) => n.kind === 'recurrence' || n.kind === 'through-time');
  return chosen
    .map(({ by }, k) => ({ by, node: short[k]!, variable: model.inputs.get(by)!.node }))
    .filter(({ node }) => !runs(node));
}

function inOneLine(closed: readonly Closed[], name: string, formula: MakeFormula): Block[] {
  if (closed.length === 0) return [];
  const rows = closed.map(({ by, node, variable }) => {
    const target = `∂${name}/∂${by}`;
    return { target, shape: node.shape, formula: formula(node, target, variable) };
  });
  return [{ kind: 'closed', rows }];
}

const zeros = ({ textbooks: told, zeros: known }: Derived): Block[] =>
  told.length > 0
    ? []
    : known
        .filter((one): one is Structured => one.structure.kind !== 'dense' && one.rank <= MOST_AXES)
        .map((one) => ({ kind: 'zeros', zeros: one }));

function limits({ domain, notes }: Derived, full: boolean): Block[] {
  return [
    ...(domain.length > 0
      ? [{ kind: 'conditions', notes: domain, most: full ? Number.POSITIVE_INFINITY : MOST_CONDITIONS } as const]
      : []),
    ...notes.map((text) => ({ kind: 'note', text }) as const),
  ];
}

/** Why the functions on the way have the derivatives that the steps say. */
function lemmas({ steps, textbooks: told }: Derived): Block[] {
  const used = new Set([
    ...steps.flatMap((s) => s.rules.flatMap(entrywiseOf)),
    ...told.flatMap((step) => (step ? functionsOf(step) : [])),
  ]);
  return [...used].flatMap((operator) => {
    const lemma = lemmaOf(operator);
    return lemma ? [{ kind: 'lemma', lemma } as const] : [];
  });
}

/** What shape a derivative has, said for the objective at hand; the other layouts in general. */
function layouts({ model, name, wrt }: Derived, { page }: Words): Block[] {
  const { gradientLayout, jacobianLayout, hessianLayout, productSigns, adjointNames } = page;
  const own: Convention = (spell) => gradientLayout(spell(name), spell(wrt[0] ?? 'x'));
  const first = model.objective?.node.shape.length === 0 ? [own] : [];
  const general = [jacobianLayout, hessianLayout, productSigns, adjointNames].map((text) => () => text);
  return [{ kind: 'conventions', texts: [...first, ...general] }];
}
