import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainNumber as inBytes } from '../../src/data/decimal.ts';
import { random } from '../../src/numeric/random.ts';

const plainNumber = (text: string, point: number): number => {
  const bytes = new TextEncoder().encode(`,${text},`);
  return inBytes(bytes, 1, bytes.length - 1, point);
};

const POINT = 46;
const COMMA = 44;

/** The number as it is, or nothing said. */
function agrees(text: string): boolean {
  const found = plainNumber(text, POINT);
  return Number.isNaN(found) || Object.is(found, Number(text));
}

test('is what Number finds: any digits, and the point anywhere', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^-?\d{0,18}$/), fc.nat(19), (digits, at) => {
      const place = Math.min(digits.length, at + (digits.startsWith('-') ? 1 : 0));
      expect(agrees(`${digits.slice(0, place)}.${digits.slice(place)}`)).toBe(true);
      if (/\d/.test(digits)) expect(agrees(digits)).toBe(true);
    }),
    { numRuns: 20_000 },
  );
});

test('is what Number finds: doubles as they are written', () => {
  const draw = random(3);
  let settled = 0;
  // A matcher for each would take longer than the numbers.
  const wrong: string[] = [];
  for (let k = 0; k < 200_000; k++) {
    const text = String((draw.uniform(-1, 1) * 10 ** Math.floor(draw.uniform(-3, 12))) / (k % 3 === 0 ? 1 : 7));
    if (!agrees(text)) wrong.push(text);
    if (!Number.isNaN(plainNumber(text, POINT))) settled++;
  }
  expect(wrong).toEqual([]);
  expect(settled).toBeGreaterThan(190_000);
});

test('is what Number finds: near the middle of two doubles', () => {
  const draw = random(5);
  const tried: string[] = [];
  for (let k = 0; k < 50_000; k++) {
    // Between 2⁵³ and 10¹⁸ every odd number of half steps is a middle.
    const below = BigInt(Math.floor(draw.uniform(2 ** 53, 2 ** 59)));
    for (const off of [-1n, 0n, 1n]) {
      const digits = String(below + off);
      tried.push(digits, `${digits.slice(0, 3)}.${digits.slice(3)}`);
    }
    tried.push((draw.uniform(1, 2) + 2 ** -53).toPrecision(18));
  }
  expect(tried.filter((text) => !agrees(text))).toEqual([]);
});

test('tells the sign of zero, and another decimal sign', () => {
  expect(plainNumber('-0.0', POINT)).toBe(-0);
  expect(plainNumber('1,25', COMMA)).toBe(1.25);
  expect(plainNumber('007', POINT)).toBe(7);
});

test.each(['', '.', '-', '1.2.3', '1e5', ' 1', '+1', 'x', '0x1', '1,5', '1234567890123456789', '--1', '1-', '٣'])(
  'says nothing of %j',
  (text) => {
    expect(plainNumber(text, POINT)).toBeNaN();
  },
);
