import { addDims, type Dim, divideDims, multiplyDims } from '../graph/dimension.ts';
import { constantly, type Linear, plus } from '../graph/linear.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Expr, IndexBinder } from '../language/tree.ts';
import { functions } from '../operators/index.ts';
import { numeral } from './literals.ts';
import type { Scope } from './scope.ts';

/** What an index runs over: `size` numbers from `from` on. */
export interface IndexRange {
  readonly from: Dim;
  readonly size: Dim;
  /** As the source says, rather than as an axis that it indexes does. */
  readonly written?: true;
}

/** What a subscript says, by the names of indices. */
export type Subscripting = Linear<string>;

/** A range that is looked for when it is first asked for. */
interface Sought {
  readonly find: () => IndexRange | undefined;
}

/** Indices in force, and what each runs over, as far as that is known or can be found. */
export type Indices = Map<string, IndexRange | Sought | undefined>;

export function rangeOf(indices: Indices, name: string): IndexRange | undefined {
  const known = indices.get(name);
  if (!known || !('find' in known)) return known;
  // What is looked for is not known on the way: sum[i](cos(i*s)[i]).
  indices.set(name, undefined);
  const found = known.find();
  indices.set(name, found);
  return found;
}

type Known = { readonly scope: Scope; readonly indices: { has(name: string): boolean } };

/**
 * A sum of indices, integers and sizes, such as `2*i + p - n/2`; undefined if the expression is something else.
 */
export function subscripting(expr: Expr, known: Known): Subscripting | undefined {
  const number = (constant: Dim): Subscripting => constantly(constant);
  if (expr.kind === 'number') return /^\d+$/.test(expr.text) ? number(Number(numeral(expr).valueOf())) : undefined;
  if (expr.kind === 'name') {
    if (known.indices.has(expr.name)) return { constant: 0, scales: new Map([[expr.name, 1]]) };
    return known.scope.dimensions.has(expr.name) && !known.scope.values.has(expr.name) ? number(expr.name) : undefined;
  }
  if (expr.kind !== 'call' || !['+', '-', '*', '/'].includes(expr.callee)) return undefined;
  const parts: Subscripting[] = [];
  for (const arg of expr.args) {
    const part = subscripting(arg, known);
    if (!part) return undefined;
    parts.push(part);
  }
  if (expr.callee === '+') return parts.reduce((a, b) => plus(a, b, 1));
  if (expr.callee === '-') return parts.length === 1 ? plus(number(0), parts[0]!, -1) : plus(parts[0]!, parts[1]!, -1);
  if (expr.callee === '/') {
    const [above, below] = parts as [Subscripting, Subscripting];
    const quotient = above.scales.size + below.scales.size > 0 ? undefined : divideDims(above.constant, below.constant);
    return quotient === undefined ? undefined : number(quotient);
  }
  let product = number(1);
  for (const part of parts) {
    const [plain, other] = product.scales.size === 0 ? [product, part] : [part, product];
    if (plain.scales.size > 0) return undefined;
    product = plus(number(0), other, plain.constant);
  }
  return product;
}

const minus = (a: Dim, b: Dim): Dim => addDims(a, multiplyDims(-1, b));

/** The range that a binder writes, `i=1:n-2`; undefined if it writes none. */
export function writtenRange(binder: IndexBinder, known: Known): IndexRange | undefined {
  if (!binder.from || !binder.to) return undefined;
  const [from, to] = [binder.from, binder.to].map((end) => {
    const value = subscripting(end, known);
    if (!value || value.scales.size > 0)
      throw new GradusError('shape', 'a range is between integers and sizes, such as 1:n-2', { span: end.span });
    known.scope.requireWhole(value.constant, end.span);
    return value.constant;
  }) as [Dim, Dim];
  const size = addDims(minus(to, from), 1);
  const empty = new GradusError('shape', `the range ${from}:${to} is empty`, { span: binder.span });
  known.scope.require(addDims(size, -1), empty);
  return { from, size, written: true };
}

/** The ranges of indices that a body uses alone as subscripts of names: `x[i]` gives i the axis of x. */
export function rangesWithin(
  body: readonly Expr[],
  wanted: ReadonlySet<string>,
  rangeOfAxis: (array: Expr, axis: number) => IndexRange | undefined,
): Map<string, IndexRange> {
  const found = new Map<string, IndexRange>();
  const stack: { expr: Expr; open: ReadonlySet<string> }[] = [];
  const visit = (exprs: readonly Expr[], open: ReadonlySet<string>) => {
    for (const expr of exprs) stack.push({ expr, open });
  };
  visit(body, wanted);
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { expr, open } = next;
    switch (expr.kind) {
      case 'call':
        visit(expr.args, open);
        break;
      case 'indexed': {
        // An index of the same name further in is another one, unless the function keeps it (softmax).
        const kept = functions.get(expr.callee)?.reduce?.keeps;
        const inner = kept ? [] : expr.indices.filter((b) => open.has(b.name)).map((b) => b.name);
        visit(expr.args, inner.length > 0 ? new Set([...open].filter((n) => !inner.includes(n))) : open);
        break;
      }
      case 'bracket':
        visit(expr.rows.flat(), open);
        break;
      case 'subscripted': {
        visit([expr.target], open);
        const { target } = expr;
        expr.subscripts.forEach((s, axis) => {
          if (s.kind !== 'at') return;
          if (s.index.kind !== 'name') visit([s.index], open);
          else if (open.has(s.index.name) && !found.has(s.index.name)) {
            const range = rangeOfAxis(target, axis);
            if (range !== undefined) found.set(s.index.name, range);
          }
        });
        break;
      }
    }
  }
  return found;
}
