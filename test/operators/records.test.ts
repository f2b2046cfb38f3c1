import type { BigNumber } from 'mathjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { differentiate } from '../../src/calculus/differentiate.ts';
import { compileProgram, doubles, evaluate } from '../../src/compile/index.ts';
import { Graph } from '../../src/graph/graph.ts';
import type { Node, Variable } from '../../src/graph/node.ts';
import { topological } from '../../src/graph/traverse.ts';
import { infinity, pi } from '../../src/operators/constants.ts';
import { functions, operators } from '../../src/operators/index.ts';
import { type BigNumbers, bigNumbers } from '../../src/verify/big-numbers.ts';
import { domainPoints, relative } from '../support/sample.ts';

const POINTS = 12;
const NO_SIZES = new Map<string, number>();

let numbers: BigNumbers;
beforeAll(async () => {
  numbers = await bigNumbers();
});

/** y = operator(x₀, x₁ …) and its stated partial derivatives, in a graph of their own. */
function stated(operator: (typeof operators)[number]) {
  const g = new Graph();
  const xs = Array.from({ length: operator.arity }, (_, k) => g.variable(`x${k}`));
  const y = g.apply(operator, ...xs);
  return { g, xs, y, partials: operator.partials.map((partial) => partial(g, xs, y)) };
}

const big = (node: Node, point: readonly BigNumber[]): BigNumber =>
  evaluate([node], (v) => ({ shape: [], data: [point[position(v)]!] }), NO_SIZES, numbers.arithmetic)[0]!.data[0]!;

const double = (node: Node, point: readonly number[]): number =>
  evaluate([node], (v) => ({ shape: [], data: [point[position(v)]!] }), NO_SIZES, doubles)[0]!.data[0]!;

const position = (v: Variable): number => Number(v.name.slice(1));

const bigPoint = (point: readonly number[]): BigNumber[] => point.map(numbers.from);

/** Agreement of many-digit numbers, relative where they are not small. */
const agreement = (a: BigNumber, b: BigNumber): number => a.sub(b).abs().div(b.abs().add(1e-3)).toNumber();

describe.each([...operators, pi, infinity].map((o) => [o.name, o] as const))('%s', (_, operator) => {
  const points = operator === infinity ? [] : domainPoints(operator, POINTS);

  it('has in doubles the value that it has in many digits', () => {
    for (const point of points) {
      const exact = numbers.arithmetic.apply(operator, bigPoint(point)).toNumber();
      expect(relative(operator.kernel(...point), exact), `at ${point}`).toBeLessThan(1e-13);
    }
  });

  it('has the stated partial derivative by each argument', () => {
    const { partials } = stated(operator);
    expect(partials).toHaveLength(operator.arity);
    for (const point of points) {
      const at = bigPoint(point);
      partials.forEach((partial, k) => {
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
    const { g, xs, y, partials } = stated(operator);
    const program = compileProgram({ graph: g, outputs: [y, ...partials], sizes: NO_SIZES, backend });
    for (const point of points) {
      for (const x of xs) program.input(x.name)?.data.fill(point[position(x)]!);
      program.run();
      [y, ...partials].forEach((node, k) => {
        expect(relative(program.outputs[k]!.data[0]!, double(node, point)), `output ${k} at ${point}`).toBeLessThan(1e-13);
      });
    }
  });

  it('explains itself', () => {
    const { id, name, why } = operator.rule;
    expect(id).toMatch(/^[a-z][a-z0-9 -]*$/);
    expect(name).not.toBe('');
    expect(why).toMatch(/^\p{Lu}.*\.$/u);
  });
});

describe.each(operators.filter((o) => o.definition).map((o) => [o.name, o] as const))('the lemma of %s', (_, operator) => {
  const points = domainPoints(operator, POINTS, 2);
  const defined = () => {
    const { g, xs, partials } = stated(operator);
    const value = operator.definition!(g, ...xs);
    return { value, derived: differentiate(g, value, xs), partials };
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
});

describe.each(operators.filter((o) => !o.internal).map((o) => [o.name, o] as const))('the name %s', (_, operator) => {
  it.each([operator.name, ...(operator.spellings ?? [])])('%s means this record', (spelling) => {
    expect(functions.get(spelling)).toBe(functions.get(operator.name));
    // `max` of one argument reduces it.
    const [least, most] = functions.get(spelling)!.arity;
    expect([least <= operator.arity, most >= operator.arity]).toEqual([true, true]);
  });
});

it('every spelling means one thing', () => {
  const spellings = operators.filter((o) => !o.internal).flatMap((o) => [o.name, ...(o.spellings ?? [])]);
  expect(new Set(spellings).size).toBe(spellings.length);
});

it('a definition does not lead back to its operator, but for |x| = √(x²), which is that normal form', () => {
  const circular = operators.filter((operator) => {
    const { g, xs } = stated(operator);
    const body = operator.definition?.(g, ...xs);
    return body && topological([body]).some((n) => n.kind === 'apply' && n.operator === operator);
  });
  expect(circular.map((o) => o.name).filter((name) => name !== 'abs')).toEqual([]);
});
