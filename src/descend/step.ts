import type { Update } from '../compile/index.ts';
import { usedVariables } from '../compile/variables.ts';
import { showShape } from '../graph/dimension.ts';
import { axes, isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node, Variable } from '../graph/node.ts';
import { decimal } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import { lazily } from '../language/lazily.ts';
import type { Input, Model } from '../model/model.ts';
import { runningGradient } from '../model/running.ts';
import type { Fact } from '../operators/facts.ts';
import { min } from '../operators/kinked.ts';
import { divide, power, sqrt } from '../operators/power.ts';
import { linearIn } from './linear.ts';
import type { Moved, Optimizer, Slope } from './optimizers/index.ts';

/** A step of descent as expressions: what it measures and what it changes. */
export interface DescentStep {
  readonly cost: Node;
  readonly updates: readonly (Update & { readonly gradient: Node })[];
  /** What the optimizer carries from step to step: it starts at 0. */
  readonly carried: readonly Update[];
}

/**
 * The learning rate's variable, and those of the optimizer's own options: inputs, so that they can change without compiling
 * again. No source has these names, nor that of the number of steps done, nor those of what is carried.
 */
export const RATE = 'learning rate';
export const optionName = (name: string): string => `option ${name}`;
const COUNT = 'steps done';
export const CLIP = 'longest gradient';
export const DECAY = 'weight decay';
const stateName = (parameter: string, state: string): string => `${state} of ${parameter}`;

/** All that a step changes. */
export const changed = ({ updates, carried }: DescentStep): readonly Update[] => [...updates, ...carried];

export const parametersOf = (model: Model): Input[] => [...model.inputs.values()].filter((input) => input.role === 'param');

/** A cost and its derivatives by the parameters that it depends on, as they run. */
export interface Slopes {
  readonly cost: Node;
  readonly gradients: readonly { readonly variable: Variable; readonly gradient: Node; readonly facts: readonly Fact[] }[];
  /** The model's inputs that they read. */
  readonly reads: readonly string[];
  /** The parameters in which the cost is linear, and falls without end. */
  readonly straight: () => ReadonlySet<string>;
}

/** What was derived for a model, as long as the model lives, by the names that stay fixed. */
const derived = new WeakMap<Model, Map<string, { readonly slopes: Slopes; readonly steps: Map<string, DescentStep> }>>();

function known(model: Model, fixed: readonly string[]) {
  const all = derived.get(model) ?? new Map();
  derived.set(model, all);
  const key = [...fixed].sort().join();
  const found = all.get(key) ?? { slopes: derivedSlopes(model, fixed), steps: new Map() };
  all.set(key, found);
  return found;
}

/**
 * What a model's parameters are moved by. An objective without a sense is minimized.
 * @param fixed parameters that stay where they are
 * @throws GradusError `argument` or `shape` if there is nothing that descent could do, `name` for a name that is no parameter
 */
export const slopesOf = (model: Model, fixed: readonly string[] = []): Slopes => known(model, fixed).slopes;

/** What changes all gradients before an optimizer sees them. */
export interface Regime {
  /** Gradients that together are longer than an option of this step are shortened to it. */
  readonly clipped: boolean;
  /** Weights decay: a share of each parameter is added to its gradient. */
  readonly decaying: boolean;
}

/** One step of descent for all parameters at once, uphill where the model maximizes. @throws GradusError as `slopesOf` */
export function descentStep(model: Model, optimizer: Optimizer, regime: Regime, fixed: readonly string[] = []): DescentStep {
  const { slopes, steps } = known(model, fixed);
  const key = `${optimizer.name},${regime.clipped},${regime.decaying}`;
  const step = steps.get(key) ?? derivedStep(model, slopes, optimizer, regime);
  steps.set(key, step);
  return step;
}

/** What stands for the gradient by a parameter where the step of an optimizer is looked at by itself. */
export const slopeName = (parameter: string): string => `gradient of ${parameter}`;

/**
 * The step of an optimizer by itself, which is given the gradients under the names of `slopeName`: for an engine that
 * computes these from a program of its own.
 */
export function stepAlone(model: Model, optimizer: Optimizer, regime: Regime, fixed: readonly string[] = []): DescentStep {
  const { cost, gradients } = slopesOf(model, fixed);
  const given = gradients.map((one) => ({
    ...one,
    gradient: model.graph.variable(slopeName(one.variable.name), one.variable.shape, 'const'),
  }));
  return derivedStep(model, { cost, gradients: given }, optimizer, regime);
}

function derivedSlopes(model: Model, fixed: readonly string[]): Slopes {
  const { objective } = model;
  if (!objective) {
    throw new GradusError('argument', 'there is nothing to train: the source has no objective', {
      hint: 'end it with minimize Cost = …',
    });
  }
  const { node, span } = objective;
  if (node.shape.length > 0) {
    throw new GradusError('shape', `only a scalar can be ${objective.sense === 'maximize' ? 'maximized' : 'minimized'}`, {
      span,
      note: `is ${showShape(node.shape)}`,
      hint: 'take its sum(…) or its mean(…)',
    });
  }
  const params = parametersOf(model);
  if (params.length === 0) {
    throw new GradusError('argument', 'there is nothing to train: the source declares no parameter', {
      hint: 'declare what is to be learned: param w = 0',
    });
  }
  const unknown = fixed.find((name) => !params.some((p) => p.name === name));
  if (unknown !== undefined)
    throw new GradusError('name', `${unknown} is no parameter that could stay fixed`, {
      hint: `the parameters are ${params.map((p) => p.name).join(', ')}`,
    });
  const moved = params.filter(({ name }) => !fixed.includes(name));
  const [cost, ...partials] = runningGradient(
    model,
    moved.map((p) => p.name),
  );
  const gradients = moved.flatMap(({ node: variable, facts }, k) =>
    isZeroNode(partials[k]!) ? [] : [{ variable: variable as Variable, gradient: partials[k]!, facts }],
  );
  if (gradients.length === 0) {
    const which = fixed.length > 0 ? 'any parameter that is not fixed' : 'any parameter';
    throw new GradusError('argument', `there is nothing to train: the objective does not depend on ${which}`, { span });
  }
  const used = usedVariables({ outputs: [cost, ...gradients.flatMap((g) => [g.variable, g.gradient])] });
  const reads = used.map(({ name }) => name).filter((name) => model.inputs.has(name));
  return { cost, gradients, reads, straight: lazily(() => linearIn(model, gradients)) };
}

function derivedStep(
  model: Model,
  { cost, gradients }: Pick<Slopes, 'cost' | 'gradients'>,
  optimizer: Optimizer,
  regime: Regime,
): DescentStep {
  const { graph: g } = model;
  const scalar = (name: string): Variable => g.variable(name, [], 'const');
  const rate = scalar(RATE);
  const done = scalar(COUNT);
  const count = g.sum(done, 1);
  const options = Object.fromEntries(Object.keys(optimizer.options ?? {}).map((name) => [name, scalar(optionName(name))]));
  const downhill = gradients.map(({ gradient }) => (model.objective!.sense === 'maximize' ? g.neg(gradient) : gradient));
  const shortened = regime.clipped ? clipped(g, downhill, scalar(CLIP)) : downhill;
  const decay = regime.decaying ? scalar(DECAY) : undefined;
  const carried: Update[] = [];
  const updates = gradients.map(({ variable, gradient, facts }, k) => {
    const state = Object.fromEntries(
      (optimizer.state ?? []).map((of) => [of, g.variable(stateName(variable.name, of), variable.shape, 'const')]),
    );
    const slope = decay && !optimizer.decays ? g.sum(shortened[k]!, g.mul(decay, variable)) : shortened[k]!;
    const given: Slope = { parameter: variable, gradient: slope, rate, count, options, state, ...(decay && { decay }) };
    const moved: Moved = optimizer.update(g, given);
    for (const [of, value] of Object.entries(moved.state ?? {})) carried.push({ variable: state[of]!, value });
    const value = facts.reduce((at, { record }) => record.kept?.(g, at, variable) ?? at, moved.parameter);
    return { variable, value, gradient };
  });
  const counted = topological([...updates, ...carried].map((u) => u.value)).includes(done);
  return { cost, updates, carried: counted ? [...carried, { variable: done, value: count }] : carried };
}

/** Beside the length of a gradient that is 0, as others have it. */
const NEVER_ZERO = decimal('0.000001');

/** All gradients, shortened together so that they are not longer than `most` (Pascanu, Mikolov and Bengio 2013). */
function clipped(g: Graph, gradients: readonly Node[], most: Node): Node[] {
  const length = sqrt(g, g.add(gradients.map((gradient) => total(g, power(g, gradient, 2)))));
  const share = g.apply(min, 1, divide(g, most, g.sum(length, g.constant(NEVER_ZERO))));
  return gradients.map((gradient) => g.mul(share, gradient));
}

/** The sum of all entries. */
function total(g: Graph, node: Node): Node {
  const { result, sizes } = axes(node.shape);
  return g.contract({ factors: [node], indices: [result], result: [], sizes });
}
