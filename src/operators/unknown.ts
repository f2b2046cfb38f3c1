import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { rational } from '../graph/rational.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Operator } from './operator.ts';
import { cos, sin } from './trigonometric.ts';

/**
 * Functions that are declared and not defined, and their partial derivatives: f, f′, f″; of several arguments g, and g_1,
 * g_12 by the first, by the first and the second. Mixed ones are the same in every order.
 */

const made = new Map<string, Operator>();

/** @param orders how often it is derived by each argument */
export function unknownFunction(name: string, orders: readonly number[]): Operator {
  const key = `${name}(${orders.join()})`;
  let operator = made.get(key);
  if (!operator) {
    operator = record(name, orders);
    made.set(key, operator);
  }
  return operator;
}

/** The name of a derivative, as it is written and read. */
function called(name: string, orders: readonly number[]): string {
  if (orders.length === 1) return name + "'".repeat(orders[0]!);
  const places = orders.flatMap((order, k) => Array.from({ length: order }, () => k + 1));
  return places.length === 0 ? name : `${name}_${places.join('')}`;
}

/** What a callee means, if it is a declared function or a derivative of one: `f''`, `g_12`. */
export function derivativeCalled(callee: string, arityOf: (name: string) => number | undefined): Operator | undefined {
  const [, primed = callee, primes = ''] = /^(.*?)('*)$/u.exec(callee) ?? [];
  const arity = arityOf(primed);
  if (arity !== undefined && (primes === '' || arity === 1))
    return unknownFunction(primed, [primes.length, ...Array<number>(arity - 1).fill(0)]);
  const [, name = '', places = ''] = /^(.+)_([1-9]+)$/u.exec(callee) ?? [];
  const several = arityOf(name) ?? 0;
  const orders = Array.from({ length: several }, (_, k) => [...places].filter((p) => Number(p) === k + 1).length);
  return several > 1 && orders.reduce((a, b) => a + b, 0) === places.length ? unknownFunction(name, orders) : undefined;
}

/** More could not be told apart by one digit each. */
export const MOST_PARAMETERS = 9;

const record = (name: string, orders: readonly number[]): Operator => ({
  name: called(name, orders),
  internal: true,
  arity: orders.length,
  kernel: () => {
    throw new GradusError('data', `${name} is declared, but not defined: it has no values`, {
      hint: `define it, ${name}(${['x', 'y', 'z', 'u', 'v', 'w', 'p', 'q', 'r'].slice(0, orders.length).join(', ')}) = …, to compute with it`,
    });
  },
  partials: orders.map((order, k) => (g, args) => g.apply(unknownFunction(name, orders.with(k, order + 1)), ...args)),
  standIn: (g, ...args) => standIn(g, name, orders, args),
  rule: {
    id: 'declared-function',
    name: 'declared function',
    why: 'Nothing is known of it but its name: each derivative is a function of its own.',
    formula: orders.length === 1 ? `(${name}(u))′ = ${name}′(u)` : `∂${name}(u, v)/∂u = ${name}_1(u, v)`,
  },
});

/** sin(Σ aₖ·uₖ + b) with numbers that the name tells, as often derived. */
function standIn(g: Graph, name: string, orders: readonly number[], args: readonly Node[]): Node {
  let seed = 7;
  for (const letter of name) seed = (seed * 31 + letter.codePointAt(0)!) % 9973;
  const number = () => {
    seed = (seed * 137 + 59) % 9973;
    return rational(300 + (seed % 1400)).div(997);
  };
  const slopes = args.map(number);
  const angle = g.sum(...args.map((u, k) => g.mul(slopes[k]!, u)), number());
  const total = orders.reduce((a, b) => a + b, 0);
  const scale = slopes.reduce((product, a, k) => product.mul(a.pow(orders[k]!)!), rational(total % 4 < 2 ? 1 : -1));
  return g.mul(scale, g.apply(total % 2 === 0 ? sin : cos, angle));
}
