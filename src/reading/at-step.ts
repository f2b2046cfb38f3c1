import { addDims, type Dim, multiplyDims } from '../graph/dimension.ts';
import { entryTaker, withoutIndices } from '../graph/entry.ts';
import { isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Affine, type Contraction, type Node, UNIT, type Variable } from '../graph/node.ts';
import { attempt } from '../language/attempt.ts';
import { type Lagged, laggedAmong, laggedOf, recurrenceNamed } from './lag-form.ts';

/**
 * What runs along the steps of a recurrence and reads other steps than its own, as it is at one step: what arrives at h[t]
 * and what comes back from the next step, dh[t] + Uᵀ·δs[t + 1]; a sum over the steps, Σₜ δs[t]·h[t − 1]ᵀ; what is read of
 * one of them, Uᵀ·δs[1].
 */
export type AtStep =
  | { readonly kind: 'each'; readonly steady: Node | undefined; readonly guarded: readonly Guarded[]; readonly reads: Reads }
  | { readonly kind: 'sum'; readonly term: Node; readonly time: Dim; readonly reads: Reads }
  | { readonly kind: 'one'; readonly value: Node; readonly reads: Reads };

/** Terms that count only where there is a neighbour, which they read, or at one step. */
export interface Guarded {
  readonly value: Node;
  readonly where: { readonly steps: 1 | -1 } | { readonly step: Dim };
}

/** A step of its own, counted from 1, or step t; or another one beside it. */
interface Place {
  readonly fixed?: Dim;
  readonly steps: number;
}

/** Stands for an entry of an array along an axis. */
export interface StepRead extends Place {
  readonly variable: Variable;
  readonly source: Node;
  readonly axis: number;
}

type Reads = readonly StepRead[];

/** A test among the factors of a contraction that says j = i + steps, both counting the steps of a recurrence. */
interface Shift {
  readonly at: number;
  readonly i: number;
  readonly j: number;
  readonly steps: 1 | -1;
}

const NOW: Place = { steps: 0 };

/** What cannot be said of one step alone. */
export class Unsaid extends Error {}

/**
 * A node at one step, if it reads others; what reads its own step alone is as well said of all at once.
 * @param isNamed arrays that have a name where they are read
 */
export function atStep(g: Graph, node: Node, isNamed: (node: Node) => boolean = () => false): AtStep | undefined {
  const [time] = node.shape;
  for (const find of [atEach, atSum, atOne]) {
    if (find === atEach && (time === undefined || !g.steps.isTime(time))) continue;
    const found = attempt(() => find(g, node, isNamed), Unsaid);
    if (found && isWorthTelling(node, found)) return found;
  }
  return undefined;
}

/** Whether more than its own step is read, one step is meant, or arrays have more axes than matrices. */
function isWorthTelling(node: Node, found: AtStep): boolean {
  if (found.reads.some(({ steps, fixed }) => steps !== 0 || fixed !== undefined)) return true;
  if (found.kind === 'each') return found.guarded.length > 0;
  return found.kind === 'sum' && node.kind === 'contraction' && node.factors.some((f) => f.shape.length > 2);
}

/** What is computed of the entries, without what they are entries of: the parts of the expression of a step. */
export const partsAt = (found: AtStep): readonly Node[] => {
  if (found.kind === 'sum') return [found.term];
  if (found.kind === 'one') return [found.value];
  return [...(found.steady ? [found.steady] : []), ...found.guarded.map(({ value }) => value)];
};

function atEach(g: Graph, node: Node, isNamed: (node: Node) => boolean): AtStep {
  const steps = new Steps(g, node.shape[0]!, isNamed);
  const all = termsOf(node);
  const among = laggedAmong(all);
  const steady: Node[] = among ? [steps.before(among.lagged, NOW)] : [];
  const guarded = new Map<string, { where: Guarded['where']; values: Node[] }>();
  for (const term of among?.others ?? all) {
    const guard = isNamed(term) || laggedOf(term) ? undefined : steps.guardOf(term);
    if (!guard) {
      steady.push(steps.at(term, 0, NOW));
      continue;
    }
    const key = JSON.stringify(guard.where);
    const { where, values } = guarded.get(key) ?? { where: guard.where, values: [] };
    guarded.set(key, { where, values: [...values, guard.value] });
  }
  return {
    kind: 'each',
    steady: steady.length > 0 ? g.add(steady) : undefined,
    guarded: [...guarded.values()].map(({ where, values }) => ({ where, value: g.add(values) })),
    reads: steps.reads(),
  };
}

function atSum(g: Graph, node: Node, isNamed: (node: Node) => boolean): AtStep | undefined {
  const time = node.kind === 'contraction' ? node.sizes.findIndex((size, i) => !node.result.includes(i) && isTime(g, size)) : -1;
  if (time < 0 || node.kind !== 'contraction') return undefined;
  const size = node.sizes[time]!;
  const steps = new Steps(g, size, isNamed);
  return { kind: 'sum', term: steps.termOf(node, time), time: size, reads: steps.reads() };
}

function atOne(g: Graph, node: Node, isNamed: (node: Node) => boolean): AtStep | undefined {
  const terms = termsOf(node);
  const times = terms.map((term) =>
    term.kind === 'contraction' ? fixedTime(g, term, (index) => !term.result.includes(index)) : undefined,
  );
  if (times.includes(undefined)) return undefined;
  const steps = new Steps(g, times[0]!.time, isNamed);
  const values = terms.map((term, k) => steps.fixedAt(term as Contraction, times[k]!));
  return { kind: 'one', value: g.add(values), reads: steps.reads() };
}

const isTime = (g: Graph, size: Dim | undefined): boolean => size !== undefined && g.steps.isTime(size);
const termsOf = (node: Node): readonly Node[] => (node.kind === 'sum' ? node.terms : [node]);

/** A test that takes one step out of all of them. */
interface Fixed {
  readonly at: number;
  readonly index: number;
  readonly time: Dim;
  /** Counted from 1. */
  readonly step: Dim;
}

function fixedTime(g: Graph, node: Contraction, fits: (index: number) => boolean): Fixed | undefined {
  for (const [at, test] of node.factors.entries()) {
    if (test.kind !== 'affine' || !test.test || test.shape.length !== 1 || test.steps[0] !== 1) continue;
    const index = node.indices[at]![0]!;
    const time = node.sizes[index];
    if (time === undefined || !g.steps.isTime(time) || !fits(index) || isTestedElsewhere(node, at, [index])) continue;
    return { at, index, time, step: addDims(1, multiplyDims(-1, test.offset)) };
  }
  return undefined;
}

const isTestedElsewhere = (node: Contraction, at: number, indices: readonly number[]): boolean =>
  node.factors.some((f, k) => k !== at && f.kind === 'affine' && node.indices[k]!.some((i) => indices.includes(i)));

class Steps {
  private readonly known = new Map<string, StepRead>();
  private readonly takers = new Map<string, (node: Node, axis: number) => Node>();
  private readonly g: Graph;
  private readonly time: Dim;
  private readonly isNamed: (node: Node) => boolean;

  constructor(g: Graph, time: Dim, isNamed: (node: Node) => boolean) {
    this.g = g;
    this.time = time;
    this.isNamed = isNamed;
  }

  reads(): Reads {
    return [...this.known.values()];
  }

  at(node: Node, axis: number, place: Place): Node {
    if (Math.abs(place.steps) > 1) throw new Unsaid();
    const key = keyOf(place);
    let taker = this.takers.get(key);
    if (!taker) {
      taker = entryTaker(this.g, {
        whole: (n) => n.kind === 'variable' || n.kind === 'definition' || this.isNamed(n),
        slice: (n, k) => this.read(n, k, place),
        known: (n, k) => this.moved(n, k, place),
      });
      this.takers.set(key, taker);
    }
    return taker(node, axis);
  }

  private read(source: Node, axis: number, place: Place): Node {
    if (source.kind !== 'variable' && source.kind !== 'definition' && !this.isNamed(source)) throw new Unsaid();
    const key = `${source.id}:${axis}:${keyOf(place)}`;
    let read = this.known.get(key);
    if (!read) {
      const shape = source.shape.filter((_, k) => k !== axis);
      read = { variable: this.g.variable(`at ${key}`, shape, 'state'), source, axis, ...place };
      this.known.set(key, read);
    }
    return read.variable;
  }

  /** What is moved by a step is read at another one. */
  private moved(node: Node, axis: number, place: Place): Node | undefined {
    if (this.isNamed(node)) return undefined;
    const lagged = laggedOf(node);
    if (lagged?.axis === axis) return this.before(lagged, place);
    // Among other terms it is two of them.
    const among = node.kind === 'sum' ? laggedAmong(node.terms) : undefined;
    if (among?.lagged.axis === axis)
      return this.g.add([this.before(among.lagged, place), ...among.others.map((term) => this.at(term, axis, place))]);
    const shift = this.shiftOf(node, axis);
    if (!shift || node.kind !== 'contraction') return undefined;
    if (!this.startsFromZero(node, shift)) throw new Unsaid();
    return this.shifted(node, shift, place);
  }

  before({ source, axis, backward }: Lagged, place: Place): Node {
    return this.at(source, axis, beside(place, backward ? 1 : -1));
  }

  /** A term that counts only at some steps: as it is there. */
  guardOf(term: Node): Guarded | undefined {
    if (term.kind !== 'contraction') return undefined;
    const shift = this.shiftOf(term, 0);
    if (shift) {
      const { steps } = shift;
      return this.startsFromZero(term, shift) ? undefined : { value: this.shifted(term, shift, NOW), where: { steps } };
    }
    const own = term.result[0]!;
    const fixed = term.result.lastIndexOf(own) === 0 ? fixedTime(this.g, term, (index) => index === own) : undefined;
    return fixed && { value: this.fixedAt(term, fixed), where: { step: fixed.step } };
  }

  /** A contraction at a place, the test that moves some of its factors done away with. */
  shifted(node: Contraction, { at, i, j, steps }: Shift, place: Place): Node {
    return this.withoutTest(node, at, [i, j], (factor, own) => {
      const [here, there] = [own.indexOf(i), own.indexOf(j)];
      if (here >= 0 && there >= 0) throw new Unsaid();
      if (here >= 0) return this.at(factor, here, place);
      return there >= 0 ? this.at(factor, there, beside(place, steps)) : factor;
    });
  }

  fixedAt(node: Contraction, { at, index, step }: Fixed): Node {
    return this.withoutTest(node, at, [index], (factor, own) => {
      const axis = own.indexOf(index);
      if (axis !== own.lastIndexOf(index)) throw new Unsaid();
      return axis < 0 ? factor : this.at(factor, axis, { fixed: step, steps: 0 });
    });
  }

  /** The term of step t in a sum over all of them. */
  termOf(node: Contraction, time: number): Node {
    const isSummed = (i: number, j: number) => [i, j].includes(time) && ![i, j].some((k) => node.result.includes(k));
    const shift = this.shiftWithin(node, isSummed);
    if (shift) {
      if (!this.startsFromZero(node, shift)) throw new Unsaid();
      return this.shifted(node, shift, NOW);
    }
    return withoutIndices(this.g, node, [time], (factor, k) => {
      const own = node.indices[k]!;
      const at = own.indexOf(time);
      if (at < 0) return factor;
      if (own.lastIndexOf(time) !== at || factor.kind === 'affine') throw new Unsaid();
      return this.at(factor, at, NOW);
    });
  }

  private withoutTest(
    node: Contraction,
    at: number,
    taken: readonly number[],
    entry: (factor: Node, own: readonly number[]) => Node,
  ): Node {
    const others = <T>(list: readonly T[]): T[] => list.filter((_, k) => k !== at);
    const rest: Contraction = { ...node, factors: others(node.factors), indices: others(node.indices) };
    return withoutIndices(this.g, rest, taken, (factor, k) => entry(factor, rest.indices[k]!));
  }

  /** The shift of a node's factors along one of its own axes, if there is one. */
  shiftOf(node: Node, axis: number): Shift | undefined {
    if (node.kind !== 'contraction') return undefined;
    const own = node.result[axis]!;
    if (own === UNIT || node.sizes[own] !== this.time) return undefined;
    return this.shiftWithin(node, (i, j) => i === own && !node.result.includes(j));
  }

  private shiftWithin(node: Contraction, fits: (i: number, j: number) => boolean): Shift | undefined {
    for (const [at, test] of node.factors.entries()) {
      const [first, second] = node.indices[at] as [number, number];
      if (node.sizes[first] !== this.time || node.sizes[second] !== this.time) continue;
      const steps = test.kind === 'affine' ? stepsBetween(test) : undefined;
      if (steps === undefined || isTestedElsewhere(node, at, [first, second])) continue;
      const ways: readonly Shift[] = [
        { at, i: first, j: second, steps },
        { at, i: second, j: first, steps: steps === 1 ? -1 : 1 },
      ];
      const fitting = ways.filter(({ i, j }) => fits(i, j));
      // Of two sums over time the one is told that nothing precedes: h[t − 1], not h[t + 1].
      const shift = fitting.find((way) => this.startsFromZero(node, way)) ?? fitting[0];
      if (shift) return shift;
    }
    return undefined;
  }

  /** What is read before the first step, or behind the last one, is the first entry of a recurrence, which is 0 and has a name. */
  startsFromZero(node: Contraction, { at, j, steps }: Shift): boolean {
    return node.factors.every((f, k) => {
      const axis = node.indices[k]!.indexOf(j);
      if (k === at || axis < 0) return true;
      const whole = recurrenceNamed(f);
      if (!whole || f.kind !== 'definition' || f.first !== undefined) return false;
      return whole.axis === 0 && axis === 0 && (whole.backward ? 1 : -1) === steps && isZeroNode(whole.init);
    });
  }
}

/** By how many steps the second index of a test lies behind the first, if by one: a·i − a·j + offset is 0 for j = i + offset/a. */
function stepsBetween({ test, shape, steps: [a, b], offset }: Affine): 1 | -1 | undefined {
  if (!test || shape.length !== 2 || (a !== 1 && a !== -1) || b !== -a) return undefined;
  const between = typeof offset === 'number' ? offset / a : 0;
  return between === 1 || between === -1 ? between : undefined;
}

const keyOf = ({ fixed, steps }: Place): string => `${fixed ?? 't'}+${steps}`;
const beside = (place: Place, steps: number): Place => ({ ...place, steps: place.steps + steps });

/** The step that is read, counted from 1; of step t how far from it. */
export const placeOf = ({ fixed, steps }: Place): { readonly fixed: Dim } | { readonly steps: number } =>
  fixed === undefined ? { steps } : { fixed: addDims(fixed, steps) };
