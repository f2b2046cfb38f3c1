import { partial } from '../differentiate/derivatives.ts';
import { elaborate } from '../elaborate/elaborate.ts';
import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import { unexpandedOf } from '../model/expanded.ts';
import type { Model } from '../model/model.ts';
import { runningGradient } from '../model/running.ts';
import { Callable } from '../numeric/callable.ts';
import type { InputValue, Tensor } from '../numeric/tensor.ts';
import { stabilise } from '../stabilise/stabilise.ts';
import { labelled, shownText } from './entries.ts';
import { textOf } from './excerpt.ts';
import { type Known, known } from './known.ts';
import { hasName, isWritten, type MathInstance, type MathNode, type Scope, valueIn } from './nodes.ts';
import { inTree, NodeReader, type ReaderOptions } from './reader.ts';
import { count, type Read, sameSizes, showSizes } from './value.ts';

/** What is asked of an expression. */
export type Wanted = 'gradient' | 'jacobian' | 'hessian';

/** The expression as a model of its names, with the shapes that their values have. */
export function modelOf(read: Read, reader: NodeReader, text: string, by: readonly string[]): Model {
  // One that does not occur has the derivative 0, of its shape.
  for (const name of by)
    if (!reader.used.has(name))
      reader.used.set(name, known(valueIn(reader.scope, name), name) ?? { shape: [], value: undefined });
  const shapes = Object.fromEntries([...reader.used].map(([name, { shape }]) => [inTree(name), [...shape]]));
  const span = { start: 0, end: text.length };
  return elaborate({ text, statements: [{ kind: 'objective', sense: 'none', value: read.tree, span }] }, { shapes });
}

/**
 * The derivatives of an expression as a program, for scopes whose values have the shapes that they had when it was made.
 * What mathjs computes of them is computed anew each time.
 */
export class Plan {
  /** The shape of the expression in mathjs. */
  readonly shape: readonly number[];
  private readonly reader: NodeReader;
  private readonly callable: Callable;
  private readonly known: ReadonlySet<string>;

  constructor(node: MathNode, wanted: Wanted, options: ReaderOptions) {
    this.reader = new NodeReader(options);
    const { by } = options;
    const read = this.reader.read(node);
    this.shape = read.shape;
    // A matrix of one number is what a row times a column is.
    if (wanted !== 'jacobian' && count(read.shape) !== 1)
      throw new GradusError('shape', `the ${wanted} is that of a number, and the expression is ${showSizes(read.shape)}`, {
        hint:
          wanted === 'gradient' ? 'jacobian(…) is for arrays; sum(…) makes a number of one' : 'sum(…) makes a number of an array',
      });
    const model = modelOf(read, this.reader, textOf(node), by);
    this.known = new Set(model.inputs.keys());
    const names = by.map(inTree);
    this.callable = Callable.running(model, () =>
      wanted === 'hessian' ? secondDerivatives(model, names) : runningGradient(model, names).slice(1),
    );
  }

  /** The values that a scope gives the program; undefined if it was made for others. */
  inputs(math: MathInstance, scope: Scope): Record<string, InputValue> | undefined {
    const { used, relied, through, absent, builtIn } = this.reader;
    for (const name of absent) if (hasName(scope, name)) return undefined;
    for (const name of builtIn) if (typeof valueIn(scope, name) === 'function') return undefined;
    for (const [name, expr] of through) {
      const own = valueIn(scope, name);
      if (!isWritten(own) || own.expr !== expr) return undefined;
    }
    const inputs: Record<string, InputValue> = {};
    for (const [name, { shape, node }] of used) {
      const value = node ? computed(node, scope) : known(valueIn(scope, name), name);
      if (!value?.value || !sameSizes(value.shape, shape)) return undefined;
      if (this.known.has(inTree(name)))
        inputs[inTree(name)] = shape.length === 0 ? value.value[0]! : Float64Array.from(value.value);
    }
    for (const { node, value, labels } of relied) {
      const now = evaluated(node, labels ? labelled(math, scope, labels) : scope);
      if (shownText(now) !== value) return undefined;
    }
    return inputs;
  }

  /** In the order of the names; of second derivatives, of all their pairs. */
  run(inputs: Record<string, InputValue>): Tensor[] {
    return this.callable.run(inputs);
  }
}

/** What cannot be computed with this scope asks for another plan, whose error says why. */
function evaluated(node: MathNode, scope: Scope): unknown {
  try {
    return node.evaluate(scope);
  } catch {
    return undefined;
  }
}

const computed = (node: MathNode, scope: Scope): Known | undefined => known(evaluated(node, scope), '');

function secondDerivatives(model: Model, names: readonly string[]): Node[] {
  const { graph: g, inputs, objective } = model;
  const nodes = names.map((name) => inputs.get(name)!.node);
  return stabilise(
    g,
    nodes.flatMap((x) => nodes.map((y) => partial(g, unexpandedOf(model, objective!.node), [x, y]))),
  );
}
