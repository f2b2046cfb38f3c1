import { GradusError, nearest } from '../language/diagnostics.ts';
import { type Call, type ReplCommand, said, told } from './answer.ts';
import { checks } from './checks.ts';
import { files } from './files.ts';
import { topics } from './help/topics.ts';
import { help } from './help-command.ts';
import { typedError } from './misfit.ts';
import { plotLines } from './plot.ts';
import { emptyState, sessionModel, voiceOfState } from './state.ts';
import { training } from './training.ts';
import { undo } from './undo.ts';
import { views } from './views.ts';

const plot: ReplCommand = {
  name: 'plot',
  argument: '',
  help: 'the cost over the epochs that were trained',
  run: ({ state, line, host }) => {
    if (state.costs.length < 2) {
      throw typedError(line, new GradusError('usage', 'there is no training to plot yet', { hint: ':train 500' }));
    }
    const name = sessionModel(state).objective?.name ?? 'cost';
    return told(state, ...plotLines(state.costs, name, host.width, state.settings.ascii, voiceOfState(state)));
  },
};

const clear: ReplCommand = {
  name: 'clear',
  argument: '',
  help: 'forgets all statements; :undo brings them back',
  run: ({ state }) =>
    said({ ...emptyState, settings: state.settings, before: state }, '  Nothing is left. :undo brings it back.'),
};

const quit: ReplCommand = {
  name: 'quit',
  words: ['quit', 'exit'],
  argument: '',
  help: 'ends the session',
  run: ({ state }) => ({ state, output: '', quit: true }),
};

const helpCommand: ReplCommand = {
  name: 'help',
  words: ['help', '?'],
  argument: '[NAME]',
  help: 'this, or more on a command, a function, a rule, an error',
  completion: () => [...commands.map(({ name }) => name), ...topics],
  run: (call) => help(commands, call),
};

/** The only list of the session's commands. */
export const commands: readonly ReplCommand[] = [
  ...views,
  ...checks,
  ...training,
  plot,
  ...files,
  undo,
  clear,
  helpCommand,
  quit,
];

/**
 * The command of a name, or the only one that begins so.
 * @throws Misfit with the nearest one
 */
export function commandNamed(name: string, line: string, at: number): ReplCommand {
  const exact = commands.find((command) => command.name === name);
  if (exact) return exact;
  const begun = commands.filter((command) => name !== '' && command.name.startsWith(name));
  if (begun.length === 1) return begun[0]!;
  const near = nearest(
    name,
    commands.map((command) => command.name),
  );
  const hint = near
    ? `did you mean :${near}?`
    : begun.length > 1
      ? `there are ${begun.map((c) => `:${c.name}`).join(', ')}`
      : ':help lists them';
  throw typedError(
    line,
    new GradusError('usage', `there is no command :${name}`, { span: { start: at - 1, end: at + name.length }, hint }),
  );
}

/** @throws Misfit where something stands behind a command that takes nothing, and would be ignored */
export function refuseArgument({ name, argument }: ReplCommand, { line, rest, at }: Call): void {
  if (argument !== '' || rest === '') return;
  const span = { start: at, end: at + rest.length };
  throw typedError(line, new GradusError('usage', `:${name} takes nothing behind it`, { span }));
}
