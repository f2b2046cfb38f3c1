import { constantOf, isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Apply, Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { isJump, type Operator, type Rule } from './operator.ts';

/** Comparisons and logic: 1 for true, 0 for false, and `where`, which chooses by them. */

const zero = (g: Graph, args: readonly Node[]): Node => g.constant(0, args[0]!.shape);

const jump: Rule = {
  id: 'comparison',
  name: 'comparison',
  why: 'It is 0 or 1 and changes only by a jump.',
  formula: '′ = 0',
};

const ZERO_OR_ONE = { least: 0, most: 1 };

const relation = (name: string, holds: (a: number, b: number) => boolean, latex: string, reflexive: boolean): Operator => ({
  name,
  arity: 2,
  notation: { latex },
  kernel: (a, b) => (holds(a, b) ? 1 : 0),
  partials: [zero, zero],
  rule: jump,
  range: ZERO_OR_ONE,
  domain: (a, b) => a !== b,
  caveats: [
    {
      kind: 'jump',
      slope: '0',
      condition: (a, b) => `${a} = ${b}`,
      settled: (a, b) => a.least > b.most || b.least > a.most,
    },
  ],
  normal: (g, a, b) => {
    if (a === b) return g.constant(reflexive ? 1 : 0, a.shape);
    const [p, q] = [constantOf(a), constantOf(b)];
    return p && q ? g.constant(holds(p.compare(q), 0) ? 1 : 0, a.shape) : undefined;
  },
});

export const less = relation('<', (a, b) => a < b, '<', false);
export const atMost = relation('<=', (a, b) => a <= b, '\\le', true);
export const greater = relation('>', (a, b) => a > b, '>', false);
export const atLeast = relation('>=', (a, b) => a >= b, '\\ge', true);
export const equal = relation('==', (a, b) => a === b, '=', true);
export const unequal = relation('!=', (a, b) => a !== b, '\\ne', false);

const truth = (x: number): boolean => x !== 0;

/** Nothing but 0 and 1. */
export const isTruth = (node: Node): boolean => node.kind === 'apply' && node.operator.rule === jump;

export const and: Operator = {
  name: 'and',
  arity: 2,
  notation: { latex: '\\land' },
  kernel: (a, b) => (truth(a) && truth(b) ? 1 : 0),
  partials: [zero, zero],
  rule: jump,
  range: ZERO_OR_ONE,
  // What is true says nothing more in an `and`, where the other is 0 or 1 already.
  normal: (g, a, b) => {
    if (isZeroNode(a) || isZeroNode(b)) return g.constant(0, a.shape);
    if (constantOf(a) && constantOf(b)) return g.constant(1, a.shape);
    if (constantOf(a) && isTruth(b)) return b;
    return constantOf(b) && isTruth(a) ? a : undefined;
  },
};

export const or: Operator = {
  name: 'or',
  arity: 2,
  notation: { latex: '\\lor' },
  kernel: (a, b) => (truth(a) || truth(b) ? 1 : 0),
  partials: [zero, zero],
  rule: jump,
  range: ZERO_OR_ONE,
  normal: (g, a, b) => {
    if ([a, b].some((x) => constantOf(x) && !isZeroNode(x))) return g.constant(1, a.shape);
    if (isZeroNode(a) && isTruth(b)) return b;
    return isZeroNode(b) && isTruth(a) ? a : undefined;
  },
};

export const not: Operator = {
  name: 'not',
  arity: 1,
  notation: { latex: '\\lnot' },
  kernel: (a) => (truth(a) ? 0 : 1),
  partials: [zero],
  rule: jump,
  range: ZERO_OR_ONE,
  normal: (g, a) => (constantOf(a) ? g.constant(isZeroNode(a) ? 1 : 0, a.shape) : undefined),
};

/** Whether an operator asks only which of its arguments are true. */
export const isLogical = (operator: Operator): boolean => operator === and || operator === or || operator === not;

/** Constant between jumps, so that it is equal to a number on a whole region: what is rounded or compared, and what is made of such. */
export function isStepped(node: Node): boolean {
  const stepped = (n: Node): boolean => n.kind === 'apply' && isJump(n.operator);
  return !topological([node], stepped).some((n) => n.kind === 'variable' && n.role !== 'size');
}

/** A comparison with `==` or `!=` of what is derived by: it singles out a place. */
const isEquation = (node: Node): boolean =>
  node.kind === 'apply' &&
  (node.operator === equal || node.operator === unequal) &&
  !node.args.every(isStepped) &&
  topological([node]).some((n) => n.kind === 'variable' && (n.role === 'param' || n.role === 'free'));

const EVERYWHERE = 'where a function has a hole, one without it says more: sinc(x), xlogy(x, y)';

export const where: Operator = {
  name: 'where',
  arity: 3,
  notation: {
    latex: '\\operatorname{where}',
  },
  kernel: (c, a, b) => (truth(c) ? a : b),
  partials: [zero, (g, [c]) => g.apply(where, c!, 1, 0), (g, [c]) => g.apply(where, c!, 0, 1)],
  route: (g, [c], adjoint, position) => {
    if (position === 0) return g.constant(0, adjoint.shape);
    return position === 1 ? g.apply(where, c!, adjoint, 0) : g.apply(where, c!, 0, adjoint);
  },
  rule: {
    id: 'where',
    name: 'choice',
    why: 'Only the branch that is taken passes anything on.',
    formula: 'where(c, u, v)′ = where(c, u′, v′)',
  },
  caveats: [{ kind: 'branch', condition: (c) => c }],
  caution: (c) =>
    isEquation(c) ? ['the slope at this one place is that of the branch taken, not of its surroundings', EVERYWHERE] : undefined,
  normal: (g, c, a, b) => {
    if (a === b) return a;
    const known = constantOf(c);
    if (known) return isZeroNode(c) ? b : a;
    // A choice within the branch of the same condition is settled.
    if (isChoice(a) && a.args[0] === c) return g.apply(where, c, a.args[1]!, b);
    if (isChoice(b) && b.args[0] === c) return g.apply(where, c, a, b.args[2]!);
    return undefined;
  },
};

/** A condition, what it chooses where it holds, and where it does not. */
export interface Choice extends Apply {
  readonly args: readonly [condition: Node, yes: Node, no: Node];
}

export const isChoice = (node: Node): node is Choice => node.kind === 'apply' && node.operator === where;

export const comparisons: readonly Operator[] = [less, atMost, greater, atLeast, equal, unequal, and, or, not, where];
