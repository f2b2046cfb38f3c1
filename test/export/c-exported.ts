import { predicted } from '../../src/descend/predicted.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import type { Exported, Line } from '../../src/export/dialect.ts';
import { sizeOf } from '../../src/graph/dimension.ts';
import { parse } from '../../src/language/parser.ts';
import type { ShapeOption } from '../../src/model/model.ts';
import { runningGradient } from '../../src/model/running.ts';
import { bind, type Inputs } from '../../src/numeric/binding.ts';
import { resolveValues } from '../../src/numeric/start.ts';
import { Tensor } from '../../src/numeric/tensor.ts';
import type { Value } from '../../src/numeric/value-text.ts';

interface Options {
  readonly shapes?: Record<string, ShapeOption>;
  readonly given?: Inputs;
  readonly precision?: 'f64' | 'f32';
  /** What it is derived by; its parameters unless told. */
  readonly wrt?: readonly string[];
}

/** A model with its derivatives by its parameters, and the numbers that its source holds or that are given. */
export function exportedOf(source: string, { shapes = {}, given = {}, precision = 'f64', wrt = [] }: Options = {}): Exported {
  const model = elaborate(parse(source), { shapes });
  const inputs = [...model.inputs.values()];
  const params = inputs.filter(({ role, name }) => (wrt.length > 0 ? wrt.includes(name) : role === 'param'));
  const data = inputs.filter((input) => !params.includes(input) && input.role !== 'const');
  const name = model.objective!.name ?? 'cost';
  const [cost, ...partials] = runningGradient(
    model,
    params.map((p) => p.name),
  );
  const binding = bind(model, given);
  const numbers = resolveValues(
    model,
    binding,
    inputs.map((input) => input.name),
    { defaults: true },
  );
  const values = new Map(
    inputs.flatMap((input): [string, Value][] => {
      const found = numbers.get(input.name);
      if (!found) return [];
      const shape = input.shape.map((dim) => sizeOf(dim, binding.sizes));
      return [[input.name, shape.length === 0 ? found[0]! : new Tensor(shape, Float64Array.from(found))]];
    }),
  );
  const objective: Line = { name, node: cost, formula: '' };
  const called = predicted(model);
  return {
    model,
    name,
    forward: [objective],
    backward: params.map((p, k) => ({
      name: `d${name}/d${p.name}`,
      node: partials[k]!,
      formula: 'as it is',
      reason: 'chain rule',
    })),
    gradients: new Map(params.map((p, k) => [p.name, partials[k]!])),
    params,
    data,
    values,
    predicted: model.definitions.find((d) => d.name === called)?.node,
    precision,
    comment: ['A model.'],
  };
}
