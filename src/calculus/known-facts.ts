import { constantOf, type Graph } from '../graph/graph.ts';
import { type Contraction, distinct, type Node, UNIT } from '../graph/node.ts';
import { isNegative, isOne, isZero } from '../graph/rational.ts';
import type { Fact } from '../operators/facts.ts';
import { pow } from '../operators/power.ts';

/** A fact that a rewrite has used, of a variable or of an operator's values. */
export interface Known {
  readonly node: Node;
  /** The axes over which its entries sum to 1. */
  readonly axes: readonly number[];
}

/** Is told of each fact that is used. */
export type Witness = (known: Known) => void;

/**
 * What is known of sums and entries, in products.
 *
 * Σₖ yₖ·r = r where the entries of y sum to 1 over k and nothing else has the index: `distribution` and `onehot` data,
 * and what softmax gives. One rule on contractions, whatever the other factors are.
 */
export function withKnownFacts(g: Graph, node: Contraction, witness?: Witness): Node {
  let current: Node = node;
  while (current.kind === 'contraction') {
    const next: Node = withoutOneSum(g, current, witness) ?? current;
    if (next === current) break;
    current = next;
  }
  return current;
}

function withoutOneSum(g: Graph, node: Contraction, witness: Witness | undefined): Node | undefined {
  for (const [at, factor] of node.factors.entries()) {
    const base = ownPower(factor, witness);
    if (base) return g.contract({ ...node, factors: node.factors.with(at, base) });
    const own = node.indices[at]!;
    const known = sumsToOne(factor).find(
      ({ axes }) => axes.every((axis) => isLoose(node, own[axis]!)) && isFree(node, at, own, axes),
    );
    if (known) {
      witness?.(known);
      return without(
        g,
        node,
        at,
        known.axes.map((axis) => own[axis]!),
      );
    }
    const joined = joinedEntries(g, node, at, witness);
    if (joined) return joined;
  }
  return undefined;
}

/** An index that is summed and stands in one place only; an axis of length 1 has none. */
const isLoose = ({ result, indices }: Contraction, i: number): boolean =>
  i === UNIT || (!result.includes(i) && count(indices, i) === 1);

const count = (indices: readonly (readonly number[])[], i: number): number =>
  indices.reduce((n, own) => own.reduce((m, k) => (k === i ? m + 1 : m), n), 0);

/** Its other indices stay where they are: none would be left to tests alone, which are solved against an array. */
function isFree(node: Contraction, at: number, own: readonly number[], axes: readonly number[]): boolean {
  return own.every(
    (i, axis) =>
      i === UNIT ||
      axes.includes(axis) ||
      node.result.includes(i) ||
      !node.factors.some((f, k) => k !== at && f.kind === 'affine' && node.indices[k]!.includes(i)) ||
      node.factors.some((f, k) => k !== at && f.kind !== 'affine' && node.indices[k]!.includes(i)),
  );
}

/** The contraction without a factor and without some of its indices; other indices that only it had are counted. */
function without(g: Graph, node: Contraction, at: number, gone: readonly number[]): Node {
  const left = <T>(list: readonly T[]): T[] => list.filter((_, k) => k !== at);
  const sizes = new Map([...node.sizes.entries()].filter(([i]) => !gone.includes(i)));
  return g.contract({ ...node, factors: left(node.factors), indices: left(node.indices), sizes });
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
  witness?.({ node: y, axes: [axis] });
  const left = <T>(list: readonly T[]): T[] => list.filter((_, k) => k !== other);
  return g.contract({
    ...node,
    factors: left(node.factors),
    indices: left(node.indices).map((list) => list.map((index) => (index === gone ? kept : index))),
    sizes: new Map([...node.sizes.entries()].filter(([index]) => index !== gone)),
  });
}

/** Names and transposes are looked through, so many at most. */
const DEEPEST = 8;

const NONE: readonly Known[] = [];

/** The axes over which the entries of a node sum to 1, by what is declared or by what it is. */
export function sumsToOne(node: Node, depth = 0): readonly Known[] {
  if (depth > DEEPEST) return NONE;
  switch (node.kind) {
    case 'variable':
      return node.facts?.flatMap((fact) => (fact.record.sums ? [{ node, axes: axesOf(fact, node) }] : [])) ?? NONE;
    case 'array': {
      if (!node.operator.sumsToOne) return NONE;
      const rank = node.shape.length;
      return [{ node, axes: node.shape.flatMap((_, axis) => (axis >= rank - node.operator.cells[0]! ? [axis] : [])) }];
    }
    case 'definition':
      return sumsToOne(node.value, depth + 1).map(({ axes }) => ({ node, axes }));
    case 'contraction':
      return sumsOfView(node, depth);
    default:
      return NONE;
  }
}

const axesOf = ({ axis }: Fact, node: Node): readonly number[] => (axis === undefined ? node.shape.map((_, k) => k) : [axis]);

/** Of an array with its axes in another order. */
function sumsOfView(node: Contraction, depth: number): readonly Known[] {
  const [own] = node.indices;
  if (node.factors.length !== 1 || !isOne(node.coefficient) || !distinct(node.result) || !distinct(own!)) return NONE;
  if (!own!.every((i) => i === UNIT || node.result.includes(i))) return NONE;
  return sumsToOne(node.factors[0]!, depth + 1).flatMap(({ axes }) => {
    const places = axes.filter((axis) => own![axis] !== UNIT).map((axis) => node.result.indexOf(own![axis]!));
    return places.length > 0 ? [{ node, axes: places }] : [];
  });
}

/** yᵖ as y, for p > 0, where every entry of y is 0 or 1. */
export function ownPower(node: Node, witness?: Witness): Node | undefined {
  if (node.kind !== 'apply' || node.operator !== pow) return undefined;
  const [base, exponent] = node.args as [Node, Node];
  const fact = idempotence(base);
  const p = fact && constantOf(exponent);
  if (!p || isNegative(p) || isZero(p)) return undefined;
  witness?.({ node: base, axes: axesOf(fact, base) });
  return base;
}

/** The fact by which the entries of a node are their own powers. */
function idempotence(node: Node): Fact | undefined {
  return node.kind === 'variable' ? node.facts?.find(({ record }) => record.idempotent) : undefined;
}
