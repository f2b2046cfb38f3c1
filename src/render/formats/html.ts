import { type BlockPrinters, type DerivationDocument, type Equation, printed, type Told } from '../../derivation/document.ts';
import type { LanguageOptions } from '../../derivation/words/index.ts';
import { inARow } from '../../derivation/words/listed.ts';
import { escapeHtml, typeset } from '../katex.ts';
import { latexDerivative, latexName, latexTarget } from '../latex.ts';
import { shapeText } from '../shape-text.ts';
import { domainLines } from './domain.ts';
import { equationLatex, equationLine, formulaLatex } from './equation-latex.ts';
import { lemmaHtml } from './html-lemmas.ts';
import { closedForm, stepList, textbookHtml } from './html-steps.ts';
import { type FragmentStyle, styleElement } from './html-style.ts';
import { updateLatex, type ValuesPart, valuesLatex } from './values-latex.ts';
import { zerosLine } from './zeros.ts';

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
interface HtmlSection {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

/** The document as an HTML fragment, a section each with its heading; steps open to their reasons. It brings its style. */
export function documentHtml(document: DerivationDocument, options: Omit<HtmlOptions, keyof LanguageOptions> = {}): string {
  const { level = 2, style = 'mathml' } = options;
  const parts = htmlSections(document).map(
    ({ title, body }) => `<section>\n<h${level}>${escapeHtml(title)}</h${level}>\n${body}\n</section>`,
  );
  return `<div class="gradus" lang="${document.words.page.lang}">\n${styleElement(style)}${parts.join('\n')}\n</div>`;
}

/** The same, part by part. */
export function htmlSections(document: DerivationDocument): HtmlSection[] {
  const printers = printersFor(document);
  return document.sections.map(({ id, title, blocks }) => ({
    id,
    title,
    body: document.words.conjunctions(blocks.map((block) => printed(printers, block)).join('\n')),
  }));
}

function printersFor({ model, words, names }: DerivationDocument): BlockPrinters<string> {
  const { page } = words;
  const hint = (text: string) => `<p class="hint">${escapeHtml(text)}</p>`;
  const listOf = (name: string, items: readonly string[]) =>
    `<ul class="${name}">\n${items.map((item) => `<li>${item}</li>`).join('\n')}\n</ul>`;
  const definition = ({ target, shape, formula, whole }: Equation): string => {
    const tex = whole ? formulaLatex(formula) : equationLine(equationLatex(target, formula));
    return `<span class="formula">${typeset(`\\displaystyle ${tex}`)}</span> <span class="shape">${shapeHtml(shape)}</span>`;
  };
  const shapeHtml = (shape: Equation['shape']): string => escapeHtml(shapeText(shape, words));
  const textbook = (of: string, { by, sign, step }: Told): string => {
    if (step) return textbookHtml(step, names, words);
    return `<p class="formula">${typeset(`\\displaystyle ${latexDerivative(sign, by)} ${latexName(of)} = 0`)}</p>`;
  };
  return {
    inputs: ({ role, inputs }) =>
      `<p class="inputs">${inputs.map((i) => `${typeset(latexName(i.name))} <span class="shape">${shapeHtml(i.shape)}</span>`).join(', ')} <span class="rule">${escapeHtml(role)}</span></p>`,
    definitions: ({ rows }) => listOf('formulas', rows.map(definition)),
    backwards: ({ targets, from }) => {
      const set = targets.map((target) => typeset(latexTarget(target)));
      const sentence = `<p>${words.backwards(inARow(set, words), typeset(latexName(from)))}</p>`;
      return `${sentence}\n${hint(page.openStep)}`;
    },
    steps: ({ steps }) => stepList(steps, names, words),
    textbooks: ({ of, told }) => [hint(page.openTextbook), ...told.map((one) => textbook(of, one))].join('\n'),
    closed: ({ rows, longer }) => {
      const rest = longer.map((target) => typeset(latexTarget(target)));
      const forms = rows.map(({ target, formula }) => closedForm(target, formula, words));
      return [...forms, ...(longer.length > 0 ? [`<p class="hint">${words.longer(inARow(rest, words))}</p>`] : [])].join('\n');
    },
    zeros: ({ zeros }) => `<p>${escapeHtml(zerosLine(zeros, words, 'unicode'))}</p>`,
    conditions: ({ notes, most, entry }) =>
      listOf('domain', domainLines(notes, words, { spelling: 'latex', graph: model.graph, entry }, most).map(withFormulas)),
    note: ({ text }) => hint(text),
    values: ({ title, rows }) =>
      [`<p><strong>${escapeHtml(title)}</strong></p>`, ...valuesLatex(rows, words).map(valuesPart)].join('\n'),
    update: ({ update }) => {
      const { title, equations } = updateLatex(update, words);
      return [`<p><strong>${title((tex) => typeset(tex))}</strong></p>`, ...equations.map((tex) => formulaLine(tex))].join('\n');
    },
    lemma: ({ lemma }) => lemmaHtml(lemma, words),
    conventions: ({ texts }) =>
      listOf(
        'conventions',
        texts.map((text) => withFormulas(text((name) => `$${latexName(name)}$`))),
      ),
  };
}

const formulaLine = (tex: string): string => `<p class="formula">${typeset(`\\displaystyle ${tex}`)}</p>`;

/** Labels are heads of their rows, the examples' numbers of the columns. */
function valuesPart(part: ValuesPart): string {
  if (part.kind === 'equation') return formulaLine(part.tex);
  const head = part.head.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join('');
  const rows = part.rows.map(({ label, cells }) => {
    const numbers = cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('');
    return `<tr><th scope="row">${label && typeset(`\\displaystyle ${label}`)}</th>${numbers}</tr>`;
  });
  return `<div class="formula"><table class="values">\n<thead><tr>${head}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table></div>`;
}

/** Sentences of the word records hold formulas between dollar signs. */
const withFormulas = (text: string): string =>
  text
    .split('$')
    .map((part, k) => (k % 2 === 1 ? typeset(part) : escapeHtml(part)))
    .join('');
