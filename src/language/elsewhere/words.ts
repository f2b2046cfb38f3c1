/** Words that elsewhere are no names, and what is written here. */
export const WORDS: ReadonlyMap<string, string> = new Map([
  ['if', 'a choice is written where(c, a, b)'],
  ['then', 'a choice is written where(c, a, b)'],
  ['else', 'a choice is written where(c, a, b)'],
  ['elif', 'a choice is written where(c, a, where(d, b, e))'],
  ['otherwise', 'a choice is written where(c, a, b)'],
  ['for', 'a sum over an index is written sum[i=1:n](…), a recurrence h[t=1:n] = …'],
  ['while', 'what depends on what came before is a recurrence: h[t=1:n] = …'],
  ['def', 'a function is defined as f(x) = x^2'],
  ['lambda', 'a function is defined as f(x) = x^2'],
  ['return', 'the last expression is the result'],
  ['end', 'a statement ends with its line'],
  ['mod', 'a remainder is written mod(a, b)'],
  ['div', 'a whole quotient is written floor(a/b)'],
  ['xor', 'one of two is written a != b'],
  ['choose', 'a binomial coefficient is written factorial(n)/(factorial(k)*factorial(n - k))'],
  ['where', 'a choice is written where(c, a, b)'],
  ['minimise', 'an objective begins with minimize'],
  ['maximise', 'an objective begins with maximize'],
  ['wrt', 'what to derive by is said outside of the source: --wrt x'],
  ['import', 'there is nothing to import: every function is there'],
  ['from', 'there is nothing to import: every function is there'],
  ['print', 'the last expression is the result'],
  ['of', 'a function is written with its argument in brackets: sqrt(x)'],
  ['derivative', 'a derivative is written diff(f, x)'],
  ['diff', 'a derivative is written diff(f, x)'],
  ['derive', 'a derivative is written diff(f, x)'],
  ['differentiate', 'a derivative is written diff(f, x)'],
  ...['expand', 'factor', 'simplify', 'evaluate', 'compute', 'calculate', 'solve'].map(
    (word) => [word, 'a formula stands without a word before it'] as const,
  ),
  ['integral', 'there are no integrals; a derivative is written diff(f, x)'],
  ['squared', 'a square is written x^2'],
  ['cubed', 'a cube is written x^3'],
  ['plus', 'a sum is written x + y'],
  ['minus', 'a difference is written x - y'],
  ['times', 'a product is written x*y'],
  ['over', 'a quotient is written x/y'],
  ['using', 'there is nothing to import: every function is there'],
]);

/** Words that are none as the first of a statement, and names anywhere else. */
export const HEADS: ReadonlySet<string> = new Set(
  `loss cost objective min max argmin argmax let var val parameter parameters params variable variables input inputs given constant
  lim`.split(/\s+/),
);

/** The word that a line begins with, if it is one of these. */
export function wordAt(line: string): string | undefined {
  const word = /^\s*([a-z]+)\s+[\p{L}\p{N}(]/u.exec(line)?.[1];
  return word !== undefined && WORDS.has(word) && !['lambda', 'from'].includes(word) ? word : undefined;
}
