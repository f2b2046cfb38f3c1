import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Contraction, Node } from '../graph/node.ts';
import { isInteger, isNegative, toNumber } from '../graph/rational.ts';
import { bell } from '../operators/error-derivatives.ts';
import { exp, pow } from '../operators/power.ts';
import { type PolynomialPower, quotientOfPolynomials } from '../operators/quotient.ts';
import { scaled } from '../operators/scaled.ts';
import { argsOf, bare } from '../simplify/rule.ts';
import { productOf } from './term.ts';

/** Higher powers are left alone. */
const MOST_DEGREE = 8;

/** A power of a polynomial in u. */
interface Factor extends PolynomialPower {
  readonly u: Node;
}

/**
 * Quotients of polynomials of one variable whose numerator and denominator overflow together: x²/(1 + x²). For what
 * runs in the end only: the derivatives are found from the quotient as it is.
 */
export function quotientInRange(g: Graph, node: Node): Node {
  if (node.kind !== 'contraction' || !node.factors.some(isDivisor)) return node;
  const product = productOf(g, g.contract(node, isShort));
  if (!product || product.factors.length < 2) return node;
  const read = product.factors.map((f) => factorOf(g, f));
  const u = read.find((f) => f && f.power < 0 && f.coefficients.length > 2)?.u;
  if (!u) return node;
  const own = read.filter((f): f is Factor => f?.u === u);
  const above = own.reduce((n, f) => n + (f.power > 0 ? degreeOf(f) * f.power : 0), 0);
  if (above < 1) return node;
  const others = product.factors.filter((_, k) => read[k]?.u !== u);
  return g.mul(product.coefficient, ...others, g.apply(quotientOfPolynomials(own), u));
}

/**
 * Polynomials beside an exponential of the same variable, (1 − 2x²)·e^(−x²): where the exponential has become 0 the product
 * is, though the polynomial overflows. A power beside it is no danger: its factors are taken one by one.
 */
export function polynomialDamped(g: Graph, node: Node): Node {
  if (node.kind !== 'contraction' || !node.factors.some((f) => exponentOf(f))) return node;
  const product = productOf(g, g.contract(node, isShort));
  const damping = product?.factors.find((f) => exponentOf(f));
  const u = damping && variableOf(g, exponentOf(damping)!);
  if (!product || !u) return node;
  const read = product.factors.map((f) => (f === damping ? undefined : factorOf(g, f)));
  const isOwn = (k: number): boolean => read[k]?.u === u && read[k].power > 0;
  const own = product.factors.filter((_, k) => isOwn(k));
  const degree = read.reduce((n, f, k) => n + (isOwn(k) ? degreeOf(f!) * f!.power : 0), 0);
  if (degree < 2 || !read.some((f, k) => isOwn(k) && isSum(f!))) return node;
  const others = product.factors.filter((f, k) => f !== damping && !isOwn(k));
  return g.mul(product.coefficient, ...others, g.apply(scaled, damping!, g.mul(...own)));
}

const isSum = ({ coefficients }: PolynomialPower): boolean => coefficients.filter((c) => c !== 0).length > 1;

/** The one variable that a polynomial is of. */
function variableOf(g: Graph, node: Node): Node | undefined {
  const at = bare(node);
  if (at.kind === 'sum') return polynomialOf(g, at.terms)?.u;
  const read = productOf(g, at)?.factors.map((f) => factorOf(g, f));
  return read?.every((f) => f && f.power > 0 && f.u === read[0]?.u) ? read[0]?.u : undefined;
}

/** u of eᵘ, or of what runs as e^(−u²). */
function exponentOf(factor: Node): Node | undefined {
  const at = bare(factor);
  return at.kind === 'apply' && (at.operator === exp || BELLS.has(at.operator.name)) ? at.args[0] : undefined;
}

const BELLS: ReadonlySet<string> = new Set([bell(1).name, bell(2).name]);

/** A sum below the line. */
function isDivisor(factor: Node): boolean {
  const [base, p] = argsOf(factor, pow) ?? [];
  return base !== undefined && bare(base).kind === 'sum' && constantOf(p!) !== undefined && isNegative(constantOf(p!)!);
}

/** A product among the factors, taken in. */
const isShort = (inner: Contraction): boolean => inner.shape.length === 0 && inner.factors.length <= 4;

const degreeOf = ({ coefficients }: PolynomialPower): number => coefficients.length - 1;

function factorOf(g: Graph, node: Node): Factor | undefined {
  const [base, exponent] = argsOf(node, pow) ?? [bare(node)];
  const p = exponent && constantOf(exponent);
  if (exponent && !(p && isInteger(p) && p.n <= BigInt(MOST_DEGREE))) return undefined;
  const power = p ? toNumber(p) : 1;
  const at = bare(base!);
  if (at.kind === 'variable') return { u: at, coefficients: [0, 1], power };
  const polynomial = at.kind === 'sum' ? polynomialOf(g, at.terms) : undefined;
  return polynomial && { ...polynomial, power };
}

/** Σ c·uᵏ, if that is what the terms are. */
function polynomialOf(g: Graph, terms: readonly Node[]): { u: Node; coefficients: number[] } | undefined {
  let u: Node | undefined;
  const coefficients: number[] = [];
  for (const term of terms) {
    const product = productOf(g, term);
    if (!product || product.factors.length > 1) return undefined;
    const [factor] = product.factors;
    const [base, exponent] = (factor && argsOf(factor, pow)) ?? [factor];
    const p = exponent && constantOf(exponent);
    if (exponent && !(p && isInteger(p) && !isNegative(p) && p.n <= BigInt(MOST_DEGREE))) return undefined;
    if (base && (base.kind !== 'variable' || (u && base !== u))) return undefined;
    u ??= base;
    coefficients[factor ? (p ? toNumber(p) : 1) : 0] = toNumber(product.coefficient);
  }
  return u && { u, coefficients: Array.from(coefficients, (c) => c ?? 0) };
}

/** Whether a node may have one of these forms. */
export const hasLastForm = (node: Node): boolean =>
  node.kind === 'contraction' ? node.factors.some(isDivisor) : node.kind === 'apply' && node.operator === exp;

/** e^(−u²) and e^(−u²/2), as they occur in every slope of the error functions. */
export function bellCurve(g: Graph, node: Node): Node {
  const [exponent] = argsOf(node, exp) ?? [];
  const square = exponent && productOf(g, exponent);
  if (node.kind !== 'apply' || square?.factors.length !== 1) return node;
  const [u, p] = argsOf(square.factors[0]!, pow) ?? [];
  const n = square.coefficient.equals(-1) ? 1 : square.coefficient.equals('-1/2') ? 2 : undefined;
  return n && u && constantOf(p!)?.equals(2) ? g.apply(bell(n), u) : node;
}
