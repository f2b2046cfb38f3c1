import { derive } from '../../api/derive.ts';
import { compile } from '../../api/functions.ts';
import { lemmaOf } from '../../derivation/lemma.ts';
import type { Words } from '../../derivation/words/index.ts';
import { attempt } from '../../language/attempt.ts';
import { parseExpression } from '../../language/parser.ts';
import { prelude, preludeNames, preludeText } from '../../language/prelude.ts';
import { literal, plainNumber, type Value } from '../../numeric/value-text.ts';
import { composites } from '../../operators/composite.ts';
import { functions } from '../../operators/index.ts';
import type { LanguageFunction } from '../../operators/language.ts';
import type { Operator } from '../../operators/operator.ts';
import { lemmaLines } from '../../render/formats/lemma-text.ts';
import { latexExpr } from '../../render/latex.ts';
import { latexName } from '../../render/latex-name.ts';
import { ENGLISH, type Voice } from '../speech.ts';
import { labelledRows } from './errors.ts';
import { helpText, operatorOf } from './text.ts';

/** Arguments to show a function at: what is written, and what the name that stands for it is declared as. */
interface Trial {
  readonly written: string;
  readonly name: string;
  readonly shape: readonly number[];
}

const scalar = (written: string, name: string): Trial => ({ written, name, shape: [] });
const vector = (written: string, name: string): Trial => ({ written, name, shape: [3] });
const matrix = (written: string, name: string): Trial => ({ written, name, shape: [2, 2] });

/** The first that a function takes, and has finite values at, is shown. */
const ENTRYWISE: readonly (readonly Trial[])[] = [
  [scalar('1/2', 'x'), scalar('1/3', 'y'), scalar('2', 'z')],
  [scalar('2', 'x'), scalar('3', 'y'), scalar('1', 'z')],
  [scalar('1', 'x'), scalar('1/2', 'y'), scalar('1/2', 'z')],
];
const ARRAYS: readonly (readonly Trial[])[] = [
  [vector('[1, 2, 4]', 'x'), vector('[3, 1, 2]', 'y'), vector('[1, 1, 2]', 'z')],
  [matrix('[2, 1; 1, 3]', 'A'), matrix('[1, 2; 3, 4]', 'B'), matrix('[0, 1; 1, 0]', 'C')],
  [matrix('[2, 1; 1, 3]', 'A'), { written: '[1, 2]', name: 'b', shape: [2] }],
  [vector('[1, 2, 4]', 'x'), scalar('2', 'n'), scalar('1', 'k')],
  [matrix('[2, 1; 1, 3]', 'A'), scalar('2', 'n'), scalar('1', 'k')],
  [vector('[1, 2, 4]', 'x'), scalar('1', 'n'), scalar('3', 'k')],
];

/** What is known of one function, from its records and from what the engine makes of a call. */
interface Known {
  readonly name: string;
  readonly others: readonly string[];
  readonly title: readonly string[];
  readonly arity: readonly [number, number];
  readonly operator?: Operator | undefined;
  readonly axis?: boolean;
  readonly trials: readonly (readonly Trial[])[];
}

/** Names of the functions that can be asked for. */
export const functionNames: readonly string[] = [...functions.keys(), ...preludeNames].filter((name) => /^\p{L}/u.test(name));

/** What is told of a function: what it is called, what it is, and a labelled row for each thing to know. */
export interface FunctionCard {
  readonly name: string;
  readonly title: readonly string[];
  readonly rows: readonly CardRow[];
  readonly operator?: Operator | undefined;
}

export interface CardRow {
  /** What of it: its value, its domain. */
  readonly about: string;
  readonly text: string;
  /** The text as a formula. */
  readonly latex?: string;
}

/** What there is to know of a function by one of its names; undefined for what is none. */
export function functionCard(called: string, voice: Voice = ENGLISH): FunctionCard | undefined {
  const { words, say } = voice;
  const known = preludeNames.includes(called) ? ofPrelude(called) : ofLanguage(called, functions.get(called), voice);
  if (!known) return undefined;
  const { name, others, title, operator } = known;
  const rows: CardRow[] = [{ about: 'arguments', text: argumentsText(known, voice) }];
  if (others.length > 0) rows.push({ about: 'spellings', text: others.join(', ') });
  const { unicode, latex } = operator?.notation ?? {};
  const signs = [unicode, latex].filter((sign) => sign !== undefined && sign !== name);
  if (signs.length > 0) rows.push({ about: 'notation', text: signs.join(', '), ...(latex && { latex }) });
  const call = shown(known, words);
  if (call) {
    rows.push({ about: 'value', text: call.value });
    rows.push(...call.derivatives.map(derivativeRow), ...domainRows(call.derivatives, voice));
  }
  const { range } = operator ?? {};
  if (range) rows.push({ about: 'range', text: say(`from ${plainNumber(range.least)} to ${plainNumber(range.most)}`) });
  if (operator) rows.push({ about: 'why', text: (words.operators[operator.rule.id] ?? operator.rule).why });
  return { name, title, rows: rows.map((row) => ({ ...row, about: say(row.about) })), operator };
}

/** The help on a function by one of its names: a line each; undefined for what is none. */
export function functionHelp(called: string, voice: Voice = ENGLISH): string[] | undefined {
  const card = functionCard(called, voice);
  if (!card) return undefined;
  const lemma = card.operator && lemmaOf(card.operator);
  return [
    card.name,
    ...card.title.map((line) => `  ${line}`),
    '',
    ...labelledRows(
      card.rows.map(({ about, text }) => [about, text]),
      WIDTH,
    ),
    ...(lemma ? ['', `  ${voice.say('lemma')}`, ...lemmaLines(lemma, voice.words, 'unicode').map((line) => `    ${line}`)] : []),
  ];
}

const WIDTH = 12;

function ofPrelude(name: string): Known {
  const counts = prelude()
    .functions.get(name)!
    .map(({ parameters }) => parameters.length);
  const arity = [Math.min(...counts), Math.max(...counts)] as const;
  // Probabilities suit every loss.
  const trials = [
    [
      { written: '[1/2, 1/4]', name: 'p', shape: [2] },
      { written: '[1/4, 1/2]', name: 'y', shape: [2] },
    ],
  ];
  return { name, others: [], title: preludeText(name), arity, trials };
}

function ofLanguage(called: string, found: LanguageFunction | undefined, voice: Voice): Known | undefined {
  if (!found) return undefined;
  const { name, spellings = [], help, arity, axis = false } = found;
  const operator = operatorOf(name);
  const told = helpText(found, voice);
  const others = [...new Set([name, ...spellings])].filter((other) => other !== called);
  const single = operator !== undefined || composites.includes(found);
  const ruleName = operator && (voice.words.operators[operator.rule.id]?.name ?? operator.rule.name);
  const title = operator && operator.rule.name !== help ? [`${ruleName}${voice.marks.colon}${told}`] : [told];
  return {
    name: called,
    others,
    title,
    arity,
    axis,
    operator,
    trials: single ? [...ENTRYWISE, ...ARRAYS] : [...ARRAYS, ...ENTRYWISE],
  };
}

function argumentsText({ arity: [least, most], axis, operator }: Known, { say, marks }: Voice): string {
  const count = least === most ? `${least}` : Number.isFinite(most) ? `from ${least} to ${most}` : `${least} or more`;
  const orders = (operator?.orders ?? []).map((at) => `an integer as argument ${at + 1}`);
  const defaults = operator?.defaults?.length ? [`left out at the end: ${operator.defaults.join(', ')}`] : [];
  const over = axis ? ['then rows, cols or the name of a length'] : [];
  return [count, ...(operator ? ['entry by entry'] : []), ...orders, ...defaults, ...over].map(say).join(marks.semicolon);
}

/** How a call is written: `and` and `or` stand between what they join. */
const WRITTEN: readonly ((name: string, args: readonly string[]) => string)[] = [
  (name, args) => `${name}(${args.join(', ')})`,
  // Between its arguments, of which there must be several.
  (name, args) => (args.length > 1 ? args.join(` ${name} `) : ''),
];

/** A call with its value, and its derivatives by what is an argument of it. */
function shown({ name, arity: [least, most], operator, trials }: Known, words: Words) {
  for (const trial of trials) {
    for (let count = Math.max(1, least); count <= Math.min(most, trial.length); count++) {
      const args = trial.slice(0, count);
      for (const write of WRITTEN) {
        const call = (texts: readonly string[]) => write(name, texts);
        const text = call(args.map(({ written }) => written));
        const value = attempt(() => compile(text)() as Value);
        if (value === undefined || !allFinite(value)) continue;
        return {
          value: `${text} = ${literal(value, DIGITS)}`,
          derivatives: derivativesOf(call, args, operator?.orders ?? [], words),
        };
      }
    }
  }
  return undefined;
}

const DIGITS = 10;

interface ByOne {
  readonly text: string;
  readonly latex: string;
  readonly domain: readonly string[];
}

function derivativesOf(
  call: (texts: readonly string[]) => string,
  args: readonly Trial[],
  orders: readonly number[],
  words: Words,
): ByOne[] {
  const text = call(args.map((arg, k) => (orders.includes(k) ? arg.written : arg.name)));
  const moving = args.filter((_, k) => !orders.includes(k));
  const shapes = Object.fromEntries(moving.map((arg) => [arg.name, arg.shape]));
  return moving.flatMap(({ name }) => {
    const found = attempt(() => {
      const derivation = derive(text, name, { shapes, steps: false });
      const { partial } = derivation;
      const left = `\\frac{\\partial}{\\partial ${latexName(name)}}\\,${latexExpr(parseExpression(text))}`;
      return {
        text: `∂${text}/∂${name} = ${partial.toUnicode()}`,
        latex: `${left} = ${partial.toLatex()}`,
        domain: derivation.domain(words),
      };
    });
    return found ? [found] : [];
  });
}

const derivativeRow = ({ text, latex }: ByOne): CardRow => ({ about: 'derivative', text, latex });

/** Where the function and its derivatives hold, and what is taken at a kink. */
function domainRows(derivatives: readonly ByOne[], { say }: Voice): CardRow[] {
  if (derivatives.length === 0) return [];
  const lines = [...new Set(derivatives.flatMap(({ domain }) => domain))];
  return (lines.length > 0 ? lines : [say('everywhere')]).map((text) => ({ about: 'domain', text }));
}

const allFinite = (value: Value): boolean =>
  typeof value === 'number' ? Number.isFinite(value) : value.data.every((x) => Number.isFinite(x));
