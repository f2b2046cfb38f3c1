import { type Applied, isFunction, type RuleId } from '../rules.ts';
import { english } from './en.ts';
import type { Words } from './words.ts';
import { chinese } from './zh.ts';

export type { Words } from './words.ts';

/** The languages, by code. Adding one is adding a file and its line here. */
export const languages: Readonly<Record<string, Words>> = { en: english, zh: chinese };

/** The name that people know a rule by, and one sentence on why it holds. */
export function phrase(applied: Applied, words: Words): { name: string; why: string } {
  if (isFunction(applied)) return words.operators[applied.id.rule.id] ?? applied.id.rule;
  const { name, why } = words.rules[applied.id as RuleId];
  return { name, why: why(applied) };
}
