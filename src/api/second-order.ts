import { wordsOf } from '../derivation/words/index.ts';
import { expandDerivatives } from '../differentiate/derivative-node.ts';
import { hessianProduct, jacobianProduct, partial, productJacobian } from '../differentiate/derivatives.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import { givenName } from '../language/names.ts';
import { unexpandedOf } from '../model/expanded.ts';
import { holding } from '../model/held.ts';
import type { CheckOptions, Input, Model } from '../model/model.ts';
import { objectiveName } from '../model/objective-name.ts';
import type { CompileOptions } from '../numeric/callable.ts';
import { columnShape } from '../operators/builder.ts';
import { namesAndOptions, refuseMore } from '../options/check.ts';
import { signatures } from '../options/signatures.ts';
import { stabilise } from '../stabilise/stabilise.ts';
import { absentLines, withAbsent } from './absent.ts';
import { square } from './beside.ts';
import { Blocks } from './blocks.ts';
import { Expression } from './expression.ts';
import { inputOf, namesToDerive, nameToDerive, subject } from './names.ts';
import { modelOf, type Source } from './source.ts';
import { speaking } from './speaking.ts';

export type HessianOptions = CheckOptions & CompileOptions;

/**
 * The second derivatives of a scalar: by one name of shape [x…, x…]. By several names the usual matrix where all are
 * scalars, with the names in the order in which they are given; otherwise a block of shape [x…, y…] for each pair.
 * @throws GradusError `shape` if the source is no scalar, `name` if it has no such name
 */
export function hessian(source: Source, wrt: readonly string[], options?: HessianOptions): Expression | Blocks;
export function hessian(source: Source, options: HessianOptions): Expression | Blocks;
export function hessian(source: Source, wrt?: string, options?: HessianOptions): Expression;
export function hessian(
  source: Source,
  wrt?: string | readonly string[] | HessianOptions,
  options?: HessianOptions,
  ...more: readonly unknown[]
): Expression | Blocks {
  return speaking([wrt, options], () => {
    refuseMore(signatures.hessian, more);
    const [names, chosen] = namesAndOptions<string | readonly string[], HessianOptions>(signatures.hessian, wrt, options);
    const given = modelOf(signatures.hessian, source, chosen, names);
    const by = namesToDerive(given, names);
    const model = holding(withAbsent(given, by), by);
    const of = (x: string, y: string) => secondDerivative(model, [x, y], chosen);
    if (by.length === 1) return of(by[0]!, by[0]!);
    if (by.some((name) => inputOf(model, name).shape.length > 0)) {
      const pairs = by.flatMap((x) => by.map((y) => [x, y] as const));
      return new Blocks(
        model,
        by,
        pairs,
        pairs.map(([x, y]) => of(x, y)),
      );
    }
    return square(
      model,
      by.map((x) => by.map((y) => of(x, y))),
    );
  });
}

/** ∂²f/∂x∂y of a model's scalar objective. */
export function secondDerivative(source: Model, [x, y]: readonly [string, string], options: CompileOptions): Expression {
  const model = holding(source, [x, y]);
  const f = scalar(model, 'the Hessian');
  const [first, second] = [inputOf(model, x), inputOf(model, y)];
  const { graph } = model;
  const mixed = (of: Node): Node => partial(graph, of, [first.node, second.node]);
  const node = expandDerivatives(graph, mixed(f));
  const from = {
    model,
    runs: () => stabilise(graph, [mixed(unexpandedOf(model, f))])[0]!,
    by: [first.node, second.node],
    symmetric: first === second && node.shape.length > 1,
    options,
    notes: () => absentLines(model, [...new Set([x, y])], objectiveName(model), wordsOf(model)),
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
export function hvp(source: Source, wrt?: string, options?: DirectionOptions): Expression;
export function hvp(source: Source, options: DirectionOptions): Expression;
export function hvp(
  source: Source,
  wrt?: string | DirectionOptions,
  options?: DirectionOptions,
  ...more: readonly unknown[]
): Expression {
  refuseMore(signatures.hvp, more);
  const scalarOf = (model: Model): Node => scalar(model, 'the Hessian');
  return along(signatures.hvp, [source, wrt, options], ['x', 'x'], hessianProduct, scalarOf);
}

/**
 * J·v for the Jacobian J of a source by a name, of the source's shape: how it moves when the name moves by v, which has
 * the shape of the name. One forward sweep; J is never formed.
 * @throws GradusError `name` if the source has no such name
 */
export function jvp(source: Source, wrt?: string, options?: DirectionOptions): Expression;
export function jvp(source: Source, options: DirectionOptions): Expression;
export function jvp(
  source: Source,
  wrt?: string | DirectionOptions,
  options?: DirectionOptions,
  ...more: readonly unknown[]
): Expression {
  refuseMore(signatures.jvp, more);
  return along(signatures.jvp, [source, wrt, options], ['x', 'f'], jacobianProduct);
}

/**
 * vᵀ·J for the Jacobian J of a source by a name, of the name's shape; v has the source's. One reverse sweep; J is never
 * formed.
 * @throws GradusError `name` if the source has no such name
 */
export function vjp(source: Source, wrt?: string, options?: DirectionOptions): Expression;
export function vjp(source: Source, options: DirectionOptions): Expression;
export function vjp(
  source: Source,
  wrt?: string | DirectionOptions,
  options?: DirectionOptions,
  ...more: readonly unknown[]
): Expression {
  refuseMore(signatures.vjp, more);
  return along(signatures.vjp, [source, wrt, options], ['f', 'x'], productJacobian);
}

/** @param like whether the direction and the result are of the shape of the source or of the name */
function along(
  signature: typeof signatures.hvp,
  [source, wrt, given]: readonly [Source, string | DirectionOptions | undefined, DirectionOptions | undefined],
  like: readonly ['f' | 'x', 'f' | 'x'],
  product: (g: Graph, f: Node, x: Node, v: Node) => Node,
  functionOf: (model: Model) => Node = subject,
): Expression {
  return speaking([wrt, given], () => {
    const [wanted, options] = namesAndOptions<string, DirectionOptions>(signature, wrt, given);
    const found = modelOf(signature, source, options, wanted);
    const by = nameToDerive(found, wanted);
    const model = holding(withAbsent(found, [by]), [by]);
    const g = model.graph;
    const x = inputOf(model, by);
    const f = functionOf(model);
    const shapes = { f: f.shape, x: x.shape };
    const name = directionName(model, options.direction);
    const [direction, result] = [shapes[like[0]], shapes[like[1]]];
    const v: Input = { name, role: 'free', shape: direction, node: g.variable(name, columnShape(direction)), facts: [] };
    const directed = (of: Node): Node => product(g, of, x.node, v.node);
    const node = expandDerivatives(g, directed(f));
    const whole: Model = { ...model, inputs: new Map([...model.inputs, [name, v]]) };
    const notes = () => absentLines(model, [by], objectiveName(model), wordsOf(model));
    const from = { model: whole, runs: () => stabilise(g, [directed(unexpandedOf(model, f))])[0]!, by: [x.node], options, notes };
    return Expression.closed(g, [{ node, shape: result, from }])[0]!;
  });
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
