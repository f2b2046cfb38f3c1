import type { Node } from '../graph/node.ts';
import type { Model } from '../model/model.ts';
import { bind, type Inputs } from './binding.ts';
import { nonFiniteOrigin } from './non-finite.ts';
import { resolveValues } from './start.ts';
import type { Value } from './value-text.ts';

const finite = (value: Value): boolean =>
  typeof value === 'number' ? Number.isFinite(value) : value.data.every((x) => Number.isFinite(x));

/** Where a value that is not finite comes from, in words; undefined for one that is. */
export function originOfValue(model: Model, root: Node, value: Value, inputs: Inputs): string | undefined {
  if (finite(value)) return undefined;
  const binding = bind(model, inputs);
  const values = resolveValues(model, binding, []);
  return nonFiniteOrigin(model.graph, root, (name) => values.get(name), binding.sizes);
}
