import type { Graph } from './graph.ts';
import { type Contraction, type Node, type Slice, type StepBody, UNIT } from './node.ts';
import { topological } from './traverse.ts';

/** Deeper than this an array is read as a whole, and its entry is taken then. */
const DEEPEST = 200;

/**
 * A step as people write it: entry t is taken of the variables and names that it reads, `U·x[t]`, rather than of what
 * is computed from them for all t at once, `(x·Uᵀ)[t]`.
 * @param whole arrays that stay as they are, such as those with a name
 */
export function writtenStep(g: Graph, body: StepBody, whole: (node: Node) => boolean): StepBody {
  const slices = new Map<string, Slice>();
  const entries = new Map<string, Node>();
  const images = new Map<Node, Node>(body.slices.map(({ variable, source, axis }) => [variable, entry(source, axis, 0)]));
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

  /** The node at time t along an axis; what is shared stays shared. */
  function entry(node: Node, axis: number, depth: number): Node {
    const key = `${node.id}:${axis}`;
    const known = entries.get(key);
    if (known) return known;
    const made = entryOf(node, axis, depth);
    entries.set(key, made);
    return made;
  }

  function entryOf(node: Node, axis: number, depth: number): Node {
    if (!whole(node) && depth < DEEPEST) {
      switch (node.kind) {
        case 'sum':
          return g.add(node.terms.map((n) => entry(n, axis, depth + 1)));
        case 'apply':
          return g.apply(node.operator, ...node.args.map((n) => entry(n, axis, depth + 1)));
        case 'array':
          if (node.args.some((a, k) => axis >= a.shape.length - node.operator.cells[k]!)) break;
          return g.array(node.operator, ...node.args.map((n) => entry(n, axis, depth + 1)));
        case 'contraction': {
          const made = contracted(node, axis, depth);
          if (made) return made;
        }
      }
    }
    const key = `${node.id}:${axis}`;
    let slice = slices.get(key);
    if (!slice) {
      const shape = node.shape.filter((_, k) => k !== axis);
      slice = { variable: g.variable(`${body.previous.name} at ${key}`, shape, 'state'), source: node, axis };
      slices.set(key, slice);
    }
    return slice.variable;
  }

  function contracted(node: Contraction, axis: number, depth: number): Node | undefined {
    const time = node.result[axis]!;
    const once = (list: readonly number[]) => list.indexOf(time) === list.lastIndexOf(time);
    if (time === UNIT || !once(node.result) || !node.indices.every(once)) return undefined;
    if (node.factors.some((f, k) => f.kind === 'affine' && node.indices[k]!.includes(time))) return undefined;
    const factors = node.factors.map((f, k) => {
      const at = node.indices[k]!.indexOf(time);
      return at < 0 ? f : entry(f, at, depth + 1);
    });
    const without = (list: readonly number[]) => list.filter((i) => i !== time);
    const sizes = new Map([...node.sizes.entries()].filter(([i]) => i !== time));
    return g.contract({ ...node, factors, indices: node.indices.map(without), result: without(node.result), sizes });
  }
}
