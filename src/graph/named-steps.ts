import { addDims, type Dim, dimensionNames, type Shape } from './dimension.ts';
import { axes } from './forms.ts';
import type { Graph } from './graph.ts';
import type { Definition, Node, Variable } from './node.ts';

/** What a recurrence carries of a name: its entry one step before, or more; several lie one after the other on its last axis. */
export interface CarriedState {
  readonly name: string;
  /** How many steps before. */
  readonly steps: number;
  /** [place − offset − Σ stride·i = 0], over the last axis and the axes of the state; left out of one that is alone. */
  readonly test?: Node;
  readonly shape: Shape;
  /** What it is at the first step. */
  readonly init: Node;
  /** What steps read of it: out of what they start from. */
  readonly before: Definition;
  /** The step of the name over the values that the recurrence has gone through, where it is carried from the step before. */
  readonly resolved?: Node;
}

/**
 * The names of what the steps of recurrences compute, gates and states. They are told once, where the recurrence is defined;
 * derivatives speak of them, and are worth the same without.
 */
export class NamedSteps {
  private readonly names = new Map<Variable, Map<Node, Definition>>();
  private resolved = new Map<Node, Definition>();
  private values = new Map<Node, Definition>();
  private told = new Map<Definition, Node>();
  /** The numbers of their first steps, by their lengths. */
  private readonly times = new Map<Dim, Dim>();
  private readonly letters = new Map<Dim, string>();
  private readonly longer = new Set<Dim>();
  private readonly inits = new Map<Variable, Node>();
  private readonly states = new Map<Variable, readonly CarriedState[]>();

  /**
   * @param previous what the steps of the recurrence start from
   * @param step what is computed, over that
   * @param resolved the same over the values that the recurrence has gone through
   */
  name(previous: Variable, step: Node, resolved: Node, name: Definition): void {
    if (!this.isTime(previous.shape[0]!)) this.times.set(previous.shape[0]!, name.first ?? 1);
    const own = this.names.get(previous) ?? new Map<Node, Definition>();
    this.names.set(previous, own);
    if (!own.has(step)) own.set(step, name);
    if (!this.resolved.has(resolved)) this.resolved.set(resolved, name);
    if (!this.told.has(name)) this.told.set(name, resolved);
    if (!this.values.has(name.value)) this.values.set(name.value, name);
  }

  /** The same names for the same expressions in another form. */
  carryOver(image: (node: Node) => Node): void {
    const named = (name: Definition) => image(name) as Definition;
    for (const [previous, own] of this.names) this.names.set(previous, over(own, image, named));
    this.resolved = over(this.resolved, image, named);
    this.values = over(this.values, image, named);
    this.told = over(this.told, named, image);
    for (const [previous, init] of this.inits) this.inits.set(previous, image(init));
    for (const [previous, states] of this.states)
      this.states.set(
        previous,
        states.map((s) => ({ ...s, init: image(s.init), ...(s.resolved && { resolved: image(s.resolved) }) })),
      );
  }

  /** Whether anything runs by steps at all. */
  get hasAny(): boolean {
    return this.times.size > 0;
  }

  /** Whether a length is that of the steps of a recurrence. */
  isTime(length: Dim): boolean {
    return this.times.has(length);
  }

  /** Entries that a source numbers otherwise than from 1 on are told by their numbers, like steps. */
  number(length: Dim, first: Dim, letter: string): void {
    if (!this.isTime(length)) this.times.set(length, first);
    this.countBy(length, letter);
  }

  /** The letter that a source counts the steps of a recurrence by; of several of one length, that of the first. */
  countBy(length: Dim, letter: string): void {
    if (!this.letters.has(length)) this.letters.set(length, letter);
  }

  letterOf(length: Dim): string {
    return this.letters.get(length) ?? 't';
  }

  /** An array that begins with entries that are given has more of them than there are steps. */
  lengthen(length: Dim): void {
    this.longer.add(length);
  }

  /** Whether a length is that of the steps of a recurrence, or of the array that they belong to. */
  isAlong(length: Dim): boolean {
    return this.times.has(length) || this.longer.has(length);
  }

  /** The number of the first of the steps of that length. */
  firstOf(length: Dim): Dim {
    return this.times.get(length) ?? 1;
  }

  /** Up to which number there surely are entries of arrays whose last one has that number: up to the first step. */
  leastOf(last: Dim): number {
    const firsts = [...this.times].flatMap(([length, first]) =>
      typeof first === 'number' && addDims(length, first - 1) === last ? [first] : [],
    );
    return Math.max(1, ...firsts);
  }

  /** Whether the steps of a recurrence run along a dimension, or along a part of it. */
  runAlong(dimension: string): boolean {
    return [...this.times.keys()].some((length) => dimensionNames(length).includes(dimension));
  }

  /** @param init what the states are at the first step, as they are carried */
  nameStates(previous: Variable, states: readonly CarriedState[], init: Node): void {
    this.states.set(previous, states);
    this.inits.set(previous, init);
  }

  /** The name of what a step computes, over what it starts from. */
  nameOf(previous: Variable, step: Node): Definition | undefined {
    return this.names.get(previous)?.get(step);
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

  /** What it is told to start from. */
  initOf(previous: Variable): Node | undefined {
    return this.inits.get(previous);
  }

  /** What one variable carries. */
  statesOf(previous: Variable): readonly CarriedState[] {
    return this.states.get(previous) ?? [];
  }
}

const over = <K, V>(map: ReadonlyMap<K, V>, key: (key: K) => K, value: (value: V) => V): Map<K, V> =>
  new Map([...map].map(([k, v]) => [key(k), value(v)]));

/** One state out of an array with all of them on its last axis. */
export function stateOf(g: Graph, whole: Node, { test, shape }: Pick<CarriedState, 'test' | 'shape'>): Node {
  if (!test) return whole;
  const { result } = axes(whole.shape);
  const front = result.slice(0, -1);
  const place = result[front.length]!;
  const own = shape.map((_, k) => result.length + k);
  return g.contract({
    factors: [whole, test],
    indices: [result, [place, ...own]],
    result: [...front, ...own],
    sizes: [...whole.shape, ...shape],
  });
}
