import type { Words } from '../derivation/words/index.ts';
import { prose } from '../render/formats/html-prose.ts';
import { escapeHtml, typeset } from '../render/katex.ts';
import { latexQuotient } from '../render/latex.ts';
import { type CheckReport, failures, pointText } from '../verify/index.ts';
import { shownLatex } from './numbers.ts';

/** What came of checking the gradient: a report, or why there is none. */
export type CheckOutcome = CheckReport | { readonly impossible: string };

/** The sign of numbers is a minus, not a hyphen. */
const signed = (text: string): string => text.replace(/-(?=[\d.])/g, '−');

/** The gradient check: by which method, how far off each derivative is at worst, and where. */
export function checkSection(outcome: CheckOutcome, objective: string, sign: 'd' | '∂', words: Words): string {
  const w = words.page.check;
  if ('impossible' in outcome) return `<p class="bad">${escapeHtml(w.impossible(outcome.impossible))}</p>`;
  const { ok, method, points, tolerance, partials } = outcome;
  const verdict = (good: boolean) => `<span class="${good ? 'good' : 'bad'}">${good ? '✓' : '✗'} ${good ? w.good : w.bad}</span>`;
  const error = (x: number) => typeset(x === 0 ? '0' : shownLatex(x, 2));
  const rows = Object.entries(partials).map(
    ([name, p]) =>
      `<tr><td>${typeset(latexQuotient(sign, objective, name))}</td><td class="error">${error(p.relativeError)}</td>` +
      `<td class="error">${error(p.compiled.relativeError)}</td><td>${verdict(p.ok)}</td></tr>`,
  );
  const { columns } = w;
  const heads = [columns.derivative, columns.error, columns.compiled, columns.verdict];
  const worst = Object.values(partials).reduce((a, b) => (b.relativeError > a.relativeError ? b : a));
  return [
    `<p>${escapeHtml(w.summary(ok, w.method[method], points))} <span class="note">${w.tolerance(typeset(shownLatex(tolerance, 2)))}</span></p>`,
    `<div class="table"><table>\n<thead><tr>${heads.map((h) => `<th scope="col">${escapeHtml(h)}</th>`).join('')}</tr></thead>`,
    `<tbody>\n${rows.join('\n')}\n</tbody></table></div>`,
    ...failures(outcome, objective).map((line) => `<p class="bad">${prose(line, new Set())}</p>`),
    `<details><summary>${escapeHtml(w.worst)}</summary>\n<div class="reasons"><p class="point">${escapeHtml(signed(pointText(worst.at)))}</p></div></details>`,
  ].join('\n');
}
