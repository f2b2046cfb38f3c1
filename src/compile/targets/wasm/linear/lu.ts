import type { Callable, Code, Register } from '../code.ts';
import { ROWS } from '../tile.ts';
import { type Kit, LINE } from './kit.ts';
import { eliminate, largest } from './pivoting.ts';
import { copy, swap } from './rows.ts';
import { forward } from './substitution.ts';
import { at, call, parts, put } from './values.ts';

/**
 * (matrix, factors): P·A = L·U with row exchanges, left-looking (Golub and Van Loan, Matrix Computations, §3.2 and §3.4). Of each panel
 * of columns the rows above the diagonal are solved by L, those from there on lose L times these, and then they are factored column by
 * column. Factors are n rows, with L below the diagonal and U from it on, then a row of the exchanges.
 */
export function writeLu(kit: Kit, [shape]: readonly (readonly number[])[]): Callable {
  const n = shape![0]!;
  const { size, tiles } = kit;
  const row = n * size;
  const panel = kit.panel(n);
  return kit.function(`lu_${n}`, 2, (code, [matrix, factors]) => {
    const [j, i] = [code.local('i32'), code.local('i32')];
    parts(code, j, n, kit.columns, (columns) => {
      call(code, copy(kit, columns), at(matrix, [j, size]), row, at(factors, [j, size]), row, n);
    });
    code.i32(0).set(j);
    parts(code, j, n, kit.columns, (columns) => {
      const here = at(factors, [j, size]);
      call(code, copy(kit, columns), here, row, panel, LINE, n);
      code.get(j).if(() => {
        call(code, forward(kit, { down: row, across: size, unit: true }), factors, panel, j);
        code.get(j).set(i);
        parts(code, i, n, ROWS, (height) => {
          call(code, tiles.difference(height), at(factors, [i, row]), row, size, panel, LINE, at(panel, [i, LINE]), LINE, j);
        });
      });
      for (let column = 0; column < columns; column++) pivoted(kit, code, { factors, n, panel, j, column });
      call(code, copy(kit, columns), panel, LINE, here, row, n);
    });
  });
}

interface Column {
  readonly factors: Register;
  readonly n: number;
  readonly panel: number;
  /** The first column of the panel, and how far behind it this one is. */
  readonly j: Register;
  readonly column: number;
}

/** The row with the largest entry comes to the diagonal, in the panel as in the factors; then those below it get rid of the column. */
function pivoted(kit: Kit, code: Code, { factors, n, panel, j, column }: Column): void {
  const { size } = kit;
  const row = n * size;
  const [rows, best, pivot] = [code.local('i32'), code.local('i32'), code.local('i32')];
  put(code, at(n - column, [j, -1])).set(rows);
  put(code, at(panel + column * LINE, [j, LINE])).set(pivot);
  call(code, largest(kit), at(pivot, column * size), rows).set(best);
  put(code, at(factors, [j, size]));
  put(code, at(best, [j, 1], column)).op('f64.convert_i32_s');
  kit.store(code, n * row + column * size);
  code.get(best).if(() => {
    call(code, swap(kit, kit.columns), pivot, at(pivot, [best, LINE]));
    call(code, swap(kit, n), at(factors, [j, row], column * row), at(factors, [j, row], column * row, [best, row]));
  });
  call(code, eliminate(kit, column), pivot, rows);
}
