import type { Graph } from './graph.ts';
import { type Contraction, type Node, type Slice, type StepBody, UNIT } from './node.ts';
import { topological } from './traverse.ts';

/** Deeper than this an array is read as a whole, and its entry is taken then. */
const DEEPEST = 200;

/** What entries are taken of, and what stands for one. */
export interface EntrySource {
  /** Arrays that stay as they are, such as those with a name. */
  whole(node: Node): boolean;
  /** The entry of such an array along an axis. */
  slice(node: Node, axis: number): Node;
  /** The entry of an array that is known otherwise: of values that are moved by a step, those of another step. */
  known?(node: Node, axis: number): Node | undefined;
}

/**
 * The entry of a node along an axis, as people write it: taken of the variables and names that it reads, `U·x[t]`, rather
 * than of what is computed from them for all t at once, `(x·Uᵀ)[t]`. What is shared stays shared.
 */
export function entryTaker(g: Graph, source: EntrySource): (node: Node, axis: number) => Node {
  const entries = new Map<string, Node>();
  return (node, axis) => entry(node, axis, 0);

  function entry(node: Node, axis: number, depth: number): Node {
    const key = `${node.id}:${axis}`;
    const known = entries.get(key);
    if (known) return known;
    const made = source.known?.(node, axis) ?? entryOf(node, axis, depth);
    entries.set(key, made);
    return made;
  }

  function entryOf(node: Node, axis: number, depth: number): Node {
    if (source.whole(node) || depth >= DEEPEST) return source.slice(node, axis);
    switch (node.kind) {
      case 'sum':
        return g.add(node.terms.map((n) => entry(n, axis, depth + 1)));
      case 'apply':
        return g.apply(node.operator, ...node.args.map((n) => entry(n, axis, depth + 1)));
      case 'array':
        if (node.args.some((a, k) => axis >= a.shape.length - node.operator.cells[k]!)) return source.slice(node, axis);
        return g.array(node.operator, ...node.args.map((n) => entry(n, axis, depth + 1)));
      case 'contraction':
        return contracted(node, axis, depth) ?? source.slice(node, axis);
      default:
        return source.slice(node, axis);
    }
  }

  function contracted(node: Contraction, axis: number, depth: number): Node | undefined {
    const time = node.result[axis]!;
    const once = (list: readonly number[]) => list.indexOf(time) === list.lastIndexOf(time);
    if (time === UNIT || !once(node.result) || !node.indices.every(once)) return undefined;
    if (node.factors.some((f, k) => f.kind === 'affine' && node.indices[k]!.includes(time))) return undefined;
    return withoutIndices(g, node, [time], (f, k) => {
      const at = node.indices[k]!.indexOf(time);
      return at < 0 ? f : entry(f, at, depth + 1);
    });
  }
}

/** A contraction of which the entries at some indices are taken. */
export function withoutIndices(
  g: Graph,
  node: Contraction,
  taken: readonly number[],
  entry: (factor: Node, k: number) => Node,
): Node {
  const without = (list: readonly number[]) => list.filter((i) => !taken.includes(i));
  const sizes = new Map([...node.sizes.entries()].filter(([i]) => !taken.includes(i)));
  return g.contract({
    ...node,
    factors: node.factors.map(entry),
    indices: node.indices.map(without),
    result: without(node.result),
    sizes,
  });
}

/**
 * A step as people write it.
 * @param whole arrays that stay as they are, such as those with a name
 */
export function writtenStep(g: Graph, body: StepBody, whole: (node: Node) => boolean): StepBody {
  const slices = new Map<string, Slice>();
  const images = new Map<Node, Node>();
  const entry = entryTaker(g, {
    whole,
    slice(node, axis) {
      const key = `${node.id}:${axis}`;
      let slice = slices.get(key);
      if (!slice) {
        const shape = node.shape.filter((_, k) => k !== axis);
        slice = { variable: g.variable(`${body.previous.name} at ${key}`, shape, 'state'), source: node, axis };
        slices.set(key, slice);
      }
      return slice.variable;
    },
  });
  for (const { variable, source, axis } of body.slices) images.set(variable, entry(source, axis));
  for (const node of topological([body.value])) if (!images.has(node)) images.set(node, rebuilt(node));
  return { ...body, value: images.get(body.value)!, slices: [...slices.values()] };

  function rebuilt(node: Node): Node {
    const image = (n: Node) => images.get(n)!;
    switch (node.kind) {
      case 'contraction':
        return g.contract({ ...node, factors: node.factors.map(image) });
      case 'sum':
        return g.add(node.terms.map(image));
      case 'apply':
        return g.apply(node.operator, ...node.args.map(image));
      case 'array':
        return g.array(node.operator, ...node.args.map(image));
      default:
        return node;
    }
  }
}
