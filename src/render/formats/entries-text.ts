import type { Formula } from '../../derivation/document.ts';
import { printExpr, type Spelling } from '../text.ts';

/** The sides of an equation in index notation: `Z_ik` and `Σ_j W_ij X_jk + b_i`. */
export function entriesText({ left, right }: NonNullable<Formula['byEntries']>, spelling: Spelling) {
  const spelled = spelling === 'ascii' ? 'ascii' : 'indices';
  return { left: printExpr(left, spelled), right: printExpr(right, spelled) };
}
