import { GradusError } from '../diagnostics.ts';
import type { Span } from '../tree.ts';
import { type Arrays, arraysIn, powerSign, withLengths, withProducts, withSubscripts } from './arrays.ts';
import { namedAxes, translatedCalls, withDifferentials, withoutMethods, withoutModules } from './calls.ts';
import { withoutComment } from './comments.ts';
import { fromLatex } from './latex.ts';
import { fromMathematica } from './mathematica.ts';
import { BARE, RAISED, SIGNS, withIndices } from './signs.ts';
import { withForms } from './statements.ts';
import { WORDS, wordAt } from './words.ts';

/** Longer lines are no slip of habit. */
const LONGEST = 200;

/**
 * A line that is written as another language has it, Python, LaTeX or C, as this one writes it. Rules rewrite text, not
 * trees: what they make of a line is shown only where it reads.
 * @param around the source, which tells what the names of the line are
 * @returns undefined where nothing is known to be from elsewhere
 */
export function translated(line: string, around = line): string | undefined {
  if (line.length > LONGEST) return undefined;
  const arrays = arraysIn(around);
  const { code, comment } = withoutComment(line, arrays);
  const statements = statementsIn(code).map((statement) => translatedStatement(statement, arrays));
  const text = [statements.join('; '), comment && `# ${comment}`].filter(Boolean).join(' ');
  return text === line.trim() ? undefined : text;
}

function translatedStatement(statement: string, arrays: Arrays): string {
  let text = withSubscripts(withForms(statement.trim()), arrays);
  text = fromLatex(fromMathematica(text));
  text = withSubscripts(withForms(text.trim()), arrays);
  text = withLengths(text, arrays);
  text = namedAxes(withProducts(withoutMethods(withoutModules(text)), arrays));
  text = text.replaceAll('**', powerSign(text, arrays));
  for (const [sign, here] of SIGNS) text = text.replace(sign, here);
  return translatedCalls(
    withDifferentials(
      withIndices(text)
        .replace(...RAISED)
        .replace(...BARE),
    ),
  )
    .replace(/(?<=\S) {2,}/g, ' ')
    .trim();
}

/** What stands between the semicolons, brackets aside. */
function statementsIn(text: string): string[] {
  const result: string[] = [];
  let [depth, start] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    if (/[([{]/.test(text[at]!)) depth++;
    else if (/[)\]}]/.test(text[at]!)) depth--;
    else if (text[at] === ';' && depth === 0) {
      result.push(text.slice(start, at));
      start = at + 1;
    }
  }
  const last = text.slice(start);
  return last.trim() === '' && result.length > 0 ? result : [...result, last];
}

/** Hints that guess at something else than a habit. */
const GENERAL =
  /^(an entrywise|there are no modules|a choice|a line goes|a call|a product is|something is|grouping|write |declare it|a definition is written name = …,|a list|equality is|statements end|gradus help|an index is|within where|the length is|for the product|a bracket literal)/;

/** A longer one is not read in a hint. */
const LONGEST_SHOWN = 100;

/**
 * The error with the spelling that works, where the line that it is about is written as in another language.
 * @param reads whether a text is of the language
 */
export function withTranslation(error: GradusError, text: string, reads: (text: string) => boolean): GradusError {
  const { code, message, span, note, hint } = error;
  const place = span && lineAt(text, span.start);
  if (!place) return error;
  const line = text.slice(place.start, place.end);
  // Both readings are shown, unless what follows has one.
  if (/^`(?:--|<-)` /.test(message.replaceAll('−', '-')) && !/<-\s*(?:function|\\)\s*\(/.test(line)) return error;
  const here = translated(line, text);
  const works = here !== undefined && here.length <= LONGEST_SHOWN && readsThere(here, text, place, reads);
  if (!works) return code === 'syntax' ? withWord(error, line) : error;
  const kept = hint && !GENERAL.test(hint) ? `${hint}; ` : '';
  return new GradusError(code, message, { span, note, hint: `${kept}write ${here}` });
}

const readsThere = (here: string, text: string, { start, end }: Span, reads: (text: string) => boolean): boolean =>
  reads(text.slice(0, start) + here + text.slice(end)) || reads(here);

/** A line that begins with a word of another language is about that word. */
function withWord(error: GradusError, line: string): GradusError {
  const word = wordAt(line);
  if (word === undefined) return error;
  const { code, message, span, note } = error;
  return new GradusError(code, message, { span, note, hint: WORDS.get(word) });
}

function lineAt(text: string, at: number): Span {
  const start = Math.max(text.lastIndexOf('\n', at - 1) + 1, 0);
  const next = text.indexOf('\n', at);
  const line = text.slice(start, next < 0 ? text.length : next);
  const comment = line.indexOf('#');
  return { start, end: start + (comment < 0 ? line : line.slice(0, comment)).trimEnd().length };
}
