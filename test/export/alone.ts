import type { Exported } from '../../src/export/dialect.ts';
import { operators } from '../../src/operators/index.ts';
import type { Operator } from '../../src/operators/operator.ts';
import { quotientOfPolynomials } from '../../src/operators/quotient.ts';
import { seriesNearZero } from '../../src/operators/series.ts';
import { exportedOf } from './c-exported.ts';

/** Numbers of every size, where a formula that overflows or cancels shows itself. */
const SIZES = [0, 1e-150, 1e-8, 1e-3, 0.3, 0.7, 1 - 1e-9, 1, 1 + 1e-9, 1.7, 4, 12, 30, 700, 1e8, 1e160].flatMap((u) => [u, -u]);

/** An operator by itself at many arguments: a model whose gradient by `s` is its values. */
interface Alone {
  readonly name: string;
  readonly told: Exported;
  readonly values: readonly number[];
}

const argumentsOf = (arity: number): number[][] =>
  arity === 1
    ? SIZES.map((u) => [u])
    : SIZES.flatMap((u, k) => SIZES.map((v, l) => [u, v, ...SIZES.slice((7 * k + l) % 11).slice(0, arity - 2)]));

/** Whether a number is finite, and has all its digits. */
const isNormal = (x: number): boolean => x === 0 || (Math.abs(x) > 1e-290 && Number.isFinite(x));

/** @param order what stands where the operator takes an order */
function alone(operator: Operator, order = 2): Alone | undefined {
  const { arity, orders = [] } = operator;
  const points = argumentsOf(arity)
    .map((args) => args.map((u, k) => (orders.includes(k) ? order : u)))
    .filter((args) => (operator.domain?.(...args) ?? true) && isNormal(operator.kernel(...args)));
  if (points.length === 0) return undefined;
  const names = Array.from({ length: arity }, (_, k) => `x${k}`);
  const lines = names.map((name) => `data ${name} : [${points.length}]`);
  const source = [...lines, `param s : [${points.length}] = 1`, 'minimize L = sum(s)'].join('\n');
  const given = Object.fromEntries(names.map((name, k) => [name, Float64Array.from(points, (p) => p[k]!)]));
  const plain = exportedOf(source, { given });
  const { graph, inputs } = plain.model;
  const args = names.map((name, k) => (orders.includes(k) ? graph.constant(order) : inputs.get(name)!.node));
  const node = graph.apply(operator, ...args);
  const backward = plain.backward.map((line) => (line.name === '∂L/∂s' ? { ...line, node } : line));
  const told = { ...plain, backward, gradients: new Map([['s', node]]) };
  return { name: operator.name, told, values: points.map((p) => operator.kernel(...p)) };
}

const EXP = Array.from({ length: 24 }, (_, k) => Array.from({ length: k + 2 }, (_, n) => n + 1).reduce((a, b) => a / b, 1));
const POLYNOMIALS: readonly (readonly (readonly [coefficients: number[], power: number])[])[] = [
  [
    [[0, 1], 1],
    [[1, 0, 1], -1],
  ],
  [
    [[0, 1], 2],
    [[1, 0, 1], -1],
  ],
  [
    [[0, 1], 2],
    [[1, 0, 1], -2],
    [[3, 0, 1], 1],
  ],
  [
    [[0, 2, -1], 1],
    [[1, -1, 1], -1],
    [[1, 1], -1],
  ],
];

/** Those that are no operators of the list, since there are endlessly many. */
const made: readonly Operator[] = [
  ...POLYNOMIALS.map((factors) => quotientOfPolynomials(factors.map(([coefficients, power]) => ({ coefficients, power })))),
  seriesNearZero(0, EXP)!,
  seriesNearZero(
    2,
    EXP.map((c, k) => (k % 2 === 0 ? c : 0)),
  )!,
];

export const everyOperator = (): Alone[] =>
  [...operators, ...made].flatMap((o) => (o.orders ? [1, 2, 3] : [2]).flatMap((order) => alone(o, order) ?? []));
