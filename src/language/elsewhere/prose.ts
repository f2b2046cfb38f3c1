import { pattern, whenAsked } from './pattern.ts';

/** Formulas in words: `the derivative of x^2`, `x squared plus 3`, `square root of x`. */

const ATOM = "[\\p{L}\\p{N}_.]+(?:\\([^()]*\\))?'*";
const OPERAND = `(${ATOM}|\\([^()]*\\))`;
const NAME = '[\\p{L}_][\\p{L}\\p{N}_]*';

const worded = whenAsked((): readonly (readonly [RegExp, string])[] => [
  [new RegExp(`${OPERAND}\\s+squared(?!\\p{L})`, 'gu'), '$1^2'],
  [new RegExp(`${OPERAND}\\s+cubed(?!\\p{L})`, 'gu'), '$1^3'],
  [new RegExp(`${OPERAND}\\s+to\\s+the\\s+(?:power\\s+(?:of\\s+)?)?${OPERAND}`, 'gu'), '$1^$2'],
  [new RegExp(`(?:the\\s+)?(?:square\\s+root|sqrt|root)\\s+of\\s+${OPERAND}`, 'gu'), 'sqrt($1)'],
  [new RegExp(`(?:the\\s+)?(sine|cosine|tangent|log|logarithm|exp|absolute value)\\s+of\\s+${OPERAND}`, 'gu'), '$1 $2'],
  [/\bsum\s+(?:from|over|for)\s+(\w)\s*(?:=|from)\s*(\w+)\s+to\s+(\w+)\s+of\s+/g, 'sum_($1=$2)^($3) '],
  [/\bsum\s+over\s+(\w)\s+of\s+/g, 'sum_$1 '],
  [/\bsine /g, 'sin '],
  [/\bcosine /g, 'cos '],
  [/\btangent /g, 'tan '],
  [/\blogarithm /g, 'log '],
  [/\babsolute value /g, 'abs '],
  [/(?<=\S)\s+plus\s+(?=\S)/g, ' + '],
  [/(?<=\S)\s+minus\s+(?=\S)/g, ' - '],
  [/(?<=\S)\s+(?:times|multiplied by)\s+(?=\S)/g, '*'],
  [/(?<=\S)\s+(?:over|divided by)\s+(?=\S)/g, '/'],
  [/(\d+(?:\.\d+)?)\s*(?:%|percent)\s+of\s+/g, '$1/100*'],
]);

const DERIVATIVE = pattern(
  `^(?:(?:find|compute|what is|what's|calculate|get|show)\\s+)?(?:the\\s+)?(?:partial\\s+)?(?:(?:derivative|gradient)\\s+of|derivative|diff|derive|differentiate)\\s+(?![-+*/^=])(.+?)(?:\\s*,?\\s+(?:with\\s+respect\\s+to|w\\.?r\\.?t\\.?|by|in)\\s+(${NAME}))?$`,
  'iu',
);

/** A line without words for signs; a derivative by the one letter that it has. */
export function withoutWords(text: string): string {
  const derivative = DERIVATIVE().exec(text.trim());
  const plain = worded().reduce((line, [words, signs]) => line.replace(words, signs), derivative?.[1] ?? text);
  if (!derivative) return plain;
  const [by, ...others] = derivative[2]
    ? [derivative[2]]
    : new Set(plain.match(/(?<![\p{L}_])\p{L}(?![\p{L}(])/gu)?.filter((l) => l !== 'e'));
  return by === undefined || others.length > 0 ? text : `diff(${plain}, ${by})`;
}
