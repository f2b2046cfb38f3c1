import { type ArrayApply, type Contraction, type Node, UNIT, type Variable } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import type { ArrayOperator } from '../operators/array.ts';
import { splitAtBounds } from './bounds.ts';
import { cellLoops } from './cells.ts';
import { withoutDead } from './dead.ts';
import { lengthOf } from './executable.ts';
import { combine, Expressions, type Local, type Place, place, type Slot, strideOf } from './expression.ts';
import { Formulas, type Home, isSlot } from './formula.ts';
import { forwarded } from './forward.ts';
import { fused } from './fuse.ts';
import type { Machine } from './machine.ts';
import { madeOf } from './made-of.ts';
import { pooled } from './memory.ts';
import { Counters, Nest } from './nest.ts';
import { letLocal, loop, type Program, type Statement } from './program.ts';
import { Reductions } from './reduce.ts';
import { ORIGIN, rowMajor, rowStrides } from './row-major.ts';
import { isDiagonal, isFolded, plain, type Schedule, schedule, sizeOfNode } from './schedule.ts';
import { inPlace, type Task } from './task.ts';
import { isTimeLoop, type TimeLoop } from './time-loop.ts';

/** The program of a task as loops: a nest for each kept node, parts before wholes; then joined, and freed of detours and bounds. */
export function looped(task: Task, machine: Machine): Program {
  const loops = new Loops(task, machine);
  const joined = fused(loops.program(), machine);
  // What is stored in single precision is rounded, and a value that is used again has to be the stored one: a maximum is one of its entries.
  const program = withoutDead(task.precision === 'f32' ? joined : forwarded(joined, loops.x));
  // Within bounds a choice is made, and what only the other one read is computed no more.
  return pooled(withoutDead(splitAtBounds(program, loops.x, loops.counters)));
}

class Loops {
  readonly x = new Expressions();
  private readonly task: Task;
  private readonly machine: Machine;
  counters: Counters;
  private readonly homes = new Map<Node, Home>();
  /** Reductions that are added to others where these lie. */
  private readonly added = new Set<Node>();
  private readonly formulas = new Formulas(this.x, this.homes, this.added);
  private reductions: Reductions;
  private readonly slots: Slot[];
  private readonly updated: ReadonlySet<Slot>;

  constructor(task: Task, machine: Machine) {
    this.task = task;
    this.machine = machine;
    this.counters = new Counters();
    this.reductions = new Reductions(this.x, this.counters, this.formulas, machine);
    this.updated = new Set(task.updates.map((u) => u.slot));
    this.slots = [...task.inputs.values(), ...task.outputs.map((o) => o.slot)];
  }

  program(): Program {
    const { task } = this;
    const outputs = task.outputs.map((o) => o.node);
    const news = task.updates.map((u) => u.node);
    const order = topological([...outputs, ...news]);
    const varying = this.varying(order);
    const { kept, isKept, apart, added } = this.planned(outputs, news, varying);
    const before: Statement[] = [];
    const compute: Statement[] = [];
    const commit: Statement[] = [];
    for (const node of order) if (node.kind === 'variable') this.settle(node, varying.has(node) ? compute : before);
    for (const { node, slot } of task.outputs) {
      const home = plain(node);
      if (isKept(home) && sizeOfNode(home) > 1 && !this.homes.has(home)) this.homes.set(home, slot);
    }
    this.keepAll({ kept, added }, (node) => (varying.has(node) ? compute : before));
    for (const { node, slot } of task.outputs) {
      if (this.homes.get(plain(node)) !== slot) compute.push(...this.copy(slot, node));
    }
    for (const { node, slot } of task.updates) {
      const source = plain(node);
      // A variable that takes the old value of another one.
      if (source.kind === 'variable' && sizeOfNode(source) > 1 && apart.has(node)) {
        const old = this.temporary(slot.length);
        compute.push(...this.copy(old, source));
        commit.push(...this.copy(slot, source, old));
      } else commit.push(...this.copy(slot, node));
    }
    const first = task.outputs[0];
    const objective = first && first.slot.length === 1 ? this.x.load(first.slot, ORIGIN) : undefined;
    return { slots: this.slots, before, compute, commit, after: [], objective };
  }

  /**
   * What to keep. The value of an update that reads what another one changes is kept too, computed apart before any
   * of them is committed; since that changes what else is kept, the question is asked again.
   */
  private planned(
    outputs: readonly Node[],
    news: readonly Node[],
    varying: ReadonlySet<Node>,
  ): Schedule & { apart: ReadonlySet<Node> } {
    const apart = new Set<Node>();
    const together = (a: Node, b: Node) => varying.has(a) === varying.has(b);
    for (;;) {
      const plan = schedule([...outputs, ...apart], news, this.machine, undefined, together);
      const before = apart.size;
      for (const update of this.task.updates) {
        if (!inPlace(update, this.task.inputs, this.updated, plan.isKept)) apart.add(update.node);
      }
      if (apart.size === before) return { ...plan, apart };
    }
  }

  /** What may change from step to step: everything, where nothing is updated. */
  private varying(order: readonly Node[]): ReadonlySet<Node> {
    if (this.task.updates.length === 0) return new Set(order);
    const sources = order.filter((node) => node.kind === 'variable' && this.updated.has(this.task.inputs.get(node.name)!));
    return dependents(order, sources);
  }

  /** Scalars are read once into a local. */
  private settle(variable: Variable, section: Statement[]): void {
    const slot = this.task.inputs.get(variable.name)!;
    if (slot.length !== 1) {
      this.homes.set(variable, slot);
      return;
    }
    const local = this.x.local(slot.label);
    section.push(letLocal(local, this.x.load(slot, ORIGIN)));
    this.homes.set(variable, local);
  }

  /** Computes what is kept; what is added to another is computed where the last of them is. */
  private keepAll({ kept, added }: Pick<Schedule, 'kept' | 'added'>, sectionOf: (node: Node) => Statement[]): void {
    const together = new Map<Node, readonly Contraction[]>();
    for (const [lead, others] of added) {
      const all = [lead, ...others] as Contraction[];
      for (const node of all) together.set(node, NONE);
      together.set(all.at(-1)!, all);
      for (const node of others) this.added.add(node);
    }
    for (const node of kept) {
      const all = together.get(node);
      if (!all) this.keep(node, sectionOf(node));
      else if (all.length > 0) {
        const slot = this.temporary(sizeOfNode(node), node);
        this.homes.set(all[0]!, slot);
        sectionOf(node).push(...this.reductions.arrays(all, slot));
      }
    }
  }

  /** Computes a node into its place. */
  private keep(node: Node, section: Statement[]): void {
    if (sizeOfNode(node) === 1 && node.kind === 'array') {
      const slot = this.temporary(1);
      const local = this.x.local(this.task.labels.get(node));
      section.push(...this.called(node, slot), letLocal(local, this.x.load(slot, ORIGIN)));
      this.homes.set(node, local);
      return;
    }
    if (sizeOfNode(node) === 1) {
      const made = this.scalar(node);
      section.push(...made.statements);
      this.homes.set(node, made.local);
      return;
    }
    let slot = this.homes.get(node) as Slot | undefined;
    if (!slot) {
      slot = this.temporary(sizeOfNode(node), node);
      this.homes.set(node, slot);
    }
    if (node.kind === 'array' && isTimeLoop(node.operator)) section.push(...this.overTime(node, node.operator, slot));
    else if (node.kind === 'array') section.push(...this.called(node, slot));
    else if (node.kind === 'contraction' && !isFolded(node)) section.push(...this.reductions.arrays([node], slot));
    else if (isDiagonal(node)) section.push(...this.diagonal(node, slot));
    else section.push(...this.entries(node, slot));
  }

  /** A recurrence: a loop over time around the statements of one step, which starts from what the last one left. */
  private overTime(node: ArrayApply, { body, axis, backward }: TimeLoop, out: Slot): Statement[] {
    const shape = node.shape as readonly number[];
    const length = shape[axis]!;
    const counter = this.counters.at(0, length);
    const now = (stride: number) =>
      backward ? place((length - 1) * stride, [{ counter, stride: -stride }]) : place(0, [{ counter, stride }]);
    const carried = this.state(node, lengthOf(body.value.shape as readonly number[]));
    const start = this.copy(carried, node.args[0]!);
    const outer = [this.counters, this.reductions] as const;
    this.counters = this.counters.within();
    this.reductions = new Reductions(this.x, this.counters, this.formulas, this.machine);
    this.homes.set(body.previous, { slot: carried, from: ORIGIN, strides: rowStrides(body.previous.shape as readonly number[]) });
    for (const { variable, source, axis: at } of body.slices) {
      this.homes.set(variable, this.sliced(source, at, now));
    }
    const step: Statement[] = [];
    const within = schedule([body.value], [], this.machine, (n) => this.homes.has(plain(n)));
    this.keepAll(within, () => step);
    const strides = rowStrides(shape);
    const [from, others] = [now(strides[axis]!), strides.filter((_, k) => k !== axis)];
    const inner = body.value.shape as readonly number[];
    step.push(
      ...this.over(inner, (nest, axes) => {
        const value = this.formulas.entry(body.value, axes);
        nest.store(out, combine([from, ...axes], [1, ...others]), value);
        nest.store(carried, rowMajor(inner, axes), value);
      }),
    );
    [this.counters, this.reductions] = outer;
    // Another loop may compute the same from the same variables, which stand for something else there.
    for (const made of within.kept) this.homes.delete(made);
    return [...start, loop(counter, step)];
  }

  /** The entries of one time: a part of the buffer that they are read from, through whatever view. */
  private sliced(source: Node, axis: number, now: (stride: number) => Place): Home {
    const { axes } = this.counters.over(source.shape as readonly number[]);
    const read = this.formulas.entry(source, axes);
    if (read.kind === 'local') return read;
    if (read.kind !== 'load') throw new Error('a recurrence reads arrays');
    const strides = axes.map(({ terms }) => (terms[0] ? strideOf(read.at, terms[0].counter) : 0));
    const start = combine([read.at, ...axes], [1, ...strides.map((stride) => -stride)]);
    return {
      slot: read.slot,
      from: combine([start, now(strides[axis]!)], [1, 1]),
      strides: strides.filter((_, k) => k !== axis),
    };
  }

  /** An array operator's kernel over the buffers of its arguments; what has none is copied into one. */
  private called({ operator, args }: ArrayApply, out: Slot): Statement[] {
    const { name, parameters, kernel } = operator;
    const loops = this.overCells(operator, args, out);
    if (loops) return loops;
    if (!kernel) throw new Error(`${name} has no kernel`);
    const made: Statement[] = [];
    const slots = args.map((arg) => {
      const home = this.homes.get(plain(arg));
      if (home && isSlot(home)) return home;
      const slot = this.temporary(sizeOfNode(arg), arg);
      made.push(...this.copy(slot, arg));
      return slot;
    });
    const shapes = args.map((arg, k) => arg.shape.slice(arg.shape.length - operator.cells[k]!) as readonly number[]);
    const lead = args[0]!.shape.slice(0, args[0]!.shape.length - operator.cells[0]!) as readonly number[];
    return [
      ...made,
      {
        kind: 'call',
        routine: { name, kernel, ...(parameters && { parameters }) },
        args: slots,
        out,
        count: lengthOf(lead),
        shapes,
      },
    ];
  }

  /** A routine over not too large cells as loops, if it can be. */
  private overCells({ name, cells }: ArrayOperator, args: readonly Node[], out: Slot): Statement[] | undefined {
    const shape = args[0]!.shape as readonly number[];
    const [lead, cell] = [shape.slice(0, shape.length - cells[0]!), shape.slice(shape.length - cells[0]!)];
    if (lengthOf(cell) > this.machine.cells || lengthOf(shape) === 0) return undefined;
    const entry = (axes: readonly Place[]) => this.formulas.entry(args[0]!, axes);
    const beside = (argument: number, axes: readonly Place[]) => this.formulas.entry(args[argument]!, axes);
    return cellLoops(this.x, this.counters, name, { lead, cell, entry, beside, out });
  }

  private scalar(node: Node): { statements: Statement[]; local: Local } {
    const label = this.task.labels.get(node);
    if (node.kind === 'contraction' && !isFolded(node)) return this.reductions.scalar(node, label);
    const nest = new Nest(this.x, []);
    const local = nest.define(
      this.formulas.formula(
        node,
        node.shape.map(() => ORIGIN),
      ),
      label,
    );
    return { statements: nest.finish(), local };
  }

  /** Every entry by the node's formula. */
  private entries(node: Node, slot: Slot): Statement[] {
    return this.over(node.shape as readonly number[], (nest, axes) => {
      nest.store(slot, rowMajor(node.shape as readonly number[], axes), this.formulas.formula(node, axes));
    });
  }

  /** The entries of a node into another buffer. */
  private copy(slot: Slot, node: Node, from?: Slot): Statement[] {
    const shape = node.shape as readonly number[];
    return this.over(shape, (nest, axes) => {
      const at = rowMajor(shape, axes);
      nest.store(slot, at, from ? this.x.load(from, at) : this.formulas.entry(node, axes));
    });
  }

  private over(shape: readonly number[], write: (nest: Nest, axes: readonly Place[]) => void): Statement[] {
    const { counters, axes } = this.counters.over(shape);
    const nest = new Nest(this.x, counters);
    write(nest, axes);
    return nest.finish();
  }

  /** Zeros, then the entries where the repeated indices agree. */
  private diagonal(node: Contraction, slot: Slot): Statement[] {
    const shape = node.shape as readonly number[];
    const zeros = this.over(shape, (nest, axes) => nest.store(slot, rowMajor(shape, axes), this.x.constant(0)));
    const kept = [...new Set(node.result)].filter((i) => i !== UNIT);
    const { counters, axes } = this.counters.over(kept.map((i) => node.sizes[i] as number));
    const position = node.result.map((i) => (i === UNIT ? ORIGIN : axes[kept.indexOf(i)]!));
    const nest = new Nest(this.x, counters);
    nest.store(slot, rowMajor(shape, position), this.formulas.formula(node, position));
    return [...zeros, ...nest.finish()];
  }

  /** What a recurrence carries from one step to the next. */
  private state(node: Node, length: number): Slot {
    const name = this.task.labels.get(node)?.name ?? madeOf(node, this.task.labels);
    const slot: Slot = { id: this.slots.length, length, role: 'temporary', ...(name && { madeOf: `${name}_before` }) };
    this.slots.push(slot);
    return slot;
  }

  private temporary(length: number, node?: Node): Slot {
    const label = node && this.task.labels.get(node);
    const made = node && !label && madeOf(node, this.task.labels);
    const slot: Slot = {
      id: this.slots.length,
      length,
      role: 'temporary',
      ...(label && { label }),
      ...(made && { madeOf: made }),
    };
    this.slots.push(slot);
    return slot;
  }
}

const NONE: readonly never[] = [];
