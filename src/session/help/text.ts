import { operatorNamed } from '../../operators/index.ts';
import type { LanguageFunction } from '../../operators/language.ts';
import type { Operator } from '../../operators/operator.ts';
import type { Voice } from '../speech.ts';

/** The operator that is known under the name of a function. */
export function operatorOf(name: string): Operator | undefined {
  const operator = operatorNamed.get(name);
  return operator?.internal ? undefined : operator;
}

/** What a function is, in a language: in its own words, or by the name or the formula of its rule. */
export function helpText({ name, help }: LanguageFunction, { words, say }: Voice): string {
  const rule = operatorOf(name)?.rule;
  if (rule?.name === help) return words.operators[rule.id]?.name ?? help;
  return rule?.formula === help ? words.formula(help) : say(help);
}
