import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { polynomial, polynomialText } from './kernels/accurate.ts';
import type { Operator } from './operator.ts';
import { power } from './power.ts';

/** c₀ + c₁u + … + cₙuⁿ to a whole power. */
export interface PolynomialPower {
  readonly coefficients: readonly number[];
  readonly power: number;
}

/**
 * The product of powers of polynomials, for |u| > 1 in 1/u: there numerator and denominator may overflow although their
 * quotient is small.
 */
export function quotientOfPolynomials(factors: readonly PolynomialPower[]): Operator {
  const turned = factors.map(({ coefficients, power: p }) => ({ coefficients: [...coefficients].reverse(), power: p }));
  const degree = factors.reduce((n, { coefficients, power: p }) => n + (coefficients.length - 1) * p, 0);
  const at = (u: number, list: readonly PolynomialPower[]): number =>
    list.reduce((product, { coefficients, power: p }) => product * polynomial(u, coefficients) ** p, 1);
  const text = (u: string, list: readonly PolynomialPower[]): string =>
    list.map(({ coefficients, power: p }) => `(${polynomialText(u, coefficients)})^(${p})`).join('*');
  return {
    name: `quotient(${factors.map(({ coefficients, power: p }) => `${coefficients.join()}^${p}`).join(';')})`,
    internal: true,
    family: { name: 'quotient', told: factors.map(({ coefficients, power: p }) => [coefficients, p]) },
    arity: 1,
    kernel: (u) => (Math.abs(u) <= 1 ? at(u, factors) : at(1 / u, turned) * u ** degree),
    program: `u: where(abs(u) <= 1, ${text('u', factors)}, ${text('(1/u)', turned)}*u^(${degree}))`,
    partials: [(g, [u], y) => g.mul(y, g.sum(...factors.map((f) => logarithmicSlope(g, u!, f))))],
    rule: { id: 'power', name: 'power rule', why: 'Each polynomial passes on its own slope over itself.' },
    definition: (g, u) => g.mul(...factors.map((f) => power(g, written(g, u, f.coefficients), f.power))),
  };
}

const written = (g: Graph, u: Node, c: readonly number[]): Node => g.sum(...c.map((x, k) => g.mul(x, power(g, u, k))));

/** p·P′/P */
const logarithmicSlope = (g: Graph, u: Node, { coefficients: c, power: p }: PolynomialPower): Node =>
  c.length < 2
    ? g.constant(0, u.shape)
    : g.mul(
        p,
        written(
          g,
          u,
          c.slice(1).map((x, k) => (k + 1) * x),
        ),
        power(g, written(g, u, c), -1),
      );
