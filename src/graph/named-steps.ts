import { type Dim, dimensionNames, type Shape } from './dimension.ts';
import { axes } from './forms.ts';
import type { Graph } from './graph.ts';
import type { Definition, Node, Variable } from './node.ts';

/** One of several states that lie one after the other on the last axis of what a recurrence carries. */
interface NamedState {
  readonly name: string;
  /** [place − offset − Σ stride·i = 0], over the last axis and the axes of the state. */
  readonly test: Node;
  readonly shape: Shape;
  /** Its step over the values that the recurrence has gone through. */
  readonly resolved: Node;
}

/**
 * The names of what the steps of recurrences compute, gates and states. They are told once, where the recurrence is defined;
 * derivatives speak of them, and are worth the same without.
 */
export class NamedSteps {
  private readonly names = new Map<string, Definition>();
  private readonly resolved = new Map<Node, Definition>();
  private readonly values = new Map<Node, Definition>();
  private readonly told = new Map<Definition, Node>();
  private readonly times = new Set<Dim>();
  private readonly states = new Map<Variable, readonly NamedState[]>();

  /**
   * @param previous what the steps of the recurrence start from
   * @param step what is computed, over that
   * @param resolved the same over the values that the recurrence has gone through
   */
  name(previous: Variable, step: Node, resolved: Node, name: Definition): void {
    this.times.add(previous.shape[0]!);
    const key = `${previous.id},${step.id}`;
    if (!this.names.has(key)) this.names.set(key, name);
    if (!this.resolved.has(resolved)) this.resolved.set(resolved, name);
    if (!this.told.has(name)) this.told.set(name, resolved);
    if (!this.values.has(name.value)) this.values.set(name.value, name);
  }

  /** Whether a length is that of the steps of a recurrence. */
  isTime(length: Dim): boolean {
    return this.times.has(length);
  }

  /** Whether the steps of a recurrence run along a dimension, or along a part of it. */
  runAlong(dimension: string): boolean {
    return [...this.times].some((length) => dimensionNames(length).includes(dimension));
  }

  nameStates(previous: Variable, states: readonly NamedState[]): void {
    this.states.set(previous, states);
  }

  /** The name of what a step computes, over what it starts from. */
  nameOf(previous: Variable, step: Node): Definition | undefined {
    return this.names.get(`${previous.id},${step.id}`);
  }

  /** The name of what a step computes, over the values that its recurrence has gone through. */
  nameOfResolved(resolved: Node): Definition | undefined {
    return this.resolved.get(resolved);
  }

  /** All that steps compute over the values that their recurrences have gone through, and its names. */
  resolvedNames(): Iterable<readonly [resolved: Node, name: Definition]> {
    return this.resolved;
  }

  /** What has a name, over the values that its recurrence has gone through. */
  resolvedOf(name: Definition): Node | undefined {
    return this.told.get(name);
  }

  /** The name of what has been computed at all steps, also where the objective reads it through the steps alone. */
  nameOfValues(values: Node): Definition | undefined {
    return this.values.get(values);
  }

  /** The states that one variable carries, if they are several. */
  statesOf(previous: Variable): readonly NamedState[] {
    return this.states.get(previous) ?? [];
  }
}

/** One state out of an array with all of them on its last axis, time on its first. */
export function stateOf(g: Graph, whole: Node, { test, shape }: Pick<NamedState, 'test' | 'shape'>): Node {
  const [time, place] = axes(whole.shape).result as [number, number];
  const own = shape.map((_, k) => place + 1 + k);
  return g.contract({
    factors: [whole, test],
    indices: [
      [time, place],
      [place, ...own],
    ],
    result: [time, ...own],
    sizes: [...whole.shape, ...shape],
  });
}
