import { accessOf } from './access.ts';
import type { Slot } from './expression.ts';
import type { Program } from './program.ts';

/**
 * Lets temporaries whose lives do not overlap share memory. A life is from the first to the last statement of a step
 * that touches the buffer; what is computed before the first step lives on.
 */
export function pooled(program: Program): Program {
  const steps = [...program.compute, ...program.commit];
  const first = new Map<Slot, number>();
  const last = new Map<Slot, number>();
  steps.forEach((statement, at) => {
    for (const slot of accessOf(statement).buffers.keys()) {
      if (!first.has(slot)) first.set(slot, at);
      last.set(slot, at);
    }
  });
  const early = new Set(program.before.flatMap((statement) => [...accessOf(statement).buffers.keys()]));
  for (const slot of early) first.delete(slot);

  const slots = program.slots.filter((slot) => slot.role !== 'temporary' || early.has(slot));
  const memory = new Map<Slot, Slot>();
  const free: Cell[] = [];
  const ends: Cell[][] = steps.map(() => []);
  const cells: Cell[] = [];
  const births = [...first.keys()].filter((slot) => slot.role === 'temporary').sort((a, b) => first.get(a)! - first.get(b)!);
  let now = 0;
  for (const slot of births) {
    for (; now < first.get(slot)!; now++) free.push(...ends[now]!);
    const cell = take(free, slot.length) ?? { length: 0, tenants: [] };
    if (cell.tenants.length === 0) cells.push(cell);
    cell.length = Math.max(cell.length, slot.length);
    cell.tenants.push(slot);
    ends[last.get(slot)!]!.push(cell);
  }
  cells.forEach((cell, k) => {
    const home: Slot = { id: program.slots.length + k, length: cell.length, role: 'temporary' };
    slots.push(home);
    for (const tenant of cell.tenants) memory.set(tenant, home);
  });
  return { ...program, slots, memory };
}

interface Cell {
  length: number;
  readonly tenants: Slot[];
}

/** The smallest free cell that is long enough, or else the longest, which then grows. */
function take(free: Cell[], length: number): Cell | undefined {
  let best = -1;
  free.forEach((cell, k) => {
    if (best < 0) best = k;
    else {
      const current = free[best]!.length;
      const better = current >= length ? cell.length >= length && cell.length < current : cell.length > current;
      if (better) best = k;
    }
  });
  return best < 0 ? undefined : free.splice(best, 1)[0];
}
