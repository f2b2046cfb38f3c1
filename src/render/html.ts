import { type LanguageOptions, type Words, wordsOf } from '../derivation/words/index.ts';
import type { Shape } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { Model } from '../model/model.ts';
import { toStatements } from '../reading/source.ts';
import { lemmaList } from './html-lemmas.ts';
import { closedForm, stepList, textbookSteps } from './html-steps.ts';
import { type FragmentStyle, styleElement } from './html-style.ts';
import { escapeHtml, typeset } from './katex.ts';
import { latexName, latexTarget, printLatex } from './latex.ts';
import { shapeText } from './shape-text.ts';

/** Something found that LaTeX can say. */
export interface Formula {
  readonly shape: Shape;
  toLatex(): string;
}

/** A step as the page shows it. */
export interface StepView {
  readonly rule: string;
  /** The rule with its formula. */
  readonly label: string;
  readonly target: string;
  readonly why: string;
  readonly before: Formula;
  readonly after: Formula;
  /** There where the step is told as a textbook tells it. */
  readonly result?: Formula;
  readonly shapes?: string;
  readonly index?: string;
  readonly substeps?: readonly StepView[];
}

/** What a page needs of a derivation. */
export interface DerivationView {
  readonly name: string;
  readonly model: Model;
  readonly wrt: readonly string[];
  readonly partials: Readonly<Record<string, Formula>>;
  readonly steps: readonly StepView[];
  /** The steps with their sentences in another language. */
  stepsIn?(words: Words): readonly StepView[];
  /** Where it does not hold, a line each. */
  domain?(words: Words): readonly string[];
  /** What else to know of the result, a line each. */
  notes?(words: Words): readonly string[];
}

export interface HtmlOptions extends LanguageOptions {
  /** The level of the headings: 2 for `<h2>`. */
  readonly level?: number;
  /**
   * What the fragment brings along: `mathml`, unless told, all that it needs, with formulas that the browser sets; `katex`
   * the same for a page that links KaTeX's style sheet; `none` for a page that has a style for it.
   */
  readonly style?: FragmentStyle;
}

/** A part of the page, below a heading of its own. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

/**
 * The derivation as an HTML fragment: the model in formulas, the steps (each opens to its reasons), the derivatives in
 * one line, and the conventions. It brings its style, for what is in it alone.
 */
export function derivationHtml(derivation: DerivationView, options: HtmlOptions = {}): string {
  const { level = 2, style = 'mathml' } = options;
  const words = wordsOf(options);
  const parts = derivationSections(derivation, words).map(
    ({ title, body }) => `<section>\n<h${level}>${escapeHtml(title)}</h${level}>\n${body}\n</section>`,
  );
  return `<div class="gradus" lang="${words.page.lang}">\n${styleElement(style)}${parts.join('\n')}\n</div>`;
}

/** The same, part by part. */
export function derivationSections(derivation: DerivationView, words: Words): Section[] {
  const { name, model, wrt, partials } = derivation;
  const { page } = words;
  const steps = derivation.stepsIn?.(words) ?? derivation.steps;
  const lemmas = steps.length > 0 ? lemmaList(model, wrt, words) : '';
  const limits = derivation.domain?.(words) ?? [];
  const notes = (derivation.notes?.(words) ?? []).map((note) => `<p class="hint">${escapeHtml(note)}</p>`);
  const closed = wrt.map((n) => closedForm(latexTarget(`∂${name}/∂${n}`), partials[n]!, words));
  return [
    { id: 'formulas', title: page.formulas, body: definitionTable(derivation, words) },
    ...(steps.length > 0 ? [{ id: 'derivation', title: page.derivation, body: told(derivation, steps, words) }] : []),
    ...(lemmas !== '' ? [{ id: 'lemmas', title: page.lemmas, body: lemmas }] : []),
    { id: 'closed', title: words.inOneLine, body: [...closed, ...notes].join('\n') },
    ...(limits.length > 0 ? [{ id: 'domain', title: words.domain.title, body: limitList(limits) }] : []),
    { id: 'conventions', title: page.conventions, body: conventions(derivation, words) },
  ];
}

const limitList = (lines: readonly string[]): string =>
  `<ul class="domain">\n${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join('\n')}\n</ul>`;

function told({ name, wrt, model }: DerivationView, steps: readonly StepView[], words: Words): string {
  const names = namesOf(model, steps);
  const hint = (text: string) => `<p class="hint">${escapeHtml(text)}</p>\n`;
  if (steps.every((s) => s.result !== undefined)) return hint(words.page.openTextbook) + textbookSteps(steps, names, words);
  const targets = wrt.map((n) => typeset(latexTarget(`∂${name}/∂${n}`)));
  const intro = `<p>${words.backwards(listed(targets, words.and), typeset(latexName(name)))}</p>`;
  return `${intro}\n${hint(words.page.openStep)}${stepList(steps, names, words)}`;
}

/** The names that the sentences may speak of: the source's, and those of the adjoints. */
function namesOf(model: Model, steps: readonly StepView[]): ReadonlySet<string> {
  return new Set([...model.inputs.keys(), ...model.definitions.map((d) => d.name), ...steps.map((s) => s.target)]);
}

function definitionTable({ model, name }: DerivationView, words: Words): string {
  const rows = model.definitions.map((d) => definitionRow(d.name, d.node.value, d.shape, words, model.graph));
  const { objective } = model;
  if (objective && !objective.name) rows.push(definitionRow(name, objective.node, objective.node.shape, words, model.graph));
  return `<ul class="formulas">\n${rows.join('\n')}\n</ul>`;
}

function definitionRow(name: string, node: Node, shape: Shape, words: Words, graph: Graph): string {
  const formula = typeset(`\\displaystyle ${latexName(name)} = ${printLatex(toStatements(node, { graph }))}`);
  return `<li><span class="formula">${formula}</span> <span class="shape">${shapeText(shape, words)}</span></li>`;
}

function listed(items: readonly string[], and: string): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')}${and}${items[items.length - 1]}`;
}

/** What shape a derivative has, said for the objective at hand; the other layouts in general. */
function conventions({ name, model, wrt }: DerivationView, words: Words): string {
  const { page } = words;
  const scalar = model.objective?.node.shape.length === 0;
  const first = scalar ? page.gradientLayout(typeset(latexName(name)), typeset(latexName(wrt[0] ?? 'x'))) : page.jacobianLayout;
  const rest = scalar ? [page.jacobianLayout, page.hessianLayout] : [page.hessianLayout];
  const items = [first, ...rest, page.productSigns, page.adjointNames].map((text) => `<li>${withFormulas(text)}</li>`);
  return `<ul class="conventions">\n${items.join('\n')}\n</ul>`;
}

/** Sentences of the word records hold formulas between dollar signs. */
export const withFormulas = (text: string): string => text.replace(/\$([^$]+)\$/g, (_, tex: string) => typeset(tex));
