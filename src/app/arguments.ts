import { InvalidArgumentError } from 'commander';
import { delimiterSaid, SAID_DELIMITERS } from '../data/dialect.ts';
import { selectors } from '../data/selection.ts';
import { givenName } from '../language/names.ts';
import type { ShapeOption } from '../model/model.ts';

/** Readers of option values. What they refuse is wrong usage. */

const names = (text: string): string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);

/** An option that may be given several times. */
export const collected = (text: string, before: readonly string[] = []): string[] => [...before, text];

export type Shapes = Readonly<Record<string, ShapeOption>>;

/** `X=2,m` declares the shape [2, m], `c=` a scalar. */
export function shape(text: string, before?: Shapes): Shapes {
  const [name, dims] = pair(text, 'X=2,m');
  return added(
    before,
    name,
    names(dims).map((dim) => (/^\d+$/.test(dim) ? Number(dim) : dim)),
  );
}

/** `x=2`: the text of its value by the name. */
export function setting(text: string, before?: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [name, value] = pair(text, 'x=2');
  return added(before, name, value);
}

/** `X=x1,x2`: the columns of a table that fill X. */
export function columns(
  text: string,
  before?: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, readonly string[]>> {
  const [name, list] = pair(text, 'X=x1,x2');
  const found = selectors(list);
  if (found.length === 0) throw new InvalidArgumentError('It is written X=x1,x2.');
  return added(before, name, found);
}

/** `Y=no,yes`: the classes of a one-hot name. */
export function classes(
  text: string,
  before?: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, readonly string[]>> {
  const [name, list] = pair(text, 'Y=no,yes');
  const found = selectors(list);
  if (found.length === 0) throw new InvalidArgumentError('It is written Y=no,yes.');
  return added(before, name, found);
}

/** The name of a sign, or the sign. */
export function delimiter(text: string): string {
  const sign = delimiterSaid(text);
  if (sign === undefined) throw new InvalidArgumentError(`It is one of these: ${SAID_DELIMITERS}.`);
  return sign;
}

/** `W: dZ*X'`: a derivative that somebody wrote; `W = dZ*X'` too. */
export function claim(text: string, before?: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const named = /^\s*[\p{L}_][\p{L}\p{M}\p{N}_]*\s*(?::(?!=)|=(?!=))/u.test(text);
  if (!named && text.trim() !== '')
    throw new InvalidArgumentError(`It is written W: dZ*X', with the name that is derived by: x: ${text.trim()}.`);
  const [name, derivative] = pair(text, "W: dZ*X'", text.includes(':') ? ':' : '=');
  if (derivative === '') throw new InvalidArgumentError("It is written W: dZ*X'.");
  return added(before, name, derivative);
}

/** The same record with one name more: thousands may be given, and it is nobody else's. */
function added<T>(before: Readonly<Record<string, T>> | undefined, given: string, value: T): Readonly<Record<string, T>> {
  const all: Record<string, T> = before ?? Object.create(null);
  const name = givenName(given);
  if (Object.hasOwn(all, name)) throw twice(name);
  all[name] = value;
  return all;
}

const twice = (name: string) => new InvalidArgumentError(`${name} is given twice.`);

function pair(text: string, example: string, sign = '='): readonly [string, string] {
  const at = text.indexOf(sign);
  const name = text.slice(0, Math.max(0, at)).trim();
  if (name === '') throw new InvalidArgumentError(`It is written ${example}.`);
  return [name, text.slice(at + 1).trim()];
}
