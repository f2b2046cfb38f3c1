import { accessOf } from './access.ts';
import type { Local } from './expression.ts';
import type { Machine } from './machine.ts';
import type { Loop, Statement } from './program.ts';

/** What a loop needs from outside to be a function of its own, and the one number that it gives back. */
export interface Outline {
  /** Numbers that it reads, and that are made outside. */
  readonly reads: readonly Local[];
  /** What is made outside and it adds to. */
  readonly adds: Local | undefined;
}

/** @returns undefined for a loop that is too short, or gives back more than one number */
export function outlineOf(loop: Loop, { apart }: Machine): Outline | undefined {
  if (workOf(loop) < apart) return undefined;
  const { uses, sets } = accessOf(loop);
  const own = new Set<Local>();
  declared(loop.body, own);
  const adds = [...sets].filter((local) => !own.has(local));
  if (adds.length > 1) return undefined;
  return { reads: [...uses].filter((local) => !own.has(local) && local !== adds[0]), adds: adds[0] };
}

const known = new WeakMap<Statement, number>();

/** Operations of one execution. */
export function workOf(s: Statement): number {
  let work = known.get(s);
  if (work === undefined) {
    work =
      s.kind === 'loop'
        ? s.counter.extent * s.body.reduce((sum, inner) => sum + workOf(inner), 1)
        : s.kind === 'product'
          ? [s.rows, s.columns, ...s.summed].reduce((n, { extent }) => n * extent, 2)
          : s.kind === 'call'
            ? s.args.reduce((n, { length }) => n + length, s.out.length)
            : 1 + s.value.weight;
    known.set(s, work);
  }
  return work;
}

function declared(statements: readonly Statement[], found: Set<Local>): void {
  for (const s of statements) {
    if (s.kind === 'loop') declared(s.body, found);
    else if (s.kind === 'let') found.add(s.local);
  }
}
