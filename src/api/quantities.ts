import type { Step } from '../derivation/steps.ts';
import { namedParts } from '../model/held.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { Callable, type CompileOptions } from '../numeric/callable.ts';
import { toStatements } from '../reading/source.ts';
import { printStatements } from '../render/text.ts';
import type { Quantity } from '../render/values.ts';

/**
 * Each named intermediate, and each adjoint and derivative that steps find, with its formula and its numbers.
 * @param called what the objective is called where it has no name
 */
export function quantities(
  model: Model,
  called: string,
  steps: readonly Step[],
  inputs: Inputs,
  options: CompileOptions,
): { forward: Quantity[]; backward: Quantity[] } {
  const { graph, objective } = model;
  const named = namedParts(model).map(({ name, node }) => ({ name, node }));
  if (!objective!.name) named.push({ name: called, node: objective!.node });
  const all = [...named, ...steps.map(({ target, after }) => ({ name: target, node: after }))];
  const callable = Callable.of(
    model,
    all.map(({ node }) => node),
    { ...options, defaults: true },
  );
  const found = callable.run(inputs).map(({ shape, data }, k): Quantity => {
    const { name, node } = all[k]!;
    return { label: `${name} = ${printStatements(toStatements(node, { graph }), 'unicode')}`, shape, data };
  });
  return { forward: found.slice(0, named.length), backward: found.slice(named.length) };
}
