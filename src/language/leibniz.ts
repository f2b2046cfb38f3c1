import { GradusError } from './diagnostics.ts';
import { canonicalName } from './names.ts';
import { DERIVATIVE } from './precedence.ts';
import { lowerScript } from './scripts.ts';
import type { Token } from './tokens.ts';
import type { Expr, Name, Span } from './tree.ts';
import type { WrittenNames } from './written-names.ts';

/**
 * Derivatives as Leibniz wrote them: `d/dx`, `d²/dx²`, `∂/∂x` before what is derived, or around it, `∂f/∂x`, `d²f/dx²`,
 * `∂²f/∂x∂y`. A quotient of names that the source declares stays one.
 */
export interface Leibniz {
  /** What the derivative's call has behind what is derived: names, each with its order if that is not 1. */
  readonly by: readonly Expr[];
  readonly end: number;
  /** Where what is derived stands between the signs; it follows them where this is left out. */
  readonly of?: Span & { readonly name: string | undefined };
  /** What follows is in parentheses. */
  readonly bracketed?: boolean;
}

const NAME = '[\\p{L}_][\\p{L}\\p{M}\\p{Nd}_₀-₉]*';
const ORDER = '(?:\\^[ \\t]*\\d+|[¹²³⁴-⁹]+)';
/** Another name to derive by, and not the beginning of the next quotient. */
const MORE = `[ \\t]*∂[ \\t]*${NAME}(?:${ORDER})?(?![\\p{L}\\p{Nd}_]|[ \\t]*[/(])`;
const BY = `(?:[d∂][ \\t]*${NAME}(?:${ORDER})?)(?:${MORE})*`;
const BEFORE = new RegExp(
  `[d∂](?<order>${ORDER})?[ \\t]*/[ \\t]*(?<by>${BY})(?<next>[ \\t]*\\(|[ \\t]+[\\p{L}\\d√∛½¼¾⅓⅔Σ|‖])`,
  'uy',
);
const AROUND = new RegExp(
  `(?<sign>[d∂])(?<order>${ORDER})?[ \\t]*(?<of>${NAME}(?:\\([^()\\n]*\\))?)[ \\t]*/[ \\t]*(?<by>${BY})`,
  'uyd',
);

/** The derivative that begins here, if one does. */
export function leibniz(text: string, start: number, names: WrittenNames): Leibniz | undefined {
  return before(text, start, names) ?? around(text, start, names);
}

function before(text: string, start: number, names: WrittenNames): Leibniz | undefined {
  BEFORE.lastIndex = start;
  const match = BEFORE.exec(text);
  if (!match) return undefined;
  const { order, by, next } = match.groups!;
  const end = start + match[0].length - next!.length;
  const found = byNames(by!, end - by!.length, orderOf(order));
  if (!found) return undefined;
  const bracketed = next!.trim() === '(';
  if (bracketed && isFunction(text, end, found, names)) return undefined;
  // d/dx( is a derivative unless the source has a function dx.
  if (bracketed && !order && text.startsWith('d/d', start)) {
    if (names.parameters(`d${nameOf(found[0]!)}`)) return undefined;
  } else if (text[start] === 'd' && (names.declares('d') || declared(found, names))) return undefined;
  return { by: found, end, bracketed };
}

function around(text: string, start: number, names: WrittenNames): Leibniz | undefined {
  AROUND.lastIndex = start;
  const match = AROUND.exec(text);
  if (!match) return undefined;
  const { sign, order, of, by } = match.groups!;
  const end = start + match[0].length;
  const found = byNames(by!, end - by!.length, orderOf(order));
  if (!found) {
    const [name] = of!.split('(');
    // With a dy of its own it is a quotient.
    const isQuotient = sign === 'd' && (names.declares(`d${name}`) || names.declares('d') || !names.declares(name!));
    if (isQuotient) return undefined;
    throw unlike(text, start, end, sign!, of!, by!, orderOf(order));
  }
  const [from, to] = match.indices!.groups!.of!;
  if (sign === 'd') {
    if (declared(found, names) || names.declares('d') || isFunction(text, end, found, names)) return undefined;
    const [name, call] = of!.split('(');
    // dot(a, b)/dx is a quotient where there is no function ot.
    if (call !== undefined && text[start + 1] === name![0] && !isLetter(name!) && !names.declares(name!)) return undefined;
    // df/dx is a quotient where there is a df, or no f.
    if (!order && (names.declares(`d${name}`) || (call === undefined && !names.declares(name!)))) return undefined;
  }
  return { by: found, end, of: { start: from, end: to, name: of!.includes('(') ? undefined : canonicalName(of!) } };
}

/** `dy/dx²`: twice below the line, once above it. */
function unlike(text: string, start: number, end: number, sign: string, of: string, by: string, order: number): GradusError {
  const [, name = '', times] = new RegExp(`^[d∂][ \\t]*(${NAME})(${ORDER})?$`, 'u').exec(by) ?? [];
  const most = Math.max(order, orderOf(times));
  const hint = name && `write ${sign}^${most} ${of}/${sign}${name}^${most}`;
  return new GradusError('syntax', `${text.slice(start, end)} has not the same order above and below the line`, {
    span: { start, end },
    ...(hint && { hint }),
  });
}

const orderOf = (text: string | undefined): number => (text ? Number(lowerScript(text.replace('^', '')).trim()) : 1);

const nameOf = (expr: Expr): string => (expr as Name).name;

const declared = (by: readonly Expr[], names: WrittenNames): boolean =>
  by.some((expr) => expr.kind === 'name' && names.declares(`d${expr.name}`));

/** One letter, perhaps with an index: what a name is that nobody introduced. */
const isLetter = (name: string): boolean => /^\p{L}\p{M}*[\p{Nd}_₀-₉]*$/u.test(name);

/** The text has `det(` below the line, and no et: that is the function's name, and a quotient. */
function isFunction(text: string, end: number, by: readonly Expr[], names: WrittenNames): boolean {
  if (text[end] !== '(') return false;
  const last = by.findLast((expr) => expr.kind === 'name') as Name;
  return text[last.span.start] === 'd' && !isLetter(last.name) && !names.uses(last.name);
}

/** `dx²`, `∂x∂y`: the names with their orders, which add up to the order above. */
function byNames(text: string, start: number, order: number): Expr[] | undefined {
  const found: Expr[] = [];
  let sum = 0;
  for (const match of text.matchAll(new RegExp(`[d∂][ \\t]*(${NAME})(${ORDER})?`, 'gu'))) {
    const span = { start: start + match.index, end: start + match.index + match[0].length };
    const times = orderOf(match[2]);
    sum += times;
    found.push({ kind: 'name', name: canonicalName(match[1]!), span });
    if (times > 1) found.push({ kind: 'number', text: String(times), span });
  }
  return sum === order ? found : undefined;
}

interface LeibnizTokens {
  readonly tokens: readonly Token[];
  /** Where a call that is derived ends: its own tokens follow, then a bracket closes. */
  readonly inside?: number;
}

/** The tokens of the call that a derivative is, or of what stands before what is derived. */
export function leibnizTokens({ by, end, of, bracketed }: Leibniz, start: number, names: WrittenNames): LeibnizTokens {
  const sign = { text: DERIVATIVE.callee, start, by } as const;
  if (!of)
    return {
      tokens: [
        bracketed
          ? { ...sign, type: 'callee', operator: undefined, end }
          : { ...sign, type: 'prefix', end, operator: DERIVATIVE },
      ],
    };
  const callee: Token = { ...sign, type: 'callee', operator: undefined, end: of.start };
  if (of.name === undefined) return { tokens: inBrackets(callee, []).slice(0, -1), inside: of.end };
  return { tokens: inBrackets(callee, derived(of.name, of, names), end) };
}

/** What stands between the signs: a function of the source is meant of its own parameters. */
function derived(name: string, { start, end }: Span, names: WrittenNames): Token[] {
  const place = { start, end, operator: undefined };
  const parameters = names.parameters(name);
  if (!parameters) return [{ ...place, type: 'name', text: name }];
  const named = parameters.flatMap((text, k): Token[] => [
    ...(k > 0 ? [{ ...place, type: 'punctuation' as const, text: ',' }] : []),
    { ...place, type: 'name', text },
  ]);
  return inBrackets({ ...place, type: 'callee', text: name }, named);
}

/** A call whose brackets are not written. */
function inBrackets(callee: Token, inside: readonly Token[], end = callee.end): Token[] {
  const bracket = { type: 'punctuation', operator: undefined } as const;
  const opening = { ...bracket, text: '(', start: callee.end, end: callee.end };
  return [callee, opening, ...inside, { ...bracket, text: ')', start: end, end }];
}
