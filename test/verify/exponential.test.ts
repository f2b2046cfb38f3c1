import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { decimals } from '../../src/verify/decimals.ts';
import { exponential } from '../../src/verify/exponential.ts';

/** eˣ of many digits is that of decimal.js with twenty more. */
describe.each([30, 64, 120])('%i digits', (digits) => {
  const [Own, Wide] = [decimals(digits), decimals(digits + 20)];
  const exp = exponential(Own);

  const holds = (text: string): void => {
    const [found, truth] = [exp(new Own(text)), new Wide(new Own(text)).exp()];
    expect(new Wide(found).sub(truth).div(truth).abs().toNumber(), `exp(${text})`).toBeLessThan(6 * 10 ** -digits);
    expect(found.precision()).toBeLessThanOrEqual(digits);
  };

  it.each([
    '1',
    '-1',
    '2.302585092994045684',
    '1.151292546497022842',
    '-1e-300',
    '1e-40',
    '-745.2',
    '1e6',
    '-12345678.9',
    '1e12',
    '9e15',
  ])('of %s', holds);

  it('of any number', () => {
    const any = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -50, max: 9 }));
    fc.assert(
      fc.property(any, ([x, e]) => holds(new Own(x).mul(new Own(10).pow(e)).toString())),
      { numRuns: 100 },
    );
  });
});

test('at the ends it is what doubles have', () => {
  const Own = decimals(64);
  const exp = exponential(Own);
  for (const x of [Number.NaN, Infinity, -Infinity, 0, -0]) expect(exp(new Own(x)).toNumber()).toBe(Math.exp(x));
  expect(exp(new Own('1e300')).toNumber()).toBe(Infinity);
  expect(exp(new Own('-1e300')).toNumber()).toBe(0);
});
