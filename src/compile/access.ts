import {
  type Counter,
  type Expression,
  keyOfPlace,
  type Local,
  type Place,
  parts,
  place,
  type Slot,
  strideOf,
} from './expression.ts';
import type { Assign, Call, Let, Loop, Product, Statement, Store } from './program.ts';

/** What a statement reads and writes. */
export interface Access {
  readonly buffers: ReadonlyMap<Slot, Touches>;
  /** Locals that it uses, and those that it makes or assigns. */
  readonly uses: ReadonlySet<Local>;
  readonly sets: ReadonlySet<Local>;
  /** The number of places in all. */
  readonly size: number;
}

/** The places of one buffer. */
interface Touches {
  readonly reads: Place[];
  readonly writes: Place[];
}

const known = new WeakMap<Statement, Access>();

export function accessOf(statement: Statement): Access {
  let access = known.get(statement);
  if (!access) {
    access =
      statement.kind === 'loop'
        ? together(statement.body)
        : statement.kind === 'call'
          ? whole(statement)
          : statement.kind === 'product'
            ? multiplied(statement)
            : collect(statement);
    known.set(statement, access);
  }
  return access;
}

/** A kernel touches all of its buffers: no loop around it can be joined with another that does. */
function whole({ args, out }: Call): Access {
  const start = place(0);
  const buffers = new Map<Slot, Touches>(args.map((slot) => [slot, { reads: [start], writes: [] }]));
  buffers.set(out, { reads: [], writes: [start] });
  return { buffers, uses: new Set(), sets: new Set(), size: args.length + 1 };
}

/** The places have the counters of the loops that it stands for. */
function multiplied({ left, right, slot, at, accumulate }: Product): Access {
  const buffers = new Map<Slot, Touches>();
  for (const [of, where, kind] of [
    [left.slot, left.at, 'reads'],
    [right.slot, right.at, 'reads'],
    [slot, at, 'writes'],
  ] as const) {
    const touches = buffers.get(of) ?? { reads: [], writes: [] };
    buffers.set(of, touches);
    touches[kind].push(where);
  }
  if (accumulate) buffers.get(slot)!.reads.push(at);
  return { buffers, uses: new Set(), sets: new Set(), size: 3 };
}

function collect(statement: Let | Assign | Store): Access {
  const buffers = new Map<Slot, Touches>();
  const uses = new Set<Local>();
  const sets = new Set<Local>();
  let size = 0;
  const touches = (slot: Slot): Touches => {
    let found = buffers.get(slot);
    if (!found) {
      found = { reads: [], writes: [] };
      buffers.set(slot, found);
    }
    size++;
    return found;
  };
  const visit = (e: Expression): void => {
    if (e.kind === 'local') uses.add(e);
    else if (e.kind === 'load') touches(e.slot).reads.push(e.at);
    else for (const part of parts(e)) visit(part);
  };
  visit(statement.value);
  if (statement.kind === 'store') {
    touches(statement.slot).writes.push(statement.at);
    if (statement.accumulate) touches(statement.slot).reads.push(statement.at);
  } else {
    sets.add(statement.local);
    if (statement.kind === 'assign' && statement.accumulate) uses.add(statement.local);
  }
  return { buffers, uses, sets, size };
}

/** The accesses of several statements. */
function together(statements: readonly Statement[]): Access {
  const buffers = new Map<Slot, Touches>();
  const uses = new Set<Local>();
  const sets = new Set<Local>();
  let size = 0;
  for (const access of statements.map(accessOf)) {
    for (const [slot, { reads, writes }] of access.buffers) {
      const found = buffers.get(slot);
      if (found) {
        found.reads.push(...reads);
        found.writes.push(...writes);
      } else buffers.set(slot, { reads: [...reads], writes: [...writes] });
    }
    for (const local of access.uses) uses.add(local);
    for (const local of access.sets) sets.add(local);
    size += access.size;
  }
  return { buffers, uses, sets, size };
}

function meets<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  if (a.size > b.size) return meets(b, a);
  for (const x of a) if (b.has(x)) return true;
  return false;
}

const localsConflict = (a: Access, b: Access): boolean => meets(a.sets, b.uses) || meets(b.sets, a.uses) || meets(a.sets, b.sets);

/** The buffers that both use and one of them writes all satisfy the condition. */
function sharedBuffers(a: Access, b: Access, condition: (x: Touches, y: Touches) => boolean): boolean {
  if (a.buffers.size > b.buffers.size) return sharedBuffers(b, a, condition);
  for (const [slot, x] of a.buffers) {
    const y = b.buffers.get(slot);
    if (y && x.writes.length + y.writes.length > 0 && !condition(x, y)) return false;
  }
  return true;
}

/** Whether two statements may change places. */
export const independent = (a: Access, b: Access): boolean => !localsConflict(a, b) && sharedBuffers(a, b, () => false);

/**
 * Whether `for c: A` and then `for c: B` may become `for c: A B`. Each element of a buffer that one of them writes
 * must belong to one value of c in both: its place moves by the same stride with c, and what the loops inside add
 * stays within that stride.
 */
export function joinable(a: Loop, b: Loop): boolean {
  const first = accessOf(a);
  const second = accessOf(b);
  if (localsConflict(first, second)) return false;
  return sharedBuffers(first, second, (x, y) => {
    const owned = (some: readonly Place[], others: readonly Place[]) =>
      some.every((p) => others.every((q) => sameOwner(p, q, a.counter)));
    return owned(x.writes, [...y.writes, ...y.reads]) && owned(x.reads, y.writes);
  });
}

/** Whether no turn of a loop touches an element that another one writes. */
export const isApart = (loop: Loop): boolean =>
  [...accessOf(loop).buffers.values()].every(
    (touches) =>
      isOwned(touches, loop.counter) ||
      distinct(touches.writes).every((p) =>
        distinct([...touches.writes, ...touches.reads]).every((q) => sameOwner(p, q, loop.counter)),
      ),
  );

/** Whether a buffer is only read, or touched at one place alone, where each element belongs to one value of a counter. */
export function isOwned({ reads, writes }: Touches, counter: Counter): boolean {
  const [first] = writes;
  if (!first) return true;
  if (strideOf(first, counter) === 0 || distinct([...reads, ...writes]).length > 1) return false;
  let reach = 0;
  for (const { counter: moving, stride } of [...first.terms].sort((a, b) => Math.abs(a.stride) - Math.abs(b.stride))) {
    if (Math.abs(stride) <= reach) return false;
    reach += Math.abs(stride) * Math.max(0, moving.extent - 1);
  }
  return true;
}

const distinct = (places: readonly Place[]): Place[] => [...new Map(places.map((p) => [keyOfPlace(p), p])).values()];

function sameOwner(a: Place, b: Place, c: Counter): boolean {
  const stride = strideOf(a, c);
  if (stride === 0 || strideOf(b, c) !== stride) return false;
  const outer = (p: Place) => p.terms.filter((t) => t.counter.depth < c.depth);
  const around = outer(a);
  if (around.length !== outer(b).length || around.some((t) => strideOf(b, t.counter) !== t.stride)) return false;
  const [lowA, highA] = span(a, c);
  const [lowB, highB] = span(b, c);
  return Math.max(highA, highB) - Math.min(lowA, lowB) < Math.abs(stride);
}

/** The least and the greatest of a place's constant and the terms of loops inside c. */
function span(p: Place, c: Counter): [number, number] {
  let low = p.constant;
  let high = p.constant;
  for (const { counter, stride } of p.terms) {
    if (counter.depth <= c.depth) continue;
    const reach = stride * Math.max(0, counter.extent - 1);
    if (reach < 0) low += reach;
    else high += reach;
  }
  return [low, high];
}
