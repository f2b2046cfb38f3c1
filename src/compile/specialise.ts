import type { ContractionSpec } from '../graph/contraction.ts';
import { type Dim, type Shape, type Sizes, sizeOf } from '../graph/dimension.ts';
import { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import { type Contraction, children, type Definition, distinct, isNamed, type Node, UNIT, type Variable } from '../graph/node.ts';
import { isOne } from '../graph/rational.ts';
import { onlyStep } from '../graph/resolved.ts';
import { topological } from '../graph/traverse.ts';
import { balanced } from './factors.ts';
import { pairwise, split } from './order.ts';
import { plain } from './schedule.ts';
import { timeLoop } from './time-loop.ts';

/**
 * The same values for the sizes at hand, in a graph of their own: dimension names become numbers (so that `1/m` is a
 * constant), operators take the form that they have for the compiler (x² is x·x), contractions are brought into an
 * order of pairs, and very long sums and products into groups. Definitions stay only around sums: without them the
 * sum would be merged into every sum that uses it, and be computed there again.
 */
export function specialise(roots: readonly Node[], sizes: Sizes): Specialised {
  const graph = new Graph();
  let made = rebuilt(graph, roots, new Map(), (shape) => shape.map((dim) => sizeOf(dim, sizes)), sizes);
  // What an operator was lowered to may need lowering itself.
  for (let round = 0; made.lowered && round < MOST_ROUNDS; round++) {
    made = rebuilt(graph, made.roots, made.named, (shape) => shape, sizes);
  }
  const named = [...made.named];
  const nodes = mapGraph(graph, [...made.roots, ...named.map(([node]) => node)], (node) =>
    node.kind === 'recurrence' ? timeLoop(graph, node) : node,
  );
  const images = nodes.slice(roots.length);
  return { roots: nodes.slice(0, roots.length), named: new Map(named.map(([, definition], k) => [images[k]!, definition])) };
}

/** Roots for the sizes at hand, and what the model calls some of the nodes below them. */
interface Specialised {
  readonly roots: readonly Node[];
  readonly named: ReadonlyMap<Node, Definition>;
}

const MOST_ROUNDS = 8;

/** A recurrence is rebuilt from its step for all times. */
const partsToBuild = (node: Node): readonly Node[] =>
  node.kind === 'recurrence' ? [...children(node), node.previous] : children(node);

/** How far down axes are put in another order. */
const DEEPEST = 8;

/** A permutation of axes, perhaps scaled. */
const isTurned = ({ factors, indices, result }: Contraction): boolean =>
  factors.length === 1 &&
  distinct(result) &&
  indices[0]!.every((i) => i === UNIT || result.includes(i)) &&
  indices[0]!.filter((i) => i !== UNIT).length === result.filter((i) => i !== UNIT).length;

/** A contraction as quotients and pairs. */
function inOrder(graph: Graph, made: Node): Node {
  const quotient = made.kind === 'contraction' ? balanced(graph, made) : made;
  return quotient.kind === 'contraction' ? pairwise(graph, quotient) : quotient;
}

/** How many nodes have each as a part. */
function usersOf(order: readonly Node[], roots: readonly Node[]): Map<Node, number> {
  const users = new Map<Node, number>();
  const use = (node: Node) => users.set(node, (users.get(node) ?? 0) + 1);
  roots.forEach(use);
  for (const node of order) partsToBuild(node).forEach(use);
  return users;
}

function rebuilt(
  graph: Graph,
  roots: readonly Node[],
  before: Specialised['named'],
  known: (shape: Shape) => Shape,
  sizes: Sizes,
): Specialised & { lowered: boolean } {
  let lowered = false;
  const images = new Map<Node, Node>();
  const image = (node: Node): Node => images.get(node)!;
  const order = topological(roots, undefined, partsToBuild);
  const users = usersOf(order, roots);
  for (const node of order) images.set(node, rebuild(node));
  const named = new Map<Node, Definition>();
  for (const [node, made] of images) {
    const definition = isNamed(node) && !node.part ? node : before.get(node);
    const value = plain(made);
    if (definition && value.kind !== 'variable' && !named.has(value)) named.set(value, definition);
  }
  return { roots: roots.map(image), named, lowered };

  function rebuild(node: Node): Node {
    switch (node.kind) {
      case 'variable':
        return node.role === 'size'
          ? graph.constant(sizeOf(node.name, sizes))
          : graph.variable(node.name, known(node.shape), node.role);
      case 'definition': {
        const value = image(node.value);
        return value.kind === 'sum' ? graph.hold(value) : value;
      }
      case 'sum':
        return split(graph, node.terms.map(image));
      case 'apply':
        return lowest(graph.apply(node.operator, ...node.args.map(image)));
      case 'recurrence': {
        const [init, step] = [image(node.init), image(node.step)];
        const previous = image(node.previous) as Variable;
        if (step.shape[node.axis] === 1) return onlyStep(graph, previous, init, step, node.axis);
        return graph.recurrence(previous, init, step, node.axis, node.backward);
      }
      case 'array':
        return lowest(graph.array(node.operator, ...node.args.map(image)));
      case 'affine': {
        const steps = known(node.steps);
        const [offset] = known([node.offset]) as [Dim];
        const shape = known(node.shape);
        return node.test ? graph.selection(shape, steps, offset) : graph.affine(shape, steps, offset);
      }
      case 'contraction': {
        const lengths = known(node.sizes);
        const parts = {
          coefficient: node.coefficient,
          factors: node.factors.map(image),
          indices: node.indices,
          result: node.result,
          sizes: new Map(lengths.map((length, index) => [index, length])),
        };
        return isTurned(node) ? turned(node.factors[0]!, parts, DEEPEST) : inOrder(graph, graph.contract(parts));
      }
    }
  }

  /** An operator in the form that it has for the compiler. */
  function lowest(made: Node): Node {
    if (made.kind !== 'apply' && made.kind !== 'array') return made;
    const cheaper = made.operator.lower?.(graph, ...made.args);
    lowered ||= cheaper !== undefined && cheaper !== made;
    return cheaper ?? made;
  }

  /** What nothing else uses is computed in the order of axes in which it is needed. */
  function turned(node: Node, view: ContractionSpec, depth: number): Node {
    const alone = depth > 0 && users.get(node) === 1;
    const inner = (part: Node) => turned(part, view, depth - 1);
    if (alone && isOne(view.coefficient!) && node.kind === 'sum') return split(graph, node.terms.map(inner));
    if (alone && isOne(view.coefficient!) && node.kind === 'apply')
      return lowest(graph.apply(node.operator, ...node.args.map(inner)));
    const made = image(node);
    return inOrder(graph, graph.contract({ ...view, factors: [made] }, alone ? (part) => part === made : undefined));
  }
}
