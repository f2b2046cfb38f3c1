import { isEven, isInteger, isNegative, isZero, rational, same as sameRational } from '../../graph/rational.ts';
import { type Field, keyOf } from './field.ts';
import { type Residue, Void } from './residue.ts';

/** Two numbers that are this near to one another are so for all draws, not by chance. */
const SMALL = 2 ** 20;

/** Of what is 0 at borders only the sign is not 0; of what is constant between jumps it may be. */
type Sign = 1 | -1 | 0;
const SIGNS: readonly Sign[] = [1, -1, 0];

/**
 * Signs, comparisons and what is built on them. A field has no order. First the sign of a number is an unknown odd
 * function of it, which is enough where both sides ask for the same signs; then it is 1 or −1, one choice after the other.
 * Borders are left out: what is 0 only in places counts as different from 0.
 */
export class Order {
  private readonly f: Field;
  /** The signs that were chosen, and which entry of a set of numbers is the largest. */
  private readonly signs = new Map<string, Sign>();
  private readonly extremes = new Map<string, Residue>();
  /** The numbers whose signs are known, as they were met. */
  private readonly met: (readonly [p: number, sign: 1 | -1])[] = [];

  constructor(f: Field) {
    this.f = f;
  }

  sign(x: Residue): Residue {
    const { f } = this;
    f.asked.branches = f.asked.origins = true;
    if (x.exact) return f.fromNumber(isZero(x.exact) ? 0 : isNegative(x.exact) ? -1 : 1);
    if (f.isZero(x)) return f.zero;
    const byParts = this.signOfParts(x);
    if (byParts) return byParts;
    if (!f.choices) return f.unknown('sign', [x], -1).with({ flat: true });
    return f.fromNumber(this.chosen(x)).with({ flat: true });
  }

  private signOfParts({ origin }: Residue): Residue | undefined {
    const { f } = this;
    if (origin?.kind === 'exp') return f.one;
    if (origin?.kind === 'product') return f.multiply(this.sign(origin.left), this.sign(origin.right));
    if (origin?.kind !== 'power') return undefined;
    const { base, exponent } = origin;
    // What may vanish on a region has there the sign 0.
    if (!exponent.exact || !isInteger(exponent.exact) || base.flat) return undefined;
    return isEven(exponent.exact) ? f.one : this.sign(base);
  }

  private chosen(x: Residue): Sign {
    const turned = this.f.isUpper(x);
    const known = this.signs.get(keyOf(turned ? this.f.negate(x) : x));
    if (known !== undefined) return turned ? (-known as Sign) : known;
    const implied = this.implied(x);
    if (implied) {
      this.known(x, implied);
      return implied;
    }
    // Of the number as it is met: which of x and −x has the key differs from draw to draw.
    const sign = SIGNS[this.f.choices!.pick(x.jumps ? 3 : 2)]!;
    this.known(x, sign);
    if (sign !== 0) this.agree(x, sign);
    return sign;
  }

  /** Where square roots are looked for, what has one is positive. */
  private agree({ p }: Residue, sign: 1 | -1): void {
    const { f } = this;
    if (!f.roots) return;
    if (f.isPositive(sign > 0 ? f.p.negate(p) : p)) throw new Void('a sign that is another one', true);
  }

  /** A sign that follows from what was chosen, and must not be another one already. */
  private told(x: Residue, sign: 1 | -1): void {
    const turned = this.f.isUpper(x);
    const known = this.signs.get(keyOf(turned ? this.f.negate(x) : x));
    const own = x.exact ? (isNegative(x.exact) ? -1 : 1) : known !== undefined && turned ? -known : known;
    if (own !== undefined && own !== sign) throw new Void('a sign that is another one', true);
    if (own === undefined) this.known(x, sign);
  }

  /** x is c more than another number or its opposite, a whole number: of x − 1 > 0 follows x > 0. */
  private implied({ p }: Residue): 1 | -1 | undefined {
    const { order } = this.f.p;
    for (const [other, sign] of this.met) {
      for (const [number, own] of [
        [other, sign],
        [this.f.p.negate(other), -sign],
      ] as const) {
        const more = p >= number ? p - number : p - number + order;
        if (own > 0 && more < SMALL) return 1;
        if (own < 0 && order - more < SMALL) return -1;
      }
    }
    return undefined;
  }

  private known(x: Residue, sign: Sign): void {
    if (sign !== 0) this.met.push([x.p, sign]);
    const turned = this.f.isUpper(x);
    this.signs.set(keyOf(turned ? this.f.negate(x) : x), turned ? (-sign as Sign) : sign);
  }

  abs(x: Residue): Residue {
    return this.f.multiply(x, this.sign(x));
  }

  /** 1 where x > 0, otherwise 0. */
  step(x: Residue): Residue {
    const { f } = this;
    f.asked.branches = true;
    if (x.exact) return f.fromNumber(isZero(x.exact) || isNegative(x.exact) ? 0 : 1).with({ logical: true });
    if (f.isZero(x)) return f.zero;
    // (1 + sign x)/2 is right but where x is 0.
    if (x.flat && !f.choices) return this.stepOfPart(x) ?? f.unknown('step', [x]).with({ flat: true, logical: true });
    if (x.jumps && f.choices) return f.fromNumber(this.chosen(x) > 0 ? 1 : 0).with({ flat: true, logical: true });
    const halved = f.multiply(f.fromRational(rational(1).div(2)), f.add(f.one, this.sign(x)));
    return halved.with({ flat: true, logical: true });
  }

  /** Of u·c, where c is 0 or 1: u·c > 0 just where c is 1 and u > 0. The rectifier is u·step(u). */
  private stepOfPart({ origin }: Residue): Residue | undefined {
    if (origin?.kind !== 'product') return undefined;
    const { left, right } = origin;
    if (!left.logical && !right.logical) return undefined;
    const [condition, other] = left.logical ? [left, right] : [right, left];
    const step = this.step(other);
    return step.p === condition.p ? step : this.and(step, condition);
  }

  /** 1 where x < y; or where x ≤ y, which differs at the border only. */
  less(x: Residue, y: Residue, orEqual: boolean): Residue {
    const { f } = this;
    f.asked.branches = true;
    const difference = f.subtract(y, x);
    if (f.isZero(difference)) return f.fromNumber(orEqual ? 1 : 0).with({ logical: true });
    // What is 0 on a region is at the border there.
    if (difference.flat && !f.choices)
      return f.unknown(orEqual ? 'at most' : 'less', [difference]).with({ flat: true, logical: true });
    if (orEqual && difference.jumps && f.choices)
      return f.fromNumber(this.chosen(difference) >= 0 ? 1 : 0).with({ flat: true, logical: true });
    return this.step(difference);
  }

  equal(x: Residue, y: Residue): Residue {
    const { f } = this;
    f.asked.branches = true;
    const difference = f.subtract(x, y);
    if (f.isZero(difference)) return f.one.with({ logical: true });
    // What is constant between jumps is equal to another such number on a whole region, anything else at borders only.
    if (f.choices && difference.jumps) return f.fromNumber(this.chosen(difference) === 0 ? 1 : 0).with({ logical: true });
    if (f.choices || (x.exact && y.exact && !sameRational(x.exact, y.exact))) return f.zero.with({ logical: true });
    return f.unknown('equal', [difference], 1).with({ flat: true, logical: true });
  }

  truth(c: Residue): Residue {
    const { f } = this;
    if (c.exact) return isZero(c.exact) ? f.zero : f.one;
    if (c.logical) return c;
    return f.unknown('truth', [c]).with({ flat: true, logical: true });
  }

  not(c: Residue): Residue {
    return this.f.subtract(this.f.one, this.truth(c)).with({ logical: true });
  }

  and(a: Residue, b: Residue): Residue {
    return this.f.multiply(this.truth(a), this.truth(b)).with({ logical: true });
  }

  or(a: Residue, b: Residue): Residue {
    return this.not(this.and(this.not(a), this.not(b)));
  }

  where(c: Residue, a: Residue, b: Residue): Residue {
    const { f } = this;
    const truth = this.truth(c);
    f.asked.branches = true;
    if (truth.exact) return isZero(truth.exact) ? b : a;
    return f.add(f.multiply(truth, a), f.multiply(f.subtract(f.one, truth), b));
  }

  /** The largest of two, or the smallest: (x + y ± |x − y|)/2. */
  extremeOfTwo(x: Residue, y: Residue, direction: 1 | -1): Residue {
    const { f } = this;
    const difference = f.subtract(x, y);
    if (f.isZero(difference)) return x;
    const sign = this.sign(difference);
    if (sign.exact) return isNegative(sign.exact) === direction < 0 ? x : y;
    const size = f.multiply(difference, sign);
    const total = f.add(f.add(x, y), direction === 1 ? size : f.negate(size));
    return f.multiply(f.fromRational(rational(1).div(2)), total).with({ flat: true });
  }

  /** The largest of several numbers, in whatever order they come, or the smallest. */
  extreme(values: readonly Residue[], direction: 1 | -1): Residue {
    const { f } = this;
    const different = new Map(values.map((v) => [v.p, v]));
    const met = [...different.values()];
    if (met.length <= 2) return met.reduce((a, b) => this.extremeOfTwo(a, b, direction));
    const sorted = met.toSorted((a, b) => a.p - b.p);
    f.asked.branches = true;
    const name = direction === 1 ? 'max' : 'min';
    if (!f.choices) return f.unknown(name, sorted).with({ flat: true });
    const key = `${name}:${sorted.map(keyOf).join(';')}`;
    let found = this.extremes.get(key);
    if (!found) {
      // In the order in which they are met: that of the residues differs from draw to draw.
      found = met[f.choices.pick(met.length)]!;
      for (const other of met) if (other !== found) this.told(f.subtract(found, other), direction);
      this.extremes.set(key, found);
    }
    return found;
  }
}
