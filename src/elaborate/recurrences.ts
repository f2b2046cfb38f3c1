import { onlyStep, recur, resolve } from '../differentiate/through-time.ts';
import {
  addDims,
  type Dim,
  entryCount,
  multiplyDims,
  rowMajorStrides,
  type Shape,
  sameShape,
  showShape,
} from '../graph/dimension.ts';
import { axes } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node, Variable } from '../graph/node.ts';
import { stacked } from '../graph/views.ts';
import { attempt } from '../language/attempt.ts';
import { GradusError } from '../language/diagnostics.ts';
import { subexpressions } from '../language/parts.ts';
import type { EntryAssignment, Span, Subscripted } from '../language/tree.ts';
import type { Extended } from '../model/model.ts';
import type { Value } from '../operators/builder.ts';
import type { Context } from './context.ts';
import { type IndexRange, subscripting, writtenRange } from './index-range.ts';
import { type GivenEntries, placeBefore, placed, type Run, startsOf, stretched } from './numbered-entries.ts';
import { timeOf, withoutRange } from './step-statements.ts';

/** Definitions by entries that refer to earlier (or, all of them, to later) entries of themselves and of one another. */

/** What a name of a recurrence stands for while the steps are checked. */
export interface Recurring {
  /** The entries `lag` steps before, for all times at once, with time as a free index. */
  readonly before: (lag: number, span: Span) => Value;
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

/** A state: a name that is read at other times, with its last `depth` entries, the newest first. */
interface State {
  readonly name: string;
  readonly depth: number;
  readonly starts: readonly Node[];
  readonly shape: Shape;
}

interface DefinedEntries {
  readonly name: string;
  readonly node: Node;
  readonly extended?: Extended;
  /** What a step computes, over what it starts from and over the values that the recurrence has gone through. */
  readonly computed: readonly [previous: Variable, step: Node, resolved: Node] | undefined;
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
  const states = [...lags].map(([name, own]): State => {
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
    const widest = starts.reduce((a, b) => (b.shape.length > a.shape.length ? b : a));
    return { name, depth, starts, shape: widest.shape };
  });
  const { previous, steps } = checkSteps(g, group, states, time, range, entriesOf);
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
  return finish();

  /** Whether the steps of a state that begins with a shape have it too. */
  function keeps(name: string, shape: Shape): boolean {
    const tried = states.map((s) => (s.name === name ? { ...s, shape } : s));
    const found = attempt(() => checkSteps(g, group, tried, time, range, entriesOf).steps.get(name)!.shape.slice(1));
    return found !== undefined && sameShape(found, shape);
  }

  function finish(): DefinedEntries[] {
    const packing = packed(states);
    const init = stateVector(
      g,
      states.map((s) =>
        history(
          g,
          s.starts.map((n) => stretched(g, n, s.shape)),
          0,
        ),
      ),
      packing,
      0,
    );
    const next = stateVector(
      g,
      states.map((s) => {
        const newest = steps.get(s.name)!;
        const older = Array.from({ length: s.depth - 1 }, (_, k) => entryOf(g, s, previous.parts.get(s.name)!, k));
        return history(g, [newest, ...older], 1);
      }),
      packing,
      1,
    );
    const h = recur(g, previous.variable, init, next, 0, backward);
    if (packing && h.kind === 'through-time' && states.every(({ depth }) => depth === 1)) {
      const { recurrence } = h;
      const named = states.map((s) => {
        const resolved = resolve(g, recurrence, recurrence, steps.get(s.name)!);
        return { name: s.name, test: packTest(g, s, packing), shape: s.shape, resolved };
      });
      g.steps.nameStates(previous.variable, named);
    }
    const parts = separated(g, h, states, packing);
    return group.map(({ name }): DefinedEntries => {
      const state = states.find((s) => s.name === name);
      const step = steps.get(name)!;
      const own = state
        ? entryOf(g, state, parts.get(name)!, 0)
        : h.kind === 'through-time'
          ? resolve(g, h.recurrence, h, step)
          : onlyStep(g, previous.variable, init, step, 0);
      const put = placed(g, own, given.get(name)!, along);
      const told = h.kind === 'through-time' && put.node === own;
      const computed = told ? ([h.recurrence.previous, step, resolve(g, h.recurrence, h.recurrence, step)] as const) : undefined;
      return { name, ...put, computed };
    });
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

/** The variable that the states are carried in, and the steps of every definition over it. */
function checkSteps(
  g: Graph,
  group: readonly EntryAssignment[],
  states: readonly State[],
  time: string,
  range: IndexRange,
  entriesOf: (s: EntryAssignment, recurring: ReadonlyMap<string, Recurring>, time: string, range: IndexRange) => Node,
) {
  const packing = packed(states);
  const [only] = states as [State];
  const variable = g.state(states.map((s) => s.name).join('+'), [range.size, ...(packing ? [packing.length] : pieceShape(only))]);
  const parts = separated(g, variable, states, packing);
  const recurring = new Map<string, Recurring>(
    group.map(({ name }) => {
      const state = states.find((s) => s.name === name);
      const before = (lag: number, span: Span): Value => {
        if (state) return { node: entryOf(g, state, parts.get(name)!, Math.abs(lag) - 1), indices: [time] };
        throw new GradusError('name', `${name} has no earlier entries`, { span });
      };
      return [name, { before, now: undefined }];
    }),
  );
  const steps = new Map<string, Node>();
  for (const s of group) {
    const found = entriesOf(s, recurring, time, range);
    // An array of one number is a number, except along time.
    const node = found.shape.length === 0 ? stacked(g, [found], 0) : found;
    steps.set(s.name, node);
    recurring.get(s.name)!.now = { node, indices: [time] };
  }
  return { previous: { variable, parts }, steps };
}

const pieceShape = (s: State): Shape => (s.depth === 1 ? s.shape : [s.depth, ...s.shape]);

/** Several states lie one after the other in one vector. */
interface Packing {
  readonly length: Dim;
  readonly offsets: ReadonlyMap<string, Dim>;
}

function packed(states: readonly State[]): Packing | undefined {
  if (states.length === 1) return undefined;
  const offsets = new Map<string, Dim>();
  let length: Dim = 0;
  for (const s of states) {
    offsets.set(s.name, length);
    length = addDims(length, entryCount(pieceShape(s)));
  }
  return { length, offsets };
}

/** [k − offset − Σ stride·i = 0], between the vector of all states and the axes of one. */
function packTest(g: Graph, s: State, { length, offsets }: Packing): Node {
  const shape = pieceShape(s);
  const strides = rowMajorStrides(shape).map((stride) => multiplyDims(-1, stride));
  return g.selection([length, ...shape], [1, ...strides], multiplyDims(-1, offsets.get(s.name)!));
}

/** The states' own arrays out of the vector on the last axis. */
function separated(g: Graph, whole: Node, states: readonly State[], packing: Packing | undefined): Map<string, Node> {
  if (!packing) return new Map([[states[0]!.name, whole]]);
  const [size] = whole.shape as [Dim];
  return new Map(
    states.map((s) => {
      const shape = [size, packing.length, ...pieceShape(s)];
      const { result, sizes } = axes(shape);
      const node = g.contract({
        factors: [whole, packTest(g, s, packing)],
        indices: [result.slice(0, 2), result.slice(1)],
        result: [result[0]!, ...result.slice(2)],
        sizes,
      });
      return [s.name, node] as const;
    }),
  );
}

/** The states as one vector on the last axis, after `lead` axes. */
function stateVector(g: Graph, nodes: readonly Node[], packing: Packing | undefined, lead: number): Node {
  if (!packing) return nodes[0]!;
  const names = [...packing.offsets.keys()];
  return g.add(
    nodes.map((node, k) => {
      const piece = node.shape.slice(lead);
      const state: State = { name: names[k]!, depth: 1, starts: [], shape: piece };
      const shape = [...node.shape.slice(0, lead), packing.length, ...piece];
      const { result, sizes } = axes(shape);
      return g.contract({
        factors: [node, packTest(g, state, packing)],
        indices: [[...result.slice(0, lead), ...result.slice(lead + 1)], result.slice(lead)],
        result: result.slice(0, lead + 1),
        sizes,
      });
    }),
  );
}

/** Entry `k` of the newest-first axis that a state of several entries has after time. */
function entryOf(g: Graph, s: State, node: Node, k: number): Node {
  if (s.depth === 1) return node;
  const { result, sizes } = axes(node.shape);
  const test = g.selection([s.depth], [1], -k);
  return g.contract({
    factors: [node, test],
    indices: [result, [result[1]!]],
    result: result.filter((_, axis) => axis !== 1),
    sizes,
  });
}

/** A state's entries at its lags along a new axis, if there are several. */
const history = (g: Graph, nodes: readonly Node[], at: number): Node => (nodes.length === 1 ? nodes[0]! : stacked(g, nodes, at));
