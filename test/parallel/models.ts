import { readFileSync } from 'node:fs';
import type { Reason } from '../../src/parallel/classes.ts';
import type { Way } from '../../src/parallel/verdict.ts';

/** Models with what is right of them, decided by hand. */
export interface Split {
  readonly name: string;
  readonly text: string;
  /** What is split, how long it is, and the shards. */
  readonly m: string;
  readonly sizes: Readonly<Record<string, number>>;
  readonly shards: readonly number[];
  readonly way: Way;
  /** How many terms are counted once, how many quantities are given, and whether the number of examples is. */
  readonly once?: number;
  readonly given?: number;
  readonly counted?: boolean;
  readonly reasons?: readonly Reason[];
}

export const example = (file: string): string =>
  readFileSync(`examples/${file}.grad`, 'utf8').replace(/^((?:data|param) +\S+ : \[[^\]\n]*\])[^\n]*? = \[.*$/gm, '$1');

const regression = 'data X : [m, d], y : [m]; param w : [d]; ';
const seven = { m: 'm', sizes: { m: 7, d: 3, k: 2 }, shards: [4, 2, 1] } as const;
const classes = 'data X : [m, d], Y : [m, k]; param W : [d, k], b : [1, k]; Z = X·W + b; ';

export const allowed: readonly Split[] = [
  { name: 'least squares, a mean', text: `${regression}minimize mse(X·w, y)`, ...seven, way: 'average' },
  { name: 'least squares, a sum', text: `${regression}minimize sum((X·w − y).^2)/2`, ...seven, way: 'add' },
  { name: 'ridge over a sum', text: `${regression}minimize norm(X·w − y)^2 + 0.1·norm(w)^2`, ...seven, way: 'add', once: 1 },
  { name: 'ridge beside a mean', text: `${regression}minimize mse(X·w, y) + 0.1·norm(w)^2`, ...seven, way: 'average' },
  { name: 'ridge, all over 2m', text: example('ridge'), ...seven, way: 'average', once: 1 },
  {
    name: 'elastic net over a sum: two terms',
    text: `${regression}minimize sum((X·w − y).^2) + 0.1·norm(w)^2 + 0.2·norm1(w)`,
    ...seven,
    way: 'add',
    once: 2,
  },
  {
    name: 'weighted least squares',
    text: 'data X : [m, d], y : [m], u : [m]; param w : [d]; minimize sum(u .* (X·w − y).^2)',
    ...seven,
    way: 'add',
  },
  {
    name: 'weighted least squares, over the sum of weights',
    text: 'data X : [m, d], y : [m], u : [m]; param w : [d]; minimize sum(u .* (X·w − y).^2)/sum(u)',
    ...seven,
    way: 'add',
    given: 1,
  },
  {
    name: 'a dropout mask as data',
    text: 'data X : [m, d], Y : [m, 1], M : [m, 4]; param W : [d, 4], v : [4]; H = relu(X·W) .* M; minimize mse(H·v, Y)',
    ...seven,
    way: 'average',
  },
  { name: 'softmax regression', text: `${classes}minimize −sum(Y .* log_softmax(Z, cols))/m`, ...seven, way: 'average' },
  {
    name: 'a multilayer perceptron with weight decay',
    text: 'data X : [d, m], Y : [1, m]; param W : [4, d], b : [4], V : [1, 4], c; A = σ(W·X + b); minimize sum((σ(V·A + c) − Y).^2)/(2m) + 0.01·(sum(W.^2) + sum(V.^2))/2',
    ...seven,
    way: 'average',
  },
  {
    name: '1,797 digits over eight devices',
    text: example('data/digits'),
    m: 'n',
    sizes: { n: 1797 },
    shards: [225, 225, 225, 225, 225, 224, 224, 224],
    way: 'average',
  },
  { name: 'layer norm', text: example('layer-norm'), ...seven, way: 'average' },
  {
    name: 'layer norm, over its features',
    text: example('layer-norm'),
    m: 'd',
    sizes: { m: 3, d: 6 },
    shards: [3, 2, 1],
    way: 'add',
    given: 2,
  },
  {
    name: 'group norm',
    text: 'data X : [m, 3, 2], Y : [m, 3, 2]; param s : [3], c : [3]; μ[i,g] = mean[k](X[i,g,k]); v[i,g] = mean[k]((X[i,g,k] − μ[i,g])^2); N[i,g,k] = s[g]*(X[i,g,k] − μ[i,g])/sqrt(v[i,g] + 0.1) + c[g]; minimize mean((N − Y).^2)',
    ...seven,
    way: 'average',
  },
  {
    name: 'attention over the batch',
    text: example('models/attention'),
    m: 'b',
    sizes: { b: 5, t: 3, h: 2 },
    shards: [3, 2],
    way: 'average',
  },
  {
    name: 'a mixture, minus the log posterior',
    text: example('models/mixture'),
    m: 'n',
    sizes: { n: 7, k: 3, d: 2 },
    shards: [4, 2, 1],
    way: 'add',
    once: 1,
  },
  { name: 'k-means', text: example('models/k-means'), m: 'n', sizes: { n: 7, d: 2, k: 3 }, shards: [4, 3], way: 'add' },
  {
    name: 'convolution, over the batch',
    text: example('models/conv-net'),
    m: 'b',
    sizes: { b: 4, c: 2, o: 2 },
    shards: [3, 1],
    way: 'average',
  },
  {
    name: 'Poisson regression',
    text: example('data/aids'),
    m: 'n',
    sizes: { n: 7 },
    shards: [4, 2, 1],
    way: 'add',
  },
  {
    name: 'logistic regression, by its prelude',
    text: `${regression}b = 0.5; minimize bce(σ(X·w + b), y/2)`,
    ...seven,
    way: 'average',
  },
  { name: 'huber', text: `${regression}minimize huber(X·w, y, 0.7)`, ...seven, way: 'average' },
  {
    name: 'a recurrent network, over the batch',
    text: "data X : [T, m, 2], y : [m]; param W : [3, 3], U : [3, 2], v : [3]; h[0] = zeros(m, 3); h[t=1:T] = tanh(h[t-1]·W' + X[t]·U'); minimize mse(h[T]·v, y)",
    m: 'm',
    sizes: { T: 4, m: 5 },
    shards: [3, 2],
    way: 'average',
  },
  {
    name: 'an LSTM, over the batch',
    text: "data X : [T, m, 2], y : [T, m]; param A : [3, 3], B : [3, 2], C : [3, 3], D : [3, 2], v : [3]; c[0] = zeros(m, 3); h[0] = zeros(m, 3); f[t=1:T] = σ(h[t-1]·A' + X[t]·B'); g[t=1:T] = tanh(h[t-1]·C' + X[t]·D'); c[t=1:T] = f[t] .* c[t-1] + (1 − f[t]) .* g[t]; h[t=1:T] = tanh(c[t]); E[t,i] = sum[k](h[t,i,k]*v[k]) − y[t,i]; minimize mean(E.^2)",
    m: 'm',
    sizes: { T: 3, m: 5 },
    shards: [3, 2],
    way: 'average',
  },
  {
    name: 'centred data',
    text: `${regression}C = X − mean(X, rows); minimize mse(C·w, y)`,
    ...seven,
    way: 'average',
    given: 1,
  },
  {
    name: 'standardised data',
    text: `${regression}N = (X − mean(X, rows)) ./ sqrt(var(X, rows) + 0.1); minimize mse(N·w, y)`,
    ...seven,
    way: 'average',
    given: 2,
  },
  { name: 'the sample variance', text: `${regression}minimize sum((X·w − y).^2)/(m − 1)`, ...seven, way: 'add', counted: true },
  {
    name: 'a sum beside a mean',
    text: `${regression}minimize sum((X·w − y).^2) + mean(abs(X·w))`,
    ...seven,
    way: 'add',
    counted: true,
  },
  {
    name: 'a penalty that depends on how many there are',
    text: `${regression}minimize mse(X·w, y) + norm(w)^2·log(m)/m`,
    ...seven,
    way: 'add',
    once: 1,
    counted: true,
  },
  {
    name: 'a log-likelihood with its constant',
    text: "data X : [d, m]; param A : [d, d]; minimize sum((A·X).^2)/2 + m·logdet(A·A' + eye(d))",
    ...seven,
    way: 'add',
  },
  {
    name: 'ranks of data',
    text: 'data x : [m], y : [m]; param w; minimize mean((w·sort(x) − y).^2)',
    ...seven,
    way: 'average',
    given: 1,
  },
  {
    name: 'places of examples as numbers',
    text: 'data y : [m]; param a, b; minimize sum[i]((a + b*i − y[i])^2)',
    ...seven,
    way: 'add',
    given: 1,
  },
  {
    name: 'one example that all are measured against',
    text: 'data x : [m], y : [m]; param w; minimize mean((w·(x − x[1]) − y).^2)',
    ...seven,
    way: 'average',
    given: 1,
  },
  {
    name: 'parameters of single examples',
    text: 'data X : [m, d]; param z : [m], w : [d]; R[i,j] = z[i]*w[j] − X[i,j]; minimize mean(R.^2) + 0.1·mean(z.^2)',
    ...seven,
    way: 'average',
  },
  { name: 'a physics-informed network', text: example('models/pendulum'), ...seven, way: 'average' },
  {
    name: 'entries in one row, and back',
    text: "data X : [m, 3], Y : [m, 3]; param w : [3]; r = tanh(reshape(X .* w' − Y, m*3)); R = reshape(r, m, 3); minimize sum(R.^2) + sum(r)",
    ...seven,
    way: 'add',
  },
  { name: 'no term of examples', text: `${regression}minimize norm(w)^2`, ...seven, way: 'same' },
  {
    name: 'accuracy as a soft cost',
    text: `${classes}minimize −mean(sum(softmax(3Z, cols) .* Y, cols))`,
    ...seven,
    way: 'average',
  },
];

export const forbidden: readonly Split[] = [
  {
    name: 'batch norm',
    text: 'data X : [m, d], y : [m]; param W : [d, k], v : [k]; Z = X·W; N = (Z − mean(Z, rows)) ./ sqrt(var(Z, rows) + 0.1); minimize mse(N·v, y)',
    reasons: ['adds'],
  },
  ...['[1]', '[m]', '[m−1]', '[2:3]'].flatMap((picked) =>
    ['sum', 'mean'].map((total) => ({
      name: `${total} beside predictions picked by ${picked}`,
      text: `${regression}z = X·w; minimize ${total}((z − y).^2) + sum(z${picked})`,
      reasons: ['places' as const],
    })),
  ),
  {
    name: 'a prediction picked where it is made',
    text: `${regression}minimize sum((X·w − y).^2) + (X·w)[1]`,
    reasons: ['places'],
  },
  {
    name: 'differences of neighbours',
    text: `${regression}z = X·w; minimize sum((z − y).^2) + sum((z[2:m] − z[1:m−1]).^2)`,
    reasons: ['places', 'places'],
  },
  { name: 'all scaled by their sum', text: `${regression}z = X·w; minimize mse(z·sum(z), y)`, reasons: ['multiplies'] },
  { name: 'all divided by their length', text: `${regression}z = X·w; minimize mse(z/norm(z), y)`, reasons: ['nonlinear'] },
  {
    name: 'a softmax over examples',
    text: `${regression}p = softmax(X·w); minimize −sum(y .* log(p))`,
    reasons: ['whole'],
  },
  {
    name: 'a contrastive loss',
    text: "data X : [m, d], Y : [m, d]; param W : [d, k]; S = (X·W)·(Y·W)'; minimize −mean[i](S[i,i] − logsumexp[j](S[i,j]))",
    reasons: ['pairs'],
  },
  {
    name: 'Cox partial likelihood',
    text: 'data t : [m], e : [m], X : [m, d]; param w : [d]; η = X·w; minimize −sum[i](e[i]*(η[i] − log(sum[j](where(t[j] >= t[i], exp(η[j]), 0)))))',
    reasons: ['pairs'],
  },
  {
    name: 'entries in one row, read the other way round',
    text: "data X : [m, 3], Y : [3, m]; param w : [3]; r = reshape(X .* w', m*3); R = reshape(r, 3, m); minimize sum((R − Y).^2)",
    reasons: ['places'],
  },
  {
    name: 'weights that are declared to sum to 1 over all examples',
    text: 'data p : [m] distribution, y : [m]; param a; minimize a^2·sum(p) − 2a·sum(p .* y)',
    reasons: ['fact'],
  },
  { name: 'the largest error', text: `${regression}minimize max((X·w − y).^2)`, reasons: ['whole'] },
  { name: 'the median error', text: `${regression}minimize sort(abs(X·w − y))[3]`, shards: [4, 3], reasons: ['whole'] },
  { name: 'variance of predictions', text: `${regression}p = X·w; minimize mse(p, y) + var(p)`, reasons: ['adds'] },
  { name: 'root mean square', text: `${regression}minimize sqrt(mse(X·w, y))`, reasons: ['nonlinear'] },
  { name: 'a product of sums', text: `${regression}minimize sum(X·w)·sum((X·w − y).^2)`, reasons: ['squares'] },
  { name: 'a ratio of sums', text: `${regression}minimize sum((X·w − y).^2)/sum((X·w).^2)`, reasons: ['nonlinear'] },
  { name: 'a cumulative sum', text: `${regression}minimize mse(cumsum(X·w), y)`, reasons: ['whole'] },
  {
    name: 'differences of neighbours',
    text: `${regression}z = X·w; minimize sum[i=2:m]((z[i] − z[i-1])^2)`,
    reasons: ['places', 'places'],
  },
  {
    name: 'attention over the heads',
    text: example('models/attention'),
    m: 'h',
    sizes: { b: 2, t: 3, h: 4 },
    shards: [3, 1],
    reasons: ['nonlinear'],
  },
  {
    name: 'attention over time',
    text: example('models/attention'),
    m: 't',
    sizes: { b: 2, t: 5, h: 2 },
    shards: [3, 2],
    reasons: ['pairs'],
  },
  {
    name: 'k-means over the centres',
    text: example('models/k-means'),
    m: 'k',
    sizes: { n: 5, d: 2, k: 5 },
    shards: [3, 2],
    reasons: ['whole'],
  },
  {
    name: 'a recurrence over examples',
    text: 'data x : [m], y : [m]; param a, b; s[0] = 0; s[t=1:m] = tanh(a*s[t-1] + b*x[t]); minimize mse(s, y)',
    reasons: ['recurrence'],
  },
  {
    name: 'a state that all examples drive',
    text: 'data X : [T, m], y : [m]; param a, b; s[0] = 0; s[t=1:T] = tanh(a*s[t-1] + b*mean(X[t])*a + mean[i](tanh(a*X[t,i]))); minimize mean((s[T] − y).^2)',
    m: 'm',
    sizes: { m: 5, T: 3 },
    shards: [3, 2],
    reasons: ['nonlinear'],
  },
  {
    name: 'a kernel on examples',
    text: 'data X : [m, d], y : [m]; param s = 1; K[i,j] = exp(−sum[k]((X[i,k] − X[j,k])^2)*s); minimize logdet(K + eye(m))',
    reasons: ['pairs', 'places'],
  },
].map((model) => ({ ...seven, way: 'forbidden' as const, ...model }) as Split);
