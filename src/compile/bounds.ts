import {
  type Bound,
  type Counter,
  combine,
  type Expression,
  type Expressions,
  type Local,
  type Place,
  parts,
  place,
  rangeOf,
} from './expression.ts';
import type { Counters } from './nest.ts';
import { weightOf } from './parts.ts';
import { type Loop, loop, type Operand, type Program, type Statement } from './program.ts';
import { narrowed } from './running.ts';

/**
 * Splits loops at the bounds that are asked in them: where 0 ≤ c + s·i < n depends on one counter only, each part of its range
 * is a loop of its own that need not ask. What is computed within has no branch then, and can be done several at a time.
 */
export function splitAtBounds(program: Program, x: Expressions, counters: Counters): Program {
  const splitter = new Splitter(x, counters);
  const section = (statements: readonly Statement[]) => splitter.all(statements);
  return {
    ...program,
    before: section(program.before),
    compute: section(program.compute),
    commit: section(program.commit),
    after: section(program.after),
  };
}

/** A range of a counter is cut into so many parts at most. */
const MOST_PARTS = 5;
/** The weight up to which a program may grow by a split. */
const MOST_WEIGHT = 150;

class Splitter {
  private readonly x: Expressions;
  private readonly counters: Counters;

  constructor(x: Expressions, counters: Counters) {
    this.x = x;
    this.counters = counters;
  }

  all(statements: readonly Statement[]): Statement[] {
    return statements.flatMap((s) => (s.kind === 'loop' ? this.loop(s) : [s]));
  }

  /** The parts of a loop, from the outside in: where an outer bound fails an inner one is not asked. */
  private loop(s: Loop): Statement[] {
    const { counter, body } = s;
    const cuts = [...new Set([0, counter.extent, ...cutsOf(s)])].sort((a, b) => a - b);
    if (cuts.length <= 2 || cuts.length > MOST_PARTS + 1 || weightOf(s) * (cuts.length - 1) > MOST_WEIGHT) {
      return [loop(counter, this.all(body))];
    }
    return cuts.slice(1).flatMap((end, k) => {
      const from = cuts[k]!;
      const own = this.counters.at(counter.depth, end - from);
      const at = place(from, end - from === 1 ? [] : [{ counter: own, stride: 1 }]);
      const made = this.all(new Part(this.x, counter, at).statements(body));
      return made.length === 0 || end - from === 1 ? made : [loop(own, made)];
    });
  }
}

/** Where bounds that ask for this counter alone begin and cease to hold. */
function cutsOf({ counter, body }: Loop): number[] {
  const cuts: number[] = [];
  const bound = ({ at: { constant, terms }, extent }: Bound) => {
    if (terms.length !== 1 || terms[0]!.counter !== counter) return;
    const { from, size } = narrowed({ from: 0, size: counter.extent }, constant, terms[0]!.stride, extent);
    if (size > 0) cuts.push(from, from + size);
  };
  const seen = new Set<Expression>();
  const visit = (e: Expression): void => {
    if (seen.has(e)) return;
    seen.add(e);
    if (e.kind === 'guarded') e.bounds.forEach(bound);
    parts(e).forEach(visit);
  };
  const enter = (s: Statement): void => {
    if (s.kind === 'loop') s.body.forEach(enter);
    else if ('value' in s) visit(s.value);
  };
  body.forEach(enter);
  return cuts;
}

/** The body of a loop for a part of its range: the counter is a place, and locals are new. */
class Part {
  private readonly x: Expressions;
  private readonly counter: Counter;
  private readonly at: Place;
  private readonly locals = new Map<Local, Local>();
  private readonly images = new Map<Expression, Expression>();

  constructor(x: Expressions, counter: Counter, at: Place) {
    this.x = x;
    this.counter = counter;
    this.at = at;
  }

  statements(list: readonly Statement[]): Statement[] {
    return list.flatMap((s) => this.statement(s));
  }

  private statement(s: Statement): Statement[] {
    switch (s.kind) {
      case 'loop': {
        const body = this.statements(s.body);
        return body.length > 0 ? [loop(s.counter, body)] : [];
      }
      case 'call':
        return [s];
      case 'product':
        return [{ ...s, left: this.operand(s.left), right: this.operand(s.right), at: this.place(s.at) }];
      case 'let': {
        const value = this.image(s.value);
        const local = this.x.local(s.local.label);
        this.locals.set(s.local, local);
        return [{ ...s, local, value }];
      }
      case 'assign': {
        const value = this.image(s.value);
        return s.accumulate && isZero(value) ? [] : [{ ...s, local: this.locals.get(s.local) ?? s.local, value }];
      }
      case 'store': {
        const value = this.image(s.value);
        return s.accumulate && isZero(value) ? [] : [{ ...s, at: this.place(s.at), value }];
      }
    }
  }

  private operand({ slot, at }: Operand): Operand {
    return { slot, at: this.place(at) };
  }

  private place(p: Place): Place {
    const term = p.terms.find((t) => t.counter === this.counter);
    if (!term) return p;
    return combine([{ ...p, terms: p.terms.filter((t) => t !== term) }, this.at], [1, term.stride]);
  }

  private image(e: Expression): Expression {
    if (e.kind === 'constant') return e;
    if (e.kind === 'local') return this.locals.get(e) ?? e;
    let made = this.images.get(e);
    if (made === undefined) {
      made = this.made(e);
      this.images.set(e, made);
    }
    return made;
  }

  private made(e: Exclude<Expression, { kind: 'constant' | 'local' }>): Expression {
    if (e.kind === 'load') return this.x.load(e.slot, this.place(e.at));
    if (e.kind === 'place') return this.x.place(this.place(e.at));
    if (e.kind === 'guarded') return this.guarded(e.bounds, e.of);
    if (e.kind === 'arithmetic' && (e.symbol === '+' || e.symbol === '-')) {
      const [left, right] = [this.image(e.left), this.image(e.right)];
      if (isZero(right)) return left;
      if (isZero(left)) return e.symbol === '+' ? right : this.x.negate(right);
    }
    return this.x.rebuild(e, (part) => this.image(part));
  }

  /** Bounds that hold all over this part are not asked, and what is asked for nothing is not computed. */
  private guarded(bounds: readonly Bound[], of: Expression): Expression {
    const open: Bound[] = [];
    for (const bound of bounds) {
      const at = this.place(bound.at);
      const [low, high] = rangeOf(at);
      if (high < 0 || low >= bound.extent) return this.x.constant(0);
      if (low < 0 || high >= bound.extent) open.push({ at, extent: bound.extent });
    }
    return this.x.guarded(open, this.image(of));
  }
}

const isZero = (e: Expression): boolean => e.kind === 'constant' && e.value === 0;
