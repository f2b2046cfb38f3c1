import { describe, expect, it } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';
import { withNamedParts } from '../../src/model/name-parts.ts';

/** The names of the parts of a bare formula, in order. */
const namesIn = (source: string, wrt: string): string[] => {
  const model = elaborate(parse(source));
  return withNamedParts(model, [wrt]).definitions.map(({ name }) => name);
};

const NET = 'data X : [d, m], Y : [k, m]; param W : [k, d], b : [k]; ';
const FIT = 'data X : [m, n], y : [m]; param w : [n], λ; ';

describe('bare parts have the names that people give them', () => {
  it.each<[string, string, string[]]>([
    [`${FIT}norm(X*w - y)^2 + λ*norm(w)^2`, 'w', ['r']],
    [`${FIT}norm(y - X*w)^2`, 'w', ['r']],
    [`${FIT}sum(σ(X*w))`, 'w', ['z', 'a']],
    [`${FIT}sum(exp(X*w))`, 'w', ['u', 'v']],
    [`${NET}-sum(Y.*log(softmax(W*X + b, rows)))/m`, 'W', ['Z', 'P']],
    [`${NET}-sum(Y.*log(softmax(W*X + b, cols)))/m`, 'W', ['Z', 'P']],
    // What a named part differs by from what was measured is no pause.
    [`${NET}sum((σ(W*X + b) - Y).^2)/(2*m)`, 'W', ['Z', 'A']],
    [
      'data X : [d, m], Y : [k, m]; param W1 : [h, d], b1 : [h], W2 : [k, h]; sum((σ(W2*tanh(W1*X + b1)) - Y).^2)',
      'W1',
      ['Z1', 'A1', 'Z2', 'A2'],
    ],
    // No letter that the source has, in either case.
    ['data A : [m, n], z : [m]; param w : [n]; sum(σ(A*w).*z)', 'w', ['u', 'h']],
    ['data X : [r, n], y : [r]; param w : [n]; norm(X*w - y)^2', 'w', ['s']],
    ['param x; x*sin(x^2)', 'x', []],
  ])('%s by %s', (source, wrt, names) => {
    expect(namesIn(source, wrt)).toEqual(names);
  });
});
