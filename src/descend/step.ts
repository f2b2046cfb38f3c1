import type { Update } from '../compile/index.ts';
import { showShape } from '../graph/dimension.ts';
import { isZeroNode } from '../graph/graph.ts';
import type { Node, Variable } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Input, Model } from '../model/model.ts';
import { runningGradient } from '../model/running.ts';
import type { Optimizer } from './optimizers.ts';

/** A step of descent as expressions: what it measures and what it changes. */
export interface DescentStep {
  readonly cost: Node;
  readonly updates: readonly (Update & { readonly gradient: Node })[];
}

/** The learning rate's variable: an input, so that it can change without compiling again. No source has this name. */
export const RATE = 'learning rate';

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
  const uphill = (partial: Node) => (objective.sense === 'maximize' ? g.neg(partial) : partial);
  const updates = params.flatMap(({ node: parameter, facts }, k) => {
    if (isZeroNode(partials[k]!)) return [];
    const moved = optimizer.update(g, { parameter, gradient: uphill(partials[k]!), rate });
    const value = facts.reduce((at, { record }) => record.kept?.(g, at, parameter) ?? at, moved);
    return [{ variable: parameter as Variable, value, gradient: partials[k]! }];
  });
  if (updates.length === 0) {
    throw new GradusError('argument', 'there is nothing to train: the objective does not depend on any parameter', { span });
  }
  return { cost, updates };
}
