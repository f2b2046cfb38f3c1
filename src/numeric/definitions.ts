import { usedVariables } from '../compile/variables.ts';
import { sizeOf } from '../graph/dimension.ts';
import type { Model } from '../model/model.ts';
import { bind, type Inputs } from './binding.ts';
import { Callable } from './callable.ts';
import type { Value } from './value-text.ts';

/** The definitions that can be computed: data that the objective does not use may have no values. */
export function computable(model: Model, inputs: Inputs): Model {
  const { values } = bind(model, inputs);
  const known = (name: string) => {
    const input = model.inputs.get(name);
    return !input || values.has(name) || input.initial !== undefined || input.role === 'param';
  };
  const definitions = model.definitions.filter(({ node }) => usedVariables({ outputs: [node] }).every((v) => known(v.name)));
  return { ...model, definitions };
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
