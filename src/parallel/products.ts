import { nextPair } from '../export/python/product.ts';
import { type Dim, entryCount } from '../graph/dimension.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import type { Flow, Place } from './traffic.ts';

/** A factor, or a product of some, on the way through a contraction. */
interface Operand {
  readonly indices: readonly number[];
  /** The index along which it lies split; UNIT if it does not. */
  readonly split: number;
  /** Of a factor as it comes. */
  readonly node?: Node;
}

const distinct = (indices: readonly number[]): number[] => [...new Set(indices)].filter((i) => i !== UNIT);

const entriesOf = ({ sizes }: Contraction, indices: readonly number[]): Dim =>
  entryCount(distinct(indices).map((i) => sizes[i]!));

/**
 * What is sent to multiply the factors of a contraction, in pairs, in the order in which programs are printed: the index
 * along which the product lies split, UNIT if it does not.
 */
export function splitOfProduct(flow: Flow, node: Contraction, place: (part: Node) => Place): number {
  return new Product(flow, node).split(place);
}

class Product {
  private readonly flow: Flow;
  private readonly node: Contraction;
  private readonly kept: ReadonlySet<number>;
  private readonly key: string;

  constructor(flow: Flow, node: Contraction) {
    this.flow = flow;
    this.node = node;
    this.kept = new Set(node.result);
    // Products that differ in their coefficients share their sums.
    this.key = `+${node.factors.map((f, k) => `${f.id}[${node.indices[k]}]`).join(' ')}`;
  }

  split(place: (part: Node) => Place): number {
    const { node, kept } = this;
    const factors = this.picked(
      node.factors.map((f, k): Operand => {
        const axis = place(f);
        return { indices: node.indices[k]!, split: axis === undefined ? UNIT : node.indices[k]![axis]!, node: f };
      }),
    );
    const uses = new Map<number, number>();
    for (const { indices } of factors) for (const i of distinct(indices)) uses.set(i, (uses.get(i) ?? 0) + 1);
    // What only one factor has is summed in it.
    const staying = ({ indices }: Operand): Set<number> => new Set(indices.filter((i) => kept.has(i) || uses.get(i)! > 1));
    let operands = this.alike(factors.map((o) => this.summed(o, staying(o))));
    while (operands.length > 1) {
      const [a, b] = nextPair(operands, kept).map((k) => operands[k]!) as [Operand, Operand];
      const rest = operands.filter((o) => o !== a && o !== b);
      operands = this.alike([...rest, this.pair(a, b, new Set([...kept, ...rest.flatMap((o) => o.indices)]))]);
    }
    return this.summed(operands[0]!, kept).split;
  }

  /** Entries that tests pick are taken first: what is left out is not summed. */
  private picked(factors: readonly Operand[]): readonly Operand[] {
    let operands = factors;
    for (const test of factors) {
      if (test.node?.kind !== 'affine' || !test.node.test) continue;
      const picks = (o: Operand): boolean => o !== test && o.indices.some((i) => i !== UNIT && test.indices.includes(i));
      const from = operands.find(picks);
      if (!from) continue;
      const rest = operands.filter((o) => o !== test && o !== from);
      const stays = new Set([
        ...this.kept,
        ...rest.flatMap((o) => o.indices),
        ...from.indices.filter((i) => !test.indices.includes(i)),
      ]);
      operands = [...rest, this.pair(from, test, stays)];
    }
    return operands;
  }

  /** Operands over the same indices are multiplied entry by entry. */
  private alike(operands: readonly Operand[]): Operand[] {
    const groups = new Map<string, Operand>();
    for (const operand of operands) {
      const key = distinct(operand.indices).toSorted().join();
      const known = groups.get(key);
      groups.set(key, known ? this.pair(known, operand, new Set(operand.indices)) : operand);
    }
    return [...groups.values()];
  }

  private pair(first: Operand, second: Operand, stays: ReadonlySet<number>): Operand {
    // What have no index in common are summed apart.
    const apart = !first.indices.some((i) => i !== UNIT && second.indices.includes(i));
    const [a, b] = apart ? [this.summed(first, stays), this.summed(second, stays)] : [first, second];
    const indices = distinct([...a.indices, ...b.indices]);
    const both = [a, b].filter((o) => o.split !== UNIT);
    const split = both.length === 2 && a.split !== b.split ? this.oneSplit(a, b, stays) : (both[0]?.split ?? UNIT);
    const made = this.summed({ indices, split }, stays);
    const own = distinct(made.indices);
    const axis = own.indexOf(made.split);
    this.flow.between.push({ shape: own.map((i) => this.node.sizes[i]!), axis: axis < 0 ? undefined : axis });
    return made;
  }

  /** Of two operands that lie split along different indices one is gathered: what costs less. */
  private oneSplit(a: Operand, b: Operand, stays: ReadonlySet<number>): number {
    const { flow, node } = this;
    const left = distinct([...a.indices, ...b.indices]).filter((i) => stays.has(i));
    const cost = (kept: Operand, gone: Operand): number =>
      (gone.node ? flow.weight(gone.node) : this.weight(gone.indices)) + (stays.has(kept.split) ? 0 : this.weight(left));
    const place = ({ split }: Operand): number => (node.result.includes(split) ? node.result.indexOf(split) : node.result.length);
    const order = cost(a, b) - cost(b, a);
    const [kept, gone] = (order || place(a) - place(b)) <= 0 ? [a, b] : [b, a];
    if (!gone.node) {
      flow.send({ kind: 'all-gather', node, entries: entriesOf(node, gone.indices) });
      return kept.split;
    }
    const instead = flow.gather(gone.node, sideOf(a, b, gone, stays));
    const axis = node.result.indexOf(gone.split);
    if (instead && order === 0 && kept.node && axis >= 0) flow.open.set(node, { instead, gathers: kept.node, axis });
    return kept.split;
  }

  /** Without the indices that nothing else has. */
  private summed(operand: Operand, stays: ReadonlySet<number>): Operand {
    const { flow, node } = this;
    const indices = operand.indices.filter((i) => i === UNIT || stays.has(i));
    if (indices.length === operand.indices.length) return operand;
    if (operand.split === UNIT || stays.has(operand.split)) return { indices, split: operand.split };
    flow.reduce(node, entriesOf(node, indices), `${this.key} ${operand.indices} ${indices}`);
    return { indices, split: UNIT };
  }

  /** About how many numbers an array over these indices has. */
  private weight(indices: readonly number[]): number {
    return distinct(indices).reduce((n, i) => n * this.flow.guess(this.node.sizes[i]!), 1);
  }
}

/** From which side a matrix is multiplied, 1 or 2; 0 where the product is none of two matrices. */
function sideOf(a: Operand, b: Operand, of: Operand, stays: ReadonlySet<number>): number {
  const gone = distinct(a.indices).filter((i) => b.indices.includes(i) && !stays.has(i));
  const batch = distinct(a.indices).some((i) => b.indices.includes(i) && stays.has(i));
  if (gone.length !== 1 || batch || distinct(of.indices).length !== 2) return 0;
  return of.indices.indexOf(gone[0]!) + 1;
}
