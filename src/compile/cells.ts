import type { ArrayApply } from '../graph/node.ts';
import { and, equal, greater, less, or, unequal, where } from '../operators/comparison.ts';
import { abs, max, min } from '../operators/kinked.ts';
import { exp, log, squareRoot } from '../operators/power.ts';
import { lengthOf } from './executable.ts';
import { type Counter, type Expression, type Expressions, type Local, type Place, place, type Slot } from './expression.ts';
import type { Counters } from './nest.ts';
import { assign, letLocal, loop, type Statement, store } from './program.ts';
import { rowMajor } from './row-major.ts';

/** A function of each cell of an array: the axes in front, those of a cell, and where results go. */
export interface Cells {
  readonly lead: readonly number[];
  readonly cell: readonly number[];
  /** The entry of the argument at a position along all axes. */
  readonly entry: (axes: readonly Place[]) => Expression;
  /** The number that another argument has for a cell at a position along the axes in front. */
  readonly beside: (argument: number, lead: readonly Place[]) => Expression;
  readonly out: Slot;
}

/** Cells of so few entries are written out. */
const FEW = 8;

/**
 * A routine over cells as loops like any other, which are joined, and run in vectors where a target has them.
 * @returns undefined for a routine that is more than a few passes over its cells
 */
export function cellLoops(x: Expressions, counters: Counters, routine: string, cells: Cells): Statement[] | undefined {
  const write = WRITERS[routine];
  return write && new Cell(x, counters, cells).loops(write);
}

/** Whether each entry of a cell is looked at in a place of its own. */
export function isWrittenOut({ operator: { name, cells }, args }: ArrayApply): boolean {
  const shape = args[0]!.shape as readonly number[];
  return Object.hasOwn(WRITERS, name) && lengthOf(shape.slice(shape.length - cells[0]!)) <= FEW;
}

class Cell {
  readonly x: Expressions;
  private readonly cells: Cells;
  private readonly outer: readonly Counter[];
  private readonly inner: readonly Counter[];
  private readonly front: readonly Place[];
  /** The positions within a cell: each of them, or where the loops are. */
  private readonly points: readonly (readonly Place[])[];
  private readonly body: Statement[] = [];

  constructor(x: Expressions, counters: Counters, cells: Cells) {
    this.x = x;
    this.cells = cells;
    const { lead, cell } = cells;
    const all = counters.over([...lead, ...cell]);
    const long = lead.filter((n) => n > 1).length;
    this.outer = all.counters.slice(0, long);
    this.inner = all.counters.slice(long);
    this.front = all.axes.slice(0, lead.length);
    if (lengthOf(cell) > FEW) this.points = [all.axes.slice(lead.length)];
    else {
      this.inner = [];
      this.points = cell.reduce<Place[][]>(
        (points, extent) => points.flatMap((p) => Array.from({ length: extent }, (_, at) => [...p, place(at)])),
        [[]],
      );
    }
  }

  loops(write: (cell: Cell) => void): Statement[] {
    write(this);
    return this.outer.reduceRight<Statement[]>((body, counter) => [loop(counter, body)], this.body);
  }

  /** One pass over the cell. */
  private each(write: (entry: Expression, at: Place) => Statement[]): void {
    const { lead, cell, entry } = this.cells;
    for (const point of this.points) {
      const axes = [...this.front, ...point];
      const made = write(entry(axes), rowMajor([...lead, ...cell], axes));
      this.body.push(...this.inner.reduceRight<Statement[]>((body, counter) => [loop(counter, body)], made));
    }
  }

  /** What another argument has for the cell. */
  beside(argument: number): Expression {
    return this.cells.beside(argument, this.front);
  }

  /** The entries folded into one number. */
  fold(start: number, step: (total: Expression, entry: Expression) => Expression): Local {
    const total = this.x.local();
    this.body.push(letLocal(total, this.x.constant(start), true));
    this.each((entry) => [assign(total, step(total, entry))]);
    return total;
  }

  sum(term: (entry: Expression) => Expression): Local {
    const total = this.x.local();
    this.body.push(letLocal(total, this.x.constant(0), true));
    this.each((entry) => [assign(total, term(entry), true)]);
    return total;
  }

  /** Σ f(entry)² */
  sumOfSquares(term: (entry: Expression) => Expression): Local {
    const total = this.x.local();
    this.body.push(letLocal(total, this.x.constant(0), true));
    this.each((entry) => {
      const value = this.x.local();
      return [letLocal(value, term(entry)), assign(total, this.x.multiply(value, value), true)];
    });
    return total;
  }

  /** Σ f(entry), and each term stored. */
  sumOfStored(term: (entry: Expression) => Expression): Local {
    const total = this.x.local();
    this.body.push(letLocal(total, this.x.constant(0), true));
    this.each((entry, at) => {
      const value = this.x.local();
      return [letLocal(value, term(entry)), store(this.cells.out, at, value), assign(total, value, true)];
    });
    return total;
  }

  define(value: Expression): Local {
    const local = this.x.local();
    this.body.push(letLocal(local, value));
    return local;
  }

  /** Each entry's result, from the entry and from what was stored for it. */
  storeEach(value: (entry: Expression, stored: Expression) => Expression): void {
    const { out } = this.cells;
    this.each((entry, at) => [store(out, at, value(entry, this.x.load(out, at)))]);
  }

  /** The cell's one result. */
  storeOnce(value: Expression): void {
    this.body.push(store(this.cells.out, rowMajor(this.cells.lead, this.front), value));
  }
}

const extreme = (c: Cell, name: 'max' | 'min'): Local =>
  c.fold(name === 'max' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, (found, entry) =>
    c.x.call(name === 'max' ? max : min, [found, entry]),
  );

function shares(c: Cell, name: 'max' | 'min'): void {
  const { x } = c;
  const [zero, one] = [x.constant(0), x.constant(1)];
  const found = extreme(c, name);
  const ties = c.sum((entry) => x.call(where, [x.call(equal, [entry, found]), one, zero]));
  const share = c.define(x.divide(one, ties));
  // A NaN is in all of them.
  const other = c.define(x.call(where, [x.call(unequal, [found, found]), found, zero]));
  c.storeEach((entry) => x.call(where, [x.call(equal, [entry, found]), share, other]));
}

const multiplied = (c: Cell): void => c.storeOnce(c.fold(1, (total, entry) => c.x.multiply(total, entry)));

/** √(factor·Σ x²), by the largest entry where squares would leave the numbers. */
function scaledLength(c: Cell, factor?: Expression): Expression {
  const { x } = c;
  const times = (value: Expression): Expression => (factor ? x.multiply(factor, value) : value);
  const top = c.fold(0, (found, entry) => x.call(max, [found, x.call(abs, [entry])]));
  // Squares beyond these leave single precision.
  const wide = x.call(or, [x.call(greater, [top, x.constant(1e18)]), x.call(less, [top, x.constant(1e-15)])]);
  const scale = c.define(x.call(where, [wide, top, x.constant(1)]));
  const total = c.sumOfSquares((entry) => x.divide(entry, scale));
  const length = x.multiply(scale, x.call(squareRoot, [times(total)]));
  // 0, ∞ and what is no number are that.
  const ordinary = x.call(and, [
    x.call(greater, [top, x.constant(0)]),
    x.call(less, [top, x.constant(Number.POSITIVE_INFINITY)]),
  ]);
  const other = factor ? x.multiply(top, x.call(squareRoot, [factor])) : top;
  return x.call(where, [ordinary, length, other]);
}

/** What the kernels of `operators` do, in their order. */
const WRITERS: Readonly<Record<string, (cell: Cell) => void>> = {
  max: (c) => c.storeOnce(extreme(c, 'max')),
  min: (c) => c.storeOnce(extreme(c, 'min')),
  'running-max': (c) => c.storeOnce(extreme(c, 'max')),
  'running-min': (c) => c.storeOnce(extreme(c, 'min')),
  'max-shares': (c) => shares(c, 'max'),
  'min-shares': (c) => shares(c, 'min'),
  prod: multiplied,
  'running-prod': multiplied,
  euclidean: (c) => c.storeOnce(scaledLength(c)),
  'weighted-length': (c) => c.storeOnce(scaledLength(c, c.define(c.beside(1)))),
  softmax: (c) => {
    const top = extreme(c, 'max');
    const total = c.sumOfStored((entry) => c.x.call(exp, [c.x.subtract(entry, top)]));
    c.storeEach((_, stored) => c.x.divide(stored, total));
  },
  logsumexp: (c) => {
    const { x } = c;
    const top = extreme(c, 'max');
    // Equal infinities would leave ∞ − ∞; NaN passes through.
    const finite = c.define(x.call(less, [x.call(abs, [top]), x.constant(Number.POSITIVE_INFINITY)]));
    const base = c.define(x.call(where, [finite, top, x.constant(0)]));
    const total = c.sum((entry) => x.call(exp, [x.subtract(entry, base)]));
    c.storeOnce(x.call(where, [finite, x.add(top, x.call(log, [total])), top]));
  },
};
