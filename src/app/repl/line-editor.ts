import { type CompleterResult, createInterface, type Interface } from 'node:readline';
import { start } from 'node:repl';

interface Editing {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Keys move, recall and complete; without it lines are only read. */
  readonly terminal: boolean;
  /** What Up recalls and Ctrl-R finds, newest first. */
  readonly history: string[];
  readonly historySize: number;
  readonly completer: (line: string) => CompleterResult;
}

/**
 * Reads lines. On a terminal by the editor of Node's own REPL, which is readline with a search backwards through what was
 * typed (Ctrl-R); of the REPL nothing else is left.
 */
export function lineEditor({ input, output, terminal, history, historySize, completer }: Editing): Interface {
  if (!terminal) return createInterface({ input, output, terminal, history, historySize, completer, prompt: '' });
  const editor = start({
    input,
    output,
    terminal,
    prompt: '',
    preview: false,
    useGlobal: true,
    completer: (line: string, answer: (error: null, result: CompleterResult) => void) => answer(null, completer(line)),
  });
  for (const event of ['line', 'SIGINT', 'SIGCONT']) editor.removeAllListeners(event);
  return Object.assign(editor, { history, historySize, removeHistoryDuplicates: true });
}
