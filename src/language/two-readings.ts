import { GradusError } from './diagnostics.ts';
import type { Token } from './tokens.ts';
import type { Span } from './tree.ts';

/**
 * Two signs without a space between them, and a space behind: `x -- y` begins a comment to some, `y <- x` is a definition
 * to others, and both are sums and comparisons here.
 * @throws GradusError `syntax` for the first such pair, with both spellings
 */
export function refuseSignPairs(text: string, tokens: readonly Token[]): void {
  if (!/(?:[-−]|<)[-−]\s/.test(text)) return;
  for (const [k, sign] of tokens.entries()) {
    const before = tokens[k - 1];
    if (sign.type !== 'prefix' || sign.operator?.callee !== '-' || before?.end !== sign.start) continue;
    const callee = before.operator?.callee;
    if ((callee !== '-' && callee !== '<') || !/^[ \t]+[\p{L}\p{N}]/u.test(text.slice(sign.end, sign.end + 99))) continue;
    throw inTwoWays(text, { start: before.start, end: sign.end }, callee);
  }
}

function inTwoWays(text: string, span: Span, callee: '-' | '<'): GradusError {
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const end = text.indexOf('\n', span.end);
  const before = text.slice(start, span.start).trim();
  const after = text.slice(span.end, end < 0 ? undefined : end).trim();
  const here = { '-': `# ${after}`, '<': `= ${after}` }[callee];
  const apart = { '-': `- -${after}`, '<': `< -${after}` }[callee];
  const both = [here, apart].map((rest) => `${before} ${rest}`.trim());
  const [first] = both as [string, string];
  // Prose is made of words; `a -- b` of operands.
  const operand = callee === '-' && !/^\p{L}{3,}|^\p{L}+[ \t]+\p{L}{2,}/u.test(after);
  // Only a name is defined, and a line that begins so is no formula.
  const hint =
    before === ''
      ? `a comment is written ${first}`
      : !operand && (callee === '-' || /^[\p{L}_][\p{L}\p{N}_]*$/u.test(before))
        ? `write ${both.join(' or ')}`
        : `write ${both[1]}`;
  return new GradusError('syntax', `\`${text.slice(span.start, span.end)}\` can be read in two ways`, { span, hint });
}
