import { type Derivation, derive } from '../api/derive.ts';
import { english } from '../derivation/words/en.ts';
import type { Words } from '../derivation/words/index.ts';
import type { ToldResult, TrainOptions } from '../descend/index.ts';
import { GradusError } from '../language/diagnostics.ts';
import { parse } from '../language/parser.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import type { NumbersOptions } from '../options/tables.ts';
import type { Notation } from '../reading/hoist.ts';
import { htmlSections } from '../render/formats/html.ts';
import { checkGradients } from '../verify/index.ts';
import { boxGraph } from './boxes.ts';
import { type CheckOutcome, checkSection } from './check.ts';
import type { KatexFiles } from './fonts.ts';
import { graphSection } from './graph.ts';
import { highlighted } from './highlight.ts';
import { inputTable } from './inputs.ts';
import { notationOf } from './notation.ts';
import { type PageSection, page } from './page.ts';
import { slopeFigure } from './slope.ts';
import { type Training, trainingSection } from './training.ts';
import { startOf } from './values.ts';

/** What stands where: first what is found and how, then pictures and numbers, last what it rests on, and what came of it. */
const ORDER: readonly string[] = [
  ...['source', 'formulas', 'derivation', 'closed', 'domain'],
  ...['slope', 'graph', 'numbers', 'inputs'],
  ...['lemmas', 'conventions', 'check', 'training'],
];

interface ReportInput extends NumbersOptions {
  readonly title: string;
  /** The model as it was written. */
  readonly source: string;
  readonly derivation: Derivation;
  readonly words?: Words;
  /** Values that the source does not hold. */
  readonly data?: Inputs;
  readonly check?: CheckOutcome;
  readonly training?: Training;
  /** Style and fonts that formulas are set with, which the page takes in. */
  readonly katex: KatexFiles;
  /** That of the source, unless told. */
  readonly notation?: Notation;
}

/**
 * A page about a derivation, and about a training run if there was one: one HTML file that needs no network.
 * @returns the file's text
 */
export async function report(input: ReportInput): Promise<string> {
  const { title, source, derivation, words = english, data = {}, numbers, lr, check, training, katex } = input;
  const { model, name, wrt } = derivation;
  const w = words.page;
  const start = startOf(model, data, training?.options?.seed ?? 1);
  const numbered = { ...(numbers && { numbers }), ...(lr && { lr }) };
  const notation = notationOf(parse(source), input.notation);
  const document = derivation.document({ detail: 'full', conventions: true, notation, words, ...numbered });
  const graph = boxGraph(model, name, wrt, document);
  const learned = training && start && { ...start.inputs, ...training.result.params };
  const told = new Map(htmlSections(document).map((section) => [section.id, section]));
  const own: PageSection[] = [
    { id: 'source', title: w.source, body: highlighted(source), isFolded: true },
    { id: 'slope', title: w.slope.title, body: slopeFigure(derivation, words, data, document.lower) },
    { id: 'graph', title: w.graph.title, body: graphSection(graph, { model, name, wrt, start, learned }, words) },
    { id: 'inputs', title: w.inputs, body: inputTable(model, start, words) },
  ];
  if (check) {
    const sign = isOfOneNumber(model) ? 'd' : '∂';
    own.push({ id: 'check', title: w.check.title, body: checkSection(check, name, sign, words) });
  }
  if (training && start)
    own.push({ id: 'training', title: w.training.title, body: trainingSection(derivation, training, data, start, words) });
  const sections = ORDER.flatMap((id) => own.find((section) => section.id === id) ?? told.get(id) ?? []);
  return page(
    title,
    w.lang,
    sections.filter((s) => s.body !== ''),
    katex,
  );
}

export interface Named extends NumbersOptions {
  /** What the page is called after: a file's name, or the source itself. */
  readonly title?: string;
  readonly source: string;
  readonly words?: Words;
  readonly data?: Inputs;
  readonly katex: KatexFiles;
  readonly notation?: Notation;
}

/** The page for `derive`: the derivation, with its gradient checked. */
export async function derivationReport(derivation: Derivation, named: Named): Promise<string> {
  const { title, words = english } = named;
  const check = await checked(derivation, named.data);
  return report({ ...named, title: words.page.derivationOf(title ?? short(named.source) ?? derivation.name), derivation, check });
}

/** The same of a source, derived by these names. @throws GradusError as `derive` */
export const sourceReport = (wrt: readonly string[], named: Named): Promise<string> =>
  derivationReport(derive(named.source, wrt), named);

/** The page for `train`: the derivation of the model, the check, and the run. */
export async function trainingReport(
  result: ToldResult,
  options: TrainOptions,
  named: Named & Pick<Training, 'classes'>,
): Promise<string> {
  const { title, words = english, source, classes = {} } = named;
  const { maxEntries } = options;
  const derivation = derive(source, undefined, maxEntries === undefined ? {} : { maxEntries });
  const check = await checked(derivation, named.data);
  const training = { result, options, classes };
  return report({ ...named, title: words.page.trainingOf(title ?? derivation.name), derivation, check, training });
}

const isOfOneNumber = ({ inputs }: Model): boolean =>
  inputs.size === 1 && [...inputs.values()].every(({ shape }) => shape.length === 0);

/** A source that fits into a title. */
const short = (source: string): string | undefined => (/^.{1,60}$/.test(source.trim()) ? source.trim() : undefined);

async function checked({ model, wrt }: Derivation, inputs: Inputs = {}): Promise<CheckOutcome> {
  try {
    return await checkGradients(model, wrt, { inputs });
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    return { impossible: error.message };
  }
}
