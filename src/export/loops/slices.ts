import type { Graph } from '../../graph/graph.ts';
import { isTest } from '../../graph/linear.ts';
import { mapGraph } from '../../graph/map.ts';
import { type Contraction, isConstant, type Node, type Slice, UNIT } from '../../graph/node.ts';
import type { StepBodies } from '../../graph/step.ts';

/** Deeper than this an array is computed as a whole. */
const DEEPEST = 200;

const without = (list: readonly number[], index: number): number[] => list.filter((i) => i !== index);

/** A contraction at one place of an index: its factors without that. */
function at(g: Graph, node: Contraction, index: number, factors: readonly Node[]): Node {
  const sizes = new Map(node.sizes.entries());
  sizes.delete(index);
  const indices = node.indices.map((own) => without(own, index));
  return g.contract({ coefficient: node.coefficient, factors, indices, result: without(node.result, index), sizes });
}

/** The index of an axis, if it stands there alone. */
function indexOf(node: Contraction, axis: number): number | undefined {
  const index = node.result[axis]!;
  return index !== UNIT && node.result.indexOf(index) === node.result.lastIndexOf(index) ? index : undefined;
}

/** Bodies that do not take an entry of what is the same at all times. */
export function withoutStill(g: Graph, bodies: StepBodies): StepBodies {
  const still = new Map<Node, Node>();
  for (const { variable, source, axis } of bodies.slices) {
    const time = source.kind === 'contraction' ? source.result[axis] : undefined;
    if (source.kind !== 'contraction' || time === undefined || time === UNIT) continue;
    if (source.indices.some((own) => own.includes(time)) || source.result.indexOf(time) !== source.result.lastIndexOf(time))
      continue;
    const sizes = new Map(source.sizes.entries());
    sizes.delete(time);
    still.set(variable, g.contract({ ...source, result: source.result.filter((i) => i !== time), sizes }));
  }
  if (still.size === 0) return bodies;
  const parts = [...bodies.parts];
  const images = mapGraph(g, [...bodies.values, ...parts.map(([, { node }]) => node)], (image, own) => still.get(own) ?? image);
  return {
    ...bodies,
    values: images.slice(0, bodies.values.length),
    slices: bodies.slices.filter(({ variable }) => !still.has(variable)),
    parts: new Map(parts.map(([node, { axis }], k) => [node, { node: images[bodies.values.length + k]!, axis }])),
  };
}

/**
 * Steps that take entries of what arrays are computed from, entry by entry, and compute the rest by themselves.
 * @param isAlone whether nothing else needs an array
 */
export function withinSteps(
  g: Graph,
  values: readonly Node[],
  slices: readonly Slice[],
  isAlone: (node: Node) => boolean,
): { readonly values: readonly Node[]; readonly slices: readonly Slice[] } {
  const found = new Map<string, Slice>();
  const entries = new Map<string, Node>();
  const known = new Map(slices.map((slice) => [`${slice.source.id}:${slice.axis}`, slice]));
  const images = new Map<Node, Node>(slices.map(({ variable, source, axis }) => [variable, entry(source, axis, 0)]));
  const mapped = mapGraph(g, values, (image, own) => images.get(own) ?? image);
  return { values: mapped, slices: [...found.values()] };

  function entry(node: Node, axis: number, depth: number): Node {
    const key = `${node.id}:${axis}`;
    const made = entries.get(key) ?? computed(node, axis, depth) ?? taken(node, axis, key);
    entries.set(key, made);
    return made;
  }

  function taken(node: Node, axis: number, key: string): Node {
    const shape = node.shape.filter((_, k) => k !== axis);
    const slice = found.get(key) ?? known.get(key) ?? { variable: g.state('entry', shape), source: node, axis };
    found.set(key, slice);
    return slice.variable;
  }

  function computed(node: Node, axis: number, depth: number): Node | undefined {
    if ((!isAlone(node) && !isConstant(node)) || depth > DEEPEST) return undefined;
    switch (node.kind) {
      case 'sum':
        return g.add(node.terms.map((term) => entry(term, axis, depth + 1)));
      case 'apply':
        return g.apply(node.operator, ...node.args.map((arg) => entry(arg, axis, depth + 1)));
      case 'contraction': {
        const time = indexOf(node, axis);
        // What sums over an axis is a product of matrices, which is quicker for all steps at once.
        if (time === undefined || node.indices.some((own) => own.some((i) => i !== UNIT && !node.result.includes(i))))
          return undefined;
        if (node.factors.some((f, k) => node.indices[k]!.filter((i) => i === time).length > (isTest(f) ? 0 : 1)))
          return undefined;
        const factors = node.factors.map((f, k) => {
          const place = node.indices[k]!.indexOf(time);
          return place < 0 ? f : entry(f, place, depth + 1);
        });
        return at(g, node, time, factors);
      }
      default:
        return undefined;
    }
  }
}
