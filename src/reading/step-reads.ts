import type { Dim } from '../graph/dimension.ts';
import { entryTaker, withoutIndices } from '../graph/entry.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, isNamed, type Node, UNIT, type Variable } from '../graph/node.ts';
import { type Lagged, laggedAmong, laggedOf } from './lag-form.ts';
import { type Fixed, fixedPlace, type Shift, shiftFrom } from './shifts.ts';

/** A place of its own, counted from 1, or step t; or another one beside it. */
export interface Place {
  readonly fixed?: Dim;
  readonly steps: number;
}

export const NOW: Place = { steps: 0 };

/** Stands for an entry of an array along an axis. */
export interface StepRead extends Place {
  readonly variable: Variable;
  readonly source: Node;
  readonly axis: number;
}

/** Terms that count only where there is a neighbour, which they read, or at one step. */
export interface Guarded {
  readonly value: Node;
  readonly where: { readonly steps: number } | { readonly step: Dim };
}

/** What cannot be said of one step alone. */
export class Unsaid extends Error {}

/** Writes arrays that run along steps as they are at one of them, and keeps what is read of others. */
export class StepReads {
  private readonly known = new Map<string, StepRead>();
  private readonly takers = new Map<string, (node: Node, axis: number) => Node>();
  private readonly g: Graph;
  private readonly time: Dim;
  private readonly isGiven: (node: Node) => boolean;

  /**
   * @param time how many steps there are
   * @param isGiven arrays that have a name where they are read
   */
  constructor(g: Graph, time: Dim, isGiven: (node: Node) => boolean) {
    this.g = g;
    this.time = time;
    this.isGiven = isGiven;
  }

  reads(): readonly StepRead[] {
    return [...this.known.values()];
  }

  /** @throws Unsaid if it cannot be said of one step */
  at(node: Node, axis: number, place: Place): Node {
    const key = keyOf(place);
    let taker = this.takers.get(key);
    if (!taker) {
      taker = entryTaker(this.g, {
        whole: (n) => this.isWhole(n),
        slice: (n, k) => this.read(n, k, place),
        known: (n, k) => this.moved(n, k, place),
      });
      this.takers.set(key, taker);
    }
    return taker(node, axis);
  }

  before({ source, axis, backward, steps }: Lagged, place: Place): Node {
    return this.at(source, axis, beside(place, backward ? steps : -steps));
  }

  /** A term that counts only at some steps: as it is there. */
  guardOf(term: Node): Guarded | undefined {
    if (term.kind !== 'contraction') return undefined;
    const shift = this.shiftOf(term, 0);
    if (shift)
      return shift.guard === undefined ? undefined : { value: this.shifted(term, shift, NOW), where: { steps: shift.guard } };
    const own = term.result[0]!;
    const fixed = term.result.lastIndexOf(own) === 0 ? fixedPlace(term, (index) => index === own) : undefined;
    return fixed && { value: this.fixedAt(term, fixed), where: { step: fixed.place } };
  }

  fixedAt(node: Contraction, { place, ...fixed }: Fixed): Node {
    return this.shifted(node, fixed, { fixed: place, steps: 0 });
  }

  /**
   * The term of step t in a sum over all of them.
   * @param apart indices that nothing is summed over
   */
  termOf(node: Contraction, time: number, apart: readonly number[]): Node {
    const along = shiftFrom(node, time, this.time);
    for (const index of along?.offsets.keys() ?? []) {
      // Of several sums over time the one is told that nothing precedes: h[t − 1], not h[t + 1].
      const shift = node.sizes[index] === this.time ? shiftFrom(node, index, this.time) : undefined;
      const isSummed = shift && [...shift.offsets.keys()].every((i) => !node.result.includes(i));
      if (isSummed && shift.guard === undefined) return this.shifted(node, shift, NOW, apart);
    }
    if (along) throw new Unsaid();
    return withoutIndices(this.g, node, [time, ...apart], (factor, k) => {
      const own = node.indices[k]!;
      const at = own.indexOf(time);
      if (at < 0) return factor;
      if (own.lastIndexOf(time) !== at || factor.kind === 'affine') throw new Unsaid();
      return this.at(factor, at, NOW);
    });
  }

  private isWhole(node: Node): boolean {
    return node.kind === 'variable' || isNamed(node) || this.isGiven(node);
  }

  private read(source: Node, axis: number, place: Place): Node {
    // What stands for an entry has none that could be read.
    if (!this.isWhole(source) || (source.kind === 'variable' && source.role === 'state')) throw new Unsaid();
    const key = `${source.id}:${axis}:${keyOf(place)}`;
    let read = this.known.get(key);
    if (!read) {
      const shape = source.shape.filter((_, k) => k !== axis);
      read = { variable: this.g.variable(`at ${key}`, shape, 'state'), source, axis, ...place };
      this.known.set(key, read);
    }
    return read.variable;
  }

  /** What is moved by some steps is read at another one. */
  private moved(node: Node, axis: number, place: Place): Node | undefined {
    if (this.isGiven(node)) return undefined;
    const lagged = laggedOf(node);
    if (lagged?.axis === axis) return this.before(lagged, place);
    // Among other terms it is two of them.
    const among = node.kind === 'sum' ? laggedAmong(node.terms) : undefined;
    if (among?.lagged.axis === axis)
      return this.g.add([this.before(among.lagged, place), ...among.others.map((term) => this.at(term, axis, place))]);
    const shift = this.shiftOf(node, axis);
    if (!shift || node.kind !== 'contraction') return undefined;
    if (shift.guard !== undefined) throw new Unsaid();
    return this.shifted(node, shift, place);
  }

  /** The shift of a node's factors along one of its own axes, if there is one. */
  private shiftOf(node: Node, axis: number): Shift | undefined {
    if (node.kind !== 'contraction') return undefined;
    const own = node.result[axis]!;
    if (own === UNIT || node.sizes[own] !== this.time) return undefined;
    const shift = shiftFrom(node, own, this.time);
    const isSummed = shift && [...shift.offsets.keys()].every((i) => i === own || !node.result.includes(i));
    return isSummed ? shift : undefined;
  }

  /** A contraction at a place, the tests that move some of its factors done away with. */
  private shifted(
    node: Contraction,
    { tests, offsets }: Pick<Shift, 'tests' | 'offsets'>,
    place: Place,
    apart: readonly number[] = [],
  ): Node {
    return this.withoutTests(node, tests, [...offsets.keys(), ...apart], (factor, own) => {
      const [axis, ...more] = own.flatMap((i, k) => (offsets.has(i) ? [k] : []));
      if (axis === undefined) return factor;
      if (more.length > 0) throw new Unsaid();
      return this.at(factor, axis, beside(place, offsets.get(own[axis]!)!));
    });
  }

  private withoutTests(
    node: Contraction,
    tests: ReadonlySet<number>,
    taken: readonly number[],
    entry: (factor: Node, own: readonly number[]) => Node,
  ): Node {
    const others = <T>(list: readonly T[]): T[] => list.filter((_, k) => !tests.has(k));
    const rest: Contraction = { ...node, factors: others(node.factors), indices: others(node.indices) };
    return withoutIndices(this.g, rest, taken, (factor, k) => entry(factor, rest.indices[k]!));
  }
}

const keyOf = ({ fixed, steps }: Place): string => `${fixed ?? 't'}+${steps}`;
const beside = (place: Place, steps: number): Place => ({ ...place, steps: place.steps + steps });
