import { elaborate } from '../../src/elaborate/elaborate.ts';
import { type Shape, sizeOf } from '../../src/graph/dimension.ts';
import type { Graph } from '../../src/graph/graph.ts';
import { mapGraph } from '../../src/graph/map.ts';
import type { Node, Variable } from '../../src/graph/node.ts';
import { parse } from '../../src/language/parser.ts';
import type { Input, Model } from '../../src/model/model.ts';
import { Callable } from '../../src/numeric/callable.ts';
import { random } from '../../src/numeric/random.ts';
import { type Verdict, verdictOn } from '../../src/parallel/verdict.ts';
import { runnable } from '../../src/stabilise/stabilise.ts';

/** Verdicts held against numbers: the gradient of all examples, and what shards of uneven sizes come to. */

export type Numbers = ReadonlyMap<string, Float64Array>;

/** A model over examples that are split. */
export class Trial {
  readonly model: Model;
  readonly m: string;
  readonly verdict: Verdict;
  private readonly params: readonly Input[];
  private readonly sizes: Map<string, number>;
  private readonly values: Numbers;

  constructor(text: string, m: string, sizes: Readonly<Record<string, number>>) {
    this.model = elaborate(parse(text));
    this.m = m;
    this.params = [...this.model.inputs.values()].filter((i) => i.role === 'param');
    const { graph, objective } = this.model;
    const moving = new Set(this.params.map((i) => i.node));
    this.verdict = verdictOn({ graph, objective: objective!.node, m, moving });
    this.sizes = new Map([...this.model.sizes, ...Object.entries(sizes)]);
    const draw = random(3);
    this.values = new Map(
      [...this.model.inputs.values()].map((input) => {
        const count = input.shape.reduce<number>((n, dim) => n * sizeOf(dim, this.sizes), 1);
        const fixed =
          input.initial?.kind === 'array' && input.role !== 'param' ? Float64Array.from(input.initial.array.data) : undefined;
        return [input.name, fixed ?? Float64Array.from({ length: count }, () => draw.uniform(0.2, 1.3))];
      }),
    );
  }

  /** The objective, then its gradient by each parameter, of all examples. */
  whole(): Float64Array[] {
    return this.run(this.model.objective!.node, this.sizes, this.values);
  }

  /** What shards come to by the verdict. */
  combined(shards: readonly number[]): Float64Array[] {
    const { shared, once, way } = this.verdict;
    const { node, data } = onDevice(this.model.graph, shared, { ...this.verdict, m: this.m });
    const nodes = [...data.keys()];
    const given = Callable.of(this.model, nodes).at(this.values, this.sizes);
    const more = new Map(nodes.map((n, k) => [data.get(n)!, given[k]!.data as Float64Array]));
    const total = this.over(shards, node, way === 'average', more);
    if (way === 'same') return this.run(node, this.sizes, this.values, more);
    for (const term of once)
      this.run(term, this.sizes, this.values).forEach((part, k) => {
        for (const [i, x] of part.entries()) total[k]![i]! += x;
      });
    return total;
  }

  /** What it would come to if shards were simply averaged, or added. */
  naive(shards: readonly number[], way: 'average' | 'add'): Float64Array[] {
    return this.over(shards, this.model.objective!.node, way === 'average', new Map());
  }

  private over(shards: readonly number[], node: Node, mean: boolean, more: ReadonlyMap<Node, Float64Array>): Float64Array[] {
    const all = this.sizes.get(this.m)!;
    const total = [new Float64Array(1), ...this.params.map((p) => new Float64Array(this.values.get(p.name)!.length))];
    let from = 0;
    for (const size of shards) {
      const cut = (shape: Shape, data: Float64Array) => this.cut(shape, data, from, size);
      const own = new Map([...this.values].map(([name, data]) => [name, cut(this.model.inputs.get(name)!.shape, data).data]));
      const given = new Map([...more].map(([n, data]) => [n, cut(n.shape, data).data]));
      const found = this.run(node, new Map([...this.sizes, [this.m, size]]), own, given);
      const weight = mean ? size / all : 1;
      found.forEach((part, k) => {
        const shape = k === 0 ? [] : this.params[k - 1]!.shape;
        const { places } = cut(shape, total[k]!);
        for (const [i, x] of part.entries()) total[k]![places[i]!]! += weight * x;
      });
      from += size;
    }
    return total;
  }

  /** The entries of a shard, and where they stand in the whole. */
  private cut(shape: Shape, data: Float64Array, from: number, size: number): { data: Float64Array; places: number[] } {
    const axis = shape.indexOf(this.m);
    const places = [...data.keys()].filter((at) => {
      if (axis < 0) return true;
      const stride = shape.slice(axis + 1).reduce<number>((n, dim) => n * sizeOf(dim, this.sizes), 1);
      const place = Math.floor(at / stride) % this.sizes.get(this.m)!;
      return place >= from && place < from + size;
    });
    return { data: Float64Array.from(places, (at) => data[at]!), places };
  }

  private readonly programs = new Map<Node, Callable>();

  /** A node and its derivatives, compiled once for each number of examples. */
  private program(node: Node): Callable {
    let program = this.programs.get(node);
    if (!program) {
      const by = this.params.map((p) => p.node);
      program = Callable.running(this.model, () => runnable(this.model.graph, node, by), { backend: 'closure' });
      this.programs.set(node, program);
    }
    return program;
  }

  private run(
    node: Node,
    sizes: Map<string, number>,
    values: Numbers,
    more: ReadonlyMap<Node, Float64Array> = new Map(),
  ): Float64Array[] {
    const named = new Map(values);
    for (const [variable, data] of more) if (variable.kind === 'variable') named.set(variable.name, data);
    return this.program(node)
      .at(named, sizes)
      .map((t) => Float64Array.from(t.data));
  }
}

/** The largest difference, relative to the largest number of each array, but to no less than `least`. */
export function distance(a: readonly Float64Array[], b: readonly Float64Array[], least = 1e-300): number {
  return Math.max(
    ...a.map((part, k) => {
      const scale = Math.max(least, ...b[k]!.map(Math.abs));
      return Math.max(...part.map((x, i) => (Number.isNaN(x) ? Number.POSITIVE_INFINITY : Math.abs(x - b[k]![i]!) / scale)));
    }),
  );
}

/** A formula as devices have it: what they are given stands in it as data by itself. */
function onDevice(
  graph: Graph,
  root: Node,
  { given, counted, m }: Pick<Verdict, 'given' | 'counted'> & { readonly m: string },
): { readonly node: Node; readonly data: ReadonlyMap<Node, Variable> } {
  const nodes = [...given, ...(counted ? [graph.variable(m, [], 'size')] : [])];
  const data = new Map(nodes.map((node, k) => [node, graph.variable(`given ${k + 1}`, node.shape, 'data')] as const));
  const [node] = mapGraph(
    graph,
    [root],
    (made, original) => data.get(original) ?? made,
    (original) => data.has(original),
  );
  return { node: node!, data };
}
