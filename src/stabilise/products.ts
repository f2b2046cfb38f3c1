import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Apply, Node } from '../graph/node.ts';
import { HALF, isInteger, isNegative, ONE, TWO } from '../graph/rational.ts';
import { sigmoid } from '../operators/activation.ts';
import { pi } from '../operators/constants.ts';
import { cosh, coth, csch, sech, sinh } from '../operators/elementary.ts';
import { dawsonDerivative, erfcxDerivative, mills } from '../operators/error-derivatives.ts';
import { erfc, erfi } from '../operators/error-functions.ts';
import { expm1 } from '../operators/logarithmic.ts';
import type { Operator } from '../operators/operator.ts';
import { exp, pow, power } from '../operators/power.ts';
import { direction, hypotenuse } from '../operators/stable.ts';
import { tanh } from '../operators/trigonometric.ts';
import { argsOf, bare, type Example, type Rule } from '../simplify/rule.ts';
import { combination, type ExpTerm, expTerms, gapOf, isNumeric, type Share, shareOf, shifted } from './exponentials.ts';
import { asProductRule, type Pair, type PairRule } from './pairs.ts';

/** Stable forms of two factors that meet entry by entry: quotients whose parts overflow or vanish together. */

/** Sums and differences of two exponentials below the line, and the functions that are such. */
const BELOW: ReadonlySet<Operator> = new Set([sigmoid, sech, csch]);
const ABOVE: ReadonlySet<Operator> = new Set([expm1, sinh, cosh]);

const isShare = (factor: Node): boolean => {
  const at = bare(factor);
  if (at.kind !== 'apply') return false;
  if (BELOW.has(at.operator)) return true;
  if (at.operator !== pow) return false;
  const base = bare(at.args[0]!);
  return base.kind === 'sum' || (base.kind === 'apply' && (BELOW.has(base.operator) || ABOVE.has(base.operator)));
};

/** The logarithms of the two positive exponentials. */
const logarithms = (g: Graph, { a, b }: Share): [Node, Node] => [shifted(g, a), shifted(g, b)];

const minus = (g: Graph, u: Node, v: Node): Node =>
  combination(g, [
    [1, u],
    [-1, v],
  ]);

/** e^exponent over the n-th power of a sum or a difference of two exponentials, as far as its degree fits. */
function shareOfExponential(g: Graph, share: Share, top: ExpTerm, parts: Parts): Pair | undefined {
  const { power: n } = share;
  const [a, b] = logarithms(g, share);
  const pair = (rest: Node, factors: readonly Node[]): Pair => ({
    coefficient: share.scale.mul(top.coefficient),
    factors: [...factors, g.apply(exp, rest)],
  });
  const left = (k: number): Node =>
    combination(g, [
      [1, top.exponent],
      [-k, a],
      [k - n, b],
    ]);
  for (let k = 0; k <= n; k++) {
    const rest = left(k);
    if (isNumeric(rest)) return pair(rest, parts.ends(minus(g, a, b), k, n - k));
  }
  const rest = left(n / 2);
  return isNumeric(rest)
    ? pair(rest, [g.mul(HALF.pow(n)!, power(g, parts.middle(g.scale(HALF, minus(g, a, b))), n))])
    : undefined;
}

/** What eᵃ, eᵇ and e^((a + b)/2) are over their sum or difference. */
interface Parts {
  /** (eᵃ/…)ᵏ·(eᵇ/…)ᵐ, from a − b */
  readonly ends: (gap: Node, k: number, m: number) => Node[];
  /** 2·e^((a + b)/2)/…, from (a − b)/2 */
  readonly middle: (half: Node) => Node;
}

const partsOfSum = (g: Graph): Parts => ({
  ends: (gap, k, m) => [power(g, g.apply(sigmoid, gap), k), power(g, g.apply(sigmoid, opposite(g, gap)), m)],
  middle: (half) => g.apply(sech, half),
});

const partsOfDifference = (g: Graph): Parts => ({
  ends: (gap, k, m) => [power(g, g.neg(g.apply(expm1, opposite(g, gap))), -k), power(g, g.apply(expm1, gap), -m)],
  middle: (half) => g.apply(csch, half),
});

const opposite = (g: Graph, u: Node): Node => combination(g, [[-1, u]]);

const exponentialOver = (
  name: string,
  examples: readonly Example[],
  read: (g: Graph, factor: Node) => Share | undefined,
  parts: (g: Graph) => Parts,
): PairRule => ({
  name,
  when: 'the numerator is an exponential of no higher degree',
  examples,
  first: isShare,
  meet: (g, first, second) => {
    if (bare(second).kind !== 'apply') return undefined;
    const numerator = expTerms(g, second);
    if (numerator?.length !== 1 || isNumeric(numerator[0]!.exponent)) return undefined;
    const share = read(g, first);
    return share && shareOfExponential(g, share, numerator[0]!, parts(g));
  },
});

/** e^(k·a + (n − k)·b)/(eᵃ + eᵇ)ⁿ = σ(a − b)ᵏ·σ(b − a)ⁿ⁻ᵏ. */
const shareOfExponentials = exponentialOver(
  'share of a sum of two exponentials',
  [
    ['exp(x)/(1 + exp(x))', 'sigmoid(x)'],
    ['exp(x)/(1 + exp(2*x))', 'sech(x)/2'],
  ],
  shareOf,
  partsOfSum,
);

/** e^(k·a + (n − k)·b)/(eᵃ − eᵇ)ⁿ = (1 − eᵇ⁻ᵃ)⁻ᵏ·(eᵃ⁻ᵇ − 1)ᵏ⁻ⁿ. */
const shareOfDifference = exponentialOver(
  'share of a difference of two exponentials',
  [
    ['exp(x)/(exp(x) - 1)', '-1/expm1(-x)'],
    ['exp(x)/(exp(x) - 1)^2', 'csch(x/2)^2/4'],
  ],
  gapOf,
  partsOfDifference,
);

/** (eᵃ ± eᵇ)ᵐ/(eᵃ ± eᵇ)ⁿ, one of them by another name. */
const sameExponentials = (
  name: string,
  examples: readonly Example[],
  read: (g: Graph, factor: Node) => Share | undefined,
  sign: 1 | -1,
  of: Operator,
): PairRule => ({
  name,
  when: 'the numerator is a multiple of what is below the line',
  examples,
  first: isShare,
  meet: (g, first, second) => {
    const { base, power: m } = wholePower(second);
    if (base.kind !== 'apply' || !ABOVE.has(base.operator) || m < 1) return undefined;
    const numerator = expTerms(g, base);
    const share = numerator?.length === 2 ? read(g, first) : undefined;
    if (!share || m > share.power || !share.a.coefficient.equals(share.b.coefficient)) return undefined;
    const [p, q] = numerator as [ExpTerm, ExpTerm];
    if (!p.coefficient.equals(q.coefficient.mul(sign))) return undefined;
    const along = p.exponent === share.a.exponent && q.exponent === share.b.exponent;
    const against = p.exponent === share.b.exponent && q.exponent === share.a.exponent;
    if (!along && !against) return undefined;
    const ratio = p.coefficient
      .mul(along ? 1 : sign)
      .div(share.a.coefficient)
      .pow(m)!;
    const left = remaining(g, share, m, of);
    return { coefficient: ratio.mul(left.coefficient), factors: left.factors };
  },
});

const sameSum = sameExponentials('the same sum of exponentials', [['cosh(x)/(exp(x) + exp(-x))', '1/2']], shareOf, 1, sech);
const sameDifference = sameExponentials(
  'the same difference of exponentials',
  [['sinh(x)/(exp(x) - exp(-x))', '1/2']],
  gapOf,
  -1,
  csch,
);

/** eᵃ·(c·eᵇ + d·eᶜ), multiplied out where one of the products is a number. */
const multipliedOut: PairRule = {
  name: 'an exponential times a sum of two',
  when: 'one of the products is a number',
  examples: [['exp(-x)*sinh(x)', '(1 - exp(-2*x))/2']],
  first: (factor) => argsOf(factor, exp) !== undefined,
  meet: (g, first, second) => {
    const at = bare(second);
    const terms = at.kind === 'sum' || (at.kind === 'apply' && ABOVE.has(at.operator)) ? expTerms(g, at) : undefined;
    const [u] = argsOf(first, exp)!;
    if (terms?.length !== 2) return undefined;
    const exponents = terms.map((t) =>
      combination(g, [
        [1, u!],
        [1, t.exponent],
      ]),
    );
    if (!exponents.some((e) => isNumeric(e))) return undefined;
    return { coefficient: ONE, factors: [g.add(terms.map((t, k) => g.scale(t.coefficient, g.apply(exp, exponents[k]!))))] };
  },
};

/** e^(u²)·erfc u = erfcx u, e^(−u²)/erfc u the slope of log erfc, and e^(−u²)·erfi u Dawson's integral. */
const scaledErrorFunction: PairRule = {
  name: 'scaled error function',
  when: 'the exponential of the square beside a power of erfc or erfi',
  examples: [
    ['exp(x^2)*erfc(x)', 'erfcx(x)'],
    ['exp(-x^2)/erfc(x)', '1/erfcx(x)'],
    ['exp(-x^2)*erfi(x)', '2*dawson(x)/sqrt(pi)'],
  ],
  first: (factor) => [erfc, erfi].some((f) => argsOf(wholePower(factor).base, f) !== undefined),
  meet: (g, first, second) => {
    const { base, power: n } = wholePower(first);
    const [square] = argsOf(second, exp) ?? [];
    const [u] = (base as Apply).args as [Node];
    const complementary = argsOf(base, erfc) !== undefined;
    const sign = complementary && n > 0 ? 1 : -1;
    if (!square || square !== g.mul(sign, power(g, u, 2)) || (!complementary && n < 1)) return undefined;
    const rootOfPi = power(g, g.apply(pi), HALF);
    const step = complementary ? sign : 1;
    const rest = power(g, base, n - step);
    if (!complementary) return { coefficient: TWO, factors: [g.apply(dawsonDerivative(0), u), power(g, rootOfPi, -1), rest] };
    return sign > 0
      ? { coefficient: ONE, factors: [g.apply(erfcxDerivative(0), u), rest] }
      : { coefficient: HALF, factors: [g.apply(mills, u), rootOfPi, rest] };
  },
};

/** csch u·tanh u = sech u. */
const hyperbolicSecant: PairRule = {
  name: 'sech by csch and tanh',
  when: 'u ≠ 0, as csch needs',
  examples: [['csch(x)*tanh(x)', 'sech(x)']],
  first: (factor) => argsOf(factor, csch) !== undefined,
  meet: (g, first, second) => {
    const { base, power: n } = wholePower(second);
    const [u] = argsOf(first, csch)!;
    if (n < 1 || argsOf(base, tanh)?.[0] !== u) return undefined;
    return { coefficient: ONE, factors: [g.apply(sech, u!), power(g, base, n - 1)] };
  },
};

/** (e²ᵃ − e²ᵇ)/(eᵃ − eᵇ) = eᵃ + eᵇ. */
const doubledDifference: PairRule = {
  name: 'difference of squares of exponentials',
  when: 'the numerator is expm1 of twice the argument of the one below',
  examples: [['(exp(2*x) - 1)/(exp(x) - 1)', 'exp(x) + 1']],
  first: isShare,
  meet: (g, first, second) => {
    const { base, power: n } = wholePower(first);
    const [u] = argsOf(base, expm1) ?? [];
    const [v] = argsOf(second, expm1) ?? [];
    if (!u || !v || n >= 0 || v !== combination(g, [[2, u]])) return undefined;
    return { coefficient: ONE, factors: [g.sum(1, g.apply(exp, u)), power(g, base, n + 1)] };
  },
};

/** (eᵃ − eᵇ)/(eᵃ + eᵇ) = tanh((a − b)/2), and upside down coth. */
const hyperbolicQuotient = (
  name: string,
  examples: readonly Example[],
  read: (g: Graph, factor: Node) => Share | undefined,
  quotient: Operator,
  rest: Operator,
  sign: 1 | -1,
): PairRule => ({
  name,
  when: 'the numerator is the difference of what the denominator adds, or the other way round',
  examples,
  first: isShare,
  meet: (g, first, second) => {
    const raised = wholePower(second);
    const numerator = raised.base.kind === 'contraction' || raised.power < 1 ? undefined : expTerms(g, raised.base);
    if (numerator?.length !== 2) return undefined;
    const share = read(g, first);
    if (!share || raised.power > share.power || !share.a.coefficient.equals(share.b.coefficient)) return undefined;
    const [p, q] = numerator as [ExpTerm, ExpTerm];
    if (!p.coefficient.equals(q.coefficient.mul(sign))) return undefined;
    const along = p.exponent === share.a.exponent && q.exponent === share.b.exponent;
    const against = p.exponent === share.b.exponent && q.exponent === share.a.exponent;
    if (!along && !against) return undefined;
    const { power: m } = raised;
    const ends = sign < 0 && against ? [q, p] : [p, q];
    const half = g.scale(
      HALF,
      sign < 0 ? minus(g, ends[0]!.exponent, ends[1]!.exponent) : minus(g, share.a.exponent, share.b.exponent),
    );
    const turned = sign < 0 && against ? p.coefficient.neg() : p.coefficient;
    const ratio = turned.div(share.a.coefficient).pow(m)!;
    const left = remaining(g, share, m, rest);
    return { coefficient: ratio.mul(left.coefficient), factors: [power(g, g.apply(quotient, half), m), ...left.factors] };
  },
});

const hyperbolicTangent = hyperbolicQuotient(
  'tanh by exponentials',
  [['sinh(x)/cosh(x)^2', 'tanh(x)*sech(x)']],
  shareOf,
  tanh,
  sech,
  -1,
);
const hyperbolicCotangent = hyperbolicQuotient('coth by exponentials', [['cosh(x)/sinh(x)', 'coth(x)']], gapOf, coth, csch, 1);

/** What is left of a share when m of its n sums are used: 1/(c·eᵃ + c·eᵇ)ⁿ⁻ᵐ, times its scale. */
function remaining(g: Graph, { a, b, power: n, scale }: Share, m: number, of: Operator): Pair {
  if (n === m) return { coefficient: scale, factors: [] };
  const halfway = g.scale(
    HALF,
    combination(g, [
      [1, a.exponent],
      [-1, b.exponent],
    ]),
  );
  const middle = g.scale(
    HALF,
    combination(g, [
      [1, a.exponent],
      [1, b.exponent],
    ]),
  );
  // c·eᵃ ± c·eᵇ = 2c·e^((a + b)/2)·cosh((a − b)/2), or sinh.
  const factors = [power(g, g.apply(of, halfway), n - m)];
  if (!constantOf(middle)?.equals(0)) factors.push(g.apply(exp, g.scale(ONE.mul(m - n), middle)));
  return { coefficient: scale.div(a.coefficient.mul(2).pow(n - m)!), factors };
}

/** u/√(u² + v²) as a direction, and what is left of a higher power. */
const directionCosine: PairRule = {
  name: 'direction',
  when: 'a component over the length',
  examples: [['x/sqrt(x^2 + y^2)', 'x/hypot(x, y)']],
  first: (factor) => {
    const at = bare(factor);
    return at.kind === 'apply' && at.operator === pow && argsOf(at.args[0]!, hypotenuse) !== undefined;
  },
  meet: (g, first, second) => {
    const { base, power: n } = wholePower(first);
    const [x, y] = argsOf(base, hypotenuse) ?? [];
    // A root of the length is no whole power of it.
    if (!x || !y || n >= 0) return undefined;
    const { base: component, power: m } = wholePower(second);
    const same = (side: Node) => bare(side) === component;
    if ((!same(x) && !same(y)) || m < 1 || m > -n) return undefined;
    const cosine = same(x) ? g.apply(direction, x, y) : g.apply(direction, y, x);
    return { coefficient: ONE, factors: [power(g, cosine, m), power(g, base, n + m)] };
  },
};

/** The base and exponent of a whole power; of anything else itself and 1. */
function wholePower(node: Node): { base: Node; power: number } {
  const at = bare(node);
  const p = at.kind === 'apply' && at.operator === pow ? constantOf(at.args[1]!) : undefined;
  if (at.kind !== 'apply' || !p || !isInteger(p) || p.n > 8n) return { base: at, power: 1 };
  return { base: bare(at.args[0]!), power: Number(p.n) * (isNegative(p) ? -1 : 1) };
}

const pairRules: readonly PairRule[] = [
  ...[shareOfExponentials, shareOfDifference, doubledDifference],
  ...[hyperbolicTangent, hyperbolicCotangent, sameSum, sameDifference],
  ...[multipliedOut, scaledErrorFunction, hyperbolicSecant, directionCosine],
];

export const productRules: readonly Rule<'contraction'>[] = pairRules.map(asProductRule);
