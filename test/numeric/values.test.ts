import { describe, expect, test } from 'vitest';
import { compile, derive, type InputValue, train } from '../../src/index.ts';
import { refusal } from '../support/refusal.ts';

/** What is no number is refused with its place, on the first call and on the ones that take the short way. */

const given = (value: unknown) => ({ x: value as InputValue });
const vector = compile('sum(x)', { shapes: { x: ['n'] } });
const used = compile('sum(x)', { shapes: { x: ['n'] } });
used({ x: [1, 2] });
const doors: [string, (value: unknown) => unknown][] = [
  ['a call', (value) => vector(given(value))],
  ['a second call', (value) => used(given(value))],
  ['a derivative', (value) => derive('sum(x.^2)', 'x', { shapes: { x: ['n'] } }).partial.evaluate(given(value))],
  ['training', (value) => train('param a; data x : [n]; minimize sum((x - a).^2)', given(value), { epochs: 1 })],
];

const hole: number[] = [1, 2, 3];
delete hole[1];

describe.each(doors)('%s', (_, door) => {
  test.each<[unknown, string]>([
    [[1, true], 'the value of x has true at [2], not a number'],
    [['1', 2], 'the value of x has the text "1" at [1], not a number'],
    [[1, null], 'the value of x has null at [2], not a number'],
    [[1, undefined], 'the value of x has undefined at [2], not a number'],
    [hole, 'the value of x has undefined at [2], not a number'],
    [[1, new Date(0)], 'the value of x has a Date at [2], not a number'],
    [[1, 2n ** 53n + 1n], 'the value of x has 9007199254740993n at [2], not a number'],
    [new BigInt64Array([1n, 2n ** 53n + 1n]), 'the value of x has 9007199254740993n at [2], not a number'],
    [[1, [2]], 'the value of x has a list at [2], not a number'],
    [[[1], 2], 'the value of x has 2 at [2], not a list of 1'],
    [[[1, 2], [3]], 'the value of x is ragged: the list at [2] has 1 entries, the first has 2'],
    [true, 'the value of x is true, not a number or an array of numbers'],
    [null, 'the value of x is null, not a number or an array of numbers'],
    [new Date(0), 'the value of x is a Date, not a number or an array of numbers'],
    [2n ** 53n + 1n, 'the value of x is 9007199254740993n, not a number or an array of numbers'],
  ])('refuses %#: %s', async (value, message) => {
    expect(await refusal(() => door(value))).toMatchObject({ code: 'data', message });
  });

  test('takes whole numbers of any kind that a double holds', async () => {
    for (const value of [[1, 2n], new BigInt64Array([1n, 2n]), new BigUint64Array([1n, 2n ** 60n])])
      expect(await door(value)).toBeDefined();
  });
});

test('a value that is lacking is named, not the length that it would have told', () => {
  const model = 'data X : [n, 2]; param w : [2] = 1; p = X*w; minimize sum(p)';
  expect(() => compile(model, { outputs: ['p'] })({})).toThrow('X has no value');
  expect(() => derive(model).compile().value({})).toThrow('X has no value');
});
