import type { Block, DerivationDocument, Formula } from '../../derivation/document.ts';
import type { Words } from '../../derivation/words/index.ts';
import type { Expr } from '../../language/tree.ts';
import { latexEntriesOf, latexExpr, latexRange, latexTarget, latexValue, printLatex } from '../latex.ts';
import { latexWords } from '../latex-words.ts';
import { parted, shorter } from './shorter.ts';
import { updateRows, valuesRows } from './values-latex.ts';

export const formulaLatex = (formula: Formula): string => printLatex(shorter(formula, printLatex));

/** `dZ = …`, and what the names in it stand for. */
export interface EquationLatex {
  readonly left: string;
  readonly right: string;
  readonly where: readonly string[];
}

/** @param target the name, as texts have it */
export function equationLatex(target: string, formula: Formula): EquationLatex {
  const { byEntries } = formula;
  if (byEntries) return { left: leftLatex(byEntries.left), right: latexValue(byEntries.right), where: [] };
  const { main, named, rest } = parted(shorter(formula, printLatex), target);
  const where = rest.map((statement) => printLatex([statement]));
  const name = latexTarget(target);
  if (!named || main.kind !== 'entries') return { left: name, right: printLatex([main]), where };
  return { left: latexEntriesOf(name, main.subscripts), right: `${latexValue(main.value)}${latexRange(main.subscripts)}`, where };
}

/** Without axes it is the target itself. */
const leftLatex = (left: Expr): string => (left.kind === 'name' ? latexTarget(left.name) : latexExpr(left));

/** On one line. */
export const equationLine = ({ left, right, where }: EquationLatex, sign = '='): string =>
  `${left} ${sign} ${right}${where.length > 0 ? `, \\quad ${where.join(', \\; ')}` : ''}`;

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
