import type { Node, Variable } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Definition, Input, Model } from './model.ts';
import { overNodes } from './over-nodes.ts';

/**
 * The model with the named intermediates as variables: what was made of Z is made of a variable Z, so the derivative by
 * it is its adjoint dZ, and differences can move it. As an input Z is worth what its definition gives unless it is given.
 * Names that are inputs, or nothing, stay as they are.
 * @throws GradusError `argument` where one of the names is made of another: held, it would pass nothing on to that;
 * `unsupported` for an array that a recurrence fills
 */
export function holding(model: Model, names: readonly string[]): Model {
  const chosen = model.definitions.filter((d) => names.includes(d.name) && !model.inputs.has(d.name));
  if (chosen.length === 0) return model;
  for (const definition of chosen) refuseUnheld(model, definition, names);
  const g = model.graph;
  const variables: ReadonlyMap<Node, Variable> = new Map(
    chosen.map(({ name, node }) => [node, g.variable(name, node.shape)] as const),
  );
  const inputs = new Map(model.inputs);
  for (const definition of chosen) {
    const input = heldInput(definition, variables.get(definition.node)!);
    inputs.set(input.name, input);
  }
  return { ...overNodes(model, (node, original) => variables.get(original) ?? node), inputs };
}

/** Where inputs get their values in order it comes after what it is made of. */
const heldInput = ({ name, node, shape }: Definition, variable: Variable): Input => ({
  name,
  role: 'free',
  shape,
  node: variable,
  initial: { kind: 'expression', node: node.value, span: { start: 0, end: 0 } },
  facts: [],
});

/** A named intermediate and what it is worth. */
export type NamedPart = Omit<Definition, 'node'> & { readonly node: Node };

/** The named intermediates in order, those that are held where they are first used. */
export function namedParts({ inputs, definitions }: Model): NamedPart[] {
  const held = [...inputs.values()].filter((i) => i.role === 'free' && i.initial?.kind === 'expression');
  const waiting = new Set(held);
  const parts: NamedPart[] = [];
  const put = (input: Input): void => {
    if (input.initial?.kind === 'expression') parts.push({ name: input.name, node: input.initial.node, shape: input.shape });
    waiting.delete(input);
  };
  for (const definition of definitions) {
    const used = waiting.size > 0 ? new Set(topological([definition.node])) : undefined;
    for (const input of waiting) if (used?.has(input.node)) put(input);
    parts.push({ ...definition, node: definition.node.value });
  }
  for (const input of waiting) put(input);
  return parts;
}

function refuseUnheld(model: Model, { name, node, written }: Definition, names: readonly string[]): void {
  if (written || node.first !== undefined) {
    throw new GradusError('unsupported', `${name} is filled entry by entry, each from others: it cannot be held as a whole`, {
      hint: 'derive by what it starts from, or by what its steps are made of',
    });
  }
  const parts = new Set(topological([node.value]));
  const below = names.find((other) => {
    const part = model.inputs.get(other)?.node ?? model.definitions.find((d) => d.name === other)?.node;
    return other !== name && part !== undefined && parts.has(part);
  });
  if (below === undefined) return;
  throw new GradusError('argument', `${name} is made of ${below}: with ${name} held, nothing goes on to ${below}`, {
    hint: `derive by ${name} and by ${below} apart`,
  });
}
