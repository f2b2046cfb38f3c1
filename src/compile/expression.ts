import type { Definition } from '../graph/node.ts';
import { reciprocal } from '../operators/power.ts';
import type { Intrinsic } from './intrinsic.ts';

/**
 * Scalar expressions of a loop program: what stands to the right of an assignment. Shared like the nodes of the
 * graph: the same content is the same object, and the parts of an expression have smaller ids.
 */
export type Expression = Constant | Local | Load | PlaceNumber | Guarded | Arithmetic | Negation | Call;

interface Base {
  readonly id: number;
  /** Operations in it, written out; a call counts for several. */
  readonly weight: number;
}

export interface Constant extends Base {
  readonly kind: 'constant';
  readonly value: number;
}

/** A number with a name of its own, made by `let`. */
export interface Local extends Base {
  readonly kind: 'local';
  readonly label?: Label;
}

export interface Load extends Base {
  readonly kind: 'load';
  readonly slot: Slot;
  readonly at: Place;
}

/** A place as a number: what an index is in its own expression. */
interface PlaceNumber extends Base {
  readonly kind: 'place';
  readonly at: Place;
}

/** The value where every bound holds, 0 elsewhere; it is not evaluated there. */
interface Guarded extends Base {
  readonly kind: 'guarded';
  readonly bounds: readonly Bound[];
  readonly of: Expression;
}

/** 0 ≤ at < extent. */
export interface Bound {
  readonly at: Place;
  readonly extent: number;
}

export interface Arithmetic extends Base {
  readonly kind: 'arithmetic';
  readonly symbol: Sign;
  readonly left: Expression;
  readonly right: Expression;
}

interface Negation extends Base {
  readonly kind: 'negation';
  readonly of: Expression;
}

export interface Call extends Base {
  readonly kind: 'call';
  readonly function: Intrinsic;
  readonly args: readonly Expression[];
}

export type Sign = '+' | '-' | '*' | '/';

/** A buffer of a program. Temporaries may share memory. */
export interface Slot {
  readonly id: number;
  readonly length: number;
  readonly role: 'input' | 'output' | 'temporary';
  readonly label?: Label;
  /** Without a label, what it is made of, for those who read a printed program. */
  readonly madeOf?: string;
}

/** What the model calls a value: for those who read a printed program. */
export interface Label {
  readonly name: string;
  readonly definition?: Definition;
  readonly shape?: readonly number[];
}

/** A loop's counter, from 0 to below `extent`. Loops of one depth and extent share it, so that they can be joined. */
export interface Counter {
  readonly id: number;
  readonly depth: number;
  readonly extent: number;
}

/** A place in a buffer: constant + Σ stride·counter, counters in order of depth, no stride 0. */
export interface Place {
  readonly constant: number;
  readonly terms: readonly Term[];
}

export interface Term {
  readonly counter: Counter;
  readonly stride: number;
}

/** Σ scale·place. */
export function combine(places: readonly Place[], scales: readonly number[]): Place {
  let constant = 0;
  const strides = new Map<Counter, number>();
  places.forEach((p, k) => {
    constant += p.constant * scales[k]!;
    for (const { counter, stride } of p.terms) strides.set(counter, (strides.get(counter) ?? 0) + stride * scales[k]!);
  });
  const terms = [...strides].map(([counter, stride]) => ({ counter, stride })).filter((t) => t.stride !== 0);
  return { constant, terms: terms.sort((a, b) => a.counter.depth - b.counter.depth) };
}

/** How far a place moves when the counter grows by one. */
export const strideOf = (p: Place, counter: Counter): number => p.terms.find((t) => t.counter === counter)?.stride ?? 0;

/** The least and the greatest place while all counters run. */
export function rangeOf({ constant, terms }: Place): [low: number, high: number] {
  let [low, high] = [constant, constant];
  for (const { counter, stride } of terms) {
    const reach = stride * Math.max(0, counter.extent - 1);
    if (reach < 0) low += reach;
    else high += reach;
  }
  return [low, high];
}

export const place = (constant: number, terms: readonly Term[] = []): Place => ({ constant, terms });

export const keyOfPlace = (p: Place): string =>
  p.terms.reduce((key, t) => `${key}+${t.stride}*${t.counter.id}`, String(p.constant));

export const samePlace = (a: Place, b: Place): boolean => keyOfPlace(a) === keyOfPlace(b);

/** A call is about this many additions. */
const CALL = 8;

/** The one constructor of expressions. Folds what is known and brings signs to where they cost nothing. */
export class Expressions {
  private readonly table = new Map<string, Expression>();
  private created = 0;

  constant(value: number): Constant {
    return this.intern(Object.is(value, -0) ? '#-0' : `#${value}`, () => ({ kind: 'constant', value, weight: 0 }));
  }

  local(label?: Label): Local {
    const id = this.created++;
    return { kind: 'local', id, weight: 0, ...(label && { label }) };
  }

  load(slot: Slot, at: Place): Load {
    return this.intern(`[${slot.id}|${keyOfPlace(at)}`, () => ({ kind: 'load', slot, at, weight: 0 }));
  }

  place(at: Place): Expression {
    if (at.terms.length === 0) return this.constant(at.constant);
    return this.intern(`@${keyOfPlace(at)}`, () => ({ kind: 'place', at, weight: 1 }));
  }

  guarded(bounds: readonly Bound[], of: Expression): Expression {
    const open = bounds.filter(({ at }) => at.terms.length > 0);
    if (bounds.some(({ at, extent }) => at.terms.length === 0 && (at.constant < 0 || at.constant >= extent)))
      return this.constant(0);
    return open.length === 0 ? of : this.guard(open, of);
  }

  private guard(bounds: readonly Bound[], of: Expression): Expression {
    const key = bounds.map(({ at, extent }) => `${keyOfPlace(at)}<${extent}`).join();
    return this.intern(`?${key}:${of.id}`, () => ({ kind: 'guarded', bounds, of, weight: of.weight + bounds.length }));
  }

  add(a: Expression, b: Expression): Expression {
    const negative = opposite(b);
    if (negative) return this.subtract(a, this.signed(negative));
    const first = a.kind === 'negation' ? a.of : undefined;
    if (first) return this.subtract(b, first);
    return this.arithmetic('+', a, b);
  }

  subtract(a: Expression, b: Expression): Expression {
    const negative = opposite(b);
    if (negative) return this.arithmetic('+', a, this.signed(negative));
    return this.arithmetic('-', a, b);
  }

  multiply(a: Expression, b: Expression): Expression {
    if (b.kind === 'constant' && a.kind !== 'constant') return this.multiply(b, a);
    if (a.kind === 'constant' && b.kind !== 'constant') {
      if (a.value === 1) return b;
      if (a.value === -1) return this.negate(b);
      if (b.kind === 'negation') return this.multiply(this.constant(-a.value), b.of);
    }
    if (a.kind === 'negation') return this.negate(this.multiply(a.of, b));
    if (b.kind === 'negation') return this.negate(this.multiply(a, b.of));
    // a·(1/b) is one division; (1/a)·b too.
    if (isReciprocal(b)) return this.divide(a, b.right);
    if (isReciprocal(a)) return this.divide(b, a.right);
    return this.arithmetic('*', a, b);
  }

  divide(a: Expression, b: Expression): Expression {
    return b.kind === 'constant' && b.value === 1 ? a : this.arithmetic('/', a, b);
  }

  negate(a: Expression): Expression {
    if (a.kind === 'negation') return a.of;
    if (a.kind === 'constant') return this.constant(-a.value);
    if (a.kind === 'arithmetic' && a.symbol === '*' && a.left.kind === 'constant') {
      return this.arithmetic('*', this.constant(-a.left.value), a.right);
    }
    return this.intern(`~${a.id}`, () => ({ kind: 'negation', of: a, weight: a.weight + 1 }));
  }

  call(f: Intrinsic, args: readonly Expression[]): Expression {
    if (f === reciprocal) return this.divide(this.constant(1), args[0]!);
    if (args.every((a) => a.kind === 'constant')) return this.constant(f.kernel(...args.map((a) => a.value)));
    return this.called(f, args);
  }

  /** The same expression of other parts, without folding anew. */
  rebuild(e: Expression, image: (part: Expression) => Expression): Expression {
    switch (e.kind) {
      case 'arithmetic':
        return this.arithmetic(e.symbol, image(e.left), image(e.right));
      case 'negation': {
        const of = image(e.of);
        return this.intern(`~${of.id}`, () => ({ kind: 'negation', of, weight: of.weight + 1 }));
      }
      case 'call':
        return this.called(e.function, e.args.map(image));
      case 'guarded':
        return this.guard(e.bounds, image(e.of));
      default:
        return e;
    }
  }

  private called(f: Intrinsic, args: readonly Expression[]): Expression {
    const weight = args.reduce((sum, a) => sum + a.weight, CALL);
    return this.intern(`${f.name}(${args.map((a) => a.id).join()}`, () => ({ kind: 'call', function: f, args, weight }));
  }

  private arithmetic(symbol: Sign, left: Expression, right: Expression): Expression {
    if (left.kind === 'constant' && right.kind === 'constant') return this.constant(COMPUTE[symbol](left.value, right.value));
    const weight = left.weight + right.weight + 1;
    return this.intern(`${left.id}${symbol}${right.id}`, () => ({ kind: 'arithmetic', symbol, left, right, weight }));
  }

  private signed(x: Opposite): Expression {
    return x.factor === 1 ? x.of : this.multiply(this.constant(x.factor), x.of);
  }

  private intern<E extends Expression>(key: string, content: () => Omit<E, 'id'>): E {
    const known = this.table.get(key);
    if (known) return known as E;
    const made = { ...content(), id: this.created++ } as E;
    this.table.set(key, made);
    return made;
  }
}

export const COMPUTE: Record<Sign, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

interface Opposite {
  readonly factor: number;
  readonly of: Expression;
}

/** −x as something positive, where x is written with a minus. */
function opposite(x: Expression): Opposite | undefined {
  if (x.kind === 'negation') return { factor: 1, of: x.of };
  if (x.kind !== 'arithmetic' || x.symbol !== '*' || x.left.kind !== 'constant' || !(x.left.value < 0)) return undefined;
  return { factor: -x.left.value, of: x.right };
}

const isReciprocal = (x: Expression): x is Arithmetic =>
  x.kind === 'arithmetic' && x.symbol === '/' && x.left.kind === 'constant' && x.left.value === 1;

/** The parts that an expression is made of. */
export function parts(x: Expression): readonly Expression[] {
  switch (x.kind) {
    case 'arithmetic':
      return [x.left, x.right];
    case 'negation':
    case 'guarded':
      return [x.of];
    case 'call':
      return x.args;
    default:
      return NONE;
  }
}

const NONE: readonly Expression[] = [];

/** The places that an expression itself speaks of. */
export function places(x: Expression): readonly Place[] {
  if (x.kind === 'load' || x.kind === 'place') return [x.at];
  return x.kind === 'guarded' ? x.bounds.map((b) => b.at) : [];
}
