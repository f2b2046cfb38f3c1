import type { Block, DerivationDocument } from '../../derivation/document.ts';
import type { Words } from '../../derivation/words/index.ts';
import { latexExpr } from '../latex.ts';
import { latexWords } from '../latex-words.ts';
import { equationLatex, equationLine, formulaLatex } from './equation-latex.ts';
import { updateRows, valuesRows } from './values-latex.ts';

/** What the derivation itself is, told briefly, as lines that are aligned at their signs of equality. */
export function documentLatex({ sections, words }: DerivationDocument): string {
  const blocks = sections.flatMap((section) => (section.id === 'numbers' ? [] : section.blocks));
  const forward = forwardLines(blocks);
  const lines = blocks.flatMap(linesOf);
  const numbers = sections.flatMap((section) =>
    section.id === 'numbers' ? section.blocks.map((b) => numberLines(b, words)) : [],
  );
  const parts = [forward, lines, ...numbers].filter((part) => part.length > 0).map((part) => part.join(' \\\\\n'));
  return words.conjunctions(`\\begin{aligned}\n${parts.join(' \\\\[1ex]\n')}\n\\end{aligned}`);
}

/** What the names are that the steps speak of; the derivation of one scalar stands for itself. */
function forwardLines(blocks: readonly Block[]): string[] {
  const rows = blocks.flatMap((block) => (block.kind === 'definitions' ? block.rows : []));
  const hasSteps = blocks.some(({ kind }) => kind === 'steps');
  if (!hasSteps && rows.length < 2) return [];
  return rows.map(({ target, formula, whole }) =>
    whole ? `&${formulaLatex(formula)}` : equationLine(equationLatex(target, formula), '&='),
  );
}

/** The numbers and a step of descent, and what is said where there are none. */
function numberLines(block: Block, words: Words): string[] {
  if (block.kind === 'note') return [`&${latexWords(block.text)}`];
  const rows =
    block.kind === 'values' ? valuesRows(block, words) : block.kind === 'update' ? updateRows(block.update, words) : [];
  return rows.map((tex) => `&${tex}`);
}

function linesOf(block: Block): string[] {
  if (block.kind === 'steps')
    return block.steps.flatMap(({ target, after, putIn }) => [
      equationLine(equationLatex(target, after), '&='),
      ...(putIn ? [equationLine({ ...equationLatex(target, putIn.formula), left: '' }, '&=').trimStart()] : []),
    ]);
  if (block.kind !== 'textbooks') return [];
  return block.told.flatMap(({ step }) => {
    if (!step) return [];
    const [before, after, result] = [step.before, step.after, step.result].map((side) => latexExpr(side));
    return [`${before} &= ${after}`, ...(after === result ? [] : [`&= ${result}`])];
  });
}
