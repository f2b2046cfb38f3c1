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
  private readonly moving = new Map<string, Register>();

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

  counter(counter: Counter): Register {
    return this.counters.get(counter)!;
  }

  /** Writes the part of an address that moves, and returns the part that stays. */
  address(slot: Slot, at: Place): number {
    const fixed = this.base(slot) + at.constant * this.size;
    const low = at.terms.reduce((least, t) => least + Math.min(0, t.stride * (t.counter.extent - 1)), 0);
    this.moved(at.terms);
    if (fixed >= 0 && low >= 0) return fixed;
    this.code.i32(fixed).op('i32.add');
    return 0;
  }

  /** The whole address. */
  whole(slot: Slot, at: Place): void {
    const fixed = this.base(slot) + at.constant * this.size;
    this.moved(at.terms);
    if (fixed !== 0) this.code.i32(fixed).op('i32.add');
  }

  base(slot: Slot): number {
    return this.layout.areaOf.get(slot)!.offset * this.size;
  }

  /** A place as a whole number, on the stack. */
  number({ constant, terms }: Place): void {
    const { code } = this;
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
    for (const { terms } of places) {
      const n = terms.findIndex((t) => t.counter === counter) + 1;
      if (n === 0) continue;
      const own = terms.slice(0, n);
      const key = keyOf(own);
      if (this.moving.has(key)) continue;
      const register = this.code.local('i32');
      this.moved(own.slice(0, -1));
      this.code.set(register);
      this.moving.set(key, register);
      made.push({ key, register, step: own[n - 1]!.stride * this.size });
    }
    return made;
  }

  leave(made: readonly Moving[]): void {
    for (const { key } of made) this.moving.delete(key);
  }

  /** Σ stride·counter in bytes, on the stack. */
  private moved(terms: readonly Term[]): void {
    const { code } = this;
    let n = terms.length;
    let known: Register | undefined;
    for (; n > 0; n--) {
      known = this.moving.get(keyOf(terms.slice(0, n)));
      if (known) break;
    }
    if (known) code.get(known);
    else if (terms.length === 0) code.i32(0);
    terms.slice(n).forEach(({ counter, stride }, k) => {
      code
        .get(this.counter(counter))
        .i32(stride * this.size)
        .op('i32.mul');
      if (known || k > 0) code.op('i32.add');
    });
  }
}

/** A register that moves with a loop. */
export interface Moving {
  readonly key: string;
  readonly register: Register;
  /** In bytes. */
  readonly step: number;
}

const keyOf = (terms: readonly Term[]): string => terms.map((t) => `${t.counter.id}*${t.stride}`).join();
