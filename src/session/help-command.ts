import { GradusError } from '../language/diagnostics.ts';
import { type Answer, type Call, type ReplCommand, told } from './answer.ts';
import { topicLines } from './help/topics.ts';
import { typedError } from './misfit.ts';
import type { Voice } from './speech.ts';
import { voiceOfState } from './state.ts';
import { trainEntries } from './training.ts';
import { indented } from './values.ts';

/** What can be typed besides commands. */
const FORMS: readonly (readonly [string, string])[] = [
  ['x^2*sin(x)', 'an expression: its normal form, its shape, its value'],
  ['Z = W*X + b', 'a definition; data, param, const, minimize as in a file'],
  ['d Cost / d W', 'its steps; also d/dW Cost, ∂Cost/∂W, derive Cost W, b'],
];

const KEYS =
  'A line goes on while a bracket is open, after an operator, and after \\.\nTab completes names and files, \\alpha to α. Ctrl-R finds what was typed,\nCtrl-C drops a line, Ctrl-D ends.';

/** The help on everything, or on a command, a function or a kind of error. */
export function help(commands: readonly ReplCommand[], { state, line, rest, at }: Call): Answer {
  const voice = voiceOfState(state);
  const { say } = voice;
  if (rest === '') return told(state, overview(commands, voice));
  const word = rest.replace(/^:/, '');
  const command = commands.find(({ name }) => name === word);
  if (command) return told(state, `  :${command.name} ${command.argument}`.trimEnd(), `  ${say(command.help)}`);
  const span = { start: at, end: at + rest.length };
  const others = [
    ...commands.map(({ name, argument, help: says }) => ({
      name: `:${name} ${argument}`.trimEnd(),
      keys: [name],
      says: say(says),
    })),
    ...trainEntries(voice),
  ];
  try {
    return told(state, indented(topicLines(word, others, ':help lists what there is', voice).join('\n').split('\n')));
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    throw typedError(line, new GradusError('usage', error.message, { span, hint: error.hint }));
  }
}

function overview(commands: readonly ReplCommand[], { say }: Voice): string {
  const rows = [...FORMS, ['', ''] as const, ...commands.map((c) => [`:${c.name} ${c.argument}`.trimEnd(), c.help] as const)];
  const width = Math.max(...rows.map(([what]) => what.length).filter((n) => n <= WIDEST));
  const lines = rows.map(([what, meaning]) => {
    // What is very long has its meaning below it.
    const gap = what.length > width ? `\n${' '.repeat(width + 5)}` : ' '.repeat(width - what.length + 3);
    return `  ${what}${gap}${say(meaning)}`.trimEnd();
  });
  return [...lines, '', ...KEYS.split('\n').map((text) => `  ${say(text)}`)].join('\n');
}

const WIDEST = 20;
