import { accessOf } from './access.ts';
import { type Expression, type Expressions, type Local, type Place, type Slot, samePlace } from './expression.ts';
import { letLocal, loop, type Program, type Statement, store } from './program.ts';

/** Inside loops, uses a value that was just stored instead of loading it again. */
export function forwarded(program: Program, x: Expressions): Program {
  const section = (statements: readonly Statement[]) =>
    statements.map((s) => (s.kind === 'loop' ? loop(s.counter, block(x, s.body, new Map())) : s));
  return {
    ...program,
    before: section(program.before),
    compute: section(program.compute),
    commit: section(program.commit),
  };
}

/** A value that an element of a buffer holds at one point of the program, or another name of a local. */
interface Fact {
  readonly at?: Place;
  readonly value: Expression;
}

type Facts = Map<Slot | Local, Fact>;

/** The statements with what is known put in. `facts` hold at the beginning, and are kept up to date. */
function block(x: Expressions, statements: readonly Statement[], facts: Facts): Statement[] {
  const made: Statement[] = [];
  for (const s of statements) {
    if (s.kind === 'loop') {
      for (const [slot, { writes }] of accessOf(s).buffers) if (writes.length > 0) facts.delete(slot);
      made.push(loop(s.counter, block(x, s.body, new Map(facts))));
      continue;
    }
    if (s.kind === 'call' || s.kind === 'product') {
      facts.delete(s.kind === 'call' ? s.out : s.slot);
      made.push(s);
      continue;
    }
    const value = known(x, s.value, facts);
    if (s.kind === 'let' && !s.variable && value.kind === 'local') {
      facts.set(s.local, { value });
      continue;
    }
    if (s.kind !== 'store' || s.accumulate) {
      if (s.kind === 'store') facts.delete(s.slot);
      made.push({ ...s, value });
      continue;
    }
    let held = value;
    if (value.kind !== 'local' && value.kind !== 'constant') {
      const local: Local = x.local();
      made.push(letLocal(local, value));
      held = local;
    }
    made.push(store(s.slot, s.at, held));
    // One fact for a buffer: a store elsewhere might have been to the same element.
    facts.set(s.slot, { at: s.at, value: held });
  }
  return made;
}

function known(x: Expressions, e: Expression, facts: Facts): Expression {
  if (facts.size === 0 || e.kind === 'constant') return e;
  if (e.kind === 'local') return facts.get(e)?.value ?? e;
  if (e.kind === 'load') {
    const fact = facts.get(e.slot);
    return fact?.at && samePlace(fact.at, e.at) ? fact.value : e;
  }
  return x.rebuild(e, (part) => known(x, part, facts));
}
