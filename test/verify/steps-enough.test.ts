import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { check } from '../../src/index.ts';

/** What arrives at U in the recurrent network, with the sign before what comes back through time given. */
const claim = (sign: string): string =>
  [
    'h2[0] = zeros(4); h2[t=1:T] = tanh(U*h2[t - 1] + x[t]*v + b)',
    'D = 2*(sigmoid(h2*w + c) - y).*sigmoid(h2*w + c).*(1 - sigmoid(h2*w + c))/T',
    'M[T + 1] = zeros(4)',
    `M[t=1:T] = U'*((D[t]*w ${sign} M[t + 1]).*(1 - h2[t].^2))`,
    "S[t=1:T] = (D*w')[t] + M[t + 1]",
    'sum[k=1:T](k >= 2 ? S[k, i]*(1 - h2[k, i]^2)*h2[k - 1, j] : 0)',
  ].join('; ');

/** With three steps both are equal: what goes back by two of them begins at the second one. */
test.each([
  ['+', true],
  ['-', false],
])('%s what comes back through time', async (sign, right) => {
  const source = readFileSync('examples/models/rnn.grad', 'utf8');
  const text = claim(sign).replace(/; ([^;]*)$/u, '; R[i=1:4, j=1:4] = $1; R');
  expect((await check(source, { claim: { U: text } })).ok).toBe(right);
});
