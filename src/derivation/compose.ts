import type { Dim } from '../graph/dimension.ts';
import { Graph } from '../graph/graph.ts';
import { isNamed, type Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { attempt } from '../language/attempt.ts';
import { lazily } from '../language/lazily.ts';
import type { Expr, Statement } from '../language/tree.ts';
import { leaves } from '../language/trees.ts';
import { type NamedPart, namedParts } from '../model/held.ts';
import type { Model } from '../model/model.ts';
import type { Operator } from '../operators/operator.ts';
import { atStep } from '../reading/at-step.ts';
import { targetEntry, Unwritable } from '../reading/entry.ts';
import { asSaid } from '../reading/said.ts';
import { toStatements } from '../reading/source.ts';
import { NOWHERE } from '../reading/syntax.ts';
import { forRunning } from '../simplify/pipelines.ts';
import { entriesOf } from './by-entries.ts';
import { type Closed, closedForms } from './closed.ts';
import type {
  Block,
  Convention,
  DerivationDocument,
  Derived,
  DocumentOptions,
  Equation,
  Formula,
  Section,
  Structured,
  Told,
  ToldStep,
} from './document.ts';
import { flowsOf } from './flows.ts';
import { functionsOf, noteText, ruleText, whyText } from './labels.ts';
import { lemmaOf } from './lemma.ts';
import { numbered } from './numbered.ts';
import type { Measured } from './numbers.ts';
import { isOneLine } from './one-line.ts';
import { cancelling } from './put-in.ts';
import { entrywiseOf, isOfArrays } from './rules.ts';
import { signOf } from './textbook.ts';
import type { Page } from './walk.ts';
import type { Words } from './words/index.ts';
import { workingOf } from './working.ts';
import { pageOf } from './working-page.ts';

/** What is said of a derivation, and in which order. */

/** A zero by its indices, where there are letters for them. */
const MOST_AXES = 9;
/** More conditions would drown a derivation that is told briefly. */
const MOST_CONDITIONS = 4;

/**
 * The model with shapes, the derivation backwards from the objective, each derivative in one line, and where it holds.
 * @param only the sections that are wanted; what nobody looks at is not worked out
 */
export function documentOf(derived: Derived, options: DocumentOptions, only?: ReadonlySet<Section['id']>): DerivationDocument {
  const { model, name, steps } = derived;
  const { graph } = model;
  const { detail, words, conventions = false } = options;
  const { page } = words;
  const full = detail === 'full';
  const closed = lazily(() => (derived.textbooks.length > 0 ? [] : closedForms(derived)));
  const parts = [...derived.lower, ...partsOf(model, name), ...derived.last];
  const sheet = lazily(() => pageOf(derived));
  const formula = formulas(
    model,
    sheet,
    () => [...parts.map((p) => p.node), ...numbersOf(derived).map((m) => m.node), ...steps.map((s) => s.after)],
    options,
  );
  // Who reads the steps alone does not wait for closed forms, and for their letters.
  const closedSheet = lazily(() => pageOf(derived, closed()));
  const ofClosed = formulas(model, closedSheet, () => closed().map((c) => c.node), options);
  const equations = (part: NamedPart): Equation[] => {
    const page = options.notation === 'index' && part.written ? sheet() : undefined;
    return (page && stepsByEntries(page, part)) ?? [equationOf(part, formula)];
  };
  const known = (operator: Operator): Equation => knownAs(operator, graph);
  const outline: readonly [id: Section['id'], title: string, blocks: () => Block[]][] = [
    ['inputs', page.inputs, () => inputsByRole(model, words)],
    [
      'formulas',
      page.formulas,
      () => [{ kind: 'definitions', rows: [...parts.flatMap(equations), ...derived.known.map(known)] }],
    ],
    [
      'derivation',
      page.derivation,
      () => [
        ...(full ? derived.below.flatMap((one) => ofOrder(one, options)) : []),
        ...backwards(derived, formula, options, sheet),
        ...textbooks(derived, options),
      ],
    ],
    ['closed', words.inOneLine, () => [...inOneLine(closed(), derived, ofClosed), ...zeros(derived)]],
    ['domain', words.domain.title, () => limits(derived, options, formula)],
    ['numbers', page.numbers, () => numbered(derived, formula, words)],
    ['lemmas', page.lemmas, () => (full ? lemmas(derived) : [])],
    ['conventions', page.conventions, () => (conventions ? layouts(derived, words) : [])],
  ];
  const sections = outline.flatMap(([id, title, make]): Section[] =>
    only?.has(id) === false ? [] : [{ id, title, blocks: make() }],
  );
  const names = [...model.inputs.keys(), ...model.definitions.map((d) => d.name), ...steps.map((s) => s.target)];
  let flows: DerivationDocument['flows'] | undefined;
  return {
    name,
    words,
    model,
    names: new Set(names),
    sections: sections.filter(({ blocks }) => blocks.length > 0),
    lower: derived.lower,
    get flows() {
      flows ??= flowsOf(sheet(), steps);
      return flows;
    },
  };
}

/** The steps of a derivative below the one that is derived. */
function ofOrder(derived: Derived, options: DocumentOptions): Block[] {
  const sheet = lazily(() => pageOf(derived));
  const formula = formulas(derived.model, sheet, () => derived.steps.map((s) => s.after), options);
  return [...backwards(derived, formula, options, sheet), ...textbooks(derived, options)];
}

/** @param quantity what the target is, or what it is the derivative by: it has the letters of that */
type MakeFormula = (node: Node, target: string, quantity?: Node) => Formula;

/** Nodes as formulas, written out when they are asked for; normal forms all in one pass over the graph that they share. */
function formulas(
  model: Model,
  sheet: () => Page,
  nodesOf: () => readonly Node[],
  { notation = 'matrix' }: DocumentOptions,
): MakeFormula {
  const { graph } = model;
  const options = { notation, graph, reserved: graph.names, lengths: graph.lengths };
  let forms: Map<Node, Node> | undefined;
  const said = (node: Node, quantity: Node | undefined) =>
    toStatements(asSaid(graph, node), { ...options, first: quantity && numberedFrom(graph, quantity) });
  const normalForm = (node: Node): Node => {
    if (!forms) {
      const nodes = nodesOf();
      forms = new Map(forRunning(graph, nodes).map((form, k) => [nodes[k]!, form]));
    }
    return forms.get(node) ?? node;
  };
  return (node, target, quantity) => {
    const statements = lazily(() => said(node, quantity));
    const normal = lazily(() => said(normalForm(node), quantity));
    return {
      get statements() {
        return statements();
      },
      get normal() {
        return normal();
      },
      get byEntries() {
        // What is told of one step of a recurrence says its arrays as they are.
        const isOfPlaces = (): boolean => hasEntries(statements()) && hasEntries(normal()) && !atStep(graph, node);
        const isAsked = notation === 'index' || isOfPlaces();
        const found = isAsked ? entriesOf(sheet(), node, target, quantity) : undefined;
        // Where arrays have to be said by their entries, that is said in one line.
        return notation === 'index' || (found && isLine(found.right, statements())) ? found : undefined;
      },
    };
  };
}

/** The number of the first entry of a quantity, where it runs along steps. */
function numberedFrom({ steps }: Graph, quantity: Node): Dim | undefined {
  const [length] = quantity.shape;
  if (length === undefined || !steps.isTime(length)) return undefined;
  const name = isNamed(quantity) ? quantity : steps.nameOfResolved(quantity);
  return name?.first ?? 1;
}

const hasEntries = (statements: readonly Statement[]): boolean => statements.some((s) => s.kind === 'entries');

/** Whether an entry is still a line beside the statements that say the whole array: by entries (A − Y)_ij is A_ij − Y_ij. */
function isLine(entry: Expr, statements: readonly Statement[]): boolean {
  const lengths = statements.map((s) => ('value' in s && s.value ? leaves(s.value) : 0));
  return leaves(entry) <= 2 * lengths.reduce((sum, length) => sum + length, 0);
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

/** A recurrence by its entries, h_ti = tanh(s_ti), what it starts from before it. */
function stepsByEntries({ graph, forms }: Page, { name, node, shape, written = [] }: NamedPart): Equation[] | undefined {
  const values = graph.steps.nameOfValues(node);
  const step = values && graph.steps.resolvedOf(values);
  if (!step) return undefined;
  const places = forms.places(values);
  const make = () => ({ left: targetEntry(name, places, [], graph.names), right: forms.read(step, places) });
  const byEntries = attempt(make, Unwritable);
  if (!byEntries) return undefined;
  const starts = written.filter(({ subscripts: [first] }) => first?.kind === 'at');
  const start: Equation = { target: '', shape: shape.slice(1), formula: { statements: starts, normal: starts }, whole: true };
  const steps: Equation = { target: name, shape, formula: { statements: written, normal: written, byEntries } };
  return starts.length > 0 ? [start, steps] : [steps];
}

/** What a function is known by: σ(z) = 1/(1 + exp(−z)). */
function knownAs(operator: Operator, { names }: Graph): Equation {
  const g = new Graph();
  const letter = ['z', 'u', 'x', 't'].find((one) => !names.has(one)) ?? 'z';
  const [value] = toStatements(operator.definition!(g, g.variable(letter)));
  const stated: Statement = {
    kind: 'function',
    name: operator.name,
    parameters: [{ kind: 'name', name: letter, span: NOWHERE }],
    ...(value?.kind === 'objective' && { value: value.value }),
    at: NOWHERE,
    span: NOWHERE,
  };
  return { target: '', shape: [], formula: { statements: [stated], normal: [stated] }, whole: true };
}

function backwards(
  { steps, wrt, name, model: { graph } }: Derived,
  formula: MakeFormula,
  { detail, words }: DocumentOptions,
  sheet: () => Page,
): Block[] {
  if (steps.length === 0) return [];
  const told = steps.map((step): ToldStep => {
    const { id, uses, target, shapes, before, after } = step;
    // Who shows one step at a time has no use for the proofs of the others.
    let working: ToldStep['working'] | undefined;
    const why = whyText(step, words);
    return {
      id,
      uses,
      target,
      shape: after.shape,
      before: formula(before, target, step.explained.node),
      after: formula(after, target, step.explained.node),
      get putIn() {
        const shorter = detail === 'full' ? undefined : cancelling(graph, step);
        if (!shorter) return undefined;
        const [first, ...more] = shorter.cancelled;
        return {
          formula: formula(shorter.form, target, step.explained.node),
          cancelled: first && formula(graph.mul(first, ...more), '', step.explained.node),
        };
      },
      label: ruleText(step, words),
      why,
      get reason() {
        return this.working.some(({ label }) => label !== 'shapes') && !step.rules.some(isOfArrays) ? '' : why;
      },
      note: noteText(step, words),
      ...(shapes && { shapes }),
      get working() {
        working ??= detail === 'full' ? workingOf(sheet(), step) : [];
        return working;
      },
    };
  });
  return [
    { kind: 'backwards', targets: wrt.map((by) => `∂${name}/∂${by}`), from: name },
    { kind: 'steps', steps: told, reasons: detail === 'full' },
  ];
}

function textbooks({ textbooks: told, model, name, wrt }: Derived, { detail }: DocumentOptions): Block[] {
  if (told.length === 0) return [];
  const sign = signOf(model.objective!.node);
  const own = told.map((step, k): Told => ({ by: wrt[k]!, sign, step }));
  return [{ kind: 'textbooks', of: name, told: own, reasons: detail === 'full' }];
}

function inOneLine(closed: readonly Closed[], { model, name, wrt }: Derived, formula: MakeFormula): Block[] {
  const rows = closed.map(({ by, node, variable }) => {
    const target = `∂${name}/∂${by}`;
    return { target, shape: node.shape, formula: formula(node, target, variable) };
  });
  const letters = new Set(model.letters.map(({ letter }) => letter));
  const isKnown = (letter: string): boolean => letters.size === 0 || letters.has(letter) || model.graph.lengths.has(letter);
  const shown = rows.filter((row) => isOneLine(row.formula, isKnown));
  const told = new Set(shown.map(({ target }) => target));
  const longer = wrt.map((by) => `∂${name}/∂${by}`).filter((target) => !told.has(target));
  return shown.length > 0 ? [{ kind: 'closed', rows: shown, longer }] : [];
}

const zeros = ({ textbooks: told, zeros: known }: Derived): Block[] =>
  told.length > 0
    ? []
    : known
        .filter((one): one is Structured => one.structure.kind !== 'dense' && one.rank <= MOST_AXES)
        .map((one) => ({ kind: 'zeros', zeros: one }));

function limits({ domain, notes }: Derived, { detail, notation }: DocumentOptions, formula: MakeFormula): Block[] {
  const entry = notation === 'index' ? (node: Node) => formula(node, '').byEntries?.right : undefined;
  const most = detail === 'full' ? Number.POSITIVE_INFINITY : MOST_CONDITIONS;
  return [
    ...(domain.length > 0 ? [{ kind: 'conditions', notes: domain, most, entry } as const] : []),
    ...notes.map((text) => ({ kind: 'note', text }) as const),
  ];
}

const numbersOf = ({ numbers }: Derived): readonly Measured[] => (numbers ? [...numbers.forward, ...numbers.backward] : []);

/** Why the functions on the way have the derivatives that the steps say. */
function lemmas({ model, steps, textbooks: told }: Derived): Block[] {
  const { logarithm } = model.graph;
  const used = new Set([
    ...steps.flatMap((s) => s.rules.flatMap(entrywiseOf)),
    ...told.flatMap((step) => (step ? functionsOf(step) : [])),
  ]);
  return [...used].flatMap((operator) => {
    const lemma = lemmaOf(operator, logarithm);
    return lemma ? [{ kind: 'lemma', lemma } as const] : [];
  });
}

/** What shape a derivative has, said for the objective at hand; the other layouts in general. Numbers have no shape. */
function layouts({ model, name, wrt }: Derived, { page }: Words): Block[] {
  const { gradientLayout, jacobianLayout, hessianLayout, productSigns, adjointNames } = page;
  if (topological([model.objective!.node]).every((node) => node.shape.length === 0)) return [];
  const own: Convention = (spell) => gradientLayout(spell(name), spell(wrt[0] ?? 'x'));
  const first = model.objective?.node.shape.length === 0 ? [own] : [];
  const general = [jacobianLayout, hessianLayout, productSigns, adjointNames].map((text) => () => text);
  return [{ kind: 'conventions', texts: [...first, ...general] }];
}
