import {
  type Counter,
  type Expression,
  type Expressions,
  type Label,
  type Load,
  type Local,
  type Place,
  parts,
  place,
  places,
  rangeOf,
  type Slot,
} from './expression.ts';
import { assign, letLocal, loop, type Statement, store } from './program.ts';

/** Counters by depth and extent, so that nests of the same form can be joined without renaming. */
export class Counters {
  private readonly table: Map<string, Counter>;
  /** The loops around all that is written with these. */
  private readonly around: number;

  constructor(around = 0, table = new Map<string, Counter>()) {
    this.around = around;
    this.table = table;
  }

  /** Counters for what stands within one more loop. */
  within(): Counters {
    return new Counters(this.around + 1, this.table);
  }

  at(inner: number, extent: number): Counter {
    const depth = this.around + inner;
    const key = `${depth},${extent}`;
    let counter = this.table.get(key);
    if (!counter) {
      counter = { id: this.table.size, depth, extent };
      this.table.set(key, counter);
    }
    return counter;
  }

  /** A counter for each axis that is longer than 1, and the position along every axis. */
  over(shape: readonly number[]): { counters: Counter[]; axes: Place[] } {
    const counters: Counter[] = [];
    const axes = shape.map((extent) => {
      if (extent === 1) return place(0);
      const counter = this.at(counters.length, extent);
      counters.push(counter);
      return place(0, [{ counter, stride: 1 }]);
    });
    return { counters, axes };
  }
}

/**
 * A nest of loops being written. Each expression is computed in the outermost loop that knows its counters, and once
 * if it stands in several places.
 */
export class Nest {
  private readonly x: Expressions;
  private readonly counters: readonly Counter[];
  /** Statements before the inner loop, by level: 0 is outside all loops. */
  private readonly heads: Statement[][];
  private readonly tails: Statement[][];
  private readonly bound = new Map<Expression, Local>();
  private readonly levels = new Map<Expression, number>();

  constructor(x: Expressions, counters: readonly Counter[]) {
    this.x = x;
    this.counters = counters;
    this.heads = Array.from({ length: counters.length + 1 }, () => []);
    this.tails = this.heads.map(() => []);
  }

  /** The statement slot[at] = value (or += value) in the innermost loop. */
  store(slot: Slot, at: Place, value: Expression, accumulate = false): void {
    this.heads[this.counters.length]!.push(store(slot, at, this.placed(value), accumulate));
  }

  /** A local that is 0 at the given level and to which the innermost loop adds the value. */
  accumulate(level: number, value: Expression): Local {
    const total = this.x.local();
    this.levels.set(total, level);
    this.heads[level]!.push(letLocal(total, this.x.constant(0), true));
    this.heads[this.counters.length]!.push(assign(total, this.placed(value), true));
    return total;
  }

  /** A local with the value, in the innermost loop. */
  define(value: Expression, label?: Label): Local {
    const local = this.x.local(label);
    this.heads[this.counters.length]!.push(letLocal(local, this.placed(value)));
    return local;
  }

  /** A local after all loops, with a value made of their totals. */
  conclude(value: Expression, label?: Label): Local {
    const local = this.x.local(label);
    this.tails[0]!.push(letLocal(local, value));
    return local;
  }

  /** A statement after the loops that are inside the given level. */
  after(level: number, statement: Statement): void {
    this.tails[level]!.push(statement);
  }

  /** The statements, the loops among them. */
  finish(): Statement[] {
    let inner: Statement[] = [];
    for (let level = this.counters.length; level >= 0; level--) {
      const body = [...this.heads[level]!, ...inner, ...this.tails[level]!];
      if (level === 0) return body;
      inner = [loop(this.counters[level - 1]!, body)];
    }
    return inner;
  }

  /** The expression for the innermost loop, its parts computed as far outside as they can be. */
  private placed(value: Expression): Expression {
    const seen = new Set<Expression>();
    const shared = new Set<Expression>();
    const count = (e: Expression): void => {
      if (seen.has(e)) {
        shared.add(e);
        return;
      }
      seen.add(e);
      parts(e).forEach(count);
    };
    count(value);
    const visit = (e: Expression, level: number, guarded: boolean): Expression => {
      if (e.kind === 'constant' || e.kind === 'local') return e;
      const known = this.bound.get(e);
      if (known) return known;
      const own = this.levelOf(e);
      const apart = own !== level || shared.has(e);
      const within = !apart && guarded;
      const rebuilt =
        e.kind === 'load' && !within
          ? this.safe(e)
          : this.x.rebuild(e, (part) => visit(part, own, within || e.kind === 'guarded'));
      if (!apart) return rebuilt;
      const local = this.x.local();
      this.levels.set(local, own);
      this.bound.set(e, local);
      this.heads[own]!.push(letLocal(local, rebuilt));
      return local;
    };
    return visit(value, this.counters.length, false);
  }

  /** What is computed before a guard is asked must not read outside of its buffer. */
  private safe(e: Load): Expression {
    const [low, high] = rangeOf(e.at);
    return low >= 0 && high < e.slot.length ? e : this.x.guarded([{ at: e.at, extent: e.slot.length }], e);
  }

  /** The number of loops that must have begun for the expression to have a value. */
  private levelOf(e: Expression): number {
    let level = this.levels.get(e);
    if (level === undefined) {
      level = parts(e).reduce((most, part) => Math.max(most, this.levelOf(part)), 0);
      for (const { terms } of places(e)) {
        for (const { counter } of terms) level = Math.max(level, this.counters.indexOf(counter) + 1);
      }
      this.levels.set(e, level);
    }
    return level;
  }
}
