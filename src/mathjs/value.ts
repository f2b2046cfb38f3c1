import { GradusError } from '../language/diagnostics.ts';
import type { Expr } from '../language/tree.ts';
import { call, numeralOf } from '../reading/syntax.ts';
import type { Excerpt } from './excerpt.ts';

/**
 * A part of a mathjs expression in the language of gradus, with its shape in mathjs. There a list of n numbers is no
 * matrix, here it is a column: [n] and [n, 1] are one tree, and what differs in meaning is told by the shape.
 */
export interface Read {
  readonly tree: Expr;
  readonly shape: readonly number[];
  /** Within the function of a `map`: a number, of which the tree has one for each entry of an array. */
  readonly each?: true;
}

export const count = (shape: readonly number[]): number => shape.reduce((n, size) => n * size, 1);

export const sameSizes = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

/** `3×2`, `3 numbers`. */
export const showSizes = (shape: readonly number[]): string =>
  shape.length === 0
    ? 'a number'
    : shape.length === 1
      ? `a vector of ${shape[0]} ${shape[0] === 1 ? 'number' : 'numbers'}`
      : `a ${shape.join('×')} ${shape.length === 2 ? 'matrix' : 'array'}`;

/** Whether it stands for a number where it is written: entries within a `map` do. */
export const isNumber = ({ shape, each }: Read): boolean => shape.length === 0 || each === true;

export const numberRead = (value: number): Read => ({ tree: numeral(value), shape: [] });

/** A number as a tree: there are no negative numerals. */
export function numeral(value: number): Expr {
  if (Number.isNaN(value)) return call('/', numeralOf(0), numeralOf(0));
  if (value < 0 || Object.is(value, -0)) return call('-', numeral(-value));
  return value === Number.POSITIVE_INFINITY ? { ...INF } : numeralOf(String(value));
}

const INF: Expr = { kind: 'name', name: 'inf', span: { start: 0, end: 0 } };

/** The transpose, as gradus has it: of a column a row. */
const turned = (tree: Expr): Expr =>
  tree.kind === 'call' && tree.callee === 'transpose' ? tree.args[0]! : call('transpose', tree);

/** A vector as a row: what mathjs takes it for beside a matrix. */
export const asRow = ({ tree, shape }: Read): Expr => (shape.length === 1 ? turned(tree) : tree);

/** Where several numbers are taken entry by entry, the shape that they have together: some may be entries of a `map`. */
function together(what: Excerpt, parts: readonly Read[]): { readonly shape: readonly number[]; readonly each?: true } {
  const wide = parts.find((part) => part.shape.length > 0);
  if (!wide) return { shape: [] };
  const other = parts.find((part) => part.shape.length > 0 && !sameSizes(part.shape, wide.shape));
  if (other)
    throw new GradusError(
      'shape',
      `${what}: these go entry by entry, and are ${showSizes(wide.shape)} and ${showSizes(other.shape)}`,
    );
  return { shape: wide.shape, each: true };
}

/** A function of numbers. */
export const ofNumbers = (what: Excerpt, parts: readonly Read[], write: (...trees: Expr[]) => Expr): Read => ({
  tree: write(...parts.map((part) => part.tree)),
  ...together(what, parts),
});

/**
 * A function of two numbers, taken entry by entry as mathjs does: lengths are compared from the last axis on, and where
 * one has length 1 or lacks an axis it is repeated.
 */
export function stretched(what: Excerpt, [a, b]: readonly [Read, Read], write: (a: Expr, b: Expr) => Expr): Read {
  if (isNumber(a) && isNumber(b)) return ofNumbers(what, [a, b], write);
  if (a.each || b.each) throw mixed(what);
  if (a.shape.length === 0) return { tree: write(a.tree, b.tree), shape: b.shape };
  if (b.shape.length === 0 || sameSizes(a.shape, b.shape)) return { tree: write(a.tree, b.tree), shape: a.shape };
  const rank = Math.max(a.shape.length, b.shape.length);
  const [p, q] = [a, b].map(({ shape }) => [...Array<number>(rank - shape.length).fill(1), ...shape]) as [number[], number[]];
  const shape = p.map((size, axis) => (size === 1 ? q[axis]! : size));
  if (q.some((size, axis) => size !== 1 && size !== shape[axis]))
    throw new GradusError('shape', `${what}: the sides are ${showSizes(a.shape)} and ${showSizes(b.shape)}`);
  if (rank > 2) throw new GradusError('unsupported', `${what}: arrays of more than two axes are not repeated to fit`);
  const [m, n] = shape as [number, number];
  const whole = (read: Read, [rows, columns]: number[]): Expr => {
    const tree = asRow(read);
    // A row beside a column: gradus asks that such a table is meant.
    const crosswise = (p[0] === 1) !== (q[0] === 1) && (p[1] === 1) !== (q[1] === 1);
    if (!crosswise || count(read.shape) === 1) return tree;
    if (rows === 1 && m > 1) return call('*', call('ones', numeralOf(m)), tree);
    return columns === 1 && n > 1 ? call('*', tree, call('transpose', call('ones', numeralOf(n)))) : tree;
  };
  return { tree: write(whole(a, p), whole(b, q)), shape };
}

export const mixed = (what: Excerpt): GradusError =>
  new GradusError('unsupported', `${what}: a whole array within the function of a map is not supported`);
