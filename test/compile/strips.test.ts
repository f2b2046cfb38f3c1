import { describe, expect, test } from 'vitest';
import { compile, type Precision, train } from '../../src/index.ts';

/** Loops that are done an operation at a time give what they give round by round: to the last bit what JavaScript gives. */

const N = 300;
const wave = (length: number, k: number) => Array.from({ length }, (_, i) => Math.sin(3 * k + 1.7 * i));
const rows = (count: number, length: number, k: number) => Array.from({ length: count }, (_, r) => wave(length, k + r));

const LEARNED: Readonly<Record<string, string>> = {
  'a network of tanh':
    'data X : [2, m], Y : [1, m]\nparam W : [8, 2] ~ xavier, b : [8] = 0, V : [1, 8] ~ xavier, c = 0\nA = tanh(W·X + b)\nP = σ(V·A + c)\nminimize C = mean((P − Y).^2)',
  'two layers of relu':
    'data X : [2, m], Y : [1, m]\nparam W : [8, 2] ~ he, U : [9, 8] ~ he, V : [1, 9] ~ he\nminimize C = mean((V·relu(U·relu(W·X)) − Y).^2)',
  'softmax shares':
    'data X : [2, m], Y : [1, m]\nparam W : [3, 2] ~ xavier, V : [1, 3] ~ xavier\nS[k, i] = softmax[k](sum[j](W[k, j]*X[j, i]))\nminimize C = mean((V·S − Y).^2)',
  neighbours:
    'data X : [2, m], Y : [1, m]\nparam a = 0.1, b = 0.2\nD[i] = a*X[1, i] + b*X[2, i] - Y[1, i]\nminimize C = sum[i](D[i]^2)/m',
  'a product and a quotient':
    "data X : [2, m], Y : [1, m]\nparam w : [2] ~ normal(0, 1), s = 2\nP = (w'·X)./(s + X[1, :]'.^2)\nminimize C = mean((P − Y).^2)",
};

describe.each(Object.entries(LEARNED))('%s', (_, source) => {
  test.each(['f64', 'f32'] as const satisfies readonly Precision[])('learns the same in %s', async (precision) => {
    const data = { X: rows(2, N, 1), Y: rows(1, N, 4) };
    const run = (backend: 'js' | 'closure', optimizer: string) =>
      train(source, data, { backend, precision, optimizer, epochs: 7, lr: 0.05 });
    for (const optimizer of ['gd', 'adam']) {
      const [js, closure] = await Promise.all([run('js', optimizer), run('closure', optimizer)]);
      expect(Array.from(closure.history)).toEqual(Array.from(js.history));
      expect(JSON.stringify(closure.params)).toBe(JSON.stringify(js.params));
    }
  });
});

describe('what rounds hand to one another stays in order', () => {
  const CASES: readonly [string, string, Record<string, unknown>][] = [
    [
      'a recurrence',
      'data x : [n]\nparam a = 0.5\nh[1] = x[1]\nh[t=2:n] = tanh(a*h[t-1] + x[t])\nminimize C = sum(h)',
      { x: wave(N, 2) },
    ],
    ['a running sum', 'data x : [n]\nminimize C = sum(cumsum(x).^2)', { x: wave(N, 2) }],
    ['what lies beside', 'data x : [n]\nminimize C = sum(x[2:n].*x[1:n-1] - x[1:n-1].^2)', { x: wave(N, 2) }],
    [
      'more than one strip',
      'data x : [n], y : [n]\nminimize C = sum(exp(x).*y - x./(2 + y))',
      { x: wave(1000, 2), y: wave(1000, 5) },
    ],
    ['a triangle', "data A : [n, n]\nminimize C = sum(A*A' - 3*A.^2)", { A: rows(20, 20, 1) }],
  ];

  test.each(CASES)('%s', (_, source, data) => {
    const [js, closure] = (['js', 'closure'] as const).map((backend) => compile(source, { backend }));
    expect(closure!(data as never)).toEqual(js!(data as never));
  });
});
