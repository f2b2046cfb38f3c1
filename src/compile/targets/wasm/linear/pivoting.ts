import type { Callable, Code } from '../code.ts';
import { VECTORS } from '../tile.ts';
import { type Kit, LINE } from './kit.ts';

/** (from, rows): how many rows below the first one of a panel's column its largest entry is; a NaN is the largest, so that it shows. */
export function largest(kit: Kit): Callable {
  return kit.function(
    'largest',
    2,
    (code, [from, rows]) => {
      const [k, best] = [code.local('i32'), code.local('i32')];
      const [size, most] = [code.local('f64'), code.local('f64')];
      const all = (): Code => code.get(rows);
      kit.load(code.get(from)).op('f64.abs').set(most);
      code.i32(1).set(k);
      code.range(k, all, 1, () => {
        code.step(from, LINE);
        kit.load(code.get(from)).op('f64.abs').set(size);
        code.get(size, most).op('f64.gt').get(size, size).op('f64.ne', 'i32.or');
        code.if(() => {
          code.get(size).set(most).get(k).set(best);
        });
      });
      code.get(best);
    },
    'i32',
  );
}

/**
 * (row, rows): the rows of a panel below the first one lose so much of it that they would have 0 in the column, where the factor is kept.
 * If they all have 0 there, and it too, they stay as they are.
 */
export function eliminate(kit: Kit, column: number): Callable {
  const { tiles, size, lanes } = kit;
  const place = column * size;
  const [first, lane] = [Math.floor(column / lanes), column % lanes];
  // The vectors that reach beyond the column. In the first of them the factors of earlier columns stay.
  const later = Array.from({ length: VECTORS }, (_, v) => v).filter((v) => v > first || (v === first && lane < lanes - 1));
  const joined = Array.from({ length: 16 }, (_, byte) => (byte < lane * size ? byte : 16 + byte));
  return kit.function(`eliminate_${column}`, 2, (code, [row, rows]) => {
    const [pivot, factor] = [code.local('f64'), code.local('f64')];
    const [factors, entries] = [code.local('v128'), code.local('v128')];
    const vectors = later.map((v) => ({ offset: 16 * v, keeps: v === first && lane > 0, pivots: code.local('v128') }));
    for (const { offset, pivots } of vectors) code.get(row).memory('v128.load', offset).set(pivots);
    kit.load(code.get(row), place).set(pivot);
    code.block(() => {
      code.loop(() => {
        code.get(rows).i32(1).op('i32.sub').tee(rows).op('i32.eqz').jumpIf(1);
        code.step(row, LINE).f64(0);
        kit.load(code.get(row), place).get(pivot).op('f64.div');
        code.get(pivot).f64(0).op('f64.eq', 'select').set(factor);
        kit.splat(code.get(factor)).set(factors);
        for (const { offset, keeps, pivots } of vectors) {
          code.get(row, row).memory('v128.load', offset).set(entries);
          if (keeps) code.get(entries);
          tiles.term(code, entries, 'minus', factors, pivots);
          if (keeps) code.shuffle(joined);
          code.memory('v128.store', offset);
        }
        kit.store(code.get(row, factor), place);
        code.jump(0);
      });
    });
  });
}
