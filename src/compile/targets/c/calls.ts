import { GradusError } from '../../../language/diagnostics.ts';
import { isKnown } from '../../bodies.ts';
import { type Expression, parts } from '../../expression.ts';
import { type Intrinsic, shortName } from '../../intrinsic.ts';
import type { Statement } from '../../program.ts';
import type { LaidOut } from '../target.ts';
import { JOINTS, RELATIONS } from './functions.ts';
import { ROUTINES } from './routines.ts';
import { isSpecial } from './special/index.ts';

/**
 * That C can be told all that a program calls.
 * @throws GradusError `unsupported` for a function that C lacks, and that has no body here
 */
export function refuse(made: LaidOut): void {
  const lacks = missing(made);
  if (lacks === undefined) return;
  throw new GradusError('unsupported', `${shortName(lacks)} cannot be printed as C`, {
    hint: 'C has no such function, and gradus has no accurate form of it in functions that C has',
  });
}

/** Every statement of a program, those within loops too. */
export function* statementsOf({ program }: LaidOut): Generator<Statement> {
  const open: Statement[] = [program.before, program.compute, program.commit, program.after].flat().reverse();
  for (let s = open.pop(); s; s = open.pop()) {
    yield s;
    if (s.kind === 'loop') for (let k = s.body.length; k-- > 0; ) open.push(s.body[k]!);
  }
}

/** The functions that statements call, each once. */
export function intrinsicsOf(made: LaidOut): Set<Intrinsic> {
  const found = new Set<Intrinsic>();
  const visit = (e: Expression): void => {
    if (e.kind === 'call') found.add(e.function);
    parts(e).forEach(visit);
  };
  for (const s of statementsOf(made)) if ('value' in s) visit(s.value);
  return found;
}

/**
 * The name of a function that cannot be printed.
 * @param has whether there is one without its body
 */
export function missing(made: LaidOut, has: (name: string) => boolean = () => false): string | undefined {
  for (const f of intrinsicsOf(made)) if (!has(f.name) && !isKnown(f) && !isSpecial(f.name)) return f.name;
  for (const s of statementsOf(made)) if (s.kind === 'call' && !Object.hasOwn(ROUTINES, s.routine.name)) return s.routine.name;
  return undefined;
}

/** What is written in the expression itself. */
export const isInline = ({ name }: Intrinsic): boolean =>
  name === 'where' || name === 'not' || RELATIONS.has(name) || Object.hasOwn(JOINTS, name);
