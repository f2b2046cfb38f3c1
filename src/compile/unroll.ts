import type { Node } from '../graph/node.ts';
import { toNumber } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import type { Arithmetic } from './arithmetic.ts';
import { lengthOf } from './executable.ts';
import { type Expression, Expressions, type Local, parts, place, type Slot } from './expression.ts';
import { evaluate, type Values } from './interpret.ts';
import type { Machine } from './machine.ts';
import { assign, letLocal, type Program, type Statement, store } from './program.ts';
import type { Task } from './task.ts';

/**
 * A small program without loops: every entry of every array is a local. It is what the interpreter says when its
 * numbers are expressions; equal ones are computed once. What does not depend on an updated variable is computed
 * before the first step, and the updated variables stay in locals until the last one.
 * @returns undefined if that would be too long
 */
export function unrolled(task: Task, { written }: Machine): Program | undefined {
  const roots = [...task.outputs, ...task.updates].map((target) => target.node);
  if (workOf(roots) > written) return undefined;
  const x = new Expressions();
  const updated = new Set(task.updates.map((u) => u.slot));
  const carried = new Map<Slot, Local[]>();
  for (const slot of updated)
    carried.set(
      slot,
      Array.from({ length: slot.length }, () => x.local()),
    );
  const values = evaluate(
    roots,
    (v): Values<Expression> => {
      const slot = task.inputs.get(v.name)!;
      const data = carried.get(slot) ?? Array.from({ length: slot.length }, (_, at) => x.load(slot, place(at)));
      return { shape: v.shape as readonly number[], data };
    },
    new Map(),
    symbolic(x),
  );
  const outputs = task.outputs.map((_, k) => values[k]!.data);
  const updates = task.updates.map((_, k) => values[outputs.length + k]!.data);

  const before: Statement[] = [];
  const after: Statement[] = [];
  for (const [slot, locals] of carried) {
    locals.forEach((local, at) => {
      before.push(letLocal(local, x.load(slot, place(at)), true));
      // In single precision the buffer has taken each value already, so as to round it.
      if (task.precision === 'f64') after.push(store(slot, place(at), local));
    });
  }
  const naming = new Naming(x, [...carried.values()].flat(), [...outputs, ...updates].flat());
  const compute: Statement[] = [];
  const commit: Statement[] = [];
  const results = outputs.map((data) => naming.name(data, before, compute));
  const news = updates.map((data) => naming.name(data, before, commit));
  results.forEach((data, k) => {
    data.forEach((value, at) => {
      compute.push(store(task.outputs[k]!.slot, place(at), value));
    });
  });
  news.forEach((data, k) => {
    const { slot } = task.updates[k]!;
    data.forEach((value, at) => {
      const local = carried.get(slot)![at]!;
      if (task.precision === 'f64') commit.push(assign(local, value));
      else commit.push(store(slot, place(at), value), assign(local, x.load(slot, place(at))));
    });
  });
  const objective = results[0]?.length === 1 ? results[0][0] : undefined;
  return { slots: [...task.inputs.values(), ...task.outputs.map((o) => o.slot)], before, compute, commit, after, objective };
}

/** Numbers that are expressions. */
export const symbolic = (x: Expressions): Arithmetic<Expression> => ({
  fromRational: (q) => x.constant(toNumber(q)),
  fromNumber: (value) => x.constant(value),
  add: (a, b) => x.add(a, b),
  multiply: (a, b) => x.multiply(a, b),
  apply: (operator, args) => x.call(operator, args),
});

/** Operations at all entries, before equal ones are merged. */
function workOf(roots: readonly Node[]): number {
  let work = 0;
  for (const node of topological(roots)) {
    // Kernels are for arrays as wholes.
    if (node.kind === 'array') return Number.POSITIVE_INFINITY;
    const size = lengthOf(node.shape as readonly number[]);
    if (node.kind === 'apply') work += size;
    else if (node.kind === 'sum') work += size * node.terms.length;
    else if (node.kind === 'contraction') work += lengthOf(node.sizes as readonly number[]) * Math.max(1, node.factors.length);
    else work += size;
  }
  return work;
}

/** Decides which expressions get a local: those used twice, those that do not change, and parts of long ones. */
class Naming {
  private readonly x: Expressions;
  /** What stands for an expression once its local is there. */
  private readonly named = new Map<Expression, Local>();
  private readonly varying: Set<Expression>;
  private readonly wanted: Set<Expression>;

  constructor(x: Expressions, carried: readonly Local[], roots: readonly Expression[]) {
    this.x = x;
    this.varying = new Set(carried);
    const order = this.below(roots);
    for (const e of order) if (parts(e).some((part) => this.varying.has(part))) this.varying.add(e);
    // A root gets a local of its own even where it is another variable: updates must not see each other.
    this.wanted = new Set(roots);
    const used = new Set<Expression>();
    const length = new Map<Expression, number>();
    for (const e of order) {
      for (const part of parts(e)) {
        if (used.has(part) || (this.varying.has(e) && !this.varying.has(part))) this.wanted.add(part);
        used.add(part);
      }
    }
    for (const e of order) {
      const size = parts(e).reduce((sum, part) => sum + (this.wanted.has(part) ? 0 : length.get(part)!), 1);
      if (e.kind === 'load' || size > LONGEST) this.wanted.add(e);
      length.set(e, size);
    }
  }

  /** The locals for the roots; appends the statements that they need. */
  name(roots: readonly Expression[], before: Statement[], section: Statement[]): Expression[] {
    for (const e of this.below(roots)) {
      if (!this.wanted.has(e) || this.named.has(e) || e.kind === 'constant') continue;
      if (e.kind === 'local' && !roots.includes(e)) continue;
      const local = this.x.local();
      (this.varying.has(e) ? section : before).push(letLocal(local, this.rewritten(e)));
      this.named.set(e, local);
    }
    return roots.map((e) => this.named.get(e) ?? e);
  }

  /** Expressions below the roots that have no local yet, parts first. */
  private below(roots: readonly Expression[]): Expression[] {
    const found = new Set<Expression>();
    const stack = [...roots];
    for (let e = stack.pop(); e; e = stack.pop()) {
      if (found.has(e)) continue;
      found.add(e);
      if (!this.named.has(e)) stack.push(...parts(e));
    }
    return [...found].sort((a, b) => a.id - b.id);
  }

  /** The expression over locals. Its depth is bounded by LONGEST. */
  private rewritten(e: Expression): Expression {
    const inner = (part: Expression): Expression => this.named.get(part) ?? this.rewritten(part);
    return this.x.rebuild(e, inner);
  }
}

/** Operations in one statement. */
const LONGEST = 24;
