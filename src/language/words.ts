/** Words and signs with a meaning of their own. */

export const ROLES: ReadonlySet<string> = new Set(['data', 'param', 'const', 'function']);
export const SENSES: ReadonlySet<string> = new Set(['minimize', 'maximize']);

/** What begins the definition of a number that is only looked at. */
export const METRIC = 'metric';

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

/**
 * Functions that people write without brackets, or with a power between the name and its brackets: sin x, ln|x|, sin²(x).
 * Nobody calls a variable so.
 */
export const ELEMENTARY: ReadonlySet<string> = new Set(
  `sin cos tan sec csc cot asin acos atan asec acsc acot arcsin arccos arctan sinh cosh tanh sech csch coth asinh acosh atanh
  arsinh arcosh artanh exp log ln log2 log10 log1p expm1 sqrt cbrt abs erf erfc sigmoid relu softplus`.split(/\s+/),
);

/** Functions of whole arrays, which no argument follows without brackets either: sum x, det A. */
export const BRACKETED: ReadonlySet<string> = new Set([
  ...ELEMENTARY,
  ...`sum prod mean max min norm det logdet tr trace inv sign floor ceil round softmax logsumexp diag`.split(' '),
]);

/** What undoes a function: sin⁻¹(x) is asin(x) to some, and 1/sin(x) to others. */
export const INVERSES: ReadonlyMap<string, string> = new Map(
  ['sin', 'cos', 'tan', 'sec', 'csc', 'cot', 'sinh', 'cosh', 'tanh', 'sech', 'csch', 'coth'].map((name) => [name, `a${name}`]),
);
