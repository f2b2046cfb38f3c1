import type { DerivationNumbers, Measured, Numbers, Quantity, Stepped, Update } from '../derivation/numbers.ts';
import type { Step } from '../derivation/steps.ts';
import { axisOfExamples } from '../descend/batches.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { greekName } from '../language/greek.ts';
import { namedParts } from '../model/held.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { Callable, type CompileOptions } from '../numeric/callable.ts';
import { Tensor } from '../numeric/tensor.ts';
import { asSaid } from '../reading/said.ts';
import { toStatements } from '../reading/source.ts';
import { printStatements } from '../render/text.ts';

/** What numbers are asked for: of what was derived, at some values. */
export interface Asked {
  readonly model: Model;
  /** What the objective is called where it has no name. */
  readonly called: string;
  readonly steps: readonly Step[];
  readonly wrt: readonly string[];
  readonly inputs: Inputs;
  /** The learning rate of the step that is shown. */
  readonly lr?: number | undefined;
  readonly options: CompileOptions;
}

/** Each named intermediate, each adjoint and derivative that steps find, and a step of descent, in numbers. */
export function numbersBehind(asked: Asked): DerivationNumbers {
  const { model, called, steps, inputs, options } = asked;
  const { objective } = model;
  const named: Pick<Measured, 'name' | 'node' | 'filled'>[] = namedParts(model).map(({ name, node, written }) => ({
    name,
    node,
    ...(written && { filled: true }),
  }));
  if (!objective!.name) named.push({ name: called, node: objective!.node });
  const all = [...named, ...steps.map(({ target, after, explained }) => ({ name: target, node: after, by: explained.node }))];
  const moved = movedBy(asked);
  const callable = Callable.of(
    model,
    [...all.map(({ node }) => node), ...moved.map((name) => model.inputs.get(name)!.node), objective!.node],
    { ...options, defaults: true },
  );
  const found = callable.run(inputs);
  const axis = examplesAxis(model);
  const measured = all.map((part, k): Measured => {
    const { shape, data } = found[k]!;
    const at = axis === undefined ? -1 : part.node.shape.indexOf(axis);
    return { ...part, shape, data, ...(at >= 0 && { examples: at }) };
  });
  const [forward, backward] = [measured.slice(0, named.length), measured.slice(named.length)];
  const update = moved.length > 0 && updated(asked, moved, found.slice(all.length), backward);
  return { forward, backward, ...(update && { update }) };
}

/** The axis that counts examples; the steps of a recurrence are counted, too, but they are no examples. */
function examplesAxis(model: Model): string | undefined {
  const axis = axisOfExamples(model);
  const overTime = (node: Node) => node.kind === 'recurrence' && node.shape[node.axis] === axis;
  return axis !== undefined && topological([model.objective!.node]).some(overTime) ? undefined : axis;
}

/** The parameters that a step moves by their slopes alone: a fact may keep them elsewhere. */
function movedBy({ model, wrt }: Asked): string[] {
  const { objective } = model;
  if (objective!.node.shape.length > 0 || objective!.sense === 'none') return [];
  const isMoved = (name: string) => {
    const input = model.inputs.get(name);
    return input?.role === 'param' && !input.facts.some(({ record }) => record.kept);
  };
  return wrt.every(isMoved) ? [...wrt] : [];
}

/** @param found the parameters' values, then the objective's */
function updated(
  { model, called, inputs, lr, options }: Asked,
  names: readonly string[],
  found: readonly Tensor[],
  backward: readonly Measured[],
): Update | undefined {
  const before = found[names.length]!.data[0]!;
  const climbs = model.objective!.sense === 'maximize';
  // What the objective does not read has no slope, and stays.
  const moved = names.flatMap((name, k) => {
    const gradient = backward.find((part) => part.name === `∂${called}/∂${name}`);
    return gradient ? [{ name, gradient, before: found[k]! }] : [];
  });
  if (moved.length === 0) return undefined;
  const forward = Callable.of(model, [model.objective!.node], { ...options, defaults: true });
  for (const rate of lr === undefined ? RATES : [lr]) {
    const parameters = moved.map(
      ({ name, gradient, before: value }): Stepped => ({
        name,
        slope: gradient.name,
        before: value,
        gradient,
        after: stepped(value, gradient, climbs ? rate : -rate),
      }),
    );
    const values = Object.fromEntries(parameters.map(({ name, after: { shape, data } }) => [name, shaped(shape, data)]));
    const after = forward.run({ ...inputs, ...values })[0]!.data[0]!;
    if (lr === undefined && !(climbs ? after > before : after < before)) continue;
    const objective = { name: called, before, after };
    return { rate, sign: climbs ? '+' : '−', letter: letterFor(model), parameters, objective };
  }
  return undefined;
}

/** The rate is the largest power of ten by which the objective gets better. */
const RATES = Array.from({ length: 9 }, (_, k) => Number(`1e-${k}`));

const LETTERS = ['α', 'η', 'λ'];

const letterFor = (model: Model): string => {
  // A name that is written out is shown as its letter.
  const used = new Set([...model.inputs.keys(), ...model.definitions.map(({ name }) => name)].map(greekName));
  return LETTERS.find((letter) => !used.has(letter)) ?? 'ε';
};

const stepped = ({ shape, data }: Numbers, { data: slopes }: Numbers, by: number): Numbers => ({
  shape,
  data: Float64Array.from(data, (x, k) => x + by * slopes[k]!),
});

const shaped = (shape: readonly number[], data: ArrayLike<number>) =>
  shape.length === 0 ? data[0]! : new Tensor(shape, Float64Array.from(data));

/** A quantity with its formula as text. */
export const quantityIn =
  ({ graph }: Model) =>
  ({ node, filled: _, by: __, ...rest }: Measured): Quantity => ({
    ...rest,
    label: `${rest.name} = ${printStatements(toStatements(asSaid(graph, node), { graph }), 'unicode')}`,
  });
