import { GradusError } from '../language/diagnostics.ts';
import { preludeNames } from '../language/prelude.ts';
import { SYMBOLS } from '../language/symbols.ts';
import { functions } from '../operators/index.ts';
import { commands } from './commands.ts';
import { type ReplState, sessionModel } from './state.ts';

/** What may stand in the place of a piece of the line, and that piece. */
type Completions = [hits: string[], piece: string];

/**
 * How a line may go on: a command, its argument, a sign by its LaTeX name, a name or a function.
 * @param fileNames the files that begin so
 */
export function complete(state: ReplState, line: string, fileNames: (piece: string) => string[] = () => []): Completions {
  const name = /^\s*(:[a-z]*)$/.exec(line);
  if (name)
    return beginning(
      commands.map((command) => `:${command.name} `),
      name[1]!,
    );
  const call = /^\s*:([a-z]+)\s+(.*)$/.exec(line);
  const command = call && commands.find((c) => c.name === call[1]);
  if (command?.completion === 'files') return [fileNames(call![2]!), call![2]!];
  if (command?.completion) return beginning(command.completion(state), /\S*$/.exec(line)![0]);
  const symbol = /\\([A-Za-z]+)$/.exec(line);
  if (symbol) return symbolsFor(symbol[1]!);
  const piece = /[\p{L}_][\p{L}\p{M}\p{N}_₀-₉]*$/u.exec(line)?.[0] ?? '';
  const own = ownNames(state);
  if (piece === '') return [own, ''];
  const calls = [...functions.keys(), ...preludeNames].filter((f) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(f)).map((f) => `${f}(`);
  const words = /^\s*[a-z]*$/.test(line) ? ['data ', 'param ', 'const ', 'minimize ', 'maximize ', 'derive '] : [];
  return beginning([...own, ...calls, ...words], piece);
}

const beginning = (all: readonly string[], piece: string): Completions => [
  [...new Set(all)].filter((text) => text.startsWith(piece)).sort(),
  piece,
];

/** The session's names; its functions with their bracket. */
function ownNames(state: ReplState): string[] {
  const called = state.entries.flatMap((e) => (e.kind === 'function' ? [`${e.name}(`] : []));
  try {
    const model = sessionModel(state);
    return [...model.inputs.keys(), ...model.definitions.map(({ name }) => name), ...called];
  } catch (error) {
    if (error instanceof GradusError) return called;
    throw error;
  }
}

/** The sign itself where only one is meant. */
function symbolsFor(name: string): Completions {
  const exact = Object.hasOwn(SYMBOLS, name) ? [name] : Object.keys(SYMBOLS).filter((other) => other.startsWith(name));
  if (exact.length === 1) return [[SYMBOLS[exact[0]!]!], `\\${name}`];
  return [exact.map((other) => `\\${other}`), `\\${name}`];
}
