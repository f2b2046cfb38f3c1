import { constantOf, lacksValue, termsOf } from '../../graph/forms.ts';
import type { Graph } from '../../graph/graph.ts';
import { type Apply, type Contraction, distinct, type Node, type Sum, UNIT } from '../../graph/node.ts';
import { absolute, type Fraction, isInteger, isNegative, isOne, isZero, negated, ONE, rational } from '../../graph/rational.ts';
import { cbrt } from '../../operators/logarithmic.ts';
import type { Operator } from '../../operators/operator.ts';
import { exp, pow } from '../../operators/power.ts';
import { multiplied } from '../content.ts';
import {
  type Base,
  type Context,
  type Factored,
  type Generator,
  generatorPower,
  number,
  product,
  type Relation,
  raised,
  sum,
  UNIT_POWER,
} from './factored.ts';
import { partnerOf, pythagoras, ratioOf } from './identities.ts';
import { factoredKey, hasSum, isPower, isRadicand, sixtieths, THIRD, withoutNumber } from './pieces.ts';
import { collected, type Polynomial, polynomialKey, TooLong } from './polynomial.ts';
import { pairsOf, raisedPowers, someExponent } from './powers.ts';
import { settledSurds, surd } from './surds.ts';

/** Which of several equal ways of reading is tried. */
export interface Reading {
  /** Which function's squares are written by its partner: sin² + cos² = 1, cosh² − sinh² = 1. */
  readonly squares?: Operator;
  /** tan, cot, sec, csc by sin and cos, and the hyperbolic ones by sinh and cosh. */
  readonly ratios?: boolean;
}

/** A sum as it was written: the polynomial times a number. */
interface Spelling {
  readonly node: Node;
  readonly own: readonly number[];
  readonly c: Fraction;
  /** A sum within it could be multiplied out. */
  readonly opens: boolean;
}

/** Reads a node as a product of powers of polynomials. What is no arithmetic is a generator. */
export class Reader implements Context {
  readonly generators: Generator[] = [];
  relations: readonly Relation[] = [];
  /** How a polynomial was spelled in the source, up to the number. */
  readonly spelled = new Map<string, Spelling>();
  /** Reciprocals that the source has names for: sec for 1/cos. */
  readonly reciprocals = new Map<Operator, Operator>();
  /** Polynomials as powers, where that has been asked. */
  readonly roots = new Map<string, Base>();
  /** How the base of a root was spelled: as a positive number times what is the generator. */
  readonly scaled = new Map<number, { readonly node: Node; readonly c: Fraction }>();
  /** What stands under a cube root, which negative numbers have too. */
  readonly cubic = new Set<Node>();
  /** Products that stood to a power like n − 1: at 0 that has a value, and uⁿ/u has none. */
  readonly lowered = new Set<Node>();
  /** There are roots of numbers. */
  hasSurds = false;
  private readonly radicands = new Map<string, { readonly c: Fraction; readonly generator: Generator }>();
  private readonly known = new Map<string, Generator>();
  readonly g: Graph;
  private readonly reading: Reading;
  private budget: number;
  private readonly inParts: (sum: Sum) => Node;

  /**
   * @param budget how many nodes may be read
   * @param inParts gives a sum that is too long to be multiplied out with each of its parts shortened
   */
  constructor(g: Graph, reading: Reading, budget: number, inParts: (sum: Sum) => Node) {
    this.g = g;
    this.reading = reading;
    this.budget = budget;
    this.inParts = inParts;
  }

  /** The node as a product; `own` are the indices of its axes. */
  read(node: Node, own: readonly number[]): Factored {
    return this.settled(this.unsettled(node, own));
  }

  /** Whole powers of primes are numbers. */
  settled(f: Factored): Factored {
    return this.hasSurds ? settledSurds(f, this) : f;
  }

  private unsettled(node: Node, own: readonly number[]): Factored {
    if (this.budget-- < 0) throw new TooLong();
    const c = constantOf(node);
    if (c) return number(c);
    switch (node.kind) {
      case 'sum':
        try {
          return this.sum(node, own);
        } catch (error) {
          if (error instanceof TooLong) return this.plain(this.inParts(node), own);
          throw error;
        }
      case 'contraction':
        return this.contraction(node, own);
      case 'apply':
        return this.apply(node, own);
      default:
        return this.plain(node, own);
    }
  }

  /**
   * A polynomial as it was spelled, and the number by which that is multiplied to be the polynomial: a sign, or any number where
   * the source speaks in decimals: 10x + 1 was x + 0.1.
   */
  spelling(p: Polynomial): (Spelling & { readonly factor: Fraction }) | undefined {
    const spelled = this.spelled.get(polynomialKey(p));
    if (!spelled) return undefined;
    const { c } = spelled;
    if (isOne(absolute(c))) return { ...spelled, factor: c };
    return this.g.decimals ? { ...spelled, factor: c.inverse() } : undefined;
  }

  /** A contraction's factors as a product, before any index is summed. */
  readFactors(node: Contraction): Factored {
    return this.settled(product([number(node.coefficient), ...node.factors.map((f, k) => this.read(f, node.indices[k]!))]));
  }

  private sum(node: Sum, own: readonly number[]): Factored {
    const parts = node.terms.map((t) => this.read(t, own));
    this.relate();
    const f = sum(parts, this);
    const [first, ...others] = f.sums;
    // Where terms have cancelled, the polynomial is shorter than its spelling was.
    const whole = first && others.length === 0 && first.e === 1 && f.powers.length === 0;
    if (whole && first.p.length >= node.terms.length) {
      const key = polynomialKey(first.p);
      if (!this.spelled.has(key)) this.spelled.set(key, { node, own, c: f.c, opens: node.terms.some(hasSum) });
    }
    return f;
  }

  /** A product entry by entry; factors with a summed index stay together. */
  private contraction(node: Contraction, own: readonly number[]): Factored {
    if (node.sizes.length === 0 && node.result.length === 0)
      return product([number(node.coefficient), ...node.factors.map((f, k) => this.read(f, node.indices[k]!))]);
    if (!distinct(node.result)) return this.plain(node, own);
    const outer = new Map(node.result.map((i, axis) => [i, own[axis]!]));
    const apart = node.indices.map((list) => list.every((i) => i === UNIT || outer.has(i)));
    const parts = [number(node.coefficient)];
    node.factors.forEach((f, k) => {
      if (apart[k])
        parts.push(
          this.read(
            f,
            node.indices[k]!.map((i) => (i === UNIT ? UNIT : outer.get(i)!)),
          ),
        );
    });
    if (apart.every(Boolean)) return product(parts);
    if (apart.every((x) => !x) && isOne(node.coefficient)) return this.plain(node, own);
    const left = <T>(list: readonly T[]): T[] => list.filter((_, k) => !apart[k]);
    const indices = left(node.indices);
    const axes = node.result.map((i) => i === UNIT || indices.some((list) => list.includes(i)));
    const whole = axes.every(Boolean);
    const result = whole ? node.result : node.result.filter((i, k) => axes[k] && i !== UNIT);
    const used = new Set([...indices.flat(), ...result]);
    const sizes = new Map([...node.sizes.entries()].filter(([i]) => used.has(i)));
    const rest = this.g.contract({ factors: left(node.factors), indices, result, sizes });
    parts.push(this.read(rest, whole ? own : result.map((i) => outer.get(i)!)));
    return product(parts);
  }

  private apply(node: Apply, own: readonly number[]): Factored {
    if (node.operator === pow) return this.power(node, node.args[0]!, node.args[1]!, own);
    if (node.operator === cbrt) return this.cubeRoot(node, node.args[0]!, own);
    if (node.operator === exp) return product(termsOf(node.args[0]!).map((t) => this.exponential(t, own)));
    const ratio = this.reading.ratios ? ratioOf.get(node.operator) : undefined;
    if (!ratio) return this.plain(node, own);
    const { above, below } = ratio;
    const u = node.args[0]!;
    if (!above) this.reciprocals.set(below, node.operator);
    const bottom = raised(this.plain(this.g.apply(below, u), own), -1);
    return above ? product([this.plain(this.g.apply(above, u), own), bottom]) : bottom;
  }

  /** e^(c·u) as a power of eᵘ, so that e²ᵘ is its square. */
  private exponential(term: Node, own: readonly number[]): Factored {
    const c = constantOf(term);
    const { coefficient, core } = c ? { coefficient: c, core: this.g.constant(1, term.shape) } : this.g.splitCoefficient(term);
    const e = sixtieths(coefficient);
    if (e === undefined) return this.plain(this.g.apply(exp, term), own);
    return generatorPower(this.pair(core, own), e);
  }

  private pair(core: Node, own: readonly number[]): Generator {
    const key = `exp ${keyOf(core, own)}`;
    const known = this.known.get(key);
    if (known) return known;
    let minus: Generator | undefined;
    const plus = this.generator(key, this.g.apply(exp, core), own, {
      exponent: core,
      opposite: () => {
        if (minus) return minus;
        const exponent = this.g.neg(core);
        minus = this.generator(`${key} below`, this.g.apply(exp, exponent), own, { exponent, opposite: () => plus });
        return minus;
      },
    });
    return plus;
  }

  private power(node: Node, base: Node, exponent: Node, own: readonly number[]): Factored {
    const p = constantOf(exponent);
    if (p) return this.constantPower(node, base, p, own);
    const bases = withoutNumber(this.g, base);
    return product(termsOf(exponent).flatMap((t) => bases.map((b) => this.symbolicPower(b, t, own))));
  }

  /** The power by one term of an exponent: x^(m + n − 1) is xᵐ·xⁿ·x⁻¹, and x⁻ⁿ is below the line. */
  private symbolicPower(base: Node, term: Node, own: readonly number[]): Factored {
    const c = constantOf(term);
    if (c) return this.withSymbol(base, c, own);
    const { coefficient, core } = this.g.splitCoefficient(term);
    const whole = coefficient.d === 1n && coefficient.n < 100n ? Number(coefficient.n) : 1;
    const symbolic = this.g.apply(pow, base, whole === 1 ? this.g.scale(absolute(coefficient), core) : core);
    const e = (isNegative(coefficient) ? -whole : whole) * UNIT_POWER;
    return generatorPower(this.generator(keyOf(symbolic, own), symbolic, own, { base }), e);
  }

  /** baseᵖ beside a symbolic power of the same base: a generator if it is a root, so that they stay one power. */
  private withSymbol(base: Node, p: Fraction, own: readonly number[]): Factored {
    const e = sixtieths(p);
    const isWhole = isInteger(p) && (base.kind === 'sum' || base.kind === 'contraction');
    if (isWhole && isNegative(p)) this.lowered.add(base);
    if (constantOf(base) || e === undefined || isWhole) return this.constantPower(this.g.apply(pow, base, p), base, p, own);
    return base.kind === 'sum' || base.kind === 'contraction'
      ? this.root(base, e, own)
      : generatorPower(this.generator(keyOf(base, own), base, own), e);
  }

  /** The power of a sum or a product: √(2x + 2) is √2·√(x + 1), so that equal radicands meet. */
  private root(base: Node, e: number, own: readonly number[]): Factored {
    const key = keyOf(base, own);
    const radicand = this.radicands.get(key) ?? this.radicand(base, own);
    this.radicands.set(key, radicand);
    const power = generatorPower(radicand.generator, e);
    return isOne(radicand.c) ? power : product([this.surd(radicand.c, e)!, power]);
  }

  /** A radicand as a positive number times a generator. */
  private radicand(base: Node, own: readonly number[]): { readonly c: Fraction; readonly generator: Generator } {
    const value = this.read(base, own);
    const c = absolute(value.c);
    if (isOne(c) || isZero(c) || this.g.decimals || !this.surd(c, UNIT_POWER / 2))
      return { c: ONE, generator: this.rootOf(base, value, own) };
    const node = multiplied(this.g, base, c.inverse());
    const generator = isRadicand(node)
      ? this.rootOf(node, { ...value, c: value.c.div(c) }, own)
      : this.generator(keyOf(node, own), node, own);
    if (!this.scaled.has(generator.id)) this.scaled.set(generator.id, { node: base, c });
    return { c, generator };
  }

  private rootOf(base: Node, value: Factored, own: readonly number[]): Generator {
    return this.generator(`root ${factoredKey(value)}`, base, own, { value });
  }

  /** cᵉ by its primes. */
  surd(c: Fraction, e: number): Factored | undefined {
    this.hasSurds = true;
    return surd(c, e, (prime) =>
      this.generator(`prime ${prime}`, this.g.constant(rational(prime)), [], { value: number(rational(prime)), prime }),
    );
  }

  private constantPower(node: Node, base: Node, p: Fraction, own: readonly number[]): Factored {
    if (p.d === 1n) return raised(this.read(base, own), Number(p.s * p.n));
    const e = sixtieths(p);
    if (e === undefined) return this.plain(node, own);
    const c = constantOf(base);
    if (c) return (isNegative(c) || isZero(c) || this.g.decimals ? undefined : this.surd(c, e)) ?? this.plain(node, own);
    return this.rootPower(base, e, own);
  }

  private rootPower(base: Node, e: number, own: readonly number[]): Factored {
    const isFunction = base.kind === 'apply' && base.operator !== pow && base.operator !== exp;
    if (base.kind === 'variable' || base.kind === 'definition' || isFunction)
      return generatorPower(this.generator(keyOf(base, own), base, own), e);
    return this.powerOfOne(base, own, e) ?? this.root(base, e, own);
  }

  /** A cube root is the power one third, of what may be negative. */
  private cubeRoot(node: Node, base: Node, own: readonly number[]): Factored {
    const c = constantOf(base);
    if (c) {
      const root = isZero(c) || this.g.decimals ? undefined : this.surd(absolute(c), THIRD);
      return root ? (isNegative(c) ? { ...root, c: negated(root.c) } : root) : this.plain(node, own);
    }
    const root = this.thirdPower(base, own) ?? this.rootPower(base, THIRD, own);
    for (const [id] of pairsOf(root.powers)) {
      const { node: radicand, exponent } = this.generators[id]!;
      if (!exponent) this.cubic.add(radicand);
    }
    return root;
  }

  /** ∛(x²y) by x² and y: what is not positive has cube roots too. */
  private thirdPower(base: Node, own: readonly number[]): Factored | undefined {
    if (!isPower(base)) return undefined;
    const { c, powers, sums } = this.read(base, own);
    if (!isOne(c) || sums.length > 0) return undefined;
    const third = raisedPowers(powers, 1 / 3);
    return someExponent(third, (e) => !Number.isInteger(e)) ? undefined : { c, powers: third, sums };
  }

  /** A power of a power that is one generator, fˣ: of the same generator. One of exponentials: they are positive. */
  private powerOfOne(base: Node, own: readonly number[], e: number): Factored | undefined {
    if (base.kind !== 'apply') return undefined;
    const { c, powers, sums } = this.read(base, own);
    if (!isOne(c) || sums.length > 0) return undefined;
    const sole = powers.length === 2 && powers[1] === UNIT_POWER;
    if (!sole && !pairsOf(powers).every(([id]) => this.generators[id]!.exponent)) return undefined;
    const scaled = raisedPowers(powers, e / UNIT_POWER);
    return someExponent(scaled, (p) => !Number.isInteger(p)) ? undefined : { c, powers: scaled, sums };
  }

  private plain(node: Node, own: readonly number[]): Factored {
    return generatorPower(this.generator(keyOf(node, own), node, own), UNIT_POWER);
  }

  private generator(
    key: string,
    node: Node,
    own: readonly number[],
    more: Pick<Generator, 'value' | 'base' | 'opposite' | 'exponent' | 'prime'> = {},
  ): Generator {
    const known = this.known.get(key);
    if (known) return known;
    // ∞/∞ and (1/0) − (1/0) are no numbers: what has no value is not reckoned with.
    if (lacksValue(node)) throw new TooLong();
    const made = { id: this.generators.length, node, own, ...more };
    this.generators.push(made);
    this.known.set(key, made);
    return made;
  }

  /** The relations that this reading asks for, among the generators there are. */
  private relate(): void {
    const from = this.reading.squares;
    const identity = pythagoras.find(({ f }) => f === from);
    if (!identity) return;
    const { g: to, constant, square } = identity;
    const relations: Relation[] = [];
    for (const { id, node, own } of [...this.generators]) {
      if (node.kind !== 'apply' || node.operator !== from) continue;
      const other = this.g.apply(to, node.args[0]!);
      if (other.kind !== 'apply' || other.operator !== to) continue;
      const g = this.generator(keyOf(other, own), other, own);
      relations.push({
        square: id,
        value: collected([
          { c: constant, m: [] },
          { c: square, m: [g.id, 2 * UNIT_POWER] },
        ]),
      });
    }
    this.relations = relations;
  }

  /** Both functions of a pair are there, of one argument. */
  get hasPairs(): boolean {
    return this.generators.some(({ node, own }) => {
      if (node.kind !== 'apply') return false;
      const to = partnerOf.get(node.operator);
      return to !== undefined && this.known.has(keyOf(this.g.apply(to, node.args[0]!), own));
    });
  }

  /** Functions with a partner whose squares stand in the sums of a product. */
  squaresIn(f: Factored): Set<Operator> {
    const found = new Set<Operator>();
    for (const { p } of f.sums)
      for (const { m } of p)
        for (let k = 0; k < m.length; k += 2) {
          const { node } = this.generators[m[k]!]!;
          if (m[k + 1]! >= 2 * UNIT_POWER && node.kind === 'apply' && partnerOf.has(node.operator)) found.add(node.operator);
        }
    return found;
  }
}

const keyOf = (node: Node, own: readonly number[]): string => (own.length === 0 ? String(node.id) : `${node.id}:${own.join()}`);
