import { accessOf } from './access.ts';
import type { Precision } from './executable.ts';
import { type Counter, type Expression, keyOfPlace, type Place, parts, type Slot, strideOf } from './expression.ts';
import type { Call, Loop, Product, Statement } from './program.ts';
import type { LaidOut } from './targets/target.ts';

/** What a program does, statement by statement, under the model's names. */
export interface ProgramPlan {
  /** What it runs as. */
  readonly target: string;
  readonly precision: Precision;
  /** Additions and multiplications of a run; a call of a function counts as eight. */
  readonly operations: number;
  /** The memory of its arrays: inputs, outputs, and what lies between. */
  readonly bytes: number;
  readonly statements: readonly PlannedStatement[];
}

export type PlannedStatement = PlannedProduct | PlannedEntries | PlannedCall | PlannedLoop;

interface Planned {
  /** Of all its runs together. */
  readonly operations: number;
  /** Of the arrays that it touches, as far as it touches them. */
  readonly bytes: number;
}

/** A product of two matrices, for each of a batch. */
export interface PlannedProduct extends Planned {
  readonly kind: 'product';
  readonly result: string;
  readonly batch: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly summed: readonly number[];
  /** A transposed one has a prime. */
  readonly factors: readonly [string, string];
  readonly scale: number;
  /** It is added to what is there. */
  readonly accumulate: boolean;
}

/** Arrays and numbers that are computed entry by entry, in loops of these extents, from others. */
export interface PlannedEntries extends Planned {
  readonly kind: 'entries';
  readonly results: readonly string[];
  readonly extents: readonly number[];
  readonly from: readonly string[];
}

/** A function of whole arrays. */
export interface PlannedCall extends Planned {
  readonly kind: 'call';
  readonly result: string;
  readonly routine: string;
  readonly arguments: readonly string[];
  readonly count: number;
}

/** Statements that are run for each value of one or more counters. */
export interface PlannedLoop extends Planned {
  readonly kind: 'loop';
  readonly extents: readonly number[];
  readonly statements: readonly PlannedStatement[];
}

/** A call of a routine takes about so many operations for each number that it reads. */
const CALL = 8;

export function planOf(target: string, { program, layout }: LaidOut): ProgramPlan {
  const planner = new Planner(layout.precision === 'f32' ? 4 : 8, namesOf(program.slots));
  const statements = planner.all([...program.before, ...program.compute, ...program.commit, ...program.after], 1);
  const operations = statements.reduce((n, s) => n + s.operations, 0);
  return { target, precision: layout.precision, operations, bytes: layout.length * planner.size, statements };
}

class Planner {
  /** Bytes of a number. */
  readonly size: number;
  private readonly nameOf: (slot: Slot) => string;

  constructor(size: number, nameOf: (slot: Slot) => string) {
    this.size = size;
    this.nameOf = nameOf;
  }

  /** @param times how often the loops around them run */
  all(list: readonly Statement[], times: number): PlannedStatement[] {
    const made: PlannedStatement[] = [];
    let plain: Statement[] = [];
    const flush = () => {
      if (plain.some((s) => s.kind === 'store' || operationsOf([s]) > 0)) made.push(this.entries(plain, [], times));
      plain = [];
    };
    for (const s of list) {
      if (s.kind !== 'loop' && s.kind !== 'call' && s.kind !== 'product') {
        plain.push(s);
        continue;
      }
      flush();
      made.push(s.kind === 'loop' ? this.loop(s, times) : s.kind === 'call' ? this.call(s, times) : this.product(s, [], times));
    }
    flush();
    return made;
  }

  private loop(s: Loop, times: number): PlannedStatement {
    if (!holdsWholes(s)) return this.entries([s], longest(s), times);
    const extents: number[] = [];
    let body: readonly Statement[] = [s];
    for (let only = body[0]!; body.length === 1 && only.kind === 'loop' && holdsWholes(only); only = body[0]!) {
      extents.push(only.counter.extent);
      body = only.body;
    }
    const often = extents.reduce((n, extent) => n * extent, times);
    const [only] = body;
    if (body.length === 1 && only!.kind === 'product') return this.product(only!, extents, often);
    const statements = this.all(body, often);
    return { kind: 'loop', extents, statements, operations: total(statements, 'operations'), bytes: this.touched([s]) };
  }

  private entries(list: readonly Statement[], extents: readonly number[], times: number): PlannedEntries {
    const [reads, writes] = [new Set<Slot>(), new Set<Slot>()];
    for (const s of list) {
      for (const [slot, touches] of accessOf(s).buffers) {
        if (touches.writes.length > 0) writes.add(slot);
        if (touches.reads.length > 0) reads.add(slot);
      }
    }
    const results = [...new Set([...[...writes].map(this.nameOf), ...locals(list)])];
    const from = [...new Set([...reads].filter((slot) => !writes.has(slot)).map(this.nameOf))];
    return { kind: 'entries', results, extents, from, operations: times * operationsOf(list), bytes: this.touched(list) };
  }

  private call({ routine, args, out, count, ...rest }: Call, times: number): PlannedCall {
    return {
      kind: 'call',
      result: this.nameOf(out),
      routine: routine.name,
      arguments: args.map(this.nameOf),
      count,
      operations: times * CALL * args.reduce((n, slot) => n + slot.length, 0),
      bytes: this.touched([{ routine, args, out, count, ...rest }]),
    };
  }

  private product(s: Product, batch: readonly number[], times: number): PlannedProduct {
    const { rows, columns, summed, left, right, slot, scale, accumulate } = s;
    const last = summed[summed.length - 1]!;
    const turned = (at: Place, own: Counter, isTurned: (own: number, summed: number) => boolean) =>
      isTurned(Math.abs(strideOf(at, own)), Math.abs(strideOf(at, last))) ? "'" : '';
    return {
      kind: 'product',
      result: this.nameOf(slot),
      batch,
      rows: rows.extent,
      columns: columns.extent,
      summed: summed.map(({ extent }) => extent),
      factors: [
        `${this.nameOf(left.slot)}${turned(left.at, rows, (own, sum) => own < sum)}`,
        `${this.nameOf(right.slot)}${turned(right.at, columns, (own, sum) => own > sum)}`,
      ],
      scale,
      accumulate,
      operations: times * operationsOf([s]),
      bytes: this.touched([s]),
    };
  }

  /** Of each array the places that it is read or written at, each once. */
  private touched(list: readonly Statement[]): number {
    const found = new Map<Slot, Map<string, number>>();
    for (const s of list) {
      for (const [slot, { reads, writes }] of accessOf(s).buffers) {
        const places = found.get(slot) ?? new Map<string, number>();
        found.set(slot, places);
        for (const at of [...reads, ...writes]) places.set(keyOfPlace(at), s.kind === 'call' ? slot.length : entriesAt(at));
      }
    }
    let entries = 0;
    for (const [slot, places] of found)
      entries += Math.min(
        slot.length,
        [...places.values()].reduce((n, own) => n + own, 0),
      );
    return this.size * entries;
  }
}

const total = (list: readonly Planned[], what: keyof Planned): number => list.reduce((n, s) => n + s[what], 0);

const entriesAt = ({ terms }: Place): number => terms.reduce((n, { counter }) => n * counter.extent, 1);

/** Whether a loop has a product or a routine in it. */
const holdsWholes = (s: Statement): boolean =>
  s.kind === 'loop' ? s.body.some(holdsWholes) : s.kind === 'product' || s.kind === 'call';

/** The extents of the loops within one another that run most often. */
function longest(s: Loop): number[] {
  const inner = s.body.filter((part) => part.kind === 'loop').map(longest);
  const volume = (extents: readonly number[]) => extents.reduce((n, extent) => n * extent, 1);
  const most = inner.reduce<number[]>((best, own) => (volume(own) > volume(best) ? own : best), []);
  return [s.counter.extent, ...most];
}

function operationsOf(list: readonly Statement[]): number {
  let count = 0;
  for (const s of list) {
    if (s.kind === 'loop') count += s.counter.extent * operationsOf(s.body);
    else if (s.kind === 'product') count += 2 * [s.rows, s.columns, ...s.summed].reduce((n, c) => n * c.extent, 1);
    else if (s.kind !== 'call') count += s.value.weight + (s.kind !== 'let' && s.accumulate ? 1 : 0);
  }
  return count;
}

/** What the model calls the numbers that statements find, those first that are used no more. */
function locals(list: readonly Statement[]): string[] {
  const names: string[] = [];
  const found = (e: Expression): void => {
    if (e.kind === 'local' && e.label) names.push(e.label.name);
    parts(e).forEach(found);
  };
  for (const s of list) if (s.kind === 'let' && s.value.kind !== 'load') found(s.local);
  return names;
}

/** The model's names; what has none is T1, T2, … */
function namesOf(slots: readonly Slot[]): (slot: Slot) => string {
  const taken = new Set(slots.flatMap(({ label }) => (label ? [label.name] : [])));
  const names = new Map<Slot, string>();
  let last = 0;
  return (slot) => {
    const known = slot.label?.name ?? names.get(slot);
    if (known !== undefined) return known;
    do last++;
    while (taken.has(`T${last}`));
    names.set(slot, `T${last}`);
    return `T${last}`;
  };
}
