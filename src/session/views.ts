import { showShape } from '../graph/dimension.ts';
import { GradusError, labelled, nearest } from '../language/diagnostics.ts';
import { widthOf } from '../language/visible.ts';
import type { Model } from '../model/model.ts';
import { type Answer, type Call, type ReplCommand, said, told } from './answer.ts';
import { expressionLines } from './blocks.ts';
import { type Found, findAgain, withAllNames } from './derivations.ts';
import { sourceOf } from './entries.ts';
import { roleText, valuedParts } from './expressions.ts';
import { typedError } from './misfit.ts';
import { withExpression } from './printed.ts';
import type { Request } from './requests.ts';
import { LANGUAGES, type Voice } from './speech.ts';
import { type ReplState, type Settings, sessionModel, valuesFor, voiceOfState, wordsOf } from './state.ts';
import { stepText } from './step-views.ts';
import { asciiValue, indented } from './values.ts';

/** A derivation in the form that the settings ask for. */
export function derivationText(state: ReplState, found: Found): string {
  const { derivation } = found;
  const { detail, ascii, latex, numbers } = state.settings;
  const text = latex
    ? derivation.toLatex({ detail, words: wordsOf(state) })
    : derivation.toText({ detail, ascii, words: wordsOf(state) });
  return numbers ? `${text}\n\n${numbersOrLack(state, found)}` : text;
}

function numbersText(state: ReplState, found: Found): string {
  const text = withAllNames(found).valuesText(valuesFor(state, found.model), wordsOf(state));
  return state.settings.ascii ? asciiValue(text) : text;
}

/** The numbers, or what they lack: the derivation itself stands without them. */
function numbersOrLack(state: ReplState, found: Found): string {
  try {
    return numbersText(state, found);
  } catch (error) {
    if (!(error instanceof GradusError) || error.code !== 'data') throw error;
    const { speech } = voiceOfState(state);
    const { message, hint } = (withExample(state, error) ?? error).told(speech);
    return `${labelled('no numbers', message, speech)}${hint ? `\n  ${labelled('hint', hint, speech)}` : ''}`;
  }
}

/** What was asked last in numbers. @throws Misfit where a name has no value, with a line that gives it one */
function numbersOfLast(state: ReplState, line: string, last: Request): string {
  try {
    if (last.kind === 'derivation') return numbersText(state, findAgain(state, last));
    return indented(valuedParts(state, withExpression(state, { line: last.text, text: last.text, at: 0 })));
  } catch (error) {
    const told = error instanceof GradusError && withExample(state, error);
    throw told ? typedError(line, told) : error;
  }
}

/** An error about a name without a value, with a line that gives it one. */
function withExample(state: ReplState, { code, message }: GradusError): GradusError | undefined {
  const name = code === 'data' ? VALUELESS.exec(message)?.[1] : undefined;
  return name === undefined
    ? undefined
    : new GradusError('data', message, { hint: `for example ${exampleValue(sessionModel(state), name)}` });
}

const VALUELESS = /^(\S+) has no value$/;

/** A line that gives a name a value of its shape: `data X : [2, n] = [1, 2; 3, 4]`. */
function exampleValue({ inputs }: Model, name: string): string {
  const input = inputs.get(name);
  if (!input || input.role === 'free' || input.shape.length === 0)
    return `${input && input.role !== 'free' ? `${input.role} ` : ''}${name} = 2`;
  const [rows, columns = 1] = input.shape.map((dim) => (typeof dim === 'number' ? dim : 2));
  const isLong = input.shape.length > 2 || rows! > MOST_LINES || columns > MOST_LINES;
  const line = (r: number) => Array.from({ length: columns }, (_, c) => r * columns + c + 1).join(', ');
  const literal = isLong
    ? '1'
    : `[${Array.from({ length: rows! }, (_, r) => line(r)).join(input.shape.length === 1 ? ', ' : '; ')}]`;
  return `${input.role} ${name} : [${input.shape.join(', ')}] = ${literal}`;
}

const MOST_LINES = 6;

/** What was asked last, asked again with these settings. */
function shownAgain(state: ReplState, request: Request): string {
  if (request.kind === 'derivation') return derivationText(state, findAgain(state, request));
  const { text } = request;
  return indented(expressionLines(state, { line: text, text, at: 0 }).lines);
}

/** The session with a setting, and the last answer in its light. */
function withSetting(state: ReplState, setting: Partial<Settings>, confirmation: string): Answer {
  const next = { ...state, settings: { ...state.settings, ...setting } };
  const { last } = next;
  const concerned = last?.kind === 'derivation' || (last && ('ascii' in setting || 'latex' in setting));
  return concerned ? told(next, shownAgain(next, last)) : said(next, confirmation);
}

/** One of a few words. @throws Misfit that lists them */
function choice<T extends string>({ line, rest, at }: Call, name: string, words: readonly T[]): T {
  const found = words.find((word) => word === rest);
  if (found !== undefined) return found;
  const near = nearest(rest, words);
  throw typedError(
    line,
    new GradusError('usage', rest === '' ? `:${name} takes a word` : `:${name} does not know ${rest}`, {
      span: { start: at, end: at + rest.length },
      hint: near ? `did you mean ${near}?` : `it takes ${words.join(' or ')}`,
    }),
  );
}

const SWITCH = ['on', 'off'] as const;

/** A form of answers that is asked for once, or switched on and off. */
function form(key: 'numbers' | 'latex', help: string): ReplCommand {
  return {
    name: key,
    argument: '[on|off]',
    help,
    completion: () => SWITCH,
    run: (call) => {
      const { state, rest, line } = call;
      if (rest !== '') {
        const on = choice(call, key, SWITCH) === 'on';
        return withSetting(state, { [key]: on }, `${key}: ${on ? 'on' : 'off'}`);
      }
      const { last } = state;
      if (!last) {
        const hint = 'write an expression first, or derive something: d Cost / d W';
        throw typedError(line, new GradusError('usage', 'there is nothing to show yet', { hint }));
      }
      if (key === 'numbers') return told(state, numbersOfLast(state, line, last));
      return told(state, shownAgain({ ...state, settings: { ...state.settings, latex: true, numbers: false } }, last));
    },
  };
}

const DETAILS = ['full', 'brief'] as const;

/** What is near to neither of the words is a step, where something was derived. */
const isStep = ({ rest, state }: Call): boolean =>
  rest !== '' && state.derived !== undefined && !DETAILS.some((word) => word === rest || nearest(rest, [word]) !== undefined);

export const views: readonly ReplCommand[] = [
  {
    name: 'steps',
    argument: 'full|brief',
    help: 'with proofs, or a line a step; :steps dZ, that one',
    completion: () => DETAILS,
    run: (call) => {
      if (isStep(call)) return told(call.state, stepText(call));
      const detail = choice(call, 'steps', DETAILS);
      return withSetting(call.state, { detail }, `steps: ${detail}`);
    },
  },
  form('numbers', 'the last answer in numbers; on: with every derivation'),
  form('latex', 'the last answer as LaTeX; on: every one'),
  {
    name: 'ascii',
    argument: '[on|off]',
    help: 'signs that every terminal has, or those of mathematics',
    completion: () => SWITCH,
    run: (call) => {
      const ascii = call.rest === '' ? !call.state.settings.ascii : choice(call, 'ascii', SWITCH) === 'on';
      return withSetting(call.state, { ascii }, `ascii: ${ascii ? 'on' : 'off'}`);
    },
  },
  {
    name: 'lang',
    argument: LANGUAGES.join('|'),
    help: 'the language of rules and reasons',
    completion: () => LANGUAGES,
    run: (call) => {
      const language = choice(call, 'lang', LANGUAGES);
      return withSetting(call.state, { language }, `lang: ${language}`);
    },
  },
  {
    name: 'shapes',
    argument: '',
    help: 'every name with its shape',
    run: ({ state }) => told(state, shapesTable(state)),
  },
  {
    name: 'model',
    argument: '',
    help: 'the statements so far',
    run: ({ state }) =>
      state.entries.length > 0 ? told(state, indented(sourceOf(state.entries).split('\n'))) : said(state, EMPTY),
  },
];

const EMPTY = 'There is nothing yet. Try  x^2*sin(x)  or  :load FILE';

const SENSES = { minimize: 'to minimize', maximize: 'to maximize', none: '' } as const;

/** What an objective is for, in the session's language; in English the word of the statement. */
const senseText = (sense: keyof typeof SENSES, { speech }: Voice): string =>
  speech ? speech.say(SENSES[sense]) : sense === 'none' ? '' : sense;

/** Names, shapes and roles in columns; below them the sizes that the data tell. */
function shapesTable(state: ReplState): string {
  const model = sessionModel(state);
  const { say, words } = voiceOfState(state);
  const rows = [
    ...[...model.inputs.values()].map(({ name, shape, role }) => [name, say(showShape(shape)), roleText(role, words)]),
    ...model.definitions.map(({ name, shape }) => [
      name,
      say(showShape(shape)),
      name === model.objective?.name ? senseText(model.objective.sense, voiceOfState(state)) : '',
    ]),
  ];
  if (rows.length === 0) return say(EMPTY);
  const width = (column: number) => Math.max(...rows.map((row) => widthOf(row[column]!)));
  const [names, shapes] = [width(0), width(1)];
  const pad = (text: string, to: number) => text + ' '.repeat(to - widthOf(text));
  const lines = rows.map(([name, shape, role]) => `${pad(name!, names)}   ${pad(shape!, shapes)}   ${role}`.trimEnd());
  const sizes = [...model.sizes].map(([dim, size]) => `${dim} = ${size}`);
  const text = [indented(lines), ...(sizes.length > 0 ? ['', indented([sizes.join('   ')])] : [])].join('\n');
  return state.settings.ascii ? asciiValue(text) : text;
}
