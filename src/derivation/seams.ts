import { differentiate } from '../differentiate/sweep.ts';
import { boundsOf } from '../facts/bounds.ts';
import { axes, constantOf, isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import type { Apply, Node } from '../graph/node.ts';
import { ZERO } from '../graph/rational.ts';
import { unstretched } from '../graph/stretching.ts';
import { dependents, topological } from '../graph/traverse.ts';
import { isNonzero, isPositive } from '../operators/caveat.ts';
import { and, atLeast, atMost, type Choice, greater, less, or, where } from '../operators/comparison.ts';
import { positive } from '../operators/facts.ts';
import { abs, sign } from '../operators/kinked.ts';
import type { Operator } from '../operators/operator.ts';
import { forReading } from '../simplify/pipelines.ts';
import { solve } from './relations.ts';

/** Longer branches are not compared. */
const MOST_NODES = 200;

const ORDERED: ReadonlySet<Operator> = new Set([less, atMost, greater, atLeast]);

/** What parts of an expression are at a border. */
type Place = ReadonlyMap<Node, Node>;

/**
 * Whether the branches of a choice meet at its border without a kink: there, they have one value and one slope by all that they are
 * made of. It is proved by putting in what the border says, exactly; what is not proved is none.
 */
export function isSeamless(g: Graph, { args: [condition, yes, no], shape }: Choice, variables: readonly Node[]): boolean {
  const compared = comparisonsIn(condition);
  const difference = g.sub(yes, no);
  if (!compared || topological([difference, condition]).length > MOST_NODES) return false;
  return compared.every((comparison) => {
    const places = placesOf(g, comparison);
    return places?.every((place) => meetsAt(g, difference, shape, place, variables)) === true;
  });
}

/** What a condition compares by order; none of another condition, as of one that singles out a place. */
function comparisonsIn(condition: Node): Apply[] | undefined {
  if (condition.kind !== 'apply') return undefined;
  if (ORDERED.has(condition.operator)) return [condition];
  if (condition.operator !== and && condition.operator !== or) return undefined;
  const parts = condition.args.map(comparisonsIn);
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part!);
}

/** Where the two sides are equal, as what is to be put in; undefined if that cannot be told. */
function placesOf(g: Graph, { args }: Apply): Place[] | undefined {
  const [a, b] = args as [Node, Node];
  for (const [size, level] of [
    [a, b],
    [b, a],
  ] as const)
    if (!constantOf(level)) {
      const places = size.kind === 'apply' && size.operator === abs ? bothSides(g, size.args[0]!, level) : replaced(size, level);
      if (places) return places;
    }
  const difference = g.sub(a, b);
  const found = solve(difference, '=', ZERO);
  if (found.length === 0 || found.some(({ part, whole }) => whole || part.kind === 'sum')) return undefined;
  return found.map(({ part, bound }) => new Map([[part, g.constant(bound, part.shape)]]));
}

/** |v| = q has v = q and v = −q, where q is not negative. */
function bothSides(g: Graph, v: Node, q: Node): Place[] | undefined {
  const level = unstretched(g, q) ?? q;
  if (topological([v]).includes(level) || topological([level]).includes(v)) return undefined;
  const above = g.variable('level at the border', level.shape, 'state', [{ record: positive, text: positive.name }]);
  const stretched = level === q ? above : g.broadcast(above, q.shape);
  return [stretched, g.neg(stretched)].map(
    (at) =>
      new Map([
        [level, above],
        [v, at],
      ]),
  );
}

function replaced(letter: Node, by: Node): Place[] | undefined {
  const isLetter = letter.kind === 'variable' || letter.kind === 'definition';
  return isLetter && !topological([by]).includes(letter) ? [new Map([[letter, by]])] : undefined;
}

function meetsAt(g: Graph, difference: Node, shape: Choice['shape'], place: Place, variables: readonly Node[]): boolean {
  // What is compared counts as a letter of its own.
  const letters = new Map([...place.keys()].map((part, k) => [part, g.variable(`part ${k} at the border`, part.shape, 'state')]));
  const [opened] = put(g, [difference], letters);
  const { result, sizes } = axes(shape);
  const whole = shape.length === 0 ? opened! : g.contract({ factors: [opened!], indices: [result], result: [], sizes });
  const left = new Set(topological([whole]));
  const by = [...letters.values(), ...variables].filter((x) => left.has(x));
  const slopes = differentiate(g, whole, by);
  const at = new Map([...letters].map(([part, letter]) => [letter as Node, place.get(part)!]));
  if (!isSmoothAt(g, [opened!, ...slopes], at)) return false;
  const values = put(g, [opened!, ...slopes], at).map((node) => withKnownSigns(g, node));
  return forReading(g, values).every(isZeroNode);
}

const put = (g: Graph, nodes: readonly Node[], place: ReadonlyMap<Node, Node>): Node[] =>
  mapGraph(
    g,
    nodes,
    (node, original) => place.get(original) ?? node,
    (node) => place.has(node),
  );

/** Whether nothing within has a kink or a jump of its own there: it says nothing of the other side. */
function isSmoothAt(g: Graph, nodes: readonly Node[], place: ReadonlyMap<Node, Node>): boolean {
  const order = topological(nodes);
  const moving = dependents(order, place.keys());
  if (order.some((n) => moving.has(n) && (n.kind === 'array' || n.kind === 'recurrence'))) return false;
  const applied = order.filter((n): n is Apply => n.kind === 'apply' && n.operator !== where);
  const open = applied.filter(({ operator, args }) =>
    operator.caveats?.some(({ kind, applies }) => kind !== 'needs' && (applies?.(args) ?? true)),
  );
  return open.every(({ operator, args }) => {
    const images = put(g, args, place);
    const bounds = boundsOf(images);
    const worth = images.map((image) => bounds.get(image)!);
    return operator.caveats!.every(
      ({ kind, applies, settled }) => kind === 'needs' || applies?.(images) === false || settled?.(...worth) === true,
    );
  });
}

/** The sign of what is known to be positive, or negative, is 1 or −1. */
const withKnownSigns = (g: Graph, root: Node): Node =>
  mapGraph(g, [root], (node) => {
    if (node.kind !== 'apply' || (node.operator !== sign && node.operator !== abs)) return node;
    const [u] = node.args as [Node];
    const bounds = boundsOf([u]).get(u)!;
    if (!isNonzero(bounds)) return node;
    const value = isPositive(bounds) ? 1 : -1;
    return node.operator === sign ? g.constant(value, node.shape) : g.mul(value, u);
  })[0]!;
