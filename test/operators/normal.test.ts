import { describe, expect, it } from 'vitest';
import { doubles, evaluate } from '../../src/compile/index.ts';
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

const values = (nodes: readonly Node[], at: number): number[] =>
  evaluate(nodes, (_: Variable) => ({ shape: [], data: [at] }), new Map(), doubles).map((v) => v.data[0]!);

/** The value where it is a number of ordinary size: beyond, rounding decides. */
const ordinary = (y: number): boolean => Math.abs(y) < 1e12;

function expectSame(g: Graph, operator: Operator, args: readonly Node[]): void {
  const node = g.apply(operator, ...args);
  for (const at of POINTS) {
    const [found, ...given] = values([node, ...args], at) as [number, ...number[]];
    const expected = operator.kernel(...given);
    if (!ordinary(expected) || !given.every(ordinary)) continue;
    const text = `${operator.name}(${given.join(', ')}) at ${at}, node ${args.map((a) => a.id).join()}`;
    expect(relative(found, expected), text).toBeLessThan(1e-9);
  }
}

describe('the normal form keeps the value:', () => {
  it.each(operators.filter((o) => o.arity === 1).map((o) => [o.name, o] as const))('%s', (_, operator) => {
    const g = new Graph();
    for (const arg of argumentsOf(g, g.variable('x'))) expectSame(g, operator, [arg]);
  });

  it.each(operators.filter((o) => o.arity === 2).map((o) => [o.name, o] as const))('%s', (_, operator) => {
    const g = new Graph();
    const args = argumentsOf(g, g.variable('x'));
    for (const first of args) for (const second of args.slice(0, 20)) expectSame(g, operator, [first, second]);
  });
});
