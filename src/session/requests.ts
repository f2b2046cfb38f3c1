import { LIMITS } from '../language/limits.ts';
import { canonicalName } from '../language/names.ts';
import { parse } from '../language/parser.ts';

/** A derivative. An objective of '' is the session's own; `by` left empty, what there is to derive by. */
export interface Derivative {
  readonly kind: 'derivation';
  readonly objective: string;
  readonly by: readonly string[];
  readonly order: number;
}

/** What can be asked of a session, and asked again in another form. */
export type Request = { readonly kind: 'expression'; readonly text: string } | Derivative;

/** A request as it was typed, with the place of its objective and of each name. */
export interface Asked {
  readonly objective: { readonly text: string; readonly at: number };
  readonly by: readonly { readonly name: string; readonly at: number; readonly end: number }[];
  /** 2 for a second derivative; 1 if left out. */
  readonly order?: number;
}

const NAME = String.raw`[\p{L}_][\p{L}\p{M}\p{N}_₀-₉]*`;
const NAMES = String.raw`${NAME}(?:\s*,\s*${NAME})*`;
/** `W`, `(W, b)`, `W, b`. */
const BY = String.raw`(?:\(\s*(?<inner>${NAMES})\s*\)|(?<outer>${NAMES}))`;

/** How a derivative is asked for. */
const FORMS: readonly RegExp[] = [
  // d Cost / d W, ∂Cost/∂W, d(x^2)/dx
  new RegExp(String.raw`^\s*(?:d\s+|d(?=\()|∂\s*)(?!=)(?<objective>.*?\S)\s*/\s*[d∂]\s*${BY}\s*$`, 'dsu'),
  // d/dW Cost, ∂/∂x (x^2·y)
  new RegExp(String.raw`^\s*[d∂]\s*/\s*[d∂]\s*${BY}(?:\s+|(?=\())(?<objective>\S.*?)\s*$`, 'dsu'),
];

/** The order of a derivative, as it stands behind d and behind the name. */
const order = (place: string): string => String.raw`(?:(?<${place}Sign>[²³⁴⁵⁶⁷⁸⁹])|\^\s*(?<${place}>\d+))`;
const HIGHER: readonly RegExp[] = [
  // d²/dx² x^4, d^3/dx^3 f
  new RegExp(
    String.raw`^\s*[d∂]${order('top')}\s*/\s*[d∂]\s*(?<outer>${NAME})${order('below')}(?:\s+|(?=\())(?<objective>\S.*?)\s*$`,
    'dsu',
  ),
  // d²f/dx², ∂²(x^4)/∂x²
  new RegExp(
    String.raw`^\s*[d∂]${order('top')}\s*(?<objective>${NAME}|\(.*\))\s*/\s*[d∂]\s*(?<outer>${NAME})${order('below')}\s*$`,
    'dsu',
  ),
];
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `dCost/dW`, which is a quotient where there are such names. */
const SHORT = new RegExp(String.raw`^\s*d(?<objective>${NAME})\s*/\s*d(?<outer>${NAME})\s*$`, 'du');

const DERIVE = /^\s*derive(?![\p{L}\p{N}_]|\s*=)\s*(?<rest>.*?)\s*$/dsu;

/**
 * A derivative that is asked for: `d Cost / d W`, `d/dW Cost`, `∂Cost/∂W`, `dCost/dW`, `derive Cost W`; undefined for
 * anything else.
 * @param named whether the session knows a name
 */
export function askedDerivative(line: string, named: (name: string) => boolean = () => false): Asked | undefined {
  const derive = DERIVE.exec(line);
  if (derive) return split(derive.groups!.rest!, derive.indices!.groups!.rest![0]);
  for (const form of HIGHER) {
    const match = form.exec(line);
    if (match && isWhole(match.groups!.objective!, named)) return ofOrder(match);
  }
  for (const form of FORMS) {
    const match = form.exec(line);
    if (match) return found(match);
  }
  const short = SHORT.exec(line);
  if (!short) return undefined;
  const { objective, outer } = short.groups!;
  return named(objective!) && !named(`d${objective}`) && !named(`d${outer}`) ? found(short) : undefined;
}

/** A name that is known, or an expression. */
const isWhole = (objective: string, named: (name: string) => boolean): boolean =>
  !new RegExp(`^${NAME}$`, 'u').test(objective) || named(canonicalName(objective));

/** Undefined where the two orders differ, which the language tells. */
function ofOrder(match: RegExpExecArray): Asked | undefined {
  const { top, topSign, below, belowSign } = match.groups!;
  const [above, under] = [Number(top ?? SUPERSCRIPTS.indexOf(topSign!)), Number(below ?? SUPERSCRIPTS.indexOf(belowSign!))];
  return above === under && above > 0 && above <= LIMITS.order ? { ...found(match), order: above } : undefined;
}

function found({ groups, indices }: RegExpExecArray): Asked {
  const where = indices!.groups!;
  const names = groups!.inner ?? groups!.outer!;
  const [start] = where[groups!.inner === undefined ? 'outer' : 'inner']!;
  return { objective: { text: groups!.objective!, at: where.objective![0] }, by: namesIn(names, start) };
}

function namesIn(text: string, start: number): Asked['by'] {
  return [...text.matchAll(new RegExp(NAME, 'gu'))].map(({ 0: name, index }) => ({
    name: canonicalName(name),
    at: start + index,
    end: start + index + name.length,
  }));
}

const TAIL = new RegExp(String.raw`(?<=\S)[\s,]\s*(?<names>${NAME}(?:[\s,]+${NAME})*)$`, 'du');

/** What stands behind `derive`: an expression, then the names that it is derived by, if any. */
function split(rest: string, at: number): Asked {
  const whole = { objective: { text: rest, at }, by: [] };
  const match = TAIL.exec(rest);
  if (!match) return whole;
  // `derive x^2 * y` has no names: what stands before them must be whole.
  const [start] = match.indices!.groups!.names!;
  const objective = rest.slice(0, match.index);
  const [first, ...more] = namesIn(match.groups!.names!, at + start);
  const by = first!.name === 'by' && more.length > 0 ? more : [first!, ...more];
  return readable(objective) ? { objective: { text: objective, at }, by } : whole;
}

function readable(text: string): boolean {
  try {
    return parse(text).statements.length === 1;
  } catch {
    return false;
  }
}
