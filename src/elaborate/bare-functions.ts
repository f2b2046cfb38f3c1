import { GradusError } from '../language/diagnostics.ts';
import { withTranslation } from '../language/elsewhere/index.ts';
import { withIndices } from '../language/elsewhere/sums.ts';
import { HEADS, WORDS } from '../language/elsewhere/words.ts';
import { treeOf } from '../language/parser.ts';
import type { Call, Expr, Name } from '../language/tree.ts';
import { BRACKETED, ELEMENTARY, INVERSES } from '../language/words.ts';

/**
 * Functions without brackets: `sin x`, `2ln x`, `sin^2 x`, `cosx`. Some read `sin 2x y` one way, some another, so the
 * brackets are asked for.
 */

/** @param known whether a name has a meaning of its own here */
type Known = (name: string) => boolean;

/** @throws GradusError `name` for a function that stands as a factor before its argument */
export function refuseBareFunctions({ args }: Call, text: string, known: Known): void {
  const at = args.findIndex((arg, k) => {
    const base = functionOf(arg) ?? headOf(arg, text);
    if (!base || known(base.name)) return false;
    // `x squared`: a word may come last.
    if (k === args.length - 1) return k > 0 && WORDS.has(base.name) && unwritten(text, args[k - 1]!, arg);
    return unwritten(text, arg, args[k + 1]!);
  });
  if (at < 0) return;
  refuseWord(headOf(args[at]!, text) ?? functionOf(args[at]!)!, text);
  // `sum over i of x_i`: a word further on says what the line is.
  const word = args
    .slice(at + 1)
    .map(functionOf)
    .find((base) => base && WORDS.has(base.name) && !known(base.name));
  if (word) refuseWord(word, text);
  let last = at + 1;
  while (last + 1 < args.length && unwritten(text, args[last]!, args[last + 1]!)) last++;
  const { name } = functionOf(args[at]!)!;
  throw new GradusError('name', `${name} is a function, and its argument stands in brackets`, {
    span: { start: args[at]!.span.start, end: args[last]!.span.end },
    hint: `write ${calls(text, args.slice(at, last + 1)).join('*')}`,
  });
}

/** `sin x cos 2y` as `sin(x)`, `cos(2y)`: a function's argument goes on to the next function. */
function calls(text: string, factors: readonly Expr[]): string[] {
  const starts = factors.flatMap((factor, k) => (functionOf(factor) && k < factors.length - 1 ? [k] : []));
  return starts.map((start, k) => {
    const next = starts[k + 1] ?? factors.length;
    if (next === start + 1) return functionOf(factors[start]!)!.name;
    const argument = text.slice(factors[start + 1]!.span.start, factors[next - 1]!.span.end);
    return bracketed(text, factors[start]!, functionOf(factors[start]!)!.name, argument);
  });
}

/** The function's name where an expression is one, or its power: `sin`, `sin^2`, `sin'`. */
function functionOf(expr: Expr): Name | undefined {
  const base = expr.kind === 'call' && EXPONENTS.has(expr.callee) ? expr.args[0]! : expr;
  return base.kind === 'name' &&
    (BRACKETED.has(base.name) || INDEXED.test(base.name) || LOGARITHM.test(base.name) || WORDS.has(base.name))
    ? base
    : undefined;
}

const EXPONENTS = new Set(['^', '.^', 'transpose']);

const unwritten = (text: string, left: Expr, right: Expr): boolean =>
  /^\s*\(*\s*$/.test(text.slice(left.span.end, right.span.start));

/** `sum_i`, `Σ_k`: a sum over an index. */
const INDEXED = /^(?:sum|prod|max|min|mean|Σ|Π)_\p{L}$/u;

/** `log_2 x`: the base stands below. */
const LOGARITHM = /^log_(\d+|\p{L})$/u;

function bracketed(text: string, factor: Expr, name: string, argument: string): string {
  const base = LOGARITHM.exec(name)?.[1];
  if (base !== undefined && factor.kind === 'name') return withBase(base, argument);
  if (INDEXED.test(name)) return withIndices(`${name} ${argument}`);
  if (factor.kind === 'name') return `${name}(${argument})`;
  const mark = text.slice(factor.span.start + name.length, factor.span.end).trim();
  if (/^['ᵀ⊤]+$/.test(mark))
    return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(argument) ? `diff(${name}(${argument}), ${argument})` : `diff(${name}(x), x)`;
  if (!/^(\^\s*(?:-\s*1|\(\s*-\s*1\s*\))|⁻¹)$/.test(mark)) return `${name}(${argument})${mark}`;
  const inverse = INVERSES.get(name);
  return inverse ? `${inverse}(${argument}) or 1/${name}(${argument})` : `1/${name}(${argument})`;
}

const withBase = (base: string, argument: string): string =>
  base === 'e' ? `ln(${argument})` : base === '2' || base === '10' ? `log${base}(${argument})` : `log(${argument}, ${base})`;

const GLUED = new RegExp(
  `^(${[...ELEMENTARY].sort((a, b) => b.length - a.length).join('|')})(\\d*[xyzθφϕ]|(?<=^(?:ln|sqrt))\\d+)$`,
  'u',
);

/** `min_w`. */
const BELOW = /^(?:arg)?(?:min|max)(?:imi[sz]e)?_(?![ijk]$)/;

/** A word that begins a statement elsewhere: `loss w^2`, `let w …`. */
const headOf = (expr: Expr, text: string): Name | undefined =>
  expr.kind === 'name' &&
  (HEADS.has(expr.name) || BELOW.test(expr.name)) &&
  /(?:^|[\n;])\s*$/.test(text.slice(0, expr.span.start))
    ? expr
    : undefined;

/** @throws GradusError `name` for a word that stands beside others as it does elsewhere: `x if c else y` */
function refuseWord({ name, span }: Name, text: string): void {
  const hint = WORDS.get(name);
  const head = HEADS.has(name) || BELOW.test(name);
  if (hint === undefined && !head) return;
  const error = new GradusError('name', `${name} is no word of the language`, { span, ...(hint && { hint }) });
  const told = withTranslation(error, text, treeOf);
  // `min x` may be a call.
  if (told.hint !== undefined || !BRACKETED.has(name)) throw told;
}

/**
 * A name that nothing declares, and nobody would choose: `cosx`, `sin2x`.
 * @throws GradusError `name` for one
 */
export function refuseGlued({ name, span }: Name): void {
  // log2 is a function of its own.
  const match = ELEMENTARY.has(name) ? null : GLUED.exec(name);
  if (!match) return;
  throw new GradusError('name', `${name} is no name here: the argument of ${match[1]} stands in brackets`, {
    span,
    hint: `write ${match[1]}(${match[2]})`,
  });
}
