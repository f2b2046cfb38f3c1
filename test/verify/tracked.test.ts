import { describe, expect, it } from 'vitest';
import { equal } from '../../src/operators/comparison.ts';
import { max, min } from '../../src/operators/kinked.ts';
import { sin } from '../../src/operators/trigonometric.ts';
import { tracked } from '../../src/verify/tracked.ts';

const number = (x: number) => tracked.fromNumber(x);

describe('doubles that remember what rounding may have spoiled', () => {
  it('know a difference only to a digit of what it was computed from', () => {
    const difference = tracked.add(number(1e8), number(-1e8));
    expect(difference).toEqual({ value: 0, size: 2e8 });
    expect(tracked.apply(sin, [difference]).size).toBeGreaterThan(1e7);
  });

  it('know a chosen number to be one of those it was chosen from', () => {
    const entries = [3, 1, 2].map(number);
    const least = tracked.extreme!('min', entries);
    expect(least).toBe(entries[1]);
    expect(tracked.apply(min, entries.slice(0, 2))).toBe(entries[1]);
    expect(tracked.apply(max, entries.slice(0, 2))).toBe(entries[0]);
    expect(tracked.apply(equal, [least, entries[1]!])).toEqual({ value: 1, size: 1 });
    expect(tracked.apply(equal, [least, entries[0]!])).toEqual({ value: 0, size: 0 });
  });

  it('do not know whether numbers that were computed in two ways are equal', () => {
    expect(tracked.apply(equal, [number(1), number(1)]).size).toBeGreaterThan(1e6);
  });

  it('choose none where one is no number', () => {
    expect(tracked.extreme!('max', [1, Number.NaN, 2].map(number)).value).toBeNaN();
    expect(tracked.extreme!('min', [Number.NaN, 1].map(number)).value).toBeNaN();
  });
});
