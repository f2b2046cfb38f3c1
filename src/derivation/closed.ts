import type { Graph } from '../graph/graph.ts';
import { inlineDefinitions, mapGraph } from '../graph/map.ts';
import { isNamed, type Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { leaves } from '../language/trees.ts';
import { Reader } from '../reading/read.ts';
import { writtenLength } from '../reading/source.ts';
import { forReading } from '../simplify/pipelines.ts';
import type { Derived } from './document.ts';
import { quotientsIn } from './put-in.ts';

/** Derivatives in closed form, in the names of the source. */

/** A derivative in one line. */
export interface Closed {
  readonly by: string;
  readonly node: Node;
  /** What it is the derivative by. */
  readonly variable: Node;
}

/** A closed form longer than this is no line that anyone reads: a deep network's steps say it better. */
const LONGEST_LINE = 400;

export function closedForms({ model, wrt, raw }: Derived): Closed[] {
  const { graph, definitions } = model;
  // The user's own names stay; only the adjoints' are replaced, where that can still be read.
  const own = new Set<Node>(definitions.map((d) => d.node));
  const isOwn = (d: Node): boolean => own.has(d);
  const chosen = wrt.map((by, k) => ({ by, node: raw[k]! })).filter(({ node }) => writtenLength(node, isOwn) <= LONGEST_LINE);
  const nodes = inlineDefinitions(
    graph,
    chosen.map(({ node }) => node),
    (d) => !isOwn(d),
  );
  const shorter = writtenOut(graph, nodes, forReading(graph, nodes), own);
  // What comes back through time is no line: the steps say it.
  const names = new Set(definitions.map((d) => d.name));
  const runs = (node: Node): boolean =>
    topological([node], (n) => isNamed(n) && names.has(n.name)).some((n) => n.kind === 'recurrence');
  return chosen
    .map(({ by }, k) => ({ by, node: shorter[k]!, variable: model.inputs.get(by)!.node }))
    .filter(({ node }) => !runs(node));
}

/** What a form has to be written out to, if it is to be better than one in names: what names hide has cancelled. */
const BETTER = 2 / 3;

/** Short forms of nodes, or of these with all that names stand for, and what is left of it by name again, where that is much shorter. */
function writtenOut(g: Graph, nodes: readonly Node[], forms: readonly Node[], own: ReadonlySet<Node>): readonly Node[] {
  // Where nothing is divided by, nothing cancels.
  const open = [...nodes.keys()].filter(
    (k) => quotientsIn(forms[k]!).length > 0 && writtenLength(nodes[k]!, () => false) <= LONGEST_LINE,
  );
  const roots = open.map((k) => nodes[k]!);
  const used = topological(roots).filter((n) => own.has(n));
  if (used.length === 0) return forms;
  const plain = forReading(g, inlineDefinitions(g, [...roots, ...used]));
  const names = new Map(used.map((node, k) => [plain[roots.length + k]!, node]));
  const named = mapGraph(
    g,
    plain.slice(0, roots.length),
    (n, original) => names.get(original) ?? n,
    (n) => names.has(n),
  );
  const reader = Reader.of(g);
  const length = (node: Node): number => leaves(reader.read(node));
  const better = new Map(
    open.map((k, at) => [k, named[at]!] as const).filter(([k, node]) => length(node) <= BETTER * length(forms[k]!)),
  );
  return forms.map((form, k) => better.get(k) ?? form);
}
