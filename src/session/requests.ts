import { canonicalName } from '../language/names.ts';
import { parse } from '../language/parser.ts';

/** What can be asked of a session, and asked again in another form. */
export type Request =
  | { readonly kind: 'expression'; readonly text: string }
  /** An objective of '' is the session's own; `by` left empty, what there is to derive by. */
  | { readonly kind: 'derivation'; readonly objective: string; readonly by: readonly string[] };

/** A request as it was typed, with the place of its objective and of each name. */
export interface Asked {
  readonly objective: { readonly text: string; readonly at: number };
  readonly by: readonly { readonly name: string; readonly at: number; readonly end: number }[];
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
  for (const form of FORMS) {
    const match = form.exec(line);
    if (match) return found(match);
  }
  const short = SHORT.exec(line);
  if (!short) return undefined;
  const { objective, outer } = short.groups!;
  return named(objective!) && !named(`d${objective}`) && !named(`d${outer}`) ? found(short) : undefined;
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
