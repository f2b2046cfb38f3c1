import { namesWithin, partsOf, subexpressions } from '../language/parts.ts';
import type { Expr, Statement } from '../language/tree.ts';
import type { Formula } from './document.ts';

/**
 * Numbers and names in a line that people know again: the derivative of two layers by the weights of the first,
 * `((W2ᵀ·((A2 − Y) ⊙ A2 ⊙ (1 − A2))) ⊙ A1 ⊙ (1 − A1))·Xᵀ/m`, has eleven. Beyond that the steps say it better.
 */
const MOST_SIGNS = 12;

/**
 * Whether a derivative in closed form is one formula, without names of its own, that is recognised at a glance.
 * @param isKnown whether a page knows a letter: where the source has indices of its own, nobody would know others again
 */
export function isOneLine(formula: Formula, isKnown: (letter: string) => boolean): boolean {
  const { byEntries } = formula;
  if (byEntries && !speaksIn(isKnown, [byEntries.left, byEntries.right])) return false;
  const forms = byEntries ? [byEntries.right] : [wholeOf(formula.statements) ?? wholeOf(formula.normal)];
  return forms.every((form) => form !== undefined && signsOf(form) <= MOST_SIGNS);
}

/** Whether all places that a formula speaks of are told in these letters. */
const speaksIn = (isKnown: (letter: string) => boolean, sides: readonly Expr[]): boolean =>
  [...subexpressions(sides)]
    .flatMap((part) => (part.kind === 'subscripted' ? part.subscripts : []))
    .every((place) => place.kind !== 'at' || [...namesWithin(place.index)].every(isKnown));

/** What the statements say if nothing stands before it; an array that its entries define is these. */
function wholeOf(statements: readonly Statement[]): Expr | undefined {
  const [first, second, ...more] = statements;
  if (first?.kind === 'objective') return first.value;
  const isOwn = second?.kind === 'objective' && second.value.kind === 'name' && first?.kind === 'entries';
  return isOwn && more.length === 0 && second.value.name === first.name ? first.value : undefined;
}

/** How many numbers and names a formula has, those of indices left out: A_ij is one. */
function signsOf(root: Expr): number {
  let count = 0;
  const open: Expr[] = [root];
  for (let expr = open.pop(); expr; expr = open.pop()) {
    if (expr.kind === 'name' || expr.kind === 'number') count++;
    else open.push(...(expr.kind === 'subscripted' ? [expr.target] : partsOf(expr)));
  }
  return count;
}
