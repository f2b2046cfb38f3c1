import { withoutAxis } from '../facts/unvarying.ts';
import { entryCount } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, distinct, type Node, UNIT } from '../graph/node.ts';
import { isNegative, isZero } from '../graph/rational.ts';
import { GradusError } from '../language/diagnostics.ts';
import { isTruth } from '../operators/comparison.ts';
import type { Fact } from '../operators/facts.ts';
import { step } from '../operators/kinked.ts';
import { pow } from '../operators/power.ts';
import { settle } from './normal.ts';

/**
 * Something that is known of values: their entries sum to 1 over some axes, or to 0 as what differs from its mean does, or
 * each of them is 0 or 1.
 */
export interface Known {
  readonly node: Node;
  readonly axes: readonly number[];
  readonly says: 'sum' | 'entries' | 'deviations';
}

/** What the entries of a node sum to over some of its axes, a scalar, and from what that is known. */
interface KnownSum {
  readonly axes: readonly number[];
  readonly total: Node;
  readonly from: readonly Known[];
}

/** Is told of each fact that is used. */
export type Witness = (known: Known) => void;

/**
 * What is known of sums and entries, in products.
 *
 * Σₖ yₖ·r = r where the entries of y sum to 1 over k and nothing else has the index: `distribution` and `onehot` data,
 * and what softmax gives. One rule on contractions, whatever the other factors are.
 * @param opens whether a sum is taken apart for it: Σₖ yₖ·(r − zₖ) is near 0 where r and Σₖ yₖ·zₖ are large
 */
export function withKnownFacts(g: Graph, node: Contraction, witness: Witness | undefined, opens: boolean): Node {
  let current: Node = node;
  while (current.kind === 'contraction') {
    const next: Node = withoutOneSum(g, current, witness, opens) ?? current;
    if (next === current) break;
    current = next;
  }
  return current;
}

function withoutOneSum(g: Graph, node: Contraction, witness: Witness | undefined, opens: boolean): Node | undefined {
  for (const [at, factor] of node.factors.entries()) {
    const base = ownPower(factor, witness);
    if (base) return g.contract({ ...node, factors: node.factors.with(at, base) });
    const own = node.indices[at]!;
    if (own.some((i) => isSummed(node, i, at))) {
      for (const known of knownSums(g, factor)) {
        const form = summed(g, node, at, known) ?? (opens ? beside(g, node, at, known) : undefined);
        if (!form) continue;
        for (const fact of known.from) witness?.(fact);
        return form;
      }
    }
    const joined = joinedEntries(g, node, at, witness);
    if (joined) return joined;
  }
  return undefined;
}

/** An index that is summed and that the factor has once; an axis of length 1 has none. */
const isSummed = ({ result, indices }: Contraction, i: number, at: number): boolean =>
  i === UNIT || (!result.includes(i) && indices[at]!.indexOf(i) === indices[at]!.lastIndexOf(i));

/** The product with a known sum of one factor for it, if no other factor varies along the axes summed over. */
function summed(g: Graph, node: Contraction, at: number, { axes, total }: KnownSum): Node | undefined {
  const own = node.indices[at]!;
  const gone = axes.map((axis) => own[axis]!).filter((i) => i !== UNIT);
  if (!gone.every((i) => isSummed(node, i, at)) || !isFree(node, at, axes)) return undefined;
  const factors = node.factors.with(at, total);
  const indices = node.indices.with(at, []).map((list) => [...list]);
  for (const [k, list] of indices.entries()) {
    for (let axis = list.findIndex((i) => gone.includes(i)); axis >= 0; axis = list.findIndex((i) => gone.includes(i))) {
      const narrow = withoutAxis(g, factors[k]!, axis);
      if (!narrow) return undefined;
      factors[k] = narrow;
      list.splice(axis, 1);
    }
  }
  const sizes = new Map([...node.sizes.entries()].filter(([i]) => !gone.includes(i)));
  return g.contract({ ...node, factors, indices, sizes }, (inner) => inner === total);
}

/**
 * Σₖ yₖ·(c + rₖ) = c·Σₖ yₖ + Σₖ yₖ·rₖ for a factor that is a sum, some terms of which do not vary along the axes summed over;
 * nothing else does.
 */
function beside(g: Graph, node: Contraction, at: number, known: KnownSum): Node | undefined {
  const gone = known.axes.map((axis) => node.indices[at]![axis]!).filter((i) => i !== UNIT);
  const moving = node.indices.flatMap((own, k) => (k !== at && own.some((i) => gone.includes(i)) ? [k] : []));
  const [of] = moving;
  const sum = of === undefined ? undefined : node.factors[of]!;
  if (of === undefined || moving.length > 1 || sum?.kind !== 'sum') return undefined;
  const own = node.indices[of]!;
  if (!gone.every((i) => own.indexOf(i) >= 0 && own.indexOf(i) === own.lastIndexOf(i))) return undefined;
  const isConstant = (term: Node): boolean => gone.every((i) => withoutAxis(g, term, own.indexOf(i)) !== undefined);
  const constant = sum.terms.filter(isConstant);
  if (constant.length === 0 || constant.length === sum.terms.length) return undefined;
  const withTerms = (terms: readonly Node[]): Contraction => ({ ...node, factors: node.factors.with(of, g.add(terms)) });
  const settled = summed(g, withTerms(constant), at, known);
  return settled && g.add([settled, g.contract(withTerms(sum.terms.filter((t) => !constant.includes(t))))]);
}

/** Its other indices stay where they are: none would be left to tests alone, which are solved against an array. */
function isFree({ factors, indices, result }: Contraction, at: number, axes: readonly number[]): boolean {
  const others = factors.flatMap((f, k) => (k === at ? [] : [{ test: f.kind === 'affine', own: indices[k]! }]));
  return indices[at]!.every((i, axis) => {
    if (i === UNIT || axes.includes(axis) || result.includes(i)) return true;
    const having = others.filter(({ own }) => own.includes(i));
    return having.length === 0 || having.some(({ test }) => !test);
  });
}

/**
 * yᵢ·yⱼ is yᵢ·[i = j] where one entry of y is 1 and the others are 0: of two entries in one line, one index of which is
 * summed, the second is the first.
 */
function joinedEntries(g: Graph, node: Contraction, at: number, witness: Witness | undefined): Node | undefined {
  const y = node.factors[at]!;
  const fact = idempotence(y);
  if (fact?.axis === undefined) return undefined;
  const { axis } = fact;
  const own = node.indices[at]!;
  const other = node.factors.findIndex(
    (f, k) => k !== at && f === y && own.every((i, place) => place === axis || node.indices[k]![place] === i),
  );
  if (other < 0) return undefined;
  const [i, j] = [own[axis]!, node.indices[other]![axis]!];
  const gone = i !== j && !node.result.includes(j) ? j : i !== j && !node.result.includes(i) ? i : undefined;
  if (gone === undefined) return undefined;
  const kept = gone === j ? i : j;
  witness?.({ node: y, axes: [axis], says: 'entries' });
  const left = <T>(list: readonly T[]): T[] => list.filter((_, k) => k !== other);
  return g.contract({
    ...node,
    factors: left(node.factors),
    indices: left(node.indices).map((list) => list.map((index) => (index === gone ? kept : index))),
    sizes: new Map([...node.sizes.entries()].filter(([index]) => index !== gone)),
  });
}

/** Names and products are looked through, so many at most; and sums of so many terms. */
const DEEPEST = 4;
const MOST_TERMS = 8;

const NONE: readonly KnownSum[] = [];

/** Sums of a node's entries that are known from what is declared, or from what it is. */
export function knownSums(g: Graph, node: Node, depth = 0): readonly KnownSum[] {
  if (depth > DEEPEST) return NONE;
  switch (node.kind) {
    case 'variable':
      return node.facts?.flatMap((fact) => (fact.record.sums ? [isOne(g, node, axesOf(fact, node))] : [])) ?? NONE;
    case 'array': {
      const first = node.shape.length - node.operator.cells[0]!;
      // Of nothing the sum is 0. A length that has a name is that of something, here as everywhere.
      if (!node.operator.sumsToOne || node.shape.slice(first).includes(0)) return NONE;
      return [
        isOne(
          g,
          node,
          node.shape.flatMap((_, axis) => (axis >= first ? [axis] : [])),
        ),
      ];
    }
    case 'definition':
      // A softmax is known by its name, data by their own.
      return knownSums(g, node.value, depth + 1).map((known) => ({
        ...known,
        from: known.from.map((f) => (f.node.kind === 'variable' ? f : { ...f, node, axes: known.axes })),
      }));
    case 'contraction':
      return sumsOfMultiple(g, node, depth);
    case 'sum':
      return sumsOfTerms(g, node.terms, depth);
    default:
      return NONE;
  }
}

const isOne = (g: Graph, node: Node, axes: readonly number[]): KnownSum => ({
  axes,
  total: g.constant(1),
  from: [{ node, axes, says: 'sum' }],
});

const axesOf = ({ axis }: Fact, node: Node): readonly number[] => (axis === undefined ? node.shape.map((_, k) => k) : [axis]);

/** Of an array times scalars, with its axes in any order. */
function sumsOfMultiple(g: Graph, node: Contraction, depth: number): readonly KnownSum[] {
  const at = node.factors.findIndex((f) => f.shape.length > 0);
  if (at < 0 || !distinct(node.result)) return NONE;
  const own = node.indices[at]!;
  const others = node.factors.filter((_, k) => k !== at);
  if (!distinct(own) || others.some((f) => f.shape.length > 0) || own.some((i) => i !== UNIT && !node.result.includes(i)))
    return NONE;
  return knownSums(g, node.factors[at]!, depth + 1).flatMap(({ axes, total, from }) => {
    const places = axes.filter((axis) => own[axis] !== UNIT).map((axis) => node.result.indexOf(own[axis]!));
    return places.length > 0 ? [{ axes: places, total: g.mul(node.coefficient, total, ...others), from }] : [];
  });
}

/** Of a sum: along an axis over which all terms have known sums, or are the same number everywhere. */
function sumsOfTerms(g: Graph, terms: readonly Node[], depth: number): readonly KnownSum[] {
  const first = terms.find((t) => !isStretched(t));
  if (!first || terms.length > MOST_TERMS) return NONE;
  const others = terms.filter((t) => t !== first);
  return knownSums(g, first, depth + 1).flatMap((known) => {
    const { axes } = known;
    const found: KnownSum[] = [known];
    for (const term of others) {
      const own = isStretched(term)
        ? { axes, total: repeated(g, term, axes), from: [] }
        : knownSums(g, term, depth + 1).find((k) => k.axes.join() === axes.join());
      if (!own) return [];
      found.push(own);
    }
    return [{ axes, total: g.add(found.map((k) => k.total)), from: found.flatMap((k) => k.from) }];
  });
}

/** A scalar that is repeated over a shape. */
const isStretched = (node: Node): node is Contraction =>
  node.kind === 'contraction' && distinct(node.result) && node.factors.every((f) => f.shape.length === 0);

function repeated(g: Graph, { coefficient, factors, shape }: Contraction, axes: readonly number[]): Node {
  const count = g.size(entryCount(axes.map((axis) => shape[axis]!)));
  return settle(g, g.mul(coefficient, count, ...factors), () => true);
}

/** yᵖ as y, for p > 0, where every entry of y is 0 or 1. */
export function ownPower(node: Node, witness?: Witness): Node | undefined {
  if (node.kind !== 'apply' || node.operator !== pow) return undefined;
  const [base, exponent] = node.args as [Node, Node];
  const p = constantOf(exponent);
  if (!p || isNegative(p) || isZero(p)) return undefined;
  if (isTruth(base) || (base.kind === 'apply' && base.operator === step)) return base;
  const fact = idempotence(base);
  if (!fact) return undefined;
  witness?.({ node: base, axes: axesOf(fact, base), says: 'entries' });
  return base;
}

/**
 * Facts are used in derivatives, so the entries of what has a fixed sum are no variables of their own.
 * @throws GradusError `unsupported` if one of the nodes to derive by is such
 */
export function mustMove(variables: readonly Node[]): void {
  for (const x of variables) {
    const fixed = x.kind === 'variable' ? x.facts?.find(({ record }) => record.sums) : undefined;
    if (!fixed || x.kind !== 'variable') continue;
    throw new GradusError('unsupported', `${x.name} is declared ${fixed.text}: its entries do not move one by one`, {
      hint: `there is no derivative by it; declare ${x.name} without ${fixed.record.name} to derive by its entries`,
    });
  }
}

/** The fact by which the entries of a node are their own powers. */
function idempotence(node: Node): Fact | undefined {
  return node.kind === 'variable' ? node.facts?.find(({ record }) => record.idempotent) : undefined;
}
