import type { Derivation } from '../api/derive.ts';
import type { Words } from '../derivation/words/index.ts';
import type { TrainOptions, TrainResult } from '../descend/index.ts';
import { optimizerNamed } from '../descend/optimizers/index.ts';
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
import { surfaceFigure } from './surface.ts';
import type { Start } from './values.ts';

/** A run and how it was asked for. */
export interface Training {
  readonly result: TrainResult;
  readonly options?: TrainOptions;
}

/** What training did: the outcome, the curve, the parameters, and the pictures that the data allow. */
export function trainingSection(
  { model, name }: Derivation,
  { result, options = {} }: Training,
  data: Inputs,
  start: Start,
  words: Words,
): string {
  const w = words.page.training;
  const { cost, epochs, history, stopped, error } = result;
  const formula = typeset(latexName(name));
  const sentence = w.outcome(formula, typeset(shownLatex(history[0]!)), typeset(shownLatex(cost)), epochs);
  const rate = options.lr ?? optimizerNamed(result.optimizer.name).rate ?? DEFAULTS.lr;
  const settings = w.settings(result.optimizer.name, shown(rate, 6));
  const learned = { ...start.inputs, ...result.params };
  const prediction = predictionOf(model, start);
  const path = samePath(descentPath(model, data, start, options, epochs), result);
  const parts = [
    `<p>${sentence} ${escapeHtml(w.stopped[stopped])}</p>`,
    error ? `<p class="bad">${escapeHtml(error.message)}</p>` : '',
    `<p class="note">${escapeHtml(settings)}</p>`,
    titled(w.curve, history.length > 1 ? costCurve(history, name, words) : undefined),
    titled(w.rates, ratesFigure(model, data, start, options, name, words)),
    titled(w.parameters, parameterTable(result, start, words)),
    titled(w.boundary, prediction && boundaryFigure(model, prediction, start, learned, words)),
    titled(w.fit, prediction && fitFigure(model, prediction, start, learned, words)),
    titled(w.surface, path && surfaceFigure(model, start, path, name, words)),
  ];
  return parts.filter(Boolean).join('\n');
}

const titled = (title: string, body: string | undefined): string => (body ? `<h3>${escapeHtml(title)}</h3>\n${body}` : '');

function parameterTable({ params }: TrainResult, start: Start, words: Words): string {
  const { columns } = words.page;
  const rows = Object.entries(params).map(([name, value]) => {
    const cells = [latexName(name), valueLatex(start.inputs[name]!), valueLatex(value)];
    return `<tr>${cells.map((tex) => `<td>${typeset(tex)}</td>`).join('')}</tr>`;
  });
  const heads = [columns.name, columns.before, columns.after].map((h) => `<th scope="col">${escapeHtml(h)}</th>`).join('');
  return `<div class="table"><table>\n<thead><tr>${heads}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

/** The path, if it ends where the run did: one that went on from a checkpoint took another. */
function samePath(path: readonly Place[], { params }: TrainResult): readonly Place[] | undefined {
  const end = path[path.length - 1]!;
  const same = Object.entries(params).every(([name, value]) => {
    const found = end.get(name);
    const wanted = typeof value === 'number' ? [value] : value.data;
    return !found || Array.from(found).every((x, k) => Math.abs(x - wanted[k]!) <= 1e-6 * (1 + Math.abs(x)));
  });
  return same && path.length > 1 ? path : undefined;
}
