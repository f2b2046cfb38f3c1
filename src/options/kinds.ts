import { came, isRecord } from '../language/came.ts';
import { GradusError, nearest } from '../language/diagnostics.ts';
import { givenName } from '../language/names.ts';
import type { GivenInputs } from '../numeric/binding.ts';
import { Tensor } from '../numeric/tensor.ts';

/**
 * What an argument or an option may be. `wrong` says what is not as it should be, and where within the value; what can be
 * typed on a command line says how it is read there.
 */
export interface Kind<T> {
  /** `a whole number from 1 on`: what stands behind "is". */
  readonly expected: string;
  readonly wrong: (value: unknown) => Wrong | undefined;
  /** `<n>` in the help, and the value of a text; none for what stands alone, or cannot be typed. */
  readonly typed?: { readonly placeholder: string; readonly read: (text: string) => unknown };
  /** The only values there are. */
  readonly choices?: readonly string[];
  /** Of the type alone: a kind of T is one of anything wider. */
  readonly of?: T;
}

/** What is not as it should be. */
interface Wrong {
  /** Where within the value: `.x[1]`; left out, the whole. */
  readonly at?: string;
  readonly expected: string;
  readonly value: unknown;
  readonly hint?: string | undefined;
}

function kind<T>(expected: string, fits: (value: unknown) => boolean, more: Omit<Kind<T>, 'expected' | 'wrong'> = {}): Kind<T> {
  return { expected, wrong: (value) => (fits(value) ? undefined : { expected, value }), ...more };
}

const numeral = { placeholder: 'n', read: (text: string) => (text.trim() === '' ? Number.NaN : Number(text)) };

/** A whole number of at least `least`, and at most `most`. */
export function whole(least = Number.NEGATIVE_INFINITY, most = Number.MAX_SAFE_INTEGER): Kind<number> {
  const range = most < Number.MAX_SAFE_INTEGER ? ` from ${least} to ${most}` : Number.isFinite(least) ? ` from ${least} on` : '';
  const fits = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
  return kind(`a whole number${range}`, fits, { typed: numeral });
}

export const positive: Kind<number> = kind(
  'a number above 0',
  (value) => typeof value === 'number' && Number.isFinite(value) && value > 0,
  { typed: { ...numeral, placeholder: 'x' } },
);

/** From 0 on, and below a bound where there is one. */
export const share = (below = Number.POSITIVE_INFINITY): Kind<number> =>
  kind(
    Number.isFinite(below) ? `a number from 0 to below ${below}` : 'a number from 0 on',
    (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0 && value < below,
    { typed: { ...numeral, placeholder: 'x' } },
  );

export const flag: Kind<boolean> = kind('true or false', (value) => typeof value === 'boolean');

export function oneOf<T extends string>(choices: readonly T[], placeholder: string): Kind<T> {
  const expected = `one of ${choices.join(', ')}`;
  return {
    expected,
    wrong(value) {
      if ((choices as readonly unknown[]).includes(value)) return undefined;
      const near = typeof value === 'string' ? nearest(value, choices) : undefined;
      return { expected, value, hint: near && `did you mean ${near}?` };
    },
    choices,
    typed: { placeholder, read: (text) => text },
  };
}

/** One of some names, or a function in their place. */
export function namedOrOwn<T extends string, F>(choices: readonly T[]): Kind<T | F> {
  const named = oneOf(choices, 'name');
  return { ...named, wrong: (value) => (typeof value === 'function' ? undefined : named.wrong(value)) } as Kind<T | F>;
}

/** A text of a form; a number that is written like that is as good. */
export const counted = (form: RegExp, expected: string, placeholder: string): Kind<string | number> =>
  kind(expected, (value) => (typeof value === 'string' || typeof value === 'number') && form.test(String(value)), {
    typed: { placeholder, read: (text) => text },
  });

const NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u;
const isName = (value: unknown): value is string => typeof value === 'string' && NAME.test(givenName(value));

export const name: Kind<string> = kind('a name such as "x"', isName, {
  typed: { placeholder: 'name', read: (text) => text.trim() },
});

/** A name, or a list of some. */
const NAMES = 'a name or a list of names';

export const names: Kind<string | readonly string[]> = {
  expected: NAMES,
  wrong(value) {
    if (isName(value)) return undefined;
    if (!Array.isArray(value)) return { expected: NAMES, value, hint: severalNames(value) };
    const at = value.findIndex((entry) => !isName(entry));
    return at < 0 ? undefined : { at: `[${at}]`, expected: name.expected, value: value[at] };
  },
  typed: {
    placeholder: 'names',
    read: (text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
  },
};

/** `'x, y'` was meant as a list. */
function severalNames(value: unknown): string | undefined {
  const parts = typeof value === 'string' ? value.split(/[\s,;]+/).filter(Boolean) : [];
  return parts.length > 1 && parts.every(isName) ? `write ${listText(parts)}` : undefined;
}

const listText = (parts: readonly (string | number)[]): string =>
  `[${parts.map((part) => (typeof part === 'number' ? part : `'${part}'`)).join(', ')}]`;

/** A record, or a Map, whose keys are names. */
function record<T>(expected: string, entry: (value: unknown) => Wrong | undefined, least = 0): Kind<Readonly<Record<string, T>>> {
  return {
    expected,
    wrong(value) {
      if (!isRecord(value)) return { expected, value };
      const entries = Object.entries(value);
      if (entries.length < least) return { expected, value };
      for (const [key, part] of entries) {
        const wrong = entry(part);
        if (wrong) return { ...wrong, at: `.${key}${wrong.at ?? ''}` };
      }
      return undefined;
    },
  };
}

const SHAPE = "a list of lengths such as [2, 'm']";
const LENGTH = "a length: a whole number from 0 on, or a text such as 'n' or 'k+1'";
const isLength = (value: unknown): boolean =>
  typeof value === 'string'
    ? /[^\s,]/.test(value) && !value.includes(',')
    : Number.isSafeInteger(value) && (value as number) >= 0;

/** Shapes by name: lists, so that one length and a text of several cannot be taken for one another. */
export const shapes: Kind<Readonly<Record<string, readonly (number | string)[]>>> = record(
  "an object of shapes by name such as { X: [2, 'm'] }",
  (shape) => {
    if (!Array.isArray(shape)) return { expected: SHAPE, value: shape, hint: asShape(shape) };
    const at = shape.findIndex((length) => !isLength(length));
    return at < 0 ? undefined : { at: `[${at}]`, expected: LENGTH, value: shape[at] };
  },
);

/** The list that a number or a text of lengths stands for. */
function asShape(shape: unknown): string | undefined {
  const parts = typeof shape === 'number' ? [shape] : typeof shape === 'string' ? lengthsIn(shape) : [];
  return parts.length > 0 && parts.every(isLength) ? `write ${listText(parts)}` : undefined;
}

const lengthsIn = (text: string): (number | string)[] =>
  text
    .replace(/^\s*\[|\]\s*$/g, '')
    .split(/[,×]/)
    .map((part) => part.trim())
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** Texts by name, of one name at least. */
export const claims: Kind<Readonly<Record<string, string>>> = record(
  `an object of derivatives by name such as { W: "dZ*X'" }`,
  (text) => (typeof text === 'string' && text.trim() !== '' ? undefined : { expected: 'a derivative as text', value: text }),
  1,
);

/** Lists of words by name. */
export const wordLists: Kind<Readonly<Record<string, readonly string[]>>> = record(
  "an object of lists of words by name such as { Y: ['no', 'yes'] }",
  (list) =>
    Array.isArray(list) && list.every((word) => typeof word === 'string')
      ? undefined
      : { expected: 'a list of words', value: list },
);

/** A tensor has no names, though it is an object. */
const isOfNames = (value: unknown): boolean => (isRecord(value) && !(value instanceof Tensor)) || value instanceof Map;

/** Values by name; each value is looked at when it is bound. */
export const values: Kind<GivenInputs> = kind('an object (or a Map) of values by name such as { x: 2 }', (value) =>
  isOfNames(value),
);

/** Values by name, or batches of them. */
export const trainData: Kind<unknown> = kind(
  'an object (or a Map) of values by name such as { x: [1, 2] }, or an iterable of such',
  (value) =>
    isOfNames(value) ||
    typeof value === 'function' ||
    (typeof value === 'object' && value !== null && (Symbol.iterator in value || Symbol.asyncIterator in value)),
);

export const callback = <A>(): Kind<(told: A) => void> => kind('a function', (value) => typeof value === 'function');

export const signal: Kind<AbortSignal> = kind(
  "an AbortController's signal",
  (value) => typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value,
);

/** An object that has what another one has. */
export const like = <T extends object>(expected: string, model: T): Kind<T> =>
  kind(expected, (value) => isRecord(value) && Object.keys(model).every((key) => key in value));

/** A text and nothing else. */
export const text: Kind<string> = kind('a text', (value) => typeof value === 'string');

/** A text, or what is written as one: an `Expression`, a node of mathjs. */
export const source: Kind<unknown> = kind(
  'a text, an Expression or a node of mathjs',
  (value) =>
    typeof value === 'string' ||
    (typeof value === 'object' && value !== null && ('toUnicode' in value || ('isNode' in value && value.isNode === true))),
);

/**
 * @param name of the argument or the option
 * @throws GradusError `argument` that says what was expected and what came: `shapes.x is a list of lengths …, not 3`
 */
export function require(name: string, { wrong }: Kind<unknown>, value: unknown, otherwise?: string): void {
  const found = wrong(value);
  if (!found) return;
  const { at = '', expected, value: part, hint = otherwise } = found;
  throw new GradusError('argument', `${name}${at} is ${expected}, not ${came(part)}`, { hint });
}
