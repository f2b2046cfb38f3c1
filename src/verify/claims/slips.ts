import type { SlipName } from '../../derivation/words/words.ts';
import { dimensionNames } from '../../graph/dimension.ts';
import { constantOf } from '../../graph/forms.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { type Fraction, isOne, rational } from '../../graph/rational.ts';
import { topological } from '../../graph/traverse.ts';
import { attempt } from '../../language/attempt.ts';
import type { Model } from '../../model/model.ts';
import { isStepped } from '../../operators/comparison.ts';
import { sign } from '../../operators/kinked.ts';
import { isDerivable, type Operator } from '../../operators/operator.ts';
import { pow, power } from '../../operators/power.ts';

/** A slip that runs through the whole of a claim, and the claim without it. */
export interface Slip {
  readonly cause: SlipName;
  readonly node: Node;
  /** The right claim, from the text of the wrong one. */
  readonly right: (claim: string) => string;
  /** The function whose derivative is missing or too many. */
  readonly function?: Operator;
  /** The quantity, or the number, that is missing or too many. */
  readonly quantity?: Node;
  readonly number?: Fraction;
}

const FACTORS = [2, 3, 4, 5, 6].flatMap((n) => [n, 1 / n]);

/**
 * The claim with a sign turned, a number or a size of an axis multiplied or divided, a function's derivative put in or
 * taken out: the first that is right tells what was wrong.
 * @param by what is derived by, which is no constant factor
 */
export function* wholeSlips(
  model: Model,
  objective: Node,
  claim: Node,
  { truth, by }: { readonly truth: Node; readonly by: readonly Node[] },
): Generator<Slip> {
  const { graph: g } = model;
  const wrap = (text: string) => (/^[\w\p{L}']+$/u.test(text) ? text : `(${text})`);
  yield { cause: 'sign', node: g.neg(claim), right: (text) => `-${wrap(text)}` };
  for (const size of sizes(model)) {
    const quantity = g.size(size);
    yield { cause: 'mean', node: g.mul(power(g, quantity, -1), claim), right: (text) => `${wrap(text)}/${size}`, quantity };
    yield { cause: 'mean', node: g.mul(quantity, claim), right: (text) => `${size}*${wrap(text)}`, quantity };
  }
  const scalars = [...model.inputs.values()].filter(
    ({ node }) => node.shape.length === 0 && !(by.length === 1 && by[0] === node),
  );
  for (const { name, node, role } of scalars) {
    // A letter that may move is no constant.
    const [missing, extra] = role === 'const' ? (['factor', 'factor'] as const) : (['missing-factor', 'extra-factor'] as const);
    yield { cause: missing, node: g.mul(node, claim), right: (text) => `${name}*${wrap(text)}`, quantity: node };
    yield { cause: extra, node: g.mul(power(g, node, -1), claim), right: (text) => `${wrap(text)}/${name}`, quantity: node };
  }
  for (const inner of innerFactors(g, objective, by)) {
    const text = inner.toFraction();
    yield { cause: 'missing-function', node: g.mul(inner, claim), right: (own) => `${text}*${wrap(own)}`, number: inner };
  }
  for (const factor of FACTORS) {
    const exact: Fraction = factor > 1 ? rational(factor) : rational(Math.round(1 / factor)).inverse();
    const right = (text: string) => (factor > 1 ? `${factor}*${wrap(text)}` : `${wrap(text)}/${Math.round(1 / factor)}`);
    yield { cause: 'factor', node: g.mul(exact, claim), right, number: exact };
    yield { cause: 'factor', node: g.mul(exact.neg(), claim), right: (text) => `-${right(text)}`, number: exact };
  }
  // A number alone is no derivative of an outer function.
  if (constantOf(claim)) return;
  for (const node of topological([objective])) {
    // A choice has no derivative of its own: it passes on that of a branch.
    if (node.kind !== 'apply' || node.operator.route) continue;
    for (const [at, partial] of node.operator.partials.entries()) {
      if (!isDerivable(node.operator, at)) continue;
      // Not every function has a derivative by each of its arguments.
      const slope = attempt(() => partial(g, node.args, node));
      if (!slope) continue;
      const fits = slope.shape.length === 0 || slope.shape.join() === truth.shape.join();
      if (!fits || constantOf(slope)) continue;
      const name = node.operator === pow ? 'the power' : node.operator.name;
      const shared = { function: node.operator };
      yield {
        cause: 'missing-function',
        node: g.mul(claim, slope),
        right: (text) => `${wrap(text)} times the derivative of ${name}`,
        ...shared,
      };
      if (topological([slope]).some(isSwitch)) continue;
      yield {
        cause: 'extra-function',
        node: g.mul(claim, power(g, slope, -1)),
        right: (text) => `${wrap(text)} without the derivative of ${name}`,
        ...shared,
      };
    }
  }
}

/** The slopes of what functions of numbers are applied to, where they are numbers: 2 of (2x + 1)⁵. */
function innerFactors(g: Graph, objective: Node, by: readonly Node[]): Fraction[] {
  const [x, ...others] = by;
  if (!x || others.length > 0 || x.shape.length > 0) return [];
  const found = topological([objective]).flatMap((node) => (node.kind === 'apply' ? node.args : []));
  return [...new Set(found)].flatMap((arg) => {
    const terms = (arg.kind === 'sum' ? arg.terms : [arg]).filter((term) => topological([term]).includes(x));
    const { coefficient, core } = terms.length === 1 ? g.splitCoefficient(terms[0]!) : {};
    return core === x && coefficient && !isOne(coefficient) ? [coefficient] : [];
  });
}

/** What is 0 for some: nobody has it as a factor too many, since the claim would be 0 there. */
const isSwitch = (node: Node): boolean => node.kind === 'apply' && node.operator !== sign && isStepped(node);

const sizes = (model: Model): Set<string> => new Set([...model.inputs.values()].flatMap((i) => i.shape.flatMap(dimensionNames)));
