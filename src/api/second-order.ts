import { type CheckOptions, check as checkSource, type Input, type Model } from '../calculus/check.ts';
import { hessianProduct, jacobianProduct, partial, productJacobian } from '../calculus/derivatives.ts';
import { holding } from '../calculus/held.ts';
import { stabilise } from '../calculus/stabilise.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import { givenName } from '../language/names.ts';
import { parse } from '../language/parser.ts';
import type { CompileOptions } from '../numeric/callable.ts';
import { columnShape } from '../operators/builder.ts';
import { Expression } from './expression.ts';
import { inputOf, namesToDerive, subject } from './names.ts';

/**
 * The second derivatives of a scalar: by one name of shape [x…, x…], by two (mixed) of shape [x…, y…].
 * @throws GradusError `shape` if the source is no scalar, `name` if it has no such name
 */
export function hessian(
  source: string,
  wrt?: string | readonly [string, string],
  options: CheckOptions & CompileOptions = {},
): Expression {
  const model = checkSource(parse(source), options);
  const names = typeof wrt === 'object' ? wrt : namesToDerive(model, wrt);
  return secondDerivative(model, [names[0]!, typeof wrt === 'object' ? wrt[1] : names[0]!], options);
}

/** ∂²f/∂x∂y of a model's scalar objective. */
export function secondDerivative(source: Model, [x, y]: readonly [string, string], options: CompileOptions): Expression {
  const model = holding(source, [x, y]);
  const f = scalar(model, 'the Hessian');
  const [first, second] = [inputOf(model, x), inputOf(model, y)];
  const node = partial(model.graph, f, [first.node, second.node]);
  const from = {
    model,
    runs: () => stabilise(model.graph, [node])[0]!,
    by: [first.node, second.node],
    symmetric: first === second && node.shape.length > 1,
    options,
  };
  return Expression.closed(model.graph, [{ node, shape: [...first.shape, ...second.shape], from }])[0]!;
}

function scalar(model: Model, what: string): Node {
  const node = subject(model);
  if (node.shape.length > 0)
    throw new GradusError('shape', `${what} is that of a scalar`, { hint: 'the Jacobian of an array is jacobian(…)' });
  return node;
}

export interface DirectionOptions extends CheckOptions, CompileOptions {
  /** The name of the direction, another input of the result; `v` if left out, or `v2` … where the source has a v. */
  readonly direction?: string;
}

/**
 * H·v for the Hessian H of a scalar by a name, as an expression of the source's names and the direction v, which has the
 * shape of the name. H is never formed: the cost is a few times that of the gradient (Pearlmutter 1994).
 * @throws GradusError `shape` if the source is no scalar, `name` if it has no such name
 */
export function hvp(source: string, wrt?: string, options: DirectionOptions = {}): Expression {
  return along(source, wrt, options, ['x', 'x'], (g, model, x, v) => hessianProduct(g, scalar(model, 'the Hessian'), x, v));
}

/**
 * J·v for the Jacobian J of a source by a name, of the source's shape: how it moves when the name moves by v, which has
 * the shape of the name. One forward sweep; J is never formed.
 * @throws GradusError `name` if the source has no such name
 */
export function jvp(source: string, wrt?: string, options: DirectionOptions = {}): Expression {
  return along(source, wrt, options, ['x', 'f'], (g, model, x, v) => jacobianProduct(g, subject(model), x, v));
}

/**
 * vᵀ·J for the Jacobian J of a source by a name, of the name's shape; v has the source's. One reverse sweep; J is never
 * formed.
 * @throws GradusError `name` if the source has no such name
 */
export function vjp(source: string, wrt?: string, options: DirectionOptions = {}): Expression {
  return along(source, wrt, options, ['f', 'x'], (g, model, x, v) => productJacobian(g, subject(model), x, v));
}

/** @param like whether the direction and the result are of the shape of the source or of the name */
function along(
  source: string,
  wrt: string | undefined,
  options: DirectionOptions,
  like: readonly ['f' | 'x', 'f' | 'x'],
  find: (g: Graph, model: Model, x: Node, v: Node) => Node,
): Expression {
  const given = checkSource(parse(source), options);
  const [by] = namesToDerive(given, wrt) as [string];
  const model = holding(given, [by]);
  const g = model.graph;
  const x = inputOf(model, by);
  const f = subject(model);
  const shapes = { f: f.shape, x: x.shape };
  const name = directionName(model, options.direction);
  const [own, found] = [shapes[like[0]], shapes[like[1]]];
  const v: Input = { name, role: 'free', shape: own, node: g.variable(name, columnShape(own)), facts: [] };
  const node = find(g, model, x.node, v.node);
  const whole: Model = { ...model, inputs: new Map([...model.inputs, [name, v]]) };
  const from = { model: whole, runs: () => stabilise(g, [node])[0]!, by: [x.node], options };
  return Expression.closed(g, [{ node, shape: found, from }])[0]!;
}

function directionName({ graph }: Model, given: string | undefined): string {
  const taken = graph.names;
  const wanted = given && givenName(given);
  if (wanted !== undefined) {
    if (!taken.has(wanted)) return wanted;
    throw new GradusError('name', `the source has a name ${wanted} already`, { hint: 'call the direction something else' });
  }
  let name = 'v';
  for (let k = 2; taken.has(name); k++) name = `v${k}`;
  return name;
}
