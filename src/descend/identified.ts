import type { Warning } from '../language/diagnostics.ts';
import { type Factored, rankOf } from '../numeric/linear/qr.ts';
import type { Landscape } from './landscape.ts';

/** Shares of a combination that count. */
const COUNTS = 1e-6;

/**
 * Why normal equations have no solution that is the only one: an entry moves no residual, or some of them move all residuals
 * together.
 * @param free the entries that are asked about
 * @param columns the lengths of the derivatives by each entry
 */
export function unidentified(
  land: Landscape,
  free: readonly number[],
  qr: Factored,
  columns: ArrayLike<number>,
  tolerance: number,
): Warning {
  const n = columns.length;
  const without = names(land, free, (k) => columns[k] === 0);
  if (without.length > 0) {
    const [first] = without;
    return {
      message: `no standard errors: nothing in the fit depends on ${without.join(', ')} at this place`,
      hint: `leave ${first} where it is, --fix ${first}, or start it elsewhere`,
    };
  }
  const share = nullVector(qr, n, rankOf(qr, n, tolerance));
  const most = share.reduce((max, x, k) => Math.max(max, Math.abs(x) * columns[k]!), 0);
  const together = names(land, free, (k) => Math.abs(share[k]!) * columns[k]! > COUNTS * most);
  const last = together.at(-1)!;
  return {
    message: `no standard errors: the data do not tell the entries of ${together.join(', ')} apart`,
    hint: `leave one of them where it is, such as --fix ${last}, or leave it out of the model`,
  };
}

const names = (land: Landscape, free: readonly number[], holds: (k: number) => boolean): string[] => [
  ...new Set(free.filter((_, k) => holds(k)).map((entry) => land.nameAt(entry))),
];

/** A combination of the columns that is 0: the first one beyond the rank by those before it. */
function nullVector({ r, order }: Factored, n: number, rank: number): Float64Array {
  const result = new Float64Array(n);
  const z = new Float64Array(rank);
  for (let i = rank - 1; i >= 0; i--) {
    let sum = r[i * n + rank]!;
    for (let k = i + 1; k < rank; k++) sum -= r[i * n + k]! * z[k]!;
    z[i] = sum / r[i * n + i]!;
    result[order[i]!] = -z[i]!;
  }
  result[order[rank]!] = 1;
  return result;
}
