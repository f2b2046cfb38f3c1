import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operatorNamed } from '../../src/operators/index.ts';
import { bigNumbers } from '../../src/verify/big-numbers.ts';
import { type BigNumber, decimals } from '../../src/verify/decimals.ts';

/** Values of 72 digits that mpmath gives (elementary-numbers.py). */
const table = readFileSync(new URL('elementary-numbers.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const names = [...new Set(table.map((line) => line.slice(0, line.indexOf(','))))];

const DIGITS = 64;
const Own = decimals(DIGITS);
const Wide = decimals(DIGITS + 20);
const { arithmetic } = bigNumbers(DIGITS);

function value(name: string, ...args: string[]): BigNumber {
  const operator = operatorNamed.get(name);
  return arithmetic.apply(
    operator!,
    args.map((a) => new Own(a)),
  );
}

describe('numbers of 64 digits keep them all', () => {
  // Long enough for all of a function's values, too short for one that sums a series without end.
  it.each(names)('%s', { timeout: 8000 }, (name) => {
    for (const line of table) {
      const parts = line.split(',');
      if (parts[0] !== name) continue;
      const truth = new Wide(parts.at(-1)!);
      const found = value(name, ...parts.slice(1, -1));
      const error = new Wide(found).sub(truth).abs().div(truth.abs()).toNumber();
      expect(error, `${parts.slice(0, -1)}: ${found}, truly ${truth}`).toBeLessThan(1e-62);
    }
  });

  it('an argument of which no digit is left after whole turns has no sine, and spoils nothing that comes after', () => {
    for (const f of ['sin', 'cos', 'tan']) expect(value(f, '1e2000').isNaN()).toBe(true);
    expect(value('sin', '2').precision()).toBe(DIGITS);
  });

  it('what is too large for any number is infinite, and what is too small is 0', () => {
    expect(value('exp', '1e30').toNumber()).toBe(Number.POSITIVE_INFINITY);
    expect(value('exp', '-1e30').toNumber()).toBe(0);
    expect(value('tanh', '-1e30').toNumber()).toBe(-1);
    expect(value('sinh', '-1e30').toNumber()).toBe(Number.NEGATIVE_INFINITY);
    expect(value('asin', '1.5').isNaN()).toBe(true);
  });

  it('other numbers of digits are kept as well', () => {
    const wide = bigNumbers(200).arithmetic;
    const sin = operatorNamed.get('sin')!;
    expect((wide.apply(sin, [wide.fromNumber(1)]) as BigNumber).precision()).toBe(200);
  });
});
