import { constantOf } from '../graph/forms.ts';
import { type Fraction, isZero, toNumber } from '../graph/rational.ts';
import type { ArrayOperator } from './array.ts';
import { FROM_ZERO } from './caveat.ts';
import { byRank, folding, letters, scalarCell, sumIn } from './cells.ts';
import { abs, sign } from './kinked.ts';
import { pow, power, pseudoinverse } from './power.ts';

/** Lengths of order p > 1 other than 2: (Σ |xᵢ|ᵖ)^(1/p) over the entries of a cell. */

const made = new Map<string, (rank: number) => ArrayOperator>();

export function lengthOf(p: Fraction): (rank: number) => ArrayOperator {
  const key = p.toFraction();
  let family = made.get(key);
  if (!family) {
    family = byRank((rank) => lengthOver(p, rank));
    made.set(key, family);
  }
  return family;
}

const lengthOver = (p: Fraction, rank: number): ArrayOperator => ({
  name: 'norm',
  key: `norm/${p.toFraction()}/${rank}`,
  parameters: [p],
  notation: { latex: '\\operatorname{norm}' },
  cells: [rank],
  cellShape: scalarCell,
  range: FROM_ZERO,
  // dx = dy·sign x·(|x|/y)ᵖ⁻¹: a share of the length, which neither overflows nor divides by 0.
  pullback: (b) => {
    const [g, x] = [b.g, b.args[0]!];
    const own = letters(rank);
    const share = b.einsum(
      [
        [g.apply(abs, x), own],
        [g.apply(pseudoinverse, b.y), ''],
      ],
      own,
      undefined,
      false,
    );
    const slope = g.mul(g.apply(sign, x), power(g, share, p.sub(1)));
    return b.einsum(
      [
        [b.adjoint, '', 'front'],
        [slope, own],
      ],
      own,
    );
  },
  rule: {
    id: 'p-norm',
    name: 'norm of order p',
    why: 'Along each entry the length grows by the power p − 1 of the share that the entry has in it; at 0 the slope is 0.',
    formula: '∂‖x‖ₚ/∂xᵢ = sign xᵢ·(|xᵢ|/‖x‖ₚ)ᵖ⁻¹',
  },
  kernel: folding((data, from, to) => {
    let top = 0;
    for (let k = from; k < to; k++) {
      const size = Math.abs(data[k]!);
      // What is no number stays, whatever comes behind it.
      if (size > top || Number.isNaN(size)) top = size;
    }
    if (top === 0 || !Number.isFinite(top)) return top;
    const order = toNumber(p);
    let total = 0;
    for (let k = from; k < to; k++) total += (Math.abs(data[k]!) / top) ** order;
    return top * total ** (1 / order);
  }),
  exact: (x, [cell]) => {
    const powers = cell!.data.map((u) => x.apply(pow, [x.apply(abs, [u]), x.rational(p)]));
    return [x.apply(pow, [sumIn(x, powers), x.rational(p.inverse())])];
  },
  normal: (g, x) => {
    const c = constantOf(x);
    return c && isZero(c) ? g.constant(0, x.shape.slice(0, x.shape.length - rank)) : undefined;
  },
});
