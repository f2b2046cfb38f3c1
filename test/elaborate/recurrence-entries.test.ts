import { describe, expect, it } from 'vitest';
import { compile, derive, GradusError } from '../../src/index.ts';
import { numbers, x } from './recurrence-cases.ts';

describe('entries under their own numbers', () => {
  const F = 'F[0] = 0; F[1] = 1; F[i=2:6] = F[i-1] + F[i-2]; ';
  const h = 'h[2] = 5; h[t=3:5] = 2*h[t-1]; ';
  it.each([
    [`${F}F[0]`, [0]],
    [`${F}F[1]`, [1]],
    [`${F}F[6]`, [8]],
    // An array counts from 1: F[0] is no part of it.
    [`${F}F`, [1, 1, 2, 3, 5, 8]],
    [`${F}sum(F)`, [20]],
    [`${F}F[0:3]`, [0, 1, 1, 2]],
    [`${F}sum[i=1:6](F[i-1])`, [12]],
    [`${h}h[2]`, [5]],
    [`${h}h[3]`, [10]],
    [`${h}h`, [5, 10, 20, 40]],
    [`${h}sum(h)`, [75]],
    [`${h}h[3:4]`, [10, 20]],
    [`${h}sum[t](t*h[t])`, [2 * 5 + 3 * 10 + 4 * 20 + 5 * 40]],
    [`${h}C[t=1:4] = h[t+1]; C`, [5, 10, 20, 40]],
    // An argument is an array, whatever its entries were called.
    [`${h}f(z) = z[1]; f(h)`, [5]],
    [`${h}f(h) = h[1]; f([7, 8])`, [7]],
    // A derivative by an entry is by that entry.
    [`${h}diff(h.^2, h[3])`, [0, 20, 0, 0]],
    [`${F}diff(sum(F.^2), F[6])`, [16]],
    ['y[1] = 7; y[t=2:4] = t^2; y', [7, 4, 9, 16]],
    ['y[0] = 7; y[t=1:3] = t^2; y[0] + y[3]', [16]],
    ['y[2] = 7; y[t=3:3] = 2*y[t-1]; y[2] + y[3]', [21]],
  ] as [string, number[]][])('%s', (source, values) => {
    expect(numbers(compile(source)({}))).toEqual(values);
  });

  it('are written so wherever they stand', () => {
    const d = derive('h[2] = a; h[t=3:5] = b*h[t-1]; C = h[3]*h[5] + sum(h); C', ['a', 'b']);
    expect(d.toText()).toContain('h[3]·h[5] + Σ h[2:5]');
  });
});

describe('errors', () => {
  it.each([
    ['h[t=1:T] = tanh(h[t-1] + x[t]); h', 'h[0] is not given: the recurrence needs a first entry', 'h'],
    ['h[0] = 1; h[t=1:T] = h[t-1] + h[t-2]; h + x', 'h[-1] is not given: the recurrence needs a first entry', 'h'],
    ['b[t=1:T] = b[t+1] + x[t]; b', 'b[T+1] is not given: the recurrence needs a first entry', 'b'],
    ['h[0] = x; h[t=1:T] = sum(h[t-1]); h', 'the steps of h change its shape', 'h'],
    ['h[0] = 0; h[t=1:T] = h[t-1]*x; h', 'the steps of h change its shape', 'h'],
    [
      'h[0] = 0; h[T+1] = 0; h[t=1:T] = h[t-1] + h[t+1]; h + x',
      'a recurrence refers to earlier entries or to later ones, not to both',
      '',
    ],
    ['h[0] = 0; h[t=1:T] = z[t] + h[t-1]; z[t=1:T] = x[t]*h[t-1]; h', 'this entry is not defined yet at this step', 'z[t]'],
    ['h[0] = 0; h[t] = 2*h[t-1] + x[t]; h', 'the steps of h have no index that runs through them', 't'],
    ['h[t] = 2*h[t-1] + x[t]; h', 'the steps of h have no index that runs through them', 't'],
    ['h[0] = 0; h[t=1:T] = h[t] + x[t]; h', 'this entry is not defined yet at this step', 'h[t]'],
    [
      'h[0] = 0; c[0] = 0; h[t=1:T] = c[t-1] + x[t]; c[t=2:T] = h[t-1]; h',
      'definitions that refer to one another run over one index and one range',
      't=2:T',
    ],
    [
      'h[0] = 0; c[0] = 0; h[t=1:T] = c[t-1] + x[t]; c[s=1:T] = h[s-1]; h',
      'definitions that refer to one another run over one index and one range',
      's=1:T',
    ],
    ['h[0] = 0; h[t=1:T] = h[2*t-1] + x[t]; h', 'within its recurrence an entry is read as [t-1], some steps before', 'h[2*t-1]'],
    ['h[0] = 0; h[t=1:T] = sum(h) + x[t]; h', 'h is used before it is defined', 'h'],
    ['F[0] = 1; F[1] = x[1]; F[1]', 'of F only single entries are given', 'F'],
    ['F[0] = 0; F[5] = 1; F[t=1:T] = F[t-1]*x[t]; F', 'F[5] does not lie before the steps 1:T', 'F'],
    ['F[-2] = 0; F[0] = 1; F[t=1:T] = F[t-1]*x[t]; F', 'F[-2] does not lie before the steps 1:T', 'F'],
    ['F[0] = 0; F[1] = 1; F[t=2:6] = F[t-1] + F[t-2]*x[1]; F[7]', 'the subscript reaches 7, beyond the entries from 0 to 6', '7'],
    ['F[0] = 0; F[1] = 1; F[t=2:6] = F[t-1] + F[t-2]*x[1]; F[-1]', 'the subscript reaches -1, beyond the entries', '-1'],
    ['F[0] = x[1]; F[t=1:6] = 2*F[t-1]; diff(F[6], F[0])', 'the subscript reaches 0', '0'],
    ['h[2] = 5; h[t=3:5] = x[1]*h[t-1]; h[1]', 'the subscript reaches 1, beyond the entries from 2 to 5', '1'],
    ['h[2] = 5; h[t=3:5] = x[1]*h[t-1]; sum[t=1:5](h[t])', 'the subscript reaches 1, beyond the entries from 2 to 5', 't'],
    ['h[2] = 5; h[t=3:5] = x[1]*h[t-1]; C[t] = h[t]; C', 'entries are defined from the first on', 't'],
    ['h[0] = 0; h[0] = 1; h[t=1:T] = h[t-1] + x[t]; h', 'h[0] is defined twice', 'h'],
  ])('%s', (source, message, at) => {
    let found: GradusError | undefined;
    try {
      derive(source, 'x', { shapes: x });
    } catch (error) {
      found = error as GradusError;
    }
    expect(found).toBeInstanceOf(GradusError);
    expect(found!.message).toContain(message);
    if (at !== '') expect(source.slice(found!.span!.start, found!.span!.end)).toBe(at);
  });
});

it('what is proposed for a first entry is what the steps then give', () => {
  const source =
    'data X : [T, 3]; param W : [4, 4], U : [4, 3]; h[0] = 0; h[t=1:T] = tanh(W*h[t-1] + U*X[t]); minimize L = sum(h)';
  expect(() => derive(source)).toThrow(expect.objectContaining({ hint: 'a first entry of zeros is written zeros(4)' }));
});
