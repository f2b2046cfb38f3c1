import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { Operator } from './operator.ts';
import { exp } from './power.ts';

const constant = (name: string, value: number, unicode: string, latex: string): Operator => ({
  name,
  arity: 0,
  internal: true,
  notation: { unicode, latex },
  kernel: () => value,
  range: { least: value, most: value },
  partials: [],
  rule: { id: 'constant', name: 'constant', why: 'A constant does not change.' },
});

/** Operators without arguments: the numbers that no fraction is. */
export const pi = constant('pi', Math.PI, 'π', '\\pi');
export const infinity = constant('inf', Number.POSITIVE_INFINITY, '∞', '\\infty');

/** The names that stand for a number unless the source declares them. */
export const constants: ReadonlyMap<string, (g: Graph) => Node> = new Map([
  ['pi', (g) => g.apply(pi)],
  ['inf', (g) => g.apply(infinity)],
  ['e', (g) => g.apply(exp, g.constant(1))],
]);
