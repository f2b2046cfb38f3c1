import type { Expression, Local } from '../../expression.ts';
import { parts } from '../../expression.ts';
import type { Loop, Statement } from '../../program.ts';

/** How a section becomes functions: one for each nest of loops, so that each is compiled, and made fast, on its own. */
export type Outline = readonly (Unit | Frame)[];

/** Statements that are one function. */
export interface Unit {
  readonly kind: 'unit';
  readonly statements: readonly Statement[];
}

/** A loop whose body is too long for that: it calls the functions of its parts. */
interface Frame {
  readonly kind: 'frame';
  readonly loop: Loop;
  readonly parts: Outline;
}

/** The weight beyond which a loop is no function of its own, and that of statements that stand together in one. */
const LONG = 400;
const TOGETHER = 600;

/** The work of a turn beyond which what it calls costs nothing: a function is made fast only when it is called again. */
const MUCH = 4000;

/** @param apart whether a statement within some loops is a function of its own in any case */
export function outlined(
  section: readonly Statement[],
  apart: (s: Statement, around: readonly Loop[]) => boolean,
  around: readonly Loop[] = [],
): Outline {
  const made: (Unit | Frame)[] = [];
  let plain: Statement[] = [];
  let weight = 0;
  const close = () => {
    if (plain.length > 0) made.push({ kind: 'unit', statements: plain });
    plain = [];
    weight = 0;
  };
  for (const s of section) {
    if (apart(s, around)) {
      close();
      made.push({ kind: 'unit', statements: [s] });
      continue;
    }
    if (s.kind === 'loop') {
      close();
      if (s.body.length > 1 && (weightOf(s) > LONG || s.body.reduce((sum, inner) => sum + workOf(inner), 0) > MUCH))
        made.push({ kind: 'frame', loop: s, parts: outlined(s.body, apart, [...around, s]) });
      else made.push({ kind: 'unit', statements: [s] });
      continue;
    }
    plain.push(s);
    weight += weightOf(s);
    if (weight > TOGETHER) close();
  }
  close();
  return made;
}

function weightOf(s: Statement): number {
  if (s.kind === 'loop') return s.body.reduce((sum, inner) => sum + weightOf(inner), 2);
  return 'value' in s ? 2 + s.value.weight : 8;
}

/** Operations of all its turns. */
function workOf(s: Statement): number {
  if (s.kind === 'loop') return s.counter.extent * s.body.reduce((sum, inner) => sum + workOf(inner), 0);
  if (s.kind === 'product') return s.summed.reduce((n, c) => n * c.extent, s.rows.extent * s.columns.extent);
  return 'value' in s ? 1 + s.value.weight : 1;
}

/** The locals that more than one function mentions. */
export function sharedAmong(outlines: readonly Outline[]): Set<Local> {
  const home = new Map<Local, Unit>();
  const shared = new Set<Local>();
  const visit = (outline: Outline): void => {
    for (const part of outline) {
      if (part.kind === 'frame') visit(part.parts);
      else {
        for (const local of mentioned(part.statements)) {
          const first = home.get(local);
          if (first === undefined) home.set(local, part);
          else if (first !== part) shared.add(local);
        }
      }
    }
  };
  outlines.forEach(visit);
  return shared;
}

/** The locals of statements, those that they make and those that they use. */
export function mentioned(statements: readonly Statement[]): Set<Local> {
  const found = new Set<Local>();
  const inside = (e: Expression): void => {
    if (e.kind === 'local') found.add(e);
    else for (const part of parts(e)) inside(part);
  };
  const visit = (s: Statement): void => {
    if (s.kind === 'loop') s.body.forEach(visit);
    else if ('value' in s) {
      if (s.kind !== 'store') found.add(s.local);
      inside(s.value);
    }
  };
  statements.forEach(visit);
  return found;
}
