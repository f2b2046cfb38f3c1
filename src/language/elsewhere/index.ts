import { GradusError } from '../diagnostics.ts';
import type { Span } from '../tree.ts';
import { namedAxes, translatedCalls, withoutMethods, withoutModules } from './calls.ts';
import { fromLatex } from './latex.ts';
import { BARE, SIGNS, withIndices } from './signs.ts';

/** Longer lines are no slip of habit. */
const LONGEST = 200;

/**
 * A line that is written as another language has it, Python, LaTeX or C, as this one writes it. Rules rewrite text, not
 * trees: what they make of a line is shown only where it reads.
 * @returns undefined where nothing is known to be from elsewhere
 */
export function translated(line: string): string | undefined {
  if (line.length > LONGEST) return undefined;
  let text = fromLatex(line);
  text = namedAxes(withoutMethods(withoutModules(text)));
  for (const [sign, here] of SIGNS) text = text.replace(sign, here);
  text = translatedCalls(withIndices(text).replace(...BARE))
    .replace(/(?<=\S) {2,}/g, ' ')
    .trim();
  return text === line.trim() ? undefined : text;
}

/** Hints that guess at something else than a habit. */
const GENERAL = /^(an entrywise|there are no modules|a choice|a line goes|a call|a product is|something is|grouping|write )/;

/** A longer one is not read in a hint. */
const LONGEST_SHOWN = 100;

/**
 * The error with the spelling that works, where the line that it is about is written as in another language.
 * @param reads whether a text is of the language
 */
export function withTranslation(error: GradusError, text: string, reads: (text: string) => boolean): GradusError {
  const { code, message, span, note, hint } = error;
  const place = span && lineAt(text, span.start);
  const here = place && translated(text.slice(place.start, place.end));
  if (!place || here === undefined || here.length > LONGEST_SHOWN) return error;
  if (!reads(text.slice(0, place.start) + here + text.slice(place.end)) && !reads(here)) return error;
  const kept = hint && !GENERAL.test(hint) ? `${hint}; ` : '';
  return new GradusError(code, message, { span, note, hint: `${kept}write ${here}` });
}

function lineAt(text: string, at: number): Span {
  const start = Math.max(text.lastIndexOf('\n', at - 1) + 1, 0);
  const next = text.indexOf('\n', at);
  const line = text.slice(start, next < 0 ? text.length : next);
  const comment = line.indexOf('#');
  return { start, end: start + (comment < 0 ? line : line.slice(0, comment)).trimEnd().length };
}
