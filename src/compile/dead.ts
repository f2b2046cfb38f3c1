import { accessOf } from './access.ts';
import type { Local, Slot } from './expression.ts';
import { loop, type Program, type Statement } from './program.ts';

/** The program without the stores that nothing reads, and without what was computed for them only. */
export function withoutDead(program: Program): Program {
  const { before, compute, commit, after, objective } = program;
  const makers = new Map<Local | Slot, Statement[]>();
  const live = new Set<Statement>();
  const work: Statement[] = [];
  const enliven = (s: Statement) => {
    if (!live.has(s)) {
      live.add(s);
      work.push(s);
    }
  };
  const made = (key: Local | Slot, s: Statement) => {
    const list = makers.get(key);
    if (list) list.push(s);
    else makers.set(key, [s]);
  };
  const enter = (s: Statement): void => {
    if (s.kind === 'loop') s.body.forEach(enter);
    else if (s.kind === 'let' || s.kind === 'assign') made(s.local, s);
    else {
      const slot = s.kind === 'call' ? s.out : s.slot;
      if (slot.role === 'temporary') made(slot, s);
      else enliven(s);
    }
  };
  [before, compute, commit, after].flat().forEach(enter);
  const need = (key: Local | Slot) => {
    makers.get(key)?.forEach(enliven);
    makers.delete(key);
  };
  if (objective?.kind === 'local') need(objective);
  for (let s = work.pop(); s; s = work.pop()) {
    const { buffers, uses } = accessOf(s);
    for (const [slot, { reads }] of buffers) if (reads.length > 0) need(slot);
    for (const local of uses) need(local);
  }
  const kept = (statements: readonly Statement[]): Statement[] =>
    statements.flatMap((s): Statement[] => {
      if (s.kind !== 'loop') return live.has(s) ? [s] : [];
      const body = kept(s.body);
      return body.length > 0 ? [loop(s.counter, body)] : [];
    });
  return { ...program, before: kept(before), compute: kept(compute), commit: kept(commit), after: kept(after) };
}
