import type { DerivationNumbers, Measured, Quantity, Remark } from '../derivation/numbers.ts';
import type { Step } from '../derivation/steps.ts';
import { axisOfExamples } from '../descend/batches.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { byName } from '../language/names.ts';
import { type NamedPart, namedParts } from '../model/held.ts';
import type { Model } from '../model/model.ts';
import { runningGradient } from '../model/running.ts';
import type { Inputs } from '../numeric/binding.ts';
import { Callable, type CompileOptions } from '../numeric/callable.ts';
import type { Tensor } from '../numeric/tensor.ts';
import { asSaid } from '../reading/said.ts';
import { toStatements } from '../reading/source.ts';
import { printStatements } from '../render/text.ts';
import { stepOfDescent } from './descent-step.ts';
import { inDigitsAt } from './in-digits.ts';
import { withoutNoise } from './noise.ts';
import { missing } from './without-value.ts';

/** What numbers are asked for: of what was derived, at some values. */
export interface Asked {
  readonly model: Model;
  /** What the objective is called where it has no name. */
  readonly called: string;
  /** Of a higher derivative, the function and its derivatives below the one that is derived. */
  readonly lower: readonly NamedPart[];
  readonly steps: readonly Step[];
  readonly wrt: readonly string[];
  /** The derivatives by these, as they were found. */
  readonly raw: readonly Node[];
  readonly inputs: Inputs;
  /** The learning rate of the step that is shown. */
  readonly lr?: number | undefined;
  readonly options: CompileOptions;
}

type Part = Pick<Measured, 'name' | 'node' | 'filled' | 'by'>;

/** Each named intermediate, each adjoint and derivative that steps find, and a step of descent, in numbers. */
export function numbersBehind(asked: Asked): DerivationNumbers {
  const { model, called, lower, steps, inputs } = asked;
  const { node, name } = model.objective!;
  const given = byName(inputs, model.inputs.keys());
  const named = [...lower, ...namedParts(model)].map(({ name, node, written }): Part => {
    // What is held and given is not worth what its definition says.
    const held = Object.hasOwn(given, name) ? model.inputs.get(name)?.node : undefined;
    return { name, node: held ?? node, ...((written ?? held) && { filled: true }) };
  });
  if (!name) named.push({ name: called, node });
  const all: Part[] = [
    ...named,
    ...steps.map(({ target, after, explained }) => ({ name: target, node: after, by: explained.node })),
  ];
  const found = valuesOf(asked, all, node);
  const axis = examplesAxis(model);
  const rounded = all.map((part, k): Measured => {
    const { shape, data } = found[k]!;
    const at = axis === undefined ? -1 : part.node.shape.indexOf(axis);
    return { ...part, shape, data, ...(at >= 0 && { examples: at }) };
  });
  const { shape, data } = found[all.length]!;
  const objective: Measured = { name: called, node, shape, data };
  const inDigits = inDigitsAt(model, inputs);
  const none = missing(objective, inDigits);
  const measured = withoutNoise(rounded, inDigits).map((part): Measured => {
    const isNone = part.data.length === 1 && missing(part, inDigits) === 'none';
    return isNone ? { ...part, none: true } : part;
  });
  const [forward, backward] = [measured.slice(0, named.length), measured.slice(named.length)];
  const remarks: Remark[] = none
    ? [{ kind: none === 'beyond' ? 'beyond' : objective.data.length === 1 ? 'noValue' : 'noEntry' }]
    : [];
  // The form of a derivative may have numbers where the function has none: 1/x at −1 is no slope of the logarithm.
  if (none === 'none') return { forward, backward: there(backward, objective), remarks };
  const descent = stepOfDescent(asked, { forward, backward, objective });
  return { forward, backward, ...('update' in descent && { update: descent.update }), remarks: [...remarks, ...descent.remarks] };
}

/**
 * What the parts and the objective are worth. A derivative by a name is what the gradient is, which may have digits, or a value, where
 * its formula has none any more.
 */
function valuesOf({ model, wrt, raw, inputs, options }: Asked, all: readonly Part[], objective: Node): Tensor[] {
  const chosen = { ...options, defaults: true };
  const found = Callable.of(model, [...all.map((part) => part.node), objective], chosen).run(inputs);
  const places = wrt.map((name) => all.findIndex(({ by }) => by !== undefined && by === model.inputs.get(name)?.node));
  if (places.every((at) => at < 0)) return found;
  const gradient = Callable.running(model, () => runningGradient(model, wrt, raw), chosen).run(inputs);
  for (const [k, at] of places.entries()) if (at >= 0) found[at] = gradient[1 + k]!;
  return found;
}

/** Derivatives of the entries of an objective that have a value; of a number without a value there are none. */
function there(backward: readonly Measured[], { shape, data }: Measured): Measured[] {
  if (data.length === 1) return [];
  return backward.flatMap((part) => {
    if (shape.some((size, axis) => part.shape[axis] !== size)) return [];
    const inner = part.data.length / data.length;
    const values = Float64Array.from(part.data, (x, k) => (Number.isFinite(data[Math.floor(k / inner)]) ? x : Number.NaN));
    return [{ ...part, data: values }];
  });
}

/** The axis that counts examples; the steps of a recurrence are counted, too, but they are no examples. */
function examplesAxis(model: Model): string | undefined {
  const axis = axisOfExamples(model);
  const overTime = (node: Node) => node.kind === 'recurrence' && node.shape[node.axis] === axis;
  return axis !== undefined && topological([model.objective!.node]).some(overTime) ? undefined : axis;
}

/** A quantity with its formula as text. */
export const quantityIn =
  ({ graph }: Model) =>
  ({ node, filled: _, by: __, none: ___, ...rest }: Measured): Quantity => ({
    ...rest,
    label: `${rest.name} = ${printStatements(toStatements(asSaid(graph, node), { graph }), 'unicode')}`,
  });
