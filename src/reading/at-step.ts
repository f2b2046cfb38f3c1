import { addDims, type Dim, multiplyDims } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, isNamed, type Node, type Sum, UNIT, type Variable } from '../graph/node.ts';
import { ONE } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { attempt } from '../language/attempt.ts';
import { atLeast, where } from '../operators/comparison.ts';
import { laggedAmong, laggedOf } from './lag-form.ts';
import { type Fixed, fixedPlace } from './shifts.ts';
import { type Guarded, NOW, type StepRead, StepReads, Unsaid } from './step-reads.ts';

/**
 * What runs along the steps of a recurrence and reads other steps than its own, as it is at one step: what arrives at h[t]
 * and what comes back from the next step, dh[t] + Uᵀ·δs[t + 1]; or what sums over the steps and reads some of them,
 * Uᵀ·δs[1] + Σₜ δs[t]·h[t − 1]ᵀ.
 */
export type AtStep = EachStep | OverSteps;

interface EachStep {
  readonly kind: 'each';
  readonly steady: Node | undefined;
  readonly guarded: readonly Guarded[];
  readonly time: Dim;
  readonly reads: readonly StepRead[];
  /** What is said at one step may read others, and sums over them. */
  readonly beside: Omit<OverSteps, 'kind' | 'value'>;
}

export interface OverSteps {
  readonly kind: 'over';
  readonly value: Node;
  readonly sums: readonly SumOverSteps[];
  /** What is read at places of its own. */
  readonly reads: readonly StepRead[];
}

/** What stands for a sum over the steps, and its term at step t. */
export interface SumOverSteps {
  readonly variable: Variable;
  readonly term: Node;
  readonly time: Dim;
  readonly reads: readonly StepRead[];
}

type IsGiven = (node: Node) => boolean;

/**
 * A node at one step, if it reads others; what reads its own step alone is as well said of all at once.
 * @param isGiven arrays that have a name where they are read
 */
export function atStep(g: Graph, node: Node, isGiven: IsGiven = () => false): AtStep | undefined {
  const [time] = node.shape;
  const isOfSteps = isTime(g, time);
  // What runs along the whole array is told by its entries.
  if (!isOfSteps && time !== undefined && g.steps.isAlong(time)) return undefined;
  for (const find of isOfSteps ? [atEach, overSteps] : [overSteps]) {
    const found = attempt(() => find(g, node, isGiven), Unsaid);
    if (found && isWorthTelling(g, node, found)) return found;
  }
  return undefined;
}

/** Whether more than its own step is read, one step is meant, or entries of longer arrays, or of more axes than matrices have. */
function isWorthTelling(g: Graph, node: Node, found: AtStep): boolean {
  const isBeside = (read: StepRead, time: Dim): boolean => read.steps !== 0 || read.source.shape[read.axis] !== time;
  if (found.kind === 'over') {
    if (found.reads.length > 0 || found.sums.some(({ reads, time }) => reads.some((r) => isBeside(r, time)))) return true;
    return found.sums.length > 0 && node.kind === 'contraction' && node.factors.some((f) => f.shape.length > 2);
  }
  if (found.reads.some((r) => isBeside(r, found.time) || r.fixed !== undefined) || found.guarded.length > 0) return true;
  // A name alone is one.
  return !isNamed(node) && g.steps.firstOf(found.time) !== 1;
}

/** What is computed of the entries, without what they are entries of: the parts of the expression of a step. */
export const partsAt = (found: AtStep): readonly Node[] =>
  found.kind === 'over'
    ? [found.value, ...found.sums.map(({ term }) => term)]
    : [...(found.steady ? [found.steady] : []), ...found.guarded.map(({ value }) => value)];

function atEach(g: Graph, node: Node, isGiven: IsGiven): EachStep {
  const time = node.shape[0]!;
  const steps = new StepReads(g, time, isGiven);
  const all = (node.kind === 'sum' ? node.terms : [node]).flatMap((term) => neighbours(g, term));
  const among = laggedAmong(all);
  const steady: Node[] = among ? [steps.before(among.lagged, NOW)] : [];
  const guarded = new Map<string, { where: Guarded['where']; values: Node[] }>();
  for (const term of among?.others ?? all) {
    const guard = isGiven(term) || laggedOf(term) ? undefined : steps.guardOf(term);
    if (!guard) {
      steady.push(steps.at(term, 0, NOW));
      continue;
    }
    const key = JSON.stringify(guard.where);
    const { where, values } = guarded.get(key) ?? { where: guard.where, values: [] };
    guarded.set(key, { where, values: [...values, guard.value] });
  }
  const beside: OverSteps[] = [];
  const alone = ({ where, value }: Guarded): Guarded => {
    const found = 'step' in where ? overSteps(g, value, isGiven) : undefined;
    if (found) beside.push(found);
    return found ? { where, value: found.value } : { where, value };
  };
  return {
    kind: 'each',
    steady: steady.length > 0 ? g.add(steady) : undefined,
    guarded: [...guarded.values()].map(({ where, values }) => alone({ where, value: g.add(values) })),
    time,
    reads: steps.reads(),
    beside: { sums: beside.flatMap(({ sums }) => sums), reads: beside.flatMap(({ reads }) => reads) },
  };
}

/** What a sum of tests takes from several steps, each for itself: a·δ[t + 1] + b·δ[t + 2]. */
function neighbours(g: Graph, term: Node): readonly Node[] {
  if (term.kind !== 'contraction') return [term];
  for (const [at, factor] of term.factors.entries()) {
    const parts = isOfTests(factor) ? factor.terms : neighbours(g, factor);
    if (parts.length < 2) continue;
    const factors = (one: Node) => term.factors.map((f, k) => (k === at ? one : f));
    return parts.map((one) => g.contract({ ...term, factors: factors(one) }, (inner) => inner === one));
  }
  return [term];
}

const isOfTests = (node: Node): node is Sum =>
  node.kind === 'sum' &&
  node.terms.every((t) => t.kind === 'affine' || (t.kind === 'contraction' && t.factors.some((n) => n.kind === 'affine')));

/** Sums over the steps, and what is read at a place: dh[1] + Wᵀ·δs[2] − h·Σₜ δs[t]·x[t − 1]. */
function overSteps(g: Graph, node: Node, isGiven: IsGiven): OverSteps | undefined {
  const readers = new Map<Dim, StepReads>();
  const done = new Map<Node, Node>();
  const sums: SumOverSteps[] = [];
  const value = told(node);
  const reads = [...readers.values()].flatMap((steps) => steps.reads());
  return sums.length > 0 || reads.length > 0 ? { kind: 'over', value, sums, reads } : undefined;

  function told(part: Node): Node {
    const known = done.get(part);
    if (known) return known;
    const made = isGiven(part) || isNamed(part) ? part : toldOf(part);
    done.set(part, made);
    return made;
  }

  function toldOf(part: Node): Node {
    if (part.kind === 'sum') return g.add(part.terms.map(told));
    if (part.kind === 'apply') return g.apply(part.operator, ...part.args.map(told));
    if (part.kind !== 'contraction') return part;
    return atPlace(part) ?? summed(part) ?? byPlaces(part) ?? g.contract({ ...part, factors: part.factors.map(told) });
  }

  function atPlace(part: Contraction): Node | undefined {
    const fixed = fixedPlace(part, (index) => !part.result.includes(index));
    if (!fixed || !g.steps.isAlong(fixed.length)) return undefined;
    const steps = readers.get(fixed.length) ?? new StepReads(g, fixed.length, isGiven);
    readers.set(fixed.length, steps);
    const value = told(steps.fixedAt(part, fixed));
    const isOurs = topological([part], isNamed).some((n) => isNamed(n) && !g.givenNames.has(n.name));
    return isOurs ? whereThere(g, fixed, value) : value;
  }

  function summed(part: Contraction): Node | undefined {
    const over = [...part.sizes.keys()].filter((i) => !part.result.includes(i) && isTime(g, part.sizes[i]));
    for (const index of over) {
      const found = attempt(() => sum(part, index), Unsaid);
      if (found) return found;
    }
    return undefined;
  }

  function sum(part: Contraction, over: number): Node {
    const time = part.sizes[over]!;
    const steps = new StepReads(g, time, isGiven);
    const isInFront = part.factors.map((_, k) => standsInFront(part, k));
    const pick = <T>(list: readonly T[], front: boolean): T[] => list.filter((_, k) => isInFront[k] === front);
    const [factors, indices] = [pick(part.factors, false), pick(part.indices, false)];
    // What only the tests in front have is none of the sum's axes.
    const isOwn = (i: number): boolean => i === UNIT || indices.some((list) => list.includes(i));
    const result = part.result.filter(isOwn);
    const apart = part.result.filter((i) => !isOwn(i));
    const term = steps.termOf({ ...part, coefficient: ONE, factors, indices, result }, over, apart);
    const variable = g.variable(`sum${part.id}`, shapeOver(part, result), 'state');
    sums.push({ variable, term, time, reads: steps.reads() });
    return g.contract({
      ...part,
      factors: [...pick(part.factors, true).map(told), variable],
      indices: [...pick(part.indices, true), result],
      sizes: new Map([...part.sizes.entries()].filter(([i]) => part.result.includes(i))),
    });
  }

  /** A sum over an array that has some entries only, each of which is told: δ[1]·a + δ[2]·b. */
  function byPlaces(part: Contraction): Node | undefined {
    const at = part.factors.findIndex(
      (f, k) => f.kind === 'sum' && f.terms.every((term) => isAtPlace(term, part.indices[k]!, part.result)),
    );
    if (at < 0) return undefined;
    const { terms } = part.factors[at] as Sum;
    const factors = (term: Node) => part.factors.map((f, k) => (k === at ? term : f));
    return g.add(terms.map((term) => told(g.contract({ ...part, factors: factors(term) }, (inner) => inner === term))));
  }
}

/** Numbers, and what says where a sum stands in a column. */
function standsInFront({ factors, indices, result }: Contraction, k: number): boolean {
  const own = indices[k]!.filter((i) => i !== UNIT);
  const isApart = own.every((i) => result.includes(i) && indices.every((list, other) => other === k || !list.includes(i)));
  return own.length === 0 || (factors[k]!.kind === 'affine' && isApart);
}

const shapeOver = ({ sizes }: Contraction, indices: readonly number[]): Dim[] => indices.map((i) => (i === UNIT ? 1 : sizes[i]!));

/** Whether a term is at one place of an axis that is summed over. */
function isAtPlace(term: Node, own: readonly number[], result: readonly number[]): boolean {
  const isSummed = (axis: number): boolean => axis >= 0 && !result.includes(own[axis]!);
  if (term.kind === 'affine') return term.test && term.shape.length === 1 && isSummed(0);
  return term.kind === 'contraction' && fixedPlace(term, (index) => isSummed(term.result.indexOf(index))) !== undefined;
}

/** A term of what arrives at a step that there need not be, such as the fourth one: 0 where there is none. */
function whereThere(g: Graph, { place, length }: Fixed, value: Node): Node {
  const before = addDims(g.steps.firstOf(length), -1);
  const last = addDims(length, before);
  // There is a first step, or a last one where that is what is counted from.
  const needed = typeof place === 'number' ? place : addDims(1, addDims(length, multiplyDims(-1, place)));
  if (typeof last === 'number' || typeof needed !== 'number' || typeof before !== 'number') return value;
  if (needed + before <= g.steps.leastOf(last)) return value;
  const condition = g.apply(atLeast, g.size(last), g.constant(needed + before));
  return g.apply(where, g.broadcast(condition, value.shape), value, g.constant(0, value.shape));
}

const isTime = (g: Graph, size: Dim | undefined): boolean => size !== undefined && g.steps.isTime(size);
