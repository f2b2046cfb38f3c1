import type { BigNumber } from 'mathjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileProgram, doubles, evaluate } from '../../src/compile/index.ts';
import { differentiate } from '../../src/differentiate/sweep.ts';
import { Graph } from '../../src/graph/graph.ts';
import type { Node, Variable } from '../../src/graph/node.ts';
import { topological } from '../../src/graph/traverse.ts';
import { infinity, pi } from '../../src/operators/constants.ts';
import { extremum } from '../../src/operators/extremum.ts';
import { operators } from '../../src/operators/index.ts';
import type { Operator } from '../../src/operators/operator.ts';
import { type BigNumbers, bigNumbers } from '../../src/verify/big-numbers.ts';
import { domainPoints, relative } from '../support/sample.ts';

const POINTS = 12;
const NO_SIZES = new Map<string, number>();

let numbers: BigNumbers;
beforeAll(async () => {
  numbers = await bigNumbers();
});

/**
 * y = operator(x₀, x₁ …) and its stated partial derivatives, in a graph of their own. Orders are the numbers that they
 * are at the point, and nothing is derived by them.
 */
function stated(operator: Operator, point: readonly number[] = []) {
  const g = new Graph();
  const isOrder = (k: number) => operator.orders?.includes(k) ?? false;
  const xs = Array.from({ length: operator.arity }, (_, k) => (isOrder(k) ? g.constant(point[k] ?? 2) : g.variable(`x${k}`)));
  const y = g.apply(operator, ...xs);
  const places = xs.map((_, k) => k).filter((k) => !isOrder(k) && !operator.underived?.includes(k));
  return { g, xs, y, places, partials: places.map((k) => operator.partials[k]!(g, xs, y)) };
}

const big = (node: Node, point: readonly BigNumber[]): BigNumber =>
  evaluate([node], (v) => ({ shape: [], data: [point[position(v)]!] }), NO_SIZES, numbers.arithmetic)[0]!.data[0]!;

const double = (node: Node, point: readonly number[]): number =>
  evaluate([node], (v) => ({ shape: [], data: [point[position(v)]!] }), NO_SIZES, doubles)[0]!.data[0]!;

const position = (v: Variable): number => Number(v.name.slice(1));

const bigPoint = (point: readonly number[]): BigNumber[] => point.map(numbers.from);

/** Agreement of many-digit numbers, relative where they are not small. */
const agreement = (a: BigNumber, b: BigNumber): number => a.sub(b).abs().div(b.abs().add(1e-3)).toNumber();

const ALL: readonly Operator[] = [...operators, pi, infinity, extremum('max', 3), extremum('min', 4)];

describe.each(ALL.map((o) => [`${o.name}/${o.arity}`, o] as const))('%s', (_, operator) => {
  const points = operator === infinity ? [] : domainPoints(operator, POINTS);

  it('has in doubles the value that it has in many digits', () => {
    for (const point of points) {
      const exact = numbers.arithmetic.apply(operator, bigPoint(point)).toNumber();
      expect(relative(operator.kernel(...point), exact), `at ${point}`).toBeLessThan(1e-13);
    }
  });

  it('has the stated partial derivative by each argument', () => {
    expect(operator.partials).toHaveLength(operator.arity);
    // Its derivative is none of its value.
    if (operator.stopped) return;
    for (const point of points) {
      const { partials, places } = stated(operator, point);
      const at = bigPoint(point);
      partials.forEach((partial, p) => {
        const k = places[p]!;
        const step = numbers.from(1e-20);
        const value = (x: BigNumber) => numbers.arithmetic.apply(operator, at.with(k, x));
        const difference = value(at[k]!.add(step))
          .sub(value(at[k]!.sub(step)))
          .div(step.mul(2));
        expect(agreement(big(partial, at), difference), `by argument ${k} at ${point}`).toBeLessThan(1e-30);
      });
    }
  });

  it.each(['closure', 'js'] as const)('has the same value and partials in the target %s', (backend) => {
    for (const point of points) {
      const { xs, y, partials } = stated(operator, point);
      const program = compileProgram({ outputs: [y, ...partials], sizes: NO_SIZES, backend });
      for (const x of xs) if (x.kind === 'variable') program.input(x.name)?.data.fill(point[position(x)]!);
      program.run();
      [y, ...partials].forEach((node, k) => {
        expect(relative(program.outputs[k]!.data[0]!, double(node, point)), `output ${k} at ${point}`).toBeLessThan(1e-13);
      });
    }
  });
});

describe.each(ALL.filter((o) => o.definition).map((o) => [`${o.name}/${o.arity}`, o] as const))(
  'the lemma of %s',
  (_, operator) => {
    const points = domainPoints(operator, POINTS, 2);
    const defined = () => {
      const { g, xs, partials, places } = stated(operator);
      const value = operator.definition!(g, ...xs);
      return {
        value,
        derived: differentiate(
          g,
          value,
          places.map((k) => xs[k]!),
        ),
        partials,
      };
    };

    it('its definition has its value', () => {
      const { value } = defined();
      for (const point of points) {
        const exact = big(value, bigPoint(point)).toNumber();
        expect(relative(operator.kernel(...point), exact), `at ${point}`).toBeLessThan(1e-13);
      }
    });

    it('its definition, differentiated, equals its stated derivative', () => {
      const { derived, partials } = defined();
      for (const point of points) {
        const at = bigPoint(point);
        derived.forEach((node, k) => {
          expect(agreement(big(partials[k]!, at), big(node, at)), `by argument ${k} at ${point}`).toBeLessThan(1e-30);
        });
      }
    });
  },
);

it('a definition does not lead back to its operator, but for |x| = √(x²), which is that normal form', () => {
  const circular = operators.filter((operator) => {
    const { g, xs } = stated(operator);
    const body = operator.definition?.(g, ...xs);
    return body && topological([body]).some((n) => n.kind === 'apply' && n.operator === operator);
  });
  expect(circular.map((o) => o.name).filter((name) => name !== 'abs')).toEqual([]);
});

/** Numbers at which a series or a search may go on for ever. */
const EXTREMES = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1e300, -1e300, 5e-324];

it.each(operators.map((o) => [o.name, o] as const))('%s comes to an end wherever it is asked', (_, operator) => {
  const lists = EXTREMES.flatMap((x) => [
    Array<number>(operator.arity).fill(x),
    Array<number>(operator.arity).fill(1).with(0, x),
  ]);
  for (const args of operator.arity > 0 ? lists : [[]]) expect(typeof operator.kernel(...args)).toBe('number');
});
