import { constantOf, type Graph } from '../../graph/graph.ts';
import { type Contraction, isView, type Node } from '../../graph/node.ts';
import { type Fraction, HALF, isInteger, isNegative, ONE } from '../../graph/rational.ts';
import { sigmoid } from '../../operators/activation.ts';
import { sech } from '../../operators/elementary.ts';
import { exp, pow, power } from '../../operators/power.ts';
import { direction, hypotenuse } from '../../operators/stable.ts';
import { tanh } from '../../operators/trigonometric.ts';
import { combination, expTerms, isNumeric, logistic, type Share, shareOf } from './exponentials.ts';
import { argsOf, bare, type ProductRule } from './rule.ts';

/** Stable forms of two factors that meet entry by entry: quotients whose parts overflow or vanish together. */

/** What two factors become. */
interface Pair {
  readonly coefficient: Fraction;
  readonly factors: readonly Node[];
}

/** `first` is one of `shapes`; `second` is any other factor under the same indices. */
interface PairRule {
  readonly name: string;
  readonly condition: string;
  readonly first: (factor: Node) => boolean;
  readonly meet: (g: Graph, first: Node, second: Node) => Pair | undefined;
}

const isShare = (factor: Node): boolean => {
  const at = bare(factor);
  if (at.kind !== 'apply') return false;
  if (at.operator === sigmoid || at.operator === sech) return true;
  if (at.operator !== pow) return false;
  const base = bare(at.args[0]!);
  return base.kind === 'sum' || (base.kind === 'apply' && (base.operator === sigmoid || base.operator === sech));
};

/** e^(k·a + (n − k)·b)/(eᵃ + eᵇ)ⁿ = σ(a − b)ᵏ·σ(b − a)ⁿ⁻ᵏ. */
const shareOfExponentials: PairRule = {
  name: 'share of a sum of two exponentials',
  condition: 'the numerator is an exponential of no higher degree',
  first: isShare,
  meet: (g, first, second) => {
    if (bare(second).kind !== 'apply') return undefined;
    const numerator = expTerms(g, second);
    if (numerator?.length !== 1 || isNumeric(numerator[0]!.exponent)) return undefined;
    const share = shareOf(g, first);
    if (!share) return undefined;
    const { a, b, power: n } = share;
    for (let k = 0; k <= n; k++) {
      const rest = combination(g, [
        [1, numerator[0]!.exponent],
        [-k, a.exponent],
        [k - n, b.exponent],
      ]);
      if (!isNumeric(rest)) continue;
      const factors = [power(g, logistic(g, a, b), k), power(g, logistic(g, b, a), n - k), g.apply(exp, rest)];
      const divisor = a.coefficient.pow(k)!.mul(b.coefficient.pow(n - k)!);
      return { coefficient: share.scale.mul(numerator[0]!.coefficient).div(divisor), factors };
    }
    return undefined;
  },
};

/** (eᵃ − eᵇ)/(eᵃ + eᵇ) = tanh((a − b)/2). */
const hyperbolicTangent: PairRule = {
  name: 'tanh by exponentials',
  condition: 'the numerator is the difference of what the denominator adds',
  first: isShare,
  meet: (g, first, second) => {
    const raised = wholePower(second);
    const numerator = raised.base.kind === 'contraction' ? undefined : expTerms(g, raised.base);
    if (numerator?.length !== 2) return undefined;
    const share = shareOf(g, first);
    if (!share || raised.power > share.power || !share.a.coefficient.equals(share.b.coefficient)) return undefined;
    const [plus, minus] = numerator as [typeof share.a, typeof share.a];
    if (!plus.coefficient.equals(minus.coefficient.neg())) return undefined;
    const along = plus.exponent === share.a.exponent && minus.exponent === share.b.exponent;
    const against = plus.exponent === share.b.exponent && minus.exponent === share.a.exponent;
    if (!along && !against) return undefined;
    const half = combination(g, [
      [1, g.scale(HALF, plus.exponent)],
      [-1, g.scale(HALF, minus.exponent)],
    ]);
    const { power: m } = raised;
    const ratio = plus.coefficient.div(share.a.coefficient).pow(m)!;
    const left = remaining(g, share, m);
    return { coefficient: ratio.mul(left.coefficient), factors: [power(g, g.apply(tanh, half), m), ...left.factors] };
  },
};

/** What is left of a share when m of its n sums are used: 1/(c·eᵃ + c·eᵇ)ⁿ⁻ᵐ, times its scale. */
function remaining(g: Graph, { a, b, power: n, scale }: Share, m: number): Pair {
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
  // c·eᵃ + c·eᵇ = 2c·e^((a + b)/2)·cosh((a − b)/2).
  const factors = [power(g, g.apply(sech, halfway), n - m)];
  if (!constantOf(middle)?.equals(0)) factors.push(g.apply(exp, g.scale(ONE.mul(m - n), middle)));
  return { coefficient: scale.div(a.coefficient.mul(2).pow(n - m)!), factors };
}

/** u/√(u² + v²) as a direction, and what is left of a higher power. */
const directionCosine: PairRule = {
  name: 'direction',
  condition: 'a component over the length',
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

const pairRules: readonly PairRule[] = [shareOfExponentials, hyperbolicTangent, directionCosine];

/** Longer products are left alone: looking for pairs is quadratic. */
const MOST_FACTORS = 16;

const asProductRule = ({ name, condition, first, meet }: PairRule): ProductRule => ({
  name,
  condition,
  apply(g, node) {
    if (node.factors.length > MOST_FACTORS || !node.factors.some((f) => first(f) || isHidden(f))) return undefined;
    const whole = flattened(g, node);
    for (const [i, one] of whole.factors.entries()) {
      if (!first(one)) continue;
      for (const [j, other] of whole.factors.entries()) {
        if (i === j || whole.indices[i]!.join() !== whole.indices[j]!.join()) continue;
        const pair = meet(g, one, other);
        if (!pair) continue;
        const rest = whole.factors.map((_, k) => k).filter((k) => k !== i && k !== j);
        return g.contract({
          coefficient: whole.coefficient.mul(pair.coefficient),
          factors: [...rest.map((k) => whole.factors[k]!), ...pair.factors],
          indices: [...rest.map((k) => whole.indices[k]!), ...pair.factors.map(() => whole.indices[i]!)],
          result: whole.result,
          sizes: whole.sizes,
        });
      }
    }
    return undefined;
  },
});

/** A product within the product: `a*b/c` is (a·b)·c⁻¹. */
const isHidden = (factor: Node): boolean =>
  factor.kind === 'contraction' && !isView(factor) && isEntrywise(factor) && factor.factors.length <= MOST_FACTORS;

const isEntrywise = (node: Contraction): boolean => node.indices.every((own) => own.every((i) => node.result.includes(i)));

function flattened(g: Graph, node: Contraction): Contraction {
  if (!node.factors.some(isHidden)) return node;
  const whole = g.contract(node, isHidden);
  return whole.kind === 'contraction' && whole.factors.length <= MOST_FACTORS ? whole : node;
}

export const productRules: readonly ProductRule[] = pairRules.map(asProductRule);
