import type { Dim } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import { type Definition, isNamed, type Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { someFact } from '../operators/declared.ts';
import { distribution } from '../operators/facts.ts';
import { type Known, knownSums } from '../simplify/known-sums.ts';
import { type Lengths, lengthOf } from '../simplify/length.ts';
import { forReading } from '../simplify/pipelines.ts';

/** What a form of a step rests on, beside rules that always hold. */
export interface Resting {
  readonly name: string;
  /** Its entries sum to 1, or each of them is 0 or 1. */
  readonly says: Exclude<Known['says'], 'deviations'>;
  /** What each sums to 1, or the name of the axis along which it does. */
  readonly each: 'columns' | 'rows' | 'all' | { readonly along: Dim };
}

/** How many names above a step are opened for it, and how large it may become. */
const DEEPEST = 3;
const MOST_NODES = 80;

/**
 * A step with the adjoints above it put in, where what is declared of the data then makes it shorter: dZ is
 * dP ⊙ P − P ⊙ Σ dP ⊙ P by the rule, and (P − Y)/m since the columns of Y sum to 1. Undefined if nothing does.
 * @param quantities the adjoints that may be opened, and the named quantity of which each is the adjoint
 */
export function restingForm(
  g: Graph,
  raw: Node,
  after: Node,
  quantities: ReadonlyMap<Node, Node>,
): { readonly form: Node; readonly resting: readonly Resting[] } | undefined {
  // Another name for what has one.
  if (isNamed(raw)) return undefined;
  const lengths: Lengths = new Map();
  const opened = new Set<Node>();
  for (let depth = 0; depth <= DEEPEST; depth++) {
    for (const alone of depth === 0 ? [true] : [true, false]) {
      const inside = alone ? opened : new Set([...opened, ...[...opened].flatMap((d) => quantities.get(d) ?? [])]);
      const order = within(raw, inside);
      if (order.length > MOST_NODES) return undefined;
      if (!order.some((n) => isGiven(g, n))) continue;
      const found = shortened(g, raw, inside, opened);
      if (found.resting.length === 0) continue;
      if (depth === 0 || (found.form !== after && lengthOf(found.form, lengths) <= lengthOf(after, lengths))) return found;
    }
    const next = within(raw, opened).filter((n) => quantities.has(n) && !opened.has(n));
    if (next.length === 0) return undefined;
    for (const adjoint of next) opened.add(adjoint);
  }
  return undefined;
}

const isClosed =
  (opened: ReadonlySet<Node>) =>
  (node: Node): boolean =>
    isNamed(node) && !opened.has(node);

const within = (root: Node, opened: ReadonlySet<Node>): Node[] => topological([root], isClosed(opened));

/** Data of which something is declared that forms can rest on; or a name of which it is known by its value. */
export const isGiven = (g: Graph, node: Node): boolean =>
  node.kind === 'variable' ? someFact(node.facts, (fact) => fact.sums) : isNamed(node) && knownSums(g, node).length > 0;

function shortened(
  g: Graph,
  raw: Node,
  opened: ReadonlySet<Node>,
  adjoints: ReadonlySet<Node>,
): { form: Node; resting: Resting[] } {
  const known = new Map<string, Resting>();
  const standins = new Map<Node, Definition>();
  // What is not opened counts as given: its name stands in for it, with what is known of it.
  const standIn = (node: Definition): Node => {
    const facts = knownSums(g, node).flatMap(({ axes, total }) =>
      axes.length === 1 && constantOf(total)?.equals(1)
        ? [{ record: distribution, axis: axes[0]!, text: distribution.name }]
        : [],
    );
    const variable = g.variable(`${node.name}@${node.id}`, node.shape, 'state', facts);
    standins.set(variable, node);
    return variable;
  };
  const open = (root: Node): Node =>
    mapGraph(
      g,
      [root],
      (node, original) => {
        if (!isNamed(original)) return node;
        return opened.has(original) && isNamed(node) ? node.value : standIn(original);
      },
      isClosed(opened),
    )[0]!;
  const witness = (used: Known): void => {
    const told = restingOn(used, standins);
    if (told) known.set(`${told.name} ${told.says} ${JSON.stringify(told.each)}`, told);
  };
  const [form] = forReading(g, [open(raw)], witness) as [Node];
  // Quantities that were opened are written again where their values are left; an adjoint that is left was opened in vain.
  const values = new Map<Node, Node>();
  for (const node of opened) {
    if (!isNamed(node) || adjoints.has(node)) continue;
    const [value] = forReading(g, [open(node.value)]) as [Node];
    values.set(value, node);
  }
  const [named] = mapGraph(g, [form], (node, original) => values.get(original) ?? standins.get(node) ?? node) as [Node];
  return { form: named, resting: [...known.values()] };
}

/** The fact in terms of what people see; undefined of values that have no name. */
export function restingOn({ node, axes, says }: Known, standins: ReadonlyMap<Node, Definition> = new Map()): Resting | undefined {
  // That differences from a mean add up to 0 is declared of nothing.
  if (says === 'deviations') return undefined;
  const shown = standins.get(node) ?? node;
  if (shown.kind !== 'variable' && !isNamed(shown)) return undefined;
  const { name, shape } = shown;
  const long = shape.flatMap((dim, axis) => (dim === 1 ? [] : [axis]));
  const all = long.every((axis) => axes.includes(axis));
  const each = all ? 'all' : shape.length === 2 ? (axes[0] === 0 ? 'columns' : 'rows') : { along: shape[axes[0]!]! };
  return { name, says, each };
}
