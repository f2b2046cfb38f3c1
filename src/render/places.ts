import { addDims, type Dim, leastOf, multiplyDims } from '../graph/dimension.ts';
import { type Affine, type Contraction, type Node, UNIT } from '../graph/node.ts';
import type { Expr } from '../language/tree.ts';
import { dimExpr } from './read.ts';
import { call, name, negative, product } from './syntax.ts';

/** constant + Σ scale·index, indices counted from 0. */
export interface Linear {
  readonly constant: Dim;
  readonly scales: ReadonlyMap<number, Dim>;
}

/** What the tests among a contraction's factors say of its indices. */
export interface Places {
  /** Summed indices that a test gives by others. */
  readonly fixed: ReadonlyMap<number, Linear>;
  /** What must lie within [0, size). */
  readonly bounds: readonly { readonly value: Linear; readonly size: Dim }[];
  /** What must be 0. */
  readonly equations: readonly Linear[];
}

export const isTest = (node: Node): node is Affine => node.kind === 'affine' && node.test;

/** Solves the tests for summed indices, so that Σₖ [i + p − k = 0]·x[k] reads x[i+p]. */
export function placesOf(node: Contraction): Places {
  const fixed = new Map<number, Linear>();
  let equations: Linear[] = [];
  node.factors.forEach((factor, k) => {
    if (!isTest(factor)) return;
    let value: Linear = { constant: factor.offset, scales: new Map() };
    node.indices[k]!.forEach((i, axis) => {
      if (i !== UNIT) value = plus(value, fixed.get(i) ?? { constant: 0, scales: new Map([[i, 1]]) }, factor.steps[axis]!);
    });
    const chosen = [...value.scales].filter(([i, s]) => (s === 1 || s === -1) && !node.result.includes(i)).pop();
    if (!chosen) {
      equations.push(value);
      return;
    }
    const [index, scale] = chosen;
    const rest = { constant: value.constant, scales: new Map([...value.scales].filter(([i]) => i !== index)) };
    const solution = plus({ constant: 0, scales: new Map() }, rest, -(scale as number));
    for (const [i, other] of fixed) fixed.set(i, substituted(other, index, solution));
    equations = equations.map((e) => substituted(e, index, solution));
    fixed.set(index, solution);
  });
  const bounds = [...fixed].map(([index, value]) => ({ value, size: node.sizes[index]! }));
  return { fixed, bounds, equations };
}

function plus(a: Linear, b: Linear, times: Dim): Linear {
  const scales = new Map(a.scales);
  for (const [i, s] of b.scales) {
    const total = addDims(scales.get(i) ?? 0, multiplyDims(times, s));
    if (total === 0) scales.delete(i);
    else scales.set(i, total);
  }
  return { constant: addDims(a.constant, multiplyDims(times, b.constant)), scales };
}

function substituted(value: Linear, index: number, solution: Linear): Linear {
  const scale = value.scales.get(index);
  if (scale === undefined) return value;
  const rest = { constant: value.constant, scales: new Map([...value.scales].filter(([i]) => i !== index)) };
  return plus(rest, solution, scale);
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
  return call(sign, linearExpr(left, letter, counted(left)), linearExpr(right, letter, addDims(counted(right), moved)));
}

const MIRRORED = { '==': '==', '>=': '<=', '<=': '>=' } as const;

const isNegativeDim = (d: Dim): boolean => (typeof d === 'number' ? d < 0 : d.startsWith('-'));

/** 0 ≤ value and value < size, as far as they are not clear. */
export function boundExprs(
  { value, size }: { value: Linear; size: Dim },
  letter: (i: number) => string,
  sizes: readonly Dim[],
): Expr[] {
  const [low, high] = extremes(value, sizes) ?? [-1, undefined];
  const room = high === undefined ? -1 : addDims(addDims(size, -1), multiplyDims(-1, high));
  const over: Linear = { constant: addDims(addDims(value.constant, 1), multiplyDims(-1, size)), scales: value.scales };
  return [
    ...((leastOf(low) ?? -1) >= 0 ? [] : [relationExpr('>=', value, letter)]),
    ...((leastOf(room) ?? -1) >= 0 ? [] : [relationExpr('<=', over, letter)]),
  ];
}

/** The least and the greatest value, where all scales are numbers. */
function extremes({ constant, scales }: Linear, sizes: readonly Dim[]): [Dim, Dim] | undefined {
  let [low, high]: [Dim, Dim] = [constant, constant];
  for (const [i, scale] of scales) {
    if (typeof scale !== 'number') return undefined;
    const reach = multiplyDims(scale, addDims(sizes[i]!, -1));
    if (scale < 0) low = addDims(low, reach);
    else high = addDims(high, reach);
  }
  return [low, high];
}
