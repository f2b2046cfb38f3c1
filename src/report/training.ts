import type { Derivation } from '../api/derive.ts';
import type { Words } from '../derivation/words/index.ts';
import type { Fit, ToldResult, TrainOptions } from '../descend/index.ts';
import { isSolver, optimizerNamed } from '../descend/optimizers/index.ts';
import { DEFAULTS } from '../descend/options.ts';
import type { Inputs } from '../numeric/binding.ts';
import { escapeHtml, typeset } from '../render/katex.ts';
import { latexName } from '../render/latex.ts';
import { boundaryFigure } from './boundary.ts';
import { costCurve } from './curve.ts';
import { descentPath, type Place } from './descent-path.ts';
import { fitFigure } from './fit.ts';
import { shown, shownLatex, valueLatex } from './numbers.ts';
import { predictionOf } from './prediction.ts';
import { ratesFigure } from './rates.ts';
import { residualsFigure } from './residuals.ts';
import { classesNote, seenTable } from './seen.ts';
import { surfaceFigure } from './surface.ts';
import type { Start } from './values.ts';

/** A run and how it was asked for. */
export interface Training {
  readonly result: ToldResult;
  readonly options?: TrainOptions;
  /** The classes that labels stood for, by the input. */
  readonly classes?: Readonly<Record<string, readonly string[]>>;
}

/** What training did: the outcome, the curve, the parameters, and the pictures that the data allow. */
export function trainingSection(
  { model, name }: Derivation,
  { result, options = {}, classes = {} }: Training,
  data: Inputs,
  start: Start,
  words: Words,
): string {
  const w = words.page.training;
  const { cost, epochs, history, stopped, error, best, validation } = result;
  const formula = typeset(latexName(name));
  const sentence = w.outcome(formula, typeset(shownLatex(history[0]!)), typeset(shownLatex(cost)), epochs);
  const method = optimizerNamed(result.optimizer.name);
  const rate = isSolver(method) ? method.rate : (options.lr ?? method.rate ?? DEFAULTS.lr);
  const settings = w.settings(method.name, rate === undefined ? undefined : shown(rate, 6));
  const learned = { ...start.inputs, ...result.params };
  const prediction = predictionOf(model, start);
  const path = samePath(descentPath(model, data, start, options, epochs), result);
  const parts = [
    `<p>${sentence} ${escapeHtml(w.stopped[stopped])}${best === undefined || best === epochs ? '' : ` ${escapeHtml(w.back(best))}`}</p>`,
    error ? `<p class="bad">${escapeHtml(error.message)}</p>` : '',
    `<p class="note">${escapeHtml(settings)}</p>`,
    seenTable(result, name, words) ?? '',
    classesNote(classes, words),
    titled(w.curve, history.length > 1 ? costCurve(history, name, words, validation && { costs: validation, best }) : undefined),
    titled(w.rates, ratesFigure(model, data, start, options, name, words)),
    titled(w.parameters, parameterTable(result, start, words)),
    titled(w.estimates, result.fit && estimatesTable(result.fit, words)),
    titled(w.boundary, prediction && boundaryFigure(model, prediction, start, learned, words)),
    titled(w.fit, prediction && fitFigure(model, prediction, start, learned, words, result.fit)),
    titled(w.residuals, prediction && result.fit && residualsFigure(model, prediction, start, learned, result.fit, words)),
    titled(w.surface, path && surfaceFigure(model, start, path, name, words)),
  ];
  return parts.filter(Boolean).join('\n');
}

const titled = (title: string, body: string | undefined): string => (body ? `<h3>${escapeHtml(title)}</h3>\n${body}` : '');

function parameterTable({ params }: ToldResult, start: Start, words: Words): string {
  const { columns } = words.page;
  const rows = Object.entries(params).map(([name, value]) => {
    const cells = [latexName(name), valueLatex(start.inputs[name]!), valueLatex(value)];
    return `<tr>${cells.map((tex) => `<td>${typeset(tex)}</td>`).join('')}</tr>`;
  });
  const heads = [columns.name, columns.before, columns.after].map((h) => `<th scope="col">${escapeHtml(h)}</th>`).join('');
  return `<div class="table"><table>\n<thead><tr>${heads}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

/** Each number that was learned with its standard error, under what the fit is worth. */
function estimatesTable({ estimates, observations, degreesOfFreedom, deviation, rSquared }: Fit, words: Words): string {
  const w = words.page.training;
  const quality = [
    observations === undefined || degreesOfFreedom === undefined ? '' : w.fittedTo(observations, degreesOfFreedom),
    deviation === undefined ? '' : w.deviation(shown(deviation, 6)),
    rSquared === undefined ? '' : `R² = ${shown(rSquared, 6)}`,
  ].filter(Boolean);
  const rows = estimates.map(({ name, entry, value, error }) => {
    const label = latexName(name) + (entry ? `_{${entry.join(',')}}` : '');
    const cells = [label, valueLatex(value), `\\pm ${valueLatex(error)}`];
    return `<tr>${cells.map((tex) => `<td>${typeset(tex)}</td>`).join('')}</tr>`;
  });
  const heads = [words.page.columns.name, words.page.columns.after, w.standardError]
    .map((h) => `<th scope="col">${escapeHtml(h)}</th>`)
    .join('');
  const table = `<div class="table"><table>\n<thead><tr>${heads}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
  return `<p>${escapeHtml(quality.join(', '))}</p>\n${table}`;
}

/** The path, if it ends where the run did: one that went on from a checkpoint took another. */
function samePath(path: readonly Place[], { params }: ToldResult): readonly Place[] | undefined {
  const end = path[path.length - 1]!;
  const same = Object.entries(params).every(([name, value]) => {
    const found = end.get(name);
    const wanted = typeof value === 'number' ? [value] : value.data;
    return !found || Array.from(found).every((x, k) => Math.abs(x - wanted[k]!) <= 1e-6 * (1 + Math.abs(x)));
  });
  return same && path.length > 1 ? path : undefined;
}
