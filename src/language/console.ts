/** What a console shows of the things that the API returns. */

/** Node's `util.inspect`, and so `console.log`, asks for this; a symbol of the registry, so nothing of Node is imported. */
export const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom') as never;

/** Deno's notebooks ask for this, and show the richest of what it gives. */
export const DISPLAY: unique symbol = Symbol.for('Jupyter.display') as never;

/** What `util.inspect` hands over beside the depth that is left. */
export interface InspectOptions {
  readonly depth?: number | null;
}

/**
 * A class keeps its name when a bundler or a minifier renames it: esbuild calls one that speaks of itself `_Tensor`.
 * The errors and the objects on a console are known by these names.
 */
export function named(type: { readonly prototype: object }, name: string): void {
  Object.defineProperty(type, 'name', { value: name, configurable: true });
}

/**
 * What a console shows of a plain object, an array of numbers or a function. The object stays equal to what it was: what
 * is added does not count as a part of it.
 * @param inspect for `util.inspect`: what is meant for a line of text
 * @param more other ways to be shown: `toString`, `toJSON`
 */
export function shownAs<T extends object>(
  object: T,
  inspect: (object: T) => string,
  more: Readonly<Record<string, (object: T) => unknown>> = {},
): T {
  const define = (key: PropertyKey, told: (object: T) => unknown) =>
    Object.defineProperty(object, key, { value: () => told(object), configurable: true, writable: true });
  define(INSPECT, inspect);
  for (const [key, told] of Object.entries(more)) define(key, told);
  return object;
}

const DIGITS = 6;

/** Six significant digits: `0.333333`, `1e-7`, `Infinity`. */
export const shortNumber = (x: number): string => (Number.isFinite(x) ? String(Number(x.toPrecision(DIGITS))) : String(x));

/** One line, cut at a length. */
export function shortLine(text: string, most = 120): string {
  const line = text.trim().replace(/\s*\n\s*/g, '; ');
  return line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line;
}
