import type { Counter, Expression, Local, Place } from './expression.ts';
import type { Loop, Product, Statement } from './program.ts';
import { sharesOf } from './sharing.ts';

/** A statement in as many portions, which may run at once; the numbers that it adds to are added up in their order. */
export interface Portions {
  readonly statements: readonly Statement[];
  readonly sums: readonly Local[];
  /** Whether what lies below the diagonal of a product is to be copied once all are done. */
  readonly mirrored?: boolean;
}

/** So many parts a sum has, whoever takes them: the same bits for any number of threads. */
const PARTS = 8;

/** @returns undefined where it cannot be, or there would be fewer */
export function portionsOf(s: Loop | Product, threads: number): Portions | undefined {
  if (s.kind === 'product') {
    const counter = s.rows.extent >= s.columns.extent ? s.rows : s.columns;
    if (counter.extent < threads || threads < 2) return undefined;
    if (s.mirrored) return { statements: steps(s, threads), sums: [], mirrored: true };
    return { statements: portions(s, counter, threads), sums: [] };
  }
  const shares = sharesOf(s);
  const count = shares && shares.sums.length > 0 ? PARTS : threads;
  if (!shares || count < 2 || shares.counter.extent < count) return undefined;
  return { statements: portions(s, shares.counter, count), sums: shares.sums };
}

/** Borders lie where vectors end, if there are many. */
const STEP = 16;

const portions = (s: Statement, counter: Counter, count: number): Statement[] => {
  const step = counter.extent >= 2 * STEP * count ? STEP : 1;
  const border = (k: number) => (k === count ? counter.extent : Math.floor((counter.extent * k) / count / step) * step);
  return Array.from({ length: count }, (_, k) => new Moving(counter, k, border(k), border(k + 1)).statement(s));
};

/** Rows, each from the diagonal of its portion's first one on, so that all portions have about as many entries. */
function steps(s: Product, count: number): Statement[] {
  const { extent } = s.rows;
  const step = extent >= 2 * STEP * count ? STEP : 1;
  const border = (k: number) => (k === count ? extent : Math.floor((extent * (1 - Math.sqrt(1 - k / count))) / step) * step);
  return Array.from({ length: count }, (_, k) => {
    const rows = new Moving(s.rows, k, border(k), border(k + 1)).statement(s);
    return new Moving(s.columns, k, border(k), extent).statement(rows);
  }).filter((portion) => portion.kind === 'product' && portion.rows.extent > 0);
}

/** Statements with a counter that runs from another number on. */
class Moving {
  private readonly counter: Counter;
  private readonly own: Counter;
  private readonly from: number;
  private readonly known = new Map<Expression, Expression>();

  constructor(counter: Counter, portion: number, from: number, to: number) {
    this.counter = counter;
    // No other counter of a program has such a number.
    this.own = { id: -(MOST * counter.id + portion + 1), depth: counter.depth, extent: to - from };
    this.from = from;
  }

  statement(s: Statement): Statement {
    switch (s.kind) {
      case 'loop':
        return { ...s, counter: this.dealt(s.counter), body: s.body.map((inner) => this.statement(inner)) };
      case 'product': {
        const operand = ({ slot, at }: Product['left']) => ({ slot, at: this.place(at) });
        const [left, right, at] = [operand(s.left), operand(s.right), this.place(s.at)];
        const [rows, columns] = [this.dealt(s.rows), this.dealt(s.columns)];
        const mirrored = s.mirrored && rows === s.rows && columns === s.columns;
        return { ...s, rows, columns, left, right, at, mirrored };
      }
      case 'store':
        return { ...s, at: this.place(s.at), value: this.value(s.value) };
      case 'call':
        return s;
      default:
        return { ...s, value: this.value(s.value) };
    }
  }

  private dealt(counter: Counter): Counter {
    return counter === this.counter ? this.own : counter;
  }

  private place(at: Place): Place {
    const term = at.terms.find(({ counter }) => counter === this.counter);
    if (!term) return at;
    const terms = at.terms.map((t) => (t === term ? { ...t, counter: this.own } : t));
    return { constant: at.constant + term.stride * this.from, terms };
  }

  private value(e: Expression): Expression {
    let moved = this.known.get(e);
    if (!moved) {
      moved = this.moved(e);
      this.known.set(e, moved);
    }
    return moved;
  }

  private moved(e: Expression): Expression {
    switch (e.kind) {
      case 'load':
      case 'place':
        return { ...e, at: this.place(e.at) };
      case 'guarded':
        return { ...e, bounds: e.bounds.map((b) => ({ ...b, at: this.place(b.at) })), of: this.value(e.of) };
      case 'arithmetic':
        return { ...e, left: this.value(e.left), right: this.value(e.right) };
      case 'negation':
        return { ...e, of: this.value(e.of) };
      case 'call':
        return { ...e, args: e.args.map((arg) => this.value(arg)) };
      default:
        return e;
    }
  }
}

const MOST = 1000;
