import { type CheckOptions, check as checkSource } from '../calculus/check.ts';
import { powersOf, powerTerm } from '../calculus/collect.ts';
import { expand as multiplyOut } from '../calculus/expand.ts';
import { inlineDefinitions } from '../calculus/inline.ts';
import { english } from '../derivation/words/en.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { GradusError, nearest, type Warning } from '../language/diagnostics.ts';
import { givenName, knownName } from '../language/names.ts';
import { parse } from '../language/parser.ts';
import type { Inputs } from '../numeric/binding.ts';
import { Callable, type CompileOptions, plain, type Result } from '../numeric/callable.ts';
import { operators } from '../operators/index.ts';
import type { TextOptions } from '../render/derivation.ts';
import { lemmaLines, lemmaOf } from '../render/lemma.ts';
import { type DeriveOptions, derive } from './derive.ts';
import { Expression } from './expression.ts';
import { subject } from './names.ts';

export { subject } from './names.ts';

/** A compiled source; `warnings` is what in it may not be what was meant. */
export interface Compiled {
  (inputs?: Inputs): Result;
  readonly warnings: readonly Warning[];
}

/** A source as a numeric function of its free names or declared inputs. */
export function compile(source: string, options: CheckOptions & CompileOptions = {}): Compiled {
  const model = checkSource(parse(source), options);
  const callable = Callable.of(model, [subject(model)], options);
  return Object.assign((inputs: Inputs = {}) => plain(callable.run(inputs)[0]!), { warnings: model.warnings });
}

export interface SimplifyOptions extends CheckOptions {
  /** Multiply products of sums out. */
  readonly expand?: boolean;
}

/** The same value in normal form, as short as the rules make it, or multiplied out. */
export function simplify(source: string | Expression, options: SimplifyOptions = {}): Expression {
  if (source instanceof Expression) return normal(source.graph, source.node, options);
  const model = checkSource(parse(source), options);
  return normal(model.graph, subject(model), options);
}

/**
 * Products of sums multiplied out, whole powers of sums too, like terms put together: (x + 1)² as x² + 2x + 1.
 * @throws GradusError `unsupported` if that gives thousands of terms
 */
export function expand(source: string | Expression, options: CheckOptions = {}): Expression {
  return simplify(source, { ...options, expand: true });
}

/**
 * A source as a polynomial in one of its scalar names: multiplied out, the coefficients put together power by power,
 * the highest first. Functions of the name, such as sin(x), count as coefficients. The shape stays what it was.
 * @throws GradusError `name` if the source has no such name, `shape` if the name is no scalar, `unsupported` if
 *   multiplied out there are thousands of terms
 */
export function collect(source: string, wanted: string, options: CheckOptions = {}): Expression {
  const model = checkSource(parse(source), options);
  const name = knownName(wanted, model.inputs.keys());
  const g = model.graph;
  const input = model.inputs.get(name);
  if (!input) throw new GradusError('name', `there is no ${name} to collect`, { hint: nearest(name, [...model.inputs.keys()]) });
  if (input.node.shape.length > 0) throw new GradusError('shape', `${name} is no scalar: a polynomial is one in a number`);
  const [node] = inlineDefinitions(g, [subject(model)]) as [Node];
  const terms = powersOf(g, node, input.node).map((power) => powerTerm(g, power, input.node));
  const sum = g.add(terms);
  if (sum.shape.length > 0 || terms.length < 2) return new Expression(g, sum);
  // In descending powers, however the same sum was spelled before.
  return Expression.inOrder(g, sum, terms);
}

function normal(g: Graph, node: Node, options: SimplifyOptions): Expression {
  if (!options.expand) return Expression.closed(g, [{ node }])[0]!;
  return new Expression(g, multiplyOut(g, inlineDefinitions(g, [node]))[0]!);
}

/**
 * ∂fᵢ/∂xⱼ, of shape [f…, x…]; for a scalar f the gradient. Evaluated forward or backwards, whichever carries fewer
 * entries along.
 */
export function jacobian(source: string, wrt?: string, options: DeriveOptions = {}): Expression {
  return derive(source, wrt, { ...options, steps: false }).partial;
}

/** A source's expression as LaTeX, as it was written. */
export function toLatex(source: string, options: CheckOptions = {}): string {
  const model = checkSource(parse(source), options);
  const node = subject(model);
  return new Expression(model.graph, node.kind === 'definition' ? node.value : node).toLatex();
}

/**
 * Why a function's derivative is what it is: derived from the function's definition by others, as text.
 * @throws GradusError for a name that is no function, or one that others do not define
 */
export function lemma(called: string, { ascii = false, words = english }: Pick<TextOptions, 'ascii' | 'words'> = {}): string {
  const name = givenName(called);
  const operator = operators.find((o) => o.name === name || o.spellings?.includes(name));
  if (!operator)
    throw new GradusError('name', `${name} is no function`, {
      hint: nearest(
        name,
        operators.map((o) => o.name),
      ),
    });
  const found = lemmaOf(operator);
  if (!found) throw new GradusError('argument', `${operator.name} is not defined by other functions`);
  return lemmaLines(found, words, ascii ? 'ascii' : 'unicode').join('\n');
}
