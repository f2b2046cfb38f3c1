import { ruleInFull, ruleName } from '../../derivation/labels.ts';
import type { TextbookStep } from '../../derivation/textbook.ts';
import type { Words } from '../../derivation/words/index.ts';
import { printExpr, type Spelling } from '../text.ts';
import { widthOf } from './columns.ts';

/** A line of the derivation, how deep it is set in, and the rule beside it. */
interface Line {
  readonly depth: number;
  readonly text: string;
  readonly rule: string;
}

/**
 * The derivation as a textbook sets it: the rule applied, the inner derivatives below it, then the result. In full each
 * rule has its formula, and what was found is put in before it is simplified.
 * Returns lines of aligned columns.
 */
export function textbookLines(root: TextbookStep, words: Words, spelling: Spelling, full = false): string[] {
  const write = (step: TextbookStep['before']) => printExpr(step, spelling);
  const rule = full ? ruleInFull : ruleName;
  const lines: Line[] = [{ depth: 0, text: write(root.before), rule: '' }];
  const told = new Set<string>();
  const inner = (step: TextbookStep, depth: number): void => {
    for (const sub of step.substeps) {
      const before = write(sub.before);
      if (told.has(before)) continue;
      told.add(before);
      const [after, putIn, result] = [sub.after, sub.putIn, sub.result].map(write) as [string, string, string];
      const chain = full && putIn !== after ? [before, after, putIn, result] : [before, after, result];
      lines.push({ depth, text: chain.filter((side, k) => side !== chain[k - 1]).join(' = '), rule: rule(sub, words) });
      inner(sub, depth + 2);
    }
  };
  const { identity, simplified = root.result } = root;
  const [after, putIn, result] = [root.after, root.putIn, simplified].map(write) as [string, string, string];
  lines.push({ depth: 1, text: `= ${after}`, rule: rule(root, words) });
  inner(root, 3);
  if (full && putIn !== after && putIn !== result) lines.push({ depth: 1, text: `= ${putIn}`, rule: words.working.foundPutIn });
  if (after !== result)
    lines.push({ depth: 1, text: `= ${result}`, rule: putIn === result ? words.working.foundPutIn : words.rules.simplify.name });
  if (identity) lines.push({ depth: 1, text: `= ${write(root.result)}`, rule: identity.map(write).join(' = ') });
  const width = Math.min(72, Math.max(...lines.filter((l) => l.rule !== '').map((l) => 2 * l.depth + widthOf(l.text))));
  return lines.map(({ depth, text, rule }) => {
    const line = '  '.repeat(depth) + text;
    return rule === '' ? line : `${line}${' '.repeat(Math.max(0, width - widthOf(line)))}   ${rule}`;
  });
}
