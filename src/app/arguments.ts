import { InvalidArgumentError } from 'commander';
import type { ShapeOption } from '../calculus/check.ts';
import { givenName } from '../language/names.ts';

/** Readers of option values. What they refuse is wrong usage. */

export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('A number is expected.');
  return value;
}

export function positive(text: string): number {
  const value = number(text);
  if (value <= 0) throw new InvalidArgumentError('A number above 0 is expected.');
  return value;
}

/** A whole number of at least `least`, and at most `most`. */
export const whole =
  (least: number, most = Number.MAX_SAFE_INTEGER) =>
  (text: string): number => {
    const value = number(text);
    if (!Number.isSafeInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`A whole number${range(least, most)} is expected.`);
    return value;
  };

function range(least: number, most: number): string {
  if (most < Number.MAX_SAFE_INTEGER) return ` from ${least} to ${most}`;
  return Number.isFinite(least) ? ` from ${least} on` : '';
}

export const names = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

/** An option that may be given several times. */
export const collected = (text: string, before: readonly string[] = []): string[] => [...before, text];

export type Shapes = Readonly<Record<string, ShapeOption>>;

/** `X=2,m` declares the shape [2, m], `c=` a scalar. */
export function shape(text: string, before: Shapes = {}): Shapes {
  const [name, dims] = pair(text, 'X=2,m');
  return { ...before, [givenName(name)]: names(dims).map((dim) => (/^\d+$/.test(dim) ? Number(dim) : dim)) };
}

/** `x=2`: the name and the text of its value. */
export function setting(
  text: string,
  before: readonly (readonly [string, string])[] = [],
): readonly (readonly [string, string])[] {
  return [...before, pair(text, 'x=2')];
}

/** `W: dZ*X'`: a derivative that somebody wrote. */
export function claim(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [name, derivative] = pair(text, "W: dZ*X'", ':');
  return { ...before, [name]: derivative };
}

function pair(text: string, example: string, sign = '='): readonly [string, string] {
  const at = text.indexOf(sign);
  const name = text.slice(0, Math.max(0, at)).trim();
  if (name === '') throw new InvalidArgumentError(`It is written ${example}.`);
  return [name, text.slice(at + 1).trim()];
}
