import { entryCount, sizeOf } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Model } from '../model/model.ts';
import type { Binding } from '../numeric/binding.ts';
import { AUTO, isSolver, type Method, optimizerNamed, optimizers } from './optimizers/index.ts';
import { DEFAULTS, type TrainOptions } from './options.ts';
import { type Degree, degreeOf, isSmooth } from './quadratic.ts';
import { sumOfSquares } from './squares.ts';
import type { Slopes } from './step.ts';

/** A matrix of second derivatives, or of derivatives of residuals, with more numbers than this is not formed by `auto`. */
const MOST_NUMBERS = 4e6;
/** A factorisation of more entries than this takes longer than many steps without one. */
const MOST_ENTRIES = 500;

export interface Chosen {
  readonly method: Method;
  readonly reason?: string;
}

/** An option that only means something to methods that step by a rate. */
function ruleOption(options: TrainOptions): string | undefined {
  const { schedule = 'constant', warmup = 0 } = options;
  if (schedule !== 'constant') return 'schedule';
  if (warmup > 0) return 'warmup';
  return (['clip', 'weightDecay', 'shuffle'] as const).find(
    (name) => options[name] !== undefined && options[name] !== false && options[name] !== 0,
  );
}

/** What a rule of choice looks at. */
interface Situation {
  readonly options: TrainOptions;
  /** Entries of all parameters together. */
  readonly entries: number;
  /** Residuals, where the cost is a sum of their squares. */
  readonly residuals: number | undefined;
  readonly degree: Degree;
  readonly smooth: boolean;
  /** Whether something is declared of a parameter that steps must keep. */
  readonly bounded: boolean;
}

interface Choice {
  readonly holds: (s: Situation) => boolean;
  readonly name: (s: Situation) => string;
  readonly reason: (s: Situation) => string;
}

const few = (s: Situation): boolean => s.entries <= MOST_ENTRIES;
const byResiduals = (s: Situation): boolean =>
  s.smooth && s.residuals !== undefined && few(s) && s.residuals * s.entries <= MOST_NUMBERS;

/** From the most special case to what always works: the first that holds decides. */
export const CHOICES: readonly Choice[] = [
  {
    holds: ({ options }) => options.batch !== undefined,
    name: () => 'adam',
    reason: () => 'steps on some of the examples at a time',
  },
  {
    holds: ({ options }) => ruleOption(options) !== undefined,
    name: () => 'adam',
    reason: ({ options }) => `${ruleOption(options)} is for methods that step by a rate`,
  },
  {
    holds: (s) => s.degree !== 'other' && byResiduals(s),
    name: () => 'levenberg-marquardt',
    reason: ({ bounded }) =>
      bounded
        ? 'a sum of squares of what is linear in the parameters, within bounds'
        : 'a sum of squares of what is linear in the parameters: solved at once',
  },
  {
    holds: (s) => s.degree === 'linear' && few(s),
    name: () => 'newton',
    reason: () => 'linear in the parameters',
  },
  {
    holds: (s) => s.degree === 'quadratic' && few(s),
    name: () => 'newton',
    reason: ({ bounded }) =>
      bounded ? 'quadratic in the parameters, within bounds' : 'quadratic in the parameters: solved at once',
  },
  {
    holds: byResiduals,
    name: () => 'levenberg-marquardt',
    reason: ({ residuals }) => (residuals === 1 ? 'the square of one residual' : `a sum of ${residuals} squares`),
  },
  {
    holds: (s) => s.smooth && s.residuals !== undefined,
    name: () => 'lbfgs',
    reason: ({ residuals, entries }) =>
      `a sum of ${residuals} squares with ${entries} numbers to learn: too many for the factors of their derivatives`,
  },
  {
    holds: (s) => s.smooth && few(s),
    name: () => 'lbfgs',
    reason: ({ entries }) => `smooth, with ${entries === 1 ? 'one number' : `${entries} numbers`} to learn`,
  },
  {
    holds: (s) => s.smooth,
    name: () => 'lbfgs',
    reason: () => 'smooth, and all examples in each step',
  },
  { holds: () => true, name: () => 'lbfgs', reason: () => 'all examples in each step; the cost has kinks' },
];

/**
 * The method that was asked for, or the one that what the symbols tell decides.
 * @throws GradusError `usage` for a name that is not in the list, or a method that the cost does not suit
 */
export function chosenMethod(model: Model, slopes: Slopes, binding: Binding, options: TrainOptions, engine?: string): Chosen {
  const { optimizer = DEFAULTS.optimizer } = options;
  if (optimizer !== AUTO) {
    const method = optimizerNamed(optimizer);
    if (!isSolver(method)) return { method };
    if (engine !== undefined) throw severalLooks(method, engine);
    const idle = ruleOption(options);
    if (idle !== undefined)
      throw new GradusError('usage', `${method.name} finds its own steps: it has no ${idle}`, {
        hint: 'leave it out, or choose a method that steps by a rate, such as adam',
      });
    if (options.batch !== undefined)
      throw new GradusError('usage', `${method.name} takes all examples in each step, not batches`, {
        hint: 'leave the batch out, or choose adam',
      });
    if (method.ofSquares && !squaresOf(model, slopes))
      throw new GradusError('usage', `${method.name} needs a sum of squares, and the cost is none`, {
        span: model.objective!.span,
        hint: 'lbfgs and newton take any cost; a sum of squares is written sum((…).^2) or mse(…)',
      });
    return { method };
  }
  const found = situation(model, slopes, binding, options);
  const choice = CHOICES.find((c) => c.holds(found))!;
  const method = optimizerNamed(choice.name(found));
  if (engine !== undefined && isSolver(method))
    return { method: optimizerNamed('adam'), reason: `the engine ${engine} runs methods whose step is one formula` };
  return { method, reason: choice.reason(found) };
}

const severalLooks = ({ name }: Method, engine: string): GradusError =>
  new GradusError('usage', `${name} looks at the cost more than once in a step: the engine ${engine} does not run it`, {
    hint: `the methods whose step is one formula are ${optimizers.flatMap((o) => (isSolver(o) ? [] : [o.name])).join(', ')}`,
  });

/** The squares that a cost is the sum of, or the negative of one that is maximized. */
export const squaresOf = ({ graph, objective }: Model, { gradients }: Slopes) =>
  sumOfSquares(
    graph,
    objective!.node,
    gradients.map((g) => g.variable),
    objective!.sense === 'maximize' ? -1 : 1,
  );

function situation(model: Model, slopes: Slopes, binding: Binding, options: TrainOptions): Situation {
  const variables = slopes.gradients.map((g) => g.variable);
  const count = (node: Node): number => sizeOf(entryCount(node.shape), binding.sizes);
  const squares = squaresOf(model, slopes);
  return {
    options,
    entries: variables.reduce((n, v) => n + count(v), 0),
    residuals: squares?.reduce((n, { residual }) => n + count(residual), 0),
    degree: degreeOf(model, variables),
    smooth: isSmooth(model.objective!.node),
    bounded: variables.some(({ name }) => model.inputs.get(name)!.facts.some(({ record }) => record.bounds)),
  };
}
