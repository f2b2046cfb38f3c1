import { describe, expect, it } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';
import { withNamedParts, withPauses } from '../../src/model/name-parts.ts';

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

/** What is named in a model beside the names that it has. */
const addedIn = (source: string, wrt: string): string[] => {
  const model = elaborate(parse(source));
  const own = new Set(model.definitions.map(({ name }) => name));
  return withPauses(model, [wrt]).definitions.flatMap(({ name }) => (own.has(name) ? [] : [name]));
};

const GATES = `data x : [T]; param w; h[0] = 0; f[t=1:T] = σ(w*h[t-1] + x[t]);
  h[t=1:T] = f[t]*h[t-1] + tanh(w*h[t-1]*x[t]);`;

describe('so have those of a model with names of its own', () => {
  it.each<[string, string, string[]]>([
    [`${NET}minimize L = sum((σ(W*X + b) - Y).^2)/(2*m)`, 'W', ['Z', 'A']],
    [`${NET}minimize L = -sum(Y.*log(softmax(W*X + b, rows)))/m`, 'W', ['Z', 'P']],
    [`${NET}minimize L = bce(σ(W*X + b), Y)`, 'W', ['Z', 'A']],
    [`${FIT}minimize J = sum((X*w - y).^2) + λ*sum(w.^2)`, 'w', ['r']],
    [`${FIT}J = sum((y - X*w).^2); R = λ*sum(w.^2); minimize L = J + R`, 'w', ['s']],
    // Within a layer, where the source has its output alone.
    [`${NET}A = σ(W*X + b); minimize L = sum((A - Y).^2)`, 'W', ['Z']],
    [`${NET}Z = W*X + b; A = σ(Z); minimize L = sum((A - Y).^2)`, 'W', []],
    // With the number that the layer has.
    [
      'data X : [m, d], Y : [m, k]; param W1 : [d, h], W2 : [h, k]; A1 = tanh(X*W1); Z2 = A1*W2; minimize L = sum((Z2 - Y).^2)',
      'W1',
      ['Z1'],
    ],
    // What arrives at softplus(Z) is a number: it is derived with the sum that it is a term of.
    [`${NET}Z = W*X + b; minimize L = sum(softplus(Z) - Y.*Z)`, 'W', []],
    // In the steps of a recurrence what a function is applied to.
    ['data x : [T]; param w; h[0] = 0; h[t=1:T] = tanh(w*h[t-1] + x[t]); minimize L = sum(h.^2)', 'w', ['s']],
    ['data x : [T]; param w, s; h[0] = s; h[t=1:T] = tanh(w*h[t-1] + x[t]); minimize L = sum(h.^2)', 'w', ['z']],
    // With the name that goes with it, where they are several; under a letter that is free.
    [`${GATES} minimize L = sum(h.^2)`, 'w', ['zf', 'zh']],
    [`${GATES} z = h*2; minimize L = sum(z.^2)`, 'w', ['af', 'ah']],
    // Not where nothing is added, where the source says it, nor where nothing moves.
    ['data x : [T]; param w; h[0] = w; h[t=1:T] = tanh(h[t-1]) + x[t]; minimize L = sum(h.^2)', 'w', []],
    ['data x : [T]; param w; h[0] = 0; u[t=1:T] = w*h[t-1]; h[t=1:T] = tanh(u[t]); minimize L = sum(h.^2)', 'w', []],
    ['data x : [T]; param w; h[0] = 0; h[t=1:T] = tanh(2*h[t-1]*h[t-1] + x[t]); minimize L = w*sum(h.^2)', 'w', []],
    // By entries, each at its own.
    [
      'data x : [T, n]; param W : [n, n]; h[0] = zeros(n); h[t=1:T, i] = tanh(sum[j](W[i,j]*h[t-1,j]) + x[t,i]); minimize L = sum(h.^2)',
      'W',
      ['s'],
    ],
    // Centred, as it stands, is short enough.
    ['data x : [n]; param μ; minimize L = sum((x - μ).^2)', 'μ', []],
  ])('%s by %s', (source, wrt, names) => {
    expect(addedIn(source, wrt)).toEqual(names);
  });
});
