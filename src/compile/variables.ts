import { sameShape } from '../graph/dimension.ts';
import type { Variable } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { ProgramSpec } from './executable.ts';

/**
 * The variables that a program reads or updates, in the order in which they come up.
 * @throws GradusError `name` if two of them share a name but not a shape
 */
export function usedVariables(spec: Pick<ProgramSpec, 'outputs' | 'updates'>): Variable[] {
  const updates = spec.updates ?? [];
  const found = new Map<string, Variable>();
  for (const node of topological([...spec.outputs, ...updates.flatMap((u) => [u.variable, u.value])])) {
    if (node.kind !== 'variable' || node.role === 'size' || node.role === 'state') continue;
    const known = found.get(node.name);
    if (known && !sameShape(known.shape, node.shape)) {
      throw new GradusError('name', `${node.name} stands for two variables of different shapes`);
    }
    found.set(node.name, node);
  }
  return [...found.values()];
}
