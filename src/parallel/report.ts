import type { Precision } from '../compile/index.ts';
import { type Dim, dimensionNames } from '../graph/dimension.ts';
import { GradusError, nearest } from '../language/diagnostics.ts';
import { knownName } from '../language/names.ts';
import { listed } from '../language/visible.ts';
import type { Model } from '../model/model.ts';
import { objectiveName } from '../model/objective-name.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import { type Amount, amountOf, sumOf } from './amount.ts';
import { runningOf, type SentPart } from './sent.ts';
import { type ToldVerdict, told } from './told.ts';
import type { Collective } from './traffic.ts';
import { verdictOn } from './verdict.ts';

/** What is known beforehand of a model whose dimension is split over devices. */
export interface ParallelReport {
  readonly objective: string;
  readonly dimension: string;
  readonly precision: Precision;
  readonly verdict: ToldVerdict;
  /** What is sent in each step. */
  readonly sent: {
    /** To put gradients together, where that is allowed. */
    readonly gradients?: Sending;
    /** Where arrays are global and a compiler splits them, which gives the gradient whatever the verdict is. */
    readonly compiled: Readonly<Record<Collective, Sending>>;
    /** Quantities of which it is not known what a compiler sends for them. */
    readonly untold: readonly string[];
  };
  /** What each device holds. */
  readonly memory: {
    readonly parameters: Amount;
    /** How many arrays of the parameters' shapes an optimizer carries, by its name. */
    readonly optimizers: Readonly<Record<string, number>>;
    readonly data: Amount;
    /** Every value on the way to the objective and its gradients, if none is freed. */
    readonly values: Amount;
  };
}

export interface Sending extends Amount {
  /** What is sent, largest first where sizes are known. */
  readonly parts: readonly { readonly of: string; readonly numbers: Dim }[];
}

export interface ParallelOptions {
  readonly precision?: Precision;
  /** Values by name, whose sizes count. */
  readonly inputs?: Inputs;
}

/**
 * What the symbols tell of a model, derived by names, that is split along a dimension.
 * @throws GradusError `name` for what is no dimension of its inputs, `shape` for an objective that is no number
 */
export function parallelReport(
  model: Model,
  wrt: readonly string[],
  given: string,
  { precision = 'f64', inputs = {} }: ParallelOptions = {},
): ParallelReport {
  const { graph, objective } = model;
  if (!objective) throw new GradusError('argument', 'the source has no objective');
  const dimension = knownDimension(model, given);
  if (objective.node.shape.length > 0)
    throw new GradusError('shape', 'an array has no gradient to put together: the objective must be a number', {
      hint: 'sum its entries, or minimize its squares',
      span: objective.span,
    }).within(model.text);
  const moving = [...model.inputs.values()].filter((i) => i.role === 'param' || wrt.includes(i.name));
  const verdict = verdictOn({ graph, objective: objective.node, m: dimension, moving: new Set(moving.map((i) => i.node)) });
  const { sizes } = bind(model, inputs);
  const amount = (numbers: Dim): Amount => amountOf(numbers, dimension, sizes, precision);
  const sending = (parts: readonly SentPart[]): Sending => ({
    ...amount(sumOf(parts.map((p) => p.numbers))),
    parts: parts
      .map(({ of, numbers }) => ({ of, numbers }))
      .toSorted((a, b) => (amount(b.numbers).bytes ?? 0) - (amount(a.numbers).bytes ?? 0)),
  });
  const { gradients, compiled, untold, held } = runningOf(model, wrt, dimension, sizes);
  const ofKind = (kind: Collective): Sending => sending(compiled.filter((p) => p.kind === kind));
  const together = verdict.way === 'average' || verdict.way === 'add';
  return {
    objective: objectiveName(model),
    dimension,
    precision,
    verdict: told(model, dimension, verdict),
    sent: {
      ...(together && { gradients: sending(gradients) }),
      compiled: { 'all-reduce': ofKind('all-reduce'), 'all-gather': ofKind('all-gather') },
      untold,
    },
    memory: {
      parameters: amount(held.parameters),
      optimizers: held.optimizers,
      data: amount(held.data),
      values: amount(held.values),
    },
  };
}

function knownDimension({ inputs }: Model, given: string): string {
  const names = [...new Set([...inputs.values()].flatMap((i) => i.shape.flatMap(dimensionNames)))];
  const name = knownName(given, names);
  if (names.includes(name)) return name;
  const near = nearest(name, names);
  throw new GradusError('name', `${given} is no dimension of the source`, {
    hint:
      names.length === 0
        ? 'give the axis that is split a name: data X : [m, 2]'
        : near
          ? `did you mean ${near}?`
          : `its dimensions are ${listed(names)}`,
  });
}
