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
  /** What was computed for all times, and depends on what is carried: the same in one step, and which axis time was. */
  readonly parts: ReadonlyMap<Node, { readonly node: Node; readonly axis: number }>;
}

/**
 * The same for several steps, each of which may read all previous entries.
 * @throws GradusError `unsupported` if a step mixes different times of what it starts from
 */
export function stepBodies(g: Graph, steps: readonly Node[], previous: readonly Variable[], axis: number): StepBodies {
  const order = topological(steps);
  const moving = dependents(order, previous);
  const slices = new Map<string, Slice>();
  const done = new Map<Node, { node: Node; axis: number }>();
  const before = previous.map(({ name, shape }) => g.variable(`${name} now`, without(shape, axis), 'state'));
  const own = new Map<Node, Variable>(previous.map((variable, k) => [variable, before[k]!]));

  /** What does not move, at time t along the given axes. */
  const sliced = (source: Node, at: number): Node => {
    const key = `${source.id}:${at}`;
    let slice = slices.get(key);
    if (!slice) {
      const variable = g.variable(`${previous[0]!.name} ${key}`, without(source.shape, at), 'state');
      slice = { variable, source, axis: at };
      slices.set(key, slice);
    }
    return slice.variable;
  };
  const part = (node: Node, at: number): Node => {
    if (!moving.has(node)) return sliced(node, at);
    const known = done.get(node)!;
    if (known.axis !== at) throw mixed();
    return known.node;
  };

  for (const node of order) if (moving.has(node)) done.set(node, stepped(node));
  const values = steps.map((step) => {
    const result = moving.has(step) ? done.get(step)! : { node: sliced(step, axis), axis };
    if (result.axis !== axis) throw mixed();
    return result.node;
  });
  return { values, before, slices: [...slices.values()], parts: done };

  function stepped(node: Node): { node: Node; axis: number } {
    switch (node.kind) {
      case 'variable':
        return { node: own.get(node)!, axis };
      case 'definition':
        return done.get(node.value)!;
      case 'sum': {
        const at = timeOf(node.terms);
        return { node: g.add(node.terms.map((t) => part(t, at))), axis: at };
      }
      case 'apply': {
        const at = timeOf(node.args);
        return { node: g.apply(node.operator, ...node.args.map((a) => part(a, at))), axis: at };
      }
      case 'array': {
        const at = timeOf(node.args);
        if (node.args.some((a, k) => at >= a.shape.length - node.operator.cells[k]!)) throw mixed();
        return { node: g.array(node.operator, ...node.args.map((a) => part(a, at))), axis: at };
      }
      case 'contraction':
        return contracted(node);
      default:
        throw new GradusError('unsupported', 'a recurrence within the step of another one is not supported');
    }
  }

  function timeOf(parts: readonly Node[]): number {
    return done.get(parts.find((p) => moving.has(p))!)!.axis;
  }

  function contracted(node: Contraction): { node: Node; axis: number } {
    const first = node.factors.findIndex((f) => moving.has(f));
    const time = node.indices[first]![done.get(node.factors[first]!)!.axis]!;
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
      take(sliced(g.selection([length, length], [1, -1], 0), 0), [j]);
      return j;
    };
    node.factors.forEach((factor, k) => {
      const list = node.indices[k]!;
      if (!moving.has(factor)) {
        const places = list.flatMap((i, axis) => (i === time ? [axis] : []));
        const rest = list.filter((i) => i !== time);
        take(places.length === 0 ? factor : sliced(places.length === 1 ? factor : diagonal(factor, places), places[0]!), rest);
        return;
      }
      const mine = done.get(factor)!;
      if (list[mine.axis] !== time) throw mixed();
      take(mine.node, without(list, mine.axis).map(beside));
    });
    const result = without(node.result, at).map(beside);
    return { node: g.contract({ coefficient: node.coefficient, factors, indices, result, sizes }), axis: at };
  }

  /** S[t, t]: the array with the given axes as one, the first of them. */
  function diagonal(x: Node, places: readonly number[]): Node {
    const own = x.shape.map((size, axis) => (places.includes(axis) ? places[0]! : size === 1 ? UNIT : axis));
    const kept = own.filter((_, axis) => axis === places[0] || !places.includes(axis));
    const sizes = new Map(x.shape.map((size, axis) => [axis, size] as const).filter(([axis]) => own.includes(axis)));
    return g.contract({ factors: [x], indices: [own], result: kept, sizes });
  }
}

const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, k) => k !== at);

const mixed = (): GradusError =>
  new GradusError('unsupported', 'a step of a recurrence may only use the previous entry, not several times at once');
