import { GradusError } from '../language/diagnostics.ts';
import { type Answer, type Host, told, warned } from './answer.ts';
import { commandNamed, commands, refuseArgument } from './commands.ts';
import { find } from './derivations.ts';
import { sourceOf } from './entries.ts';
import { Misfit, misfitTold } from './misfit.ts';
import { askedDerivative } from './requests.ts';
import { knows, type ReplState, sessionModel, voiceOfState } from './state.ts';
import { takeStatements } from './statements.ts';
import { UNNAMED, unnamed } from './unnamed.ts';
import { derivationText } from './views.ts';
import { newWarnings } from './warnings.ts';

export { emptyState, type ReplState } from './state.ts';

const PLAIN: Host = { width: 80 };

/**
 * Answers a line of a session: a command, a question for a derivative, statements, an expression. A line may be several
 * lines of text. A line that is refused leaves the session as it is. Only what takes its time, such as training, is
 * answered later.
 * @param host what the session runs in: training asks it for a way to be stopped
 */
export function evaluateLine(state: ReplState, line: string, host: Host = PLAIN): Answer | Promise<Answer> {
  const refused = (error: unknown): Answer => {
    const { speech } = voiceOfState(state);
    if (error instanceof Misfit) return { state, output: '', misfit: misfitTold(error, speech) };
    // An error without a frame is about the session's source.
    if (error instanceof GradusError)
      return { state, output: '', misfit: new Misfit(error.told(speech), sourceOf(state.entries), false) };
    throw error;
  };
  try {
    const answer = answerTo(state, line, host);
    const kept = (found: Answer): Answer => remembered(state, line, found);
    return answer instanceof Promise ? answer.then(kept, refused) : kept(answer);
  } catch (error) {
    return refused(error);
  }
}

/** What can be undone knows by which line it came about. */
const remembered = (before: ReplState, line: string, answer: Answer): Answer =>
  answer.state.before === before ? { ...answer, state: { ...answer.state, did: line.trim() } } : answer;

const COMMAND = /^\s*:\s*(?<name>[\p{L}?]*)\s*(?<rest>.*?)\s*$/dsu;

function answerTo(state: ReplState, line: string, host: Host): Answer | Promise<Answer> {
  if (/^\s*(#.*)?$/.test(line)) return told(state);
  const command = COMMAND.exec(line);
  if (command) {
    const { name, rest } = command.indices!.groups!;
    const found = commandNamed(command.groups!.name!, line, name![0]);
    const call = { state, line, rest: command.groups!.rest!, at: rest![0], host };
    refuseArgument(found, call);
    return found.run(call);
  }
  const model = sessionModel(state);
  const isFunction = (name: string) => state.entries.some((entry) => entry.kind === 'function' && entry.name === name);
  const named = (name: string) => knows(model, name) || isFunction(name) || (name === UNNAMED && unnamed(state) !== undefined);
  const word = commands.find((c) => c.words?.includes(line.trim()));
  if (word && !named(line.trim())) return word.run({ state, line, rest: '', at: line.length, host });
  const asked = askedDerivative(line, named);
  if (asked) {
    const found = find(state, line, asked);
    return warned(
      told({ ...state, last: found.request, derived: found.request }, derivationText(state, found)),
      newWarnings(found.model, model, voiceOfState(state)),
    );
  }
  return takeStatements(state, line);
}
