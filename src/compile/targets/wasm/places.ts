import type { Counter, Place, Slot, Term } from '../../expression.ts';
import type { Layout } from '../../layout.ts';
import type { Code, Register } from './code.ts';

/**
 * Where entries lie, in bytes. What of a place changes with counters is kept in registers, one for each way to move:
 * places of several buffers that move alike share it, since the rest of an address stands in the instruction. A loop
 * adds its step to the registers that move with it, so that none is ever multiplied anew.
 */
export class Places {
  private readonly code: Code;
  private readonly layout: Layout;
  readonly size: number;
  private readonly counters = new Map<Counter, Register>();
  /** Counters of loops that are written out, at the turn at hand. */
  private readonly fixed = new Map<Counter, number>();
  private readonly ways = new Way();

  constructor(code: Code, layout: Layout) {
    this.code = code;
    this.layout = layout;
    this.size = layout.precision === 'f32' ? 4 : 8;
  }

  /** Puts a counter of a loop around into a register. */
  bind(counter: Counter, register: Register): void {
    this.counters.set(counter, register);
  }

  unbind(counter: Counter): void {
    this.counters.delete(counter);
  }

  /** The body as it is in one turn of a loop. */
  during(counter: Counter, turn: number, body: () => void): void {
    this.fixed.set(counter, turn);
    body();
    this.fixed.delete(counter);
  }

  /** A place without the counters of loops that are written out. */
  private open(at: Place): Place {
    if (!at.terms.some((t) => this.fixed.has(t.counter))) return at;
    const constant = at.terms.reduce((sum, t) => sum + t.stride * (this.fixed.get(t.counter) ?? 0), at.constant);
    return { constant, terms: at.terms.filter((t) => !this.fixed.has(t.counter)) };
  }

  counter(counter: Counter): Register {
    return this.counters.get(counter)!;
  }

  /** Writes the part of an address that moves, and returns the part that stays. */
  address(slot: Slot, whole: Place): number {
    const at = this.open(whole);
    const fixed = this.base(slot) + at.constant * this.size;
    const low = at.terms.reduce((least, t) => least + Math.min(0, t.stride * (t.counter.extent - 1)), 0);
    this.moved(at.terms);
    if (fixed >= 0 && low >= 0) return fixed;
    this.code.i32(fixed).op('i32.add');
    return 0;
  }

  /** The whole address. */
  whole(slot: Slot, place: Place): void {
    const at = this.open(place);
    const fixed = this.base(slot) + at.constant * this.size;
    this.moved(at.terms);
    if (fixed !== 0) this.code.i32(fixed).op('i32.add');
  }

  base(slot: Slot): number {
    return this.layout.areaOf.get(slot)!.offset * this.size;
  }

  /** A place as a whole number, on the stack. */
  number(at: Place): void {
    const { code } = this;
    const { constant, terms } = this.open(at);
    if (terms.length === 0) {
      code.i32(constant);
      return;
    }
    terms.forEach(({ counter, stride }, k) => {
      code.get(this.counter(counter));
      if (stride !== 1) code.i32(stride).op('i32.mul');
      if (k > 0) code.op('i32.add');
    });
    if (constant !== 0) code.i32(constant).op('i32.add');
  }

  /**
   * Registers for what the places in a loop move by, where it is not known yet.
   * @returns what moves when the counter grows by one
   */
  enter(counter: Counter, places: Iterable<Place>): Moving[] {
    const made: Moving[] = [];
    for (const place of places) {
      const { terms } = this.open(place);
      const n = terms.findIndex((t) => t.counter === counter);
      if (n < 0) continue;
      let way = this.ways;
      for (let k = 0; k <= n; k++) way = way.on(terms[k]!);
      if (way.register) continue;
      const register = this.code.local('i32');
      this.moved(terms.slice(0, n));
      this.code.set(register);
      way.register = register;
      made.push({ way, register, step: terms[n]!.stride * this.size });
    }
    return made;
  }

  leave(made: readonly Moving[]): void {
    for (const { way } of made) way.register = undefined;
  }

  /** Σ stride·counter in bytes, on the stack. */
  private moved(terms: readonly Term[]): void {
    const { code } = this;
    let known: Register | undefined;
    let from = 0;
    let way = this.ways;
    terms.forEach((term, k) => {
      way = way.on(term);
      if (!way.register) return;
      known = way.register;
      from = k + 1;
    });
    if (known) code.get(known);
    else if (terms.length === 0) code.i32(0);
    for (let k = from; k < terms.length; k++) {
      const { counter, stride } = terms[k]!;
      code
        .get(this.counter(counter))
        .i32(stride * this.size)
        .op('i32.mul');
      if (known || k > from) code.op('i32.add');
    }
  }
}

/** A way to move: the terms that lead to it from none, and the register that holds it where there is one. */
class Way {
  register: Register | undefined;
  private readonly next = new Map<Counter, Map<number, Way>>();

  on({ counter, stride }: Term): Way {
    let strides = this.next.get(counter);
    if (!strides) {
      strides = new Map();
      this.next.set(counter, strides);
    }
    let way = strides.get(stride);
    if (!way) {
      way = new Way();
      strides.set(stride, way);
    }
    return way;
  }
}

/** A register that moves with a loop. */
export interface Moving {
  readonly way: Way;
  readonly register: Register;
  /** In bytes. */
  readonly step: number;
}
