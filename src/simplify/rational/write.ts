import type { Dim } from '../../graph/dimension.ts';
import { constantOf } from '../../graph/forms.ts';
import type { Graph } from '../../graph/graph.ts';
import { distinct, type Node, UNIT } from '../../graph/node.ts';
import { absolute, type Fraction, HALF, isInteger, isNegative, isOne, MINUS_ONE, ONE, rational } from '../../graph/rational.ts';
import { sinh } from '../../operators/elementary.ts';
import type { Operator } from '../../operators/operator.ts';
import { exp, pow } from '../../operators/power.ts';
import { sin } from '../../operators/trigonometric.ts';
import { type Lengths, lengthOf } from '../length.ts';
import { settle } from '../normal.ts';
import { exponentOf, type Factored, factorOf, UNIT_POWER } from './factored.ts';
import { ratios } from './identities.ts';
import { Measure, merged, mostlyNegative, spreadOf, type Writing } from './measure.ts';
import { contentOf, generatorsOf, overTerm, type Polynomial, scaled } from './polynomial.ts';
import { type Powers, pairsOf, timesPowers } from './powers.ts';
import { type Piece, Radicals } from './radicals.ts';
import type { Reader } from './read.ts';

/** Quotients with names: tan for sin/cos, and cot for the same the other way round. */
const RATIOS = ratios.flatMap(({ name, above, below }, k) => {
  const other = ratios.findIndex((r) => r.above === below && r.below === above);
  return above && other > k ? [{ above, below, over: name, under: ratios[other]!.name }] : [];
});

/**
 * How much of aᵉ·bᵈ, d and e of opposite signs, is a power of a/b. A root of the quotient needs roots of both, whose
 * values are then positive: √cosh/sinh has a value where sinh is negative, √coth has none.
 */
function sharedPower(d: number, e: number): number {
  const both = Math.min(Math.abs(d), Math.abs(e));
  const isRoot = (p: number): boolean => p % UNIT_POWER !== 0;
  return isRoot(both) && !(isRoot(d) && isRoot(e)) ? both - (both % UNIT_POWER) : both;
}

/** f(u) times its partner is f(2u)/2. */
const HALVES: ReadonlySet<Operator> = new Set([sin, sinh]);

const NO_SIZES: ReadonlyMap<number, Dim> = new Map();

/** The indices of what is written, and their lengths. */
interface Space {
  readonly result: readonly number[];
  readonly sizes: ReadonlyMap<number, Dim>;
}

/** Writes a product of polynomials as a node. */
export class Writer {
  private readonly g: Graph;
  private readonly reader: Reader;
  private readonly lengths: Lengths;
  private readonly space: Space;
  private readonly writing: Writing;
  private readonly radicals: Radicals;
  private readonly measure: Measure;

  constructor(g: Graph, reader: Reader, lengths: Lengths, space: Space, writing: Writing) {
    this.g = g;
    this.reader = reader;
    this.lengths = lengths;
    this.space = space;
    this.writing = writing;
    this.radicals = new Radicals(reader, lengths);
    this.measure = new Measure(reader, lengths);
  }

  write(f: Factored): Node {
    const { c, powers, roots } = this.radicals.of(f.c, f.powers);
    // An index that has gone from all factors is summed all the same: the whole space counts.
    return this.contract(c, [...roots, ...this.pieces({ ...f, c, powers })], this.space.result, this.space.sizes);
  }

  /** c times generators to their powers. */
  private monomial(c: Fraction, m: Powers, own: readonly number[]): Node {
    const { c: number, powers, roots } = this.radicals.of(c, m);
    return this.contract(number, [...roots, ...this.named(powers)], own);
  }

  private pieces(f: Factored): Piece[] {
    const apart = this.writing.spread ? spreadOf(f, this.reader) : undefined;
    if (apart) {
      const own = this.indicesOf(apart.p);
      const terms = apart.p.map((t) => this.monomial(rational(t.c), timesPowers(apart.below, t.m), own));
      return [...this.factors(apart.rest), { node: this.g.add(terms), own }];
    }
    return this.factors(f);
  }

  private factors(f: Factored): Piece[] {
    let c = f.c;
    const sums: Piece[] = [];
    const plain: { readonly at: number; readonly p: Polynomial }[] = [];
    for (const { p, e } of this.writing.merged ? merged(f.sums, this.reader) : f.sums) {
      const { p: q, e: n } = this.measure.root(p);
      const { piece, factor } = this.base(q, isNegative(c) && (e * n) % 2 !== 0);
      if (e * n === 1 && isOne(factor) && !this.reader.spelling(q)) plain.push({ at: sums.length, p: q });
      sums.push(this.power(piece, e * n * UNIT_POWER));
      if (!isOne(factor)) c = c.mul(factor.pow(e * n)!);
    }
    // 1e-5·(1 − 100000x²) is 1e-5 − x².
    const [open] = plain;
    if (open && this.g.decimals && !isInteger(c)) {
      const own = this.indicesOf(open.p);
      const terms = open.p.map((t) => this.monomial(rational(t.c).mul(c) as Fraction, t.m, own));
      sums[open.at] = { node: this.g.add(terms), own };
      c = ONE;
    }
    const number = c === f.c || c.equals(f.c) ? [] : [{ node: this.g.constant(c.div(f.c)), own: [] }];
    return [...number, ...this.named(f.powers), ...sums];
  }

  private contract(
    c: Fraction,
    pieces: readonly Piece[],
    result: readonly number[],
    sizes: ReadonlyMap<number, Dim> = this.sizesOf(result),
  ): Node {
    const node = this.g.contract({
      coefficient: c,
      factors: pieces.map((p) => p.node),
      indices: pieces.map((p) => p.own),
      result,
      sizes,
    });
    return settle(this.g, node, (inner) => inner.factors.length <= MOST_FACTORS);
  }

  private sizesOf(indices: readonly number[]): ReadonlyMap<number, Dim> {
    if (indices.length === 0) return NO_SIZES;
    return new Map(indices.filter((i) => i !== UNIT).map((i) => [i, this.space.sizes.get(i)!]));
  }

  private power({ node, own }: Piece, e: number): Piece {
    if (e === UNIT_POWER) return { node, own };
    const root = this.radicals.cubeRoot(node, e);
    if (root) return { node: root, own };
    const p = exponentOf(e);
    if (node.kind === 'apply' && node.operator === exp) return { node: this.g.apply(exp, this.g.scale(p, node.args[0]!)), own };
    // a²ˣ was read as the square of aˣ, which has fewer values where a is negative.
    if (node.kind === 'apply' && node.operator === pow && isInteger(p) && !constantOf(node.args[1]!)) {
      const [base, exponent] = node.args as [Node, Node];
      const whole = this.g.apply(pow, base, this.g.scale(absolute(p), exponent));
      return { node: isNegative(p) ? this.g.apply(pow, whole, MINUS_ONE) : whole, own };
    }
    return { node: this.g.apply(pow, node, p), own };
  }

  /** Generators to their powers, sin/cos as tan and so on. */
  private named(all: Powers): Piece[] {
    const key = (node: Node, own: readonly number[]) => `${node.id}:${own.join()}`;
    const powers = new Map<string, { piece: Piece; e: number }>();
    // What is put in may be there already: fˣ beside its root, tan beside sin/cos.
    const put = (node: Node, own: readonly number[], e: number): void => {
      const known = powers.get(key(node, own))?.e ?? 0;
      powers.set(key(node, own), { piece: { node, own }, e: known + e });
    };
    for (const [id, e] of pairsOf(all)) {
      const { node, own } = this.reader.generators[id]!;
      put(node, own, e);
    }
    for (const { piece, e } of [...powers.values()]) {
      const { node, own } = piece;
      if (node.kind !== 'apply') continue;
      for (const { above, below, over, under } of RATIOS) {
        if (node.operator !== above) continue;
        const [u] = node.args as [Node];
        const other = this.g.apply(below, u);
        const d = powers.get(key(other, own))?.e;
        if (d === undefined) continue;
        // √sin·√cos has no value where both are negative, √(sin·cos) has one.
        if (this.writing.doubled && HALVES.has(above) && d === e && e % UNIT_POWER === 0) {
          put(node, own, -e);
          put(other, own, -e);
          put(this.g.mul(HALF, this.g.apply(above, this.g.mul(2, u))), own, e);
          continue;
        }
        if (Math.sign(d) === Math.sign(e)) continue;
        const both = sharedPower(d, e);
        if (both === 0) continue;
        put(this.g.apply(e > 0 ? over : under, u), own, both);
        put(node, own, -Math.sign(e) * both);
        put(other, own, -Math.sign(d) * both);
      }
    }
    for (const { piece, e } of [...powers.values()]) {
      // 1/cos as sec, where the source speaks of it.
      if (e >= 0 || piece.node.kind !== 'apply') continue;
      const { node, own } = piece;
      const reciprocal = this.reader.reciprocals.get(node.operator);
      if (!reciprocal) continue;
      put(node, own, -e);
      put(this.g.apply(reciprocal, node.args[0]!), own, -e);
    }
    const numbers = this.reader.lowered.size > 0 ? this.lower(powers, put, key) : [];
    const left = inOrder([...powers.values()].filter(({ e }) => e !== 0));
    return [...numbers, ...left.map(({ piece, e }) => this.power(piece, e))];
  }

  /** (a·x)ⁿ/x as a·(a·x)ⁿ⁻¹, which it was: that may have a value at 0. */
  private lower(
    powers: ReadonlyMap<string, { readonly piece: Piece; readonly e: number }>,
    put: (node: Node, own: readonly number[], e: number) => void,
    key: (node: Node, own: readonly number[]) => string,
  ): Piece[] {
    const numbers: Piece[] = [];
    for (const { piece, e } of [...powers.values()]) {
      const { node, own } = piece;
      if (e <= 0 || node.kind !== 'apply' || node.operator !== pow) continue;
      const [base, exponent] = node.args as [Node, Node];
      if (base.kind !== 'contraction' || !this.reader.lowered.has(base)) continue;
      const factors = base.factors.map((f, k) => ({ ...factorOf(f), own: base.indices[k]!.length > 0 ? own : [] }));
      const times = factors.map((f) => -(powers.get(key(f.node, f.own))?.e ?? 0) / (f.e * UNIT_POWER));
      const most = Math.ceil(Math.max(...times));
      if (most <= 0) continue;
      put(node, own, -e);
      put(this.g.apply(pow, base, this.g.sum(this.g.scale(exponentOf(e), exponent), -most)), own, UNIT_POWER);
      for (const f of factors) put(f.node, f.own, most * f.e * UNIT_POWER);
      if (!isOne(base.coefficient)) numbers.push({ node: this.g.constant(base.coefficient.pow(most)!), own: [] });
    }
    return numbers;
  }

  /** A polynomial as it was spelled where it comes from, or written out; the piece times the factor is the polynomial. */
  private base(p: Polynomial, flip: boolean): { piece: Piece; factor: Fraction } {
    const spelled = this.reader.spelling(p);
    const plain = spelled && { piece: spelled, factor: spelled.factor };
    if (plain && !this.writing.nested && !plain.piece.opens) return plain;
    // −1/(x² − 1) is 1/(1 − x²).
    const turned = flip && !plain && mostlyNegative(p);
    if (turned) return { piece: this.polynomial(scaled(p, -1n)), factor: MINUS_ONE };
    const piece = this.polynomial(p);
    if (plain && lengthOf(plain.piece.node, this.lengths) <= lengthOf(piece.node, this.lengths) + 1) return plain;
    return { piece, factor: ONE };
  }

  /** The indices that a polynomial runs over, as an array that is there already has them if possible. */
  private indicesOf(p: Polynomial): readonly number[] {
    const lists = [...generatorsOf(p)].map((g) => this.reader.generators[g]!.own);
    const union = new Set(lists.flat().filter((i) => i !== UNIT));
    if (union.size === 0) return [];
    const covers = (list: readonly number[]) =>
      distinct(list) && list.filter((i) => i !== UNIT).length === union.size && list.every((i) => i === UNIT || union.has(i));
    return lists.find(covers) ?? [this.space.result].find(covers) ?? [...union].sort((a, b) => a - b);
  }

  private polynomial(p: Polynomial): Piece {
    const own = this.indicesOf(p);
    const group = this.writing.nested ? this.measure.grouping(p) : undefined;
    if (!group) {
      const terms = p.map((t) => this.monomial(rational(t.c), t.m, own));
      return { node: this.g.add(terms), own };
    }
    const { m, inside, outside } = group;
    const content = contentOf(inside);
    const { c, powers, roots } = this.radicals.of(rational(content), m);
    const first = this.contract(c, [...roots, ...this.named(powers), this.polynomial(overTerm(inside, content, []))], own);
    if (outside.length === 0) return { node: first, own };
    return { node: this.g.add([first, this.contract(ONE, [this.polynomial(outside)], own)]), own };
  }
}

const MOST_FACTORS = 24;

/** Letters in the order in which the source has them, a·d − b·c, at the places where letters stand. */
function inOrder<T extends { readonly piece: Piece }>(factors: readonly T[]): T[] {
  const isLetter = ({ piece }: T): boolean => piece.node.kind === 'variable' && piece.own.length === 0;
  const letters = factors.filter(isLetter).sort((a, b) => a.piece.node.id - b.piece.node.id);
  return factors.map((factor) => (isLetter(factor) ? letters.shift()! : factor));
}
