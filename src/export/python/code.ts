import type { Shape } from '../../graph/dimension.ts';
import type { PythonLibrary } from './language.ts';

/** How tightly an expression of Python binds. */
export const LEVEL = { lowest: 0, compare: 1, add: 2, multiply: 3, sign: 4, power: 5, atom: 6 } as const;

/**
 * An expression of Python. Its array may lack axes in front, or have them with length 1, where the node has them longer:
 * the values are the same along these, and stretch by themselves.
 */
export interface Code {
  readonly text: string;
  readonly level: number;
  readonly shape: Shape;
  /** A number of Python's own, no array. */
  readonly host?: true;
  /** What 1 is divided by, if it is that. */
  readonly below?: Code;
}

export const atom = (text: string, shape: Shape): Code => ({ text, level: LEVEL.atom, shape });

export const host = (text: string, level: number = LEVEL.atom): Code => ({ text, level, shape: [], host: true });

/** The text at a place that binds this tightly. */
export const at = ({ text, level }: Code, place: number): string => (level < place ? `(${text})` : text);

/** The shape of arrays that stretch to each other. */
export function stretched(shapes: readonly Shape[]): Shape {
  const rank = Math.max(0, ...shapes.map((s) => s.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.flatMap((s) => (axis - rank + s.length >= 0 ? [s[axis - rank + s.length]!] : []));
    return sizes.find((size) => size !== 1) ?? 1;
  });
}

/** A product, a quotient, a sum: what stands right of − and / binds more tightly. */
export function binary(sign: string, a: Code, b: Code): Code {
  if (sign === '*' && b.below) return binary('/', a, b.below);
  if (sign === '*' && a.below) return binary('/', b, a.below);
  const level = sign === '+' || sign === '-' ? LEVEL.add : LEVEL.multiply;
  const text = `${at(a, level)} ${sign} ${at(b, sign === '+' ? level : level + 1)}`;
  return { text, level, shape: stretched([a.shape, b.shape]), ...(a.host && b.host && { host: true as const }) };
}

/** A power: names and numbers stand close to the sign. */
export function raisedTo(base: string, exponent: string): string {
  const sign = [base, exponent].every((text) => /^[\w.]+$/u.test(text)) ? '**' : ' ** ';
  return `${base}${sign}${exponent}`;
}

/** 1 divided by something. */
export const inverted = (below: Code): Code => ({ ...binary('/', host('1'), below), below });

export const negated = (a: Code): Code => ({ ...a, text: `-${at(a, LEVEL.multiply)}`, level: LEVEL.multiply });

/** The one or the other; two numbers of Python's own would not say which type is meant. */
export function chosen(
  { prefix, number }: Pick<PythonLibrary, 'prefix' | 'number'>,
  condition: Code,
  one: Code,
  other: Code,
): Code {
  const text = `${prefix}where(${condition.text}, ${one.text}, ${other.text})`;
  return atom(one.host && other.host ? number(text) : text, stretched([condition.shape, one.shape, other.shape]));
}
