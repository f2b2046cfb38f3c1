import type tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';
import { fileNames } from './file-names.ts';

/** The shells that a script is made for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/**
 * Prints the script that makes a shell complete the command's words: it asks `gradus complete -- …` for them, which
 * `suggest` answers. The library prints them itself.
 * @param program the commands, without one for the script: the library has its own
 */
export async function printScript(program: Command, shell: string): Promise<void> {
  (await read(program)).setup('gradus', 'gradus', shell);
}

/** Options whose value is a file. */
const FILES = ['data', 'output', 'report'];

/** Prints what can stand where the last word is, a line each. */
export async function suggest(program: Command, words: readonly string[]): Promise<void> {
  const root = await read(program);
  const files = fileNames(words.at(-1)?.replace(/^--\w+=/, '') ?? '');
  const { topics } = await import('../session/help/topics.ts');
  for (const command of root.commands.values()) {
    const offered = command.value === 'help' ? topics : files;
    for (const argument of ['source', 'model', 'topic']) {
      if (command.arguments.has(argument)) command.argument(argument, (offer) => all(offered, offer));
    }
    for (const name of FILES) {
      const option = command.options.get(name);
      if (option) command.option(name, option.description, (offer) => all(files, offer), option.alias);
    }
  }
  root.parse([...words]);
}

const all = (values: readonly string[], offer: (value: string, description: string) => void): void => {
  for (const value of values) offer(value, '');
};

/** The commands as the library has read them. */
async function read(program: Command): Promise<ReturnType<typeof tab>> {
  const { default: commander } = await import('@bomb.sh/tab/commander');
  return commander(program, { completionCommandName: 'completion' });
}
