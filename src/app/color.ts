/** When output is coloured, as `--color` says it. */
export const COLOR = ['always', 'never', 'auto'] as const;
export type ColorChoice = (typeof COLOR)[number];

/**
 * Whether a stream is coloured when nothing is said on the command line: FORCE_COLOR goes before NO_COLOR
 * (https://force-color.org, https://no-color.org), and both before what the terminal can do.
 */
export function colored(env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return !['0', 'false'].includes(env.FORCE_COLOR);
  if (env.NO_COLOR) return false;
  return isTerminal && env.TERM !== 'dumb';
}

/** What `--color` says, and the arguments without it; what is no value, or is said twice, stays to be refused. */
export function colorChoice(argv: readonly string[]): { readonly choice: ColorChoice; readonly argv: readonly string[] } {
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const places = argv.flatMap((arg, k) => (k < end && /^--color(=|$)/.test(arg) ? [k] : []));
  const at = places[0] ?? -1;
  const joined = argv[at]?.startsWith('--color=') ?? false;
  const text = joined ? argv[at]!.slice('--color='.length) : argv[at + 1];
  const choice = COLOR.find((word) => word === text);
  if (places.length !== 1 || choice === undefined) return { choice: 'auto', argv };
  return { choice, argv: argv.filter((_, k) => k !== at && (joined || k !== at + 1)) };
}
