import type { NameSet } from '../graph/names.ts';
import { greekIn } from '../language/greek.ts';
import type { Call, Expr, IndexBinder } from '../language/tree.ts';

/** Shorthands for syntax trees that no source stands behind: what is printed is a tree of the language. */

export const NOWHERE = { start: 0, end: 0 };

export const name = (text: string): Expr => ({ kind: 'name', name: text, span: NOWHERE });

/** A name of a source: Greek in mathematics, unless the Greek letter is another name there. */
export function nameIn(text: string, names: NameSet | undefined): Expr {
  const shown = names && greekIn(text, names);
  return shown === undefined ? name(text) : { kind: 'name', name: text, shown, span: NOWHERE };
}

export const numeralOf = (text: string | number | bigint): Expr => ({ kind: 'number', text: String(text), span: NOWHERE });
export const call = (callee: string, ...args: Expr[]): Expr => ({ kind: 'call', callee, args, span: NOWHERE, at: NOWHERE });

export const isCall = (e: Expr, callee: string): e is Call => e.kind === 'call' && e.callee === callee;

export const negative = (e: Expr): Expr => (isCall(e, '-') && e.args.length === 1 ? e.args[0]! : call('-', e));
export const isNegativeExpr = (e: Expr): boolean => isCall(e, '-') && e.args.length === 1;

/** A flat product; factors that are products themselves are merged, and one divides by the entries of 1 ⊘ u: a ⊘ u. */
export function product(callee: '*' | '.*', factors: readonly Expr[]): Expr {
  const flat = factors.flatMap((f) => (isCall(f, callee) ? f.args : [f]));
  if (flat.length === 1) return flat[0]!;
  const above = callee === '.*' ? flat.filter((f) => reciprocal(f) === undefined) : flat;
  if (above.length === flat.length) return call(callee, ...flat);
  const below = product(
    '.*',
    flat.flatMap((f) => reciprocal(f) ?? []),
  );
  return call('./', above.length === 0 ? numeralOf(1) : product('.*', above), below);
}

/** u of 1 ⊘ u. */
function reciprocal(e: Expr): Expr | undefined {
  const [one, u] = isCall(e, './') ? e.args : [];
  return one?.kind === 'number' && one.text === '1' ? u : undefined;
}

/** A product without factors of 1, a minus sign in front of it. */
export function times(factors: readonly Expr[]): Expr {
  const minus = factors.filter(isNegativeExpr).length % 2 === 1;
  const kept = factors.map((f) => (isNegativeExpr(f) ? negative(f) : f)).filter((f) => !(f.kind === 'number' && f.text === '1'));
  const whole = kept.length === 0 ? numeralOf(1) : product('*', kept);
  return minus ? negative(whole) : whole;
}

/** What equals its transpose. */
const upright = new WeakSet<Expr>();

export function unturned(e: Expr): Expr {
  const own = { ...e };
  upright.add(own);
  return own;
}

/** Xᵀ; of a product, the transposed factors in reverse order; of Xᵀ, X, of −Xᵀ/m, −X/m, and of Aᵀ − Bᵀ, A − B. */
export function transposed(e: Expr): Expr {
  if (upright.has(e)) return e;
  const sum = sumIn(e);
  if (sum && isTurned(e)) return call(sum.callee, ...sum.args.map(transposed));
  const [first, ...others] = e.kind === 'call' ? e.args : [];
  if (isCall(e, 'transpose')) return first!;
  if (!isTurned(e)) return call('transpose', e);
  return call(isNegativeExpr(e) ? '-' : '/', transposed(first!), ...others);
}

/** Xᵀ, −Xᵀ, or Xᵀ/m: below such a line there are numbers only. */
function isTurned(e: Expr): boolean {
  if (isCall(e, 'transpose')) return true;
  const sum = sumIn(e);
  if (sum) return sum.args.every(isTurned);
  const [first] = isCall(e, '/') || isNegativeExpr(e) ? partsIn(e) : [];
  return first !== undefined && isTurned(first);
}

/** Two terms or more. */
const sumIn = (e: Expr): Call | undefined =>
  e.kind === 'call' && (e.callee === '+' || e.callee === '-') && e.args.length > 1 ? e : undefined;

const partsIn = (e: Expr): readonly Expr[] => (e.kind === 'call' ? e.args : []);

/** `target[i, k]`. */
export const subscripted = (target: Expr, indices: readonly Expr[]): Expr => ({
  kind: 'subscripted',
  target,
  subscripts: indices.map((index) => ({ kind: 'at', index, span: NOWHERE })),
  span: NOWHERE,
});

/** `sum[i, k](body)`. */
export const indexed = (callee: string, indices: readonly IndexBinder[], body: Expr): Expr => ({
  kind: 'indexed',
  callee,
  indices,
  args: [body],
  span: NOWHERE,
  at: NOWHERE,
});

/** The name of a derivative in a tree: diff(f, x). */
export const DERIVATIVE = 'diff';

/** The same where there are other variables, which are held: ∂/∂x f. */
export const PARTIAL_DERIVATIVE = '∂/∂';

/** The sign of ∂Z/∂W: ∂ of one, over ∂ of the other. */
export const PARTIAL = '∂';
