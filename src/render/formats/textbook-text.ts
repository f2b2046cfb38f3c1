import { ruleName } from '../../derivation/labels.ts';
import type { TextbookStep } from '../../derivation/textbook.ts';
import type { Words } from '../../derivation/words/index.ts';
import { printExpr, type Spelling } from '../text.ts';

/** A line of the derivation, how deep it is set in, and the rule beside it. */
interface Line {
  readonly depth: number;
  readonly text: string;
  readonly rule: string;
}

/**
 * The derivation as a textbook sets it: the rule applied, the inner derivatives below it, then the result.
 * Returns lines of aligned columns.
 */
export function textbookLines(root: TextbookStep, words: Words, spelling: Spelling): string[] {
  const write = (step: TextbookStep['before']) => printExpr(step, spelling);
  const lines: Line[] = [{ depth: 0, text: write(root.before), rule: '' }];
  const byRule = write(root.after);
  const result = write(root.result);
  lines.push({ depth: 1, text: `= ${byRule}`, rule: ruleName(root, words) });
  const told = new Set<string>();
  const inner = (step: TextbookStep, depth: number): void => {
    for (const sub of step.substeps) {
      const before = write(sub.before);
      if (told.has(before)) continue;
      told.add(before);
      const after = write(sub.after);
      const value = write(sub.result);
      const chain = after === value ? [before, value] : [before, after, value];
      lines.push({ depth, text: chain.join(' = '), rule: ruleName(sub, words) });
      inner(sub, depth + 2);
    }
  };
  inner(root, 3);
  if (byRule !== result) lines.push({ depth: 1, text: `= ${result}`, rule: '' });
  const width = Math.min(72, Math.max(...lines.filter((l) => l.rule !== '').map((l) => 2 * l.depth + [...l.text].length)));
  return lines.map(({ depth, text, rule }) => {
    const line = '  '.repeat(depth) + text;
    return rule === '' ? line : `${line}${' '.repeat(Math.max(0, width - [...line].length))}   ${rule}`;
  });
}
