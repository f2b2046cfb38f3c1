import { parse } from './parser.ts';
import type { FunctionDefinition } from './tree.ts';

/**
 * Functions written in the language itself. Predictions come first, targets second; means are over all entries.
 *
 * - `mse`, `mae`: mean square and mean absolute error.
 * - `huber`: squares up to `delta` (1 if left out), lines beyond.
 * - `bce`: binary cross-entropy of probabilities, not of logits.
 * - `cross_entropy`: −Σ y·log p over the classes, averaged over the examples. The classes are the rows, one column an example, unless
 *   an axis is given or what is known of p or y says another.
 * - `hinge`: scores against targets ±1.
 * - `kl`: the divergence Σ p·log(p/q) of q from p.
 *
 * A probability of exactly 0 makes its term 0.
 */
const TEXT = `
mse(a, y) = mean((a - y).^2)
mae(a, y) = mean(abs(a - y))
huber(a, y) = mean(where(abs(a - y) <= 1, (a - y).^2/2, abs(a - y) - 1/2))
huber(a, y, delta) = mean(where(abs(a - y) <= delta, (a - y).^2/2, delta .* (abs(a - y) - delta/2)))
bce(p, y) = -mean(xlogy(y, p) + xlog1py(1 - y, -p))
cross_entropy(p, y) = -mean(sum(xlogy(y, p), rows))
cross_entropy(p, y, axis) = -mean(sum(xlogy(y, p), axis))
hinge(s, y) = mean(relu(1 - y.*s))
kl(p, q) = sum(xlogy(p, p) - xlogy(p, q))
`;

interface Prelude {
  readonly text: string;
  /** By name; a name may take different numbers of arguments. */
  readonly functions: ReadonlyMap<string, readonly FunctionDefinition[]>;
}

/** The names, which are known without parsing. */
export const preludeNames: readonly string[] = [...new Set([...TEXT.matchAll(/^(\w+)\(/gm)].map(([, name]) => name!))];

/** The definitions of a name, as they are written. */
export const preludeText = (name: string): string[] => TEXT.split('\n').filter((line) => line.startsWith(`${name}(`));

let parsed: Prelude | undefined;

/** The prelude, parsed when it is first asked for. */
export function prelude(): Prelude {
  if (!parsed) {
    const functions = new Map<string, FunctionDefinition[]>();
    for (const s of parse(TEXT).statements) {
      if (s.kind !== 'function') continue;
      const known = functions.get(s.name);
      if (known) known.push(s);
      else functions.set(s.name, [s]);
    }
    parsed = { text: TEXT, functions };
  }
  return parsed;
}
