import { withoutAxis } from '../facts/unvarying.ts';
import type { Dim } from '../graph/dimension.ts';
import { constantOf, factorsOf, isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Apply, type Contraction, distinct, isConstant, type Node, UNIT } from '../graph/node.ts';
import { absolute, type Fraction, isNegative, isOne, negated, ONE, plus } from '../graph/rational.ts';
import { pow } from '../operators/power.ts';
import { distributed } from './content.ts';
import { settle } from './normal.ts';
import { isPlaced } from './placed.ts';
import { placeOf } from './products.ts';
import { type Weights, weight } from './weight.ts';

/** A factor of a term, with the result axes it runs over; factors of different terms are equal when these agree. */
interface Factor {
  readonly base: Node;
  readonly exponent: Fraction;
  readonly key: string | number;
  readonly axes: readonly number[];
}

const MOST_TERMS = 64;

/**
 * a·b + a·c as a·(b + c), where that is shorter: for factors that every term has, entry by entry or as a scalar.
 * x·sin(x) + x·cos(x) stays; e^x·sin(x) + e^x·cos(x) becomes e^x·(sin(x) + cos(x)).
 */
export function factorSum(g: Graph, node: Node): Node {
  if (node.kind !== 'sum' || node.terms.length > MOST_TERMS) return node;
  if (!mayShare(node.terms[0]!, node.terms[1]!)) return node;
  let common: Map<string | number, Factor> | undefined;
  for (const term of node.terms) {
    const own = entrywiseFactors(term);
    if (own.size === 0) return node;
    if (!common) {
      common = own;
      continue;
    }
    for (const [key, factor] of common) {
      const other = own.get(key);
      if (!other || isNegative(other.exponent) !== isNegative(factor.exponent)) common.delete(key);
      else if (other.exponent !== factor.exponent && absolute(other.exponent).compare(absolute(factor.exponent)) < 0)
        common.set(key, other);
    }
    if (common.size === 0) return node;
  }
  const shared = [...common!.values()];
  const rest = g.add(node.terms.flatMap((term) => distributed(g, without(g, term, shared))));
  if (isZeroNode(rest)) return rest;
  const { node: inner, axes } = narrowed(g, factorSum(g, rest));
  const result = node.shape.map((size, axis) => (size === 1 ? UNIT : axis));
  const sizes = new Map<number, Dim>();
  for (const [axis, size] of node.shape.entries()) sizes.set(axis, size);
  const plain = g.contract(
    {
      factors: [...shared.map((f) => raised(g, f)), inner],
      indices: [...shared.map((f) => f.axes), axes.map((axis) => result[axis]!)],
      result,
      sizes,
    },
    (c) => c === inner,
  );
  const factored = settle(g, plain, (c) => c === inner);
  const weights: Weights = new Map();
  const worth = isPlaced(node) ? WORTH_AT_PLACES : node.shape.length > 0 ? WORTH_IN_ARRAYS : WORTH;
  return weight(factored, weights) + worth <= weight(node, weights) ? factored : node;
}

/** What is left, without the axes along which it only stretches: beside aᵀ it is a column, and both are an outer product. */
function narrowed(g: Graph, whole: Node): { readonly node: Node; readonly axes: readonly number[] } {
  let node = whole;
  const axes = whole.shape.map((_, axis) => axis);
  for (let axis = axes.length - 1; axis >= 0 && node.kind === 'sum'; axis--) {
    const narrow = node.shape[axis] === 1 ? undefined : withoutAxis(g, node, axis);
    if (!narrow) continue;
    node = narrow;
    axes.splice(axis, 1);
  }
  return { node, axes };
}

/** Up to this many factors are compared one with another before anything is made. */
const FEW = 16;

/** Two terms may have a factor in common, wherever it stands. */
function mayShare(a: Node, b: Node): boolean {
  const [first, second] = [factorsOf(a), factorsOf(b)];
  if (first.length > FEW || second.length > FEW) return true;
  for (const f of first) for (const h of second) if (baseOf(f) === baseOf(h)) return true;
  return false;
}

/** What a factor is a power of, the exponent being a number. */
function baseOf(factor: Node): Node {
  return factor.kind === 'apply' && factor.operator === pow && constantOf(factor.args[1]!) ? factor.args[0]! : factor;
}

/** How many characters a factored form must save, to break the habit of reading sums. */
const WORTH = 2;
/** Of arrays it is habit to take them out: P ⊙ (dP − Σ dP ⊙ P). */
const WORTH_IN_ARRAYS = 0;
/** The same in front of a column of entries: [2·x·y; x²] is read, x·[2·y; x] is worked out. */
const WORTH_AT_PLACES = 12;

const raised = (g: Graph, f: Factor): Node => (isOne(f.exponent) ? f.base : g.apply(pow, f.base, f.exponent));

/** The factors of a term that run only over distinct axes of the result. */
function entrywiseFactors(term: Node): Map<string | number, Factor> {
  const found = new Map<string | number, Factor>();
  const add = (factor: Node, own: readonly number[]) => {
    const base = baseOf(factor);
    const p = base === factor ? undefined : constantOf((factor as Apply).args[1]!);
    const key = placeOf(base, own);
    if (!found.has(key)) found.set(key, { base, exponent: p ?? ONE, key, axes: own });
  };
  if (isConstant(term)) return found;
  if (term.kind !== 'contraction') {
    add(
      term,
      term.shape.map((size, axis) => (size === 1 ? UNIT : axis)),
    );
    return found;
  }
  if (!distinct(term.result)) return found;
  term.factors.forEach((factor, k) => {
    const own = axesOf(term, k);
    if (own) add(factor, own);
  });
  return found;
}

/** The result axes that a factor runs over, or undefined if one of its indices is summed. */
function axesOf(term: Contraction, k: number): readonly number[] | undefined {
  const own = term.indices[k]!.map((i) => (i === UNIT ? UNIT : term.result.indexOf(i)));
  return own.some((axis, at) => axis < 0 && term.indices[k]![at] !== UNIT) ? undefined : own;
}

/** The term divided by the shared factors. */
function without(g: Graph, term: Node, shared: readonly Factor[]): Node {
  const missing = new Map(shared.map((f) => [f.key, f.exponent]));
  const result = term.shape.map((size, axis) => (size === 1 ? UNIT : axis));
  const spec =
    term.kind === 'contraction' ? term : { coefficient: ONE, factors: [term], indices: [result], result, sizes: term.shape };
  const factors: Node[] = [];
  const indices: (readonly number[])[] = [];
  let lowered = false;
  spec.factors.forEach((factor, k) => {
    const own = spec.indices[k]!;
    const axes = own.map((i) => (i === UNIT ? UNIT : spec.result.indexOf(i)));
    const base = baseOf(factor);
    const p = base === factor ? undefined : constantOf((factor as Apply).args[1]!);
    const key = placeOf(base, axes);
    const taken = missing.get(key);
    if (taken === undefined) {
      factors.push(factor);
      indices.push(own);
      return;
    }
    missing.delete(key);
    const left = plus(p ?? ONE, negated(taken));
    if (left.n === 0n) return;
    lowered = true;
    factors.push(isOne(left) ? base : g.apply(pow, base, left));
    indices.push(own);
  });
  const rest = g.contract({ coefficient: spec.coefficient, factors, indices, result: spec.result, sizes: spec.sizes });
  // |u|² is u², which may meet others.
  return lowered ? settle(g, rest, () => false) : rest;
}
