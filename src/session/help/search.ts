import { widthOf } from '../../language/visible.ts';

/** Something that there is help on, in a line. */
export interface HelpEntry {
  /** How it is written: `--batch <n>`. */
  readonly name: string;
  /** What it is asked for by, besides its name: `batch`, `batchSize`. */
  readonly keys: readonly string[];
  readonly says: string;
  /** Text that it is found by where nothing nearer is. */
  readonly body?: string;
  /** Whether there is more on it than this line. */
  readonly hasPage?: boolean;
}

/** How near an entry is to what was asked for. */
const NEARNESS = { itself: 4, name: 3, words: 2, text: 1, none: 0 } as const;

/** What bears exactly this name. */
export const named = (topic: string, entries: readonly HelpEntry[]): HelpEntry[] =>
  entries.filter((entry) => nearness(tokens(topic), entry) === NEARNESS.itself);

/** What has all words of a topic, the nearest first. */
export function found(topic: string, entries: readonly HelpEntry[]): HelpEntry[] {
  const asked = tokens(topic);
  if (asked.length === 0) return [];
  return sorted(entries, (entry) => nearness(asked, entry)).map(({ entry, rank }) =>
    rank === NEARNESS.text ? { ...entry, says: passage(asked, entry.body!) } : entry,
  );
}

/** What has some words of a topic in its name, most of them first. */
export function partly(topic: string, entries: readonly HelpEntry[]): HelpEntry[] {
  const count = (entry: HelpEntry) => tokens(topic).filter((word) => nearness([word], entry) >= NEARNESS.name).length;
  return sorted(entries, count).map(({ entry }) => entry);
}

function sorted(entries: readonly HelpEntry[], rankOf: (entry: HelpEntry) => number) {
  const ranked = entries.map((entry) => ({ entry, rank: rankOf(entry) })).filter(({ rank }) => rank > 0);
  return ranked.sort((a, b) => b.rank - a.rank);
}

function nearness(asked: readonly Token[], { name, keys, says, body = '' }: HelpEntry): number {
  const names = [name, ...keys].map(tokens);
  const isIt = (own: readonly Token[]) => own.length === asked.length && own.every(({ stem }, k) => stem === asked[k]!.stem);
  if (names.some(isIt)) return NEARNESS.itself;
  const own = names.flat();
  if (hasAll(own, asked)) return NEARNESS.name;
  const told = [...own, ...tokens(says)];
  if (hasAll(told, asked)) return NEARNESS.words;
  return body !== '' && hasAll([...told, ...tokens(body)], asked) ? NEARNESS.text : NEARNESS.none;
}

/** The sentence of a text that has most of the words asked for. */
function passage(asked: readonly Token[], body: string): string {
  let [best, most] = ['', 0];
  for (const sentence of body.split(/(?<=[.:;])\s+(?=[\p{Lu}`-])|\n\n/u)) {
    const words = tokens(sentence);
    const count = asked.filter((word) => hasAll(words, [word])).length;
    if (count > most) [best, most] = [sentence, count];
  }
  const line = best.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST).replace(/\s\S*$/, '')} …` : line;
}

const LONGEST = 160;

interface Token {
  readonly word: string;
  /** The word without its ending. */
  readonly stem: string;
}

/** Beginnings of words count from so many letters on; in a script without spaces anything that is in it. */
const BEGINNING = 4;

const hasAll = (words: readonly Token[], asked: readonly Token[]): boolean =>
  asked.every(({ word, stem }) =>
    words.some(
      (own) =>
        own.stem === stem ||
        (word.length >= BEGINNING && own.word.startsWith(word)) ||
        (/\p{Script=Han}/u.test(word) && own.word.includes(word)),
    ),
  );

/** The words of a text; `batchSize` and `--batch-size` are two. */
export const tokens = (text: string): Token[] =>
  (
    text
      .replace(/<[^>]*>/g, ' ')
      .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).map((word) => ({ word, stem: stemOf(word) }));

/** `scaling`, `scaled`, `scales` and `scale` are one. */
function stemOf(word: string): string {
  if (word.length < 4) return word;
  const one = word.replace(/(?<!s)s$/, '');
  const plain = one.length > 5 ? one.replace(/(?:ing|ed)$/, '').replace(/([bdgmnprt])\1$/, '$1') : one;
  return plain.length > 3 ? plain.replace(/e$/, '') : plain;
}

const MOST = 12;
const WIDEST = 30;

/** A line each, what they say below one another; of many only the first. */
export function entryLines(entries: readonly HelpEntry[], more: (count: number) => string): string[] {
  const shown = entries.slice(0, MOST);
  const width = Math.max(...shown.map(({ name }) => widthOf(name)).filter((n) => n <= WIDEST), 0);
  const lines = shown.flatMap(({ name, says }) => {
    if (widthOf(name) > width) return [`  ${name}`, `  ${' '.repeat(width + 3)}${says}`];
    return [`  ${name}${' '.repeat(width - widthOf(name) + 3)}${says}`.trimEnd()];
  });
  return entries.length > MOST ? [...lines, `  ${more(entries.length - MOST)}`] : lines;
}
