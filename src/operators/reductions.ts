import { axes } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { ArrayApply, Node } from '../graph/node.ts';
import { HALF } from '../graph/rational.ts';
import type { ArrayOperator, Cell, Field, Numbers } from './array.ts';
import { FROM_ZERO } from './caveat.ts';
import { byRank, entries, folding, letters, scalarCell, sumIn } from './cells.ts';
import { power, pseudoinverse } from './power.ts';

/** Reductions of whole cells other than the sum, which is a contraction, the product and the extremes; and softmax, which keeps its cell. */

/** log Σ eˣ, computed from the largest entry so that nothing overflows. */
export const logsumexp = byRank((rank) => ({
  name: 'logsumexp',
  key: `logsumexp/${rank}`,
  notation: { latex: '\\operatorname{logsumexp}' },
  cells: [rank],
  cellShape: scalarCell,
  pullback: (p) =>
    p.einsum(
      [
        [p.adjoint, '', 'front'],
        [p.g.array(softmax(rank), p.args[0]!), letters(rank)],
      ],
      letters(rank),
    ),
  rule: {
    id: 'logsumexp',
    name: 'log-sum-exp',
    why: 'The slope of log Σₖ exp xₖ by one entry is its share exp xᵢ/Σₖ exp xₖ, the softmax.',
    formula: '∂ log Σ eˣ/∂x = softmax x',
  },
  kernel: folding((data, from, to) => {
    let top = Number.NEGATIVE_INFINITY;
    for (let k = from; k < to; k++) top = Math.max(top, data[k]!);
    // Equal infinities would leave ∞ − ∞; NaN passes through.
    if (!Number.isFinite(top)) return top;
    let total = 0;
    for (let k = from; k < to; k++) total += Math.exp(data[k]! - top);
    return top + Math.log(total);
  }),
  exact: (x, [cell]) => {
    if (cell!.data.length === 0) return [x.max([])];
    const top = x.top(cell!.data);
    const total = sumIn(
      x,
      cell!.data.map((u) => x.exp(x.sub(u, top))),
    );
    return [x.add(top, x.log(total))];
  },
}));

/** eˣ/Σ eˣ over the cell. */
export const softmax: (rank: number) => ArrayOperator = byRank((rank) => ({
  name: 'softmax',
  key: `softmax/${rank}`,
  range: { least: 0, most: 1, open: true },
  notation: { latex: '\\operatorname{softmax}' },
  cells: [rank],
  cellShape: (cell) => cell,
  sumsToOne: true,
  // dx = s ⊙ (ds − Σ ds ⊙ s).
  pullback: (p) => {
    const own = letters(rank);
    const along = p.einsum(
      [
        [p.adjoint, own, 'front'],
        [p.y, own],
      ],
      '',
    );
    return p.g.sub(
      p.einsum(
        [
          [p.adjoint, own, 'front'],
          [p.y, own],
        ],
        own,
      ),
      p.einsum(
        [
          [along, '', 'front'],
          [p.y, own],
        ],
        own,
      ),
    );
  },
  rule: {
    id: 'softmax',
    name: 'softmax',
    why: 'With S = Σₖ exp xₖ and sᵢ = exp xᵢ/S the quotient rule gives ∂sᵢ/∂xⱼ = (δᵢⱼ·exp xᵢ·S − exp xᵢ·exp xⱼ)/S² = sᵢ(δᵢⱼ − sⱼ): raising one entry raises its share and lowers all others in proportion.',
    formula: '∂sᵢ/∂xⱼ = sᵢ(δᵢⱼ − sⱼ)',
  },
  kernel: ([x], out, count, [shape]) => {
    const size = entries(shape!);
    for (let from = 0; from < count * size; from += size) {
      let top = Number.NEGATIVE_INFINITY;
      for (let k = from; k < from + size; k++) top = Math.max(top, x![k]!);
      let total = 0;
      for (let k = from; k < from + size; k++) total += out[k] = Math.exp(x![k]! - top);
      for (let k = from; k < from + size; k++) out[k]! /= total;
    }
  },
  exact: (x, [cell]) => {
    const top = x.top(cell!.data);
    const powers = cell!.data.map((u) => x.exp(x.sub(u, top)));
    const total = sumIn(x, powers);
    return powers.map((u) => x.div(u, total));
  },
}));

/** log softmax x as x − log Σ eˣ: no share is rounded to 0 before its logarithm is taken. */
export function logSoftmax(g: Graph, x: Node, rank: number): Node {
  const total = g.array(logsumexp(rank), x);
  return g.sub(
    x,
    g.broadcast(
      total,
      x.shape,
      total.shape.map((_, axis) => axis),
    ),
  );
}

/** The root of the sum of squares. Made where numbers are computed: a square that overflows does not spoil it. */
export const euclidean = byRank((rank) => ({
  name: 'euclidean',
  key: `euclidean/${rank}`,
  internal: true,
  cells: [rank],
  cellShape: scalarCell,
  range: FROM_ZERO,
  pullback: (p) => {
    const inverse = p.g.apply(pseudoinverse, p.y);
    return p.einsum(
      [
        [p.adjoint, '', 'front'],
        [p.args[0]!, letters(rank)],
        [inverse, ''],
      ],
      letters(rank),
    );
  },
  rule: { id: 'norm', name: 'norm', why: 'The slope of a length is the direction.', formula: '‖x‖′ = x/‖x‖' },
  kernel: folding((data, from, to) => scaledLength(data, from, to, 1)),
  exact: (x, [cell]) => [x.sqrt(squaresIn(x, cell!))],
}));

/**
 * √(r·Σ x²) for a factor r that is positive, such as 1/n. The factor is taken within the root, so that a standard deviation of
 * whole numbers that is one comes out as one.
 */
export const weightedLength = byRank(
  (rank): ArrayOperator => ({
    name: 'weighted-length',
    key: `weighted-length/${rank}`,
    internal: true,
    cells: [rank, 0],
    cellShape: scalarCell,
    range: FROM_ZERO,
    pullback: (p, position) => {
      const [x, r] = p.args as [Node, Node];
      if (position === 1) {
        const half = p.g.scale(HALF, p.y);
        return p.einsum(
          [
            [p.adjoint, '', 'front'],
            [half, ''],
            [power(p.g, r, -1), ''],
          ],
          '',
        );
      }
      return p.einsum(
        [
          [p.adjoint, '', 'front'],
          [r, ''],
          [x, letters(rank)],
          [p.g.apply(pseudoinverse, p.y), ''],
        ],
        letters(rank),
      );
    },
    rule: { id: 'norm', name: 'norm', why: 'The slope of a length is the direction.', formula: '‖x‖′ = x/‖x‖' },
    said: (g, x, r) => {
      const { result, sizes } = axes(x.shape);
      const kept = result.slice(0, -rank);
      return power(g, g.contract({ factors: [power(g, x, 2), r], indices: [result, kept], result: kept, sizes }), HALF);
    },
    kernel: ([x, r], out, count, [shape]) => {
      const size = entries(shape!);
      for (let k = 0; k < count; k++) out[k] = scaledLength(x!, k * size, (k + 1) * size, r![k]!);
    },
    exact: (x, [cell, factor]) => [x.sqrt(x.mul(factor!.data[0]!, squaresIn(x, cell!)))],
  }),
);

const squaresIn = <T>(x: Field<T>, { data }: Cell<T>): T =>
  sumIn(
    x,
    data.map((u) => x.mul(u, u)),
  );

/** √(factor·Σ x²), by the largest entry where squares would leave the doubles. */
function scaledLength(data: Numbers, from: number, to: number, factor: number): number {
  let top = 0;
  for (let k = from; k < to; k++) {
    const size = Math.abs(data[k]!);
    // What is no number stays, whatever comes behind it.
    if (size > top || Number.isNaN(size)) top = size;
  }
  if (top === 0 || !Number.isFinite(top)) return top * Math.sqrt(factor);
  // Plain squares where they stay within the doubles.
  const scale = top > 1e150 || top < 1e-150 ? top : 1;
  let total = 0;
  for (let k = from; k < to; k++) total += (data[k]! / scale) * (data[k]! / scale);
  return scale * Math.sqrt(factor * total);
}

/** Whether a node is the softmax of another. */
export const isLogsumexp = ({ operator }: ArrayApply): boolean => operator.name === 'logsumexp';

export const isSoftmax = (node: Node): node is ArrayApply => node.kind === 'array' && node.operator.name === 'softmax';
