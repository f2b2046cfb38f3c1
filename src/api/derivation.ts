import { documentOf } from '../derivation/compose.ts';
import type { DerivationDocument, Derived, DocumentOptions } from '../derivation/document.ts';
import { type DomainNote, domainNotes } from '../derivation/domain.ts';
import type { DerivationNumbers, Quantity } from '../derivation/numbers.ts';
import type { Page } from '../derivation/paths.ts';
import { recognised } from '../derivation/recognised.ts';
import { type Step, Trace } from '../derivation/steps.ts';
import { type TextbookStep, textbook } from '../derivation/textbook.ts';
import { type Lang, type LanguageOptions, type Words, wordsIn, wordsOf } from '../derivation/words/index.ts';
import { pageOf } from '../derivation/working-page.ts';
import { differentiate } from '../differentiate/sweep.ts';
import type { Shape } from '../graph/dimension.ts';
import type { Node, Variable } from '../graph/node.ts';
import { INSPECT, type InspectOptions, shownAs } from '../language/console.ts';
import { GradusError, type Warning } from '../language/diagnostics.ts';
import { listed } from '../language/visible.ts';
import { holding } from '../model/held.ts';
import type { CheckOptions, Input, Model } from '../model/model.ts';
import { withNamedParts } from '../model/name-parts.ts';
import { objectiveName } from '../model/objective-name.ts';
import { runningGradient } from '../model/running.ts';
import type { GivenInputs, Inputs } from '../numeric/binding.ts';
import type { CompileOptions } from '../numeric/callable.ts';
import { checkArguments, countArguments, inputsOf, optionsOf } from '../options/check.ts';
import { signatures } from '../options/signatures.ts';
import type { NumbersOptions } from '../options/tables.ts';
import { domainLines } from '../render/formats/domain.ts';
import { documentHtml, type HtmlOptions } from '../render/formats/html.ts';
import { documentLatex } from '../render/formats/latex.ts';
import { documentMarkdown } from '../render/formats/markdown.ts';
import { documentText, type TextOptions } from '../render/formats/text.ts';
import { forRunning } from '../simplify/pipelines.ts';
import { structureOf } from '../simplify/structure.ts';
import { type CheckReport, checkGradients, type VerifyOptions } from '../verify/index.ts';
import { type StepsReport, verifySteps } from '../verify/steps.ts';
import { absentLines } from './absent.ts';
import { CompiledDerivation } from './compiled.ts';
import { partialsText } from './described.ts';
import { Expression, type Provenance } from './expression.ts';
import { lowerOrder, otherOrders } from './lower-order.ts';
import { endIt, inputOf } from './names.ts';
import type { Parallel } from './parallel.ts';
import { printedEqualities } from './printed-steps.ts';
import { numbersBehind, quantityIn } from './quantities.ts';
import { secondDerivative } from './second-order.ts';
import { speaksIn } from './speaking.ts';
import { type PublicStep, publicStep, stepJson, textbookStep } from './steps.ts';

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
  private readonly raw: readonly Node[];
  private readonly trace: Trace | undefined;
  private readonly options: DeriveOptions;
  private readonly order: number;
  /** As it was given, before its parts got names. */
  private readonly source: Model;

  constructor(given: Model, wrt: readonly N[], options: DeriveOptions) {
    const source = holding(given, wrt);
    this.order = options.order ?? 1;
    const model = withNamedParts(this.order > 1 ? lowerOrder(source, wrt, this.order - 1) : source, wrt);
    const { objective } = model;
    if (!objective)
      throw new GradusError('argument', 'there is nothing to derive: the source has no objective', {
        hint: endIt(model),
      });
    this.source = source;
    this.model = model;
    this.options = options;
    this.name = objectiveName(source) + '′'.repeat(this.order - 1);
    this.wrt = wrt;
    this.trace = options.steps === false ? undefined : new Trace();
    const inputs = wrt.map((name) => this.variable(name));
    this.raw = differentiate(
      model.graph,
      objective.node,
      inputs.map((i) => i.node),
      this.trace,
    );
    let closed: Expression[] | undefined;
    const all = () =>
      (closed ??= Expression.closed(
        model.graph,
        inputs.map((input, k) => ({ node: this.raw[k]!, shape: [...front(model), ...input.shape], from: this.provenance(k) })),
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
    const { model, options } = this;
    const by = this.variable(this.wrt[k]!).node;
    const runs = (): Node => runningGradient(model, [this.wrt[k]!], [this.raw[k]!])[1]!;
    const symmetric = this.order > 1 && front(model).length === by.shape.length;
    return { model, runs, by: [by], options, symmetric, notes: () => this.notesOf([this.wrt[k]!]) };
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
    if (!this.trace) return [];
    const chosen = wordsIn(words);
    const told = this.textbooks();
    if (told) return told.flatMap((t) => (t ? [textbookStep(this.model.graph, t, chosen)] : []));
    const steps = this.nodeSteps();
    let page: Page | undefined;
    const pageOfAll = () => (page ??= pageOf({ model: this.model, name: this.name, steps }));
    return steps.map((s) => publicStep(this.model.graph, s, chosen, pageOfAll));
  }

  /** The textbook's reading for each name, where the objective is a scalar expression without names of its own. */
  private textbooks(): (TextbookStep | undefined)[] | undefined {
    const { graph, objective, definitions } = this.model;
    if (definitions.length > 0) return undefined;
    const told = this.wrt.map((name) => {
      const x = this.variable(name).node as Variable;
      const step = textbook(graph, objective!.node, x);
      return step && recognised(graph, objective!.node, x, step);
    });
    return told.some((t) => t) ? told : undefined;
  }

  private nodeSteps(): Step[] {
    const { graph, objective } = this.model;
    const variables = this.wrt.map((name) => this.variable(name).node);
    const trace = this.trace ?? new Trace();
    if (!this.trace) differentiate(graph, objective!.node, variables, trace);
    return trace.steps(graph, { node: objective!.node, name: this.name }, variables);
  }

  /** The derivation as a document: sections of formulas, steps, conditions and lemmas, which every format spells. */
  document(given?: Partial<DocumentOptions> & NumbersOptions & LanguageOptions): DerivationDocument {
    const { numbers, lr, ...options } = optionsOf(signatures.document, given);
    const words = wordsOf(this.spoken(options));
    const told = this.trace && this.textbooks();
    const { model, name, wrt, raw } = this;
    return documentOf(
      {
        model,
        name,
        wrt,
        raw,
        ...otherOrders(this.source, wrt, this.order, () => this.partial.node),
        steps: this.trace && !told ? this.nodeSteps() : [],
        textbooks: told ?? [],
        zeros: this.structures(),
        domain: this.domainNotes(),
        notes: this.notes(words),
        numbers: numbers && this.numbers(inputsOf(signatures.values, numbers), lr),
      },
      { ...options, detail: options.detail ?? 'brief', words },
    );
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

  /** What is known of the zeros of Jacobians and Hessians. */
  private structures(): Derived['zeros'] {
    const { graph } = this.model;
    const front = this.model.objective!.node.shape.length;
    if (front === 0) return [];
    // Taken from what the sweep found: the closed form of a deep network is not asked for.
    const nodes = forRunning(graph, this.raw);
    return this.wrt.map((name, k) => {
      const node = nodes[k]!;
      const structure = structureOf(graph, node, [this.variable(name).node]);
      return { name: this.name, by: name, front, rank: node.shape.length, structure };
    });
  }

  /** Where the objective or its derivatives do not hold, a line each: `log(x) needs x > 0`. */
  domain(words: Words | Lang = this.words, spelling: 'unicode' | 'ascii' = 'unicode'): string[] {
    checkArguments(signatures.domain, words, spelling);
    return domainLines(this.domainNotes(), wordsIn(words), { spelling, graph: this.model.graph }, Number.POSITIVE_INFINITY);
  }

  /** What to know of the result, a line each: a name that does not occur. */
  notes(words: Words | Lang = this.words): string[] {
    checkArguments(signatures.notes, words);
    return this.notesOf(this.wrt, wordsIn(words));
  }

  private notesOf(names: readonly string[], words: Words = this.words): string[] {
    return absentLines(this.source, names, objectiveName(this.source), words);
  }

  private domainNotes(): DomainNote[] {
    const { graph, objective } = this.model;
    const [value, ...partials] = forRunning(graph, [objective!.node, ...this.raw]) as [Node, ...Node[]];
    return domainNotes({
      objective: value,
      written: objective!.node,
      derivatives: partials,
      variables: this.wrt.map((name) => this.variable(name).node),
      run: (nodes) => forRunning(graph, nodes),
    });
  }

  /** The brief text. */
  toString(): string {
    return this.toText();
  }

  /** Within something else in a word, on its own the brief text. */
  [INSPECT](left: number | null, { depth }: InspectOptions): string {
    return left === depth ? this.toString() : `[Derivation of ${this.name} by ${listed(this.wrt)}]`;
  }

  /** The derivation's lines in LaTeX, aligned. */
  toLatex(): string {
    return documentLatex(this.document());
  }

  /** The derivation as HTML, typeset by KaTeX, steps to be folded. */
  toHtml(options?: HtmlOptions & NumbersOptions): string {
    const { level, style, ...language } = optionsOf(signatures.toHtml, options);
    const document = this.document({ ...language, detail: 'full', conventions: true });
    return documentHtml(document, { ...(level && { level }), ...(style && { style }) });
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
    const { equalities, literals } = printedEqualities(this.model, this.raw, this.nodeSteps(), this.steps);
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
    return numbersBehind({ model, called: name, steps: this.nodeSteps(), wrt, inputs, lr, options });
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
    const { parallelOf } = await import('./parallel.ts');
    const options = { ...this.options, inputs: inputsOf(signatures.parallel, inputs) };
    return parallelOf(this.source, this.wrt, dimension, options);
  }

  /** The objective and its derivatives as numeric functions. */
  compile(options?: CompileOptions): CompiledDerivation<N> {
    const chosen = optionsOf(signatures.compileDerivation, options);
    return new CompiledDerivation(this.model, this.wrt, this.raw, { ...this.options, ...chosen });
  }

  /** The language that the derivation was asked for in holds for what it says, unless another one is asked for. */
  private spoken<T extends LanguageOptions>(options: T): T {
    const { lang } = this.model;
    return lang ? { lang, ...options } : options;
  }

  private get words(): Words {
    return wordsOf(this.model);
  }

  private variable(name: string): Input {
    return inputOf(this.model, name);
  }
}

countArguments(Derivation, {
  document: signatures.document,
  toText: signatures.toText,
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

/** The objective's own axes, as they are declared: a vector has one. */
const front = (model: Model): Shape => model.objective!.node.shape;
