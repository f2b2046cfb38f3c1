import { expect, it } from 'vitest';
import { Graph } from '../../src/graph/graph.ts';
import type { Node } from '../../src/graph/node.ts';
import { operatorNamed } from '../../src/operators/index.ts';
import { type Signs, signsOf } from '../../src/simplify/signs.ts';

const g = new Graph();
const x = g.variable('x');
const count = (node: Node, signs: Signs = new Map()): number => signsOf(node, signs);

it('counts leaves and operators', () => {
  const sin = g.apply(operatorNamed.get('sin')!, x);
  expect([count(x), count(sin), count(g.sum(x, sin)), count(g.mul(3, x, sin))]).toEqual([1, 2, 4, 6]);
});

it('is no deeper than a loop', () => {
  let node: Node = x;
  for (let k = 0; k < 30_000; k++) node = g.apply(operatorNamed.get('tanh')!, g.sum(node, 1));
  expect(count(node)).toBe(1 + 30_000 * 3);
});
