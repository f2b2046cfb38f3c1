import { GradusError } from '../language/diagnostics.ts';
import { writtenStep } from './entry.ts';
import type { Graph } from './graph.ts';
import { type Contraction, type Node, type Slice, type StepBody, UNIT, type Variable } from './node.ts';
import { dependents, topological } from './traverse.ts';

/**
 * One step of a recurrence from the step for all times: the axis of time is taken out of whatever depends on the
 * previous entry, and what does not depend on it is read at time t.
 * @throws GradusError `unsupported` if a step mixes different times of what it starts from
 */
export function stepBody(g: Graph, step: Node, previous: Variable, axis: number): StepBody {
  const { values, before, slices } = stepBodies(g, [step], [previous], axis);
  const body: StepBody = {
    value: values[0]!,
    previous: before[0]!,
    slices,
    written: (whole) => writtenStep(g, body, whole),
  };
  return body;
}

/** One step of several recurrences that run side by side. */
export interface StepBodies {
  /** What the step makes, one of each. */
  readonly values: readonly Node[];
  /** Stand for what it starts from. */
  readonly before: readonly Variable[];
  readonly slices: readonly Slice[];
  /** What was computed for all times, and depends on what is carried: the same in one step. */
  readonly parts: ReadonlyMap<Node, AtOneTime>;
}

interface AtOneTime {
  readonly node: Node;
  /** Which axis time was. */
  readonly axis: number;
}

/**
 * The same for several steps, each of which may read all previous entries.
 * @throws GradusError `unsupported` if a step mixes different times of what it starts from
 */
export function stepBodies(g: Graph, steps: readonly Node[], previous: readonly Variable[], axis: number): StepBodies {
  const order = topological(steps);
  const stepping = new Stepping(g, previous, axis, dependents(order, previous));
  stepping.take(order);
  const values = steps.map((step) => stepping.at(step, axis));
  return { values, before: stepping.before, slices: stepping.slices, parts: stepping.parts };
}

/** Nodes of steps for all times, taken at time t. */
class Stepping {
  readonly before: readonly Variable[];
  readonly parts = new Map<Node, AtOneTime>();
  private readonly g: Graph;
  private readonly previous: readonly Variable[];
  private readonly axis: number;
  private readonly moving: ReadonlySet<Node>;
  private readonly read = new Map<string, Slice>();

  /** @param moving what depends on the previous entries */
  constructor(g: Graph, previous: readonly Variable[], axis: number, moving: ReadonlySet<Node>) {
    this.g = g;
    this.previous = previous;
    this.axis = axis;
    this.moving = moving;
    this.before = previous.map(({ name, shape }) => g.variable(`${name} now`, without(shape, axis), 'state'));
  }

  /** What is read at time t of what does not move. */
  get slices(): readonly Slice[] {
    return [...this.read.values()];
  }

  /** Takes all that moves, each node after its parts. */
  take(order: readonly Node[]): void {
    for (const node of order) if (this.moving.has(node)) this.parts.set(node, this.stepped(node));
  }

  /** A node at time t, time being its axis `at`. */
  at(node: Node, at: number): Node {
    if (!this.moving.has(node)) return this.sliced(node, at);
    const known = this.parts.get(node)!;
    if (known.axis !== at) throw mixed();
    return known.node;
  }

  /** What does not move, at time t along the given axis. */
  private sliced(source: Node, at: number): Node {
    const key = `${source.id}:${at}`;
    let slice = this.read.get(key);
    if (!slice) {
      const variable = this.g.variable(`${this.previous[0]!.name} ${key}`, without(source.shape, at), 'state');
      slice = { variable, source, axis: at };
      this.read.set(key, slice);
    }
    return slice.variable;
  }

  private stepped(node: Node): AtOneTime {
    const { g } = this;
    switch (node.kind) {
      case 'variable':
        return { node: this.before[this.previous.indexOf(node)]!, axis: this.axis };
      case 'definition':
        return this.parts.get(node.value)!;
      case 'sum':
        return this.alike(node.terms, (terms) => g.add(terms));
      case 'apply':
        return this.alike(node.args, (args) => g.apply(node.operator, ...args));
      case 'array': {
        const { operator, args } = node;
        const time = this.timeOf(args);
        if (args.some((a, k) => time >= a.shape.length - operator.cells[k]!)) throw mixed();
        return this.alike(args, (own) => g.array(operator, ...own));
      }
      case 'contraction':
        return this.contracted(node);
      default:
        throw new GradusError('unsupported', 'a recurrence within the step of another one is not supported');
    }
  }

  /** What is made of parts that all have time on one axis. */
  private alike(parts: readonly Node[], make: (parts: Node[]) => Node): AtOneTime {
    const axis = this.timeOf(parts);
    return { node: make(parts.map((part) => this.at(part, axis))), axis };
  }

  private timeOf(parts: readonly Node[]): number {
    return this.parts.get(parts.find((p) => this.moving.has(p))!)!.axis;
  }

  private contracted(node: Contraction): AtOneTime {
    const { g, moving } = this;
    const first = node.factors.findIndex((f) => moving.has(f));
    const time = node.indices[first]![this.parts.get(node.factors[first]!)!.axis]!;
    const at = node.result.indexOf(time);
    if (at < 0 || time === UNIT) throw mixed();
    const sizes = new Map([...node.sizes.entries()].filter(([i]) => i !== time));
    const factors: Node[] = [];
    const indices: number[][] = [];
    const take = (factor: Node, list: number[]): void => {
      factors.push(factor);
      indices.push(list);
    };
    /** Another axis that time stands on: an index j of its own with the test [j = t]. */
    const beside = (i: number): number => {
      if (i !== time) return i;
      const length = node.sizes[time]!;
      const j = node.sizes.length + factors.length + sizes.size;
      sizes.set(j, length);
      take(this.sliced(g.selection([length, length], [1, -1], 0), 0), [j]);
      return j;
    };
    node.factors.forEach((factor, k) => {
      const list = node.indices[k]!;
      if (!moving.has(factor)) {
        const places = list.flatMap((i, axis) => (i === time ? [axis] : []));
        take(
          this.along(factor, places),
          list.filter((i) => i !== time),
        );
        return;
      }
      const mine = this.parts.get(factor)!;
      if (list[mine.axis] !== time) throw mixed();
      take(mine.node, without(list, mine.axis).map(beside));
    });
    const result = without(node.result, at).map(beside);
    return { node: g.contract({ coefficient: node.coefficient, factors, indices, result, sizes }), axis: at };
  }

  /** What does not move, at time t on all of the given axes. */
  private along(factor: Node, places: readonly number[]): Node {
    if (places.length === 0) return factor;
    return this.sliced(places.length === 1 ? factor : diagonal(this.g, factor, places), places[0]!);
  }
}

/** S[t, t]: the array with the given axes as one, the first of them. */
function diagonal(g: Graph, x: Node, places: readonly number[]): Node {
  const own = x.shape.map((size, axis) => (places.includes(axis) ? places[0]! : size === 1 ? UNIT : axis));
  const kept = own.filter((_, axis) => axis === places[0] || !places.includes(axis));
  const sizes = new Map(x.shape.map((size, axis) => [axis, size] as const).filter(([axis]) => own.includes(axis)));
  return g.contract({ factors: [x], indices: [own], result: kept, sizes });
}

const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, k) => k !== at);

const mixed = (): GradusError =>
  new GradusError('unsupported', 'a step of a recurrence may only use the previous entry, not several times at once');
