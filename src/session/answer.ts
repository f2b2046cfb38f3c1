import type { Misfit } from './misfit.ts';
import type { ProgressLine } from './progress.ts';
import { type ReplState, voiceOfState } from './state.ts';

/** What a line came to. Where it was refused, the state is what it was. */
export interface Answer {
  readonly state: ReplState;
  readonly output: string;
  readonly misfit?: Misfit;
  /** What in the line may not be what was meant, as it is shown beside the answer. */
  readonly warnings?: readonly string[];
  /** The session is over. */
  readonly quit?: true;
}

/** The files of where a session runs. */
export interface Files {
  /** @throws GradusError `data` for a file that cannot be read */
  read(file: string): Promise<string>;
  /** The same piece by piece. */
  open(file: string): AsyncIterable<Uint8Array>;
  /** @throws GradusError `usage` for a file that cannot be written */
  write(file: string, text: string): void;
}

/** What a session needs from where it runs. */
export interface Host {
  /** Columns that a plot may take. */
  readonly width: number;
  /** Without files there is nothing to load, and nowhere to save. */
  readonly files?: Files;
  /** Asks a training run to stop with what it has. */
  interruptible?(): AbortSignal;
  progress?(): Promise<ProgressLine>;
}

/** A command as it was given: the line, what stands behind the command's name, and where that begins. */
export interface Call {
  readonly state: ReplState;
  readonly line: string;
  readonly rest: string;
  readonly at: number;
  readonly host: Host;
}

/** How a command's argument is completed: by a list, or by the names of files. */
type Completion = 'files' | ((state: ReplState) => readonly string[]);

/** A command of the session. */
export interface ReplCommand {
  readonly name: string;
  /** Words that mean it without a colon, as long as the session has no such names. */
  readonly words?: readonly string[];
  readonly argument: string;
  readonly help: string;
  readonly completion?: Completion;
  readonly run: (call: Call) => Answer | Promise<Answer>;
}

/** An answer that consists of lines. */
export const told = (state: ReplState, ...lines: readonly string[]): Answer => ({ state, output: lines.join('\n') });

/** An answer of ours, a line each, in the session's language. */
export const said = (state: ReplState, ...lines: readonly string[]): Answer => told(state, ...lines.map(voiceOfState(state).say));

/** The same answer, with what the line made the session's source warn of. */
export const warned = (answer: Answer, warnings: readonly string[]): Answer =>
  warnings.length === 0 ? answer : { ...answer, warnings: [...new Set(warnings)] };
