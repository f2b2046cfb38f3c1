import { type Expression, type Local, parts } from './expression.ts';
import type { Machine } from './machine.ts';
import type { Statement } from './program.ts';

/** Whether a program is too long for one function. */
export const isLong = (sections: readonly (readonly Statement[])[], { whole }: Machine): boolean =>
  weightOfAll(sections.flat()) > whole;

export const weightOf = (s: Statement): number =>
  s.kind === 'loop' ? 2 + weightOfAll(s.body) : 'value' in s ? 2 + s.value.weight : 2;

const weightOfAll = (statements: readonly Statement[]): number => statements.reduce((sum, s) => sum + weightOf(s), 0);

/** Runs of statements of about the same weight. An accumulator stays with the statements that assign to it. */
export function partsOf(section: readonly Statement[], machine: Machine): Statement[][] {
  const lastUse = new Map<Local, number>();
  section.forEach((s, at) => {
    visit([s], (local) => lastUse.set(local, at));
  });
  const made: Statement[][] = [];
  let part: Statement[] = [];
  let weight = 0;
  let open = -1;
  section.forEach((s, at) => {
    part.push(s);
    weight += weightOf(s);
    if (s.kind === 'let' && s.variable) open = Math.max(open, lastUse.get(s.local)!);
    if (weight >= machine.part && open <= at) {
      made.push(part);
      part = [];
      weight = 0;
    }
  });
  if (part.length > 0) made.push(part);
  return made;
}

/** The locals that more than one part mentions. */
export function sharedLocals(list: readonly (readonly Statement[])[]): Set<Local> {
  const home = new Map<Local, number>();
  const shared = new Set<Local>();
  list.forEach((part, here) => {
    visit(part, (local) => {
      const first = home.get(local);
      if (first === undefined) home.set(local, here);
      else if (first !== here) shared.add(local);
    });
  });
  return shared;
}

/** Calls back for every mention of a local. */
function visit(statements: readonly Statement[], found: (local: Local) => void): void {
  const inside = (e: Expression): void => {
    if (e.kind === 'local') found(e);
    else for (const part of parts(e)) inside(part);
  };
  for (const s of statements) {
    if (s.kind === 'loop') visit(s.body, found);
    else if ('value' in s) {
      if (s.kind !== 'store') found(s.local);
      inside(s.value);
    }
  }
}
