import { uprightIndices } from '../facts/symmetry.ts';
import type { ContractionParts, ContractionSpec } from '../graph/contraction.ts';
import type { Shape } from '../graph/dimension.ts';
import { constantOf, isZeroNode, lacksValue } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Apply, Contraction, Node } from '../graph/node.ts';
import {
  type Fraction,
  isEven,
  isInteger,
  isNegative,
  isOne,
  isZero,
  MINUS_ONE,
  negated,
  ONE,
  rational,
  times,
  toNumber,
} from '../graph/rational.ts';
import { abs, sign } from '../operators/kinked.ts';
import { exp, pow, pseudoinverse } from '../operators/power.ts';
import { coefficientOf, contentOfTerms, multiplied, sumContent } from './content.ts';
import { oppositeSums } from './opposite-sums.ts';

/**
 * The normal form of a product's factors: powers of one base under the same indices merge (x²·x⁻¹ is x, e^a·e^b is
 * e^(a+b)), numbers common to the terms of a sum go in front, and a sum that is minus another one is written as it.
 * Undefined if they are in normal form.
 */
export function normalProduct(g: Graph, parts: ContractionParts): ContractionSpec | undefined {
  if (isNormal(g, parts)) return undefined;
  let { coefficient } = parts;
  const groups: Groups = new Map();
  const extracted = parts.factors.map((factor, k) => {
    const content = contentOf(g, factor);
    if (!content) return { factor, own: uprightIndices(g, factor, parts.indices[k]!) };
    coefficient = times(coefficient, content.coefficient);
    return { factor: content.rest, own: uprightIndices(g, content.rest, parts.indices[k]!) };
  });
  for (const { factor, own } of oppositeSums(g, extracted, () => (coefficient = negated(coefficient)))) {
    const { base, exponent } = asPower(g, factor);
    // ∞/∞ and (1/0)/(1/0) are no numbers: they do not cancel.
    const known = groups.get(placeOf(base, own));
    if (known && isBelow(exponent) !== isBelow(known.exponents[0]!) && lacksValue(base)) {
      groups.set(`${factor.id}/${own.join()}`, { base: factor, own, exponents: [g.constant(1, factor.shape)], factor });
    } else merge(groups, base, own, exponent, factor);
  }
  mergeSigns(g, groups);
  mergeSizes(g, groups);
  mergePseudoinverses(g, groups);
  coefficient = times(coefficient, mergeProducts(g, groups));
  const factors: Node[] = [];
  const indices: (readonly number[])[] = [];
  for (const { base, own, exponents, factor } of groups.values()) {
    factors.push(factor ?? raised(g, base, exponents.length === 1 ? exponents[0]! : g.add(exponents)));
    indices.push(own);
  }
  return { coefficient, factors, indices, result: parts.result, sizes: parts.sizes };
}

const isBelow = (exponent: Node): boolean => {
  const p = constantOf(exponent);
  return p !== undefined && isNegative(p);
};

/** Up to this many factors are compared one with another. */
const FEW = 8;

/** Each base stands once, no sum has a number to take out, and nothing else is there that could merge. */
function isNormal(g: Graph, { factors, indices }: ContractionParts): boolean {
  if (factors.length > FEW) return false;
  let sums = 0;
  for (let k = 0; k < factors.length; k++) {
    const factor = factors[k]!;
    const base = baseOf(factor);
    if (factor.kind === 'sum' && ++sums > 1) return false;
    if (base?.kind === 'sum' && !isOne(contentOfTerms(base))) return false;
    if (base?.kind === 'apply' && (base.operator === sign || base.operator === pseudoinverse)) return false;
    if (base?.kind === 'apply' && base.operator === abs && factors.some((f) => baseOf(f) === base.args[0])) return false;
    if (base?.kind === 'contraction' && factors.some((f) => f !== factor && baseOf(f) === baseOf(base.factors[0] ?? f)))
      return false;
    const own = indices[k]!;
    if (uprightIndices(g, factor, own) !== own) return false;
    for (let j = 0; j < k; j++) if (baseOf(factors[j]!) === base && sameIndices(indices[j]!, own)) return false;
  }
  return true;
}

/** What a factor is a power of; undefined stands for e. */
function baseOf(factor: Node): Node | undefined {
  if (factor.kind !== 'apply') return factor;
  if (factor.operator === pow) {
    const [base, exponent] = factor.args as [Node, Node];
    return isExponential(base) && constantOf(exponent) ? undefined : (symbolicPower(base, exponent)?.base ?? base);
  }
  return factor.operator === exp ? undefined : factor;
}

function sameIndices(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return false;
  return true;
}

/** Powers of one base: their exponents, or the one factor that there is. */
interface Group {
  readonly base: Node;
  readonly own: readonly number[];
  readonly exponents: Node[];
  readonly factor?: Node | undefined;
}

type Groups = Map<string | number, Group>;

/** sign(u)·|u|ᵖ is uᵖ for odd p, sign(u)·uᵖ is |u|ᵖ, and |u|·uᵖ⁻¹ for even p: true wherever the left side is defined. */
function mergeSigns(g: Graph, groups: Groups): void {
  for (const [key, { base, own, exponents }] of groups) {
    if (base.kind !== 'apply' || base.operator !== sign || exponents.length > 1 || !isUnit(exponents[0]!)) continue;
    const u = base.args[0]!;
    const absolute = g.apply(abs, u);
    const size = groups.get(placeOf(absolute, own));
    const p = size && size.exponents.length === 1 ? constantOf(size.exponents[0]!) : undefined;
    if (size && p && isInteger(p) && !isEven(p)) {
      groups.delete(key);
      groups.delete(placeOf(absolute, own));
      merge(groups, u, own, size.exponents[0]!);
      continue;
    }
    const plain = groups.get(placeOf(u, own));
    const q = plain && plain.exponents.length === 1 ? constantOf(plain.exponents[0]!) : undefined;
    // sign(u)/u² is short already.
    if (!plain || !q || !isInteger(q) || (isEven(q) && isNegative(q))) continue;
    groups.delete(key);
    groups.delete(placeOf(u, own));
    const odd = !isEven(q);
    merge(groups, absolute, own, odd ? plain.exponents[0]! : g.constant(1, u.shape));
    if (!odd) merge(groups, u, own, g.constant(q.sub(1), u.shape));
  }
}

/** |u|ᵖ/uᵠ is |u|ᵖ⁻ᵠ for even q, and u²/|u| is |u|: wherever the left side is defined. */
function mergeSizes(g: Graph, groups: Groups): void {
  for (const { base, own, exponents } of [...groups.values()]) {
    if (base.kind !== 'apply' || base.operator !== abs) continue;
    const u = base.args[0]!;
    const p = numberOf(exponents);
    const q = numberOf(groups.get(placeOf(u, own))?.exponents ?? []);
    if (!p || !q || isNegative(p) === isNegative(q) || !isEven(q)) continue;
    // |x|·x² is shorter as it is.
    if (isNegative(p) && !isOne(p.add(q))) continue;
    groups.delete(placeOf(u, own));
    merge(groups, base, own, g.constant(q, u.shape));
  }
}

/**
 * 1/v with 0 at 0, v = uᵉ, beside uᵃ: for 0 < e < a both sides are 0 at 0; for a < 0 the left is not defined there.
 */
function mergePseudoinverses(g: Graph, groups: Groups): void {
  for (const [key, { base, own, exponents }] of groups) {
    if (base.kind !== 'apply' || base.operator !== pseudoinverse) continue;
    const times = numberOf(exponents);
    if (!times || !isInteger(times) || isNegative(times)) continue;
    const { base: u, exponent } = asPower(g, base.args[0]!);
    const place = placeOf(u, own);
    const beside = numberOf(groups.get(place)?.exponents ?? []);
    const e = constantOf(exponent)?.mul(times);
    if (!beside || !e || isNegative(e) || (!isNegative(beside) && beside.compare(e) <= 0)) continue;
    groups.delete(key);
    groups.delete(place);
    merge(groups, u, own, g.constant(beside.sub(e), exponent.shape));
  }
}

/**
 * a·b·(a·b)ᵖ is (a·b)ᵖ⁺¹ for a p that is no whole number, wherever the left side has a value. The number that is left
 * over is the result.
 */
function mergeProducts(g: Graph, groups: Groups): Fraction {
  let left = ONE;
  for (const [key, { base, own, exponents }] of groups) {
    if (base.kind !== 'contraction' || isZero(base.coefficient) || isWhole(exponents)) continue;
    const parts = partsOf(g, base, own);
    const times = parts && timesWithin(g, groups, parts);
    if (!times) continue;
    for (const part of parts) {
      const group = groups.get(placeOf(part.base, part.own))!;
      const rest = g.add([...group.exponents, g.scale(rational(-times), part.exponent)]);
      groups.delete(placeOf(part.base, part.own));
      if (!isZeroNode(rest)) groups.set(placeOf(part.base, part.own), { ...part, exponents: [rest] });
    }
    left = left.mul(base.coefficient.pow(-times)!);
    groups.set(key, { base, own, exponents: [...exponents, g.constant(times, base.shape)] });
  }
  return left;
}

interface Part {
  readonly base: Node;
  readonly own: readonly number[];
  readonly exponent: Node;
}

const isWhole = (exponents: readonly Node[]): boolean => {
  const p = numberOf(exponents);
  return p !== undefined && isInteger(p);
};

/** The factors of a product entry by entry as powers; undefined of any other. */
function partsOf(g: Graph, product: Contraction, own: readonly number[]): Part[] | undefined {
  const parts: Part[] = [];
  for (const [k, factor] of product.factors.entries()) {
    const axes = product.indices[k]!;
    if (axes.length > 0 && !sameIndices(axes, product.result)) return undefined;
    parts.push({ ...asPower(g, factor), own: axes.length > 0 ? own : [] });
  }
  return parts.length > 0 ? parts : undefined;
}

/** How many times all the parts stand among the groups, above the line or (counted negative) below it. */
function timesWithin(g: Graph, groups: Groups, parts: readonly Part[]): number | undefined {
  let found: number | undefined;
  for (const part of parts) {
    const group = groups.get(placeOf(part.base, part.own));
    if (!group) return undefined;
    const own = constantOf(part.exponent);
    const total = numberOf(group.exponents);
    let times: number;
    if (own && total) times = Math.trunc(toNumber(total.div(own)));
    else {
      const terms = group.exponents.flatMap((e) => (e.kind === 'sum' ? e.terms : [e]));
      times = terms.includes(part.exponent) ? 1 : terms.includes(g.neg(part.exponent)) ? -1 : 0;
    }
    if (times === 0 || (found !== undefined && Math.sign(times) !== Math.sign(found))) return undefined;
    if (found === undefined || Math.abs(times) < Math.abs(found)) found = times;
  }
  return found;
}

/** The sum of exponents that are numbers. */
function numberOf(exponents: readonly Node[]): Fraction | undefined {
  let sum: Fraction | undefined;
  for (const exponent of exponents) {
    const c = constantOf(exponent);
    if (!c) return undefined;
    sum = sum ? sum.add(c) : c;
  }
  return sum;
}

/** What tells bases apart, and the places they stand in. */
export const placeOf = (base: Node, own: readonly number[]): string | number =>
  own.length === 0 ? base.id : `${base.id}:${own.join()}`;

function merge(groups: Groups, base: Node, own: readonly number[], exponent: Node, factor?: Node): void {
  const key = placeOf(base, own);
  const group = groups.get(key);
  groups.set(
    key,
    group ? { base, own, exponents: [...group.exponents, exponent] } : { base, own, exponents: [exponent], factor },
  );
}

/** f as baseᵉˣᵖᵒⁿᵉⁿᵗ; the base of an exponential is e, written exp(1). A whole power of uⁿ is one of u. */
function asPower(g: Graph, factor: Node): { base: Node; exponent: Node } {
  if (factor.kind === 'apply') {
    if (factor.operator === pow) {
      const [base, exponent] = factor.args as [Node, Node];
      const p = constantOf(exponent);
      if (p && isExponential(base)) return { base: euler(g, factor.shape), exponent: multiplied(g, base.args[0]!, p) };
      const symbolic = symbolicPower(base, exponent);
      return symbolic
        ? { base: symbolic.base, exponent: multiplied(g, symbolic.exponent, constantOf(exponent)!) }
        : { base, exponent };
    }
    if (isExponential(factor)) return { base: euler(g, factor.shape), exponent: factor.args[0]! };
  }
  return { base: factor, exponent: g.constant(1, factor.shape) };
}

const isExponential = (node: Node): node is Apply => node.kind === 'apply' && node.operator === exp;

/** The number e, over a whole shape. */
const euler = (g: Graph, shape: Shape): Node => g.apply(exp, g.constant(1, shape));

/** u and n of a whole power of uⁿ. */
function symbolicPower(base: Node, exponent: Node): { base: Node; exponent: Node } | undefined {
  if (base.kind !== 'apply' || base.operator !== pow) return undefined;
  const p = constantOf(exponent);
  return p && isInteger(p) && !constantOf(base.args[1]!) ? { base: base.args[0]!, exponent: base.args[1]! } : undefined;
}

function isUnit(exponent: Node): boolean {
  const p = constantOf(exponent);
  return p !== undefined && isOne(p);
}

/** u to a power; u⁻¹⁻ⁿ is written below the line, as 1/u¹⁺ⁿ. */
export function raised(g: Graph, base: Node, exponent: Node): Node {
  if (isUnit(exponent)) return base;
  const terms = exponent.kind === 'sum' ? exponent.terms : [exponent];
  if (constantOf(exponent) || !terms.every((t) => isNegative(coefficientOf(t)))) return g.apply(pow, base, exponent);
  return g.apply(pow, g.apply(pow, base, multiplied(g, exponent, MINUS_ONE)), MINUS_ONE);
}

/** The number that can be taken out of a factor: 2 from 2a − 2b, and from (2a − 2b)³ its cube. */
function contentOf(g: Graph, factor: Node): { coefficient: Fraction; rest: Node } | undefined {
  if (factor.kind === 'sum') return sumContent(g, factor);
  if (factor.kind === 'apply' && factor.operator === pow && factor.args[0]!.kind === 'sum') {
    const p = constantOf(factor.args[1]!);
    if (p && isInteger(p) && p.n <= 8n) {
      const { coefficient, rest } = sumContent(g, factor.args[0]!);
      if (!isOne(coefficient)) return { coefficient: coefficient.pow(p)!, rest: g.apply(pow, rest, factor.args[1]!) };
    }
  }
  return undefined;
}
