import { type Draw, random } from '../../src/numeric/random.ts';
import type { Operator } from '../../src/operators/operator.ts';

/** Where functions like to be defined, from everywhere to narrow places. */
const REGIONS: readonly ((draw: Draw) => number)[] = [
  (draw) => draw.normal(0, 1.5),
  (draw) => draw.uniform(-0.95, 0.95),
  (draw) => draw.uniform(0.1, 5),
  (draw) => draw.uniform(1.1, 4),
];

/** The first orders of a family of functions. */
const ORDERS = [2, 3, 5, 1, 4, 7, 6];

/** Random points of an operator's domain, away from every edge: numbers of five digits, orders integers. */
export function domainPoints(operator: Operator, count: number, seed = 1): number[][] {
  const draw = random(seed);
  const points: number[][] = [];
  for (let attempt = 0; points.length < count; attempt++) {
    if (attempt > 1000 * count) throw new Error(`no point in the domain of ${operator.name} was found`);
    const point = Array.from({ length: operator.arity }, (_, k) =>
      operator.orders?.includes(k)
        ? ORDERS[attempt % ORDERS.length]!
        : Number(REGIONS[attempt % REGIONS.length]!(draw).toPrecision(5)),
    );
    if ((operator.domain?.(...point) ?? true) && Number.isFinite(operator.kernel(...point))) points.push(point);
  }
  return points;
}

/** How far two numbers are apart, relative to the second where that is not small. */
export function relative(found: number, expected: number): number {
  if (Object.is(found, expected) || found === expected) return 0;
  return Math.abs(found - expected) / Math.max(Math.abs(expected), 1e-3);
}
