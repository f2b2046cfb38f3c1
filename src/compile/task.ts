import { sizeOf } from '../graph/dimension.ts';
import { children, type Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import { checkEntries, checkWork, LIMITS } from '../language/limits.ts';
import { allocate, type Buffer, lengthOf, type Precision, type ProgramSpec, type Update } from './executable.ts';
import type { Slot } from './expression.ts';
import { plain } from './schedule.ts';
import { specialise } from './specialise.ts';
import { usedVariables } from './variables.ts';

/** A specification whose sizes are numbers, with a buffer for each input and output. */
export interface Task {
  readonly inputs: ReadonlyMap<string, Slot>;
  readonly outputs: readonly Target[];
  readonly updates: readonly Target[];
  readonly precision: Precision;
  readonly maxEntries: number;
}

/** A value and the buffer that takes it. */
export interface Target {
  readonly node: Node;
  readonly slot: Slot;
}

/** The buffers that callers see, and the task of filling them. `data` are the arrays of the slots, by slot id. */
export interface Prepared {
  readonly task: Task;
  readonly inputs: ReadonlyMap<string, Buffer>;
  readonly outputs: readonly Buffer[];
  readonly data: readonly Buffer['data'][];
}

/** @throws GradusError `data` for a dimension without a number, `argument` for two updates of one variable */
export function prepare(spec: ProgramSpec): Prepared {
  const precision = spec.precision ?? 'f64';
  const maxEntries = spec.maxEntries ?? LIMITS.entries;
  const data: Buffer['data'][] = [];
  let total = 0;
  const place = (node: Node, role: Slot['role']): { slot: Slot; buffer: Buffer } => {
    const shape = node.shape.map((dim) => sizeOf(dim, spec.sizes));
    const slot: Slot = { id: data.length, length: lengthOf(shape), role };
    total += slot.length;
    checkEntries(total, maxEntries, total === slot.length ? 'an array has' : 'the arrays have together');
    data.push(allocate(slot.length, precision));
    return { slot, buffer: { shape, data: data[slot.id]! } };
  };
  const inputs = usedVariables(spec).map((v) => [v.name, place(v, 'input')] as const);
  const outputs = spec.outputs.map((node) => place(node, 'output'));
  const slots = new Map(inputs.map(([name, { slot }]) => [name, slot]));
  const updates = spec.updates ?? [];
  checkDistinct(updates);
  const nodes = specialise([...spec.outputs, ...updates.map((u) => u.value)], spec.sizes);
  for (const node of topological(nodes)) if (node.kind === 'contraction') checkWork(node.sizes as readonly number[], maxEntries);
  return {
    task: {
      inputs: slots,
      outputs: outputs.map(({ slot }, k) => ({ node: nodes[k]!, slot })),
      updates: updates
        .map((u, k) => ({ node: nodes[outputs.length + k]!, slot: slots.get(u.variable.name)! }))
        .filter(({ node, slot }) => !(node.kind === 'variable' && slots.get(node.name) === slot)),
      precision,
      maxEntries,
    },
    inputs: new Map(inputs.map(([name, { buffer }]) => [name, buffer])),
    outputs: outputs.map(({ buffer }) => buffer),
    data,
  };
}

function checkDistinct(updates: readonly Update[]): void {
  const seen = new Set<string>();
  for (const { variable } of updates) {
    if (seen.has(variable.name)) throw new GradusError('argument', `${variable.name} is updated twice in one step`);
    seen.add(variable.name);
  }
}

/**
 * Whether an update can be written straight into its variable: its formula, as far as it is not kept elsewhere, reads
 * no updated variable but its own, and that one only at the entry that it writes.
 */
export function inPlace(
  update: Target,
  inputs: Task['inputs'],
  updated: ReadonlySet<Slot>,
  isKept: (node: Node) => boolean,
): boolean {
  const seen = new Map<Node, boolean>();
  const stack: { node: Node; entry: boolean }[] = [{ node: plain(update.node), entry: true }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { node, entry } = top;
    // Seen once at other entries, there is nothing more to learn.
    if (isKept(node) || seen.get(node) === false || seen.get(node) === entry) continue;
    seen.set(node, entry);
    if (node.kind === 'variable') {
      const slot = inputs.get(node.name)!;
      // Scalars are read into locals at the beginning of the step.
      if (slot.length > 1 && updated.has(slot) && !(slot === update.slot && entry)) return false;
    } else if (node.kind === 'contraction') {
      node.factors.forEach((factor, k) => {
        const same =
          node.indices[k]!.length === node.result.length && node.indices[k]!.every((i, axis) => i === node.result[axis]);
        stack.push({ node: plain(factor), entry: entry && same });
      });
    } else for (const part of children(node)) stack.push({ node: plain(part), entry });
  }
  return true;
}
