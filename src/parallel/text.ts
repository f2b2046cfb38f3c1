import type { Dim } from '../graph/dimension.ts';
import type { Lang } from '../language/speech.ts';
import type { Amount } from './amount.ts';
import type { ParallelReport, Sending } from './report.ts';
import type { Said } from './told.ts';
import { english } from './words/en.ts';
import type { ParallelWords } from './words/words.ts';
import { chinese } from './words/zh.ts';

/** Adding a language is adding a file and its line here. */
const languages: Readonly<Record<Lang, ParallelWords>> = { en: english, zh: chinese };

export interface ParallelTextOptions {
  readonly lang?: Lang;
  readonly ascii?: boolean;
}

/** The report as text. */
export function parallelText(report: ParallelReport, { lang = 'en', ascii = false }: ParallelTextOptions = {}): string {
  const words = languages[lang];
  const counted = [...sentLines(report, words), '', ...heldLines(report, words)].join('\n');
  const text = [...verdictLines(report, words, ascii), '', ascii ? formulasInAscii(counted) : counted].join('\n');
  // A line of the source stays what it is.
  return ascii ? text.replaceAll('│', '|').replaceAll('ₖ', '_k') : text;
}

const formulasInAscii = (text: string): string =>
  text
    .replaceAll('·', '*')
    .replaceAll('−', '-')
    .replace(/∂(\S+)\/∂/g, 'd$1/d');

function verdictLines({ objective, dimension: m, verdict }: ParallelReport, words: ParallelWords, ascii: boolean): string[] {
  const formula = (said: Said): string => (ascii ? said.text : said.unicode) ?? words.part;
  const lines = [words.title(objective, m, verdict), '', words.ways[verdict.way](objective, m, verdict)];
  if (verdict.split.length > 0 && verdict.way !== 'forbidden')
    lines.push(words.split(verdict.split, m, verdict.way === 'average'));
  for (const term of verdict.once) lines.push(words.once(formula(term), words.place(term)));
  if (verdict.derived?.text !== undefined) lines.push(words.derived(formula(verdict.derived)));
  for (const made of verdict.given) lines.push(words.given(formula(made), words.place(made)));
  if (verdict.counted) lines.push(words.counted(m));
  for (const refusal of verdict.refusals) {
    lines.push(words.reasons[refusal.reason](refusal, m, verdict));
    if (refusal.source !== undefined) lines.push(`  ${refusal.line} │ ${refusal.source}`);
  }
  return lines;
}

function sentLines({ dimension, precision, sent }: ParallelReport, words: ParallelWords): string[] {
  const sending = (what: string, found: Sending): string[] => [
    `  ${what}${words.colon}${found.parts.length === 0 ? words.nothing : amount(found, dimension, words)}`,
    ...(found.parts.length > 0 ? [`    ${partsOf(found, words)}`] : []),
  ];
  const { gradients, compiled, untold } = sent;
  return [
    `${words.sent(precision === 'f64' ? 8 : 4)}${words.colon.trimEnd()}`,
    ...(gradients ? sending(words.gradients, gradients) : []),
    `  ${words.compiled}${words.colon.trimEnd()}`,
    ...Object.entries(compiled).flatMap(([kind, found]) => sending(`  ${kind}`, found)),
    ...(untold.length > 0 ? [`    ${words.untold(untold)}`] : []),
  ];
}

function heldLines({ dimension, memory }: ParallelReport, words: ParallelWords): string[] {
  const byArrays = new Map<number, string[]>();
  for (const [name, arrays] of Object.entries(memory.optimizers)) byArrays.set(arrays, [...(byArrays.get(arrays) ?? []), name]);
  const carried = [...byArrays].map(([arrays, names]) => `${words.carries(arrays)} (${names.join(', ')})`);
  return [
    `${words.held}${words.colon.trimEnd()}`,
    `  ${words.parameters}${words.colon}${amount(memory.parameters, dimension, words)}`,
    `  ${words.optimizer}${words.colon}${carried.join(words.comma)}`,
    `  ${words.data}${words.colon}${amount(memory.data, dimension, words)}`,
    `  ${words.values}${words.colon}${amount(memory.values, dimension, words)}`,
  ];
}

/** More than these are counted only. */
const MOST_PARTS = 12;

function partsOf({ parts }: Sending, words: ParallelWords): string {
  const told = parts.slice(0, MOST_PARTS).map(({ of, numbers }) => `${of} ${countOf(numbers)}`);
  if (parts.length > MOST_PARTS) told.push(words.more(parts.length - MOST_PARTS));
  return told.join(words.comma);
}

/** 19,288. */
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** `2,411`, `d·k + k + 1`. */
const countOf = (numbers: Dim): string =>
  String(numbers)
    .replace(/(?<![\p{L}\p{N}_])\d+/gu, (digits) => grouped(Number(digits)))
    .replaceAll('*', '·')
    .replaceAll('+', ' + ')
    .replace(/(?!^)-/g, ' − ');

function amount({ numbers, bytes, each }: Amount, m: string, words: ParallelWords): string {
  const count = words.numbers(countOf(numbers));
  if (bytes === undefined) return count;
  return `${count}${words.comma}${words.bytes(grouped(bytes), each === undefined ? undefined : grouped(each), m)}`;
}
