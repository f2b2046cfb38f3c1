import { constantOf } from '../graph/forms.ts';
import { type Apply, isConstant, type Node } from '../graph/node.ts';
import { absolute, type Fraction, isHalf, isInteger, isMinusOne, isNegative, isOne } from '../graph/rational.ts';
import { exp, pow } from '../operators/power.ts';

/** Lengths of nodes that are compared with each other; one map a graph. */
export type Lengths = Map<Node, number>;

const LONGEST = 1e6;

/**
 * How many characters a node takes when it is written out, spaces apart: the measure by which forms are compared.
 * Exact for scalars, near enough for arrays. Saturates, since a shared graph written out can be exponentially long.
 */
export function lengthOf(node: Node, lengths: Lengths): number {
  const known = lengths.get(node);
  if (known !== undefined) return known;
  const length = Math.min(
    LONGEST,
    own(node, (part) => lengthOf(part, lengths)),
  );
  lengths.set(node, length);
  return length;
}

type Of = (part: Node) => number;

function own(node: Node, of: Of): number {
  switch (node.kind) {
    case 'variable':
    case 'definition':
      return node.name.length;
    case 'sum': {
      const negative = node.terms.filter(isNegativeTerm).length;
      return node.terms.reduce((total, t) => total + of(t) + 1, -1) - negative + (negative === node.terms.length ? 1 : 0);
    }
    case 'apply':
      if (node.operator === pow) return product(undefined, [node], of);
      if (isEuler(node)) return 1;
      return node.args.reduce((total, a) => total + of(a) + 1, node.operator.name.length + (node.args.length > 0 ? 1 : 0));
    case 'array':
      return node.args.reduce((total, a) => total + of(a) + 1, node.operator.name.length + 1);
    case 'affine':
      return node.shape.length + 4;
    case 'recurrence':
      return of(node.init) + of(node.step) + 10;
    case 'contraction':
      return isConstant(node) ? numeral(node.coefficient) : product(node.coefficient, node.factors, of);
  }
}

const isEuler = (node: Node): boolean => node.kind === 'apply' && node.operator === exp && isUnit(constantOf(node.args[0]!));

const isUnit = (q: Fraction | undefined): boolean => q !== undefined && isOne(q);

const isNegativeTerm = (t: Node): boolean => t.kind === 'contraction' && isNegative(t.coefficient);

function numeral(q: Fraction): number {
  if (q.n < 10n && q.d === 1n) return isNegative(q) ? 2 : 1;
  const sign = isNegative(q) ? 1 : 0;
  return sign + q.n.toString().length + (isInteger(q) ? 0 : 1 + q.d.toString().length);
}

/** A factor of a product that is measured: its length as a factor, above or below the line. */
export interface Measured {
  readonly length: number;
  readonly below: boolean;
}

const digits = (n: bigint): number => (n < 10n ? 1 : n.toString().length);

/** The length of `-n*a*b/(d*c)`. */
export function productLength(coefficient: Fraction | undefined, factors: readonly Measured[]): number {
  let [above, countAbove, below, countBelow] = [0, 0, 0, 0];
  for (const f of factors) {
    if (f.below) {
      below += f.length;
      countBelow++;
    } else {
      above += f.length;
      countAbove++;
    }
  }
  const [n, d] = coefficient ? [coefficient.n, coefficient.d] : [1n, 1n];
  if (n !== 1n || countAbove === 0) {
    above += digits(n);
    countAbove++;
  }
  if (d !== 1n) {
    below += digits(d);
    countBelow++;
  }
  const bottom = countBelow === 0 ? 0 : below + countBelow + (countBelow > 1 ? 2 : 0);
  return (coefficient && isNegative(coefficient) ? 1 : 0) + above + countAbove - 1 + bottom;
}

const product = (coefficient: Fraction | undefined, factors: readonly Node[], of: Of): number =>
  productLength(
    coefficient,
    factors.map((f) => {
      const p = exponentOf(f);
      if (p) {
        const [base] = (f as Apply).args as [Node];
        const quotient = base.kind === 'contraction' && isMinusOne(p) ? 2 : 0;
        return { length: powerLength(base, of(base), absolute(p)) + quotient, below: isNegative(p) };
      }
      return { length: f.kind === 'apply' && f.operator === pow ? symbolic(f.args, of) : grouped(f, of), below: false };
    }),
  );

const exponentOf = (f: Node): Fraction | undefined =>
  f.kind === 'apply' && f.operator === pow ? constantOf(f.args[1]!) : undefined;

/** The length of a base to a positive power, from its own. */
export function powerLength(base: Node, length: number, p: Fraction): number {
  if (isOne(p)) return length + (base.kind === 'sum' ? 2 : 0);
  if (isHalf(p)) return length + 6;
  return length + (isBare(base) ? 0 : 2) + 1 + numeral(p) + (isInteger(p) ? 0 : 2);
}

const symbolic = ([base, exponent]: readonly Node[], of: Of): number =>
  atom(base!, of) + 1 + (isRaised(exponent!) ? of(exponent!) : atom(exponent!, of));

/** x^2 as an exponent, read from the right: a^x^2. */
function isRaised(node: Node): boolean {
  const p = exponentOf(node);
  return isPower(node) && (p === undefined || !isNegative(p));
}

/** As a factor: a sum needs parentheses. */
const grouped = (node: Node, of: Of): number => of(node) + (node.kind === 'sum' ? 2 : 0);

/** As a base or an exponent: so does a product. */
const atom = (node: Node, of: Of): number => of(node) + (isBare(node) ? 0 : 2);

function isBare(node: Node): boolean {
  const c = constantOf(node);
  return c ? isInteger(c) && !isNegative(c) : node.kind !== 'sum' && node.kind !== 'contraction' && !isPower(node);
}

const isPower = (node: Node): boolean => node.kind === 'apply' && node.operator === pow;
