import { documentOf } from '../derivation/compose.ts';
import type { DerivationDocument, DocumentOptions } from '../derivation/document.ts';
import type { DerivationNumbers, Quantity } from '../derivation/numbers.ts';
import type { Page } from '../derivation/walk.ts';
import { type Lang, type LanguageOptions, type Words, wordsIn, wordsOf } from '../derivation/words/index.ts';
import { pageOf } from '../derivation/working-page.ts';
import type { Node } from '../graph/node.ts';
import { attempt } from '../language/attempt.ts';
import { DISPLAY, INSPECT, type InspectOptions, shownAs } from '../language/console.ts';
import { GradusError, type Warning } from '../language/diagnostics.ts';
import { listed } from '../language/visible.ts';
import type { CheckOptions, Model } from '../model/model.ts';
import { runningGradient } from '../model/running.ts';
import type { GivenInputs, Inputs } from '../numeric/binding.ts';
import type { CompileOptions } from '../numeric/callable.ts';
import { checkArguments, countArguments, inputsOf, optionsOf } from '../options/check.ts';
import { signatures } from '../options/signatures.ts';
import type { NumbersOptions } from '../options/tables.ts';
import { domainLines } from '../render/formats/domain.ts';
import { documentHtml, type HtmlOptions } from '../render/formats/html.ts';
import { documentLatex } from '../render/formats/latex.ts';
import { documentLatexFull } from '../render/formats/latex-full.ts';
import { documentMarkdown } from '../render/formats/markdown.ts';
import { documentText, type TextOptions } from '../render/formats/text.ts';
import { type CheckReport, checkGradients, type VerifyOptions } from '../verify/index.ts';
import { type StepsReport, verifySteps } from '../verify/steps.ts';
import { CompiledDerivation } from './compiled.ts';
import { partialsText } from './described.ts';
import { Expression, type Provenance } from './expression.ts';
import type { Parallel } from './parallel.ts';
import { printedEqualities } from './printed-steps.ts';
import { numbersBehind, quantityIn } from './quantities.ts';
import { secondDerivative } from './second-order.ts';
import { speaksIn } from './speaking.ts';
import { type PublicStep, publicStep, stepJson, textbookStep } from './steps.ts';
import { Swept } from './swept.ts';

export interface DeriveOptions extends CheckOptions, CompileOptions {
  /** Record the steps; on unless turned off. The result is the same either way. */
  readonly steps?: boolean;
  /** The n-th derivative by one name, 1 if left out: the partial is that; the steps are those of the last one. */
  readonly order?: number;
}

/**
 * The derivatives of one objective, how they were found, and what to do with them.
 * @template N the names derived by, where they are written in the call: `partials.W` is then known to be there
 */
export class Derivation<N extends string = string> {
  readonly model: Model;
  /** The name of the objective, `f` if it has none. */
  readonly name: string;
  readonly wrt: readonly N[];
  /** The derivative by each name, in closed form. */
  readonly partials: Readonly<Record<N, Expression>>;
  private readonly swept: Swept<N>;
  private readonly options: DeriveOptions;

  constructor(given: Model, wrt: readonly N[], options: DeriveOptions) {
    const swept = new Swept(given, wrt, options);
    const { model, name, raw } = swept;
    this.swept = swept;
    this.model = model;
    this.options = options;
    this.name = name;
    this.wrt = wrt;
    const inputs = wrt.map((by) => swept.variable(by));
    let closed: Expression[] | undefined;
    const all = () =>
      (closed ??= Expression.closed(
        model.graph,
        inputs.map((input, k) => ({ node: raw[k]!, shape: [...swept.front, ...input.shape], from: this.provenance(k) })),
        model.definitions,
      ));
    const partials: Record<N, Expression> = Object.create(null);
    inputs.forEach((input, k) => {
      Object.defineProperty(partials, input.name, { enumerable: true, get: () => all()[k]! });
    });
    this.partials = shownAs(partials, partialsText);
    speaksIn(this, model.lang);
  }

  /** What the derivative by the k-th name runs as. */
  private provenance(k: number): Provenance {
    const { model, options, swept, words } = this;
    const by = swept.variable(this.wrt[k]!).node;
    const runs = (): Node => runningGradient(model, [this.wrt[k]!], [swept.raw[k]!])[1]!;
    const symmetric = swept.order > 1 && swept.front.length === by.shape.length;
    return { model, runs, by: [by], options, symmetric, notes: () => swept.notes(words, [this.wrt[k]!]) };
  }

  /**
   * The second derivatives of a scalar objective by a name, [x…, x…], or by one and then another, [x…, y…].
   * @throws GradusError `shape` if the objective is no scalar, `name` if there is no such name
   */
  hessian(name: string = this.wrt[0]!, other: string = name): Expression {
    checkArguments(signatures.hessianOf, name, other);
    return secondDerivative(this.model, [name, other], this.options);
  }

  /**
   * The derivative, where it was asked by one name.
   * @throws GradusError `argument` where there are several
   */
  get partial(): Expression {
    if (this.wrt.length > 1)
      throw new GradusError('argument', 'there are several derivatives', {
        hint: `say which: ${listed(this.wrt.map((name) => `partials.${name}`))}`,
      });
    return this.partials[this.wrt[0]!]!;
  }

  /** What the source says that may not be what is meant: `1/2x is read as (1/2)*x`. */
  get warnings(): readonly Warning[] {
    return this.model.warnings;
  }

  /**
   * The derivation: of a scalar expression as a textbook writes it, outermost rule first; of anything else in the order
   * of the sweep, from the objective back to the names. Empty if steps were turned off.
   */
  get steps(): readonly PublicStep[] {
    return this.stepsIn(this.words);
  }

  /** The steps, with their reasons in a language of `words`. */
  stepsIn(words: Words | Lang = this.words): readonly PublicStep[] {
    checkArguments(signatures.stepsIn, words);
    if (!this.swept.isTraced) return [];
    const chosen = wordsIn(words);
    const told = this.swept.textbooks();
    if (told) return told.flatMap((t) => (t ? [textbookStep(this.model.graph, t, chosen)] : []));
    const steps = this.swept.nodeSteps();
    let page: Page | undefined;
    const pageOfAll = () => (page ??= pageOf({ model: this.model, name: this.name, steps }));
    return steps.map((s) => publicStep(this.model.graph, s, chosen, pageOfAll));
  }

  /** The derivation as a document: sections of formulas, steps, conditions and lemmas, which every format spells. */
  document(given?: Partial<DocumentOptions> & NumbersOptions & LanguageOptions): DerivationDocument {
    const { numbers, lr, ...options } = optionsOf(signatures.document, given);
    const words = wordsOf(this.spoken(options));
    const derived = this.swept.derived(words, numbers && this.numbers(inputsOf(signatures.values, numbers), lr));
    return documentOf(derived, { ...options, detail: options.detail ?? 'brief', words });
  }

  /** The derivation as text: Unicode, or ASCII. */
  toText(given?: TextOptions & NumbersOptions): string {
    const { ascii, ...options } = optionsOf(signatures.toText, given);
    return documentText(this.document(options), ascii ? 'ascii' : 'unicode');
  }

  /** The derivation as Markdown, formulas in LaTeX between dollar signs. */
  toMarkdown(given?: Omit<TextOptions, 'ascii'> & NumbersOptions): string {
    return documentMarkdown(this.document(optionsOf(signatures.toMarkdown, given)));
  }

  /** Where the objective or its derivatives do not hold, a line each: `log(x) needs x > 0`. */
  domain(words: Words | Lang = this.words, spelling: 'unicode' | 'ascii' = 'unicode'): string[] {
    checkArguments(signatures.domain, words, spelling);
    return domainLines(this.swept.domain(), wordsIn(words), { spelling, graph: this.model.graph }, Number.POSITIVE_INFINITY);
  }

  /** What to know of the result, a line each: a name that does not occur. */
  notes(words: Words | Lang = this.words): string[] {
    checkArguments(signatures.notes, words);
    return this.swept.notes(wordsIn(words));
  }

  /** The brief text. */
  toString(): string {
    return this.toText();
  }

  /** Within something else in a word, on its own the brief text. */
  [INSPECT](left: number | null, { depth }: InspectOptions): string {
    return left === depth ? this.toString() : `[Derivation of ${this.name} by ${listed(this.wrt)}]`;
  }

  /** The derivation's lines in LaTeX, aligned; in full all lines that a text has. */
  toLatex(given?: Omit<TextOptions, 'ascii'> & NumbersOptions): string {
    const options = optionsOf(signatures.latexOfDerivation, given);
    const document = this.document(options);
    return options.detail === 'full' ? documentLatexFull(document) : documentLatex(document);
  }

  /** The derivation as HTML, typeset by KaTeX, steps to be folded. */
  toHtml(options?: HtmlOptions & NumbersOptions): string {
    const { level, style, ...language } = optionsOf(signatures.toHtml, options);
    const document = this.document({ ...language, detail: 'full', conventions: true });
    return documentHtml(document, { ...(level && { level }), ...(style && { style }) });
  }

  /** In a notebook whose kernel asks for it, as Deno's does, the derivation shows itself. */
  [DISPLAY](): { readonly 'text/html'?: string; readonly 'text/plain': string } {
    // Without KaTeX there is the text.
    const html = attempt(() => this.toHtml());
    return { ...(html !== undefined && { 'text/html': html }), 'text/plain': this.toText() };
  }

  /** The derivation as plain objects; `JSON.stringify` hands over a key, which is no option. */
  toJSON(given?: LanguageOptions | string) {
    const words = wordsOf(this.spoken(optionsOf(signatures.toJSON, typeof given === 'string' ? undefined : given)));
    const steps = this.stepsIn(words).map(stepJson);
    const partials = Object.fromEntries(this.wrt.map((name) => [name, this.partials[name]!.toJSON()]));
    const [domain, notes] = [this.domain(words), this.notes(words)];
    const { warnings } = this;
    return {
      objective: this.name,
      partials,
      steps,
      ...(domain.length > 0 && { domain }),
      ...(notes.length > 0 && { notes }),
      ...(warnings.length > 0 && { warnings }),
    };
  }

  /**
   * Judges every step, before and after, as they are printed: exactly where that is possible, at random points otherwise.
   * @param points how many points, where it takes points
   * @throws GradusError `domain` if a step that is not identical exactly has a value nowhere
   */
  verifySteps(points = 5): StepsReport {
    checkArguments(signatures.verifySteps, points);
    const { equalities, literals } = printedEqualities(this.model, this.swept.raw, this.swept.nodeSteps(), this.steps);
    return verifySteps({ ...this.model, literals }, this.wrt, equalities, { points });
  }

  /** Compares each derivative with differences of the objective itself; see `check`. */
  async check(options?: VerifyOptions): Promise<CheckReport> {
    return checkGradients(this.model, this.wrt, optionsOf(signatures.checkDerivation, options));
  }

  /**
   * The numbers behind the derivation, forward and backward, at given values or those that the source starts from.
   * Each named intermediate, each adjoint, each derivative.
   * @throws GradusError `data` for a name without a value
   */
  values(inputs?: GivenInputs): { forward: Quantity[]; backward: Quantity[] } {
    const { forward, backward } = this.numbers(inputsOf(signatures.values, inputs));
    const quantity = quantityIn(this.model);
    return { forward: forward.map(quantity), backward: backward.map(quantity) };
  }

  /**
   * The same as text: the numbers beside their formulas, a column for each example where there are any, and a step of
   * descent.
   */
  valuesText(inputs?: GivenInputs, language: Words | Lang = this.words): string {
    checkArguments(signatures.valuesText, inputs, language);
    const document = this.document({ numbers: inputs ?? {}, words: wordsIn(language) });
    return documentText({ ...document, sections: document.sections.filter(({ id }) => id === 'numbers') }, 'unicode');
  }

  private numbers(inputs: Inputs, lr?: number): DerivationNumbers {
    const { model, name, wrt, options } = this;
    const { raw } = this.swept;
    const { lower } = this.swept.orders();
    return numbersBehind({ model, called: name, lower, steps: this.swept.nodeSteps(), wrt, raw, inputs, lr, options });
  }

  /**
   * What the symbols tell of the objective if a dimension, the examples', is split over devices: may the gradients that
   * they find apart be averaged, or added, or which line forbids it; what is sent in each step, and what each holds.
   * @param inputs values by name, on top of those that the source has: their sizes tell numbers
   * @throws GradusError `name` for what is no dimension of the source, `shape` for an objective that is an array
   * @example
   * const d = derive('data X : [m, 3], y : [m]; param w : [3]; minimize sum((X·w - y).^2)/m + 0.1*norm(w)^2');
   * (await d.parallel('m')).verdict.way; // average
   */
  async parallel(dimension: string, inputs?: GivenInputs): Promise<Parallel> {
    checkArguments(signatures.parallel, dimension, inputs);
    const [{ Parallel: Told }, { parallelReport }] = await Promise.all([import('./parallel.ts'), import('../parallel/index.ts')]);
    const options = { ...this.options, inputs: inputsOf(signatures.parallel, inputs) };
    const { source } = this.swept;
    return new Told(parallelReport(source, this.wrt, dimension, options), source.lang);
  }

  /** The objective and its derivatives as numeric functions. */
  compile(options?: CompileOptions): CompiledDerivation<N> {
    const chosen = optionsOf(signatures.compileDerivation, options);
    return new CompiledDerivation(this.model, this.wrt, this.swept.raw, { ...this.options, ...chosen });
  }

  /** The language that the derivation was asked for in holds for what it says, unless another one is asked for. */
  private spoken<T extends LanguageOptions>(options: T): T {
    const { lang } = this.model;
    return lang ? { lang, ...options } : options;
  }

  private get words(): Words {
    return wordsOf(this.model);
  }
}

countArguments(Derivation, {
  document: signatures.document,
  toText: signatures.toText,
  toLatex: signatures.latexOfDerivation,
  toMarkdown: signatures.toMarkdown,
  toHtml: signatures.toHtml,
  stepsIn: signatures.stepsIn,
  notes: signatures.notes,
  domain: signatures.domain,
  verifySteps: signatures.verifySteps,
  check: signatures.checkDerivation,
  compile: signatures.compileDerivation,
  hessian: signatures.hessianOf,
  parallel: signatures.parallel,
  values: signatures.values,
  valuesText: signatures.valuesText,
});
