import type { Node } from '../graph/node.ts';
import type { ArrayOperator, Cell, Field, Numbers, Pullback } from './array.ts';
import { byRank, entries, folding, letters, scalarCell } from './cells.ts';
import { equal } from './comparison.ts';
import { divide } from './power.ts';

/** The largest and the smallest entry of a cell. */

interface Extreme {
  readonly name: 'max' | 'min';
  /** The best of the entries between two places. */
  readonly best: (data: Numbers, from: number, to: number) => number;
}

function extremeOf(name: Extreme['name'], start: number, pick: (a: number, b: number) => number): Extreme {
  return {
    name,
    best: (data, from, to) => {
      let found = start;
      for (let k = from; k < to; k++) found = pick(found, data[k]!);
      return found;
    },
  };
}

/** What the records of an extreme have in common. */
const common = ({ name, best }: Extreme, rank: number) => ({
  name,
  notation: { latex: `\\${name}` },
  cells: [rank],
  cellShape: scalarCell,
  rule: {
    id: `${name}-entry`,
    name: name === 'max' ? 'largest entry' : 'smallest entry',
    why: `Only the ${name === 'max' ? 'largest' : 'smallest'} entry moves the result; entries that tie share equally.`,
    formula: `∂${name} x/∂xᵢ = [xᵢ = ${name} x]/Σⱼ[xⱼ = ${name} x]`,
  },
  kernel: folding(best),
  exact: <T>(x: Field<T>, [cell]: readonly Cell<T>[]): T[] => [x[name](cell!.data)],
});

/**
 * The share of each entry in the largest, [xᵢ = max x]/(how many are). One operator finds the largest and compares with
 * it: an entry that is computed a second time, in another order, may differ from itself in the last digit.
 */
const sharesOf = (extreme: Extreme) =>
  byRank((rank) => ({
    ...common(extreme, rank),
    name: `${extreme.name}-shares`,
    key: `${extreme.name}-shares/${rank}`,
    internal: true,
    cellShape: (cell) => cell,
    pullback: (p) => p.g.constant(0, p.adjoint.shape),
    kernel: ([x], out, count, [shape]) => {
      const size = entries(shape!);
      for (let from = 0; from < count * size; from += size)
        share(x!, out, from, from + size, extreme.best(x!, from, from + size));
    },
    exact: (x, [cell]) => {
      const found = x[extreme.name](cell!.data);
      const ties = cell!.data.map((u) => isSame(x, u, found));
      const count = ties.filter(Boolean).reduce((n) => x.add(n, x.one), x.zero);
      return ties.map((tie) => (tie ? x.div(x.one, count) : x.zero));
    },
  }));

/** As it runs: what arrives goes on by the shares. */
function runningOf(extreme: Extreme): (rank: number) => ArrayOperator {
  const shares = sharesOf(extreme);
  return byRank((rank) => ({
    ...common(extreme, rank),
    name: `running-${extreme.name}`,
    key: `running-${extreme.name}/${rank}`,
    internal: true,
    pullback: (p) => {
      const own = letters(rank);
      return p.einsum(
        [
          [p.adjoint, '', 'front'],
          [p.g.array(shares(rank), p.args[0]!), own],
        ],
        own,
      );
    },
  }));
}

/** The largest entries share what arrives: dx = dy·[x = y]/(how many are). */
function sharedByTies(p: Pullback, own: string): Node {
  const [g, x] = [p.g, p.args[0]!];
  const spread = p.einsum(
    [
      [p.y, ''],
      [g.constant(1, x.shape), own],
    ],
    own,
    undefined,
    false,
  );
  const chosen = g.apply(equal, x, spread);
  const ties = p.einsum([[chosen, own]], '', undefined, false);
  return p.einsum(
    [
      [p.adjoint, '', 'front'],
      [chosen, own],
      [divide(g, 1, ties), ''],
    ],
    own,
  );
}

function operatorsOf(extreme: Extreme): (rank: number) => ArrayOperator {
  const running = runningOf(extreme);
  return byRank((rank) => ({
    ...common(extreme, rank),
    key: `${extreme.name}/${rank}`,
    pullback: (p) => sharedByTies(p, letters(rank)),
    runs: (g, x) => g.array(running(rank), x),
  }));
}

/** The share of each entry that is the best one; a NaN is in all of them. */
function share(data: Numbers, out: Numbers, from: number, to: number, best: number): void {
  let ties = 0;
  for (let k = from; k < to; k++) if (data[k] === best) ties++;
  for (let k = from; k < to; k++) out[k] = data[k] === best ? 1 / ties : Number.isNaN(best) ? best : 0;
}

/** Whether two numbers are one; infinite ones have no difference. */
export function isSame<T>(x: Field<T>, a: T, b: T): boolean {
  const distance = x.size(x.sub(a, b));
  return distance === 0 || (Number.isNaN(distance) && x.size(a) === Infinity && x.size(b) === Infinity);
}

export const maximum = operatorsOf(extremeOf('max', Number.NEGATIVE_INFINITY, Math.max));
export const minimum = operatorsOf(extremeOf('min', Number.POSITIVE_INFINITY, Math.min));
