import type { Callable, Code, Register } from '../code.ts';
import { ROWS } from '../tile.ts';
import { type Kit, LINE } from './kit.ts';
import { at, call, put } from './values.ts';

/** How a triangle lies in memory: bytes from an entry to the one below it and to the one beside it; whether its diagonal is all ones. */
export interface Triangle {
  readonly down: number;
  readonly across: number;
  readonly unit: boolean;
}

const nameOf = ({ down, across, unit }: Triangle): string => `${down}_${across}${unit ? '_unit' : ''}`;

/**
 * (triangle, panel, rows): X with L·X = panel comes in its place, L being lower triangular. Blocks of rows lose what the rows above them
 * give, a tile at a time, and are solved by the corner of L that they have on the diagonal (Golub and Van Loan, §3.1.7).
 * @param rest how many rows there are beside those, which are a multiple of a tile's
 */
export function forward(kit: Kit, triangle: Triangle, rest = 0): Callable {
  const { down, across } = triangle;
  return kit.function(`forward_${nameOf(triangle)}_${rest}`, 3, (code, [l, panel, rows]) => {
    const [i, row, diagonal] = [code.local('i32'), code.local('i32'), code.local('i32')];
    const block = (height: number): void => {
      put(code, at(panel, [i, LINE])).set(row);
      code.get(i).if(() => {
        call(code, kit.tiles.difference(height), at(l, [i, down]), down, across, panel, LINE, row, LINE, i);
      });
      put(code, at(l, [i, down + across])).set(diagonal);
      corner(kit, code, triangle, { order: ascending(height), diagonal, row });
    };
    const whole = (): Code => code.get(rows);
    code.range(i, whole, ROWS, () => block(ROWS));
    if (rest > 0) block(rest);
  });
}

/** (triangle, panel): X with U·X = panel comes in its place, U being upper triangular with n rows: from the last block of rows up. */
export function backward(kit: Kit, triangle: Triangle, n: number): Callable {
  const { down, across } = triangle;
  const rest = n % ROWS;
  return kit.function(`backward_${nameOf(triangle)}_${n}`, 2, (code, [u, panel]) => {
    const [i, row, diagonal, below] = [code.local('i32'), code.local('i32'), code.local('i32'), code.local('i32')];
    const block = (height: number): void => {
      put(code, at(panel, [i, LINE])).set(row);
      put(code, at(n - height, [i, -1]))
        .tee(below)
        .if(() => {
          const last = n - 1;
          const lastOfRow = at(u, [i, down], last * across);
          call(code, kit.tiles.difference(height), lastOfRow, down, -across, at(panel, last * LINE), -LINE, row, LINE, below);
        });
      put(code, at(u, [i, down + across])).set(diagonal);
      corner(kit, code, triangle, { order: ascending(height).reverse(), diagonal, row });
    };
    code.i32(n - rest).set(i);
    if (rest > 0) block(rest);
    code.block(() => {
      code.loop(() => {
        code.get(i).op('i32.eqz').jumpIf(1);
        code.step(i, -ROWS);
        block(ROWS);
        code.jump(0);
      });
    });
  });
}

const ascending = (length: number): number[] => Array.from({ length }, (_, k) => k);

interface Corner {
  /** The rows, each after those that it needs. */
  readonly order: readonly number[];
  /** Where the corner of the triangle is, and the block of rows. */
  readonly diagonal: Register;
  readonly row: Register;
}

/** Solves a block of rows by its corner of the triangle, in registers. */
function corner(kit: Kit, code: Code, { down, across, unit }: Triangle, { order, diagonal, row }: Corner): void {
  const entry = code.local('v128');
  const load = (i: number, k: number): void => {
    const offset = i * down + k * across;
    code.get(diagonal).memory(kit.tiles.width.splat, offset).set(entry);
  };
  const x = kit.rows(code, order.length);
  for (const i of order) kit.loadRow(code, row, i, x[i]!);
  for (const [before, i] of order.entries()) {
    for (const k of order.slice(0, before)) {
      load(i, k);
      kit.subtract(code, x[i]!, entry, x[k]!);
    }
    if (unit) continue;
    load(i, i);
    kit.divide(code, x[i]!, entry);
  }
  for (const i of order) kit.storeRow(code, row, i, x[i]!);
}
