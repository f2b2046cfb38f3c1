import { GradusError } from '../language/diagnostics.ts';
import { read } from '../language/earley.ts';

/** How far a text got by the grammar: it has a reading, it only lacks its end, or it cannot become one. */
function progressOf(text: string): 'whole' | 'unfinished' | 'wrong' {
  try {
    const { tokens, failure, results } = read(text);
    if (results.length > 0) return 'whole';
    const atTheEnd = failure !== undefined && tokens.list.length > 0 && failure.index === tokens.list.length - 1;
    return atTheEnd && !tokens.problem ? 'unfinished' : 'wrong';
  } catch (error) {
    if (error instanceof GradusError) return 'wrong';
    throw error;
  }
}

const BACKSLASH = /\\\s*$/;

/** Whether a text waits for another line: a bracket is open, an operator is the last thing in it, or a backslash. */
export function isIncomplete(text: string): boolean {
  if (/^\s*:/.test(text)) return false;
  return BACKSLASH.test(text) || progressOf(text) === 'unfinished';
}

/**
 * What was typed so far and the next line. A backslash at the end joins the two, unless it solves: `A \` goes on with
 * `b`, as in a file.
 */
export function joined(before: string, line: string): string {
  const broken = `${before}\n${line}`;
  if (!BACKSLASH.test(before)) return broken;
  const solves = !/^\s*derive\b/.test(before) && /^\s*[\p{L}_([]/u.test(line) && progressOf(broken) !== 'wrong';
  // As many characters as before, so that places stay what they are.
  return solves ? broken : before.replace(BACKSLASH, (end) => ' '.repeat(end.length + 1)) + line;
}
