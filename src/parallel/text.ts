import type { Lang } from '../language/speech.ts';
import type { ParallelReport } from './report.ts';
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
export function parallelText(
  { objective, dimension: m, verdict }: ParallelReport,
  { lang = 'en', ascii = false }: ParallelTextOptions = {},
): string {
  const words = languages[lang];
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
  const text = lines.join('\n');
  return ascii ? text.replaceAll('│', '|') : text;
}
