import type { Line } from '../dialect.ts';

/** Characters of a comment, without the mark. */
const LONGEST = 90;
/** More lines of a formula than these nobody reads. */
const MOST_LINES = 3;

/** The formula of a line, and the rule behind it if there is room. */
export function comment({ formula, reason }: Line): string[] {
  if (formula === '') return reason ? [`# ${reason}`] : [];
  const whole = reason ? `${formula}   (${reason})` : formula;
  if (whole.length <= LONGEST) return [`# ${whole}`];
  const lines = wrapped(formula, LONGEST);
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES - 1), '…'] : lines;
  const told = reason ? wrapped(`(${reason})`, LONGEST) : [];
  return [...shown, ...told].map((line) => `# ${line}`);
}

/**
 * A docstring of several lines. Backslashes stand as they are, in a raw one; where three quotes would end it, both are
 * escaped.
 */
export function docstring(lines: readonly string[]): string[] {
  const text = lines.join('\n');
  if (!text.includes('\\') && !text.includes('"""')) return ['"""', ...lines, '"""'];
  if (!text.includes('"""')) return ['r"""', ...lines, '"""'];
  const escaped = (line: string): string =>
    line.replace(/\\/g, '\\\\').replace(/"{3,}/g, (quotes) => '\\"'.repeat(quotes.length));
  return ['"""', ...lines.map(escaped), '"""'];
}

/** Text in lines of at most so many characters, broken at spaces. */
export function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    for (const piece of pieces(word, most)) {
      if (line !== '' && line.length + 1 + piece.length > most) {
        lines.push(line);
        line = '';
      }
      line += (line === '' ? '' : ' ') + piece;
    }
  }
  if (line !== '') lines.push(line);
  return lines;
}

function pieces(word: string, most: number): string[] {
  const letters = [...word];
  const found: string[] = [];
  for (let at = 0; at < letters.length; at += most) found.push(letters.slice(at, at + most).join(''));
  return found;
}
