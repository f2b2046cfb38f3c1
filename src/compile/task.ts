import { sizeOf } from '../graph/dimension.ts';
import { children, type Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import { checkEntries, checkWork, LIMITS } from '../language/limits.ts';
import { lengthOf, type Precision, type ProgramSpec, type Update } from './executable.ts';
import type { Label, Slot } from './expression.ts';
import { extentsOf, running } from './running.ts';
import { plain } from './schedule.ts';
import { specialise } from './specialise.ts';
import { usedVariables } from './variables.ts';

/** A specification whose sizes are numbers, with a buffer for each input and output. */
export interface Task {
  readonly inputs: ReadonlyMap<string, Slot>;
  readonly outputs: readonly Goal[];
  readonly updates: readonly Goal[];
  /** What the model calls the values below them. */
  readonly labels: ReadonlyMap<Node, Label>;
  readonly precision: Precision;
  /** Whether a·b + c may be rounded once. */
  readonly fma: boolean;
  /** As many as there are, if not said. */
  readonly threads?: number | undefined;
  readonly maxEntries: number;
}

/** A value and the buffer that takes it. */
interface Goal {
  readonly node: Node;
  readonly slot: Slot;
}

/** A task, and the buffers that callers see. */
export interface Prepared {
  readonly task: Task;
  readonly inputs: ReadonlyMap<string, Shaped>;
  readonly outputs: readonly Shaped[];
}

export interface Shaped {
  readonly slot: Slot;
  readonly shape: readonly number[];
}

/** @throws GradusError `data` for a dimension without a number, `argument` for two updates of one variable */
export function prepare(spec: ProgramSpec): Prepared {
  const precision = spec.precision ?? 'f64';
  const maxEntries = spec.maxEntries ?? LIMITS.entries;
  let [total, count] = [0, 0];
  const place = (node: Node, role: Slot['role'], label?: Label): Shaped => {
    const shape = node.shape.map((dim) => sizeOf(dim, spec.sizes));
    const slot: Slot = { id: count++, length: lengthOf(shape), role, ...(label && { label: { ...label, shape } }) };
    total += slot.length;
    checkEntries(total, maxEntries, total === slot.length ? 'an array has' : 'the arrays have together');
    return { slot, shape };
  };
  const inputs = new Map(usedVariables(spec).map((v) => [v.name, place(v, 'input', { name: v.name })] as const));
  const outputs = spec.outputs.map((node, k) => place(node, 'output', labelOf(node, spec.names?.[k])));
  const slots = new Map([...inputs].map(([name, { slot }]) => [name, slot]));
  const updates = spec.updates ?? [];
  checkDistinct(updates);
  const { roots, named } = specialise([...spec.outputs, ...updates.map((u) => u.value)], spec.sizes);
  for (const node of topological(roots)) {
    if (node.kind === 'contraction') checkWork(extentsOf(running(node)), maxEntries);
    else if (node.kind === 'array') for (const { shape } of node.args) checkWork(shape as readonly number[], maxEntries);
  }
  return {
    task: {
      inputs: slots,
      outputs: outputs.map(({ slot }, k) => ({ node: roots[k]!, slot })),
      updates: updates
        .map((u, k) => ({ node: roots[outputs.length + k]!, slot: slots.get(u.variable.name)! }))
        .filter(({ node, slot }) => !(node.kind === 'variable' && slots.get(node.name) === slot)),
      labels: new Map([...named].map(([node, definition]) => [node, { name: definition.name, definition }])),
      precision,
      fma: spec.fma ?? true,
      threads: spec.threads,
      maxEntries,
    },
    inputs,
    outputs,
  };
}

function labelOf(node: Node, name: string | undefined): Label | undefined {
  if (node.kind === 'definition') return { name: node.name, definition: node };
  return name === undefined ? undefined : { name };
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
  update: Goal,
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
