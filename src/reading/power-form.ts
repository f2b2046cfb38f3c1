import type { Shape } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import { distinct, type Node } from '../graph/node.ts';
import { isOne } from '../graph/rational.ts';
import type { Expr } from '../language/tree.ts';
import { notationOf } from '../operators/index.ts';
import { pow } from '../operators/power.ts';
import type { Written } from './hoist.ts';
import { stretchedShape } from './shapes.ts';
import { call, isCall, transposed } from './syntax.ts';

/** u where the node is the sum of the squares of u's entries. */
export function lengthOf(node: Node): Node | undefined {
  if (node.kind !== 'contraction' || node.factors.length !== 1 || node.result.length > 0 || !isOne(node.coefficient))
    return undefined;
  const [square] = node.factors;
  const indices = node.indices[0]!;
  if (square!.kind !== 'apply' || square!.operator !== pow || !constantOf(square!.args[1]!)?.equals(2)) return undefined;
  return indices.length > 0 && distinct(indices) ? square!.args[0] : undefined;
}

/** An array below the line goes under one of those above it that run over the same indices: x ./ y. */
export function quotients<A extends { readonly power: Power; readonly own: readonly number[]; readonly shape: Shape }>(
  arrays: readonly A[],
): readonly A[] {
  const merged: A[] = arrays.filter((a) => !a.power.below);
  if (merged.length === arrays.length) return arrays;
  for (const under of arrays) {
    if (!under.power.below) continue;
    const at = merged.findIndex((a) => a.own.join() === under.own.join() && a.shape.length > 0);
    if (at < 0) {
      merged.push(under);
      continue;
    }
    const over = merged[at]!;
    const [top, bottom] = [over.power.whole(), under.power.written];
    const written = { expr: call('./', top.expr, bottom.expr), shape: stretchedShape([top.shape, bottom.shape], over.shape) };
    merged[at] = { ...over, power: { expr: written.expr, written, below: false, whole: () => written } };
  }
  return merged;
}

export interface Power {
  readonly expr: Expr;
  readonly written: Written;
  readonly below: boolean;
  /** The factor with its sign in the exponent undone: 1/x². */
  readonly whole: () => Written;
}

/**
 * Numbers and variables first, then everything else in the order in which it came up, x·σ(z)·(1 − σ(z)), and sums last: what
 * stands behind Σ would be read as a part of it.
 */
export const scalarRank = (e: Expr): number => {
  if (e.kind === 'name' || e.kind === 'number') return 0;
  // 2x·2^x²: what is raised to a name is a function of it.
  if (e.kind === 'call' && e.callee === '^') return isExponential(e.args) ? 1 : Math.min(1, scalarRank(e.args[0]!));
  return (e.kind === 'call' || e.kind === 'indexed') && notationOf(e.callee)?.big ? 2 : 1;
};

const isExponential = ([base, exponent]: readonly Expr[]): boolean => base!.kind === 'number' && exponent!.kind !== 'number';

/** uᵖ; of a transpose the transpose of the power. */
export const raised = (sign: string, base: Expr, { expr, shape }: Written): Expr =>
  sign === '.^' && shape.length === 0 && isCall(base, 'transpose')
    ? transposed(call(sign, base.args[0]!, expr))
    : call(sign, base, expr);
