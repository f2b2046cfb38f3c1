import type { Dim } from '../../graph/dimension.ts';
import type { Graph } from '../../graph/graph.ts';
import { mapGraph, rebuild } from '../../graph/map.ts';
import { children, isConstant, isView, type Node, type Recurrence, type Slice, type Variable } from '../../graph/node.ts';
import { lag } from '../../graph/resolved.ts';
import { stepBodies } from '../../graph/step.ts';
import { dependents, topological } from '../../graph/traverse.ts';
import { type Packing, packingOf } from './segments.ts';
import { SharedProducts } from './shared.ts';
import { withinSteps, withoutStill } from './slices.ts';
import { Unpacking } from './unpack.ts';

/** One of the arrays that a loop carries from step to step. */
export interface LoopState {
  /** What the model calls it, if that is known. */
  readonly name: string | undefined;
  readonly init: Node;
  /** What a step starts from, and what it makes of it. */
  readonly before: Variable;
  readonly next: Node;
}

/** A recurrence as people write it: a step that carries arrays by themselves, and reads entry t of others. */
export interface Loop {
  readonly states: readonly LoopState[];
  readonly slices: readonly Slice[];
  readonly length: Dim;
  readonly backward: boolean;
  /** What must be there before the loop: what it starts from and what its steps read. */
  readonly reads: readonly Node[];
}

/** A quantity that a loop makes on its way: what it is within one step, and along which axis its values lie. */
export interface Made {
  readonly loop: Loop;
  readonly inner: Node;
  readonly axis: number;
}

/** A graph whose recurrences are loops. */
export interface Unrolled {
  /** A node as it stands in that graph. */
  readonly image: (node: Node) => Node;
  /** Of a node of that graph, whether a loop makes it. */
  readonly made: (node: Node) => Made | undefined;
}

/**
 * Recurrences as loops over states of their own, which keep what else is computed in a step.
 * @param named what is not computed, but has a name that a step may tell
 * @param results what is computed in the end, where steps are to do by themselves what nothing else needs
 */
export function unrolled(g: Graph, roots: readonly Node[], named: readonly Node[], results?: readonly Node[]): Unrolled {
  const order = topological([...roots, ...named]);
  const recurrences = order.filter((node): node is Recurrence => node.kind === 'recurrence');
  if (recurrences.length === 0) return { image: (node) => node, made: () => undefined };
  // What cannot be taken apart stays in one piece; what reads it is then to be seen anew.
  const whole = new Set<Recurrence>();
  for (;;) {
    const failed = whole.size;
    const attempt = new Unrolling(g, order, whole);
    if (whole.size > failed) continue;
    attempt.finish([...roots, ...named]);
    return results ? attempt.fuse(results) : attempt;
  }
}

/** A recurrence taken apart, for all times: what its states start from and what a step makes of each. */
interface Apart {
  readonly recurrence: Recurrence;
  readonly names: readonly (string | undefined)[];
  readonly before: readonly Variable[];
  readonly values: readonly Variable[];
  readonly inits: readonly Node[];
  readonly steps: readonly Node[];
}

class Unrolling implements Unrolled {
  private readonly graph: Graph;
  private readonly unpacking: Unpacking;
  private readonly apart: Apart[] = [];
  /** What stands for a quantity that a loop makes, by the quantity without the names within it. */
  private readonly stands = new Map<Node, Variable>();
  private readonly makes = new Map<Node, Made>();
  private readonly grouped = new Map<Node, Node>();
  private readonly plain = new Map<Node, Node>();
  private readonly last = new Map<Node, Node>();

  constructor(graph: Graph, order: readonly Node[], whole: Set<Recurrence>) {
    this.graph = graph;
    this.unpacking = new Unpacking(graph);
    const packings = new Map<Recurrence, Packed>();
    const before = new Map<Variable, readonly Variable[]>();
    for (const node of order) {
      if (node.kind !== 'recurrence') continue;
      const packing = whole.has(node) ? undefined : packingOf(node);
      if (!packing) continue;
      // Several recurrences may carry one variable, through the same steps in other forms.
      const own = before.get(node.previous) ?? this.statesOf(node.previous, packing);
      before.set(node.previous, own);
      this.unpacking.pack(node.previous, packing, own);
      packings.set(node, { packing, before: own, values: this.statesOf(node, packing) });
    }
    for (const node of order) {
      if (node.kind === 'recurrence') this.takeApart(node, packings.get(node), whole);
      else this.unpacking.rewrite(node);
    }
  }

  /** The loops, once everything is taken apart. */
  finish(roots: readonly Node[]): this {
    const taken = roots.map((root) => this.unpacking.rewrite(root));
    const shared = new SharedProducts(topological(taken), (node) => this.bare(node));
    // What is told apart within the steps must be so outside, to be known again.
    const grouped = shared.within(this.graph, taken, (node) => this.bare(node));
    taken.forEach((node, k) => {
      this.grouped.set(node, grouped[k]!);
    });
    for (const apart of this.apart) this.loop(apart, shared);
    return this;
  }

  /** What is computed entry by entry for the steps of one loop alone is computed within them. */
  fuse(results: readonly Node[]): this {
    const consumers = new Map<Node, Set<Node | Loop>>();
    const parts = (node: Node): readonly Node[] => this.made(node)?.loop.reads ?? children(node);
    for (const node of topological(results.map(this.image), undefined, parts)) {
      const by = this.made(node)?.loop ?? node;
      for (const part of parts(node)) consumers.set(part, (consumers.get(part) ?? new Set()).add(by));
    }
    const loops = new Map<Loop, Loop>();
    for (const { loop } of this.makes.values()) loops.set(loop, loop);
    for (const loop of loops.keys()) {
      const mine = [...this.makes].filter(([, made]) => made.loop === loop);
      const inner = mine.map(([, made]) => made.inner);
      const all = [...loop.states.map(({ next }) => next), ...inner];
      const { values, slices } = withinSteps(this.graph, all, loop.slices, (node) => (consumers.get(node)?.size ?? 0) <= 1);
      const states = loop.states.map((state, k) => ({ ...state, next: values[k]! }));
      const fused = { ...loop, states, slices, reads: readsOf(states, slices) };
      mine.forEach(([node, made], k) => {
        this.makes.set(node, { ...made, loop: fused, inner: values[states.length + k]! });
      });
    }
    return this;
  }

  readonly image = (node: Node): Node => {
    const taken = this.unpacking.rewrite(node);
    return this.read(this.grouped.get(taken) ?? taken);
  };

  readonly made = (node: Node): Made | undefined => this.makes.get(node);

  /** A node that reads what loops make rather than compute it again. */
  private read(node: Node): Node {
    for (const one of topological([node], (n) => this.last.has(n))) {
      if (this.last.has(one)) continue;
      const image = rebuild(this.graph, one, (part) => this.last.get(part)!);
      this.last.set(one, this.stands.get(this.bare(image)) ?? image);
    }
    return this.last.get(node)!;
  }

  /** A variable for each part. */
  private statesOf(node: Node, { axis, segments }: Packing): Variable[] {
    return segments.map(({ shape }, k) =>
      this.graph.state(`state${k}`, [...node.shape.slice(0, axis), ...shape, ...node.shape.slice(axis + 1)]),
    );
  }

  /** A node without the names within it. */
  private bare(node: Node): Node {
    for (const one of topological([node], (n) => this.plain.has(n)))
      if (!this.plain.has(one))
        this.plain.set(
          one,
          one.kind === 'definition' ? this.plain.get(one.value)! : rebuild(this.graph, one, (part) => this.plain.get(part)!),
        );
    return this.plain.get(node)!;
  }

  private takeApart(recurrence: Recurrence, packed: Packed | undefined, whole: Set<Recurrence>): void {
    const { unpacking } = this;
    const { previous, axis, shape, step, init } = recurrence;
    if (!packed) {
      const steps = [unpacking.rewrite(step)];
      const value = this.graph.state(previous.name.replace(/\[.*/, ''), shape);
      unpacking.put(recurrence, value);
      const inits = [unpacking.rewrite(init)];
      this.apart.push({ recurrence, names: [undefined], before: [previous], values: [value], inits, steps });
      return;
    }
    const { packing, before, values } = packed;
    const inner = packing.axis > axis ? packing.axis - 1 : packing.axis;
    const steps = packing.segments.map((segment) => unpacking.project(step, packing.axis, segment));
    const inits = packing.segments.map((segment) => unpacking.project(init, inner, segment));
    const isApart = (list: readonly (Node | undefined)[]): list is readonly Node[] => list.every((one) => one !== undefined);
    if (!isApart(steps) || !isApart(inits) || topological(steps).includes(previous)) {
      whole.add(recurrence);
      return;
    }
    unpacking.pack(recurrence, packing, values);
    const known = this.graph.steps.statesOf(previous);
    const names = packing.segments.map(({ test }) => known.find((state) => state.test === test)?.name);
    this.apart.push({ recurrence, names, before, values, inits, steps });
  }

  private loop({ recurrence, names, before, values, ...given }: Apart, shared: SharedProducts): void {
    const { graph } = this;
    const { axis, backward, shape } = recurrence;
    const first = this.over(given.steps, this.lags(recurrence, before, values, given.inits));
    const shares = shared.within(graph, given.steps, (node) => this.bare(first.get(node)!));
    const [steps, inits] = [shares, given.inits].map((list) => list.map((node) => this.read(node))) as [Node[], Node[]];
    const bodies = withoutStill(graph, stepBodies(graph, steps, before, axis));
    const states = before.map(
      (_, k): LoopState => ({ name: names[k], init: inits[k]!, before: bodies.before[k]!, next: bodies.values[k]! }),
    );
    const { slices } = bodies;
    const loop: Loop = { states, slices, length: shape[axis]!, backward, reads: readsOf(states, slices) };
    const made = (image: Node, inner: Node, at: number, stand?: Variable): void => {
      const variable = stand ?? graph.state('made', image.shape);
      // What is the same but for its name is the same.
      this.stands.set(image, variable).set(variable, variable);
      this.makes.set(variable, { loop, inner, axis: at });
    };
    values.forEach((value, k) => {
      made(value, states[k]!.next, axis, value);
    });
    // What the steps compute, over the values that the loop has gone through, is not computed again.
    const lags = this.lags(recurrence, before, values, inits);
    const carried = new Map(steps.map((step, k) => [step, values[k]!]));
    this.over(steps, lags, (image, original) => {
      const value = lags.has(original) ? undefined : carried.get(original);
      if (value) return value;
      const part = bodies.parts.get(original);
      if (!part || isConstant(image) || isView(image)) return image;
      const bare = this.bare(image);
      if (!this.stands.has(bare)) made(bare, part.node, part.axis);
      return this.stands.get(bare)!;
    });
  }

  /** What each step starts from, as arrays over time. */
  private lags({ axis, backward }: Recurrence, before: readonly Node[], values: readonly Node[], inits: readonly Node[]) {
    return new Map(before.map((b, k) => [b, lag(this.graph, values[k]!, inits[k]!, axis, backward)] as const));
  }

  /** All nodes of steps over what each step starts from. */
  private over(
    steps: readonly Node[],
    lags: ReadonlyMap<Node, Node>,
    stand: (image: Node, original: Node) => Node = (image) => image,
  ): Map<Node, Node> {
    const images = new Map<Node, Node>();
    mapGraph(this.graph, steps, (image, original) => {
      const own = stand(lags.get(original) ?? image, original);
      images.set(original, own);
      return own;
    });
    return images;
  }
}

interface Packed {
  readonly packing: Packing;
  readonly before: readonly Variable[];
  readonly values: readonly Variable[];
}

/** What steps read that is the same whatever is carried, and what they start from. */
function readsOf(states: readonly LoopState[], slices: readonly Slice[]): Node[] {
  const order = topological(states.map(({ next }) => next));
  const moving = dependents(order, [...states.map(({ before }) => before), ...slices.map(({ variable }) => variable)]);
  const found = new Set<Node>([...states.map(({ init }) => init), ...slices.map(({ source }) => source)]);
  for (const node of order) if (moving.has(node)) for (const part of children(node)) if (!moving.has(part)) found.add(part);
  for (const { next } of states) if (!moving.has(next)) found.add(next);
  return [...found];
}
