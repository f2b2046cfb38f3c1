import { callHere } from '../language/elsewhere/calls.ts';
import { preludeNames } from '../language/prelude.ts';
import type { FunctionDefinition } from '../language/tree.ts';
import { functions } from '../operators/index.ts';

/** What is usual in the place of arguments that are left out. */
const LEFT_OUT: Readonly<Record<string, (args: readonly string[]) => string | undefined>> = {
  where: (args) => (args.length === 2 ? `where(${args.join(', ')}, 0)` : undefined),
  atan2: ([y]) => y && `atan(${y})`,
  mod: ([a]) => a && `mod(${a}, 1)`,
  pow: ([a]) => a && `pow(${a}, 2)`,
  clip: (args) => (args.length === 2 ? `clip(${args.join(', ')}, inf)` : undefined),
};

/** A call with as many arguments as the function takes, or where it stands how many. */
export function completed(callee: string, args: readonly string[], own: FunctionDefinition | undefined): string | undefined {
  if (own) return undefined;
  const call = LEFT_OUT[callee]?.(args);
  if (call !== undefined) return `write ${call}`;
  const known = functions.get(callee);
  // `sum(A, 1)` is by columns in MATLAB, by rows in NumPy.
  if (known?.axis && args.length === 2 && /^-?[012]$/.test(args[1]!))
    return `write ${callee}(${args[0]}, rows) or ${callee}(${args[0]}, cols)`;
  // `sum(i^2, i, 1, n)` has an index, and its bounds.
  const indexed = args.length === 4 && /^[i-n]$/.test(args[1]!);
  // `sum(abs2, x)`: a function of the entries.
  const applied = functions.has(args[0] ?? '') || callHere(args[0] ?? '', ['x']) !== undefined;
  // `sum(a, b, c)`: what is summed is one array.
  if (known?.axis && args.length > 1 && !indexed && !applied) return `write ${callee}([${args.join(', ')}])`;
  return known || preludeNames.includes(callee) ? `gradus help ${callee} has an example` : undefined;
}
