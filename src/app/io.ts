import { type GradusError, type Warning, warningsTold, warningText } from '../language/diagnostics.ts';
import { visible, visibleLine } from '../language/visible.ts';
import type { ProgressLine } from '../session/progress.ts';
import { ENGLISH, type Voice } from '../session/speech.ts';
import { paintError, paintMarks } from './paint.ts';

/** The streams of a command, so that tests can give their own. */
export interface Io {
  /** Results, as they are: no line end is added. */
  out(text: string): void;
  /** Progress, warnings, errors. */
  err(text: string): void;
  /** All of standard input. */
  input(): Promise<string>;
  /** Standard input as it comes. */
  bytes(): AsyncIterable<Uint8Array>;
  readonly inputIsTerminal: boolean;
  /** Where a session is held; undefined if standard input is not a terminal. */
  readonly terminal?: Terminal | undefined;
  /** Where progress may be drawn again and again; undefined if standard error is not a terminal. */
  readonly screen: NodeJS.WritableStream | undefined;
  /** Colour on standard output and on standard error. */
  readonly colors: { readonly out: boolean; readonly err: boolean };
  /**
   * From here on an interrupt, or what else is named, does not end the process but asks the run, by this signal, to stop with what
   * it has. The reason that the signal gives is the name of what came.
   */
  interruptible?(endings?: readonly Ending[]): AbortSignal;
}

/** A terminal to hold a session on. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
}

/** What a command is about. */
export interface SourceText {
  readonly text: string;
  /** Shown in messages; undefined for a source from the command line. */
  readonly file: string | undefined;
}

/** Where a source comes from that has no file. */
export const STANDARD_INPUT = 'standard input';

/** The exit statuses of the contract. */
export const STATUS = { done: 0, wrongSource: 1, wrongUsage: 2, failed: 3, interrupted: 130 } as const;

/** What ends a run from outside, a key, a scheduler or a terminal that is closed, and the exit status that tells of it. */
export const ENDINGS = { SIGINT: STATUS.interrupted, SIGTERM: 143, SIGHUP: 129 } as const;

export type Ending = keyof typeof ENDINGS;

/**
 * One run of the command: its streams, and what its messages need to know. All that is printed passes here, where text
 * from elsewhere loses its power over the terminal before colours are added.
 */
export class Session {
  readonly io: Io;
  /** What errors point into, once it is read. */
  source: SourceText | undefined;
  /** Messages beside the result are JSON too, an object a line. */
  readonly json: boolean;
  /** The language that all is told in. */
  readonly voice: Voice;
  /** What is drawn on standard error while a run goes, about which messages are written. */
  drawn: ProgressLine | undefined;
  private readonly command: string | undefined;

  /**
   * @param json messages are written as JSON
   * @param command whose help a wrong usage points to
   */
  constructor(
    io: Io,
    { json = false, command, voice = ENGLISH }: { json?: boolean; command?: string | undefined; voice?: Voice } = {},
  ) {
    this.io = io;
    this.json = json;
    this.voice = voice;
    this.command = command;
  }

  /** A line of the result. */
  line(text = ''): void {
    this.io.out(`${paintMarks(visible(text), this.io.colors.out)}\n`);
  }

  /** A line beside the result, a text of ours. */
  note(english: string): void {
    const text = this.voice.say(english);
    if (this.json) this.object({ note: text });
    else this.beside(`${visible(text)}\n`);
  }

  warn(english: string): void {
    const message = this.voice.say(english);
    if (this.json) this.object({ warning: { message, span: null, hint: null } });
    else this.beside(`${paintMarks(visible(warningText({ message }, '', undefined, this.voice.speech)), this.io.colors.err)}\n`);
  }

  /** What a source says that may not be what is meant, each at its place. */
  warnings(warnings: readonly Warning[]): void {
    const { speech } = this.voice;
    for (const warning of warningsTold(warnings, speech)) {
      if (this.json) this.object({ warning: jsonMessage(warning) });
      else this.warning(warningText(warning, this.source?.text, this.sourceFile, speech));
    }
  }

  /** A warning as `warningText` draws it. */
  warning(text: string): void {
    this.painted(paintError(visible(text), this.io.colors.err));
  }

  /** An error, shown at its place in the source if it has one; of wrong usage, where the help is. */
  error(english: GradusError): void {
    const error = english.told(this.voice.speech);
    const usage = error.code === 'usage';
    if (this.json) {
      const hint = error.hint ?? (usage ? this.where : undefined);
      // A claim is a text of its own, into which the span points.
      const text = error.text === undefined || error.text === this.source?.text ? {} : { text: error.text };
      this.object({ error: { code: error.code, ...jsonMessage({ ...messageOf(error), hint }), ...text } });
      return;
    }
    this.painted(paintError(visible(error.format(this.source?.text, this.sourceFile)), this.io.colors.err));
    if (usage) this.seeHelp();
  }

  /** Where wrong usage is set right. */
  seeHelp(): void {
    this.note(`see gradus ${this.command ? `${this.command} ` : ''}--help`);
  }

  private get where(): string {
    return this.voice.say(`see gradus ${this.command ? `${this.command} ` : ''}--help`);
  }

  /** `standard input` is no name of a file. */
  private get sourceFile(): string | undefined {
    const file = this.source?.file;
    return file === STANDARD_INPUT ? this.voice.say(file) : file;
  }

  /** Beside the result, with colours already: what is foreign in it has passed `visible`. */
  painted(text: string): void {
    this.beside(`${text}\n`);
  }

  /** JSON keeps what it says; what a terminal would take for more than text is written as JSON's own escapes. */
  private object(value: unknown): void {
    this.beside(`${visibleLine(JSON.stringify(value))}\n`);
  }

  private beside(text: string): void {
    const write = () => this.io.err(text);
    if (this.drawn?.aside) this.drawn.aside(write);
    else write();
  }
}

type Message = Pick<Warning, 'message' | 'span' | 'hint'>;

const messageOf = ({ message, span, hint }: GradusError): Message => ({ message, span, hint });

/** The same keys always: what is not there is null. */
const jsonMessage = ({ message, span, hint }: Message) => ({
  message,
  span: span ? { start: span.start, end: span.end } : null,
  hint: hint ?? null,
});
