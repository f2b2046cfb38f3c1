import { isKnown, sizeOf } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import type { Model } from '../model/model.ts';
import { bind, type Inputs } from './binding.ts';
import { Callable } from './callable.ts';
import type { Value } from './value-text.ts';

/** The definitions that can be computed: data that the objective does not use, or that came and went, may have no values and no lengths. */
export function computable(model: Model, inputs: Inputs): Model {
  const { values, sizes } = bind(model, inputs);
  const hasValue = (name: string) => {
    const input = model.inputs.get(name);
    return !input || values.has(name) || input.initial !== undefined || input.role === 'param';
  };
  const known = (node: Node): boolean =>
    node.shape.every((dim) => isKnown(dim, sizes)) &&
    (node.kind !== 'variable' || (node.role === 'size' ? isKnown(node.name, sizes) : hasValue(node.name)));
  return { ...model, definitions: model.definitions.filter(({ node }) => topological([node]).every(known)) };
}

/**
 * The values of a model's named intermediates, the objective's too if it has a name, in the order of the source.
 * @param most leaves out what has more entries
 */
export function definitionValues(model: Model, inputs: Inputs, most = Number.POSITIVE_INFINITY): [string, Value][] {
  const { sizes } = bind(model, inputs);
  const small = model.definitions.filter(({ node }) => node.shape.reduce<number>((n, dim) => n * sizeOf(dim, sizes), 1) <= most);
  if (small.length === 0) return [];
  const tensors = Callable.of(
    model,
    small.map((d) => d.node),
  ).run(inputs);
  return small.map(({ name }, k) => [name, tensors[k]!.shape.length === 0 ? tensors[k]!.data[0]! : tensors[k]!]);
}
