import { expect, test } from 'vitest';
import { compile, derive } from '../../src/index.ts';

/** Quotients whose derivative is short once what cancels has cancelled, and has values where the long form overflows. */
const SOURCES = [
  'x^2/(1 + x^2)',
  '(x^3 - 1)/(x - 1)',
  '(x^2 - 1)/(x + 1)',
  '(x^4 - 1)/(x^2 - 1)',
  '(x^2 - 2*x + 1)/(x - 1)',
  '(x^3 + x)/(x^2 + 1)',
  '(x^2 + x)/x',
  '(x - 1)^2/(x^2 - 1)',
  'x^3/(x^2 + x)',
  '(exp(2*x) - 1)/(exp(x) - 1)',
];
const PLACES = [-1e300, -1e155, -1e110, -1e9, -1, -1e-9, 1e-160, 1e-9, 0.5, 1, 1.0001, 2, 100, 1e9, 1e110, 1e155, 1e300];

test.each(SOURCES)('the derivative of %s runs wherever its printed form has a value', (source) => {
  const { partials } = derive(source, 'x');
  const runs = derive(source, 'x').compile();
  const printed = compile(String(partials.x));
  const slope = (x: number) => runs.gradient({ x }).x as number;
  const value = (x: number) => Number(printed(String(partials.x).includes('x') ? { x } : {}));
  const worse = PLACES.filter((x) => {
    const [a, b] = [slope(x), value(x)];
    return Number.isFinite(b) && !(Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b)));
  });
  expect(worse).toEqual([]);
});
