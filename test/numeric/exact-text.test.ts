import { expect, test } from 'vitest';
import { exactNumbers, exactText, Fingerprint } from '../../src/numeric/exact-text.ts';

const SPECIAL = [0, -0, Number.NaN, Number.POSITIVE_INFINITY, -Number.MIN_VALUE, Math.PI, -1e300];

test('numbers come back with every bit, however many there are', () => {
  for (const length of [0, 1, 2, 3, 4, 5, 100, 3071, 3072, 3073, 70_000]) {
    const numbers = Float64Array.from({ length }, (_, k) => SPECIAL[k % SPECIAL.length]! * (k + 1));
    const text = exactText(numbers);
    expect(text).toBe(Buffer.from(numbers.buffer).toString('base64'));
    const again = exactNumbers(text)!;
    expect(again.length).toBe(length);
    expect(again.every((x, k) => Object.is(x, numbers[k]))).toBe(true);
    // Also of a part of something larger.
    expect(exactText(numbers.subarray(1))).toBe(exactText(numbers.slice(1)));
  }
});

test.each([['AAAA'], ['AAAAAAAAAA'], ['????????????'], [undefined], ['AAAAAAAAAAA*']])('%s is none', (text) => {
  expect(exactNumbers(text)).toBeUndefined();
});

test('a fingerprint goes on where it was, and tells numbers and their order', () => {
  const [a, b] = [Float64Array.of(1, 2, 3), Float64Array.of(1, 3, 2)];
  const of = (...all: Float64Array[]) => all.reduce((seen, numbers) => seen.numbers(numbers), new Fingerprint()).toString();
  expect(Fingerprint.from(of(a)).numbers(b).toString()).toBe(of(a, b));
  expect(new Set([of(a), of(b), of(a, b), of(b, a), of(Float64Array.of(1, 2, 3 + Number.EPSILON * 4))]).size).toBe(5);
  expect(new Fingerprint().numbers([1, 2, 3]).toString()).toBe(of(a));
});
