import { addDims, type Dim, divideDims, multiplyDims } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import { constantly, type Linear, plus } from '../graph/linear.ts';
import { GradusError } from '../language/diagnostics.ts';
import { namesWithin } from '../language/parts.ts';
import type { Expr, IndexBinder } from '../language/tree.ts';
import type { Value } from '../operators/builder.ts';
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

type Known = {
  readonly scope: Scope;
  readonly indices: { has(name: string): boolean };
  readonly locals?: ReadonlyMap<string, Value>;
};

/**
 * A sum of indices, integers and sizes, such as `2*i + p - n/2`; undefined if the expression is something else.
 */
export function subscripting(expr: Expr, known: Known): Subscripting | undefined {
  const number = (constant: Dim): Subscripting => constantly(constant);
  if (expr.kind === 'number') return /^\d+$/.test(expr.text) ? number(Number(numeral(expr).valueOf())) : undefined;
  if (expr.kind === 'name') {
    if (known.indices.has(expr.name)) return { constant: 0, scales: new Map([[expr.name, 1]]) };
    const size = sizeOf(expr.name, known);
    return size === undefined ? undefined : number(size);
  }
  if (expr.kind !== 'call' || !['+', '-', '*', '/', '^'].includes(expr.callee)) return undefined;
  const parts: Subscripting[] = [];
  for (const arg of expr.args) {
    const part = subscripting(arg, known);
    if (!part) return undefined;
    parts.push(part);
  }
  if (expr.callee === '+') return parts.reduce((a, b) => plus(a, b, 1));
  if (expr.callee === '-') return parts.length === 1 ? plus(number(0), parts[0]!, -1) : plus(parts[0]!, parts[1]!, -1);
  if (expr.callee === '^') {
    const [base, exponent] = parts.map((part) => (part.scales.size === 0 ? part.constant : undefined));
    const power = typeof base === 'number' && typeof exponent === 'number' ? base ** exponent : Number.NaN;
    return isNatural(power) ? number(power) : undefined;
  }
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

/** What a name is as a size: a dimension, or a whole number that the source gives it. */
function sizeOf(name: string, { scope, locals }: Known): Dim | undefined {
  const value = locals?.get(name) ?? scope.values.get(name);
  if (!value) return scope.dimensions.has(name) ? name : undefined;
  if (scope.counts.has(name) && !locals?.has(name)) {
    // Data may give it another value: a dimension is bound when they are known.
    scope.declareDimension(name);
    return name;
  }
  const { node } = value;
  const size = constantOf(node.kind === 'definition' ? node.value : node);
  return size && node.shape.length === 0 && isNatural(Number(size.valueOf())) ? Number(size.valueOf()) : undefined;
}

/** Whether a number may be a size. */
export const isNatural = (size: number): boolean => Number.isSafeInteger(size) && size >= 0;

const minus = (a: Dim, b: Dim): Dim => addDims(a, multiplyDims(-1, b));

/** The range that a binder writes, `i=1:n-2`; undefined if it writes none. */
export function writtenRange(binder: IndexBinder, known: Known & { readonly text: string }): IndexRange | undefined {
  if (!binder.from || !binder.to) return undefined;
  const [from, to] = [binder.from, binder.to].map((end) => {
    const value = subscripting(end, known);
    if (!value || value.scales.size > 0)
      throw new GradusError('shape', 'a range is between integers and sizes, such as 1:n-2', {
        span: end.span,
        hint: wayToRange(end, [binder.from, binder.to], known),
      });
    known.scope.requireWhole(value.constant, end.span);
    return value.constant;
  }) as [Dim, Dim];
  const size = addDims(minus(to, from), 1);
  // Symbols stand for lengths, of which none is below 1.
  const backward = typeof from === 'number' ? typeof to === 'number' && from > to + 1 : typeof to === 'number' && to < 2;
  const empty = new GradusError('shape', `the range ${from}:${to} is empty`, {
    span: binder.span,
    ...(backward && {
      hint: `a recurrence that reads ${binder.name}+1 runs backward by itself: write ${binder.name}=${to}:${from}`,
    }),
  });
  if (backward) throw empty;
  known.scope.require(addDims(size, -1), empty);
  return { from, size, written: true };
}

/**
 * What a bound lacks to be a size.
 * @param bounds both bounds, of which this is one
 */
export function wayToRange(
  bound: Expr,
  bounds: readonly (Expr | undefined)[],
  { scope, locals, indices, text }: Known & { readonly text: string },
): string | undefined {
  const { start, end } = bound.span;
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const line = (given: string): string => `${text.slice(from, start)}${given}${/^[^\n]*/.exec(text.slice(end))![0]}`.trim();
  const written = text.slice(start, end);
  if (/^(?:inf|∞|Inf)$/.test(written)) return `the terms are added one by one: write ${line('100')}`;
  const namesIn = (expr: Expr | undefined) =>
    expr ? [...namesWithin(expr)].filter((name) => !scope.dimensions.has(name) && !indices.has(name)) : [];
  const isUnknown = (name: string) => !locals?.has(name) && (!scope.values.has(name) || scope.free.has(name));
  const unknown = bounds.flatMap((one, k) => namesIn(one).map((name) => ({ name, size: EXAMPLE[k]! })));
  const given = unknown.filter(({ name }) => isUnknown(name));
  const [own] = namesIn(bound).filter(isUnknown);
  if (own !== undefined) {
    const definitions = [...new Map(given.map(({ name, size }) => [name, size]))].map(([name, size]) => `${name} = ${size}; `);
    const numbered = definitions.join('') + line(written);
    return `${own} is the length of an array, as in data x : [${own}], or a number: write ${numbered}`;
  }
  const input = namesIn(bound).find((name) => !locals?.has(name) && scope.values.get(name)?.node.kind === 'variable');
  return input && `a length does not change: const ${input} = ${EXAMPLE[1]}`;
}

/** A range that fits most arrays. */
const EXAMPLE = [1, 3];

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
