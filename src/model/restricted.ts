import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError, nearest } from '../language/diagnostics.ts';
import { knownName } from '../language/names.ts';
import type { Model } from './model.ts';

/** Named quantities of a model: definitions, its objective, what goes in. @throws GradusError `name` for one that it has not */
export function quantitiesNamed(model: Model, names: readonly string[]): Node[] {
  const known = new Map<string, Node>();
  for (const { name, node } of model.inputs.values()) known.set(name, node);
  for (const { name, node } of model.definitions) known.set(name, node);
  if (model.objective?.name) known.set(model.objective.name, model.objective.node);
  return names.map((given) => {
    const node = known.get(knownName(given, known.keys()));
    if (node) return node;
    const near = nearest(given, known.keys());
    throw new GradusError('name', `the source has no quantity ${given}`, {
      hint: near ? `did you mean ${near}?` : `it has ${[...known.keys()].join(', ')}`,
    });
  });
}

/** The model without the inputs that some of its quantities do not depend on: these need no values, and bind no sizes. */
export function restrictedTo(model: Model, nodes: readonly Node[]): Model {
  const part = new Set(topological(nodes));
  return {
    ...model,
    inputs: new Map([...model.inputs].filter(([, input]) => part.has(input.node))),
    definitions: model.definitions.filter((d) => part.has(d.node)),
    objective: undefined,
    metrics: [],
    sizes: new Map(),
    constraints: [],
  };
}
