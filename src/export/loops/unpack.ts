import type { Shape } from '../../graph/dimension.ts';
import { axes, isZeroNode } from '../../graph/forms.ts';
import type { Graph } from '../../graph/graph.ts';
import { isTest } from '../../graph/linear.ts';
import { rebuild } from '../../graph/map.ts';
import { type Contraction, isConstant, type Node, UNIT } from '../../graph/node.ts';
import type { Packing, Segment } from './segments.ts';

/** An array that is packed, and the arrays that stand for its parts. */
interface Packed {
  readonly packing: Packing;
  readonly parts: readonly Node[];
}

/**
 * Rewrites graphs in which several arrays lie in one, so that each is by itself: where a part is taken out, the part
 * stands; where parts are put together to be taken apart again, nothing is left of it.
 */
export class Unpacking {
  private readonly graph: Graph;
  private readonly packed = new Map<Node, Packed>();
  private readonly clean = new Map<Node, Node>();
  private readonly projected = new Map<string, Node | undefined>();
  private readonly segments = new Map<Node, Segment>();

  constructor(graph: Graph) {
    this.graph = graph;
  }

  /** An array, and what its parts are. */
  pack(node: Node, packing: Packing, parts: readonly Node[]): void {
    this.packed.set(node, { packing, parts });
    for (const segment of packing.segments) this.segments.set(segment.test, segment);
  }

  /** What stands for a node; all that it is made of has been seen before. */
  put(node: Node, image: Node): void {
    this.clean.set(node, image);
  }

  /** The node over parts that are by themselves; its own parts have been rewritten already. */
  rewrite(node: Node): Node {
    const known = this.clean.get(node);
    if (known) return known;
    const image = this.image(node);
    this.clean.set(node, image);
    this.clean.set(image, image);
    return image;
  }

  private image(node: Node): Node {
    const packed = this.packed.get(node);
    if (packed) return this.together(node, packed);
    const taken = node.kind === 'contraction' ? this.taken(node) : undefined;
    if (taken) return taken;
    return rebuild(this.graph, node, (part) => this.rewrite(part));
  }

  /** The parts in one array again, where that is read as a whole. */
  private together(node: Node, { packing: { axis, segments }, parts }: Packed): Node {
    const { graph } = this;
    if (parts.includes(node)) return node;
    const { result } = axes(node.shape);
    const rank = node.shape.length;
    const terms = segments.map(({ test, shape }, k) => {
      const own = shape.map((_, j) => rank + j);
      return graph.contract({
        factors: [parts[k]!, test],
        indices: [
          [...result.slice(0, axis), ...own, ...result.slice(axis + 1)],
          [result[axis]!, ...own],
        ],
        result,
        sizes: [...node.shape, ...shape],
      });
    });
    return graph.add(terms);
  }

  /** A sum over places that a test keeps to one part: the sum over that part. */
  private taken(node: Contraction): Node | undefined {
    for (const [k, test] of node.factors.entries()) {
      const segment = this.segments.get(test);
      const [place, ...own] = node.indices[k] ?? [];
      if (!segment || place === undefined || place === UNIT || node.result.includes(place)) continue;
      const found = this.within(node, k, segment, place, own);
      if (found) return found;
    }
    return undefined;
  }

  /** The contraction with one of its tests solved: each factor along the place is its part. */
  private within(node: Contraction, at: number, segment: Segment, place: number, own: readonly number[]): Node | undefined {
    const factors: Node[] = [];
    const indices: (readonly number[])[] = [];
    for (const [k, factor] of node.factors.entries()) {
      if (k === at) continue;
      const list = node.indices[k]!;
      const axis = list.indexOf(place);
      if (axis < 0) {
        factors.push(this.rewrite(factor));
        indices.push(list);
        continue;
      }
      if (list.lastIndexOf(place) !== axis) return undefined;
      const part = this.project(factor, axis, segment);
      if (!part) return undefined;
      factors.push(part);
      indices.push([...list.slice(0, axis), ...own, ...list.slice(axis + 1)]);
    }
    const result = node.result.flatMap((i) => (i === place ? own : [i]));
    const sizes = new Map(node.sizes.entries());
    sizes.delete(place);
    return this.rewritten(this.graph.contract({ coefficient: node.coefficient, factors, indices, result, sizes }));
  }

  /** What has been made may hold tests that can be solved in turn. */
  private rewritten(node: Node): Node {
    const again = node.kind === 'contraction' && node.factors.some((f) => this.segments.has(f)) ? this.taken(node) : undefined;
    return again ?? node;
  }

  /** The part of an array along one of its axes, that axis replaced by those of the part; undefined if it is in one piece. */
  project(node: Node, axis: number, segment: Segment): Node | undefined {
    const key = `${node.id},${axis},${segment.test.id}`;
    if (this.projected.has(key)) return this.projected.get(key);
    const found = this.part(node, axis, segment);
    this.projected.set(key, found);
    if (found) this.clean.set(found, found);
    return found;
  }

  private part(node: Node, axis: number, segment: Segment): Node | undefined {
    const { graph } = this;
    const packed = this.packed.get(node);
    if (packed) {
      const k = packed.packing.axis === axis ? packed.packing.segments.findIndex(({ test }) => test === segment.test) : -1;
      return packed.parts[k];
    }
    const all = (parts: readonly Node[]): Node[] | undefined => {
      const found = parts.map((part) => this.project(part, axis, segment));
      return found.every((part) => part !== undefined) ? found : undefined;
    };
    switch (node.kind) {
      case 'definition':
        return this.project(node.value, axis, segment);
      case 'sum': {
        const terms = all(node.terms);
        return terms && graph.add(terms);
      }
      case 'apply': {
        const args = all(node.args);
        return args && graph.apply(node.operator, ...args);
      }
      case 'contraction':
        return this.product(node, axis, segment);
      default:
        return undefined;
    }
  }

  private product(node: Contraction, axis: number, segment: Segment): Node | undefined {
    const { graph } = this;
    const shape: Shape = [...node.shape.slice(0, axis), ...segment.shape, ...node.shape.slice(axis + 1)];
    if (isZeroNode(node)) return graph.constant(0, shape);
    if (isConstant(node)) return graph.constant(node.coefficient, shape);
    const place = node.result[axis]!;
    if (place === UNIT || node.result.indexOf(place) !== node.result.lastIndexOf(place)) return undefined;
    const tests = node.factors.flatMap((f, k) => (isTest(f) && node.indices[k]!.includes(place) ? [k] : []));
    if (tests.length > 1) return undefined;
    const [at] = tests;
    if (at !== undefined) {
      const own = this.segments.get(node.factors[at]!);
      if (!own || node.indices[at]![0] !== place) return undefined;
      // What lies in another part is not there.
      if (own.test !== segment.test) return graph.constant(0, shape);
      return this.within(node, at, segment, place, node.indices[at]!.slice(1));
    }
    const sizes = new Map(node.sizes.entries());
    sizes.delete(place);
    const own = segment.shape.map((size, k) => {
      sizes.set(node.sizes.length + k, size);
      return node.sizes.length + k;
    });
    const factors: Node[] = [];
    const indices: (readonly number[])[] = [];
    for (const [k, factor] of node.factors.entries()) {
      const list = node.indices[k]!;
      const there = list.indexOf(place);
      const part = there < 0 ? this.rewrite(factor) : this.project(factor, there, segment);
      if (!part || list.lastIndexOf(place) !== there) return undefined;
      factors.push(part);
      indices.push(list.flatMap((i) => (i === place ? own : [i])));
    }
    const result = node.result.flatMap((i) => (i === place ? own : [i]));
    return this.rewritten(graph.contract({ coefficient: node.coefficient, factors, indices, result, sizes }));
  }
}
