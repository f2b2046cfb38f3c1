import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, children, distinct, type Node } from '../graph/node.ts';
import { type Fraction, HALF, isInteger, isNegative, isOne, isZero, MINUS_ONE, ONE, times } from '../graph/rational.ts';
import { sigmoid, softplus } from '../operators/activation.ts';
import { cosh, csch, sech, sinh } from '../operators/elementary.ts';
import { expm1, logsigmoid } from '../operators/logarithmic.ts';
import { exp, log, pow } from '../operators/power.ts';
import { log1mexp, logaddexp, logcosh } from '../operators/stable.ts';
import { rescale } from '../simplify/content.ts';
import { argsOf, bare } from '../simplify/rule.ts';

/** coefficient·e^exponent. */
export interface ExpTerm {
  readonly coefficient: Fraction;
  readonly exponent: Node;
}

/** Longer sums of exponentials written term by term are left as they are. */
const MOST_TERMS = 8;

/** The node as a sum of multiples of exponentials (a number is a multiple of e⁰), if it is one. */
export function expTerms(g: Graph, node: Node): ExpTerm[] | undefined {
  const found: ExpTerm[] = [];
  const stack: { node: Node; coefficient: Fraction }[] = [{ node, coefficient: ONE }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (found.length > MOST_TERMS) return undefined;
    const at = bare(top.node);
    const add = (factor: Fraction, exponent: Node) => found.push({ coefficient: times(top.coefficient, factor), exponent });
    const zero = () => g.constant(0, at.shape);
    if (at.kind === 'sum') {
      if (at.terms.length > MOST_TERMS) return undefined;
      for (let k = at.terms.length - 1; k >= 0; k--) stack.push({ node: at.terms[k]!, coefficient: top.coefficient });
    } else if (at.kind === 'contraction') {
      const c = constantOf(at);
      const { coefficient, core } = g.splitCoefficient(at);
      if (c) {
        if (!isZero(c)) add(c, zero());
      } else if (core !== at) stack.push({ node: core, coefficient: times(top.coefficient, coefficient) });
      else return undefined;
    } else if (at.kind === 'apply') {
      const [u] = at.args as [Node];
      if (at.operator === exp) add(ONE, u);
      else if (at.operator === expm1) {
        add(ONE, u);
        add(MINUS_ONE, zero());
      } else if (at.operator === sinh || at.operator === cosh) {
        add(HALF, u);
        add(at.operator === cosh ? HALF : HALF.neg(), g.neg(u));
      } else if (at.operator === pow) {
        const p = constantOf(at.args[1]!);
        const inner = argsOf(u, exp);
        if (!p || !inner) return undefined;
        add(ONE, g.scale(p, inner[0]!));
      } else return undefined;
    } else return undefined;
  }
  return found;
}

/** Does the value depend on nothing? A number, or a short expression of numbers such as −log 2. */
export function isNumeric(node: Node, depth = 4): boolean {
  const at = bare(node);
  const parts = children(at);
  return at.kind !== 'variable' && depth > 0 && parts.length <= 4 && parts.every((part) => isNumeric(part, depth - 1));
}

/** Σ cₖ·uₖ with multiples of sums multiplied out, so that equal terms meet. */
export function combination(g: Graph, parts: readonly (readonly [number, Node])[]): Node {
  const terms = parts.flatMap(([c, node]) => {
    const { coefficient, core } = g.splitCoefficient(node);
    const sum = core.kind === 'sum' && core.terms.length <= 24 ? core.terms : [core];
    return sum.map((term) => rescale(g, term, coefficient.mul(c)));
  });
  return g.add(terms);
}

/** u + log c: the exponent of a positive multiple. */
export const shifted = (g: Graph, { coefficient, exponent }: ExpTerm): Node =>
  isOne(coefficient) ? exponent : g.sum(exponent, g.apply(log, g.constant(coefficient, exponent.shape)));

/** a/(a + b) for positive multiples of exponentials: σ of the difference of their logarithms. */
export const logistic = (g: Graph, a: ExpTerm, b: ExpTerm): Node =>
  g.apply(
    sigmoid,
    combination(g, [
      [1, shifted(g, a)],
      [-1, shifted(g, b)],
    ]),
  );

/** Products within products that are looked into. */
const DEEPEST = 6;

/**
 * The logarithm of a node by functions that neither overflow nor lose digits, if its form is one that has them.
 * @param positive only forms that cannot be negative, so that the logarithm of a product is the sum of theirs
 */
export function stableLog(g: Graph, node: Node, positive = false, depth = DEEPEST): Node | undefined {
  const at = bare(node);
  if (depth === 0) return undefined;
  if (at.kind === 'apply') {
    const [u, p] = at.args as [Node, Node];
    if (at.operator === exp) return u;
    if (at.operator === sigmoid) return g.apply(logsigmoid, u);
    if (at.operator === cosh) return g.apply(logcosh, u);
    if (at.operator === sech) return g.neg(g.apply(logcosh, u));
    if (at.operator === pow) {
      const root = stableLog(g, u, true, depth - 1);
      return root && g.mul(p, root);
    }
  }
  const terms = expTerms(g, at);
  if (terms && terms.length > 1) return logOfTerms(g, terms, positive);
  return at.kind === 'contraction' ? logOfProduct(g, at, positive, depth - 1) : undefined;
}

/** log(c·f·…) = log f + log(c·…) where f > 0 is such a form; a factor may be the same along some axes. */
function logOfProduct(g: Graph, node: Contraction, positive: boolean, depth: number): Node | undefined {
  const { result, sizes } = node;
  if (!distinct(result) || node.indices.some((own) => !distinct(own) || own.some((i) => !result.includes(i)))) return undefined;
  const logs: Node[] = [];
  const rest = node.factors.flatMap((factor, k) => {
    const found = stableLog(g, factor, true, depth);
    if (found) logs.push(g.contract({ factors: [found], indices: [node.indices[k]!], result, sizes }));
    return found ? [] : [k];
  });
  if (logs.length === 0 || (positive && (rest.length > 0 || isNegative(node.coefficient)))) return undefined;
  const remaining = g.contract({
    ...node,
    factors: rest.map((k) => node.factors[k]!),
    indices: rest.map((k) => node.indices[k]!),
  });
  // What remains decides the sign: the logarithm of a negative number must stay what it is, not a number.
  return g.sum(...logs, g.apply(log, remaining));
}

function logOfTerms(g: Graph, terms: readonly ExpTerm[], positive: boolean): Node | undefined {
  if (terms.every((t) => isNumeric(t.exponent))) return undefined;
  const [a, b] = terms as [ExpTerm, ExpTerm];
  if (!positive && terms.length === 2 && isNegative(a.coefficient) !== isNegative(b.coefficient)) {
    const [plus, minus] = isNegative(a.coefficient) ? [b, a] : [a, b];
    const gap = combination(g, [
      [1, shifted(g, { ...minus, coefficient: minus.coefficient.neg() })],
      [-1, shifted(g, plus)],
    ]);
    return g.sum(shifted(g, plus), g.apply(log1mexp, gap));
  }
  if (terms.some((t) => isNegative(t.coefficient))) return undefined;
  const exponents = terms.map((t) => shifted(g, t));
  if (exponents.length === 2) {
    const zero = exponents.findIndex((u) => constantOf(u)?.equals(0));
    if (zero >= 0) return g.apply(softplus, exponents[1 - zero]!);
  }
  return exponents.reduce((total, u) => g.apply(logaddexp, total, u));
}

/** (c₁eᵃ + c₂eᵇ)⁻ⁿ, also where it is written as σ(w)ⁿ or sech(w)ⁿ, times `scale`. */
export interface Share {
  readonly a: ExpTerm;
  readonly b: ExpTerm;
  readonly power: number;
  readonly scale: Fraction;
}

/** (c₁eᵃ − c₂eᵇ)⁻ⁿ, also where it is written as csch(w)ⁿ, times `scale`. */
export function gapOf(g: Graph, factor: Node): Share | undefined {
  const { base, power } = raisedBase(factor);
  if (power > 0 && base.kind === 'apply' && base.operator === csch) {
    const [w] = base.args as [Node];
    const unit = (exponent: Node): ExpTerm => ({ coefficient: ONE, exponent });
    return { a: unit(w), b: unit(g.neg(w)), power, scale: ONE.mul(2 ** power) };
  }
  if (power >= 0) return undefined;
  const terms = expTerms(g, base);
  if (terms?.length !== 2 || terms.every((t) => isNumeric(t.exponent))) return undefined;
  const [first, second] = terms as [ExpTerm, ExpTerm];
  if (isNegative(first.coefficient) === isNegative(second.coefficient)) return undefined;
  const [a, minus] = isNegative(first.coefficient) ? [second, first] : [first, second];
  return { a, b: { ...minus, coefficient: minus.coefficient.neg() }, power: -power, scale: ONE };
}

/** Higher powers than this are left alone. */
const MOST_POWER = 8;

/** The base and exponent of a whole power that is not too high; of anything else itself and 1. */
function raisedBase(factor: Node): { base: Node; power: number } {
  const at = bare(factor);
  if (at.kind !== 'apply' || at.operator !== pow) return { base: at, power: 1 };
  const p = constantOf(at.args[1]!);
  if (!p || !isInteger(p) || p.n > BigInt(MOST_POWER)) return { base: at, power: 1 };
  return { base: bare(at.args[0]!), power: Number(p.s * p.n) };
}

/** A factor as a share of a sum of two exponentials, if it is one. */
export function shareOf(g: Graph, factor: Node): Share | undefined {
  const { base, power } = raisedBase(factor);
  const unit = (exponent: Node): ExpTerm => ({ coefficient: ONE, exponent });
  if (power > 0 && base.kind === 'apply') {
    const [w] = base.args as [Node];
    if (base.operator === sigmoid) return { a: unit(g.constant(0, w.shape)), b: unit(g.neg(w)), power, scale: ONE };
    if (base.operator === sech) return { a: unit(w), b: unit(g.neg(w)), power, scale: ONE.mul(2 ** power) };
  }
  if (power >= 0) return undefined;
  const terms = expTerms(g, base);
  if (terms?.length !== 2 || terms.some((t) => isNegative(t.coefficient)) || terms.every((t) => isNumeric(t.exponent)))
    return undefined;
  return { a: terms[0]!, b: terms[1]!, power: -power, scale: ONE };
}
