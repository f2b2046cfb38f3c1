import type { Dim } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Apply, Contraction, Node } from '../graph/node.ts';
import { type Fraction, isInteger, isNegative, rational, TWO, toNumber } from '../graph/rational.ts';
import { divide, pow, power } from '../operators/power.ts';
import { euclidean } from '../operators/reductions.ts';
import { direction, hypotenuse } from '../operators/stable.ts';
import { argsOf, bare, type Rule } from '../simplify/rule.ts';
import { rootOf } from './functions.ts';

/**
 * Products with a length below the line, u·v/‖w‖³: the power overflows long before the whole does. What is above the
 * line and part of the length is divided first, (u/‖w‖)·(v/‖w‖)/‖w‖, where no quotient exceeds 1.
 */

/** A length, how often it divides, and a part of it over the whole, if the node is a part. */
interface Length {
  readonly length: Node;
  readonly times: number;
  readonly share: (part: Node) => Node | undefined;
}

/** Squares in a sum that is to be a length. */
const MOST_SQUARES = 8;

function lengthBelow(g: Graph, factor: Node): Length | undefined {
  const [base, exponent] = argsOf(factor, pow) ?? [];
  const p = exponent && constantOf(exponent);
  if (!base || !p || !isNegative(p) || !isInteger(p)) return undefined;
  const at = bare(base);
  if (at.kind === 'array' && at.operator.name === euclidean(1).name) return ofArray(at, base, p);
  if (at.kind === 'apply' && at.operator === hypotenuse) return ofPair(g, at, base, p);
  return at.kind === 'sum' && at.terms.length <= MOST_SQUARES ? ofSum(g, at.terms, p) : undefined;
}

/** The length itself stands below the line; once is no danger. */
const often = (p: Fraction): number | undefined => (p.n > 1n ? Number(p.n) : undefined);

function ofPair(g: Graph, { args: [u, v] }: Apply, length: Node, p: Fraction): Length | undefined {
  const times = often(p);
  if (!times) return undefined;
  const share = (part: Node) => (part === u ? g.apply(direction, u, v!) : part === v ? g.apply(direction, v, u!) : undefined);
  return { length, times, share };
}

/** The axes of the length must lead those of the part, which `divided` looks at. */
function ofArray(at: Node & { args: readonly Node[] }, length: Node, p: Fraction): Length | undefined {
  const times = often(p);
  const whole = stripped(at.args[0]!);
  return times ? { length, times, share: (part) => (stripped(part) === whole ? part : undefined) } : undefined;
}

const stripped = (node: Node): Node => {
  const at = bare(node);
  return at.kind === 'contraction' && at.factors.length === 1 ? stripped(at.factors[0]!) : at;
};

function ofSum(g: Graph, terms: readonly Node[], p: Fraction): Length | undefined {
  const roots: Node[] = [];
  for (const term of terms) {
    // 1 + u² is large only where u is, and u/(1 + u²) is common: it stays as quick as it is written.
    const root = constantOf(term) ? undefined : rootOf(g, term);
    if (!root) return undefined;
    roots.push(root);
  }
  const long = (parts: readonly Node[]): Node => parts.reduce((r, u) => g.apply(hypotenuse, r, u));
  const share = (part: Node): Node | undefined => {
    const at = roots.indexOf(part);
    return at < 0 ? undefined : g.apply(direction, part, long(roots.filter((_, k) => k !== at)));
  };
  return { length: long(roots), times: toNumber(p.abs().mul(TWO)), share };
}

const overLengths: Rule<'contraction'> = {
  name: 'u·v/‖w‖³ = (u/‖w‖)·(v/‖w‖)/‖w‖',
  when: 'u and v are entries of w: wherever the length is not 0',
  examples: [['x^3*(x^2 + y^2)^(-2)', '(x/hypot(x, y))^3/hypot(x, y)']],
  kind: 'contraction',
  apply: (g, node) => {
    for (const [below, factor] of node.factors.entries()) {
      const found = lengthBelow(g, factor);
      const made = found && divided(g, node, below, found);
      if (made) return made;
    }
    return undefined;
  },
};

/** The product with parts of the length divided by it, as long as it stands below the line once more. */
function divided(g: Graph, node: Contraction, below: number, { length, times, share }: Length): Node | undefined {
  const axes = node.indices[below]!;
  const factors = [...node.factors];
  let left = times;
  for (const [k, factor] of node.factors.entries()) {
    const { part, count } = k === below ? { part: factor, count: 0 } : wholePower(factor);
    const used = Math.min(count, left - 1);
    const quotient = used > 0 ? share(part) : undefined;
    const over = quotient && overLength(g, quotient, part, node.indices[k]!, length, axes);
    if (!over) continue;
    factors[k] = g.mul(power(g, over, used), power(g, part, count - used));
    left -= used;
  }
  if (left === times) return undefined;
  factors[below] = power(g, length, rational(-left));
  return g.contract({ ...node, factors, sizes: new Map(node.sizes.entries()) });
}

/** u and n of uⁿ. */
function wholePower(factor: Node): { part: Node; count: number } {
  const [base, exponent] = argsOf(factor, pow) ?? [];
  const p = exponent && constantOf(exponent);
  return base && p && isInteger(p) && !isNegative(p) ? { part: base, count: toNumber(p) } : { part: factor, count: 1 };
}

/** A share is a quotient already; an array is divided by the length of the axes that it has too. */
function overLength(
  g: Graph,
  quotient: Node,
  part: Node,
  own: readonly number[],
  length: Node,
  axes: readonly number[],
): Node | undefined {
  if (quotient !== part) return quotient;
  if (!axes.every((i) => own.includes(i))) return undefined;
  if (part.shape.length === 0) return divide(g, part, length);
  const sizes = new Map<number, Dim>(own.map((i, axis) => [i, part.shape[axis]!]));
  return g.contract({ factors: [part, power(g, length, -1)], indices: [own, axes], result: own, sizes });
}

export const lengthRules: readonly Rule<'contraction'>[] = [overLengths];
