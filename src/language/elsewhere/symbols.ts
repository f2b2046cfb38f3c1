import { whenAsked } from './pattern.ts';

/** Names that are declared as symbols elsewhere, `syms x y`, `x = sp.Symbol('x')`; here a bare expression's names are free. */

const QUOTED = '["\'“”‘’]([^"\'“”‘’]+)["\'“”‘’]';
const declared = whenAsked((): readonly RegExp[] => [
  /^@?(?:syms|variables)\s+([\p{L}_][\p{L}\p{N}_ \t,]*)$/u,
  new RegExp(`^(?:[\\p{L}_][\\p{L}\\p{N}_, \\t]*=\\s*)?(?:\\w+\\.)?(?:symbols?|Symbol|sym|var)\\(\\s*${QUOTED}.*\\)$`, 'u'),
]);

/** What brings in what is there. */
const BROUGHT = /^(?:import\s+[\w.]+(?:\s+as\s+\w+)?|from\s+[\w.]+\s+import\s.*|using\s+[\w.,: ]+|clear(?:\s+all|vars)?|clc)$/;

/** The statements without those that only declare symbols, and the symbols. */
export function withoutSymbols(statements: readonly string[]): {
  readonly rest: readonly string[];
  readonly symbols: readonly string[];
} {
  const symbols: string[] = [];
  const rest = statements.filter((statement) => {
    const text = statement.trim();
    const names = declared()
      .map((form) => form.exec(text)?.[1])
      .find((found) => found !== undefined);
    symbols.push(...(names ?? '').split(/[\s,]+/).filter((name) => name !== '' && name !== 'real' && name !== 'positive'));
    return names === undefined && !BROUGHT.test(text);
  });
  return { rest, symbols };
}

/** `diff(x^2)` is by the one symbol there is. */
export const withSymbol = (text: string, symbols: readonly string[]): string =>
  symbols.length === 1 ? text.replace(/(?<![\p{L}\p{N}_.])diff\(((?:[^(),]|\([^()]*\))+)\)/gu, `diff($1, ${symbols[0]})`) : text;
