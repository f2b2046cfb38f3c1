import type { DerivationDocument } from '../derivation/document.ts';
import type { Flow } from '../derivation/flows.ts';
import type { Shape } from '../graph/dimension.ts';
import { children, isConstant, type Node } from '../graph/node.ts';
import { carriedAlong, topological } from '../graph/traverse.ts';
import type { Model } from '../model/model.ts';
import { asSaid } from '../reading/said.ts';
import { toStatements } from '../reading/source.ts';
import { printExpr, printStatements } from '../render/text.ts';
import type { Value } from './values.ts';

/** A box of the computational graph: an input, a named quantity, the objective; or a step of a bare expression. */
export interface Box {
  readonly node: Node;
  readonly name: string;
  readonly formula?: string;
  readonly shape: Shape;
  readonly kind: 'data' | 'param' | 'const' | 'free' | 'step' | 'objective';
}

export interface Arrow {
  readonly from: Box;
  readonly to: Box;
  /** What a change of the one does to the other, entry by entry, where it is short. */
  readonly slope?: string;
  /** What flows back along it. */
  readonly flow?: Flow;
}

export interface BoxGraph {
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** What a box shows besides its formula. */
export interface Quantity {
  readonly value?: Value;
  /** The derivative of the objective by it. */
  readonly gradient?: Value;
}

/** A bare expression is drawn operation by operation up to this many; beyond it, only inputs and the result. */
const MOST_OPERATIONS = 14;

/** A longer slope would hide the picture. */
const LONGEST_SLOPE = 28;

/** What a document says of quantities, which the picture says too. */
type Told = Pick<DerivationDocument, 'flows' | 'sections'>;
const NOTHING_TOLD: Told = { flows: [], sections: [] };

/** The definitions in index notation, by name: `Σ_j W_ij X_jk + b_i`. */
function byEntries(sections: Told['sections']): ReadonlyMap<string, string> {
  const blocks = sections.flatMap((section) => section.blocks);
  const rows = blocks.flatMap((block) => (block.kind === 'definitions' ? block.rows : []));
  return new Map(
    rows.flatMap(({ target, formula }) => (formula.byEntries ? [[target, printExpr(formula.byEntries.right, 'indices')]] : [])),
  );
}

/** The boxes of a model and who uses whom. */
export function boxGraph(model: Model, objectiveName: string, { flows, sections }: Told = NOTHING_TOLD): BoxGraph {
  const entries = byEntries(sections);
  const root = model.objective!.node;
  const all = topological([root]);
  // The steps of a recurrence have no value of their own.
  const carried = carriedAlong(all);
  const order = all.filter((n) => !carried.has(n));
  const named = new Set<Node>(model.definitions.map((d) => d.node));
  const operations = order.filter((n) => n.kind !== 'variable' && !isConstant(n));
  const bare = named.size === 0 && operations.length <= MOST_OPERATIONS;
  const shown = (n: Node): boolean =>
    n === root ||
    named.has(n) ||
    (n.kind === 'variable' ? n.role !== 'size' && n.role !== 'state' : bare && operations.includes(n));
  const boxes = new Map(order.filter(shown).map((n) => [n, boxOf(n, model, objectiveName, entries)]));
  const arrows = [...boxes].flatMap(([node, to]) => partsOf(node, shown).map((part) => arrow(boxes.get(part)!, to)));
  return { boxes: [...boxes.values()], arrows };

  function arrow(from: Box, to: Box): Arrow {
    const flow = flows.find(({ of, by }) => of === to.name && by === from.name);
    const slope = flow?.slope && printExpr(flow.slope, 'indices');
    return { from, to, ...(flow && { flow }), ...(slope && [...slope].length <= LONGEST_SLOPE && { slope }) };
  }
}

function boxOf(node: Node, model: Model, objectiveName: string, entries: ReadonlyMap<string, string>): Box {
  const root = model.objective!.node;
  if (node.kind === 'variable') {
    const shape = model.inputs.get(node.name)?.shape ?? node.shape;
    const kind = node.role === 'size' || node.role === 'state' ? 'const' : node.role;
    return { node, name: model.literals.has(node) ? '' : node.name, shape, kind };
  }
  const definition = model.definitions.find((d) => d.node === node);
  const name = definition?.name ?? (node === root ? objectiveName : '');
  const { graph } = model;
  const said = asSaid(graph, definition?.node.value ?? node);
  const statements = toStatements(said, { graph, reserved: graph.names, lengths: graph.lengths });
  const whole = printStatements(statements, 'unicode');
  // What needs names of its own to be said does not fit into a box.
  const formula = entries.get(name) ?? (/ = /.test(whole) ? '' : whole);
  return { node, name, formula, shape: definition?.shape ?? node.shape, kind: node === root ? 'objective' : 'step' };
}

/** The boxes that a node is made of directly, each once. */
function partsOf(node: Node, shown: (n: Node) => boolean): Node[] {
  const found = new Set<Node>();
  const seen = new Set<Node>();
  const open = [...children(node)].reverse();
  while (open.length > 0) {
    const part = open.pop()!;
    if (seen.has(part)) continue;
    seen.add(part);
    if (shown(part)) found.add(part);
    else open.push(...[...children(part)].reverse());
  }
  return [...found];
}
