import { addDims, type Dim, entryCount, isKnown, measureOf, type Shape, type Sizes } from '../graph/dimension.ts';
import { type Apply, type ArrayApply, type Contraction, isView, type Node, type Recurrence, UNIT } from '../graph/node.ts';
import { partsButSteps, topological } from '../graph/traverse.ts';
import { splitOfProduct } from './products.ts';

/**
 * What a compiler that splits arrays (XLA's SPMD partitioner) sends: arrays are global, those with an axis m lie split along
 * it, all others on every device. An axis that is summed where it is split leaves partial sums, which are added over all
 * devices; where two axes would have to be split at once, one array is gathered whole.
 */
export type Collective = 'all-reduce' | 'all-gather';

export interface Transfer {
  readonly kind: Collective;
  /** What is sent, or of what it is a reduction. */
  readonly node: Node;
  /** How many numbers. */
  readonly entries: Dim;
}

/** The axis along which a value lies split; undefined: every device has all of it. */
export type Place = number | undefined;

/** What was gathered, what could be instead, and the axis along which the table would then lie split. */
export interface Choice {
  readonly instead: Transfer;
  readonly gathers: Node;
  readonly axis: number;
}

/** What lengths that are not known count for where one of two arrays is chosen to be sent. */
const USUAL = 32;
const MANY = 1024;

export interface Traffic {
  readonly transfers: readonly Transfer[];
  /** Values of which it is not known what a compiler does with them; what is said of them is a guess. */
  readonly untold: readonly Node[];
  /** The axis along which a value lies split. */
  readonly placeOf: (node: Node) => Place;
  /** Products of some factors, on the way to a product of all. */
  readonly between: readonly { readonly shape: Shape; readonly axis: Place }[];
}

/** What is sent to find values, each once. */
export function trafficOf(roots: readonly Node[], m: string, sizes: Sizes): Traffic {
  const flow = new Flow(m, sizes);
  flow.fill(roots);
  return { transfers: flow.transfers, untold: [...flow.untold], placeOf: (node) => flow.placeOf(node), between: flow.between };
}

export class Flow {
  readonly transfers: Transfer[] = [];
  readonly untold = new Set<Node>();
  readonly between: { readonly shape: Shape; readonly axis: Place }[] = [];
  private readonly m: string;
  private readonly sizes: Sizes;
  private readonly places = new Map<Node, Place>();
  /** Arrays that every device has whole by now, and sums that it has. */
  private readonly done = new Set<string>();
  /** Tables of pairs of examples, of which either half could be gathered. */
  readonly open = new Map<Node, Choice>();

  /** What is known already: a flow that is tried out begins where another is. */
  private readonly before: Flow | undefined;

  constructor(m: string, sizes: Sizes, before?: Flow) {
    this.m = m;
    this.sizes = sizes;
    this.before = before;
  }

  fill(roots: readonly Node[]): void {
    const place = (node: Node): Place => this.placeOf(node);
    for (const node of topological(roots, (n) => this.isPlaced(n), partsButSteps)) {
      if (this.isPlaced(node)) continue;
      const rule = rules[node.kind] as (flow: Flow, node: Node, place: (part: Node) => Place) => Place;
      this.places.set(node, rule(this, node, place));
    }
  }

  private isPlaced(node: Node): boolean {
    return this.places.has(node) || this.before?.isPlaced(node) === true;
  }

  placeOf(node: Node): Place {
    return this.places.has(node) ? this.places.get(node) : this.before?.placeOf(node);
  }

  /** The axis that an input lies split along. */
  own(node: Node): Place {
    const axis = node.shape.indexOf(this.m);
    return axis < 0 ? undefined : axis;
  }

  /** @param key what is sent under one key is sent once */
  send(transfer: Transfer, key?: string): Transfer | undefined {
    if (key !== undefined && this.done.has(key)) return undefined;
    if (key !== undefined) this.done.add(key);
    this.transfers.push(transfer);
    return transfer;
  }

  reduce(node: Node, entries = entryCount(node.shape), key?: string): void {
    this.send({ kind: 'all-reduce', node, entries }, key);
  }

  /**
   * The whole of an array to every device, what is only repeated or turned as it was before. Once is enough, but for a
   * matrix that is multiplied from both sides.
   */
  gather(node: Node, side = 0): Transfer | undefined {
    const from = unrepeated(node);
    return this.send({ kind: 'all-gather', node: from, entries: entryCount(attached(from)) }, gatherKey(from, side));
  }

  /** About how many numbers are sent for an array to be whole everywhere. */
  weight(node: Node): number {
    return attached(unrepeated(node)).reduce<number>((n, dim) => n * this.guess(dim), 1);
  }

  guess(dim: Dim): number {
    if (isKnown(dim, this.sizes)) return measureOf(dim, this.sizes);
    return dim === this.m ? MANY : USUAL;
  }

  /** Entry by entry: all are to be split alike. */
  alike(parts: readonly Node[], place: (part: Node) => Place): Place {
    const split = parts.filter((p) => place(p) !== undefined);
    const axes = [...new Set(split.map((p) => place(p)!))];
    if (axes.length < 2) return axes[0];
    // The axis stays of what would cost most to gather.
    const cost = (axis: number): number => split.filter((p) => place(p) !== axis).reduce((n, p) => n + this.weight(p), 0);
    const kept = axes.toSorted((a, b) => cost(a) - cost(b) || a - b)[0]!;
    for (const part of split) if (place(part) !== kept && !this.turned(part, kept)) this.gather(part);
    return kept;
  }

  /** Whether a table could be split along that axis as well: then its other half is gathered. */
  private turned(node: Node, axis: number): boolean {
    const choice = this.open.get(node);
    if (choice?.axis !== axis) return false;
    this.transfers.splice(this.transfers.indexOf(choice.instead), 1);
    this.gather(choice.gathers);
    return true;
  }

  contracted(node: Contraction, place: (part: Node) => Place): Place {
    if (node.factors.every((f) => place(f) === undefined)) return undefined;
    if (node.factors.some((f) => f.kind === 'affine' && f.test && f.shape.includes(this.m))) this.untold.add(node);
    const split = splitOfProduct(this, node, place);
    const axis = split === UNIT ? -1 : node.result.indexOf(split);
    if (axis < 0) return undefined;
    if (!takesDiagonal(node, split)) return axis;
    this.reduce(node);
    return undefined;
  }

  celled(node: ArrayApply, place: (part: Node) => Place): Place {
    const lead = node.args[0]!.shape.length - node.operator.cells[0]!;
    const kept = this.alike(
      node.args.filter((a) => (place(a) ?? lead) < lead),
      place,
    );
    const within = node.args.filter((a) => (place(a) ?? -1) >= lead);
    if (within.length === 0) return kept;
    const reductions = reducing[node.operator.name];
    if (reductions === undefined) {
      this.untold.add(node);
      for (const arg of within) this.gather(arg);
      return kept;
    }
    const entries = entryCount(node.args[0]!.shape.slice(0, lead));
    for (let k = 0; k < reductions; k++) this.reduce(node, entries);
    return node.shape.length > lead ? place(within[0]!) : undefined;
  }

  recurrence(node: Recurrence, place: (part: Node) => Place): Place {
    let carried = place(node.init);
    if (carried !== undefined && carried >= node.axis) carried++;
    // What each step adds may lie split, though what they start from does not.
    const trial = new Flow(this.m, this.sizes, this);
    const made = trial.step(node, carried);
    if (made !== undefined) carried = made;
    this.step(node, carried);
    if (carried !== node.axis) return carried;
    // From entry to entry: one device after the other cannot begin.
    this.untold.add(node);
    for (const { source, axis } of node.body().slices) if (this.placeOf(source) === axis) this.gather(source);
    return undefined;
  }

  /** Where the steps of a recurrence lie, if what they start from lies there. */
  private step(node: Recurrence, carried: Place): Place {
    this.places.set(node.previous, carried);
    this.fill([node.step]);
    return this.placeOf(node.step);
  }
}

/** Reductions over the axis that is split, of a function of all of its entries. */
const reducing: Readonly<Record<string, number>> = {
  softmax: 2,
  logsumexp: 2,
  max: 1,
  min: 1,
  'running-max': 1,
  'running-min': 1,
  'max-shares': 2,
  'min-shares': 2,
  euclidean: 1,
  'weighted-length': 1,
  norm: 1,
  prod: 1,
  'running-prod': 1,
};

const gatherKey = (node: Node, side: number): string => `*${node.id} ${side}`;

/** An entry is picked along the axis that is split: the others are added as zeros. */
const takesDiagonal = (node: Contraction, index: number): boolean =>
  node.indices.some((own) => own.filter((i) => i === index).length > 1);

/** What an array was before it was repeated or turned. */
function unrepeated(node: Node): Node {
  let at = node;
  for (;;) {
    if (at.kind === 'definition') at = at.value;
    else if (at.kind === 'contraction' && at.factors.length === 1 && isView(at)) at = at.factors[0]!;
    else return at;
  }
}

/** The lengths of the axes along which a product is not only repeated. */
function attached(node: Node): Shape {
  if (node.kind !== 'contraction') return node.shape;
  return node.shape.filter((_, axis) => node.indices.some((own) => own.includes(node.result[axis]!)));
}

type Rule<N extends Node> = (flow: Flow, node: N, place: (part: Node) => Place) => Place;

const rules: { readonly [K in Node['kind']]: Rule<Extract<Node, { kind: K }>> } = {
  variable: (flow, node) => (node.role === 'size' ? undefined : flow.own(node)),
  affine: () => undefined,
  contraction: (flow, node, place) => flow.contracted(node, place),
  sum: (flow, node, place) => flow.alike(node.terms, place),
  apply: (flow, node: Apply, place) => flow.alike(node.args, place),
  array: (flow, node, place) => flow.celled(node, place),
  recurrence: (flow, node, place) => flow.recurrence(node, place),
  definition: (_flow, node, place) => place(node.value),
};

/** How many numbers transfers of a kind are together. */
export const totalOf = (transfers: readonly Transfer[], kind: Collective): Dim =>
  transfers.filter((t) => t.kind === kind).reduce<Dim>((n, t) => addDims(n, t.entries), 0);
