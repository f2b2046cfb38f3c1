import type { Words } from '../derivation/words/index.ts';
import type { Model } from '../model/model.ts';
import { escapeHtml, typeset } from '../render/katex.ts';
import { latexName } from '../render/latex.ts';
import { shapeText } from '../render/shape-text.ts';
import { valueLatex } from './numbers.ts';
import type { Start } from './values.ts';

/** What values come in by: names, roles, shapes, and what each starts from where that is known. */
export function inputTable(model: Model, start: Start | undefined, words: Words): string {
  const { columns, roles } = words.page;
  const rows = [...model.inputs.values()].map(({ name, role, shape, facts }) => {
    const cells = [
      typeset(latexName(name)),
      escapeHtml([roles[role], ...facts.map((f) => f.text)].join(', ')),
      escapeHtml(shapeText(shape, words)),
      ...(start ? [typeset(valueLatex(start.inputs[name]!))] : []),
    ];
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const heads = [columns.name, columns.role, columns.shape, ...(start ? [columns.start] : [])];
  return `<div class="table"><table>\n<thead><tr>${heads.map((h) => `<th scope="col">${escapeHtml(h)}</th>`).join('')}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}
