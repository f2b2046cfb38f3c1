import { nearest } from '../diagnostics.ts';

/** What is not solved here: `x^2 - 4 = 0`, `dy/dx = 2x`. */

/** What is said of what stands before the sign of a definition, and is none. */
export const UNDEFINABLE = 'only a name, a name with indices or a function of names can be defined';

/** Words that statements with a sign of equality begin with. */
const STATEMENTS = ['data', 'param', 'const', 'metric', 'minimize', 'maximize'];

const EQUATION = /^([^=;#]*[^=;#\s<>!:])\s*=(?!=)\s*([^=;#]+)$/;
const PRIMED = /^([\p{L}_][\p{L}\p{N}_]*)(?:'+|′+|″)(?:\(\s*([\p{L}_]\w*)\s*\))?/u;
const QUOTIENT = /^[d∂](?:\^?\d|[²³])?\s*([\p{L}_][\p{L}\p{N}_]*?)\s*\/\s*[d∂]\s*(\p{L})/u;

/** What to write for an equation, which is no statement. */
export function equationHint(line: string): string | undefined {
  const [, left, right] = EQUATION.exec(line.trim()) ?? [];
  if (left === undefined || right === undefined) return undefined;
  const word = /^(\p{L}+)\s+[\p{L}_]/u.exec(left)?.[1];
  const near = word !== undefined && word.length > 2 ? nearest(word, STATEMENTS) : undefined;
  if (near !== undefined) return `did you mean ${near}?`;
  // The other way round.
  if (/^[\d.]+$/.test(left) && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(right.trim())) return `write ${right.trim()} = ${left}`;
  const derivative = PRIMED.exec(left) ?? QUOTIENT.exec(left);
  if (derivative) {
    const [, of, by = of === 'x' ? 't' : 'x'] = derivative;
    return `differential equations are not solved; the derivative of ${of} = … is written diff(${of}, ${by})`;
  }
  return `equations are not solved; for the difference of both sides write ${difference(left, right.trim())}`;
}

function difference(left: string, right: string): string {
  if (/^0(?:\.0*)?$/.test(right)) return left;
  // A product or a power needs no brackets.
  const sum = /[-+−<>?]|\b(?:and|or|not)\b/.test(right.replace(/\([^()]*\)/g, ''));
  return `${left} - ${sum ? `(${right})` : right}`;
}
