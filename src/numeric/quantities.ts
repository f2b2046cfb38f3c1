import type { Model } from '../model/model.ts';
import { quantitiesNamed, restrictedTo } from '../model/restricted.ts';
import type { Inputs } from './binding.ts';
import { Callable, type CompileOptions, plain, type Result } from './callable.ts';

/**
 * Named quantities of a model as one function of its inputs; those that none of them depends on may be there or not.
 * @throws GradusError `name` for a quantity that the source does not have; when called, `data` for a value that is missing
 */
export function quantities(
  model: Model,
  names: readonly string[],
  options: CompileOptions = {},
): (inputs: Inputs) => Record<string, Result> {
  const nodes = quantitiesNamed(model, names);
  const restricted = restrictedTo(model, nodes);
  const callable = Callable.of(restricted, nodes, options);
  return (inputs) => {
    const known = Object.entries(inputs).filter(([name]) => restricted.inputs.has(name) || !model.inputs.has(name));
    const found = callable.run(Object.fromEntries(known));
    return Object.fromEntries(names.map((name, k) => [name, plain(found[k]!)]));
  };
}
