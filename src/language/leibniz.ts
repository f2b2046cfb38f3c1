import { GradusError } from './diagnostics.ts';
import { whenAsked } from './elsewhere/pattern.ts';
import { canonicalName } from './names.ts';
import { DERIVATIVE } from './precedence.ts';
import { lowerScript } from './scripts.ts';
import type { Token } from './tokens.ts';
import type { Expr, Name, Span } from './tree.ts';
import type { WrittenNames } from './written-names.ts';

/**
 * Derivatives as Leibniz wrote them: `d/dx`, `d²/dx²`, `∂/∂x` before what is derived, or around it, `∂f/∂x`, `d²f/dx²`,
 * `∂²f/∂x∂y`, `∂²f/(∂x ∂y)`. A quotient of names that the source declares stays one.
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
const ONE = `[d∂][ \\t]*${NAME}(?:${ORDER})?`;
/** Names to derive by: each further one is not the beginning of what follows; in brackets they are all there is. */
const byNamesUpTo = (sign: string, next: string): string => {
  const more = `${sign}[ \\t]*${NAME}(?:${ORDER})?(?![\\p{L}\\p{Nd}_]|[ \\t]*${next})`;
  return `(?<by>${ONE}(?:${more})*|\\([ \\t]*${ONE}(?:[ \\t*·]*${ONE})*[ \\t]*\\))`;
};
const before = (by: string) =>
  new RegExp(`[d∂](?<order>${ORDER})?[ \\t]*/[ \\t]*${by}(?:[ \\t]*(?=[(∂])|[ \\t]+(?=[\\p{L}\\d√∛½¼¾⅓⅔Σ|‖]))`, 'uyd');
const around = (by: string) =>
  new RegExp(`(?<sign>[d∂])(?<order>${ORDER})?[ \\t]*(?<of>${NAME}(?:\\([^()\\n]*\\))?)[ \\t]*/[ \\t]*${by}`, 'uyd');
/** Where the orders above and below the line are not the same, the names are read otherwise: with what stands in brackets behind. */
const BEFORE = whenAsked(() => ['[/(]', '/'].map((next) => before(byNamesUpTo('[ \\t]*∂', next))));
const AROUND = whenAsked(() => ['[ \\t]*∂', '(?:[ \\t]*∂|[ \\t]+d)'].map((sign) => around(byNamesUpTo(sign, '[/(]'))));

/** A match with the names in it, if their orders add up. */
interface Matched {
  readonly match: RegExpExecArray;
  readonly order: number;
  readonly by: readonly Expr[] | undefined;
}

/** The first form whose orders add up; otherwise the first that fits. */
function matched(forms: readonly RegExp[], text: string, start: number): Matched | undefined {
  let first: Matched | undefined;
  for (const form of forms) {
    form.lastIndex = start;
    const match = form.exec(text);
    if (!match) continue;
    const order = orderOf(match.groups!.order);
    const found = { match, order, by: byNames(match.groups!.by!, match.indices!.groups!.by![0], order) };
    if (found.by) return found;
    first ??= found;
  }
  return first;
}

/** The derivative that begins here, if one does. */
export function leibniz(text: string, start: number, names: WrittenNames): Leibniz | undefined {
  return standingBefore(text, start, names) ?? standingAround(text, start, names);
}

function standingBefore(text: string, start: number, names: WrittenNames): Leibniz | undefined {
  const { match, order, by } = matched(BEFORE(), text, start) ?? {};
  if (!match || !by) return undefined;
  const end = match.indices!.groups!.by![1];
  const bracketed = text[start + match[0].length] === '(';
  if (bracketed && isFunction(text, end, by, names)) return undefined;
  // d/dx( is a derivative unless the source has a function dx.
  if (bracketed && order === 1 && text.startsWith('d/d', start)) {
    if (names.parameters(`d${nameOf(by[0]!)}`)) return undefined;
  } else if (text[start] === 'd' && (names.declares('d') || declared(by, names))) return undefined;
  return { by, end, bracketed };
}

function standingAround(text: string, start: number, names: WrittenNames): Leibniz | undefined {
  const { match, order = 1, by: found } = matched(AROUND(), text, start) ?? {};
  if (!match) return undefined;
  const { sign, of, by } = match.groups!;
  const end = start + match[0].length;
  if (!found) {
    const [name] = of!.split('(');
    // With a dy of its own it is a quotient.
    const isQuotient = sign === 'd' && (names.declares(`d${name}`) || names.declares('d') || !names.declares(name!));
    if (isQuotient) return undefined;
    throw unlike(text, start, end, sign!, of!, by!, order);
  }
  const [from, to] = match.indices!.groups!.of!;
  if (sign === 'd') {
    if (declared(found, names) || names.declares('d') || isFunction(text, end, found, names)) return undefined;
    const [name, call] = of!.split('(');
    // dot(a, b)/dx is a quotient where there is no function ot.
    if (call !== undefined && text[start + 1] === name![0] && !isLetter(name!) && !names.declares(name!)) return undefined;
    // df/dx is a quotient where there is a df, or no f.
    if (order === 1 && (names.declares(`d${name}`) || (call === undefined && !names.declares(name!)))) return undefined;
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

/** `dx²`, `∂x∂y`, `dxdy`: the names with their orders, which add up to the order above. */
function byNames(text: string, start: number, order: number): Expr[] | undefined {
  const found: Expr[] = [];
  let sum = 0;
  for (const match of text.matchAll(differentials(text, order))) {
    const span = { start: start + match.index, end: start + match.index + match[0].length };
    const times = orderOf(match[2]);
    sum += times;
    found.push({ kind: 'name', name: canonicalName(match[1]!), span });
    if (times > 1) found.push({ kind: 'number', text: String(times), span });
  }
  return sum === order ? found : undefined;
}

/** Beside a higher order `dxdy` are two letters. */
const differentials = (text: string, order: number): RegExp =>
  order > 1 && /^(?:d\p{L}){2,}$/u.test(text) ? /d(\p{L})()/gu : new RegExp(`[d∂][ \\t]*(${NAME})(${ORDER})?`, 'gu');

interface LeibnizTokens {
  readonly tokens: readonly Token[];
  /** Where a call that is derived ends: its own tokens follow, then a bracket closes. */
  readonly inside?: number;
}

/** The tokens of the call that a derivative is, or of what stands before what is derived. */
export function leibnizTokens({ by, end, of, bracketed }: Leibniz, start: number): LeibnizTokens {
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
  return {
    tokens: inBrackets(callee, [{ type: 'name', text: of.name, start: of.start, end: of.end, operator: undefined }], end),
  };
}

/** A call whose brackets are not written. */
function inBrackets(callee: Token, inside: readonly Token[], end = callee.end): Token[] {
  const bracket = { type: 'punctuation', operator: undefined } as const;
  const opening = { ...bracket, text: '(', start: callee.end, end: callee.end };
  return [callee, opening, ...inside, { ...bracket, text: ')', start: end, end }];
}
