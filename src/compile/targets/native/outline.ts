import { accessOf } from '../../access.ts';
import { type Counter, type Expression, type Local, type Place, parts, places, type Slot } from '../../expression.ts';
import type { Loop, Statement } from '../../program.ts';

/** What a loop needs of what stands around it: the parameters of a function that it becomes. */
export interface Surroundings {
  readonly counters: readonly Counter[];
  /** Locals that it reads only. */
  readonly read: readonly Local[];
  /** Locals of the surroundings that it assigns to. */
  readonly assigned: readonly Local[];
  readonly slots: readonly Slot[];
}

export function surroundingsOf(s: Loop): Surroundings {
  const { buffers, uses, sets } = accessOf(s);
  const own = new Set<Local>();
  const inside = new Set<Counter>();
  const counters = new Set<Counter>();
  const at = (p: Place) => {
    for (const { counter } of p.terms) if (!inside.has(counter)) counters.add(counter);
  };
  const value = (e: Expression): void => {
    places(e).forEach(at);
    parts(e).forEach(value);
  };
  const visit = (one: Statement): void => {
    if (one.kind === 'loop') {
      inside.add(one.counter);
      one.body.forEach(visit);
      inside.delete(one.counter);
    } else if (one.kind === 'product') {
      const bound = [one.rows, one.columns, ...one.summed].filter((counter) => !inside.has(counter));
      for (const counter of bound) inside.add(counter);
      [one.at, one.left.at, one.right.at].forEach(at);
      for (const counter of bound) inside.delete(counter);
    } else if (one.kind !== 'call') {
      if (one.kind === 'let') own.add(one.local);
      if (one.kind === 'store') at(one.at);
      value(one.value);
    }
  };
  visit(s);
  const assigned = [...sets].filter((local) => !own.has(local));
  return {
    counters: [...counters],
    read: [...uses].filter((local) => !own.has(local) && !sets.has(local)),
    assigned,
    slots: [...buffers.keys()],
  };
}

/** A loop that holds no other, and nothing that runs loops of its own. */
export const isInnermost = ({ body }: Loop): boolean =>
  body.every((s) => s.kind === 'let' || s.kind === 'assign' || s.kind === 'store');
