import { expandDerivatives } from '../differentiate/derivative-node.ts';
import { recur } from '../differentiate/through-time.ts';
import { type Shape, sameShape, showShape } from '../graph/dimension.ts';
import type { Graph } from '../graph/graph.ts';
import { type CarriedState, stateOf } from '../graph/named-steps.ts';
import type { Definition, Node, Variable } from '../graph/node.ts';
import { onlyStep, resolve } from '../graph/resolved.ts';
import { stacked } from '../graph/views.ts';
import { attempt } from '../language/attempt.ts';
import { GradusError } from '../language/diagnostics.ts';
import { subexpressions } from '../language/parts.ts';
import type { EntryAssignment, Span, Subscripted } from '../language/tree.ts';
import type { Extended } from '../model/model.ts';
import type { Value } from '../operators/builder.ts';
import { type Carrying, carryingOf, type State, stateVector } from './carried-states.ts';
import type { Context } from './context.ts';
import { type IndexRange, subscripting, writtenRange } from './index-range.ts';
import { type GivenEntries, placeBefore, placed, type Run, startsOf, stretched } from './numbered-entries.ts';
import { timeOf, withoutRange } from './step-statements.ts';

/** Definitions by entries that refer to earlier (or, all of them, to later) entries of themselves and of one another. */

/** What a name of a recurrence stands for while the steps are checked. */
export interface Recurring {
  /** The entries `lag` steps before, for all times at once, with time as a free index. */
  readonly before: (lag: number, span: Span) => Value;
  /** What all names of the recurrence carry along. */
  readonly carried: Variable;
  /** The entries of this step, once they are defined. */
  now: Value | undefined;
}

/** `h[t-1]` within a recurrence: the value with time among its free indices, and the subscripts that are left. */
export function recurringEntry(expr: Subscripted, recurring: Recurring, time: string, context: Context): Value {
  const [first] = expr.subscripts;
  const place = first?.kind === 'at' ? subscripting(first.index, context) : undefined;
  if (place?.scales.size !== 1 || place.scales.get(time) !== 1 || typeof place.constant !== 'number') {
    throw new GradusError('unsupported', `within its recurrence an entry is read as [${time}-1], some steps before`, {
      span: expr.span,
    });
  }
  if (place.constant !== 0) return recurring.before(-place.constant, expr.span);
  if (recurring.now) return recurring.now;
  throw new GradusError('name', 'this entry is not defined yet at this step', {
    span: expr.span,
    hint: 'put the definition that gives it before this one',
  });
}

/** How far back each name of a group is read: positive lags run forward, negative ones backward. */
function lagsOf(group: readonly EntryAssignment[], time: string, context: Context): Map<string, number[]> {
  const lags = new Map<string, number[]>();
  const names = new Set(group.map((s) => s.name));
  const known = { ...context, indices: new Map([[time, undefined]]) };
  for (const expr of subexpressions(group.map((s) => s.value))) {
    if (expr.kind !== 'subscripted' || expr.target.kind !== 'name' || !names.has(expr.target.name)) continue;
    const { name } = expr.target;
    const [first] = expr.subscripts;
    const place = first?.kind === 'at' ? subscripting(first.index, known) : undefined;
    if (typeof place?.constant === 'number' && place.constant !== 0) lags.set(name, [...(lags.get(name) ?? []), -place.constant]);
  }
  return lags;
}

interface DefinedEntries {
  readonly name: string;
  readonly node: Node;
  readonly extended?: Extended;
  /** What a step computes, over what it starts from and over the values that the recurrence has gone through. */
  readonly computed: readonly [previous: Variable, step: Node, resolved: Node] | undefined;
  /** What steps make of the array, where it has other entries too. */
  readonly part?: Definition;
}

/** A group of definitions and what their steps are. */
interface Stepped {
  readonly group: readonly EntryAssignment[];
  readonly time: string;
  readonly along: Run;
  /** What is given for entries that the steps start from, by name, the nearest first. */
  readonly given: ReadonlyMap<string, readonly Node[]>;
  readonly states: readonly State[];
  readonly carrying: Carrying;
  readonly steps: ReadonlyMap<string, Node>;
}

/**
 * The arrays that a group of recurrent definitions gives.
 * @param firstEntries what is given for single entries, by name and place
 * @param entriesOf checks one definition, time as the first axis of the result
 */
export function defineRecurrence(
  group: readonly EntryAssignment[],
  firstEntries: ReadonlyMap<string, GivenEntries>,
  context: Context,
  entriesOf: (s: EntryAssignment, recurring: ReadonlyMap<string, Recurring>, time: string, range: IndexRange) => Node,
): DefinedEntries[] {
  const g = context.builder.graph;
  const { name: time, range, backward, lags } = plan(group, context);
  const along: Run = { range, backward };
  const given = new Map(group.map((s) => [s.name, startsOf(s, firstEntries.get(s.name) ?? new Map(), along)]));
  const states = statesOf(group, lags, given, along);
  const stepsOver = (carried: readonly State[]) => checkSteps(g, group, carried, time, range, entriesOf);
  const { carrying, steps } = stepsOver(states);
  refuseOtherShapes(group, states, steps, (tried) => stepsOver(tried).steps);
  return arraysOf(g, { group, time, along, given, states, carrying, steps });
}

/**
 * What is carried of each name that is read at other times, as many entries as it is read back.
 * @throws GradusError `name` where fewer entries are given
 */
function statesOf(
  group: readonly EntryAssignment[],
  lags: ReadonlyMap<string, readonly number[]>,
  given: Stepped['given'],
  along: Run,
): State[] {
  return [...lags].flatMap(([name, own]): State[] => {
    const depth = Math.max(...own.map(Math.abs));
    const all = given.get(name)!;
    if (all.length < depth) {
      const place = placeBefore(all.length, along);
      throw new GradusError('name', `${name}[${place}] is not given: the recurrence needs a first entry`, {
        span: group.find((s) => s.name === name)!.at,
        hint: `write it before: ${name}[${place}] = …`,
      });
    }
    const starts = all.slice(0, depth);
    const { shape } = starts.reduce((widest, n) => (n.shape.length > widest.shape.length ? n : widest));
    return starts.map((start, k) => ({ name, steps: k + 1, start, shape }));
  });
}

/**
 * @param stepsOver the steps where states have other shapes
 * @throws GradusError `shape` for a step that gives another shape than it starts from
 */
function refuseOtherShapes(
  group: readonly EntryAssignment[],
  states: readonly State[],
  steps: Stepped['steps'],
  stepsOver: (states: readonly State[]) => Stepped['steps'],
): void {
  /** Whether the steps of a state that begins with a shape have it too. */
  const keeps = (name: string, shape: Shape): boolean => {
    const tried = states.map((s) => (s.name === name ? { ...s, shape } : s));
    const found = attempt(() => stepsOver(tried).get(name)!.shape.slice(1));
    return found !== undefined && sameShape(found, shape);
  };
  for (const { name, shape } of states) {
    const found = steps.get(name)!.shape.slice(1);
    if (sameShape(found, shape)) continue;
    // A number times a matrix is a matrix, where a vector was meant: what is proposed must be what its steps give.
    const wanted = shape.length === 0 ? [found.slice(0, 1), found].find((other) => keeps(name, other)) : undefined;
    throw new GradusError('shape', `the steps of ${name} change its shape`, {
      span: group.find((s) => s.name === name)!.at,
      note: `the first entry is ${showShape(shape)}, a step gives ${showShape(found)}`,
      ...(wanted && { hint: `a first entry of zeros is written zeros(${wanted.join(', ')})` }),
    });
  }
}

/** The recurrence of all that is carried; its steps get the names of the states. */
function recurrenceOf(g: Graph, { time, along, states, carrying, steps }: Stepped) {
  const { previous, slots } = carrying;
  const carried = states.map((s, k): CarriedState => ({ ...s, ...slots[k]!, init: stretched(g, s.start, s.shape) }));
  const inits = carried.map((s) => s.init);
  const init = stateVector(g, inits, slots, 0);
  // What was one step before is two steps before in the next one.
  const stepOf = (name: string): Node => (states.length > 1 ? inOnePiece(g, steps.get(name)!) : steps.get(name)!);
  const moved = states.map(({ name, steps: far }, k) => (far === 1 ? stepOf(name) : slots[k - 1]!.before));
  g.steps.nameStates(previous, carried, init);
  g.steps.countBy(along.range.size, time);
  const h = recur(g, previous, init, stateVector(g, moved, slots, 1), 0, along.backward);
  if (h.kind === 'recurrence') {
    refuseMixed(g, h);
    const resolved = (s: CarriedState): CarriedState =>
      s.steps === 1 ? { ...s, resolved: resolve(g, h, g.given(h), steps.get(s.name)!) } : s;
    g.steps.nameStates(previous, carried.map(resolved), init);
  }
  return { h, init, carried };
}

function arraysOf(g: Graph, stepped: Stepped): DefinedEntries[] {
  const { group, along, given, carrying, steps } = stepped;
  const { h, init, carried } = recurrenceOf(g, stepped);
  const placedOf = (name: string, own: Node) => placed(g, own, given.get(name)!, along);
  const newest = carried.filter((s) => s.steps === 1).map((s) => ofState(s.name, stateOf(g, h, s)));
  // What is made of the states of a step says their names.
  const named = (values: Node): Node => newest.find((s) => s.values === values)?.named ?? values;
  return group.map(({ name }): DefinedEntries => {
    const state = newest.find((s) => s.name === name);
    const step = steps.get(name)!;
    const own = state
      ? state.own
      : h.kind === 'recurrence'
        ? resolve(g, h, h, step, named)
        : onlyStep(g, carrying.previous, init, step, 0);
    // What reads entries that lie outside of the array reads the others by its name.
    const called = state?.named ?? own;
    const all = placedOf(name, called);
    const put = { ...all, node: all.node === called ? own : all.node };
    if (h.kind !== 'recurrence' || (put.node !== own && !state?.part)) return { name, ...put, computed: undefined };
    const computed = [h.previous, step, resolve(g, h, g.given(h), step)] as const;
    return { name, ...put, computed, ...(state?.part && { part: state.part }) };
  });

  /** The values of a state: all that its name has, or those that steps make, with others that are given beside them. */
  function ofState(name: string, values: Node) {
    if (placedOf(name, values).node === values)
      return { name, values, own: values, named: g.define(name, values, { passing: true }) };
    const { from } = along.range;
    const isCounted = h.kind === 'recurrence' && from !== 1;
    const part = isCounted ? g.define(name, values, { first: from, part: true }) : undefined;
    return { name, values, own: part ?? values, named: part ?? values, ...(part && { part }) };
  }
}

function plan(group: readonly EntryAssignment[], context: Context) {
  const [head] = group as [EntryAssignment];
  const binder = timeOf(head);
  const range = binder && writtenRange(binder, context);
  if (!range) throw withoutRange(head);
  const { name } = binder;
  for (const s of group) {
    const own = timeOf(s);
    const other = own && writtenRange(own, context);
    if (own?.name !== name || other?.from !== range.from || other.size !== range.size) {
      throw new GradusError('unsupported', 'definitions that refer to one another run over one index and one range', {
        span: s.subscripts[0]?.span ?? s.span,
        hint: `here over ${name}`,
      });
    }
  }
  const lags = lagsOf(group, name, context);
  const all = [...lags.values()].flat();
  const backward = all.some((lag) => lag < 0);
  if (backward && all.some((lag) => lag > 0)) {
    throw new GradusError('unsupported', 'a recurrence refers to earlier entries or to later ones, not to both', {
      span: head.span,
    });
  }
  return { name, range, backward, lags };
}

/** @throws GradusError `unsupported` if a step mixes different times of what it starts from */
function refuseMixed(g: Graph, recurrence: Node): void {
  const expanded = expandDerivatives(g, recurrence);
  if (expanded.kind === 'recurrence') expanded.body();
}

/** The variable that the states are carried in, and the steps of every definition over it. */
function checkSteps(
  g: Graph,
  group: readonly EntryAssignment[],
  states: readonly State[],
  time: string,
  range: IndexRange,
  entriesOf: (s: EntryAssignment, recurring: ReadonlyMap<string, Recurring>, time: string, range: IndexRange) => Node,
) {
  const carrying = carryingOf(g, states, range.size);
  const recurring = new Map<string, Recurring>(
    group.map(({ name }) => {
      const before = (lag: number, span: Span): Value => {
        const slot = states.findIndex((s) => s.name === name && s.steps === Math.abs(lag));
        if (slot >= 0) return { node: carrying.slots[slot]!.before, indices: [time] };
        throw new GradusError('name', `${name} has no earlier entries`, { span });
      };
      return [name, { before, carried: carrying.previous, now: undefined }];
    }),
  );
  const steps = new Map<string, Node>();
  for (const s of group) {
    const found = entriesOf(s, recurring, time, range);
    // An array of one number is a number, except along time.
    const node = found.shape.length === 0 ? stacked(g, [found], 0) : found;
    steps.set(s.name, node);
    // What reads it in the same step reads it whole: w + v has v as a term, not what v is made of.
    recurring.get(s.name)!.now = { node: inOnePiece(g, node), indices: [time] };
  }
  return { carrying, steps };
}

/** A node that is not merged with what reads it. */
const inOnePiece = (g: Graph, node: Node): Node => (node.kind === 'sum' || node.kind === 'contraction' ? g.hold(node) : node);
