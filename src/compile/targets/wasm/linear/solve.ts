import type { Callable } from '../code.ts';
import { ROWS } from '../tile.ts';
import { type Kit, LINE } from './kit.ts';
import { copy, swap } from './rows.ts';
import { backward, forward } from './substitution.ts';
import { at, call, parts, put } from './values.ts';

/**
 * (factors, right sides, out): A·X = B, or Aᵀ·X = B, by the factors of A, a panel of right sides at a time (Golub and Van Loan, Matrix
 * Computations, §3.4). A is PᵀLU, and Aᵀ is UᵀLᵀP.
 */
export function writeSolution(direction: 'plain' | 'transposed') {
  const plain = direction === 'plain';
  return (kit: Kit, [, shape]: readonly (readonly number[])[]): Callable => {
    const [n, total] = shape as [number, number];
    const { size } = kit;
    const [down, across] = plain ? [n * size, size] : [size, n * size];
    const rest = n % ROWS;
    const panel = kit.panel(n);
    return kit.function(`solve_${direction}_${n}x${total}`, 3, (code, [factors, b, out]) => {
      const j = code.local('i32');
      parts(code, j, total, kit.columns, (columns) => {
        call(code, copy(kit, columns), at(b, [j, size]), total * size, panel, LINE, n);
        if (plain) call(code, exchange(kit, n, 'down'), factors);
        call(code, forward(kit, { down, across, unit: plain }, rest), factors, panel, n - rest);
        call(code, backward(kit, { down, across, unit: !plain }, n), factors, panel);
        if (!plain) call(code, exchange(kit, n, 'up'), factors);
        call(code, copy(kit, columns), panel, LINE, at(out, [j, size]), total * size, n);
      });
    });
  };
}

/** (factors): the rows of the panel are exchanged as those of the matrix were, from the first one on or from the last. */
function exchange(kit: Kit, n: number, direction: 'down' | 'up'): Callable {
  const panel = kit.panel(n);
  const [first, end, step] = direction === 'down' ? ([0, n, 1] as const) : ([n - 1, -1, -1] as const);
  return kit.function(`exchange_${n}_${direction}`, 1, (code, [factors]) => {
    const [k, other] = [code.local('i32'), code.local('i32')];
    code.i32(first).set(k);
    code.loop(() => {
      kit
        .load(put(code, at(factors, [k, kit.size])), n * n * kit.size)
        .op('i32.trunc_f64_s')
        .tee(other);
      code.get(k).op('i32.ne');
      code.if(() => {
        call(code, swap(kit, kit.columns), at(panel, [k, LINE]), at(panel, [other, LINE]));
      });
      code.step(k, step).get(k).i32(end).op('i32.ne').jumpIf(0);
    });
  });
}
