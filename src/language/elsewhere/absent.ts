const LENGTH = 'a length is the name of a dimension: data x : [n]';
const INTEGRAL = 'there are no integrals; a derivative is written diff(f, x)';
const SEQUENCE = 'numbers in a row are written x[i=1:n] = i';
const START = 'a random start is written param W : [3, 2] ~ normal(0, 1)';
const LIMIT = 'there are no limits: a formula has its value where it is written';
const DESCENT = 'derivatives need no call, and gradus train descends: what it learns is declared with param';
const FILE = 'a file is given outside of the source, --data FILE; its columns fill data X : [n, 2] from x1, x2';
const EQUATIONS = 'equations are not solved; A \\ b solves a linear system';

/** What is not here at all, and what there is in its place. */
export const ABSENT: ReadonlyMap<string, string> = new Map([
  ...['len', 'length', 'size', 'shape'].map((name) => [name, LENGTH] as const),
  ...['int', 'integrate', 'integral', 'Integrate', 'NIntegrate', 'quad', 'Integral'].map((name) => [name, INTEGRAL] as const),
  ...['rand', 'randn', 'random', 'uniform', 'normal', 'normrnd', 'rnorm', 'runif', 'xavier', 'he'].map(
    (name) => [name, START] as const,
  ),
  ...['range', 'arange', 'linspace', 'seq', 'colon', 'Table', 'Range'].map((name) => [name, SEQUENCE] as const),
  ...['lim', 'limit', 'Limit'].map((name) => [name, LIMIT] as const),
  ...['Solve', 'NSolve', 'DSolve', 'FindRoot', 'Reduce', 'solveset', 'nsolve', 'dsolve', 'fsolve', 'vpasolve'].map(
    (name) => [name, EQUATIONS] as const,
  ),
]);

/** Those that are written with signs, or in brackets of another kind. */
const SIGNS: readonly (readonly [RegExp, string])[] = [
  [/∫|\\i+nt(?![A-Za-z])/, INTEGRAL],
  [/\\lim(?![A-Za-z])|(?<![\p{L}\p{N}_.])lim(?:it)?\s*(?:_?\s*[({].*|\s\p{L}\s*)(?:->|→)/u, LIMIT],
  [/(?<!\p{L})from\s+\S+\.(?:csv|tsv|json|txt|npy)(?!\w)/u, FILE],
  [/(?<!\p{L})integral of\s/u, INTEGRAL],
  [/\.(?:backward|zero_grad|step|fit|compile|minimize|GradientTape)\(|\boptim(?:izers?)?\./, DESCENT],
];
/** Called with what need not be of the language, such as `(x, 0, 1)`. */
const SYMBOLIC = /(?<![\p{L}\p{N}_])(integrate|Integral|limit|dsolve|solveset|nsolve)\(/u;
const CALLED = /(?<![\p{L}\p{N}_.])([A-Z][A-Za-z]*)\[/gu;

/** What is said of a line that has something in it that is not here. */
export function absenceIn(line: string): string | undefined {
  const sign = SIGNS.find(([form]) => form.test(line));
  if (sign) return sign[1];
  const symbolic = SYMBOLIC.exec(line)?.[1];
  if (symbolic !== undefined) return ABSENT.get(symbolic);
  for (const [, name] of line.matchAll(CALLED)) if (ABSENT.has(name!)) return ABSENT.get(name!);
  return undefined;
}
