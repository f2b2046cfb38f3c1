import { ruleInFull, ruleName } from '../../derivation/labels.ts';
import type { TextbookStep } from '../../derivation/textbook.ts';
import type { Words } from '../../derivation/words/index.ts';
import type { Expr } from '../../language/tree.ts';
import { printExpr } from '../text.ts';

/** A line of a textbook's reading. */
export interface TextbookRow {
  /** How deep it is set in. */
  readonly depth: number;
  /** What equals what; it goes on from the line before where that is told. */
  readonly sides: readonly Expr[];
  readonly goesOn: boolean;
  /** What stands beside it: a rule, or an equation that the line rests on. */
  readonly rule: string | readonly [Expr, Expr];
}

/**
 * The derivation as a textbook sets it: the rule applied, the inner derivatives below it, then the result. In full each
 * rule has its formula, and what was found is put in before it is simplified.
 */
export function textbookRows(root: TextbookStep, words: Words, full = false): TextbookRow[] {
  const write = (expr: Expr): string => printExpr(expr);
  const isSame = (a: Expr, b: Expr): boolean => write(a) === write(b);
  const rule = full ? ruleInFull : ruleName;
  const rows: TextbookRow[] = [{ depth: 0, sides: [root.before], goesOn: false, rule: '' }];
  const told = new Set<string>();
  const inner = (step: TextbookStep, depth: number): void => {
    for (const sub of step.substeps) {
      const key = write(sub.before);
      if (told.has(key)) continue;
      told.add(key);
      const { before, after, putIn, result } = sub;
      const chain = full && !isSame(putIn, after) ? [before, after, putIn, result] : [before, after, result];
      const sides = chain.filter((side, k) => k === 0 || !isSame(side, chain[k - 1]!));
      rows.push({ depth, sides, goesOn: false, rule: rule(sub, words) });
      inner(sub, depth + 2);
    }
  };
  const on = (side: Expr, beside: TextbookRow['rule']): void => {
    rows.push({ depth: 1, sides: [side], goesOn: true, rule: beside });
  };
  const { identity, after, putIn, simplified: result = root.result } = root;
  on(after, rule(root, words));
  inner(root, 3);
  const isPutIn = isSame(putIn, result);
  if (full && !isSame(putIn, after) && !isPutIn) on(putIn, words.working.foundPutIn);
  if (!isSame(after, result)) on(result, isPutIn ? words.working.foundPutIn : words.rules.simplify.name);
  if (identity) on(root.result, identity);
  return rows;
}
