import type { Block, DerivationDocument, Formula } from '../../derivation/document.ts';
import { latexExpr, latexTarget, printLatex } from '../latex.ts';
import { shorter } from './shorter.ts';

export const formulaLatex = (formula: Formula): string => printLatex(shorter(formula, printLatex));

/** What the derivation itself is, as lines that are aligned at their signs of equality. */
export function documentLatex({ sections }: DerivationDocument): string {
  const lines = sections.flatMap(({ blocks }) => blocks.flatMap(linesOf));
  return `\\begin{aligned}\n${lines.join(' \\\\\n')}\n\\end{aligned}`;
}

function linesOf(block: Block): string[] {
  if (block.kind === 'steps') return block.steps.map(({ target, after }) => `${latexTarget(target)} &= ${formulaLatex(after)}`);
  if (block.kind !== 'textbooks') return [];
  return block.told.flatMap(({ step }) => {
    if (!step) return [];
    const [before, after, result] = [step.before, step.after, step.result].map((side) => latexExpr(side));
    return [`${before} &= ${after}`, ...(after === result ? [] : [`&= ${result}`])];
  });
}
