import { type Access, accessOf, independent, joinable } from './access.ts';
import type { Machine } from './machine.ts';
import { type Loop, loop, type Program, type Statement } from './program.ts';

/**
 * Joins loops that run over the same extent, so that an array is used while it is still at hand. A loop moves up to
 * an earlier one if nothing between depends on it; short statements that it needs move along.
 */
export const fused = (program: Program, machine: Machine): Program => ({
  ...program,
  before: fuse(program.before, machine),
  compute: fuse(program.compute, machine),
  commit: fuse(program.commit, machine),
});

/** How far back a partner is looked for. Like what a joined loop may touch, it keeps the cost linear. */
const WINDOW = 12;

function fuse(statements: readonly Statement[], machine: Machine): Statement[] {
  const made: Statement[] = [];
  for (const statement of statements) {
    if (statement.kind !== 'loop' || !joined(made, statement, machine)) made.push(statement);
  }
  return made.map((s) => (s.kind === 'loop' ? loop(s.counter, fuse(s.body, machine)) : s));
}

/** Joins the loop to an earlier one of `made`, if it can. */
function joined(made: Statement[], late: Loop, { touched }: Machine): boolean {
  const own = accessOf(late);
  for (let at = made.length - 1; at >= Math.max(0, made.length - WINDOW); at--) {
    const early = made[at]!;
    if (early.kind !== 'loop' || early.counter !== late.counter) continue;
    if (accessOf(early).size + own.size > touched || !joinable(early, late)) continue;
    const between = made.slice(at + 1);
    const { needed, rest } = divided(between, own);
    // What the loop needs must come before the earlier loop, and so must not need anything that stays behind.
    if (!needed.every((s) => s.kind === 'let' && independent(accessOf(s), accessOf(early)))) continue;
    made.splice(at, made.length - at, ...needed, loop(early.counter, [...early.body, ...late.body]), ...rest);
    return true;
  }
  return false;
}

/** The statements on which the later one depends, directly or through one another, and the others. */
function divided(between: readonly Statement[], later: Access): { needed: Statement[]; rest: Statement[] } {
  const needed: Statement[] = [];
  const rest: Statement[] = [];
  for (let k = between.length - 1; k >= 0; k--) {
    const statement = between[k]!;
    const access = accessOf(statement);
    const wanted = !independent(access, later) || needed.some((n) => !independent(access, accessOf(n)));
    (wanted ? needed : rest).unshift(statement);
  }
  return { needed, rest };
}
