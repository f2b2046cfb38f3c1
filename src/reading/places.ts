import { addDims, type Dim, leastOf, multiplyDims } from '../graph/dimension.ts';
import { extremes, type Linear, type Solution, solveTests } from '../graph/linear.ts';
import type { Contraction } from '../graph/node.ts';
import type { Expr } from '../language/tree.ts';
import { dimExpr } from './shapes.ts';
import { call, name, negative, product } from './syntax.ts';

/** What the tests among a contraction's factors say of its indices. */
export interface Places extends Solution {
  /** What an index is must lie within [0, size). */
  readonly bounds: readonly { readonly index: number; readonly value: Linear; readonly size: Dim }[];
}

/** Solves the tests for summed indices: entries are defined where they are, and read where the others say. */
export function placesOf(node: Contraction): Places {
  const solution = solveTests(node, (whole) => whole.filter((i) => !node.result.includes(i)).pop());
  const bounds = [...solution.fixed].map(([index, value]) => ({ index, value, size: node.sizes[index]! }));
  return { ...solution, bounds };
}

/** A linear expression of indices that are written counting from 1; `shift` is added. */
export function linearExpr({ constant, scales }: Linear, letter: (i: number) => string, shift: Dim = 0): Expr {
  let rest = addDims(constant, shift);
  const terms: Expr[] = [];
  for (const [i, scale] of [...scales].sort(([a], [b]) => a - b)) {
    rest = addDims(rest, multiplyDims(-1, scale));
    if (typeof scale === 'number') {
      const size = Math.abs(scale);
      const term = size === 1 ? name(letter(i)) : product('*', [dimExpr(size), name(letter(i))]);
      terms.push(scale < 0 ? negative(term) : term);
    } else terms.push(product('*', [dimExpr(scale), name(letter(i))]));
  }
  if (rest !== 0 || terms.length === 0)
    terms.push(typeof rest === 'number' && rest < 0 ? negative(dimExpr(-rest)) : dimExpr(rest));
  terms.sort((a, b) => Number(isNegated(a)) - Number(isNegated(b)));
  return terms.length === 1 ? terms[0]! : call('+', ...terms);
}

const isNegated = (e: Expr): boolean => e.kind === 'call' && e.callee === '-' && e.args.length === 1;

/** value = 0, ≥ 0 or ≤ 0 without minus signs: i + p == k + 1. */
export function relationExpr(sign: '==' | '>=' | '<=', { constant, scales }: Linear, letter: (i: number) => string): Expr {
  const entries = [...scales];
  const side = (positive: boolean): Linear => ({
    constant: 0,
    scales: new Map(
      entries.filter(([, s]) => isNegativeDim(s) !== positive).map(([i, s]) => [i, positive ? s : multiplyDims(-1, s)]),
    ),
  });
  const [left, right] = [side(true), side(false)];
  // Written indices count from 1: what that adds to a side is taken off again.
  const counted = ({ scales: own }: Linear): Dim => [...own.values()].reduce<Dim>(addDims, 0);
  const moved = addDims(addDims(counted(left), multiplyDims(-1, counted(right))), multiplyDims(-1, constant));
  if (left.scales.size === 0 && right.scales.size > 0)
    return call(
      MIRRORED[sign],
      linearExpr(right, letter, counted(right)),
      linearExpr(left, letter, addDims(multiplyDims(-1, moved), 0)),
    );
  const bound = addDims(counted(right), moved);
  const next = addDims(bound, 1);
  // i < n says what i ≤ n − 1 does.
  if (
    sign === '<=' &&
    right.scales.size === 0 &&
    typeof bound === 'string' &&
    typeof next === 'string' &&
    next.length < bound.length
  )
    return call('<', linearExpr(left, letter, counted(left)), linearExpr(right, letter, next));
  return call(sign, linearExpr(left, letter, counted(left)), linearExpr(right, letter, bound));
}

const MIRRORED = { '==': '==', '>=': '<=', '<=': '>=' } as const;

const isNegativeDim = (d: Dim): boolean => (typeof d === 'number' ? d < 0 : d.startsWith('-'));

/** 0 ≤ value and value < size, as far as they are not clear. */
export function boundsOf(
  { value, size }: { value: Linear; size: Dim },
  sizes: readonly Dim[],
): { readonly sign: '>=' | '<='; readonly value: Linear }[] {
  const [low, high] = extremes(value, (i) => ({ from: 0, size: sizes[i]! })) ?? [-1, undefined];
  const room = high === undefined ? -1 : addDims(addDims(size, -1), multiplyDims(-1, high));
  const over: Linear = { constant: addDims(addDims(value.constant, 1), multiplyDims(-1, size)), scales: value.scales };
  return [
    ...((leastOf(low) ?? -1) >= 0 ? [] : [{ sign: '>=', value } as const]),
    ...((leastOf(room) ?? -1) >= 0 ? [] : [{ sign: '<=', value: over } as const]),
  ];
}
