import type { ArrayKernel, ArrayOperator, Field } from './array.ts';
import { entries } from './cells.ts';
import { linearForm } from './linear-operator.ts';

/** Cumulative sums of a vector, from its first entry on and from its last one back: each is the other's transpose. */

const summing =
  (backward: boolean): ArrayKernel =>
  ([x], out, count, [shape]) => {
    const size = entries(shape!);
    const step = backward ? -1 : 1;
    for (let cell = 0; cell < count; cell++) {
      let total = 0;
      let at = cell * size + (backward ? size - 1 : 0);
      for (let k = 0; k < size; k++, at += step) out[at] = total += x![at]!;
    }
  };

const summed = <T>(x: Field<T>, data: readonly T[]): T[] => {
  let total = x.zero;
  return data.map((u) => (total = x.add(total, u)));
};

export const cumsum: ArrayOperator = {
  name: 'cumsum',
  key: 'cumsum',
  notation: { latex: '\\operatorname{cumsum}' },
  cells: [1],
  cellShape: (cell) => cell,
  pullback: (p) => p.g.array(reverseCumsum, p.adjoint),
  rule: {
    id: 'cumulative-sum',
    name: 'cumulative sum',
    why: 'An entry is in its own sum and in all later ones, so what arrives is added up from the end.',
    formula: 'dxᵢ = Σⱼ≥ᵢ dyⱼ',
  },
  kernel: summing(false),
  exact: (x, [cell]) => summed(x, cell!.data),
  normal: (g, x) => linearForm(g, cumsum, x),
};

export const reverseCumsum: ArrayOperator = {
  name: 'reverse_cumsum',
  key: 'reverse_cumsum',
  notation: { latex: '\\operatorname{reverse\\_cumsum}' },
  cells: [1],
  cellShape: (cell) => cell,
  pullback: (p) => p.g.array(cumsum, p.adjoint),
  rule: {
    id: 'reverse-cumulative-sum',
    name: 'cumulative sum from the end',
    why: 'An entry is in its own sum and in all earlier ones, so what arrives is added up from the start.',
    formula: 'dxᵢ = Σⱼ≤ᵢ dyⱼ',
  },
  kernel: summing(true),
  exact: (x, [cell]) => summed(x, cell!.data.toReversed()).reverse(),
  normal: (g, x) => linearForm(g, reverseCumsum, x),
};
