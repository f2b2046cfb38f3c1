import { addDims, type Dim, multiplyDims, type Shape } from '../graph/dimension.ts';
import { isGivenValues, isNamed, type Node, type Recurrence, type Sum } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import { attempt } from '../language/attempt.ts';
import type { Expr, Subscript } from '../language/tree.ts';
import { type AtStep, atStep, type OverSteps, type SumOverSteps } from './at-step.ts';
import { type Hoist, inPlace, type Lent, type RecurrenceText, type StepPart, type Steps, type Written } from './hoist.ts';
import { indexNames } from './index-form.ts';
import { type Lagged, laggedOf } from './lag-form.ts';
import { dimExpr } from './shapes.ts';
import { type Guarded, type StepRead, Unsaid } from './step-reads.ts';
import { call, indexed, NOWHERE, name, numeralOf, subscripted } from './syntax.ts';

/** The reader that everything around a recurrence is written by. */
interface Around extends Lent {
  /** A reader for a step, which takes what is given as it is written. */
  within(hoist: Hoist, given: (node: Node) => Written | undefined): { read(node: Node): Expr };
}

/** Writes recurrences, what they start their steps from, and what comes back through time. */
export class RecurrenceForm {
  /** The names of recurrences, as arrays with time as their first axis. */
  private readonly timeFirst = new Map<Node, string>();
  private readonly around: Around;

  constructor(around: Around) {
    this.around = around;
  }

  /** h[0] = …; h[t=1:n] = …, the step as an expression of entry t of what it reads. */
  recurrence(node: Recurrence): Written {
    const { previous, body: computed, init, shape, axis, backward } = node;
    const length = shape[axis]!;
    const body = computed().written((n) => this.around.names.has(n) || laggedOf(n) !== undefined);
    const given = this.around.hoist.recur(previous.name.replace(/\[.*/, ''), (own, time) => {
      const before = call(backward ? '+' : '-', name(time), numeralOf(1));
      const leaves = new Map<Node, Expr>([[body.previous, entryAt(name(own), before, 0)]]);
      for (const { variable, source, axis: k } of body.slices) {
        leaves.set(variable, this.entry(source, name(time), k));
      }
      return {
        firstPlace: backward ? dimExpr(addDims(length, 1)) : numeralOf(0),
        first: this.around.full(this.around.get(init), init.shape),
        length: dimExpr(length),
        ...this.step(body.value, time, leaves),
      };
    });
    this.timeFirst.set(node, given);
    return { expr: this.placed(name(given), shape, axis, 0), shape };
  }

  /** An array with time as its first axis, moved along that by some steps, with time at another axis. */
  private placed(timeFirst: Expr, shape: Shape, axis: number, steps: number): Expr {
    if (axis === 0 && steps === 0) return timeFirst;
    const letters = indexNames(shape.length, this.around.hoist.taken);
    const [time, ...rest] = [letters[axis]!, ...letters.filter((_, k) => k !== axis)];
    const at = steps === 0 ? name(time) : call(steps < 0 ? '-' : '+', name(time), numeralOf(Math.abs(steps)));
    const subscripts = shape.map((size, k): Subscript => {
      const index = { name: letters[k]!, from: numeralOf(1), to: dimExpr(size), span: NOWHERE };
      return { kind: 'binder', index, span: NOWHERE };
    });
    const entries = subscripted(timeFirst, [at, ...rest.map((letter) => name(letter))]);
    return this.around.hoist.define(subscripts, entries) ?? entries;
  }

  /** The array of a recurrence with time as its first axis. */
  private sequence(source: Node): Expr {
    const { expr } = this.around.get(source);
    const given = this.timeFirst.get(isGivenValues(source) ? source.value : source);
    return given === undefined || this.around.names.has(source) ? expr : name(given);
  }

  /** A step in entries of time t; what it would repeat, or must say by entries, is defined beside it for each t. */
  private step(value: Node, time: string, leaves: Map<Node, Expr>): Pick<RecurrenceText, 'parts' | 'step'> {
    const parts: StepPart[] = [];
    const now = (part: StepPart): Expr => {
      parts.push(part);
      return entryAt(name(part.name), name(time), 0);
    };
    const inside: Hoist = {
      ...inPlace,
      decimals: this.around.hoist.decimals,
      ...(this.around.hoist.graph && { graph: this.around.hoist.graph }),
      taken: { has: (other) => other === time || this.around.hoist.taken.has(other) },
      define: (subscripts, entries) => now({ name: this.around.hoist.fresh('T'), subscripts, value: entries }),
    };
    const order = topological([value], (n) => n.kind === 'definition' || this.around.names.has(n));
    // What is the same at all times is written outside, where other recurrences can be.
    const moving = dependents(order, leaves.keys());
    const still = new Set(order.filter((node) => !moving.has(node)));
    const given = (node: Node): Written | undefined => {
      const leaf = leaves.get(node);
      if (leaf) return { expr: leaf, shape: node.shape };
      return still.has(node) ? this.around.written(node) : undefined;
    };
    const repeated = this.around.hoist.repeated(value);
    for (const node of order) {
      if (!repeated.has(node) || !moving.has(node) || this.around.names.has(node) || leaves.has(node)) continue;
      const written = this.around.within(inside, given).read(node);
      leaves.set(node, now({ name: this.around.hoist.fresh('s'), subscripts: [], value: written }));
    }
    const step = this.around.within(inside, given).read(value);
    return { parts, step };
  }

  /** Entry t of an array; of what a recurrence starts its steps from, the entry before in its own array. */
  private entry(source: Node, time: Expr, axis: number): Expr {
    const lagged = this.around.names.has(source) ? undefined : laggedOf(source);
    if (lagged?.axis === axis) return this.entryBefore(lagged, time);
    const value = isGivenValues(source) ? source.value : source;
    if (value.kind === 'recurrence' && value.axis === axis) return entryAt(this.sequence(source), time, 0);
    return entryAt(this.around.full(this.around.get(source), source.shape), time, axis);
  }

  /** What runs over time and reads other steps than its own, a sum over time that does, or what is read of one step. */
  atSteps(root: Node): Expr | undefined {
    const { hoist, names } = this.around;
    const found = hoist.graph && atStep(hoist.graph, root, (n) => names.has(n));
    return found && attempt(() => this.ofStep(found), Unsaid);
  }

  private ofStep(found: AtStep): Expr {
    if (found.kind === 'over') return this.overSteps(found);
    const { steady, guarded, reads, beside, time: length } = found;
    const steps = this.stepsOf(length, this.around.hoist.first ?? commonFirst(reads, length));
    const say = (time: string): Expr => {
      const given = new Map([...this.entriesRead(reads, steps.first, time), ...this.givenOver(beside)]);
      const reader = this.stepReader(given, time);
      const terms: Expr[] = steady ? [reader.read(steady)] : [];
      // Where there is no next step nothing comes back from it.
      for (const { where, value } of guarded)
        terms.push(call('where', condition(where, name(time), steps.first, length), reader.read(value), numeralOf(0)));
      return terms.length === 1 ? terms[0]! : call('+', ...terms);
    };
    return this.around.hoist.along(steps, say);
  }

  private overSteps({ value, sums, reads }: OverSteps): Expr {
    return this.stepReader(this.givenOver({ sums, reads }), '').read(value);
  }

  /** What stands for sums over steps, and for what is read at places of its own. */
  private givenOver({ sums, reads }: Omit<OverSteps, 'kind' | 'value'>): Map<Node, Expr> {
    const given = this.entriesRead(reads, 1, '');
    for (const sum of sums) given.set(sum.variable, this.sumOver(sum));
    return given;
  }

  private sumOver({ term, time: length, reads }: SumOverSteps): Expr {
    const { first, letter, ...range } = this.stepsOf(length, commonFirst(reads, length));
    const time = this.around.hoist.time(letter);
    // An index has the range of the axis that it stands on alone.
    const alone = reads.filter((read) => read.steps === 0);
    const isTold = first === 1 && alone.length > 0 && alone.every((r) => r.source.shape[r.axis] === length);
    const reader = this.stepReader(this.entriesRead(reads, first, time), time);
    return indexed('sum', [{ name: time, ...(!isTold && range), span: NOWHERE }], reader.read(term));
  }

  /** The numbers of the steps of a recurrence. */
  private stepsOf(length: Dim, own?: Dim): Steps & { readonly first: Dim } {
    const { steps } = this.around.hoist.graph!;
    const first = own ?? steps.firstOf(length);
    return { first, letter: steps.letterOf(length), from: dimExpr(first), to: dimExpr(addDims(length, addDims(first, -1))) };
  }

  /** @param first the number of the step that is counted as the first one */
  private entriesRead(reads: AtStep['reads'], first: Dim, time: string): Map<Node, Expr> {
    const entries = new Map<Node, Expr>();
    for (const read of reads) {
      const { variable, source, axis } = read;
      const whole = axis === 0 ? this.numbered(source) : this.around.get(source).expr;
      entries.set(variable, entryAt(whole, stepExpr(read, first, time), axis));
    }
    return entries;
  }

  /** What entries are taken of by their own numbers: of h[2:T] those of h. */
  private numbered(source: Node): Expr {
    const whole = this.sequence(source);
    return firstOf(source) !== 1 && whole.kind === 'subscripted' ? whole.target : whole;
  }

  /** @param given what stands for entries, or for sums of some */
  private stepReader(given: ReadonlyMap<Node, Expr>, time: string): { read(node: Node): Expr } {
    const { hoist } = this.around;
    const inside: Hoist = {
      ...inPlace,
      decimals: hoist.decimals,
      ...(hoist.graph && { graph: hoist.graph }),
      lengths: hoist.lengths,
      taken: { has: (other) => other === time || hoist.taken.has(other) },
      define: unsaid,
      along: unsaid,
    };
    return this.around.within(inside, (node) => {
      const expr = given.get(node);
      return expr && { expr, shape: node.shape };
    });
  }

  private entryBefore({ source, backward, steps }: Lagged, time: Expr): Expr {
    const back = addDims(firstOf(source), addDims(-1, backward ? steps : -steps));
    return entryAt(this.numbered(source), further(time, back), 0);
  }

  /** What a recurrence starts its steps from, as an array: H[t] = h[t − 1]. */
  lagged(node: Node): Written | undefined {
    const lagged = laggedOf(node);
    if (!lagged) return undefined;
    if (lagged.axis > 0) {
      const { source, axis, backward, steps } = lagged;
      return { expr: this.placed(this.sequence(source), node.shape, axis, backward ? steps : -steps), shape: node.shape };
    }
    const given = this.around.hoist.along(allOf(node), (time) => this.entryBefore(lagged, name(time)));
    return { expr: given, shape: node.shape };
  }

  /** What arrives and what comes back: δ[t] = dh[t] + M[t + 1]. */
  laggedTerms(node: Sum): Written | undefined {
    if (!node.terms.some((t) => !this.around.names.has(t) && laggedOf(t)?.axis === 0)) return undefined;
    const entries = (time: string) => call('+', ...node.terms.map((t) => this.entry(t, name(time), 0)));
    return { expr: this.around.hoist.along(allOf(node), entries), shape: node.shape };
  }
}

const unsaid = (): never => {
  throw new Unsaid();
};

/** h[t], X[:, t]: entry t along an axis. */
function entryAt(target: Expr, place: Expr, axis: number): Expr {
  const whole = Array.from({ length: axis }, (): Subscript => ({ kind: 'range', from: undefined, to: undefined, span: NOWHERE }));
  return { kind: 'subscripted', target, subscripts: [...whole, { kind: 'at', index: place, span: NOWHERE }], span: NOWHERE };
}

/** The number of the first step of all arrays that run along the steps, where they have one. */
function commonFirst(reads: readonly StepRead[], length: Dim): Dim | undefined {
  const named = reads.filter(({ source, axis }) => axis === 0 && isNamed(source) && source.shape[0] === length);
  const [first, ...more] = new Set(named.map(({ source }) => firstOf(source)));
  return more.length === 0 ? first : undefined;
}

/** The number of an array's first entry. */
const firstOf = (source: Node): Dim => (isNamed(source) ? (source.first ?? 1) : 1);

const allOf = (node: Node): Steps => ({ from: numeralOf(1), to: dimExpr(node.shape[0]!), letter: 't' });

/** t, t + 1, 1. */
function stepExpr({ fixed, steps, source, axis }: StepRead, first: Dim, time: string): Expr {
  const own = axis === 0 ? firstOf(source) : 1;
  if (fixed !== undefined) return dimExpr(addDims(addDims(fixed, steps), addDims(own, -1)));
  return further(name(time), addDims(steps, addDims(own, multiplyDims(-1, first))));
}

/** t + 1, t − 2, t. */
function further(time: Expr, by: Dim): Expr {
  if (by === 0) return time;
  if (typeof by !== 'number') return call('+', time, dimExpr(by));
  return call(by < 0 ? '-' : '+', time, numeralOf(Math.abs(by)));
}

/** Whether there is a step so far after t, or before it; whether t is a certain step. */
function condition(where: Guarded['where'], time: Expr, first: Dim, length: Dim): Expr {
  if ('step' in where) return call('==', time, dimExpr(addDims(where.step, addDims(first, -1))));
  const { steps } = where;
  if (steps < 0) return call('>', time, dimExpr(addDims(first, -1 - steps)));
  return call('<', time, dimExpr(addDims(length, addDims(first, -steps))));
}
