import type { Interface } from 'node:readline';
import picocolors from 'picocolors';
import { visibleLine } from '../../language/visible.ts';
import type { Answer } from '../../session/answer.ts';
import { complete } from '../../session/complete.ts';
import { evaluateLine, type ReplState } from '../../session/evaluate.ts';
import { isIncomplete, joined } from '../../session/incomplete.ts';
import { stateIn, voiceOfState } from '../../session/state.ts';
import { fileNames } from '../file-names.ts';
import { type Session, STATUS, type Terminal } from '../io.ts';
import { progressLine } from '../progress.ts';
import { filesHere } from './files-here.ts';
import { History, historyFile, REMEMBERED } from './history.ts';
import { lineEditor } from './line-editor.ts';
import { misfitText } from './marks.ts';
import { warmUp } from './warm.ts';

const PROMPT = '> ';
const GOES_ON = '… ';

/** The session on a terminal, until it is left. */
export async function runShell(session: Session, terminal: Terminal, version: string): Promise<number> {
  const shell = new Shell(session, terminal);
  await shell.run(session.voice.say(`gradus ${version}   :help shows what can be typed, :quit ends`));
  return STATUS.done;
}

/** Between the lines of a terminal and the answers to them. */
class Shell {
  private readonly session: Session;
  private readonly terminal: Terminal;
  private readonly history: History;
  private readonly lines: Interface;
  /** What Up recalls, newest first; readline's own list, once it has told of it. */
  private recalled: string[];
  private state: ReplState;
  /** The lines typed of an input that is not complete. */
  private typed: string[] = [];
  private waiting: string[] = [];
  /** An answer that takes its time, and how to ask it to stop. */
  private busy: AbortController | undefined;
  private closed = false;

  constructor(session: Session, terminal: Terminal) {
    this.session = session;
    this.terminal = terminal;
    this.state = stateIn(session.voice.lang);
    this.history = new History(historyFile(terminal.env));
    this.recalled = this.history.lines.toReversed();
    this.lines = lineEditor({
      input: terminal.input,
      output: terminal.output,
      terminal: this.onScreen,
      history: this.recalled,
      historySize: REMEMBERED,
      completer: (line) => complete(this.state, line, fileNames),
    });
  }

  /** Without a screen (the output is piped) there is no prompt, and nothing can stand below what was typed. */
  private get onScreen(): boolean {
    return this.terminal.output.isTTY === true;
  }

  /** Until the session is left. */
  async run(greeting: string): Promise<void> {
    const { lines } = this;
    lines.on('line', (line) => this.receive(line));
    lines.on('SIGINT', () => this.interrupt());
    lines.on('history', (all) => {
      this.recalled = all;
    });
    const end = new Promise<void>((resolve) => {
      lines.on('close', () => {
        this.closed = true;
        this.busy?.abort();
        resolve();
      });
    });
    if (this.onScreen) this.session.line(greeting);
    this.prompt();
    setTimeout(warmUp, 0);
    await end;
  }

  private prompt(): void {
    if (this.closed || !this.onScreen) return;
    const { cyan, dim } = picocolors.createColors(this.session.io.colors.out);
    this.lines.setPrompt(this.typed.length > 0 ? dim(GOES_ON) : cyan(PROMPT));
    this.lines.prompt();
  }

  private receive(line: string): void {
    if (this.busy) this.waiting.push(line);
    else this.take(line, true);
  }

  /** @param visible the line stands just above, behind the prompt */
  private take(line: string, visible: boolean): void {
    this.typed.push(line);
    const input = this.typed.reduce((before, next) => joined(before, next));
    // An empty line ends what would not end by itself.
    const finished = this.typed.length > 1 && line.trim() === '';
    if (!finished && isIncomplete(input)) {
      this.prompt();
      return;
    }
    const lines = this.typed;
    this.remember(lines);
    this.typed = [];
    this.evaluate(input.trimEnd(), visible && lines.length === 1);
  }

  private evaluate(input: string, visible: boolean): void {
    const busy = new AbortController();
    const answer = evaluateLine(this.state, input, {
      width: this.terminal.output.columns ?? 80,
      files: filesHere,
      interruptible: () => busy.signal,
      progress: () =>
        progressLine(this.session.io.screen, () => {}, this.session.io.screen === undefined, voiceOfState(this.state).say),
    });
    if (!(answer instanceof Promise)) {
      this.show(answer, visible);
      return;
    }
    this.busy = busy;
    answer.then(
      (later) => this.resume(later, visible),
      (error: unknown) => this.fail(error),
    );
  }

  /** A late answer; then the lines that were typed in the meantime. */
  private resume(answer: Answer, visible: boolean): void {
    this.busy = undefined;
    this.show(answer, visible);
    while (!this.busy && this.waiting.length > 0) {
      const next = this.waiting.shift()!;
      // It was echoed where it was typed, among what the run printed.
      if (this.onScreen) this.terminal.output.write(`${visibleLine(next)}\n`);
      this.take(next, this.onScreen);
    }
  }

  private show({ state, output, misfit, warnings = [], quit }: Answer, visible: boolean): void {
    this.state = state;
    const { out: colored, err } = this.session.io.colors;
    if (output !== '') this.session.line(output);
    for (const warning of warnings) this.session.warning(warning);
    if (misfit) {
      const screen = { prompt: PROMPT.length, columns: this.terminal.output.columns, adjacent: visible };
      if (this.onScreen) this.session.io.out(`${misfitText(misfit, screen, colored)}\n`);
      else this.session.painted(misfitText(misfit, undefined, err));
    }
    if (quit) this.lines.close();
    else this.prompt();
  }

  /** Nothing is thrown by design; a mistake of ours does not end the session. */
  private fail(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.session.note(`internal error: ${reason}\n  this is a mistake in gradus; the session goes on`);
    this.busy = undefined;
    this.prompt();
  }

  /** Stops a run; otherwise drops what is typed, which can be recalled. */
  private interrupt(): void {
    if (this.busy) {
      this.busy.abort();
      return;
    }
    const { line } = this.lines;
    const dropped = [...this.typed, line].filter((text) => text.trim() !== '');
    this.lines.write(null, { ctrl: true, name: 'e' });
    this.terminal.output.write('^C\n');
    if (dropped.length === 0) this.session.line(voiceOfState(this.state).say('  Ctrl-D or :quit ends.'));
    this.typed = [];
    this.lines.write(null, { ctrl: true, name: 'u' });
    if (dropped.length > 0) this.remember(dropped);
    this.prompt();
  }

  /** Keeps an input as one line, which Up recalls; lines with comments cannot be joined. */
  private remember(typed: readonly string[]): void {
    const separate = typed.length === 1 || typed.some((line) => line.includes('#'));
    const inputs = separate
      ? typed
      : [
          typed
            .reduce((before, next) => joined(before, next))
            .replace(/\s*\n\s*/g, ' ')
            .trim(),
        ];
    for (const line of typed) {
      const at = this.recalled.indexOf(line);
      if (at >= 0) this.recalled.splice(at, 1);
    }
    for (const input of inputs) {
      if (input.trim() === '') continue;
      this.recalled.unshift(input);
      this.history.add(input);
    }
  }
}
