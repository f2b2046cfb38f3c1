import { describe, expect, it } from 'vitest';
import { Graph } from '../../src/graph/graph.ts';
import { random } from '../../src/numeric/random.ts';
import { operators } from '../../src/operators/index.ts';
import type { Operator } from '../../src/operators/operator.ts';

/** Ends, borders of most domains, and what lies between them, from the smallest to the largest. */
const PLACES = [
  0,
  0.25,
  0.5,
  0.9,
  1,
  1.5,
  2,
  3,
  Math.E,
  Math.PI,
  4,
  7,
  30,
  300,
  800,
  1e5,
  1e17,
  1e160,
  1e300,
  1e-5,
  1e-17,
  1e-160,
  5e-324,
];
const SIGNED = PLACES.flatMap((x) => [x, -x]);
/** For an argument that counts steps. */
const MODERATE = SIGNED.filter((x) => Math.abs(x) < 1000);

/** Points of any arguments, orders small integers: all places of one argument, mixed ones of several. */
function points({ arity, orders, underived, name }: Operator): number[][] {
  if (arity === 1) return SIGNED.map((x) => [x]);
  const draw = random(name.length);
  const any = (list: readonly number[]) => list[Math.floor(draw.uniform(0, list.length))]!;
  return Array.from({ length: 400 }, () =>
    Array.from({ length: arity }, (_, k) =>
      orders?.includes(k) ? any([1, 2, 3, 8]) : any(underived?.includes(k) ? MODERATE : SIGNED),
    ),
  );
}

const named = (list: readonly Operator[]) => list.map((o) => [`${o.name}/${o.arity}`, o] as const);

describe.each(named(operators.filter((o) => o.range)))('the range of %s', (_, operator) => {
  it('holds at every place of the domain', () => {
    const { least, most } = operator.range!;
    for (const point of points(operator)) {
      const value = operator.kernel(...point);
      if (Number.isNaN(value)) continue;
      expect(value, `at ${point}`).toBeGreaterThanOrEqual(least);
      expect(value, `at ${point}`).toBeLessThanOrEqual(most);
    }
  });
});

describe.each(named(operators.filter((o) => o.domain)))('the domain of %s', (_, operator) => {
  it('has all places where there is a value, and no others', () => {
    for (const point of points(operator)) {
      if (Number.isNaN(operator.kernel(...point))) expect(operator.domain!(...point), `no value at ${point}`).toBe(false);
    }
  });
});
describe.each(named(operators.filter((o) => o.domain && !o.internal)))('what is said of the domain of %s', (_, operator) => {
  it('leaves out no place without a value', () => {
    const g = new Graph();
    const silent = points(operator).filter((point) => {
      if (operator.domain!(...point) || Number.isFinite(operator.kernel(...point))) return false;
      // Of some orders it is another function: an even root is a power.
      const given = point.map((x, k) => (operator.orders?.includes(k) ? g.constant(x) : g.variable(`x${k}`)));
      const node = g.apply(operator, ...given);
      if (node.kind !== 'apply' || node.operator !== operator) return false;
      const args = point.map((x) => g.constant(x));
      const bounds = point.map((x) => ({ least: x, most: x }));
      return !operator.caveats?.some(({ applies, settled }) => (applies?.(args) ?? true) && !settled?.(...bounds));
    });
    expect(silent).toEqual([]);
  });
});

describe.each(named(operators.filter((o) => !o.domain)))('%s, of no stated domain', (_, operator) => {
  it('has a value everywhere', () => {
    for (const point of points(operator)) expect(operator.kernel(...point), `at ${point}`).not.toBeNaN();
  });
});
describe.each(named(operators.filter((o) => o.parity)))('%s', (_, operator) => {
  it('is even or odd as stated', () => {
    for (const [x] of points(operator)) {
      const mirrored = operator.kernel(-x!);
      expect(mirrored, `at ${x}`).toEqual(operator.parity! * operator.kernel(x!));
    }
  });
});
