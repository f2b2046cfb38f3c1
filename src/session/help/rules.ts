import { derive } from '../../api/derive.ts';
import { type Applied, formulaOf } from '../../derivation/rules.ts';
import { english } from '../../derivation/words/en.ts';
import { phrase, type Words } from '../../derivation/words/index.ts';
import type { ShapeOption } from '../../model/model.ts';
import { operatorNamed } from '../../operators/index.ts';
import { pow } from '../../operators/power.ts';
import { documentText } from '../../render/formats/text.ts';
import type { Voice } from '../speech.ts';

/** A rule of calculus as help shows it: its name and its reason come from the words of derivations. */
interface RuleHelp {
  readonly name: (words: Words) => string;
  readonly why: (words: Words) => string;
  readonly formula: string;
  /** What is derived by which name, to show it at work. */
  readonly example: readonly [source: string, by: string, shapes?: Readonly<Record<string, ShapeOption>>];
}

const ruleOf = (applied: Applied, example: RuleHelp['example'], formula = formulaOf(applied)!): RuleHelp => ({
  name: (words) => phrase(applied, words).name,
  why: (words) => phrase(applied, words).why,
  formula,
  example,
});

/** The rules that can be asked for by name. */
const RULES: readonly RuleHelp[] = [
  {
    name: ({ chainRule }) => chainRule,
    why: ({ working, sentence }) => sentence(working.arrives),
    formula: 'f(u)′ = f′(u)·u′',
    example: ['sin(x^2)', 'x'],
  },
  ruleOf({ id: 'sum', name: '' }, ['x^2 + sin(x)', 'x']),
  ruleOf({ id: 'constant-factor', name: '' }, ['5*sin(x)', 'x']),
  ruleOf({ id: 'product', name: '' }, ['x^2*sin(x)', 'x']),
  ruleOf(
    { id: 'matrix-product', name: 'A' },
    ['Z = A*B; sum(Z.^2)', 'A', { A: ['n', 'k'], B: ['k', 'm'] }],
    'Z = A·B:  dA = dZ·Bᵀ,  dB = Aᵀ·dZ',
  ),
  ruleOf({ id: 'quotient', name: '' }, ['sin(x)/x', 'x']),
  ruleOf({ id: pow, name: '', moving: [0] }, ['x^3', 'x']),
  ruleOf({ id: pow, name: '', moving: [1] }, ['2^x', 'x']),
  ruleOf({ id: pow, name: '', moving: [0, 1] }, ['x^x', 'x']),
  ruleOf({ id: 'entries', name: 'Z' }, ['Z = 2*x; sum(Z)', 'x', { x: ['n'] }], 's = Σ Z:  dZ_i = ds'),
  ruleOf(
    { id: 'broadcast', name: 'b', shared: { over: 'columns' } },
    ['Z = X + b; sum(Z.^2)', 'b', { X: ['k', 'm'], b: ['k', 1] }],
    'Z = X + b:  db = Σ dZ',
  ),
  ruleOf({ id: 'transpose', name: 'A' }, ["Z = A'; sum(Z.^3)", 'A', { A: ['n', 'm'] }], 'Z = Aᵀ:  dA = dZᵀ'),
  ruleOf({ id: 'place', name: 'x' }, ['s = x[3]; s^2', 'x', { x: ['n'] }], 's = x_k:  dx_k = ds'),
  ruleOf({ id: 'trace', name: 'A' }, ['s = tr(A); s^2', 'A', { A: ['n', 'n'] }], 's = tr(A):  dA = ds·I'),
  ruleOf(
    { id: 'recurrence', name: 'h' },
    ['data x : [T]; param w = 1; h[0] = 0; h[t=1:T] = w*h[t-1] + x[t]; sum(h)', 'w'],
    'h_t = f(h_{t−1}):  δh_t = dh_t + δh_{t+1}·∂f/∂h_t',
  ),
];

/** How names are compared: chain-rule and Chain Rule are one. */
const plain = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '');

/** The names of rules, in a language. */
export const ruleNames = (words: Words = english): readonly string[] => [...new Set(RULES.map(({ name }) => name(words)))];

/** The rules with their formulas, in a language; some have one name. */
export const ruleFormulas = (words: Words): readonly (readonly [name: string, formula: string])[] =>
  RULES.map(({ name, formula }) => [name(words), words.formula(formula)]);

/** The help on the rules of a name, in English or in the language at hand: a line each; undefined where there is none. */
export function ruleHelp(called: string, { words, say }: Voice): string[] | undefined {
  const wanted = plain(called);
  const found = RULES.filter(({ name }) => [english, words].some((own) => plain(name(own)) === wanted));
  if (found.length === 0) return undefined;
  return found.flatMap((rule, k) => [
    ...(k > 0 ? [''] : []),
    rule.name(words),
    `  ${words.formula(rule.formula)}`,
    `  ${rule.why(words)}`,
    '',
    `  ${say('example')}`,
    ...exampleLines(rule.example, words).map((line) => `    ${line}`.trimEnd()),
  ]);
}

/** The function that has a rule of this name: `sine`. */
export const functionOfRule = (called: string, { words }: Voice): string | undefined =>
  [...operatorNamed.values()].find(
    ({ rule, internal }) =>
      !internal && [rule.name, words.operators[rule.id]?.name].some((name) => name && plain(name) === plain(called)),
  )?.name;

function exampleLines([source, by, shapes]: RuleHelp['example'], words: Words): string[] {
  const document = derive(source, by, shapes ? { shapes } : {}).document({ detail: 'brief', words });
  const sections = document.sections.filter(({ id }) => id === 'derivation' || (id === 'formulas' && source.includes('=')));
  return documentText({ ...document, sections }, 'unicode').split('\n');
}
