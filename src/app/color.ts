import { globalChoice } from './global.ts';

/** When output is coloured, as `--color` says it. */
export const COLOR = ['always', 'never', 'auto'] as const;
type ColorChoice = (typeof COLOR)[number];

/**
 * Whether a stream is coloured when nothing is said on the command line: FORCE_COLOR goes before NO_COLOR
 * (https://force-color.org, https://no-color.org), and both before what the terminal can do.
 */
export function colored(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return !['0', 'false'].includes(env.FORCE_COLOR);
  if (env.NO_COLOR) return false;
  return isTerminal && env.TERM !== 'dumb';
}

/** What `--color` says, and the arguments without it. */
export function colorChoice(argv: readonly string[]): { readonly choice: ColorChoice; readonly argv: readonly string[] } {
  const { choice = 'auto', argv: rest } = globalChoice('color', COLOR, argv);
  return { choice, argv: rest };
}
