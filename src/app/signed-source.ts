import type { Option } from 'commander';
import { commands } from './commands.ts';

/**
 * The arguments with a source that begins with a sign, `gradus derive '-x^2' --wrt x`, put last behind `--`, where it
 * cannot be taken for an option.
 */
export function withSource(argv: readonly string[]): readonly string[] {
  const [name, ...rest] = argv;
  const command = commands.find((c) => c.name === name);
  if (!command || rest.includes('--')) return argv;
  const at = rest.findIndex((arg, k) => isSigned(arg, command.options) && !isValue(rest[k - 1], command.options));
  if (at < 0) return argv;
  return [name!, ...rest.filter((_, k) => k !== at), '--', rest[at]!];
}

/** `-x^2`: a sign and more, that is no option, and no option with one of its dashes missing. */
function isSigned(arg: string, options: readonly Option[]): boolean {
  if (!/^-[^-]/.test(arg) || /^-[hV]$/.test(arg)) return false;
  return !options.some(({ short, long }) => (short && arg.startsWith(short) && !/[(^*/+]/.test(arg)) || long === `-${arg}`);
}

/** An argument behind an option that takes one. */
const isValue = (before: string | undefined, options: readonly Option[]): boolean =>
  options.some(({ short, long, required }) => required && before !== undefined && (before === short || before === long));
