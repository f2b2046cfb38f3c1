import { differentiate } from '../differentiate/sweep.ts';
import { sizeOf } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Model } from '../model/model.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import { Callable } from '../numeric/callable.ts';
import { resolveValues } from '../numeric/start.ts';
import { Tensor } from '../numeric/tensor.ts';
import type { Box, Quantity } from './boxes.ts';

export type Value = number | Tensor;

/** Every input's value where training starts. */
export interface Start {
  readonly sizes: ReadonlyMap<string, number>;
  readonly values: ReadonlyMap<string, ArrayLike<number>>;
  /** Values by name, with their shapes. */
  readonly inputs: Readonly<Record<string, Value>>;
}

/**
 * The values that a model starts from: what is given, what the source says, what its initializers draw.
 * @returns undefined if some input has no value
 */
export function startOf(model: Model, data: Inputs, seed: number): Start | undefined {
  try {
    const binding = bind(model, data);
    const wanted = [...model.inputs.keys()];
    const values = resolveValues(model, binding, wanted, { seed, defaults: true });
    const inputs = wanted.map((name) => {
      const shape = model.inputs.get(name)!.shape.map((dim) => sizeOf(dim, binding.sizes));
      return [name, shapedValue(shape, values.get(name)!)] as const;
    });
    return { sizes: binding.sizes, values, inputs: Object.fromEntries(inputs) };
  } catch (error) {
    if (error instanceof GradusError && error.code === 'data') return undefined;
    throw error;
  }
}

const shapedValue = (shape: readonly number[], data: ArrayLike<number>): Value =>
  shape.length === 0 ? data[0]! : new Tensor(shape, Float64Array.from(data));

/** The numbers in the boxes of a graph, forward and backward, at given inputs. */
export const quantities = (
  model: Model,
  boxes: readonly Box[],
  wrt: readonly string[],
  inputs: Inputs,
): ReadonlyMap<Box, Quantity> => quantifier(model, boxes, wrt)(inputs);

/** The same for inputs that change: derived and compiled once. */
export function quantifier(
  model: Model,
  boxes: readonly Box[],
  wrt: readonly string[],
): (inputs: Inputs) => ReadonlyMap<Box, Quantity> {
  const { graph } = model;
  const objective = model.objective!.node;
  const active = dependents(
    topological([objective, ...boxes.map((box) => box.node)]),
    wrt.map((name) => model.inputs.get(name)!.node),
  );
  // The derivative by the objective itself is 1; of an array those are shown that are no more than a matrix.
  const isShown = (node: Node): boolean => objective.shape.length === 0 || objective.shape.length + node.shape.length <= 2;
  const moving = boxes.filter(({ node }) => active.has(node) && node !== objective && isShown(node));
  // What arrives at a state counts all later steps.
  const atSteps = new Map<string, Node>();
  const partials = differentiate(
    graph,
    objective,
    moving.map((box) => box.node),
    {
      adjoint(node, adjoint) {
        const computed = graph.steps.nameOfResolved(node);
        if (computed) atSteps.set(computed.name, adjoint);
      },
    },
  ).map((partial, k) => atSteps.get(moving[k]!.name) ?? partial);
  const program = Callable.of(model, [...boxes.map((box) => box.node), ...partials]);
  return (inputs) => {
    const tensors = program.run(inputs).map(({ shape, data }) => shapedValue(shape, data));
    const gradients = new Map(moving.map((box, k) => [box, tensors[boxes.length + k]!]));
    return new Map(
      boxes.map((box, k) => {
        const gradient = gradients.get(box);
        return [box, { value: tensors[k]!, ...(gradient !== undefined && { gradient }) }];
      }),
    );
  };
}
