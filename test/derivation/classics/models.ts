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
    name: 'a bilinear form',
    source: "data a : [m], b : [n]; param X : [m, n]; a'*X*b",
    book: `${COOKBOOK}, (70)`,
    says: { X: "a*b'" },
  },
  {
    name: 'a bilinear form of an inverse',
    source: "data a : [n], b : [n]; param X : [n, n]; a'*inv(X)*b",
    book: `${COOKBOOK}, (61)`,
    says: { X: "-inv(X)'*a*b'*inv(X)'" },
  },
  {
    name: 'a trace of a square form',
    source: "data A : [n, n]; param X : [n, m]; tr(X'*A*X)",
    book: `${COOKBOOK}, (108)`,
    says: { X: "A*X + A'*X" },
  },
  {
    name: 'a Frobenius norm squared',
    source: 'data A : [n, m]; param X : [n, m]; norm(X - A)^2',
    book: `${COOKBOOK}, (132), with the chain rule`,
    says: { X: '2*(X - A)' },
  },
  {
    name: 'a softmax',
    source: 'param z : [n]; softmax(z)',
    book: `${GOODFELLOW}, 6.2.2.3; ${BISHOP}, (4.106)`,
    says: { z: "diag(softmax(z)) - softmax(z)*softmax(z)'" },
  },
  {
    name: 'a Rayleigh quotient',
    source:
      "data A : [n, n] symmetric = [[2, 1], [1, 3]], B : [n, n] symmetric = [[2, 0], [0, 1]]; param w : [n]; maximize J = (w'*A*w)/(w'*B*w)",
    book: `${BISHOP}, (4.29), its slope; ${ESL}, (4.15)`,
    says: { w: "2*(A*w*(w'*B*w) - B*w*(w'*A*w))/(w'*B*w)^2" },
  },
  {
    name: 'a matrix factorisation',
    source: "data R : [u, v], λ; param P : [u, k], Q : [v, k]; minimize L = norm(R - P*Q')^2 + λ*(norm(P)^2 + norm(Q)^2)",
    book: 'Koren, Bell and Volinsky, Matrix Factorization Techniques for Recommender Systems, (2), its slopes',
    says: { dS: '2*S', P: '2*λ*P - dS*Q', Q: "2*λ*Q - dS'*P" },
  },
  {
    name: 'a principal subspace',
    source: "data X : [n, m]; param W : [n, k]; minimize L = norm(X - W*W'*X)^2",
    book: `${GOODFELLOW}, 2.12; ${COOKBOOK}, (119), for two places`,
    says: { dR: '2*R', W: "-X*dR'*W - dR*X'*W" },
  },
  {
    name: 'the divergence of two Gaussians',
    source:
      "data μ2 : [n], S2 : [n, n] symmetric = [[2, 0.5], [0.5, 1]]; param μ1 : [n], S1 : [n, n]; minimize D = (tr(inv(S2)*S1) + (μ2 - μ1)'*inv(S2)*(μ2 - μ1) - n + logdet(S2) - logdet(S1))/2",
    book: `${BISHOP}, exercise 2.13; ${COOKBOOK}, (57) and (100)`,
    says: { μ1: 'inv(S2)*(μ1 - μ2)', S1: "inv(S2)/2 - inv(S1)'/2" },
  },
  {
    name: 'Poisson regression',
    source: 'data X : [m, n], y : [m]; param w : [n]; η = X*w; minimize L = sum(exp(η) - y.*η)',
    book: 'McCullagh and Nelder, Generalized Linear Models, 2.5; the score is Xᵀ(y − μ)',
    says: { dη: 'exp(η) - y', w: "X'*dη" },
  },
  {
    name: 'Cox regression',
    source: 'data X : [m, n], d : [m], R : [m, m]; param w : [n]; η = X*w; maximize L = sum(d.*(η - log(R*exp(η))))',
    book: 'Kalbfleisch and Prentice, The Statistical Analysis of Failure Time Data, chapter 4',
    says: { w: "X'*dη" },
  },
  {
    name: 'Huber regression',
    source: 'data X : [m, n], y : [m]; param w : [n]; r = X*w - y; minimize L = sum(abs(r) < 1 ? r.^2/2 : abs(r) - 1/2)',
    book: `${ESL}, (10.23)`,
    says: { dr: 'where(abs(r) < 1, r, sign(r))', w: "X'*dr" },
  },
  {
    name: 'a support vector machine',
    source: 'data X : [m, n], y : [m]; param w : [n], b; u = 1 - y.*(X*w + b); minimize L = sum(max(0, u))/m + norm(w)^2/2',
    book: `${ESL}, (12.25), its slopes`,
    says: { w: "w - X'*(du.*y)", b: "-du'*y" },
  },
  {
    name: 'a contrastive loss',
    source: "param A : [m, d], B : [m, d]; S = A*B'/0.5; P = softmax(S, cols); minimize L = -tr(log(P))/m",
    book: 'van den Oord, Li and Vinyals, Representation Learning with Contrastive Predictive Coding, (4), its slope',
    says: { dS: '(P - eye(m))/m', A: '2*dS*B', B: "2*dS'*A" },
  },
  {
    name: 'a variational autoencoder',
    source:
      'data x : [n], ε : [q]; param μ : [q], s : [q], W : [n, q]; z = μ + exp(s/2).*ε; minimize L = norm(x - W*z)^2/2 - sum(1 + s - μ.^2 - exp(s))/2',
    book: 'Kingma and Welling, Auto-Encoding Variational Bayes, (10)',
    says: { μ: 'dz + μ', s: '(dz.*ε.*exp(s/2) + exp(s) - 1)/2', W: "-r*z'" },
  },
  {
    name: 'an adversarial pair',
    source: `data X : [n, m], Z : [q, m]
param D : [1, n], G : [n, q]
A = σ(D*X)
B = σ(D*G*Z)
minimize L = -mean(log(A)) - mean(log(1 - B))`,
    book: 'Goodfellow et al., Generative Adversarial Nets, (1), its slopes',
    says: { dB: '1./(1 - B)/m', G: "D'*B*Z'/m" },
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
