import { expandDerivatives } from '../differentiate/derivative-node.ts';
import { partial } from '../differentiate/derivatives.ts';
import type { Shape } from '../graph/dimension.ts';
import { inlineDefinitions } from '../graph/map.ts';
import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import { unexpandedOf } from '../model/expanded.ts';
import type { Model } from '../model/model.ts';
import { derivativeName, objectiveName } from '../model/objective-name.ts';
import { forReading } from '../simplify/pipelines.ts';
import { inputOf, subject } from './names.ts';

/** The model with the n-th derivative of its objective for an objective. */
export function lowerOrder(model: Model, wrt: readonly string[], order: number): Model {
  if (wrt.length !== 1)
    throw new GradusError('argument', 'a higher derivative is taken by one name', { hint: byOne(model, wrt) });
  const { graph } = model;
  const { node: x } = inputOf(model, wrt[0]!);
  const derivative = (of: Node): Node =>
    partial(
      graph,
      of,
      Array.from({ length: order }, () => x),
    );
  const f = subject(model);
  const found = expandDerivatives(graph, derivative(f));
  const node = forReading(graph, inlineDefinitions(graph, [found]))[0]!;
  const unexpanded = new Map([...model.unexpanded, [node, derivative(unexpandedOf(model, f))]]);
  return { ...model, definitions: [], objective: { node, sense: 'none', span: model.objective!.span }, unexpanded };
}

/** How a derivative by several names is taken one after the other. */
function byOne(model: Model, [x, y]: readonly string[]): string {
  const { name, sense } = model.objective ?? {};
  const isExpression = name === undefined && sense === 'none' && !/[;\n#]/.test(model.text);
  const f = isExpression ? model.text.trim() : objectiveName(model);
  return `derive by ${x} alone; a mixed derivative is that of diff(${f}, ${x}) by ${y}`;
}

/** A function by its name. */
export interface Named {
  readonly name: string;
  readonly node: Node;
  readonly shape: Shape;
}

/** The orders of a higher derivative around the one that is derived: those below it, f and f′ for f″, and the last. */
export interface OtherOrders {
  readonly lower: readonly Named[];
  /** Of scalars only: the matrix that a gradient has for its derivative is what the steps are for. */
  readonly last: readonly Named[];
}

export function otherOrders(source: Model, wrt: readonly string[], order: number, last: () => Node): OtherOrders {
  if (order === 1) return { lower: [], last: [] };
  const name = objectiveName(source);
  const part = (k: number, node: Node): Named => ({ name: derivativeName(name, k), node, shape: node.shape });
  const lower: Named[] = [];
  let model = source;
  for (let k = 0; k < order - 1; k++) {
    if (k > 0) model = lowerOrder(model, wrt, 1);
    lower.push(part(k, inlineDefinitions(model.graph, [subject(model)])[0]!));
  }
  const node = last();
  return { lower, last: node.shape.length === 0 ? [part(order, node)] : [] };
}
