/** Words and signs with a meaning of their own. */

export const ROLES: ReadonlySet<string> = new Set(['data', 'param', 'const', 'function']);
export const SENSES: ReadonlySet<string> = new Set(['minimize', 'maximize']);

const CONSTANTS = new Map([
  ['π', 'pi'],
  ['∞', 'inf'],
]);

/** The Greek capitals are ordinary names where they are not called. */
const REDUCTIONS = new Map([
  ['Σ', 'sum'],
  ['∑', 'sum'],
  ['Π', 'prod'],
  ['∏', 'prod'],
]);

export function constantName(word: string): string {
  return CONSTANTS.get(word) ?? word;
}

export function calleeName(word: string): string {
  return REDUCTIONS.get(word) ?? word;
}
