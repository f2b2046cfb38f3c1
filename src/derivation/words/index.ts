import type { Lang } from '../../language/speech.ts';
import { type Applied, functionRule, isFunction, type RuleId } from '../rules.ts';
import { english } from './en.ts';
import type { Words } from './words.ts';
import { chinese } from './zh.ts';

export type { Lang } from '../../language/speech.ts';
export type { Words } from './words.ts';

/** Adding a language is adding a file and its line here, and what messages are in it to `language/speech`. */
const written: Readonly<Record<Lang, Words>> = { en: english, zh: chinese };

/** The languages, by code. */
export const languages: Readonly<Record<string, Words>> = written;

/** The language that something is told in: by its code, or by words of one's own. */
export interface LanguageOptions {
  /** `en` unless told. */
  readonly lang?: Lang;
  /** Words that are no language of this list; they come before `lang`. */
  readonly words?: Words;
}

export const wordsOf = ({
  lang,
  words = languages[lang ?? 'en']!,
}: { [K in keyof LanguageOptions]: LanguageOptions[K] | undefined }): Words => words;

/** The words, or those of a code. */
export const wordsIn = (language: Words | Lang): Words => (typeof language === 'string' ? languages[language]! : language);

/** The name that people know a rule by, and one sentence on why it holds. */
export function phrase(applied: Applied, words: Words): { name: string; why: string } {
  if (isFunction(applied)) {
    const rule = functionRule(applied);
    return words.operators[rule.id] ?? rule;
  }
  const { name, why } = words.rules[applied.id as RuleId];
  return { name, why: why(applied) };
}
