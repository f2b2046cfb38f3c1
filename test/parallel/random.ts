import { type Draw, random } from '../../src/numeric/random.ts';

/** Objectives that nobody would write, over data and parameters with and without an axis of examples. */

type Sort = 'number' | 'examples' | 'features' | 'table';

const HEAD = 'data X : [m, 3], y : [m], u : [m]; param w : [3], a, z : [m]; ';

const LEAVES: Readonly<Record<Sort, readonly string[]>> = {
  number: ['a', 'a', 'm', '2', '0.3'],
  examples: ['y', 'u', 'z', 'X*w', 'X[:,1]'],
  features: ['w', 'w', "X'*y/m"],
  table: ['X', 'X', "y*w'"],
};

/** `N`, `M`, `D`, `T` are places for numbers, one an example, one a feature, and tables of both. */
const FORMS: Readonly<Record<Sort, readonly string[]>> = {
  number: [
    ...['sum(M)', 'sum(M)', 'mean(M)', 'mean(M)', 'sum(D)', 'norm(D)^2', 'sum(T)', 'mean(T)', "M'*M", "D'*D", 'mean(M .* M)'],
    ...['(N + N)', '(N + N)', '(N - N)', 'N*N', 'tanh(N)', 'N/m', 'N*m', 'N/(m + 1)', 'sqrt(1 + N^2)', 'exp(N/9)', 'log(m)*N'],
    ...[
      'max(M)',
      'logsumexp(M)',
      '(M)[1]',
      '(M)[m]',
      'sum((M)[1:2])',
      'sum((M)[2:m])',
      'sum(((M)[2:m] - (M)[1:m-1]).^2)',
      'y[1]*N',
      '(X[1,:]*D)',
      '(M)[2]*N',
      'where(a > 0, N, N)',
      'abs(N)',
      'relu(N)',
      'max(N, N)',
      'sum(M)/sum(u)',
      'var(M)',
    ],
    ...['N/sqrt(m)', 'sum[i](y[i]*(M)[i])', 'sum[i, k](X[i,k]*(M)[i]*(D)[k])', 'sum[i, j](u[i]*(M)[j])', 'stop_gradient(N)'],
  ],
  examples: [
    ...['(M + M)', '(M - M)', 'M .* M', 'tanh(M)', 'relu(M)', 'abs(M)', '(M + N)', 'N*M', 'M/m', 'T*D', 'T*D', 'M ./ (1 + M.^2)'],
    ...[
      'where(u > 0.7, M, M)',
      'sum(T, cols)',
      'max(T, cols)',
      'logsumexp(T, cols)',
      'softmax(M)',
      'cumsum(M)',
      'sort(u)',
      'sort(M)',
      '(M - (M)[1])',
      '(M - y[m])',
      "X*(X[2,:])'",
    ],
    ...['(y - mean(y))', 'reshape(M, m)', 'max(M, M)', '(M)*sqrt(m)'],
  ],
  features: [
    ...[
      "T'*M",
      "T'*M",
      '(D + D)',
      'D .* D',
      'N*D',
      'tanh(D)',
      'softmax(D)',
      "sum(T, rows)'",
      "mean(T, rows)'",
      'D/m',
      'cumsum(D)',
    ],
  ],
  table: [
    ...["M*D'", '(T + T)', 'T .* T', 'tanh(T)', 'softmax(T, cols)', 'softmax(T, rows)', "(T + D')", '(T + M)', 'N*T'],
    ...['(X - mean(X, rows))', 'reshape(reshape(T, m*3), m, 3)', 'reshape(tanh(reshape(T, 3*m)), m, 3)'],
  ],
};

const SORTS: Readonly<Record<string, Sort>> = { N: 'number', M: 'examples', D: 'features', T: 'table' };

const pick = <T>(draw: Draw, from: readonly T[]): T => from[Math.floor(draw.uniform(0, from.length))]!;

function expression(draw: Draw, sort: Sort, depth: number): string {
  if (depth === 0 || draw.uniform(0, 1) < 0.12) return pick(draw, LEAVES[sort]);
  return pick(draw, FORMS[sort]).replace(/\b[NMDT]\b/g, (place) => expression(draw, SORTS[place]!, depth - 1));
}

/** A model by its seed. */
export function randomModel(seed: number): string {
  const draw = random(seed);
  const terms = Array.from({ length: 1 + Math.floor(draw.uniform(0, 3)) }, () =>
    expression(draw, 'number', 2 + Math.floor(draw.uniform(0, 2))),
  );
  return `${HEAD}minimize ${terms.join(' + ')}`;
}
