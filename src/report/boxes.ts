import type { DerivationDocument } from '../derivation/document.ts';
import type { Flow } from '../derivation/flows.ts';
import { localSlope } from '../derivation/local-slope.ts';
import type { Page } from '../derivation/walk.ts';
import { pageOf } from '../derivation/working-page.ts';
import type { Shape } from '../graph/dimension.ts';
import { isTest } from '../graph/linear.ts';
import { type Contraction, children, isConstant, isNamed, type Node, UNIT } from '../graph/node.ts';
import { isOne } from '../graph/rational.ts';
import { carriedAlong, dependents, topological } from '../graph/traverse.ts';
import { attempt } from '../language/attempt.ts';
import { lazily } from '../language/lazily.ts';
import { namesWithin } from '../language/parts.ts';
import type { Model } from '../model/model.ts';
import { lengthsIn, Unwritable } from '../reading/entry.ts';
import { asSaid } from '../reading/said.ts';
import { toStatements } from '../reading/source.ts';
import { printExpr, printStatements } from '../render/text.ts';
import type { Value } from './values.ts';

/** A box of the computational graph: an input, a named quantity, the objective; or a step of a bare expression. */
export interface Box {
  readonly node: Node;
  /** Tells it from the others: its name, or its place where it has none. */
  readonly id: string;
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
  /** It leads from one step to the next. */
  readonly back?: true;
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
const isTooLong = (slope: string): boolean => [...slope].length > LONGEST_SLOPE;

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

/**
 * The boxes of a model and who uses whom.
 * @param wrt what is derived by: what does not depend on it has no slope
 */
export function boxGraph(
  model: Model,
  objectiveName: string,
  wrt: readonly string[],
  { flows, sections }: Told = NOTHING_TOLD,
): BoxGraph {
  const entries = byEntries(sections);
  const shown = shownNodes(model);
  const page = lazily(() => pageOf({ model, name: objectiveName, steps: [] }));
  const boxes = new Map(shown.map((n, k) => [n, boxOf(n, k, { model, objectiveName, entries, page })]));
  const place = new Map(shown.map((n, k) => [n, k]));
  const moving = dependents(
    topological(shown),
    wrt.map((by) => model.inputs.get(by)!.node),
  );
  const arrows = [...boxes].flatMap(([node, to]) =>
    partsOf(model, node, place).map((part): Arrow => {
      const from = boxes.get(part)!;
      return place.get(part)! < place.get(node)! ? arrow(from, to) : { from, to, back: true };
    }),
  );
  return { boxes: [...boxes.values()], arrows };

  function arrow(from: Box, to: Box): Arrow {
    const flow = flows.find(({ of, by }) => by !== '' && of === to.name && by === from.name);
    const bySteps = [from, to].some(({ name }) => isOfSteps(model, name));
    const own = () => (moving.has(from.node) && !bySteps ? localSlope(model, to.node, from.node, shown) : undefined);
    const told = flow?.slope ?? own();
    const written = told && printExpr(told, 'indices');
    // What is too long for a label has a name where it is what arrives: dZ_ik.
    const slope = written && isTooLong(written) && flow && !flow.arrives ? printExpr(flow.to, 'indices') : written;
    return { from, to, ...(flow && { flow }), ...(slope && !isTooLong(slope) && { slope }) };
  }
}

const isOfSteps = ({ definitions }: Model, name: string): boolean => definitions.some((d) => d.name === name && d.written);

/** Inputs, names and the objective, parts before wholes; the operations of an expression that has no names. */
function shownNodes(model: Model): Node[] {
  const root = model.objective!.node;
  const all = topological([root]);
  // The steps of a recurrence have no value of their own.
  const carried = carriedAlong(all);
  const order = all.filter((n) => !carried.has(n));
  const named = new Set<Node>(model.definitions.map((d) => d.node));
  const whole = root.kind === 'definition' ? root.value : root;
  const operations = order.filter((n) => n !== whole && isOperation(n));
  const bare = [...named].every((n) => n === root) && operations.length <= MOST_OPERATIONS;
  const isShown = (n: Node): boolean =>
    n === root ||
    named.has(n) ||
    (n.kind === 'variable' ? n.role !== 'size' && n.role !== 'state' : bare && operations.includes(n));
  // What steps compute on the way stands in none of the values, but before the states that are made of it.
  const computed = new Map<Node, Node[]>();
  let waiting: Node[] = [];
  for (const { node, written } of model.definitions) {
    if (written && !order.includes(node)) waiting.push(node);
    else if (written) {
      computed.set(node, waiting);
      waiting = [];
    }
  }
  return order.flatMap((n) => (isShown(n) ? [...(computed.get(n) ?? []), n] : []));
}

/** What boxes are made of. */
interface Sheet {
  readonly model: Model;
  readonly objectiveName: string;
  /** Definitions in index notation. */
  readonly entries: ReadonlyMap<string, string>;
  readonly page: () => Page;
}

function boxOf(node: Node, place: number, { model, objectiveName, entries, page }: Sheet): Box {
  const root = model.objective!.node;
  if (node.kind === 'variable') {
    const shape = model.inputs.get(node.name)?.shape ?? node.shape;
    const kind = node.role === 'size' || node.role === 'state' ? 'const' : node.role;
    const name = model.literals.has(node) ? '' : node.name;
    return { node, id: idOf(name, place), name, shape, kind };
  }
  const definition = model.definitions.find((d) => d.node === node);
  const name = definition?.name ?? (node === root ? objectiveName : '');
  const { graph } = model;
  const said = asSaid(graph, definition?.node.value ?? node);
  const statements = toStatements(said, { graph, reserved: graph.names, lengths: graph.lengths });
  const whole = printStatements(statements, 'unicode');
  // What needs names of its own to be said does not fit into a box; a step is what was written.
  const step = definition?.written?.at(-1);
  const line = (): string => (/ = /.test(whole) ? (name === '' ? entryText(page(), node) : '') : whole);
  const formula = entries.get(name) ?? (step ? printStatements([step], 'unicode') : line());
  return {
    node,
    id: idOf(name, place),
    name,
    formula,
    shape: definition?.shape ?? node.shape,
    kind: node === root ? 'objective' : 'step',
  };
}

/** No name begins with `#`. */
const idOf = (name: string, place: number): string => (name === '' ? `#${place}` : name);

/** Its entry, which is all that is said of what has no name: `X_nd − C_kd`. */
function entryText({ forms }: Page, node: Node): string {
  const entry = attempt(() => forms.read(node, forms.places(node, new Set(lengthsIn([node])))), Unwritable);
  return entry ? printExpr(entry, 'indices') : '';
}

/** What a reader would call a step: no number, no place in an array, and nothing that is only turned, stretched or put at one. */
function isOperation(node: Node): boolean {
  if (node.kind === 'variable' || node.kind === 'affine' || node.kind === 'definition' || isConstant(node)) return false;
  return node.kind !== 'contraction' || !(node.factors.some(isTest) || isSpread(node));
}

/** Each entry of the result is one of its only factor. */
const isSpread = ({ coefficient, factors, indices, result }: Contraction): boolean =>
  factors.length === 1 && isOne(coefficient) && indices[0]!.every((i) => i === UNIT || result.includes(i));

/** The boxes that a node is made of directly, each once; of what steps compute those that are written in them. */
function partsOf({ definitions }: Model, node: Node, shown: ReadonlyMap<Node, unknown>): Node[] {
  const written = definitions.find((d) => d.node === node)?.written;
  if (written) {
    const names = new Set(written.flatMap(({ value }) => [...namesWithin(value)]));
    return [...shown.keys()].filter((n) => (n.kind === 'variable' || isNamed(n)) && names.has(n.name));
  }
  const found = new Set<Node>();
  const seen = new Set<Node>();
  const open = [...children(node)].reverse();
  while (open.length > 0) {
    const part = open.pop()!;
    if (seen.has(part)) continue;
    seen.add(part);
    if (shown.has(part)) found.add(part);
    else open.push(...[...children(part)].reverse());
  }
  return [...found];
}
