import { exponent } from './fold.ts';
import { spanOf } from './run.ts';
import type { Raised, Token } from './tokens.ts';
import type { Expr, Span } from './tree.ts';
import { ELEMENTARY } from './words.ts';
import type { WrittenNames } from './written-names.ts';

/**
 * What mathematicians put between the name of a function and its argument. Each takes the tokens before a bracket or a bar
 * that opens, and gives the callee that they are, with how many of them it takes the place of.
 */
export interface Callee {
  readonly token: Token;
  readonly count: number;
}

/** `sin|x|`: before a bar a name that is known for a function is one. */
export function called(list: readonly Token[], names: WrittenNames): Callee | undefined {
  const last = list[list.length - 1];
  if (last?.type !== 'name' || !isFunction(last.text, names)) return undefined;
  return { token: { ...last, type: 'callee' }, count: 1 };
}

const isFunction = (name: string, names: WrittenNames): boolean =>
  names.parameters(name) !== undefined || (ELEMENTARY.has(name) && !names.declares(name));

/** `sin²(x)`, `sin^2(x)`, `sin^n(x)`, `sin^-1(x)`. */
export function raised(list: readonly Token[], names: WrittenNames): Callee | undefined {
  const last = list[list.length - 1];
  if (!last) return undefined;
  const found = last.type === 'postfix' ? superscript(last) : written(list);
  if (!found) return undefined;
  const name = list[list.length - 1 - found.count];
  if (name?.type !== 'name' || !ELEMENTARY.has(name.text) || names.declares(name.text)) return undefined;
  return { token: { ...name, type: 'callee', raised: found.raised }, count: found.count + 1 };
}

interface Exponent {
  readonly raised: Raised;
  readonly count: number;
}

function superscript(token: Token): Exponent | undefined {
  const { callee, spellings } = token.operator!;
  if (spellings.length > 0) return undefined;
  return { raised: { callee, exponent: exponent(token), at: spanOf(token) }, count: 1 };
}

/** The tokens `^ 2`, `^ n` or `^ - 1`. */
function written(list: readonly Token[]): Exponent | undefined {
  const size = list[list.length - 1]!;
  const before = list[list.length - 2];
  const minus = before?.type === 'prefix' && before.operator!.callee === '-' ? before : undefined;
  const sign = minus ? list[list.length - 3] : before;
  if (sign?.type !== 'infix' || (sign.text !== '^' && sign.text !== '.^')) return undefined;
  if (size.type !== 'number' && !(size.type === 'name' && size.text.length === 1)) return undefined;
  const at: Span = { start: sign.start, end: size.end };
  const span = spanOf(size);
  const positive: Expr =
    size.type === 'number' ? { kind: 'number', text: size.text, span } : { kind: 'name', name: size.text, span };
  const whole: Expr = minus
    ? { kind: 'call', callee: '-', args: [positive], at: spanOf(minus), span: { start: minus.start, end: size.end } }
    : positive;
  return { raised: { callee: sign.text, exponent: whole, at }, count: minus ? 3 : 2 };
}

/** `f'(x)`, `f''(x)` for a function of the source. */
export function primed(list: readonly Token[], names: WrittenNames): Callee | undefined {
  let count = 0;
  while (isPrime(list[list.length - 1 - count])) count++;
  const name = list[list.length - 1 - count];
  if (count === 0 || name?.type !== 'name' || names.parameters(name.text) === undefined) return undefined;
  const { end } = list[list.length - 1]!;
  return { token: { ...name, type: 'callee', text: name.text + "'".repeat(count), end }, count: count + 1 };
}

const isPrime = (token: Token | undefined): boolean => token?.type === 'postfix' && token.text === "'";

/**
 * `X^T`: the `^` before a T that is no name of the source. What it is beside a scalar is known when shapes are.
 * @param after what follows the T
 */
export function transposes(list: readonly Token[], names: WrittenNames, after: string): boolean {
  if (/^\s*[([]/.test(after)) return false;
  const sign = list[list.length - 1];
  const base = list[list.length - 2];
  if (sign?.type !== 'infix' || sign.text !== '^' || !base) return false;
  return base.type !== 'number' && base.text !== 'e' && base.text !== 'pi' && !names.uses('T');
}
