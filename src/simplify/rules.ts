import { constantOf, isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Apply, Node } from '../graph/node.ts';
import {
  absolute,
  exactPower,
  type Fraction,
  isEven,
  isInteger,
  isNegative,
  isOne,
  isZero,
  MINUS_ONE,
} from '../graph/rational.ts';
import { sigmoid } from '../operators/activation.ts';
import { acos, acosh, asin, asinh, atan, cosh, sinh } from '../operators/elementary.ts';
import { erf, erfinv } from '../operators/error-functions.ts';
import { abs, sign } from '../operators/kinked.ts';
import type { Operator } from '../operators/operator.ts';
import { divide, exp, log, pow, power, sqrt } from '../operators/power.ts';
import { atanh, cos, sin, tan, tanh } from '../operators/trigonometric.ts';
import { multiplied, sumContent } from './content.ts';
import type { Rule } from './rule.ts';

const isApply = (node: Node, operator: Operator): node is Apply => node.kind === 'apply' && node.operator === operator;

/** f(g(u)) as something of u. */
const nested = (
  outer: Operator,
  inner: Operator,
  left: string,
  right: string,
  when: string,
  form: (g: Graph, u: Node) => Node,
): Rule<'apply'> => ({
  name: `${outer.name} of ${inner.name}`,
  when,
  examples: [[left, right]],
  kind: 'apply',
  of: [outer],
  apply: (g, { args: [x] }) => (isApply(x!, inner) ? form(g, x.args[0]!) : undefined),
});

const itself = (_: Graph, u: Node): Node => u;
const inverse = (outer: Operator, inner: Operator, when = 'the inner value undoes the outer function'): Rule<'apply'> =>
  nested(outer, inner, `${outer.name}(${inner.name}(x))`, 'x', when, itself);

const square = (g: Graph, u: Node): Node => power(g, u, 2);
const onCircle = (g: Graph, u: Node): Node => sqrt(g, g.sub(1, square(g, u)));
const onHyperbola = (g: Graph, u: Node): Node => sqrt(g, g.sum(1, square(g, u)));

/** The exponent of a power that a logarithm may take out: u > 0 follows from uᵖ > 0 unless p is even. */
function logarithmOfPower(g: Graph, x: Node): Node | undefined {
  if (!isApply(x, pow)) return undefined;
  const p = constantOf(x.args[1]!);
  return p && !isZero(p) && !isEven(p) && (isInteger(p) || p.d % 2n === 0n) ? g.mul(p, g.apply(log, x.args[0]!)) : undefined;
}

function rootOfOddPower(g: Graph, x: Node, exponent: Node): Node | undefined {
  if (!isApply(x, pow)) return undefined;
  const [inner, outer] = [constantOf(x.args[1]!), constantOf(exponent)];
  if (!inner || !outer || !isInteger(inner) || isEven(inner) || isInteger(outer)) return undefined;
  return g.apply(pow, x.args[0]!, inner.mul(outer));
}

function rootOfMultiple(g: Graph, x: Node, exponent: Node): Node | undefined {
  const p = constantOf(exponent);
  if (x.kind !== 'contraction' || x.factors.length < 2 || !p || isInteger(p)) return undefined;
  const { coefficient, core } = g.splitCoefficient(x);
  const root = isOne(coefficient) || isNegative(coefficient) ? undefined : exactPower(coefficient, p);
  return root && g.mul(root, g.apply(pow, core, exponent));
}

/**
 * √(c·a²/b²) as √c·|a|/|b|, where all factors are even powers, of one entry each; of others what is squared below the line comes out:
 * √(x/b²) is √x/|b|, as b is not 0. √(x·a²) has a value where a is 0 and x negative, √x·|a| has none.
 */
function rootOfSquares(g: Graph, x: Node, exponent: Node): Node | undefined {
  const p = constantOf(exponent);
  if (x.kind !== 'contraction' || x.factors.length < 2 || x.shape.length > 0 || x.sizes.length > 0 || p?.d !== 2n)
    return undefined;
  const even = x.factors.map((f) => {
    const q = isApply(f, pow) ? constantOf(f.args[1]!) : undefined;
    return q && isEven(q) && isApply(f, pow) ? { base: f.args[0]!, q } : undefined;
  });
  const isWhole = even.every((part) => part) && !isNegative(x.coefficient) && !isZero(x.coefficient);
  const isOut = (k: number): boolean => even[k] !== undefined && (isWhole || isNegative(even[k].q));
  const out = even.flatMap((part, k) => (part && isOut(k) ? [g.apply(pow, g.apply(abs, part.base), part.q.mul(p))] : []));
  if (out.length === 0) return undefined;
  const left = g.mul(x.coefficient, ...x.factors.filter((_, k) => !isOut(k)));
  return g.mul(g.apply(pow, left, exponent), ...out);
}

/** Numbers, even powers and the like, added up: 1 + x². */
function isSumOfNonnegatives(x: Node): boolean {
  if (x.kind !== 'sum') return false;
  return x.terms.every((t) => {
    if (t.kind !== 'contraction') return isNonnegative(t);
    return !isNegative(t.coefficient) && t.factors.every(isNonnegative);
  });
}

const isNonnegative = (x: Node): boolean =>
  x.kind === 'apply' && (NEVER_NEGATIVE.has(x.operator) || (x.operator === pow && isEvenPower(constantOf(x.args[1]!))));

/** (eᵘ)ᵖ as eᵖᵘ, and below the line as 1/eᵖᵘ. */
function powerOfExponential(g: Graph, x: Node, exponent: Node): Node | undefined {
  if (!isApply(x, exp)) return undefined;
  const p = constantOf(exponent);
  if (!p) return g.apply(exp, g.mul(x.args[0]!, exponent));
  if (isOne(absolute(p))) return undefined;
  const whole = g.apply(exp, multiplied(g, x.args[0]!, absolute(p)));
  return isNegative(p) ? g.apply(pow, whole, MINUS_ONE) : whole;
}

/** (uˢ)ⁿ as uⁿˢ, and below the line as 1/uⁿˢ. */
function powerOfSymbolicPower(g: Graph, x: Node, exponent: Node): Node | undefined {
  if (!isApply(x, pow) || constantOf(x.args[1]!)) return undefined;
  const p = constantOf(exponent);
  if (!p || !isInteger(p) || isZero(p) || isOne(absolute(p))) return undefined;
  const whole = g.apply(pow, x.args[0]!, multiplied(g, x.args[1]!, absolute(p)));
  return isNegative(p) ? g.apply(pow, whole, MINUS_ONE) : whole;
}

/** e^(c·log u + …) with c·log u taken out as uᶜ. */
function exponentialOfLogarithm(g: Graph, x: Node): Node | undefined {
  if (x.kind !== 'contraction' || x.indices.some((own) => own.join() !== x.result.join())) return undefined;
  const at = x.factors.findIndex((f) => isApply(f, log));
  if (at < 0) return undefined;
  const u = (x.factors[at] as Apply).args[0]!;
  const rest = g.mul(x.coefficient, ...x.factors.filter((_, k) => k !== at), g.constant(1, x.shape));
  return isZeroNode(rest) ? undefined : g.apply(pow, u, rest);
}

/** sign(−2u) as −sign(u), and of two terms the one that moves first is positive: sign(1 − x) as −sign(x − 1). */
function signOfMultiple(g: Graph, x: Node): Node | undefined {
  const { coefficient, core } = g.splitCoefficient(x);
  if (core.kind !== 'sum') {
    if (isZero(coefficient) || isOne(coefficient) || constantOf(x)) return undefined;
    return g.mul(isNegative(coefficient) ? -1 : 1, g.apply(sign, core));
  }
  const content = sumContent(g, core);
  const own = content.rest.kind === 'sum' ? content.rest : core;
  const leading = own.terms.find((t) => !constantOf(t));
  const turns = own.terms.length === 2 && leading !== undefined && isNegative(g.splitCoefficient(leading).coefficient);
  const inner = turns ? multiplied(g, own, MINUS_ONE) : own;
  if (inner === x) return undefined;
  const flips = [coefficient, content.coefficient].filter(isNegative).length + (turns ? 1 : 0);
  return g.mul(flips % 2 === 0 ? 1 : -1, g.apply(sign, inner));
}

/** Values that are never negative. */
const NEVER_NEGATIVE: ReadonlySet<Operator> = new Set([exp, cosh, sigmoid, abs]);
const isEvenPower = (p: Fraction | undefined): boolean => p !== undefined && isEven(p);

export const functionRules: readonly Rule<'apply'>[] = [
  inverse(erf, erfinv),
  inverse(erfinv, erf, 'erf takes every value once'),
  inverse(sin, asin),
  inverse(cos, acos),
  inverse(tan, atan),
  inverse(sinh, asinh),
  inverse(cosh, acosh),
  inverse(tanh, atanh),
  inverse(asinh, sinh, 'sinh takes every value once'),
  nested(cos, asin, 'cos(asin(x))', 'sqrt(1 - x^2)', 'the angle lies where the cosine is not negative', onCircle),
  nested(sin, acos, 'sin(acos(x))', 'sqrt(1 - x^2)', 'the angle lies where the sine is not negative', onCircle),
  nested(tan, asin, 'tan(asin(x))', 'x/sqrt(1 - x^2)', '|x| < 1, as the tangent needs', (g, u) => divide(g, u, onCircle(g, u))),
  nested(cos, atan, 'cos(atan(x))', '1/sqrt(1 + x^2)', 'everywhere', (g, u) => power(g, onHyperbola(g, u), -1)),
  nested(sin, atan, 'sin(atan(x))', 'x/sqrt(1 + x^2)', 'everywhere', (g, u) => divide(g, u, onHyperbola(g, u))),
  nested(cosh, asinh, 'cosh(asinh(x))', 'sqrt(1 + x^2)', 'everywhere', onHyperbola),
  {
    name: 'logarithm of a power',
    when: 'the base is positive where an odd power or an even root of it is',
    examples: [['log(sqrt(x))', 'log(x)/2']],
    kind: 'apply',
    of: [log],
    apply: (g, { args: [x] }) => logarithmOfPower(g, x!),
  },
  {
    name: 'root of an odd power',
    when: 'the base is not negative where an even root of an odd power of it has a value',
    examples: [['sqrt(x^3)', 'x^(3/2)']],
    kind: 'apply',
    of: [pow],
    apply: (g, { args: [x, p] }) => rootOfOddPower(g, x!, p!),
  },
  {
    name: 'root of a multiple',
    when: 'the number is positive and has the root',
    examples: [['sqrt(4*x*y)', '2*sqrt(x*y)']],
    kind: 'apply',
    of: [pow],
    apply: (g, { args: [x, p] }) => rootOfMultiple(g, x!, p!),
  },
  {
    name: 'root of squares',
    when: 'the root of a square is the absolute value; below the line it is not 0',
    examples: [
      ['sqrt(x^2/(1 + x^2)^2)', 'abs(x)/(1 + x^2)'],
      ['sqrt(x/(1 + y^2)^2)', 'sqrt(x)/(1 + y^2)'],
    ],
    kind: 'apply',
    of: [pow],
    apply: (g, { args: [x, p] }) => rootOfSquares(g, x!, p!),
  },
  {
    name: 'power of an exponential',
    when: 'an exponential is positive',
    examples: [['exp(x)^y', 'exp(x*y)']],
    kind: 'apply',
    of: [pow],
    apply: (g, { args: [x, p] }) => powerOfExponential(g, x!, p!),
  },
  {
    name: 'whole power of a power',
    when: 'the power has a value',
    examples: [['(x^y)^2', 'x^(2*y)']],
    kind: 'apply',
    of: [pow],
    apply: (g, { args: [x, p] }) => powerOfSymbolicPower(g, x!, p!),
  },
  {
    name: 'exponential of a multiple of a logarithm',
    when: 'x > 0, as the logarithm needs',
    examples: [['exp(a*log(x))', 'x^a']],
    kind: 'apply',
    of: [exp],
    apply: (g, { args: [x] }) => exponentialOfLogarithm(g, x!),
  },
  {
    name: 'sign of a multiple',
    when: 'always: a number in front changes at most the sign, and it is odd',
    examples: [
      ['sign(-2*x)', '-sign(x)'],
      ['sign(2*x - 2)', 'sign(x - 1)'],
      ['sign(1 - 2*x)', '-sign(2*x - 1)'],
    ],
    kind: 'apply',
    of: [sign],
    apply: (g, { args: [x] }) => signOfMultiple(g, x!),
  },
  {
    name: 'absolute value of what is never negative',
    when: 'an even power, an exponential, a hyperbolic cosine, a sigmoid, and sums of them',
    examples: [
      ['abs(x^2)', 'x^2'],
      ['abs(1 + x^2)', '1 + x^2'],
    ],
    kind: 'apply',
    of: [abs],
    apply: (_, { args: [x] }) => (isNonnegative(x!) || isSumOfNonnegatives(x!) ? x! : undefined),
  },
];
