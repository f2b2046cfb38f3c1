import type { Formula } from '../../derivation/document.ts';
import type { Expr } from '../../language/tree.ts';
import { latexEntriesOf, latexExpr, latexRange, latexTarget, latexValue, printLatex } from '../latex.ts';
import { parted, shorter } from './shorter.ts';

/** Formulas and equations in LaTeX, as every format has them that is set with it. */

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
