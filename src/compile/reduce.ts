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
  type Slot,
  strideOf,
} from './expression.ts';
import { type Formulas, ORIGIN, rowMajor } from './formula.ts';
import type { Machine } from './machine.ts';
import { type Counters, Nest } from './nest.ts';
import { productOf } from './product.ts';
import { type Statement, store } from './program.ts';
import { type Range, running } from './running.ts';
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

  /** The entries of a contraction whose result has each of its indices once. */
  array(node: Contraction, slot: Slot): Statement[] {
    if (running(node).scatters) return this.scattered(node, slot);
    const product = this.product(node, slot, false);
    if (product) return product;
    const result = node.result.filter((i) => i !== UNIT);
    const all = this.ordered(node, [...result, ...summedIndices(node)]);
    const innermost = all[all.length - 1]!;
    const summed = all.filter((i) => !result.includes(i));
    if (!result.includes(innermost)) return this.byEntry(node, slot, result, summed);
    const outer = result.filter((i) => i !== innermost);
    return this.byRow(node, slot, outer, summed, innermost);
  }

  /** Zeros where nothing comes; then for all that runs: slot[where it belongs] = coefficient·…, or += that if more may come. */
  private scattered(node: Contraction, slot: Slot): Statement[] {
    const { loops } = running(node);
    const target = this.target(node, this.positions(node, loops));
    const once = isDistinct(target);
    const all = once && target.terms.reduce((n, { counter }) => n * counter.extent, 1) === slot.length;
    const zeros = all ? [] : this.zeros(node, slot);
    const product = this.product(node, slot, !once);
    if (product) return [...zeros, ...product];
    const order = this.ordered(node, loops);
    const summed = order.filter((i) => !moves(node, i));
    // By entry, where each has its own place and an index that is summed runs innermost.
    if (once && (summed.length === 0 || order.at(-1) === summed.at(-1))) {
      return [
        ...zeros,
        ...this.placed(
          node,
          slot,
          order.filter((i) => !summed.includes(i)),
          summed,
        ),
      ];
    }
    const nest = new Nest(this.x, this.countersOf(node, order));
    const position = this.positions(node, order);
    nest.store(slot, this.target(node, position), this.formulas.product(node, position, toNumber(node.coefficient)), true);
    return [...(all ? this.zeros(node, slot) : zeros), ...nest.finish()];
  }

  /** for what has places: total = 0; for summed: total += …; slot[…] = coefficient·total. */
  private placed(node: Contraction, slot: Slot, moved: readonly number[], summed: readonly number[]): Statement[] {
    const order = [...moved, ...summed];
    const nest = new Nest(this.x, this.countersOf(node, order));
    const position = this.positions(node, order);
    const coefficient = toNumber(node.coefficient);
    if (summed.length === 0) nest.store(slot, this.target(node, position), this.formulas.product(node, position, coefficient));
    else {
      const total = nest.accumulate(moved.length, this.formulas.product(node, position));
      const value = this.x.multiply(this.x.constant(coefficient), total);
      nest.after(moved.length, store(slot, this.target(node, position), value));
    }
    return nest.finish();
  }

  /** As a product of matrices, if it is one and the target has a statement for it. */
  private product(node: Contraction, slot: Slot, accumulate: boolean): Statement[] | undefined {
    if (this.machine.product === Number.POSITIVE_INFINITY) return undefined;
    const { loops } = running(node);
    const position = this.positions(node, loops);
    const summation = {
      value: this.formulas.product(node, position),
      at: this.target(node, position),
      counters: this.countersOf(node, loops),
      coefficient: toNumber(node.coefficient),
    };
    return productOf(summation, { slot, accumulate }, this.counters, this.machine.product);
  }

  private zeros(node: Contraction, slot: Slot): Statement[] {
    const { counters, axes } = this.counters.over(node.shape as readonly number[]);
    const nest = new Nest(this.x, counters);
    nest.store(slot, rowMajor(node.shape as readonly number[], axes), this.x.constant(0));
    return nest.finish();
  }

  /** for result: total = 0; for summed: total += …; slot[…] = coefficient·total. */
  private byEntry(node: Contraction, slot: Slot, result: readonly number[], summed: readonly number[]): Statement[] {
    const order = [...result, ...summed];
    const blocked = result[result.length - 1]!;
    return this.inBlocks(node, order, blocked, (counters, variants) => {
      const nest = new Nest(this.x, counters);
      const totals = variants.map((position) => nest.accumulate(result.length, this.formulas.product(node, position)));
      variants.forEach((position, k) => {
        const value = this.x.multiply(this.x.constant(toNumber(node.coefficient)), totals[k]!);
        nest.after(result.length, store(slot, this.target(node, position), value));
      });
      return nest.finish();
    });
  }

  /** for outer: row = 0; for summed: for innermost: row[…] += coefficient·…. */
  private byRow(
    node: Contraction,
    slot: Slot,
    outer: readonly number[],
    summed: readonly number[],
    innermost: number,
  ): Statement[] {
    const rows = [...outer, innermost];
    const zeros = new Nest(this.x, this.countersOf(node, rows));
    zeros.store(slot, this.target(node, this.positions(node, rows)), this.x.constant(0));
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
    return [...zeros.finish(), ...sums];
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
    const known = running(node).scatters ? this.formulas.positions(node, position).position : position;
    return rowMajor(
      node.shape as readonly number[],
      node.result.map((i) => (i === UNIT ? ORIGIN : (known.get(i) ?? ORIGIN))),
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

/** Whether an index that runs says where an entry belongs. */
function moves(node: Contraction, index: number): boolean {
  const { fixed } = running(node);
  return node.result.some((i) => i === index || (fixed.get(i)?.scales.has(index) ?? false));
}

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
