import type { Words } from '../derivation/words/index.ts';
import type { ToldResult } from '../descend/index.ts';
import { escapeHtml, typeset } from '../render/katex.ts';
import { latexName } from '../render/latex.ts';
import { shownLatex } from './numbers.ts';

const DIGITS = 6;

/** The cost and the metrics of what was learned, of the examples that it was learned from and of those put aside. */
export function seenTable(
  { cost, epochs, best, validation, metrics = {}, test }: ToldResult,
  objective: string,
  words: Words,
): string | undefined {
  const w = words.page.training;
  // After the epoch that was gone back to; there is none of the start.
  const validated = validation?.[(best ?? epochs) - 1];
  const columns = [
    { title: w.learnedFrom, costs: cost as number | undefined, metrics: validation ? {} : metrics },
    ...(validation ? [{ title: w.validation, costs: validated, metrics }] : []),
    ...(test ? [{ title: w.test, costs: test.cost, metrics: test.metrics }] : []),
  ];
  const names = [...new Set(columns.flatMap((column) => Object.keys(column.metrics)))];
  if (columns.length === 1 && names.length === 0) return undefined;
  const cell = (value: number | undefined): string => `<td>${value === undefined ? '' : typeset(shownLatex(value, DIGITS))}</td>`;
  const row = (name: string, values: readonly (number | undefined)[]): string =>
    `<tr><td>${typeset(latexName(name))}</td>${values.map(cell).join('')}</tr>`;
  const rows = [
    row(
      objective,
      columns.map((column) => column.costs),
    ),
    ...names.map((name) =>
      row(
        name,
        columns.map((column) => (column.metrics as Readonly<Record<string, number>>)[name]),
      ),
    ),
  ];
  const heads = [words.page.columns.name, ...columns.map(({ title }) => title)];
  const head = heads.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join('');
  return `<div class="table"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

/** What stands for what of labels. */
export function classesNote(classes: Readonly<Record<string, readonly string[]>>, words: Words): string {
  const told = Object.entries(classes).map(([name, list]) =>
    words.page.training.classes(typeset(latexName(name)), list.map(escapeHtml)),
  );
  return told.length === 0 ? '' : `<p>${told.join(' ')}</p>`;
}
