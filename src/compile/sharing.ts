import { accessOf, isApart, isOwned } from './access.ts';
import { type Counter, type Expression, type Local, parts } from './expression.ts';
import type { Loop, Statement } from './program.ts';

/** How several threads share a nest of loops: each runs all of it, but of one counter only some values. */
export interface Shares {
  readonly counter: Counter;
  /** What the nest adds to outside of itself: each thread has a sum of its own, and these are added up in their order. */
  readonly sums: readonly Local[];
}

/** So many values of a counter are shared evenly enough. */
const MANY = 8;

/** @returns undefined where what one thread writes another would touch */
export function sharesOf(nest: Loop): Shares | undefined {
  const possible = [...outermost(nest), ...inner(nest)].filter(({ counter }) => counter.extent > 1);
  const longest = Math.max(...possible.map(({ counter }) => counter.extent));
  return possible.find(({ counter }) => counter.extent >= Math.min(MANY, longest));
}

/** By the loop itself, where its turns have nothing to do with one another but that they add to the same numbers. */
function outermost(nest: Loop): Shares[] {
  const own = new Set<Local>();
  declared(nest.body, own);
  const sums = [...accessOf(nest).sets].filter((local) => !own.has(local));
  return isApart(nest) && sums.every((local) => isAddedTo(local, nest.body)) ? [{ counter: nest.counter, sums }] : [];
}

/** By a loop that is all there is in another one, as of sums over the rows of an array. */
function inner(nest: Loop): Shares[] {
  const found: Shares[] = [];
  for (let body = nest.body; ; ) {
    const loops = body.filter((s): s is Loop => s.kind === 'loop');
    const others = body.filter((s) => s.kind !== 'loop');
    const [first] = loops;
    if (!first || others.some((s) => s.kind !== 'let' || s.variable)) return found;
    if (loops.some(({ counter }) => counter !== first.counter)) return found;
    if (loops.every((loop) => setsOwn(loop)) && isOwnedBy(first.counter, nest)) found.push({ counter: first.counter, sums: [] });
    if (loops.length > 1) return found;
    body = first.body;
  }
}

function setsOwn(loop: Loop): boolean {
  const own = new Set<Local>();
  declared(loop.body, own);
  return [...accessOf(loop).sets].every((local) => own.has(local));
}

/** Whether each element that is written belongs to one value of the counter. */
const isOwnedBy = (counter: Counter, nest: Loop): boolean =>
  [...accessOf(nest).buffers.values()].every((touches) => isOwned(touches, counter));

function declared(statements: readonly Statement[], found: Set<Local>): void {
  for (const s of statements) {
    if (s.kind === 'loop') declared(s.body, found);
    else if (s.kind === 'let') found.add(s.local);
  }
}

/** A local that statements only add to. */
export const isAddedTo = (local: Local, statements: readonly Statement[]): boolean =>
  statements.every((s) => {
    if (s.kind === 'loop') return isAddedTo(local, s.body);
    if (s.kind === 'assign' && s.local === local) return s.accumulate && !mentions(s.value, local);
    return !accessOf(s).uses.has(local) && !accessOf(s).sets.has(local);
  });

const mentions = (e: Expression, local: Local): boolean => e === local || parts(e).some((part) => mentions(part, local));
