import { type Contraction, isConstant, type Node, UNIT } from '../graph/node.ts';
import { isOne } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { reciprocal } from '../operators/power.ts';
import { isWrittenOut } from './cells.ts';
import { lengthOf } from './executable.ts';
import type { Machine } from './machine.ts';
import { pointsOf, running } from './running.ts';
import { isTimeLoop } from './time-loop.ts';

/** What a node is to the loops that use it: a name on memory or on a local, or a formula evaluated where it is used. */
export interface Schedule {
  /** The nodes that are computed once and kept, parts before wholes. */
  readonly kept: readonly Node[];
  readonly isKept: (node: Node) => boolean;
  /** For a kept reduction those that are added to it where it lies: terms of one sum, which nothing else reads. */
  readonly added: ReadonlyMap<Node, readonly Node[]>;
}

/**
 * Decides which nodes are kept. Reductions are, and what would otherwise be evaluated more than once: because several
 * places use it, or because its user runs over indices that it does not have.
 * @param roots nodes that are kept if they are more than a variable or a number
 * @param given what is computed elsewhere
 * @param together whether two nodes are computed equally often
 * @param machine from how many multiplications on a contraction of two arrays reads them from memory, as a product of matrices
 */
export function schedule(
  roots: readonly Node[],
  uses: readonly Node[],
  { product: least, cells }: Pick<Machine, 'product' | 'cells'>,
  given: (node: Node) => boolean = () => false,
  together: (a: Node, b: Node) => boolean = () => true,
): Schedule {
  const order = evaluated(
    [...roots, ...uses].map(plain),
    topological([...roots, ...uses], given).filter((node) => node.kind !== 'definition' && !given(node)),
  );
  const users = new Map<Node, number>();
  const repeated = new Set<Node>();
  const alone = new Set<Node>();
  for (const node of [...roots, ...uses].map(plain)) users.set(node, (users.get(node) ?? 0) + 1);
  for (const node of order) {
    const points = evaluationsOf(node);
    for (const part of partsOf(node)) {
      users.set(part, (users.get(part) ?? 0) + 1);
      if (points > sizeOfNode(part)) repeated.add(part);
      if (sizeOfNode(node) === 1 && points === 1) alone.add(part);
    }
  }
  const kept = new Set<Node>();
  const weight = new Map<Node, number>();
  const demanded = new Set(roots.map(plain));
  const inlineWeight = (part: Node): number => (kept.has(part) ? 0 : (weight.get(part) ?? 0));
  for (const node of order) {
    if (node.kind === 'variable' || node.kind === 'affine' || isConstant(node)) continue;
    // Kernels read arrays from memory; few entries at a time, or those of one time, may come through a view of it.
    if (node.kind === 'array') {
      const through = isTimeLoop(node.operator) || (cells > 0 && isWrittenOut(node));
      for (const part of partsOf(node)) {
        const source = through ? viewed(part) : part;
        if (source.kind !== 'variable') kept.add(source);
      }
    }
    if (node.kind === 'contraction' && isProduct(node, least))
      for (const part of partsOf(node)) if (inlineWeight(part) > 0 && !isMultiple(part)) kept.add(part);
    const copies = node.kind === 'contraction' && isFolded(node) ? termsOf(node) : 1;
    const parts = partsOf(node);
    if (copies * parts.reduce((sum, part) => sum + inlineWeight(part), ownWeight(node)) > 2 * HEAVY) {
      for (const part of parts) if (inlineWeight(part) > 1) kept.add(part);
    }
    const total = copies * parts.reduce((sum, part) => sum + inlineWeight(part), ownWeight(node));
    weight.set(node, total);
    if (demanded.has(node) || isReduction(node) || isDiagonal(node) || node.kind === 'array' || total > HEAVY) kept.add(node);
    else if (total > 1 && (users.get(node)! > 1 || repeated.has(node))) kept.add(node);
    // A scalar that loops use is a local, computed outside them.
    else if (total > 0 && sizeOfNode(node) === 1 && !alone.has(node)) kept.add(node);
  }
  const list = order.filter((node) => kept.has(node));
  const added = new Map<Node, Node[]>();
  for (const node of order) {
    if (node.kind !== 'sum' || sizeOfNode(node) === 1) continue;
    const terms = new Set(node.terms.map(plain).filter((t) => isReduction(t) && users.get(t) === 1 && !demanded.has(t)));
    const [lead, ...others] = list.filter((t) => terms.has(t));
    const more = lead ? others.filter((t) => together(lead, t)) : [];
    if (more.length > 0) added.set(lead!, more);
  }
  return { kept: list, isKept: (node) => kept.has(node), added };
}

/** Operations in the formula of one entry; more are computed apart. */
const HEAVY = 48;
/** A call of `exp` or the like, in additions. */
const CALL = 8;

/** Those of some nodes, parts before wholes, that are read: not 1/u where all who have it divide by u. */
function evaluated(roots: readonly Node[], order: readonly Node[]): Node[] {
  const read = new Set(roots);
  for (const node of [...order].reverse()) if (read.has(node)) for (const part of partsOf(node)) read.add(part);
  return order.filter((node) => read.has(node));
}

/** The node under its names. */
export function plain(node: Node): Node {
  let at = node;
  while (at.kind === 'definition') at = at.value;
  return at;
}

export const sizeOfNode = (node: Node): number => lengthOf(node.shape as readonly number[]);

function partsOf(node: Node): Node[] {
  if (node.kind === 'apply' || node.kind === 'array') return node.args.map(plain);
  if (node.kind === 'sum') return node.terms.map(plain);
  return node.kind === 'contraction' ? node.factors.map((factor) => divisorOf(node, factor) ?? plain(factor)) : [];
}

/**
 * u of a factor 1/u that entries are divided by: a product with 1/u is rounded twice, and 1/u may overflow where the quotient does
 * not. A sum that meets a divisor several times takes what was divided once, as a product of matrices does.
 */
export function divisorOf(node: Contraction, factor: Node): Node | undefined {
  const own = plain(factor);
  if (own.kind !== 'apply' || own.operator !== reciprocal) return undefined;
  return isReduction(node) && evaluationsOf(node) > sizeOfNode(own) ? undefined : plain(own.args[0]!);
}

/** How many times the formula of a node is evaluated. */
const evaluationsOf = (node: Node): number => (node.kind === 'contraction' ? pointsOf(running(node)) : sizeOfNode(node));

function ownWeight(node: Node): number {
  if (node.kind === 'apply') return CALL;
  if (node.kind === 'sum') return node.terms.length - 1;
  if (node.kind !== 'contraction') return 0;
  const { factors, bounds } = running(node);
  return Math.max(0, factors.length - 1) + bounds.length + (isOne(node.coefficient) ? 0 : 1);
}

/** The indices that a sum runs over; what a test fixes does not run. */
export const summedIndices = (node: Contraction): number[] => running(node).loops.filter((i) => !node.result.includes(i));

const termsOf = (node: Contraction): number => summedIndices(node).reduce((n, i) => n * running(node).ranges.get(i)!.size, 1);

/** Sums of so few terms are written out. */
const FEW_TERMS = 4;

/** A contraction that is a formula: it sums nothing, or few terms that are written out. */
export const isFolded = (node: Contraction): boolean =>
  termsOf(node) <= FEW_TERMS && termsOf(node) > 0 && !running(node).scatters;

/** A sum over products of two arrays, each with an index of the result that the other lacks. */
function isProduct(node: Contraction, least: number): boolean {
  const { factors, fixed } = running(node);
  if (factors.length !== 2 || evaluationsOf(node) < least || isFolded(node)) return false;
  const moved = (i: number) => [...(fixed.get(i)?.scales.keys() ?? [i])];
  const [left, right] = factors.map((k) => new Set(node.indices[k]!.filter((i) => i !== UNIT).flatMap(moved)));
  const apart = (some: Set<number>, other: Set<number>) => [...some].some((i) => !other.has(i));
  return apart(left!, right!) && apart(right!, left!);
}

/** What a node reads entry by entry, without a bound, under whatever indices. */
function viewed(node: Node): Node {
  let at = node;
  for (;;) {
    if (at.kind !== 'contraction' || !isFolded(at)) return at;
    const { factors, bounds } = running(at);
    const moves = factors.length === 1 && bounds.length === 0 && termsOf(at) === 1 && isOne(at.coefficient);
    if (!moves || repeats(at)) return at;
    at = plain(at.factors[factors[0]!]!);
  }
}

/** A number times an array, its axes in whatever order. */
const isMultiple = (node: Node): boolean => node.kind === 'contraction' && node.factors.length === 1 && isFolded(node);

const isReduction = (node: Node): boolean => node.kind === 'contraction' && !isFolded(node);

/** Zero but where two indices agree. */
export const isDiagonal = (node: Node): node is Contraction => node.kind === 'contraction' && repeats(node);

const repeats = ({ result }: Contraction): boolean => result.some((i, axis) => i !== UNIT && result.indexOf(i) !== axis);
