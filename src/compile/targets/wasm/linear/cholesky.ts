import type { Callable, Code } from '../code.ts';
import { ROWS } from '../tile.ts';
import { type Kit, LINE } from './kit.ts';
import { forward } from './substitution.ts';
import { at, call, parts, put } from './values.ts';

/**
 * (matrix, factor): the lower triangular L with L·Lᵀ = (A + Aᵀ)/2, by panels of columns of Lᵀ (Golub and Van Loan, Matrix Computations,
 * §4.2): those of A are solved by the rows of L that are known, then their corner on the diagonal is factored. Where a pivot is negative
 * its root is NaN, and so is what follows from it.
 */
export function writeCholesky(kit: Kit, [shape]: readonly (readonly number[])[]): Callable {
  const n = shape![0]!;
  const { size, tiles } = kit;
  const row = n * size;
  const panel = kit.panel(n);
  return kit.function(`cholesky_${n}`, 2, (code, [matrix, factor]) => {
    const [j, above, here] = [code.local('i32'), code.local('i32'), code.local('i32')];
    parts(code, j, n, kit.columns, (columns) => {
      call(code, gather(kit, n, columns), at(matrix, [j, size]), at(matrix, [j, row]), panel, at(j, columns));
      code.get(j).if(() => {
        call(code, forward(kit, { down: row, across: size, unit: false }), factor, panel, j);
      });
      for (let first = 0; first < columns; first += ROWS) {
        const height = Math.min(ROWS, columns - first);
        put(code, at(panel + first * LINE, [j, LINE])).set(here);
        put(code, at(j, first)).tee(above);
        code.if(() => {
          call(code, tiles.difference(height), panel + first * size, size, LINE, panel, LINE, here, LINE, above);
        });
        call(code, corner(kit, first, height), here);
      }
      for (let column = 0; column < columns; column++) {
        const out = at(factor, [j, row], column * row);
        call(code, scatter(kit, n), panel + column * size, out, at(j, column + 1));
      }
    });
  });
}

/** (columns, rows, panel, count): entries of (A + Aᵀ)/2, halves of which lie in columns of A and in its rows. */
function gather(kit: Kit, n: number, columns: number): Callable {
  const { size } = kit;
  const row = n * size;
  return kit.function(`gather_${n}_${columns}`, 4, (code, [from, turned, panel, count]) => {
    code.loop(() => {
      for (let column = 0; column < columns; column++) {
        kit.load(code.get(panel, from), column * size);
        kit
          .load(code.get(turned), column * row)
          .op('f64.add')
          .f64(0.5)
          .op('f64.mul');
        kit.store(code, column * size);
      }
      code.step(from, row).step(turned, size).step(panel, LINE);
      code.get(count).i32(1).op('i32.sub').tee(count).jumpIf(0);
    });
  });
}

/** (block): rows of a panel, whose diagonal begins in the column `first`, become rows of Lᵀ. */
function corner(kit: Kit, first: number, height: number): Callable {
  const { size, tiles } = kit;
  return kit.function(`corner_${first}_${height}`, 1, (code, [block]) => {
    const [entry, root] = [code.local('v128'), code.local('f64')];
    const x = kit.rows(code, height);
    for (const [i, row] of x.entries()) {
      const above = (k: number): number => k * LINE + (first + i) * size;
      kit.loadRow(code, block, i, row);
      for (let k = 0; k < i; k++) {
        code.get(block).memory(tiles.width.splat, above(k)).set(entry);
        kit.subtract(code, row, entry, x[k]!);
      }
      kit.storeRow(code, block, i, row);
      kit.load(code.get(block), above(i)).op('f64.sqrt').set(root);
      kit.splat(code.get(root)).set(entry);
      kit.divide(code, row, entry);
      kit.storeRow(code, block, i, row);
      // A number divided by its root is not always the root.
      kit.store(code.get(block, root), above(i));
    }
  });
}

/** (from, to, filled): a row of L from a column of a panel, with zeros after the diagonal. */
function scatter(kit: Kit, n: number): Callable {
  const { size } = kit;
  const { precision } = kit.tiles;
  return kit.function(`scatter_${n}`, 3, (code, [from, to, filled]) => {
    const k = code.local('i32');
    const [known, all] = [(): Code => code.get(filled), (): Code => code.i32(n)];
    code.range(k, known, 1, () => {
      code.get(to, from).memory(`${precision}.load`).memory(`${precision}.store`).step(from, LINE).step(to, size);
    });
    code.range(k, all, 1, () => {
      kit.store(code.get(to).f64(0)).step(to, size);
    });
  });
}
