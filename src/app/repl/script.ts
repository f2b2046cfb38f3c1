import type { Host } from '../../session/answer.ts';
import { evaluateLine } from '../../session/evaluate.ts';
import { isIncomplete, joined } from '../../session/incomplete.ts';
import { type Misfit, moved } from '../../session/misfit.ts';
import { askedDerivative } from '../../session/requests.ts';
import { stateIn } from '../../session/state.ts';
import { type Session, STANDARD_INPUT, STATUS } from '../io.ts';
import { progressLine } from '../progress.ts';
import { filesHere } from './files-here.ts';

/** An input of a piped session, and where it begins. */
interface Input {
  readonly text: string;
  readonly at: number;
}

/**
 * Whether a piped text is a session rather than a model: one of its inputs is a command, or asks for a derivative as a
 * model cannot. `∂(f)/∂(x)` is an expression of the language.
 */
export const isSession = (text: string): boolean =>
  inputsOf(text).some(
    ({ text }) => /^\s*:\s*[a-z?]/.test(text) || (!/^\s*∂\s*\(/.test(text) && askedDerivative(text) !== undefined),
  );

/** The inputs of a text: its lines, those that belong together joined. */
function inputsOf(text: string): Input[] {
  const inputs: Input[] = [];
  let at = 0;
  let input: Input | undefined;
  for (const line of text.split('\n')) {
    input = input ? { text: joined(input.text, line), at: input.at } : { text: line, at };
    at += line.length + 1;
    if (isIncomplete(input.text)) continue;
    inputs.push(input);
    input = undefined;
  }
  return input ? [...inputs, input] : inputs;
}

/** A session on standard input: answers without a prompt; what is wrong on standard error, and in the exit status. */
export async function runScript(session: Session, text: string): Promise<number> {
  const { io } = session;
  const host: Host = {
    width: 80,
    files: filesHere,
    ...(io.interruptible && { interruptible: () => io.interruptible!() }),
    progress: () => progressLine(io.screen, session.note.bind(session), false, session.voice.say),
  };
  let state = stateIn(session.voice.lang);
  let status: number = STATUS.done;
  for (const { text: input, at } of inputsOf(text)) {
    const answer = await evaluateLine(state, input.replace(/\r$/, ''), host);
    state = answer.state;
    if (answer.output !== '') session.line(answer.output);
    for (const warning of answer.warnings ?? []) session.warning(warning);
    if (answer.misfit) {
      report(session, answer.misfit, text, at);
      status = STATUS.wrongSource;
    }
    if (answer.quit) break;
  }
  return status;
}

/** An error with its line of the input, or of the statement that no longer fits. */
function report(session: Session, { error, text, typed, file }: Misfit, whole: string, at: number): void {
  session.source = { text: typed ? whole : text, file: typed ? STANDARD_INPUT : file };
  const { span } = error;
  session.error(typed && span ? moved(error, { start: span.start + at, end: span.end + at }) : error);
}
