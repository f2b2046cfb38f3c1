import { constantOf, factorsOf, termsOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { children, type Node } from '../graph/node.ts';
import {
  exactPower,
  type Fraction,
  HALF,
  isEven,
  isInteger,
  isNegative,
  isOne,
  isZero,
  ONE,
  toNumber,
  ZERO,
} from '../graph/rational.ts';
import type { Entry } from '../graph/stretching.ts';

import { ABOVE_ZERO, isNonzero, isPositive, kinkAtZero, needsNonnegative, needsNonzero, needsPositive } from './caveat.ts';
import { someFact } from './declared.ts';
import { abs } from './kinked.ts';
import type { Operator, Rule } from './operator.ts';
import { scaled } from './scaled.ts';
import { leastWhole } from './whole.ts';

/** Powers, exponentials and logarithms: each needs the others for its derivative. */

const positive = (x: number) => x > 0;

export const exp: Operator = {
  name: 'exp',
  arity: 1,
  notation: { latex: '\\exp', form: { latex: 'e^{$1}', level: 'power' } },
  kernel: Math.exp,
  partials: [(_g, _args, y) => y],
  rule: { id: 'exp', name: 'exponential', why: 'The exponential is its own derivative.', formula: '(eᵘ)′ = eᵘ' },
  range: ABOVE_ZERO,
  normal: (g, x) => {
    const c = constantOf(x);
    if (c && isZero(c)) return g.constant(ONE, x.shape);
    return x.kind === 'apply' && x.operator === log ? x.args[0] : undefined;
  },
};

export const log: Operator = {
  name: 'log',
  spellings: ['ln'],
  arity: 1,
  notation: { latex: '\\ln' },
  kernel: Math.log,
  partials: [(g, [x]) => g.apply(pow, x!, -1)],
  rule: { id: 'log', name: 'logarithm', why: 'The slope of the natural logarithm at u is 1/u.', formula: '(ln u)′ = 1/u' },
  domain: positive,
  caveats: [needsPositive],
  normal: (g, x) => {
    const c = constantOf(x);
    if (c && isOne(c)) return g.constant(ZERO, x.shape);
    return x.kind === 'apply' && x.operator === exp ? x.args[0] : undefined;
  },
};

/** Of aᵘ, which is no power of u. */
const EXPONENTIAL: Rule = {
  id: 'exponential',
  name: 'exponential rule',
  why: 'What moves is the exponent: aᵘ is e to the u·ln a, so the slope is aᵘ·ln a.',
  formula: '(aᵘ)′ = aᵘ·ln a·u′',
};

/** Of a power whose base and exponent both move. */
const LOGARITHMIC: Rule = {
  id: 'logarithmic',
  name: 'logarithmic differentiation',
  why: 'Base and exponent both move: uᵛ is e to the v·ln u, so the slope is uᵛ times that of v·ln u.',
  formula: '(uᵛ)′ = uᵛ·(v·ln u)′',
};

/**
 * baseᵉˣᵖᵒⁿᵉⁿᵗ over the reals: a negative base needs an integer exponent. Quotients and roots are powers too
 * (1/x is x⁻¹, √x is x^½), so that x²·x⁻¹ and √x·√x merge.
 */
export const pow: Operator = {
  name: 'pow',
  arity: 2,
  kernel: (x, p) => x ** p,
  partials: [
    (g, [x, p], y) =>
      constantOf(p!)?.equals(HALF) && isSumOfSquares(x!)
        ? g.mul(HALF, g.apply(pseudoinverse, y))
        : g.mul(p!, g.apply(pow, x!, g.sum(p!, -1))),
    (g, [x], y) => g.mul(y, g.apply(log, x!)),
  ],
  rule: {
    id: 'power',
    name: 'power rule',
    why: 'The exponent comes down as a factor and drops by one.',
    formula: '(uᵖ)′ = p·uᵖ⁻¹',
  },
  ruleBy: (moving) => (moving.length > 1 ? LOGARITHMIC : moving[0] === 1 ? EXPONENTIAL : pow.rule),
  domain: (x, p) => x > 0 || (Number.isInteger(p) && (x < 0 || p >= 1)),
  caveats: [
    { ...needsNonzero, applies: ([, p]) => exponentIs(p!, (q) => isInteger(q) && isNegative(q)) },
    { ...needsNonnegative, applies: ([, p]) => exponentIs(p!, (q) => !isInteger(q) && !isNegative(q)) },
    {
      ...needsPositive,
      applies: ([x, p]) =>
        (!constantOf(p!) && !isFlat(x!) && !isCount(p!)) || exponentIs(p!, (q) => !isInteger(q) && isNegative(q)),
    },
    // 0ˣ and (−2)ˣ: what is needed is said of the exponent.
    {
      kind: 'needs',
      condition: (_, p) => `${p} > 0`,
      applies: ([x, p]) => !constantOf(p!) && exponentIs(x!, isZero),
      settled: (_, p) => isPositive(p!),
    },
    { kind: 'needs', condition: (_, p) => `${p} ∈ ℤ`, applies: ([x, p]) => !constantOf(p!) && exponentIs(x!, isNegative) },
    {
      ...kinkAtZero,
      touching: true,
      // A length has a name, and a distance in a plane is told by its numbers; where others are 0 nobody could read.
      applies: ([x, p]) =>
        exponentIs(p!, (q) => q.equals(HALF)) && isSumOfSquares(x!) && (squaredIn(x!) !== undefined || isPlane(x!)),
      settled: isNonzero,
      subject: ([x]) => squaredIn(x!),
    },
  ],
  normal: normalPower,
  runs: (g, x, p) => (constantOf(p) || isAboveZero(x) || moveTogether(x, p) ? undefined : g.apply(powerOfLog, x, p, 0)),
  lower: lowerPower,
};

/** Known to be positive from its own form. */
function isAboveZero(x: Node): boolean {
  const c = constantOf(x);
  if (c) return !isZero(c) && !isNegative(c);
  if (x.kind === 'variable')
    return x.role === 'size' || someFact(x.facts, ({ bounds }) => bounds !== undefined && isPositive(bounds));
  return x.kind === 'apply' && x.operator.range !== undefined && isPositive(x.operator.range);
}

/** Parts of a base, or an exponent, that are looked into: towers of powers have one in the other. */
const MOST_PARTS = 32;

/** xˣ: at 0 its slope is infinite, and no convention about one of two that move apart. */
function moveTogether(x: Node, p: Node): boolean {
  const moving = new Set(variablesIn(p));
  return variablesIn(x).some((variable) => moving.has(variable));
}

/** Those among its first parts. */
function variablesIn(root: Node): Node[] {
  const parts = new Set([root]);
  for (const part of parts) for (const child of children(part)) if (parts.size < MOST_PARTS) parts.add(child);
  return [...parts].filter((part) => part.kind === 'variable' && part.role !== 'size');
}

/**
 * xᵖ·(log x)ᵏ, and 0 at x = 0 for p ≥ 0 if there is a logarithm: a power whose exponent may be 0, or by which it is
 * derived, over a base that may be 0. Its slopes p·xᵖ⁻¹ and xᵖ·log x are 0 where p, or xᵖ, is; for x = p = 0 the slope by
 * p is 0 as in PyTorch and JAX. Made where things become numbers; as a value it is lowered to a power again.
 */
export const powerOfLog: Operator = {
  name: 'power-log',
  internal: true,
  arity: 3,
  orders: [2],
  kernel: (x, p, k) => (k === 0 ? x ** p : x === 0 && p >= 0 ? 0 : x ** p * Math.log(x) ** k),
  partials: [
    (g, [x, p, k]) => {
      const lower = g.sum(p!, -1);
      const slope = g.apply(scaled, p!, g.apply(powerOfLog, x!, lower, k!));
      const times = constantOf(k!)!;
      if (isZero(times)) return slope;
      return g.add([slope, g.mul(times, g.apply(powerOfLog, x!, lower, g.sub(k!, 1)))]);
    },
    (g, [x, p, k]) => g.apply(powerOfLog, x!, p!, g.sum(k!, 1)),
    () => {
      throw new Error('an order has no slope');
    },
  ],
  rule: {
    id: 'power',
    name: 'power rule',
    why: 'The exponent comes down as a factor and drops by one.',
    formula: '(uᵖ)′ = p·uᵖ⁻¹',
  },
  domain: (x) => x > 0,
  lower: (g, x, p, k) => (constantOf(k)?.equals(0) ? power(g, x, p) : undefined),
};

/** A number that is not positive, of which a power has its own conditions. */
const isFlat = (x: Node): boolean => exponentIs(x, (c) => isZero(c) || isNegative(c));

/** The sum of the squares of a few scalars, or of multiples of them. */
const isPlane = (x: Node): boolean =>
  x.shape.length === 0 && termsOf(x).every((t) => factorsOf(t).length > 0 && factorsOf(t).every(isOfVariable));

const isOfVariable = (node: Node): boolean =>
  node.shape.length === 0 && node.kind === 'apply' && node.args[0]!.kind === 'variable';

/** x, where a node is the sum of the squares of all its entries. */
export function squaredIn(node: Node): Node | undefined {
  const whole = node.kind === 'definition' ? node.value : node;
  if (whole.kind !== 'contraction' || !isOne(whole.coefficient) || whole.result.length > 0) return undefined;
  const [a, b, ...more] = whole.factors;
  if (a && a === b && more.length === 0) return a;
  return a && !b && a.kind === 'apply' && a.operator === pow && exponentIs(a.args[1]!, (q) => q.equals(2))
    ? a.args[0]
    : undefined;
}

/** 0, 1, 2 …: with such an exponent there is a value anywhere. */
const isCount = (node: Node): boolean => (leastWhole(node) ?? -1) >= 0;

const exponentIs = (p: Node, test: (q: Fraction) => boolean): boolean => {
  const q = constantOf(p);
  return q !== undefined && test(q);
};

/** Only the compiler makes this one, from u⁻¹: a division is cheaper than a power. */
export const reciprocal: Operator = {
  name: 'reciprocal',
  internal: true,
  arity: 1,
  kernel: (x) => 1 / x,
  partials: [(g, _args, y) => g.neg(g.apply(pow, y, 2))],
  rule: { id: 'reciprocal', name: 'reciprocal rule', why: 'The slope of 1/u is −1/u².', formula: '(1/u)′ = −1/u²' },
  domain: (x) => x !== 0,
  definition: (g, x) => g.apply(pow, x, -1),
};

/** Only the compiler makes this one, from u^½. */
export const squareRoot: Operator = {
  name: 'sqrt',
  internal: true,
  arity: 1,
  notation: { form: { latex: '\\sqrt{$1}' } },
  kernel: Math.sqrt,
  partials: [(g, _args, y) => g.mul(HALF, g.apply(pow, y, -1))],
  rule: { id: 'sqrt', name: 'square root', why: 'A root is the power one half.', formula: '(√u)′ = 1/(2√u)' },
  domain: positive,
  definition: (g, x) => g.apply(pow, x, HALF),
};

/**
 * 1/u, and 0 where u is 0: what slopes of lengths divide by. A length has a kink at 0, where its subgradients are the
 * ball of radius 1 and the least of them is 0. It prints as the division that it is anywhere else.
 */
export const pseudoinverse: Operator = {
  name: 'pseudoinverse',
  internal: true,
  arity: 1,
  kernel: (x) => (x === 0 ? 0 : 1 / x),
  partials: [(g, _args, y) => g.neg(g.apply(pow, y, 2))],
  rule: { id: 'reciprocal', name: 'reciprocal rule', why: 'The slope of 1/u is −1/u².', formula: '(1/u)′ = −1/u²' },
  domain: (x) => x !== 0,
  definition: (g, x) => g.apply(pow, x, -1),
  normal: (g, x) => {
    const c = constantOf(x);
    if (c) return g.constant(isZero(c) ? c : c.inverse(), x.shape);
    const { coefficient, core } = g.splitCoefficient(x);
    return isOne(coefficient) ? undefined : g.scale(coefficient.inverse(), g.apply(pseudoinverse, core));
  },
};

export const power = (g: Graph, base: Entry, exponent: Entry): Node => g.apply(pow, base, exponent);
export const divide = (g: Graph, a: Entry, b: Entry): Node => g.mul(a, power(g, b, -1));
export const sqrt = (g: Graph, x: Entry): Node => power(g, x, HALF);

function normalPower(g: Graph, base: Node, exponent: Node): Node | undefined {
  const p = constantOf(exponent);
  const b = constantOf(base);
  if (b && isOne(b)) return base;
  const e = stretchedScalar(base);
  if (e.kind === 'apply' && e.operator === exp && constantOf(e.args[0]!)) {
    // e^x is exp(x): one spelling.
    return g.apply(exp, g.mul(e.args[0]!, exponent));
  }
  if (!p) return undefined;
  if (isOne(p)) return base;
  if (isZero(p)) return g.constant(ONE, base.shape);
  if (b) {
    const exact = exactPower(b, p);
    if (exact) return g.constant(exact, base.shape);
  }
  if (base.kind === 'apply' && base.operator === pow) {
    const inner = constantOf(base.args[1]!);
    if (inner) return nestedPower(g, base.args[0]!, inner, p);
  }
  if (base.kind === 'apply' && base.operator === abs && isEven(p)) return g.apply(pow, base.args[0]!, exponent);
  // (c·u)ᵖ = cᵖ·uᵖ where cᵖ is exact; a negative c only under an integer power. 0·u that stays has no value.
  if (base.kind === 'contraction' && base.factors.length === 1 && !isOne(base.coefficient) && !isZero(base.coefficient)) {
    const { coefficient, core } = g.splitCoefficient(base);
    const exact = exactPower(coefficient, p);
    if (exact && (isInteger(p) || coefficient.s > 0n)) return g.mul(exact, g.apply(pow, core, exponent));
  }
  return undefined;
}

/** The scalar that an array repeats, if it is one and nothing else; otherwise the node itself. */
const stretchedScalar = (node: Node): Node =>
  node.kind === 'contraction' && node.factors.length === 1 && isOne(node.coefficient) && node.factors[0]!.shape.length === 0
    ? node.factors[0]!
    : node;

/** (uᵃ)ᵇ = uᵃᵇ holds for integer b; for an even a and any b it is |u|ᵃᵇ; otherwise u ≥ 0 where the left is defined. */
function nestedPower(g: Graph, u: Node, a: Fraction, b: Fraction): Node | undefined {
  const product = a.mul(b);
  if (isInteger(b)) return g.apply(pow, u, product);
  if (isEven(a)) return g.apply(pow, isEven(product) ? u : g.apply(abs, u), product);
  return isInteger(a) ? undefined : g.apply(pow, u, product);
}

/**
 * Squares, summed with positive coefficients, and nothing else that is positive: never negative, and 0 just where all
 * of them are. Looks through definitions and multiples.
 */
function isSumOfSquares(node: Node): boolean {
  const open = [node];
  const seen = new Set(open);
  while (open.length > 0) {
    const parts = squaresIn(open.pop()!);
    if (!parts) return false;
    for (const part of parts) if (!seen.has(part)) open.push(part);
    for (const part of parts) seen.add(part);
  }
  return true;
}

/** What has to be a sum of squares for a node to be one; undefined if it is none. */
function squaresIn(node: Node): readonly Node[] | undefined {
  if (node.kind === 'definition') return [node.value];
  if (node.kind === 'sum') return node.terms;
  if (node.kind !== 'contraction') return isEvenPower(node) ? [] : undefined;
  if (isNegative(node.coefficient)) return undefined;
  const odd = new Map<string, Node>();
  let squares = 0;
  node.factors.forEach((factor, k) => {
    if (isSize(factor)) return;
    squares++;
    const key = `${factor.id}:${node.indices[k]!.join()}`;
    if (!isEvenPower(factor) && !odd.delete(key)) odd.set(key, factor);
  });
  const [only] = odd.values();
  if (odd.size === 0) return squares > 0 ? [] : undefined;
  return odd.size === 1 && squares === 1 ? [only!] : undefined;
}

/** uᵖ with an even p above 0. */
function isEvenPower(node: Node): boolean {
  const p = node.kind === 'apply' && node.operator === pow ? constantOf(node.args[1]!) : undefined;
  return p !== undefined && isEven(p) && !isNegative(p);
}

/** The length of an axis, or a power of it: positive. */
function isSize(node: Node): boolean {
  const base = node.kind === 'apply' && node.operator === pow ? node.args[0]! : node;
  return base.kind === 'variable' && base.role === 'size';
}

function lowerPower(g: Graph, base: Node, exponent: Node): Node | undefined {
  const p = constantOf(exponent);
  if (!p || p.d > 2n || p.n > 16n) return undefined;
  if (p.equals(HALF.neg())) return g.apply(reciprocal, g.apply(squareRoot, base));
  // The power of 1/u: uⁿ overflows where its inverse is still a number.
  const of = isNegative(p) ? g.apply(reciprocal, base) : base;
  const size = Math.abs(toNumber(p));
  const whole = Math.floor(size);
  const parts: Node[] = [];
  if (whole >= 1) parts.push(repeated(g, of, whole));
  if (size !== whole) parts.push(g.apply(squareRoot, of));
  return parts.length === 1 ? parts[0]! : g.mul(...parts);
}

/** xⁿ by squaring. */
function repeated(g: Graph, x: Node, n: number): Node {
  if (n === 1) return x;
  const half = repeated(g, x, Math.floor(n / 2));
  return n % 2 === 0 ? g.mul(half, half) : g.mul(half, half, x);
}
