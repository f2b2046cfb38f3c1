import { readFileSync } from 'node:fs';
import type { Classic } from './classic.ts';

const example = (file: string) => readFileSync(`examples/${file}.grad`, 'utf8');

const BISHOP = 'Bishop, Pattern Recognition and Machine Learning';
const GOODFELLOW = 'Goodfellow, Bengio and Courville, Deep Learning';
const NIELSEN = 'Nielsen, Neural Networks and Deep Learning';
const COOKBOOK = 'Petersen and Pedersen, The Matrix Cookbook';
const ESL = 'Hastie, Tibshirani and Friedman, The Elements of Statistical Learning';

/** Models of every course. What stands on the right is what the named book has, in the notation of the source. */
export const models: readonly Classic[] = [
  {
    name: 'softmax by columns',
    source: 'data c : [k, m]; param Z : [k, m]; P = softmax(Z, k); minimize L = sum(c.*P)',
    book: `${BISHOP}, (4.106)`,
    says: { Z: 'P.*(dP - sum(dP.*P, k))' },
  },
  {
    name: 'softmax by rows',
    source: 'data c : [m, k]; param Z : [m, k]; P = softmax(Z, k); minimize L = sum(c.*P)',
    book: `${BISHOP}, (4.106), an example a row`,
    says: { Z: 'P.*(dP - sum(dP.*P, k))' },
  },
  {
    name: 'softmax with cross-entropy',
    source: `data X : [n, m]
data Y : [3, m] distribution rows = [[0.2, 1, 0, 0.3], [0.5, 0, 0, 0.3], [0.3, 0, 1, 0.4]]
param W : [3, n], b : [3]
Z = W*X + b
P = softmax(Z, rows)
minimize L = -sum(Y.*log(P))/m`,
    book: `${BISHOP}, (4.109)`,
    says: { dZ: '(P - Y)/m', W: "dZ*X'", b: 'sum(dZ, m)' },
  },
  {
    name: 'sigmoid with binary cross-entropy',
    source: `data X : [n, m], Y : [1, m]
param w : [1, n], b
Z = w*X + b
A = σ(Z)
minimize L = -sum(Y.*log(A) + (1 - Y).*log(1 - A))/m`,
    book: `${BISHOP}, (4.91)`,
    says: { dZ: '(A - Y)/m', w: "dZ*X'", b: 'sum(dZ)' },
  },
  {
    name: 'batch norm',
    source: `data Y : [n, m]
param X : [n, m], g : [n], b : [n]
mu = mean(X, m)
v = mean((X - mu).^2, m)
H = (X - mu)./sqrt(v + 1e-5)
O = H.*g + b
minimize L = sum((O - Y).^2)/2`,
    book: 'Ioffe and Szegedy, Batch Normalization, section 3',
    says: {
      dH: 'dO.*g',
      dv: 'sum(dH.*(X - mu), m).*(-1/2).*(v + 1e-5).^(-3/2)',
      X: 'dH./sqrt(v + 1e-5) + dv.*2.*(X - mu)/m + dmu/m',
      g: 'sum(dO.*H, m)',
      b: 'sum(dO, m)',
    },
  },
  {
    name: 'layer norm',
    source: example('layer-norm'),
    book: 'Ba, Kiros and Hinton, Layer Normalization, (4)',
    says: { g: "sum(dZ.*N, m)'", c: "sum(dZ, m)'" },
  },
  {
    name: 'ridge',
    source: 'data X : [m, n], y : [m], λ; param w : [n]; norm(X*w - y)^2 + λ*norm(w)^2',
    book: `${ESL}, (3.41); ${GOODFELLOW}, 7.1.1`,
    says: { w: "2*X'*(X*w - y) + 2*λ*w" },
  },
  {
    name: 'least squares',
    source: 'data X : [m, n], y : [m]; param w : [n]; norm(X*w - y)^2/2',
    book: `${GOODFELLOW}, (4.22)`,
    says: { w: "X'*(X*w - y)" },
  },
  {
    name: 'logistic regression',
    source: example('logistic'),
    book: `${BISHOP}, (4.91)`,
    says: { dZ: '(σ(Z) - y)/m', w: "dZ*X'" },
  },
  {
    name: 'Gaussian log likelihood',
    source: 'data x : [n]; param μ, s positive; maximize L = -n*log(s) - sum((x - μ).^2)/(2*s^2)',
    book: `${BISHOP}, (1.54), the slopes behind (1.55) and (1.56)`,
    says: { μ: 'sum(x - μ)/s^2', s: 'sum((x - μ).^2)/s^3 - n/s' },
  },
  {
    name: 'Gaussian log likelihood in a mean of many',
    source: "data x : [2]; data S : [2, 2] symmetric = [[2, 0.5], [0.5, 1]]; param μ : [2]; (x - μ)'*inv(S)*(x - μ)/2",
    book: `${BISHOP}, (2.120); ${COOKBOOK}, (86)`,
    says: { μ: '-inv(S)*(x - μ)' },
  },
  {
    name: 'Gaussian log likelihood in a covariance',
    source: "data r : [n]; param S : [n, n]; logdet(S)/2 + r'*inv(S)*r/2",
    book: `${COOKBOOK}, (57) and (61)`,
    says: { S: "inv(S)'/2 - inv(S)'*r*r'*inv(S)'/2" },
  },
  {
    name: 'attention',
    source: `data Y : [t, v]
param Q : [t, d], K : [t, d], V : [t, v]
S = Q*K'/sqrt(d)
P = softmax(S, cols)
O = P*V
minimize L = sum((O - Y).^2)/2`,
    book: 'Vaswani et al., Attention Is All You Need, (1); Dao et al., FlashAttention, B.2',
    says: { V: "P'*dO", dP: "dO*V'", dS: 'P.*(dP - sum(P.*dP, cols))', Q: 'dS*K/sqrt(d)', K: "dS'*Q/sqrt(d)" },
  },
  {
    name: 'convolution',
    source: 'data X : [6], y : [4]; param F : [3]; Z[i=1:4] = sum[p=1:3](X[i+p-1]*F[p]); minimize L = sum((Z - y).^2)/2',
    book: `${GOODFELLOW}, (9.11)`,
    says: { F: 'T[j=1:3] = sum[i=1:4](dZ[i]*X[i + j - 1]); T' },
  },
  {
    name: 'recurrent network through time',
    source: `data x : [T, n], y : [k], h0 : [q]
param W : [q, q], U : [q, n], V : [k, q]
h[0] = h0
h[t=1:T] = tanh(W*h[t-1] + U*x[t])
z = V*h[T]
minimize L = norm(z - y)^2/2`,
    book: `${GOODFELLOW}, (10.18) to (10.28)`,
    says: { V: "dz*h[T]'" },
  },
  { name: 'LSTM', source: example('models/lstm'), book: `${GOODFELLOW}, 10.10.1`, says: { v: "2*h'*(h*v - y)/T" } },
  {
    name: 'GRU',
    source: `data X : [T, d], y : [T]
param Wz : [q, q], Uz : [q, d], Wr : [q, q], Ur : [q, d], W : [q, q], U : [q, d], v : [q]
h[0] = zeros(q)
z[t=1:T] = σ(Wz·h[t-1] + Uz·X[t])
r[t=1:T] = σ(Wr·h[t-1] + Ur·X[t])
n[t=1:T] = tanh(W·(r[t] ⊙ h[t-1]) + U·X[t])
h[t=1:T] = (1 − z[t]) ⊙ n[t] + z[t] ⊙ h[t-1]
minimize L = sum((h·v − y).^2)/T`,
    book: `${GOODFELLOW}, 10.10.2`,
    says: { v: "2*h'*(h*v - y)/T" },
  },
  {
    name: 'XOR network',
    source: example('xor-hidden'),
    book: `${NIELSEN}, (BP1) to (BP4)`,
    says: {
      dA2: '(A2 - Y)/m',
      dZ2: 'dA2.*A2.*(1 - A2)',
      W2: "dZ2*A1'",
      b2: 'sum(dZ2)',
      dA1: "W2'*dZ2",
      dZ1: 'dA1.*A1.*(1 - A1)',
      W1: "dZ1*X'",
      b1: 'sum(dZ1, m)',
    },
  },
  {
    name: 'autoencoder',
    source: 'data X : [n, m]; param W : [q, n], V : [n, q]; Z = W*X; H = σ(Z); R = V*H; minimize L = sum((R - X).^2)/2',
    book: `${GOODFELLOW}, 14.1, with 6.5`,
    says: { dR: 'R - X', V: "dR*H'", dZ: 'dH.*H.*(1 - H)', W: "dZ*X'" },
  },
  {
    name: 'a quadratic form',
    source: "param x : [n]; data A : [n, n]; x'*A*x",
    book: `${COOKBOOK}, (81)`,
    says: { x: "A*x + A'*x" },
  },
  { name: 'a log determinant', source: 'param X : [n, n]; log(det(X))', book: `${COOKBOOK}, (57)`, says: { X: "inv(X)'" } },
  {
    name: 'a trace',
    source: 'data A : [p, n], B : [m, p]; param X : [n, m]; trace(A*X*B)',
    book: `${COOKBOOK}, (101)`,
    says: { X: "A'*B'" },
  },
  {
    name: 'a norm',
    source: 'data A : [m, n], b : [m]; param x : [n]; norm(A*x - b)',
    book: `${COOKBOOK}, (129), with the chain rule`,
    says: { x: "A'*(A*x - b)/norm(A*x - b)" },
  },
  {
    name: 'one tanh neuron',
    source: example('tanh-neuron'),
    book: `${NIELSEN}, chapter 2`,
    says: { w: 'difference*x', b: 'difference' },
  },
  {
    name: 'the OR gate',
    source: example('or-gate'),
    book: `${NIELSEN}, (BP1) to (BP4)`,
    says: { dA: '(A - Y)/m', dZ: 'dA.*A.*(1 - A)', W: "dZ*X'", b: 'sum(dZ)' },
  },
];
