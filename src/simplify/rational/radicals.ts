import { constantOf } from '../../graph/forms.ts';
import type { Apply, Node } from '../../graph/node.ts';
import { absolute, type Fraction, isNegative, MINUS_ONE, ONE, rational } from '../../graph/rational.ts';
import { cbrt } from '../../operators/logarithmic.ts';
import { pow } from '../../operators/power.ts';
import { multiplied } from '../content.ts';
import { type Lengths, lengthOf, type Measured, powerLength, productLength } from '../length.ts';
import { exponentOf, product, UNIT_POWER } from './factored.ts';
import { type Powers, pairsOf, without } from './powers.ts';
import type { Reader } from './read.ts';
import { radicals, shorterRoot, splitSurds } from './surds.ts';

/** A factor, and the index that each of its axes runs over. */
export interface Piece {
  readonly node: Node;
  readonly own: readonly number[];
}

/** A product in which the roots of numbers have their places. */
interface Written {
  readonly c: Fraction;
  readonly powers: Powers;
  readonly roots: readonly Piece[];
}

/** The same while the primes have none yet. */
interface Form extends Written {
  readonly surds: Powers;
}

/** A radicand with the number in it, and the exponent that it gets. */
interface Radicand {
  readonly c: Fraction;
  readonly node: Node;
  readonly e: number;
}

/**
 * How roots are written: those of numbers as one, √2·√3 as √6; a number with what stands under the same root where that is
 * shorter, √2·√(x + 1) as √(2x + 2); as they were spelled, √(1 − x²/3) for √(3 − x²)/√3, where that is.
 */
export class Radicals {
  private readonly reader: Reader;
  private readonly lengths: Lengths;

  constructor(reader: Reader, lengths: Lengths) {
    this.reader = reader;
    this.lengths = lengths;
  }

  /** A product of a number and generators with its roots apart. */
  of(c: Fraction, all: Powers): Written {
    if (!this.reader.hasSurds) return { c, powers: all, roots: [] };
    const { surds, others } = splitSurds(all, this.reader);
    let best: Form = { c, powers: others, surds, roots: [] };
    for (const [g, e] of pairsOf(others)) if (e % UNIT_POWER !== 0) best = this.shortest(best, g, e);
    let { c: number } = best;
    const roots = radicals(best.surds, this.reader).map(({ of, degree, primes }): Piece => {
      const root = shorterRoot(number, of, degree, primes);
      number = root.k;
      return { node: this.root(root.of, degree, root.below), own: [] };
    });
    return { c: number, powers: best.powers, roots: [...roots, ...best.roots] };
  }

  /** With the power of one generator as it is shortest. */
  private shortest(plain: Form, g: number, e: number): Form {
    const { node, own } = this.reader.generators[g]!;
    let best = plain;
    let least = this.length(plain);
    for (const { c, node: radicand, e: power } of this.radicands(g, plain, e)) {
      const left = this.reader.settled(product([{ c: plain.c, powers: plain.surds, sums: [] }, this.reader.surd(c, -power)!]));
      const root = this.reader.cubic.has(node) ? this.cubeRoot(radicand, power, true) : undefined;
      const piece = { node: root ?? this.reader.g.apply(pow, radicand, exponentOf(power)), own };
      const powers = without(plain.powers, (id) => id === g);
      const form = { c: left.c, powers, surds: left.powers, roots: [...plain.roots, piece] };
      const length = this.length(form);
      if (length < least) [best, least] = [form, length];
    }
    return best;
  }

  /** What a power of a generator may be written as, with the number that is multiplied by it under the root. */
  private radicands(id: number, { c: number, surds }: Form, e: number): readonly Radicand[] {
    const { g } = this.reader;
    const { node } = this.reader.generators[id]!;
    const spelled = this.reader.scaled.get(id);
    const all: Radicand[] = spelled ? [{ ...spelled, e }] : [];
    for (const { of, degree } of radicals(surds, this.reader)) {
      if (Math.abs(e) * degree !== UNIT_POWER) continue;
      const c = rational(of);
      if (e > 0 || number.d % of === 0n) all.push({ c, node: multiplied(g, node, c), e });
      if (e < 0 && node.kind !== 'sum') all.push({ c, node: g.mul(c, g.apply(pow, node, MINUS_ONE)), e: -e });
    }
    return all;
  }

  private root(of: bigint, degree: number, below: boolean): Node {
    const { g } = this.reader;
    const radicand = g.constant(rational(of));
    const p = below ? MINUS_ONE : ONE;
    const cubic = degree === 3 && this.reader.cubic.size > 0;
    return cubic ? g.apply(pow, g.apply(cbrt, radicand), p) : g.apply(pow, radicand, p.div(degree));
  }

  /** A power in thirds of what stood under a cube root: of what may be negative, so no other power will do. */
  cubeRoot(node: Node, e: number, cubic = this.reader.cubic.has(node)): Node | undefined {
    if (!cubic || e % UNIT_POWER === 0 || (3 * e) % UNIT_POWER !== 0) return undefined;
    const { g } = this.reader;
    return g.apply(pow, g.apply(cbrt, node), rational((3 * e) / UNIT_POWER));
  }

  private length({ c, powers, surds, roots }: Form): number {
    return productLength(c, [
      ...radicals(surds, this.reader).map(({ of, degree }) => ({
        length: of.toString().length + (degree === 2 ? 6 : 7),
        below: false,
      })),
      ...pairsOf(powers).map(([id, e]) => {
        const { node } = this.reader.generators[id]!;
        return { length: powerLength(node, lengthOf(node, this.lengths), exponentOf(Math.abs(e))), below: e < 0 };
      }),
      ...roots.map(({ node }) => this.measured(node)),
    ]);
  }

  /** A factor as it is measured. */
  measured(node: Node): Measured {
    const p = node.kind === 'apply' && node.operator === pow ? constantOf(node.args[1]!) : undefined;
    if (!p) return { length: lengthOf(node, this.lengths), below: false };
    const [base] = (node as Apply).args as [Node];
    return { length: powerLength(base, lengthOf(base, this.lengths), absolute(p)), below: isNegative(p) };
  }
}
