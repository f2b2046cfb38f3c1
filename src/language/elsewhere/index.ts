import { GradusError } from '../diagnostics.ts';
import { visitExpressions } from '../parts.ts';
import type { Source, Span } from '../tree.ts';
import { WrittenNames } from '../written-names.ts';
import { ABSENT, absenceIn } from './absent.ts';
import { fromEinsum } from './arguments.ts';
import { type Arrays, arraysIn, powerSign, withLengths, withProducts, withSubscripts } from './arrays.ts';
import { argumentsIn, namedAxes, translatedCalls, withDifferentials, withoutMethods, withoutModules } from './calls.ts';
import { withoutComment } from './comments.ts';
import { withConstants } from './constants.ts';
import { missingDeclarations } from './declared.ts';
import { equationHint, UNDEFINABLE } from './equations.ts';
import { fromLatex } from './latex.ts';
import { withLayers } from './layers.ts';
import { fromMathematica } from './mathematica.ts';
import { pattern } from './pattern.ts';
import { withoutWords } from './prose.ts';
import { BARE, RAISED, signs, withInverses, withNabla } from './signs.ts';
import { withSlices, withStepped } from './slices.ts';
import { withForms } from './statements.ts';
import { withAscending, withIndices } from './sums.ts';
import { withoutSymbols, withSymbol } from './symbols.ts';
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
  const arrays = withStepped(arraysIn(around), line);
  const { code, comment } = withoutComment(line, arrays);
  const names = new WrittenNames(around);
  const isName = (word: string) => arrays.has(word) || names.declares(word);
  const { rest, symbols } = withoutSymbols(statementsIn(code));
  const statements = rest.map((statement) => withSymbol(translatedStatement(statement, arrays, isName), symbols));
  const text = [statements.join('; '), comment && `# ${comment}`].filter(Boolean).join(' ');
  return text === evenlySpaced(line) || text === '' ? undefined : text;
}

/** Spaces that line things up, or that are left out between statements, are no other language. */
const evenlySpaced = (line: string): string =>
  line
    .trim()
    .replace(/(?<=\S) {2,}/g, ' ')
    .replace(/\s*;\s*/g, '; ');

function translatedStatement(statement: string, arrays: Arrays, isName: (word: string) => boolean): string {
  const plain = withoutWords(fromEinsum(withLayers(statement.trim()), argumentsIn));
  let text = withSubscripts(withForms(plain), arrays);
  text = fromLatex(fromMathematica(text, arrays), isName);
  text = withSubscripts(withForms(text.trim()), arrays);
  text = withLengths(text, arrays);
  const parts = withSlices(text, arrays);
  text = parts.text;
  text = namedAxes(withProducts(withoutMethods(withoutModules(text, arrays), arrays), arrays));
  text = text.replaceAll('**', powerSign(text, arrays));
  text = withNabla(text);
  for (const [sign, here] of signs()) text = text.replace(sign, here);
  text = withInverses(withAscending(withIndices(text)))
    .replace(RAISED[0](), RAISED[1])
    .replace(BARE[0](), BARE[1]);
  const here = withConstants(translatedCalls(withDifferentials(text), arrays))
    .replace(/(?<=\S) {2,}/g, ' ')
    .trim();
  return [...parts.definitions, here].join('; ');
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
  /^(an entrywise|there are no modules|a choice|a line goes|a call|a product is|something is|grouping|write |declare it|a definition is written name = …,|a list|equality is|statements end|gradus help|an index is|within where|a (?:sum over|square|cube|sum|difference|quotient|function|derivative) |the length is|for the product|a bracket literal)/;

/** A longer one is not read in a hint. */
const LONGEST_SHOWN = 100;

/** The tree of a text; undefined for one that is not of the language. */
type Read = (text: string) => Source | undefined;

/**
 * The error with the spelling that works, where the line that it is about is written as in another language.
 * @param alone whether the text is all that there is: then what it needs must be declared in it
 */
export function withTranslation(error: GradusError, text: string, read: Read, alone = true): GradusError {
  const { code, message, span, note, hint } = error;
  const place = span && lineAt(text, span.start);
  if (!place) return error;
  const line = text.slice(place.start, place.end);
  // Both readings are shown, unless what follows has one.
  if (/^`(?:--|<-)` /.test(message.replaceAll('−', '-')) && !/<-\s*(?:function|\\)\s*\(/.test(line)) return error;
  const absent = absenceIn(line);
  if (absent) return new GradusError(code, message, { span, note, hint: absent });
  const here = translated(line, text);
  const source = here !== undefined && here.length <= LONGEST_SHOWN ? readThere(here, text, place, read) : undefined;
  if (!source) {
    const equation = message === UNDEFINABLE ? equationHint(here ?? line) : undefined;
    if (equation) return new GradusError(code, message, { span, note, hint: equation });
    return code === 'syntax' ? withWord(error, line) : error;
  }
  const missing = notHere(source);
  // Mathematica's functions are names with subscripts here.
  if (UNTRANSLATED().test(here!)) return error;
  if (missing !== undefined) return new GradusError(code, message, { span, note, hint: missing });
  const kept = hint && !GENERAL.test(hint) && !hint.endsWith(here!) ? `${hint}; ` : '';
  const whole = alone && line.trim() === text.trim();
  const declarations = whole ? missingDeclarations(source) : undefined;
  const complete = [declarations, here, whole && callOfLast(source)].filter(Boolean).join('; ');
  return new GradusError(code, message, { span, note, hint: `${kept}write ${complete}` });
}

const UNTRANSLATED = pattern('(?<![\\p{L}\\p{N}_])[A-Z][a-z]{3,}\\[', 'u');

/** A source that ends with a function has nothing to derive. */
function callOfLast({ statements }: Source): string | undefined {
  const last = statements[statements.length - 1];
  if (last?.kind !== 'function' || !last.value || statements.some(({ kind }) => kind === 'objective' || kind === 'declaration'))
    return undefined;
  return `${last.name}(${last.parameters.map(({ name }) => name).join(', ')})`;
}

/** What is said of a function in a translation that is not here either. */
function notHere({ statements }: Source): string | undefined {
  const own = new Set(statements.map((s) => (s.kind === 'objective' ? undefined : s.name)));
  let hint: string | undefined;
  visitExpressions(statements, (expr) => {
    if (expr.kind === 'call' && !own.has(expr.callee)) hint ??= ABSENT.get(expr.callee);
  });
  return hint;
}

const readThere = (here: string, text: string, { start, end }: Span, read: Read): Source | undefined =>
  [text.slice(0, start) + here + text.slice(end), here].map(read).find((source) => source && isOne(source));

/** One objective is all that a source has. */
const isOne = ({ statements }: Source): boolean => statements.filter(({ kind }) => kind === 'objective').length <= 1;

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
