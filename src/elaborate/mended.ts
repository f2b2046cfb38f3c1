import { GradusError } from '../language/diagnostics.ts';
import { parse } from '../language/parser.ts';
import { ROLES, SENSES } from '../language/words.ts';
import { elaborate } from './elaborate.ts';

/** A source that has a fault mended as its hint says, and what was written for it. */
export interface Mended {
  readonly label: string;
  readonly source: string;
}

/** How hints offer what to write: rules of words, as hints are. */
const OFFERS: readonly RegExp[] = [
  /\bwrite (.+)$/,
  /\b(?:is|are) written (.+)$/,
  /\bdid you mean (.+?)\?/,
  /\bcall it: (.+)$/,
  /\b(?:put|name|define|fix|declare) it:? (.+)$/,
  /^((?:minimize|maximize|param|data|const) .+)$/,
  /^(.+?) (?:is (?:\(|the )|multiplies |divides |the product )/,
];

/** What ends an offer where more is said behind it. */
const BEHIND = /(?:; | or |, (?=\p{L}+ (?:\w+ )?[=:.\p{L}])| if that is meant| before this).*$/u;

const MISSING = /^a `(.)` is missing after it$/;

/** A longer source is not read again and again. */
const LONGEST = 20_000;
const MOST_TRIED = 40;

/**
 * The source with its fault mended as the hint says: what the hint offers stands in the place, in the statement, in the
 * line, or for the whole, wherever the source is read and has its shapes then. Of several that work the smallest change.
 * Where that leads to a fault whose hint works in turn, both are mended; a fault in a later line may be left.
 */
export function mended(source: string, error: GradusError): Mended | undefined {
  if (source.length > LONGEST || !error.span) return undefined;
  return once(source, error) ?? twice(source, error) ?? declared(source, error);
}

/** A hint that cannot know which of two is meant. */
const EITHER = /\bwrite (.+?),? or (.+?)(?: if that is meant)?$/;

/** The same for every reading that a hint leaves open, in its order; at most one where it knows what is meant. */
export function mendings(source: string, error: GradusError): readonly Mended[] {
  const one = mended(source, error);
  const either = one && EITHER.exec(error.hint ?? '')?.slice(1);
  if (!either) return one ? [one] : [];
  const tried = candidates(source, error);
  const works = (text: string): boolean => holds(text) || goesOn(source, text, error);
  const all = either.flatMap((offer) => tried.find(({ label, source: text }) => label === offer && works(text)) ?? []);
  return all.length === either.length ? all : [one];
}

function once(source: string, error: GradusError): Mended | undefined {
  const tried = candidates(source, error);
  return tried.find((one) => holds(one.source)) ?? tried.find((one) => goesOn(source, one.source, error));
}

/** A declaration that is asked for is right whatever else is wrong. */
function declared(source: string, error: GradusError): Mended | undefined {
  const found = ASKED.test(error.hint ?? '') && candidates(source, error).find(({ label }) => SHAPED.test(label));
  return found && refusal(found.source)?.message !== error.message ? found : undefined;
}

/** `(A − Y)^2` is to be a power entry by entry, and its sum is what is minimized: the place says the same in other signs. */
function twice(source: string, error: GradusError): Mended | undefined {
  const { start, end } = error.span!;
  const names = source.slice(start, end).match(NAMES) ?? [];
  const same = candidates(source, error).find(({ label, source: text }) => {
    const there = new Set(label.match(NAMES));
    return (
      names.length > 0 && names.every((name) => there.has(name)) && text === source.slice(0, start) + label + source.slice(end)
    );
  });
  const next = same && refusal(same.source);
  if (!same || !next?.span || next.message === error.message || lineOf(same.source, next) !== lineOf(source, error))
    return undefined;
  return once(same.source, next);
}

const NAMES = /[\p{L}_][\p{L}\p{M}\p{N}_]*/gu;

/** What may have been meant, the smallest change first. */
function candidates(source: string, error: GradusError): Mended[] {
  const found = new Map<string, string>();
  for (const label of offeredIn(error)) {
    for (const text of placed(source, error, label)) if (text !== source && !found.has(text)) found.set(text, label);
  }
  const closing = MISSING.exec(error.hint ?? '')?.[1];
  if (closing) for (const text of closed(source, error, closing)) found.set(text, closing);
  return [...found]
    .map(([text, label]) => ({ label, source: text }))
    .filter((one) => !OBJECTIVE.test(source) || OBJECTIVE.test(one.source))
    .sort((a, b) => change(source, a.source) - change(source, b.source))
    .slice(0, MOST_TRIED);
}

/** What is to be found out is never lost. */
const OBJECTIVE = /(?:^|[;\n])\s*(?:minimize|maximize)\b/;

/** The spellings that the hint and the note offer, without those that leave something out. */
function offeredIn({ hint, note }: GradusError): string[] {
  const offers: string[] = [];
  for (const text of [hint, note]) {
    if (!text) continue;
    for (const clause of [text, ...parts(text, '; '), ...parts(text, ', ')]) {
      for (const offer of OFFERS) {
        const whole = offer.exec(clause)?.[1];
        if (whole !== undefined)
          offers.push(whole, whole.replace(BEHIND, ''), ...whole.split(/ or |, (?=or )/), ...parts(whole, ', '));
      }
    }
  }
  const spelt = offers.map((offer) => offer.replace(PROSE, '').trim());
  return [...new Set(spelt)].filter((offer) => offer !== '' && !/…|\.\.\./.test(offer) && !SENTENCE.test(offer));
}

/** What an example is said to be one of: `an expression such as x^2`. */
const PROSE = /^(?:an?|the) [\p{L} ]+ such as /u;
/** Articles begin no code. */
const SENTENCE = /^(?:an?|the|its?|one) \p{L}/u;

/** What stands between separators, brackets aside. */
function parts(text: string, separator: string): string[] {
  const pieces: string[] = [];
  for (const piece of text.split(separator)) {
    const last = pieces.at(-1);
    if (last !== undefined && count(last, /[([{]/g) > count(last, /[)\]}]/g)) pieces.push(`${pieces.pop()}${separator}${piece}`);
    else pieces.push(piece);
  }
  return pieces;
}

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

/** Where an offer may stand. */
function placed(source: string, { span, hint = '' }: GradusError, offer: string): string[] {
  const { start, end } = span!;
  const [from, to] = lineAround(source, start);
  const line = source.slice(from, to);
  const put = (at: number, until: number): string => source.slice(0, at) + offer + source.slice(until);
  // What is declared is declared above.
  const [, declared] = DECLARATION.exec(offer) ?? (ASKED.test(hint) ? SHAPED.exec(offer) : undefined) ?? [];
  if (declared !== undefined) return isWord(declared) ? [] : [`${source.slice(0, from)}${offer}\n${source.slice(from)}`];
  const code = from + codeOf(line);
  const first = from + /^\s*/.exec(line)![0].length;
  const statement = statementAround(source, start, from, code);
  const alone = source.slice(to).trim() === '' && source.slice(0, from).trim() === '';
  return [
    put(start, end),
    ...[statement, { from: first, to: code }].map((place) => put(rightSide(source, place, offer), place.to)),
    ...(alone ? [offer] : []),
  ];
}

const DECLARATION = /^(?:data|param|const) (\S+)$/;
/** With its shape, where a hint asks for a declaration and not for another spelling of one. */
const SHAPED = /^(?:data|param|const) ([^\s:=~]+)\s*:.*$/;
const ASKED = /\bdeclare it:/;
const isWord = (name: string): boolean => SENSES.has(name) || ROLES.has(name);

/** What a statement names keeps its name: an offer without one is about what stands behind the sign. */
function rightSide(source: string, { from, to }: { readonly from: number; readonly to: number }, offer: string): number {
  const [left] = /^[^=<>!:(]*(?<![=<>!])=(?!=)\s*/.exec(source.slice(from, to)) ?? [];
  return left === undefined || /=|^(?:minimize|maximize)\b/.test(offer) ? from : from + left.length;
}

/** A bracket that is missing may be missing anywhere in the rest of the line. */
function closed(source: string, { span }: GradusError, bracket: string): string[] {
  const [from, to] = lineAround(source, span!.start);
  const end = from + codeOf(source.slice(from, to));
  const places: number[] = [];
  for (let at = span!.end; at < end; at++) if (/^[\s)\],;+−*·/=-]/.test(source.slice(at))) places.unshift(at);
  return [end, ...places].map((at) => source.slice(0, at) + bracket + source.slice(at));
}

function lineAround(source: string, at: number): [from: number, to: number] {
  const from = source.lastIndexOf('\n', at - 1) + 1;
  const next = source.indexOf('\n', at);
  return [from, next < 0 ? source.length : next];
}

/** Where the code of a line ends, its comment aside. */
function codeOf(line: string): number {
  const comment = line.indexOf('#');
  return (comment < 0 ? line : line.slice(0, comment)).trimEnd().length;
}

/** Between the semicolons of a line. */
function statementAround(source: string, at: number, from: number, to: number): { from: number; to: number } {
  const before = source.lastIndexOf(';', at - 1);
  const after = source.indexOf(';', at);
  const start = before >= from ? before + 1 : from;
  return { from: start + /^\s*/.exec(source.slice(start, to))![0].length, to: after >= 0 && after < to ? after : to };
}

/** How many letters differ, what is alike at both ends aside. */
function change(before: string, after: string): number {
  const least = Math.min(before.length, after.length);
  let [front, back] = [0, 0];
  while (front < least && before[front] === after[front]) front++;
  while (back < least - front && before[before.length - 1 - back] === after[after.length - 1 - back]) back++;
  return Math.max(before.length, after.length) - front - back;
}

function refusal(source: string): GradusError | undefined {
  try {
    elaborate(parse(source));
    return undefined;
  } catch (error) {
    if (error instanceof GradusError) return error;
    throw error;
  }
}

const holds = (source: string): boolean => refusal(source) === undefined;

const lineOf = (source: string, { span }: GradusError): number => source.slice(0, span!.start).split('\n').length;

/** Whether what is wrong now is wrong in a line behind the one that was mended. */
function goesOn(source: string, text: string, error: GradusError): boolean {
  const [, to] = lineAround(source, error.span!.start);
  const end = text.length - (source.length - to);
  return to < source.length && holds(text.slice(0, end));
}
