import type { Arrays } from './arrays.ts';

/** A line without what other languages mark as a comment, and the comment. */
interface Commented {
  readonly code: string;
  readonly comment: string | undefined;
}

/** Each captures the code before a comment, the comment, and the code behind. */
const COMMENTS: readonly RegExp[] = [
  /^(.*?)\/\*\s*(.*?)\s*\*\/(.*)$/,
  /^(\s*)(?:\/\/|--|%|;|\/\*)\s*(.*)$/,
  // Behind code the sign may be an operator: prose are words that stand beside one another, or one that is no operand.
  /^(.*?\S)\s+(?:\/\/|--|%)\s*(\p{L}+(?:[ \t,.:]+\p{L}+)+.*)$/u,
  /^(.*?\S)\s+(?:\/\/|--|%)\s*(\p{L}{3,})$/u,
  /^(.*?\S)\s*;\s*(\p{L}{3,}(?:[ \t]+\p{L}+)*)$/u,
  /^(.*?\S)\s+(?:\/\/)\s+(\p{L}.*)$/u,
];

export function withoutComment(line: string, arrays: Arrays): Commented {
  // `10 % of x`
  if (/\d\s*%\s*of\s/.test(line)) return { code: line, comment: undefined };
  for (const form of COMMENTS) {
    const match = form.exec(line);
    if (!match || arrays.has(match[2]!)) continue;
    return { code: `${match[1]!.trimEnd()}${match[3] ?? ''}`.trim(), comment: match[2]!.trim() };
  }
  return { code: line, comment: undefined };
}
