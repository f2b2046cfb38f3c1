import { isInteger, toNumber } from '../../graph/rational.ts';
import type { Field } from './field.ts';
import type { Residue } from './residue.ts';

/** Higher orders are functions of their own. */
const MOST_ORDER = 40;

/**
 * A Bessel function of integer order from two unknown functions, those of order 0 and 1, by the law that it obeys:
 * fₖ₊₁ = c·(2k/x)·fₖ + s·fₖ₋₁. So the recurrences and the slopes that follow from them hold in the field.
 */
const lawful =
  (f: Field, name: string, [c, s]: readonly [1 | -1, 1 | -1], whole: boolean) =>
  (n: Residue, x: Residue): Residue => {
    f.asked.functions = true;
    const order = n.exact && isInteger(n.exact) ? toNumber(n.exact) : Number.NaN;
    if (!(order >= 0 && order <= MOST_ORDER)) return f.unknown(name, [n, x]);
    let before = whole ? f.unknown(`${name} 0`, [x], 1) : f.unknown(`${name} 0`, [x]);
    if (order === 0) return before;
    let now = whole ? f.unknown(`${name} 1`, [x], -1) : f.unknown(`${name} 1`, [x]);
    const below = f.reciprocal(x);
    for (let k = 1; k < order; k++) {
      const next = f.add(f.multiply(f.multiply(f.fromNumber(2 * k * c), below), now), s === 1 ? before : f.negate(before));
      [before, now] = [now, next];
    }
    return now;
  };

export const besselsIn = (f: Field): Record<string, (n: Residue, x: Residue) => Residue> => ({
  besselj: lawful(f, 'besselj', [1, -1], true),
  bessely: lawful(f, 'bessely', [1, -1], false),
  besseli: lawful(f, 'besseli', [-1, 1], true),
  besselk: lawful(f, 'besselk', [1, 1], false),
});
