import { where } from '../operators/comparison.ts';
import type { Operator } from '../operators/operator.ts';
import {
  type Applied,
  chainFormulaOf,
  entrywiseOf,
  formulaOf,
  functionRule,
  functionsIn,
  isFunction,
  type RuleId,
} from './rules.ts';
import type { Step } from './steps.ts';
import type { TextbookStep } from './textbook.ts';
import { phrase, type Words } from './words/index.ts';

/** What stands beside a step and below it, in the words of a language. */

/** Rules that people call by their name; of others they give the formula. */
const OWN_NAME = new Set(['power', 'exponential', 'logarithmic']);

/** Rules of whole arrays, which stand with their formula. */
const OF_ARRAYS: ReadonlySet<Applied['id']> = new Set<RuleId>(['mean', 'norm']);

const OBJECTIVE: Applied = { id: 'objective', name: '' };

/** A formula in the words of a language. */
const told = (formula: string | undefined, words: Words): string | undefined => formula && words.formula(formula);

/** A rule's formula in the words of a language, if it has one. */
export const formulaIn = (applied: Applied, words: Words, byEntries = false): string | undefined =>
  told((byEntries && isFunction(applied) ? functionRule(applied).byEntries : undefined) ?? formulaOf(applied), words);

/** The rules that lead to a step: `chain rule, σ′ = σ(1 − σ)`, or the most telling one's name. */
export function ruleText({ rules }: Step, words: Words): string {
  const all = functionsIn(rules);
  // By cases: what stands in a branch is derived as if it stood alone.
  const choice = all.find(({ id }) => id === where);
  const functions = choice ? [choice] : all;
  const formulas = functions.map((f) => told(functionRule(f).formula, words) ?? phrase(f, words).name);
  const through = throughTime(rules);
  if (through) return [phrase(through, words).name, ...formulas].join(words.comma);
  if (functions.length === 0) {
    const [first = OBJECTIVE] = rules;
    const formula = OF_ARRAYS.has(first.id) ? told(formulaOf(first), words) : undefined;
    return [phrase(first, words).name, ...(formula ? [formula] : [])].join(words.comma);
  }
  const [only] = functions;
  if (functions.length === 1 && only && OWN_NAME.has(functionRule(only).id)) {
    const product = rules.find(({ id }) => id === 'product' || id === 'matrix-product');
    if (!product) return phrase(only, words).name;
    // u/v, in both of which it is.
    if (only.divides) return phrase({ id: 'quotient', name: only.name }, words).name;
    return [phrase(product, words).name, phrase(only, words).name].join(words.comma);
  }
  return [words.chainRule, ...formulas].join(words.comma);
}

const throughTime = (rules: readonly Applied[]): Applied | undefined => rules.find(({ id }) => id === 'recurrence');

/** The reasons of a step, most telling first. */
export function whyText({ rules, resting = [], vanishing }: Step, words: Words): string {
  const functions = functionsIn(rules);
  const through = throughTime(rules);
  const leading: readonly Applied[] = functions.length > 0 ? functions : [rules[0] ?? OBJECTIVE];
  const applied = through && leading[0] !== through ? [through, ...leading] : leading;
  const rested = [
    ...resting.map((r) => words.sentence(words.resting(r))),
    ...(vanishing ? [words.sentence(words.vanishing)] : []),
  ];
  return [...applied.map((r) => phrase(r, words).why), ...rested].join(words.sentences);
}

/** Beside the rule, where there is no product of matrices: what the step rests on, or the reason of a sum over what is shared. */
export function noteText({ rules, resting, vanishing, shapes }: Step, words: Words): string {
  if (resting) return resting.map(words.resting).join(words.comma);
  if (vanishing) return words.vanishing;
  const [first] = rules;
  return !shapes && first?.id === 'broadcast' ? words.sharedNote(first) : '';
}

/** The rule's name; a function of anything but x itself is a chain. */
export function ruleName({ rule, substeps }: TextbookStep, words: Words): string {
  const { name } = phrase(rule, words);
  if (!isFunction(rule)) return name;
  if (OWN_NAME.has(functionRule(rule).id))
    return substeps.length > 0 && rule.moving?.length !== 2 ? name + words.comma + words.chainRule : name;
  return substeps.length > 0 ? words.chainRule + words.comma + (told(functionRule(rule).formula, words) ?? name) : name;
}

/** The same with its formula, where the name is not followed by it: `product rule, (uv)′ = u′v + uv′`. */
export function ruleInFull(step: TextbookStep, words: Words): string {
  const plain = told(formulaOf(step.rule), words);
  const formula = step.substeps.length > 0 ? told(chainFormulaOf(step.rule), words) : plain;
  const name = ruleName(step, words);
  if (formula === undefined) return name;
  return plain !== undefined && name.includes(plain) ? name.replace(plain, formula) : name + words.comma + formula;
}

/** The functions that a textbook's reading passes through. */
export function functionsOf({ rule, substeps }: TextbookStep): Operator[] {
  return [...entrywiseOf(rule), ...substeps.flatMap(functionsOf)];
}
