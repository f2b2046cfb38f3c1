import { type Contraction, UNIT } from '../graph/node.ts';
import { toNumber } from '../graph/rational.ts';
import {
  type Counter,
  type Expression,
  type Expressions,
  type Label,
  type Local,
  type Place,
  parts,
  place,
  rangeOf as placesOf,
  type Slot,
  strideOf,
} from './expression.ts';
import type { Formulas } from './formula.ts';
import type { Machine } from './machine.ts';
import { isMirrored } from './mirrored.ts';
import { type Counters, Nest } from './nest.ts';
import { productOf } from './product.ts';
import { type Statement, store } from './program.ts';
import { ORIGIN, rowMajor } from './row-major.ts';
import { placeOf, type Range, running } from './running.ts';
import { summedIndices } from './schedule.ts';

/**
 * Contractions as loops. Two forms: with a summed index innermost, entry by entry in a register; or with an index of
 * the result innermost, row by row in memory. The form is the one whose innermost loop walks through memory in the
 * smallest steps. Several entries, or terms, are taken at a time, so that what is loaded is used more than once.
 */
export class Reductions {
  private readonly x: Expressions;
  private readonly counters: Counters;
  private readonly formulas: Formulas;
  private readonly machine: Machine;

  constructor(x: Expressions, counters: Counters, formulas: Formulas, machine: Machine) {
    this.x = x;
    this.counters = counters;
    this.formulas = formulas;
    this.machine = machine;
  }

  /** A sum over everything, as a local. */
  scalar(node: Contraction, label?: Label): { statements: Statement[]; local: Local } {
    const summed = this.ordered(node, summedIndices(node));
    const nest = new Nest(this.x, this.countersOf(node, summed));
    const position = this.positions(node, summed);
    const total = nest.accumulate(0, this.formulas.product(node, position));
    const local = nest.conclude(this.x.multiply(this.x.constant(toNumber(node.coefficient)), total), label);
    return { statements: nest.finish(), local };
  }

  /** The sum of contractions whose results have each of their indices once: the first is written, the others are added to it. */
  arrays(nodes: readonly Contraction[], slot: Slot): Statement[] {
    const spans = nodes.map((node) => (running(node).scatters ? this.span(node) : undefined));
    const apart = disjoint(spans);
    const zeros = apart && covered(spans) === slot.length ? [] : this.zeros(nodes[0]!, slot);
    if (apart) return [...zeros, ...nodes.flatMap((node) => this.scattered(node, slot, false))];
    return nodes.flatMap((node, k) => {
      if (!running(node).scatters) return this.array(node, slot, k > 0);
      return [...(k === 0 ? zeros : []), ...this.scattered(node, slot, true)];
    });
  }

  /** The entries of a contraction that reads where its indices say. */
  private array(node: Contraction, slot: Slot, accumulate: boolean): Statement[] {
    const product = this.product(node, slot, accumulate);
    if (product) return product;
    const result = node.result.filter((i) => i !== UNIT);
    const all = this.ordered(node, [...result, ...summedIndices(node)]);
    const innermost = all[all.length - 1]!;
    const summed = all.filter((i) => !result.includes(i));
    if (!result.includes(innermost)) return this.byEntry(node, slot, result, summed, accumulate);
    const outer = result.filter((i) => i !== innermost);
    const terms = summed.reduce((n, i) => n * rangeOf(node, i).size, 1);
    if (summed.length > 0 && terms > 0 && terms <= FEW_TERMS)
      return this.atOnce(node, slot, [...outer, innermost], summed, accumulate);
    return this.byRow(node, slot, outer, summed, innermost, accumulate);
  }

  /** The places that a scatter writes, each of them once; undefined if two terms may come to one place. */
  private span(node: Contraction): Span | undefined {
    const target = this.target(node, this.positions(node, running(node).loops));
    if (!isDistinct(target)) return undefined;
    const [low, high] = placesOf(target);
    return { low, high, count: target.terms.reduce((n, { counter }) => n * counter.extent, 1) };
  }

  /** For all that runs: slot[where it belongs] = coefficient·…, or += that. */
  private scattered(node: Contraction, slot: Slot, accumulate: boolean): Statement[] {
    const product = this.product(node, slot, accumulate);
    if (product) return product;
    const order = this.ordered(node, running(node).loops);
    const summed = order.filter((i) => !moves(node, i));
    if (summed.length === 0 || (!accumulate && order.at(-1) === summed.at(-1))) {
      return this.placed(
        node,
        slot,
        order.filter((i) => !summed.includes(i)),
        summed,
        accumulate,
      );
    }
    const zeros = accumulate
      ? []
      : this.cleared(
          node,
          slot,
          order.filter((i) => !summed.includes(i)),
        );
    const blocked = summed.at(-1)!;
    const coefficient = toNumber(node.coefficient);
    const sums = this.inBlocks(node, order, blocked, (counters, variants) => {
      const nest = new Nest(this.x, counters);
      const terms = variants.map((position) => this.formulas.product(node, position, coefficient));
      nest.store(
        slot,
        this.target(node, variants[0]!),
        terms.reduce((a, b) => this.x.add(a, b)),
        true,
      );
      return nest.finish();
    });
    return [...zeros, ...sums];
  }

  /** for what has places: total = 0; for summed: total += …; slot[…] = coefficient·total, or += that. */
  private placed(
    node: Contraction,
    slot: Slot,
    moved: readonly number[],
    summed: readonly number[],
    accumulate: boolean,
  ): Statement[] {
    const order = [...moved, ...summed];
    const nest = new Nest(this.x, this.countersOf(node, order));
    const position = this.positions(node, order);
    const at = this.target(node, position);
    const coefficient = toNumber(node.coefficient);
    if (summed.length === 0) nest.store(slot, at, this.formulas.product(node, position, coefficient), accumulate);
    else {
      const total = nest.accumulate(moved.length, this.formulas.product(node, position));
      nest.after(moved.length, store(slot, at, this.x.multiply(this.x.constant(coefficient), total), accumulate));
    }
    return nest.finish();
  }

  /** As a product of matrices, if it is one and the target has a statement for it. */
  private product(node: Contraction, slot: Slot, accumulate: boolean): Statement[] | undefined {
    if (this.machine.product === Number.POSITIVE_INFINITY) return undefined;
    const { loops } = running(node);
    const position = this.positions(node, loops);
    const counters = this.countersOf(node, loops);
    const indexOf = (counter: Counter): number => loops[counters.indexOf(counter)]!;
    const summation = {
      value: this.formulas.product(node, position),
      at: this.target(node, position),
      counters,
      coefficient: toNumber(node.coefficient),
      mirrors: (one: Counter, other: Counter) => isMirrored(node, indexOf(one), indexOf(other)),
    };
    return productOf(summation, { slot, accumulate }, this.counters, this.machine.product);
  }

  /** Zeros where the terms at these indices belong. */
  private cleared(node: Contraction, slot: Slot, order: readonly number[]): Statement[] {
    const nest = new Nest(this.x, this.countersOf(node, order));
    nest.store(slot, this.target(node, this.positions(node, order)), this.x.constant(0));
    return nest.finish();
  }

  private zeros(node: Contraction, slot: Slot): Statement[] {
    const { counters, axes } = this.counters.over(node.shape as readonly number[]);
    const nest = new Nest(this.x, counters);
    nest.store(slot, rowMajor(node.shape as readonly number[], axes), this.x.constant(0));
    return nest.finish();
  }

  /** for result: total = 0; for summed: total += …; slot[…] = coefficient·total. */
  private byEntry(
    node: Contraction,
    slot: Slot,
    result: readonly number[],
    summed: readonly number[],
    accumulate: boolean,
  ): Statement[] {
    const order = [...result, ...summed];
    const blocked = result[result.length - 1]!;
    return this.inBlocks(node, order, blocked, (counters, variants) => {
      const nest = new Nest(this.x, counters);
      const totals = variants.map((position) => nest.accumulate(result.length, this.formulas.product(node, position)));
      variants.forEach((position, k) => {
        const value = this.x.multiply(this.x.constant(toNumber(node.coefficient)), totals[k]!);
        nest.after(result.length, store(slot, this.target(node, position), value, accumulate));
      });
      return nest.finish();
    });
  }

  /** for result: slot[…] = coefficient·(… + …): few terms, each written out, so that no row is passed more than once. */
  private atOnce(
    node: Contraction,
    slot: Slot,
    result: readonly number[],
    summed: readonly number[],
    accumulate: boolean,
  ): Statement[] {
    const position = this.positions(node, result);
    const points = summed.reduce<ReadonlyMap<number, Place>[]>(
      (made, index) => {
        const { from, size } = rangeOf(node, index);
        return made.flatMap((point) => Array.from({ length: size }, (_, k) => new Map(point).set(index, place(from + k))));
      },
      [position],
    );
    const nest = new Nest(this.x, this.countersOf(node, result));
    const total = points.map((point) => this.formulas.product(node, point)).reduce((a, b) => this.x.add(a, b));
    const value = this.x.multiply(this.x.constant(toNumber(node.coefficient)), total);
    nest.store(slot, this.target(node, points[0]!), value, accumulate);
    return nest.finish();
  }

  /** for outer: row = 0; for summed: for innermost: row[…] += coefficient·…. */
  private byRow(
    node: Contraction,
    slot: Slot,
    outer: readonly number[],
    summed: readonly number[],
    innermost: number,
    accumulate: boolean,
  ): Statement[] {
    const zeros = accumulate ? [] : this.cleared(node, slot, [...outer, innermost]);
    const order = [...outer, ...summed, innermost];
    const coefficient = toNumber(node.coefficient);
    // The coefficient goes to a factor that stays the same in the innermost loop, if there is one.
    const early = node.indices.some((own) => !own.includes(innermost));
    const sums = this.inBlocks(node, order, summed[summed.length - 1]!, (counters, variants) => {
      const nest = new Nest(this.x, counters);
      const terms = variants.map((position) => this.formulas.product(node, position, early ? coefficient : 1));
      const total = terms.reduce((a, b) => this.x.add(a, b));
      const value = early ? total : this.x.multiply(this.x.constant(coefficient), total);
      nest.store(slot, this.target(node, variants[0]!), value, true);
      return nest.finish();
    });
    return [...zeros, ...sums];
  }

  /** Writes a nest for the blocks of one index, with a position for each entry of a block, and one nest for the rest. */
  private inBlocks(
    node: Contraction,
    order: readonly number[],
    blocked: number,
    write: (counters: Counter[], variants: ReadonlyMap<number, Place>[]) => Statement[],
  ): Statement[] {
    const { from, size: extent } = rangeOf(node, blocked);
    const { block } = this.machine;
    const blocks = Math.floor(extent / block);
    const depth = order.indexOf(blocked);
    const made: Statement[] = [];
    const counters = this.countersOf(node, order);
    const position = this.positions(node, order);
    if (blocks > 0) {
      const counter = this.counters.at(depth, blocks);
      const variants = Array.from({ length: block }, (_, k) =>
        new Map(position).set(blocked, blocks === 1 ? place(from + k) : place(from + k, [{ counter, stride: block }])),
      );
      made.push(...write(counters.with(depth, counter), variants));
    }
    if (extent % block > 0) {
      const counter = this.counters.at(depth, extent % block);
      const rest = new Map(position).set(blocked, place(from + blocks * block, [{ counter, stride: 1 }]));
      made.push(...write(counters.with(depth, counter), [rest]));
    }
    return made;
  }

  /** The indices with the one last whose steps through memory are the smallest. */
  private ordered(node: Contraction, indices: readonly number[]): number[] {
    if (indices.length === 0) return [];
    const position = this.positions(node, indices);
    const target = this.target(node, position);
    const { line } = this.machine;
    const loads = loadsOf(this.formulas.product(node, position));
    const cost = (i: number): number => {
      const counter = position.get(i)!.terms[0]?.counter;
      if (!counter) return 0;
      const step = (p: Place) => Math.min(Math.abs(strideOf(p, counter)), line);
      const writing = node.result.includes(i) ? 1 + 2 * step(target) : 0;
      return writing + loads.reduce((sum, at) => sum + step(at), 0) + line / counter.extent;
    };
    const costs = new Map(indices.map((i) => [i, cost(i)]));
    let best = indices[indices.length - 1]!;
    for (const i of indices) if (costs.get(i)! < costs.get(best)!) best = i;
    return [...indices.filter((i) => i !== best), best];
  }

  private target(node: Contraction, position: ReadonlyMap<number, Place>): Place {
    const { scatters, fixed } = running(node);
    // Only where it belongs counts: what is summed may run nowhere yet.
    const place = (i: number): Place => {
      const told = scatters ? fixed.get(i) : undefined;
      return told ? placeOf(told, position) : (position.get(i) ?? ORIGIN);
    };
    return rowMajor(
      node.shape as readonly number[],
      node.result.map((i) => (i === UNIT ? ORIGIN : place(i))),
    );
  }

  private countersOf(node: Contraction, order: readonly number[]): Counter[] {
    return order.map((i, depth) => this.counters.at(depth, rangeOf(node, i).size));
  }

  private positions(node: Contraction, order: readonly number[]): Map<number, Place> {
    const counters = this.countersOf(node, order);
    return new Map(order.map((i, depth) => [i, place(rangeOf(node, i).from, [{ counter: counters[depth]!, stride: 1 }])]));
  }
}

/** So many terms of a sum are written out where the innermost loop is not over them. */
const FEW_TERMS = 16;

/** Whether an index that runs says where an entry belongs. */
function moves(node: Contraction, index: number): boolean {
  const { fixed } = running(node);
  return node.result.some((i) => i === index || (fixed.get(i)?.scales.has(index) ?? false));
}

/** Places of a buffer, from the first to the last, and how many of those between there are. */
interface Span {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** Whether all write each of their places once, and none where another does. */
function disjoint(spans: readonly (Span | undefined)[]): spans is readonly Span[] {
  const known = spans.filter((s) => s !== undefined).sort((a, b) => a.low - b.low);
  return known.length === spans.length && known.every((s, k) => k === 0 || known[k - 1]!.high < s.low);
}

const covered = (spans: readonly Span[]): number => spans.reduce((n, { count }) => n + count, 0);

/** Whether no two values of the counters come to one place. */
function isDistinct({ terms }: Place): boolean {
  let reach = 0;
  return [...terms]
    .sort((a, b) => Math.abs(a.stride) - Math.abs(b.stride))
    .every(({ counter, stride }) => {
      const beyond = Math.abs(stride) > reach;
      reach += Math.abs(stride) * Math.max(0, counter.extent - 1);
      return beyond;
    });
}

/** What does not run is at its place in the result. */
const rangeOf = (node: Contraction, i: number): Range =>
  running(node).ranges.get(i) ?? { from: 0, size: node.sizes[i] as number };

function loadsOf(e: Expression, found: Place[] = []): Place[] {
  if (e.kind === 'load') found.push(e.at);
  for (const part of parts(e)) loadsOf(part, found);
  return found;
}
