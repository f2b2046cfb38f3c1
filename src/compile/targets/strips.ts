import type { Numbers } from '../executable.ts';
import {
  type Expression,
  type Local,
  type Place,
  parts,
  places,
  type Sign,
  type Slot,
  samePlace,
  strideOf,
} from '../expression.ts';
import type { Loop, Statement } from '../program.ts';

/**
 * Innermost loops whose rounds do not wait for one another, done an operation at a time: each operation goes over a strip
 * of rounds before the next one does, so that what a closure costs is paid once a strip. Every number is the same, and sums
 * are taken in the same order, as in round after round.
 */

/** Rounds in a strip: its numbers stay in the nearest cache. */
const STRIP = 256;
/** Shorter loops are not worth it. */
const FEWEST = 6;

/** Where the weaver keeps what strips read and write. */
export interface Loom {
  value(e: Expression): () => number;
  place(at: Place): () => number;
  array(slot: Slot): Numbers;
  /** What identifies the memory of a slot. */
  area(slot: Slot): number;
  /** Where the value of a local is. */
  cell(local: Local): { read(): number; write(x: number): void };
}

/** Numbers of a strip: entry k is data[from + k·stride]. */
interface Run {
  data: Numbers;
  from: number;
  stride: number;
}

/** Finds the numbers of so many rounds from one on. */
type Strip = (first: number, count: number) => Run;

type Store = Extract<Statement, { kind: 'store' }>;

/** The loop as strips; undefined where its rounds depend on one another, or it has other loops in it. */
export function stripped(loop: Loop, loom: Loom): (() => void) | undefined {
  const varies = varying(loop);
  return loop.counter.extent < FEWEST || !isIndependent(loop, loom, varies)
    ? undefined
    : new Stripping(loop, loom, varies).action();
}

/** Whether an expression is another one in each round. */
type Varies = (e: Expression) => boolean;

function varying({ counter, body }: Loop): Varies {
  const own = new Set(body.flatMap((s) => (s.kind === 'let' ? [s.local] : [])));
  const known = new Map<Expression, boolean>();
  const find = (e: Expression): boolean =>
    (e.kind === 'local' && own.has(e)) || places(e).some((at) => strideOf(at, counter) !== 0) || parts(e).some(varies);
  const varies = (e: Expression): boolean => {
    const found = known.get(e) ?? find(e);
    known.set(e, found);
    return found;
  };
  return varies;
}

function isIndependent({ counter, body }: Loop, loom: Loom, varies: Varies): boolean {
  const sums = new Set<Local>();
  const stores: Store[] = [];
  const values: Expression[] = [];
  for (const s of body) {
    if (s.kind === 'assign' && s.accumulate) sums.add(s.local);
    else if (s.kind === 'store') stores.push(s);
    else if (s.kind !== 'let' || s.variable) return false;
    values.push(s.value);
  }
  const areas = new Map(stores.map((s) => [loom.area(s.slot), s]));
  // Two stores into the same memory keep their order only round by round.
  if (areas.size < stores.length) return false;
  // A place that every round writes to can only be added to, and 32-bit numbers are rounded each time.
  const sumsInPlace = stores.filter((s) => strideOf(s.at, counter) === 0);
  if (sumsInPlace.some((s) => !s.accumulate || loom.array(s.slot) instanceof Float32Array)) return false;
  const seen = new Set<Expression>();
  const isFree = (e: Expression): boolean => {
    if (seen.has(e)) return true;
    seen.add(e);
    if ((e.kind === 'guarded' && varies(e)) || (e.kind === 'local' && sums.has(e))) return false;
    const store = e.kind === 'load' ? areas.get(loom.area(e.slot)) : undefined;
    // What is read from memory that is written to is what the same round writes.
    if (store && e.kind === 'load' && !(strideOf(store.at, counter) !== 0 && samePlace(store.at, e.at))) return false;
    return parts(e).every(isFree);
  };
  return values.every(isFree);
}

class Stripping {
  private readonly loop: Loop;
  private readonly loom: Loom;
  private readonly varies: Varies;
  private readonly own = new Map<Local, Run>();
  private readonly written: ReadonlySet<number>;
  /** What is found once, before the rounds. */
  private readonly before: (() => void)[] = [];

  constructor(loop: Loop, loom: Loom, varies: Varies) {
    this.loop = loop;
    this.loom = loom;
    this.varies = varies;
    this.written = new Set(loop.body.flatMap((s) => (s.kind === 'store' ? [loom.area(s.slot)] : [])));
  }

  action(): () => void {
    const { extent } = this.loop.counter;
    const steps = this.loop.body.map((s) => this.step(s));
    const { before } = this;
    return () => {
      for (let k = 0; k < before.length; k++) before[k]!();
      for (let first = 0; first < extent; first += STRIP) {
        const count = Math.min(STRIP, extent - first);
        for (let k = 0; k < steps.length; k++) steps[k]!(first, count);
      }
    };
  }

  private step(s: Statement): (first: number, count: number) => void {
    switch (s.kind) {
      case 'let': {
        const run: Run = { data: NONE, from: 0, stride: 0 };
        const strip = this.kept(s.value);
        this.own.set(s.local, run);
        return (first, count) => {
          const found = strip(first, count);
          run.data = found.data;
          run.from = found.from;
          run.stride = found.stride;
        };
      }
      case 'assign':
        return this.summing(s.value, this.loom.cell(s.local));
      case 'store': {
        const array = this.loom.array(s.slot);
        const at = this.from(s.at);
        const stride = strideOf(s.at, this.loop.counter);
        if (stride === 0)
          return this.summing(s.value, {
            read: () => array[at.value]!,
            write: (x) => {
              array[at.value] = x;
            },
          });
        const strip = this.strip(s.value);
        const put = s.accumulate ? added : copied;
        return (first, count) => put(array, at.value + first * stride, stride, strip(first, count), count);
      }
      default:
        throw new Error(`no strip of ${s.kind}`);
    }
  }

  /** Adds up round by round, as the loop does. */
  private summing(e: Expression, { read, write }: ReturnType<Loom['cell']>): (first: number, count: number) => void {
    if (e.kind === 'arithmetic' && e.symbol === '*') {
      const [left, right] = [this.strip(e.left), this.strip(e.right)];
      return (first, count) => write(summedProducts(read(), left(first, count), right(first, count), count));
    }
    const strip = this.strip(e);
    return (first, count) => write(summed(read(), strip(first, count), count));
  }

  /** A strip that stays what it is when memory is written to. */
  private kept(e: Expression): Strip {
    const strip = this.strip(e);
    if (e.kind !== 'load' || !this.written.has(this.loom.area(e.slot))) return strip;
    const own = fresh();
    return (first, count) => {
      copied(own.data, 0, 1, strip(first, count), count);
      return own;
    };
  }

  private strip(e: Expression): Strip {
    if (e.kind === 'local' && this.own.has(e)) {
      const run = this.own.get(e)!;
      return () => run;
    }
    if (!this.varies(e)) return this.same(e);
    const own = fresh();
    switch (e.kind) {
      case 'load': {
        const stride = strideOf(e.at, this.loop.counter);
        const at = this.from(e.at);
        const run: Run = { data: this.loom.array(e.slot), from: 0, stride };
        return (first) => {
          run.from = at.value + first * stride;
          return run;
        };
      }
      case 'place': {
        const stride = strideOf(e.at, this.loop.counter);
        const at = this.from(e.at);
        return (first, count) => {
          for (let k = 0; k < count; k++) own.data[k] = at.value + (first + k) * stride;
          return own;
        };
      }
      case 'arithmetic': {
        const [left, right] = [this.strip(e.left), this.strip(e.right)];
        const combine = COMBINE[e.symbol];
        return (first, count) => {
          combine(own.data, left(first, count), right(first, count), count);
          return own;
        };
      }
      case 'negation': {
        const of = this.strip(e.of);
        return (first, count) => {
          negated(own.data, of(first, count), count);
          return own;
        };
      }
      case 'call': {
        const { kernel } = e.function;
        const args = e.args.map((a) => this.strip(a));
        const [one, two] = args;
        if (args.length === 1)
          return (first, count) => {
            called(own.data, kernel, one!(first, count), count);
            return own;
          };
        if (args.length === 2)
          return (first, count) => {
            calledBoth(own.data, kernel, one!(first, count), two!(first, count), count);
            return own;
          };
        return (first, count) => {
          const runs = args.map((a) => a(first, count));
          for (let k = 0; k < count; k++) own.data[k] = kernel(...runs.map(({ data, from, stride }) => data[from + k * stride]!));
          return own;
        };
      }
      default:
        throw new Error(`no strip of ${e.kind}`);
    }
  }

  /** What is the same in all rounds. */
  private same(e: Expression): Strip {
    const value = this.loom.value(e);
    const run: Run = { data: new Float64Array(1), from: 0, stride: 0 };
    this.before.push(() => {
      run.data[0] = value();
    });
    return () => run;
  }

  /** Where the rounds begin, found before them. */
  private from(at: Place): { value: number } {
    const { counter } = this.loop;
    const rest = this.loom.place({ constant: at.constant, terms: at.terms.filter((t) => t.counter !== counter) });
    const found = { value: 0 };
    this.before.push(() => {
      found.value = rest();
    });
    return found;
  }
}

const NONE = new Float64Array(0);
const fresh = (): Run => ({ data: new Float64Array(STRIP), from: 0, stride: 1 });

function summed(before: number, { data, from, stride }: Run, count: number): number {
  let sum = before;
  for (let k = 0, i = from; k < count; k++, i += stride) sum += data[i]!;
  return sum;
}

function summedProducts(before: number, a: Run, b: Run, count: number): number {
  const { data: x, stride: sa } = a;
  const { data: y, stride: sb } = b;
  let sum = before;
  for (let k = 0, i = a.from, j = b.from; k < count; k++, i += sa, j += sb) sum += x[i]! * y[j]!;
  return sum;
}

function copied(out: Numbers, from: number, stride: number, a: Run, count: number): void {
  const { data, stride: sa } = a;
  for (let k = 0, o = from, i = a.from; k < count; k++, o += stride, i += sa) out[o] = data[i]!;
}

function added(out: Numbers, from: number, stride: number, a: Run, count: number): void {
  const { data, stride: sa } = a;
  for (let k = 0, o = from, i = a.from; k < count; k++, o += stride, i += sa) out[o]! += data[i]!;
}

function negated(out: Numbers, a: Run, count: number): void {
  const { data, stride: sa } = a;
  for (let k = 0, i = a.from; k < count; k++, i += sa) out[k] = -data[i]!;
}

function called(out: Numbers, kernel: (...args: number[]) => number, a: Run, count: number): void {
  const { data, stride: sa } = a;
  for (let k = 0, i = a.from; k < count; k++, i += sa) out[k] = kernel(data[i]!);
}

function calledBoth(out: Numbers, kernel: (...args: number[]) => number, a: Run, b: Run, count: number): void {
  const { data: x, stride: sa } = a;
  const { data: y, stride: sb } = b;
  for (let k = 0, i = a.from, j = b.from; k < count; k++, i += sa, j += sb) out[k] = kernel(x[i]!, y[j]!);
}

/** A loop of its own for each: what a loop calls would not be inlined for several. */
const COMBINE: Record<Sign, (out: Numbers, a: Run, b: Run, count: number) => void> = {
  '+': (out, a, b, count) => {
    const { data: x, stride: sa } = a;
    const { data: y, stride: sb } = b;
    for (let k = 0, i = a.from, j = b.from; k < count; k++, i += sa, j += sb) out[k] = x[i]! + y[j]!;
  },
  '-': (out, a, b, count) => {
    const { data: x, stride: sa } = a;
    const { data: y, stride: sb } = b;
    for (let k = 0, i = a.from, j = b.from; k < count; k++, i += sa, j += sb) out[k] = x[i]! - y[j]!;
  },
  '*': (out, a, b, count) => {
    const { data: x, stride: sa } = a;
    const { data: y, stride: sb } = b;
    for (let k = 0, i = a.from, j = b.from; k < count; k++, i += sa, j += sb) out[k] = x[i]! * y[j]!;
  },
  '/': (out, a, b, count) => {
    const { data: x, stride: sa } = a;
    const { data: y, stride: sb } = b;
    for (let k = 0, i = a.from, j = b.from; k < count; k++, i += sa, j += sb) out[k] = x[i]! / y[j]!;
  },
};
