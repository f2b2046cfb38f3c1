import type { Update } from '../compile/index.ts';
import { showShape } from '../graph/dimension.ts';
import { isZeroNode } from '../graph/forms.ts';
import type { Node, Variable } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Input, Model } from '../model/model.ts';
import { runningGradient } from '../model/running.ts';
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
const stateName = (parameter: string, state: string): string => `${state} of ${parameter}`;

/** All that a step changes. */
export const changed = ({ updates, carried }: DescentStep): readonly Update[] => [...updates, ...carried];

export const parametersOf = (model: Model): Input[] => [...model.inputs.values()].filter((input) => input.role === 'param');

/** What was derived for a model, as long as the model lives. */
const derived = new WeakMap<Model, Map<Optimizer, DescentStep>>();

/**
 * One step of descent for all parameters at once. An objective to maximize is measured as written and climbed; one
 * without a sense is minimized.
 * @throws GradusError `argument` or `shape` if there is nothing that descent could do
 */
export function descentStep(model: Model, optimizer: Optimizer): DescentStep {
  const known = derived.get(model) ?? new Map<Optimizer, DescentStep>();
  derived.set(model, known);
  const step = known.get(optimizer) ?? derivedStep(model, optimizer);
  known.set(optimizer, step);
  return step;
}

function derivedStep(model: Model, optimizer: Optimizer): DescentStep {
  const { graph: g, objective } = model;
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
  const [cost, ...partials] = runningGradient(
    model,
    params.map((p) => p.name),
  );
  const rate = g.variable(RATE, [], 'const');
  const done = g.variable(COUNT, [], 'const');
  const count = g.sum(done, 1);
  const options = Object.fromEntries(
    Object.keys(optimizer.options ?? {}).map((name) => [name, g.variable(optionName(name), [], 'const')]),
  );
  const carried: Update[] = [];
  const uphill = (partial: Node) => (objective.sense === 'maximize' ? g.neg(partial) : partial);
  const updates = params.flatMap(({ name, node: parameter, facts }, k) => {
    if (isZeroNode(partials[k]!)) return [];
    const state = Object.fromEntries(
      (optimizer.state ?? []).map((of) => [of, g.variable(stateName(name, of), parameter.shape, 'const')]),
    );
    const slope: Slope = { parameter, gradient: uphill(partials[k]!), rate, count, options, state };
    const moved: Moved = optimizer.update(g, slope);
    for (const [of, value] of Object.entries(moved.state ?? {})) carried.push({ variable: state[of]!, value });
    const value = facts.reduce((at, { record }) => record.kept?.(g, at, parameter) ?? at, moved.parameter);
    return [{ variable: parameter as Variable, value, gradient: partials[k]! }];
  });
  if (updates.length === 0) {
    throw new GradusError('argument', 'there is nothing to train: the objective does not depend on any parameter', { span });
  }
  const counted = topological([...updates, ...carried].map((u) => u.value)).includes(done);
  return { cost, updates, carried: counted ? [...carried, { variable: done, value: count }] : carried };
}
