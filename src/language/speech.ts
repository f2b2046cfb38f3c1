import { chinese } from './chinese/index.ts';

/**
 * Messages in other languages. The English text at its call site is the source; a catalogue says what each template of
 * it is elsewhere. A message that was made from a template is told by finding the template again, so nothing is asked of
 * who makes messages, and English costs nothing. What no catalogue knows stays English.
 */

/**
 * English templates and what they are in the language. `{0}` is a hole that keeps what it holds: names, code, numbers.
 * `{0!}` holds words, which are told in their turn.
 */
export interface Catalogue {
  /** What stands on its own: a message, a hint, a note, a line. */
  readonly messages: Readonly<Record<string, string>>;
  /** What stands in holes only. */
  readonly parts?: Readonly<Record<string, string>>;
  /** What fills a whole hole, even of one that keeps what it holds. */
  readonly words?: Readonly<Record<string, string>>;
  readonly marks?: Marks;
}

/** What stands between words that are put together: signs, and the spaces about them. */
export interface Marks {
  readonly colon: string;
  readonly semicolon: string;
  readonly brackets: readonly [open: string, close: string];
  /** Between two sentences. */
  readonly sentences: string;
}

export const ENGLISH_MARKS: Marks = { colon: ': ', semicolon: '; ', brackets: [' (', ')'], sentences: ' ' };

/** The catalogues by language. They are made when the first text is told: until then they are source text. */
export const catalogues = { zh: chinese };

/** The code of a language that texts are told in. */
export type Lang = 'en' | keyof typeof catalogues;

/** A longer text is somebody's data, and looking for its template would take too long. */
const LONGEST = 2000;

/** Telling English texts in another language. */
export class Speech {
  readonly marks: Marks;
  private readonly templates: readonly Template[];
  /** Texts without holes: what stands on its own, and what stands in holes. */
  private readonly plain: ReadonlyMap<string, string>;
  private readonly plainParts: ReadonlyMap<string, string>;
  private readonly words: Readonly<Record<string, string>>;
  /** What was found for a text, so that no hole is looked at twice. */
  private known = new Map<string, string | undefined>();

  constructor(given: readonly Catalogue[]) {
    const entries = given.flatMap(({ messages, parts = {} }) => [
      ...Object.entries(messages).map(([english, there]) => ({ english, there, part: false })),
      ...Object.entries(parts).map(([english, there]) => ({ english, there, part: true })),
    ]);
    const plain = (ofParts: boolean) =>
      new Map(entries.filter((e) => e.part === ofParts && !HOLE.test(e.english)).map((e) => [e.english, e.there]));
    this.marks = given.find(({ marks }) => marks)?.marks ?? ENGLISH_MARKS;
    this.words = Object.assign({}, ...given.map(({ words }) => words));
    this.plain = plain(false);
    this.plainParts = new Map([...plain(true), ...Object.entries(this.words)]);
    // The template that says most is the one that a text was made from; what says nothing of its own is a last resort.
    this.templates = entries
      .filter(({ english }) => HOLE.test(english))
      .map(({ english, there, part }) => new Template(english, there, part))
      .sort((a, b) => a.rank - b.rank || b.length - a.length || a.holeCount - b.holeCount);
  }

  /** An English text in the language, or as it is. */
  say(text: string): string {
    this.known = new Map();
    const words = text.trim();
    if (words === '' || words.length > LONGEST) return text;
    const at = text.indexOf(words);
    return text.slice(0, at) + (this.found(words, false) ?? words) + text.slice(at + words.length);
  }

  /**
   * @param within in a hole: parts count too
   * @param worded by a template that has words
   */
  private found(text: string, within: boolean, worded = false): string | undefined {
    const plain = this.plain.get(text) ?? (within ? this.plainParts.get(text) : undefined);
    if (plain !== undefined) return plain;
    const key = `${within} ${worded} ${text}`;
    if (!this.known.has(key)) {
      this.known.set(key, undefined);
      const candidates = this.templates.filter((t) => (within || !t.part) && !(worded && t.wordless) && t.couldMake(text));
      // A message with more behind it: what is longest as a template may have taken that for what a hole holds.
      const wraps = (template: Template, [first]: readonly string[]) =>
        template.wraps && !template.weak && this.found(first!, false, true) !== undefined;
      const fits = (template: Template, holes: readonly string[]) => this.isSure(template, holes, within);
      const told = this.begun(text, within, worded) ?? this.made(text, candidates, wraps) ?? this.made(text, candidates, fits);
      this.known.set(key, told);
    }
    return this.known.get(key);
  }

  /** Words at the beginning of a sentence. */
  private begun(text: string, within: boolean, worded: boolean): string | undefined {
    return within && /^[A-Z][a-z ]/.test(text) ? this.found(text[0]!.toLowerCase() + text.slice(1), within, worded) : undefined;
  }

  private readonly isKnown = (hole: string): boolean => this.found(hole, true, true) !== undefined;

  /** Two names with `or` between them are words; what else may stand there is code as likely, unless it is known. */
  private isSure(template: Template, holes: readonly string[], within: boolean): boolean {
    const { weak, wordless } = template;
    if (template.part && !template.isFilled(holes, this.isKnown)) return false;
    if (weak === undefined || (!within && !wordless)) return true;
    return (
      holes.every((hole) => isWhole(hole) && (weak.test(hole) || this.isKnown(hole))) && (!wordless || holes.some(this.isKnown))
    );
  }

  private made(
    text: string,
    candidates: readonly Template[],
    accept: (template: Template, holes: readonly string[]) => boolean,
  ): string | undefined {
    for (const template of candidates) {
      const holes = template.holes(text, this.isKnown);
      if (!holes || !accept(template, holes)) continue;
      return template.filled(
        holes,
        (hole) => this.found(hole, true) ?? hole,
        (hole) => (Object.hasOwn(this.words, hole) ? this.words[hole]! : hole),
      );
    }
    return undefined;
  }
}

/** Words that say little of where a text comes from: they stand between names, or between formulas. */
const PARTICLES = new Set(['a', 'and', 'at', 'by', 'from', 'on', 'or', 'to']);
const COPULAS = new Set([...PARTICLES, 'has', 'is', 'it', 'of', 'so', 'this']);
const NAME = /^\S+$/;
/** No prose: nowhere two words side by side, other than in a list of names. */
const FORMULA = /^(?:[^\s,]+(?:, [^\s,]+)+|(?!.*\p{Ll}{2}[,;:.]? \p{Ll}{2}).*[^,;: ])$/u;

const HOLE = /\{\d\}/;

/** So many ways to cut a text into what the holes hold are tried. */
const MOST_TRIED = 24;

/** An English template with what it is elsewhere. */
class Template {
  readonly part: boolean;
  /** Characters that are no holes. */
  readonly length: number;
  readonly holeCount: number;
  /** What has words of its own; what stands between names; what has no words; what stands between formulas. */
  readonly rank: number;
  /** It begins with words of another template. */
  readonly wraps: boolean;
  private readonly literals: readonly string[];
  private readonly there: readonly string[];
  /** Holes whose words are told. */
  private readonly spoken: ReadonlySet<number>;
  /** It has no words of its own, so only those in its holes tell it. */
  readonly wordless: boolean;
  /** Where it has hardly any: what a hole is to be unless its words are known. */
  readonly weak: RegExp | undefined;

  constructor(english: string, there: string, part: boolean) {
    this.part = part;
    this.literals = english.split(/\{\d\}/);
    this.holeCount = this.literals.length - 1;
    this.length = this.literals.reduce((n, literal) => n + literal.length, 0);
    this.there = there.split(/(\{\d!?\})/);
    this.spoken = new Set([...there.matchAll(/\{(\d)!\}/g)].map(([, digit]) => Number(digit)));
    this.wraps = this.literals[0] === '' && this.spoken.has(0);
    const words = this.literals.join(' ').match(/\p{L}+/gu) ?? [];
    this.wordless = words.length === 0;
    if (words.every((word) => PARTICLES.has(word)) && words.length > 0) this.weak = NAME;
    else this.weak = words.every((word) => COPULAS.has(word)) ? FORMULA : undefined;
    this.rank = this.wordless ? 2 : this.weak === NAME ? 1 : this.weak ? 3 : 0;
  }

  /** Whether the template's pieces stand in a text, in their order. */
  couldMake(text: string): boolean {
    const { literals } = this;
    const last = literals[literals.length - 1]!;
    if (text.length < this.length || !text.startsWith(literals[0]!) || !text.endsWith(last)) return false;
    let at = literals[0]!.length;
    for (let k = 1; k < literals.length - 1; k++) {
      const place = text.indexOf(literals[k]!, at);
      if (place < 0) return false;
      at = place + literals[k]!.length;
    }
    return at <= text.length - last.length;
  }

  /**
   * What the holes hold of a text that the template could make: of several ways to cut it the first in which most of the
   * holes for words hold known ones.
   */
  holes(text: string, isKnown: (hole: string) => boolean): readonly string[] | undefined {
    const { literals, spoken } = this;
    const first = literals[0]!;
    const end = text.length - literals[literals.length - 1]!.length;
    let best: { readonly holes: readonly string[]; readonly known: number } | undefined;
    let tried = 0;
    const cut = (at: number, k: number, holes: readonly string[], known: number): void => {
      // What is cut within brackets is code, as `A[1, 2]`.
      const score = (hole: string): number => (spoken.has(k) && isKnown(hole) ? 1 : 0) - (isWhole(hole) ? 0 : 1);
      if (k === literals.length - 2) {
        tried++;
        const hole = text.slice(at, end);
        const all = known + score(hole);
        if (!best || all > best.known) best = { holes: [...holes, hole], known: all };
        return;
      }
      const literal = literals[k + 1]!;
      // Beyond the end an empty literal, between holes side by side, is found at the end again.
      for (let from = at, place = 0; from <= end; from = place + 1) {
        place = text.indexOf(literal, from);
        if (place < 0 || place + literal.length > end) return;
        const hole = text.slice(at, place);
        cut(place + literal.length, k + 1, [...holes, hole], known + score(hole));
        if (tried >= MOST_TRIED || best?.known === spoken.size || (spoken.size === 0 && best?.known === 0)) return;
      }
    };
    cut(first.length, 0, [], 0);
    return best?.holes;
  }

  /** Whether the holes hold code, or words that are known where they are told; what begins with words of its own is sure. */
  isFilled(holes: readonly string[], isKnown: (hole: string) => boolean): boolean {
    if (this.literals[0] !== '') return true;
    return holes.every((hole, k) => hole === '' || FORMULA.test(hole) || (this.spoken.has(k) && isKnown(hole)));
  }

  filled(holes: readonly string[], told: (hole: string) => string, kept: (hole: string) => string): string {
    return this.there.reduce((text, piece) => {
      const hole = /^\{(\d)(!?)\}$/.exec(piece);
      if (!hole) return joined(text, piece);
      const held = holes[Number(hole[1])]!;
      return joined(text, hole[2] ? told(held) : kept(held));
    }, '');
  }
}

/** As many brackets are closed as opened. */
const isWhole = (hole: string): boolean => (hole.match(/[([]/g)?.length ?? 0) === (hole.match(/[)\]]/g)?.length ?? 0);

/** Between Chinese and what is not, a space; within Chinese none, whatever the template has. */
function joined(left: string, right: string): string {
  if (left === '' || right === '') return left + right;
  const [before, after] = [/\p{Script=Han}$/u.test(left.trimEnd()), /^\p{Script=Han}/u.test(right.trimStart())];
  if (before && after) return left.trimEnd() + right.trimStart();
  const close = /\S$/.test(left) && /^\S/.test(right);
  const spaced =
    (before && /^[^\s\p{Pe}，。；：、！？（“]/u.test(right)) || (after && /[^\s\p{Ps}，。；：、！？）”]$/u.test(left));
  return close && spaced ? `${left} ${right}` : left + right;
}

const speeches = new Map<string, Speech>();

/** How texts are told in a language; undefined for English, and for a language that has no catalogue. */
export function speechOf(lang: string | undefined): Speech | undefined {
  if (lang === undefined || lang === 'en' || !Object.hasOwn(catalogues, lang)) return undefined;
  let speech = speeches.get(lang);
  if (!speech) {
    speech = new Speech(catalogues[lang as keyof typeof catalogues].map((made) => made()));
    speeches.set(lang, speech);
  }
  return speech;
}
