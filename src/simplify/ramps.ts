import { constantOf, isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import type { Node, Sum } from '../graph/node.ts';
import { absolute, type Fraction, isInteger, isNegative, isOne, MINUS_ONE, ONE, ZERO } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { max, min, relu, sign, step } from '../operators/kinked.ts';
import { pow, power } from '../operators/power.ts';
import { distributed } from './content.ts';
import { instead } from './joined-roots.ts';
import { argsOf, bare, type Rule } from './rule.ts';

/**
 * What is 0 on one side of a border, beside what switches there: relu(u)·step(u) is relu(u), max(u, 0)·(1 + sign u) is
 * 2·max(u, 0), (u − min(u, v))·(1 + sign(v − u)) is 0.
 */
export const besideRamps: Rule<'contraction'> = {
  name: 'a ramp beside a switch at its corner',
  when: 'always: at the corner the ramp is 0',
  examples: [
    ['relu(x)*step(x)', 'relu(x)'],
    ['max(x - y, 0)^2*(1 + sign(x - y))', '2*max(x - y, 0)^2'],
    ['max(0, x)*(1 - sign(x))', '0'],
    ['min(x, 0)*(1 - sign(x))', '2*min(x, 0)'],
    ['sign(x)*relu(x)', 'relu(x)'],
    ['(x - min(x, y))*(1 + sign(y - x))', '0'],
    ['(max(x, y) - y)*(1 + sign(x - y))', '2*(max(x, y) - y)'],
  ],
  kind: 'contraction',
  apply: (g, node) => {
    for (const [at, switching] of node.factors.entries()) {
      const found = switchOf(switching);
      if (!found) continue;
      const own = node.indices[at]!.join();
      for (const [k, factor] of node.factors.entries()) {
        if (k === at || node.indices[k]!.join() !== own) continue;
        const corner = rampOf(g, factor);
        if (!corner) continue;
        if (isMultiple(g, corner, found.of, ONE)) return g.scale(found.right, instead(g, node, [at], []));
        if (isMultiple(g, corner, found.of, MINUS_ONE)) return g.scale(found.left, instead(g, node, [at], []));
      }
    }
    return undefined;
  },
};

/** u·step(u) is relu(u), and u²·step(u) is u·relu(u). */
export const steppedRamps: Rule<'contraction'> = {
  name: 'what is passed on where it is positive',
  when: 'always: at the corner it is 0',
  examples: [
    ['x*step(x)', 'relu(x)'],
    ['x^2*step(x)*y', 'x*y*relu(x)'],
    ['x*step(2*x)', 'relu(2*x)/2'],
  ],
  kind: 'contraction',
  apply: (g, node) => {
    for (const [at, stepping] of node.factors.entries()) {
      const [ramp] = argsOf(stepping, step) ?? [];
      const { coefficient, core: u } = g.splitCoefficient(ramp ?? stepping);
      const own = node.indices[at]!.join();
      if (!ramp || isNegative(coefficient)) continue;
      const k = node.factors.findIndex((f, k) => k !== at && node.indices[k]!.join() === own && isPowerOf(f, u));
      if (k < 0) continue;
      const rest = power(g, u, (constantOf(argsOf(node.factors[k]!, pow)?.[1] ?? u) ?? ONE).sub(ONE));
      const factors = node.factors.map((f, j) => (j === at ? g.apply(relu, ramp) : j === k ? rest : f));
      return g.contract({ ...node, coefficient: node.coefficient.div(coefficient), factors, sizes: node.sizes });
    }
    return undefined;
  },
};

/** Itself, or a whole positive power of it. */
function isPowerOf(factor: Node, u: Node): boolean {
  if (factor === u) return true;
  const [base, exponent] = argsOf(factor, pow) ?? [];
  const p = exponent && constantOf(exponent);
  return base === u && p !== undefined && isInteger(p) && !isNegative(p);
}

/** The same of products that stand in factored sums. */
export function withoutSwitches(g: Graph, roots: readonly Node[]): Node[] {
  if (!topological(roots).some((node) => switchOf(node))) return [...roots];
  return mapGraph(g, roots, (node) =>
    node.kind === 'contraction' ? (besideRamps.apply(g, node) ?? steppedRamps.apply(g, node) ?? node) : node,
  );
}

/** step(A) of A = relu(Z) as step(Z), where both have names: the rule says of Z where it switches. Running, A is at hand. */
export function atNamedRamp(g: Graph, node: Node): Node {
  if (node.kind !== 'apply' || node.operator !== step) return node;
  const [ramp] = node.args as [Node];
  // Within a recurrence names are those of steps.
  const computed = ramp.kind === 'definition' ? g.steps.resolvedOf(ramp) : undefined;
  const [u] = argsOf(computed ?? ramp, relu) ?? [];
  const named = computed && u ? g.steps.nameOfResolved(u) : u;
  return named && (named.kind === 'definition' || named.kind === 'variable') ? g.apply(step, named) : node;
}

export function atNamedRamps(g: Graph, roots: readonly Node[]): Node[] {
  const isNamed = (node: Node): boolean => node.kind === 'definition';
  if (!topological(roots, isNamed).some((node) => atNamedRamp(g, node) !== node)) return [...roots];
  return mapGraph(g, roots, (node) => atNamedRamp(g, node), isNamed);
}

/** A number on each side of where something is 0. */
interface Switch {
  readonly of: Node;
  readonly left: Fraction;
  readonly right: Fraction;
}

function switchOf(node: Node): Switch | undefined {
  const [stepped] = argsOf(node, step) ?? [];
  if (stepped) return { of: argsOf(stepped, relu)?.[0] ?? stepped, left: ZERO, right: ONE };
  const [signed] = argsOf(node, sign) ?? [];
  if (signed) return { of: signed, left: MINUS_ONE, right: ONE };
  if (node.kind !== 'sum' || node.terms.length !== 2) return undefined;
  const one = node.terms.findIndex((t) => constantOf(t));
  const level = one < 0 ? undefined : constantOf(node.terms[one]!);
  const other = node.terms[1 - one];
  if (!level || !isOne(absolute(level)) || !other) return undefined;
  const opposite = other.kind === 'contraction' && other.coefficient.equals(-1) && other.factors.length === 1;
  const [of] = argsOf(opposite ? other.factors[0]! : other, sign) ?? [];
  const slope = opposite ? MINUS_ONE : ONE;
  return of && { of, left: level.sub(slope), right: level.add(slope) };
}

/** u, where the factor is a positive power of what is u right of 0 and 0 left of it. */
function rampOf(g: Graph, factor: Node): Node | undefined {
  const [base, exponent] = argsOf(factor, pow) ?? [factor];
  const p = exponent && constantOf(exponent);
  if (exponent && (!p || isNegative(p))) return undefined;
  const node = bare(base!);
  const [u] = argsOf(node, relu) ?? [];
  if (u) return u;
  const larger = argsOf(node, max);
  if (larger?.some(isZeroNode)) return larger.find((arg) => !isZeroNode(arg));
  const smaller = argsOf(node, min);
  if (smaller?.some(isZeroNode)) return g.neg(smaller.find((arg) => !isZeroNode(arg))!);
  return node.kind === 'sum' && node.terms.length === 2 ? distance(g, node) : undefined;
}

/** u − v for max(u, v) − v and u − min(u, v). */
function distance(g: Graph, sum: Sum): Node | undefined {
  for (const [k, term] of sum.terms.entries()) {
    const other = sum.terms[1 - k]!;
    const larger = argsOf(term, max);
    const from = g.neg(other);
    if (larger?.includes(from)) return g.sub(larger.find((arg) => arg !== from)!, from);
    const smaller = argsOf(g.neg(term), min);
    if (smaller?.includes(other)) return g.sub(other, smaller.find((arg) => arg !== other)!);
  }
  return undefined;
}

/** Whether a is b or −b, term by term. */
function isMultiple(g: Graph, a: Node, b: Node, sign: Fraction): boolean {
  if (a === b) return isOne(sign);
  return isZeroNode(g.add([...distributed(g, a), ...distributed(g, g.scale(sign.neg(), b))]));
}
