import { describe, expect, it } from 'vitest';
import { doubles, evaluate, type Values } from '../../src/compile/index.ts';
import { Graph } from '../../src/graph/graph.ts';
import type { Node, Variable } from '../../src/graph/node.ts';
import { rational } from '../../src/graph/rational.ts';
import { operators } from '../../src/operators/index.ts';
import type { Operator } from '../../src/operators/operator.ts';
import { relative } from '../support/sample.ts';

const NUMBERS = [0, 1, -1, 0.5, -0.5, 2, -2, 3, 4, 0.25, -1.5, 7].map((x) => rational(x));

/** Points of both signs, zero and the integers included: a normal form must hold wherever the left side is defined. */
const POINTS = [-3.7, -2, -1, -0.4, 0, 0.3, 0.8, 1, 2, 5.5];

/** Arguments that normal forms look at: numbers, multiples, and every function of one argument. */
function argumentsOf(g: Graph, x: Node): Node[] {
  const simple = [x, ...NUMBERS.map((c) => g.constant(c)), ...NUMBERS.map((c) => g.scale(c, x))];
  const functions = operators.filter((o) => o.arity === 1).map((o) => g.apply(o, x));
  const powers = operators.filter((o) => o.name === 'pow').flatMap((o) => NUMBERS.map((c) => g.apply(o, x, c)));
  return [...simple, ...functions, ...powers, ...functions.map((f) => g.neg(f)), g.sum(x, 1), g.sub(1, x)];
}

/** What nodes are worth at each point; nodes are shared by many calls, so each is evaluated once. */
const known = new WeakMap<Graph, Map<Node, Values<number>>[]>();

function values(g: Graph, nodes: readonly Node[], place: number): number[] {
  const own = known.get(g) ?? POINTS.map(() => new Map<Node, Values<number>>());
  known.set(g, own);
  const input = (_: Variable) => ({ shape: [], data: [POINTS[place]!] });
  return evaluate(nodes, input, new Map(), doubles, { known: own[place]! }).map((v) => v.data[0]!);
}

/** The value where it is a number of ordinary size: beyond, rounding decides. */
const ordinary = (y: number): boolean => Math.abs(y) < 1e12;

/** Where a call has another value than its operator's kernel. */
function differences(g: Graph, operator: Operator, args: readonly Node[]): string[] {
  const node = g.apply(operator, ...args);
  return POINTS.flatMap((at, place) => {
    const [found, ...given] = values(g, [node, ...args], place) as [number, ...number[]];
    const expected = operator.kernel(...given);
    if (!ordinary(expected) || !given.every(ordinary) || relative(found, expected) < 1e-9) return [];
    return [`${operator.name}(${given.join(', ')}) at ${at}, node ${args.map((a) => a.id).join()}: ${found}, not ${expected}`];
  });
}

describe('the normal form keeps the value:', () => {
  it.each(operators.filter((o) => o.arity === 1).map((o) => [o.name, o] as const))('%s', (_, operator) => {
    const g = new Graph();
    expect(argumentsOf(g, g.variable('x')).flatMap((arg) => differences(g, operator, [arg]))).toEqual([]);
  });

  it.each(operators.filter((o) => o.arity === 2).map((o) => [o.name, o] as const))('%s', (_, operator) => {
    const g = new Graph();
    const args = argumentsOf(g, g.variable('x'));
    const pairs = args.flatMap((first) => args.slice(0, 20).map((second) => [first, second]));
    expect(pairs.flatMap((pair) => differences(g, operator, pair))).toEqual([]);
  });
});
