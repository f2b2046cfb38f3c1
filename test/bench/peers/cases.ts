import { type Backend, compile, derive, hessian, hvp, type NumberArray } from '../../../src/index.ts';
import { random } from '../../../src/numeric/random.ts';

export interface Way {
  readonly backend: Backend;
  readonly precision: 'f64' | 'f32';
  readonly threads: number;
}

/** What is timed, beside what a user of another library would write (`peers.py`). */
export interface Case {
  /** As the peers know it. */
  readonly name: string;
  readonly what: string;
  readonly sizes: Readonly<Record<string, number>>;
  readonly precisions: readonly Way['precision'][];
  readonly peers: readonly ('numpy' | 'jax')[];
  /** A call of the compiled function. */
  readonly make: (way: Way) => () => unknown;
}

const draw = random(1);

function numbers({ precision }: Way, length: number, scale = 1): Float64Array | Float32Array {
  const made = precision === 'f32' ? new Float32Array(length) : new Float64Array(length);
  for (let k = 0; k < length; k++) made[k] = scale * (2 * draw.uniform() - 1);
  return made;
}

function labels(way: Way, rows: number, classes: number): NumberArray {
  const made = numbers(way, rows * classes, 0);
  for (let k = 0; k < rows; k++) made[k * classes + (k % classes)] = 1;
  return made;
}

const both = ['f64', 'f32'] as const;

const mlp = (B: number): Case => ({
  name: 'mlp',
  what: `network 784-128-10, batch ${B}`,
  sizes: { B, D: 784, H: 128, C: 10 },
  precisions: ['f32'],
  peers: ['numpy', 'jax'],
  make: (way) => {
    const shapes = { X: ['B', 784], Y: ['B', 10], W1: [784, 128], b1: [1, 128], W2: [128, 10], b2: [1, 10] };
    const f = derive('-sum(Y.*log_softmax(relu(X*W1 + b1)*W2 + b2, cols))/B', ['W1', 'b1', 'W2', 'b2'], { shapes }).compile(way);
    const inputs = {
      X: numbers(way, B * 784),
      Y: labels(way, B, 10),
      W1: numbers(way, 784 * 128, 0.05),
      b1: numbers(way, 128, 0),
      W2: numbers(way, 1280, 0.05),
      b2: numbers(way, 10, 0),
    };
    return () => f.valueAndGradient(inputs);
  },
});

const LOGISTIC = 'sum(log(1 + exp(-y.*(X*w))))';
const logisticShapes = { shapes: { X: ['n', 'd'], y: ['n'], w: ['d'] } };
const [n, d] = [2048, 256];

function logisticInputs(way: Way) {
  return { X: numbers(way, n * d), y: numbers(way, n).map(Math.sign), w: numbers(way, d, 0.1) };
}

const attention: Case = {
  name: 'attention',
  what: 'attention, 4 × 4 × 64 × 32',
  sizes: { b: 4, h: 4, t: 64, k: 32 },
  precisions: both,
  peers: ['numpy', 'jax'],
  make: (way) => {
    const source = `data Q : [4, 4, 64, 32]
data K : [4, 4, 64, 32]
data V : [4, 4, 64, 32]
S[b,h,i,j] = sum[k](Q[b,h,i,k]*K[b,h,j,k])/sqrt(32)
P[b,h,i,j] = softmax[j](S[b,h,i,j])
O[b,h,i,k] = sum[j](P[b,h,i,j]*V[b,h,j,k])
minimize L = sum(O.^2)`;
    const f = derive(source, ['Q', 'K', 'V']).compile(way);
    const inputs = { Q: numbers(way, 32768), K: numbers(way, 32768), V: numbers(way, 32768) };
    return () => f.valueAndGradient(inputs);
  },
};

const gmm: Case = {
  name: 'gmm',
  what: 'Gaussian mixture, n 1000, d 10, K 25',
  sizes: { n: 1000, d: 10, k: 25 },
  precisions: ['f64'],
  peers: ['jax'],
  make: (way) => {
    const source = `data X : [1000, 10]
param α : [25], μ : [25, 10], q : [25, 10], L : [25, 10, 10]
Q[k,i,j] = where(i == j, exp(q[k,i]), where(i > j, L[k,i,j], 0))
R[n,k,i] = sum[j](Q[k,i,j]*(X[n,j] - μ[k,j]))
D[n,k] = α[k] + sum[i](q[k,i]) - sum[i](R[n,k,i]^2)/2
fit = sum[n](logsumexp[k](D[n,k])) - 1000·logsumexp(α) - 1000·10·log(2π)/2
prior = sum(Q.^2)/2
minimize Cost = -fit - prior`;
    const f = derive(source, ['α', 'μ', 'q', 'L']).compile(way);
    const inputs = {
      X: numbers(way, 10_000),
      α: numbers(way, 25),
      μ: numbers(way, 250),
      q: numbers(way, 250, 0.3),
      L: numbers(way, 2500, 0.3),
    };
    return () => f.valueAndGradient(inputs);
  },
};

const lstm: Case = {
  name: 'lstm',
  what: 'LSTM, 100 steps, 64 units, batch 16',
  sizes: { t: 100, h: 64, b: 16, d: 64 },
  precisions: ['f64'],
  peers: ['jax'],
  make: (way) => {
    const gates = ['f', 'i', 'o', 'g'];
    const source = `data X : [100, 64, 16]
${gates.map((z) => `param W${z} : [64, 64], U${z} : [64, 64], b${z} : [64]`).join('\n')}
c[0] = zeros(64, 16)
h[0] = zeros(64, 16)
f[t=1:100] = σ(Wf·h[t-1] + Uf·X[t] + bf)
i[t=1:100] = σ(Wi·h[t-1] + Ui·X[t] + bi)
o[t=1:100] = σ(Wo·h[t-1] + Uo·X[t] + bo)
g[t=1:100] = tanh(Wg·h[t-1] + Ug·X[t] + bg)
c[t=1:100] = f[t] ⊙ c[t-1] + i[t] ⊙ g[t]
h[t=1:100] = o[t] ⊙ tanh(c[t])
minimize Cost = sum(h.^2)`;
    const f = derive(source).compile(way);
    const inputs: Record<string, NumberArray> = { X: numbers(way, 102_400) };
    for (const z of gates) {
      inputs[`W${z}`] = numbers(way, 4096, 0.1);
      inputs[`U${z}`] = numbers(way, 4096, 0.1);
      inputs[`b${z}`] = numbers(way, 64, 0);
    }
    return () => f.valueAndGradient(inputs);
  },
};

const kMeans: Case = {
  name: 'k-means',
  what: 'k-means, n 2000, d 10, k 25',
  sizes: { n: 2000, d: 10, k: 25 },
  precisions: ['f64'],
  peers: ['jax'],
  make: (way) => {
    const source = `data X : [2000, 10]
param C : [25, 10]
minimize Cost = sum[i](min[k](sum[j]((X[i,j] - C[k,j])^2)))`;
    const f = derive(source).compile(way);
    const inputs = { X: numbers(way, 20_000), C: numbers(way, 250) };
    return () => f.valueAndGradient(inputs);
  },
};

const leastSquares: Case = {
  name: 'least-squares',
  what: 'least squares of a polynomial, n 4096, m 16',
  sizes: { n: 4096, m: 16 },
  precisions: ['f64'],
  peers: ['jax'],
  make: (way) => {
    const source = `data t : [4096]
param x : [16]
minimize Cost = sum[i]((sign(t[i]) - sum[j](x[j]*t[i]^(j-1)))^2)/2`;
    const f = derive(source).compile(way);
    const inputs = { t: numbers(way, 4096), x: numbers(way, 16) };
    return () => f.valueAndGradient(inputs);
  },
};

/** One camera with distortion, and points that it sees, as GradBench has them. */
const bundle: Case = {
  name: 'bundle',
  what: 'bundle adjustment, a camera, 2000 points',
  sizes: { n: 2000 },
  precisions: ['f64'],
  peers: ['jax'],
  make: (way) => {
    const source = `data seen : [2000, 2]
param r : [3], centre : [3], f, x0 : [2], κ : [2], P : [2000, 3], w : [2000]
cross(a, b) = [a[2]*b[3] - a[3]*b[2]; a[3]*b[1] - a[1]*b[3]; a[1]*b[2] - a[2]*b[1]]
θ = norm(r)
u = r/θ
B[n,j] = P[n,j] - centre[j]
G[n] = B[n]*cos(θ) + cross(u, B[n])*sin(θ) + u*dot(u, B[n])*(1 - cos(θ))
H[n,j=1:2] = G[n,j]/G[n,3]
s[n] = sum[j](H[n,j]^2)
I[n,j] = f*H[n,j]*(1 + κ[1]*s[n] + κ[2]*s[n]^2) + x0[j]
E[n,j] = w[n]*(I[n,j] - seen[n,j])
minimize Cost = sum(E.^2) + sum((1 - w.^2).^2)`;
    const compiled = derive(source).compile(way);
    const inputs = {
      seen: numbers(way, 4000),
      r: numbers(way, 3, 0.3),
      centre: [0.2, 0.1, -3],
      f: 1.2,
      x0: numbers(way, 2, 0.1),
      κ: numbers(way, 2, 0.05),
      P: numbers(way, 6000),
      w: numbers(way, 2000),
    };
    return () => compiled.valueAndGradient(inputs);
  },
};

const convolution: Case = {
  name: 'convolution',
  what: 'convolution 3 × 3, pooling 2 × 2, batch 32',
  sizes: { b: 32, f: 8, k: 10 },
  precisions: ['f64'],
  peers: ['jax'],
  make: (way) => {
    const source = `data X : [32, 28, 28]
data Y : [32, 10]
param F : [8, 3, 3], s : [8], W : [10, 8, 13, 13], c : [10]
C[b,o,i=1:26,j=1:26] = sum[p=1:3, q=1:3](X[b,i+p-1,j+q-1]*F[o,p,q]) + s[o]
R = relu(C)
M[b,o,i=1:13,j=1:13] = max[p=1:2, q=1:2](R[b,o,2i+p-2,2j+q-2])
Z[b,k] = sum[o,i,j](M[b,o,i,j]*W[k,o,i,j]) + c[k]
minimize L = -sum(Y.*log_softmax(Z, cols))/32`;
    const f = derive(source).compile(way);
    const inputs = {
      X: numbers(way, 32 * 784),
      Y: labels(way, 32, 10),
      F: numbers(way, 72, 0.3),
      s: numbers(way, 8, 0),
      W: numbers(way, 13_520, 0.05),
      c: numbers(way, 10, 0),
    };
    return () => f.valueAndGradient(inputs);
  },
};

const product = (size: number): Case => ({
  name: 'product',
  what: `A·B, ${size}`,
  sizes: { n: size },
  precisions: both,
  peers: ['numpy'],
  make: (way) => {
    const f = compile('A*B', { shapes: { A: [size, size], B: [size, size] }, ...way });
    const inputs = { A: numbers(way, size * size), B: numbers(way, size * size) };
    return () => f(inputs);
  },
});

const entrywise = (name: string): Case => ({
  name,
  what: `${name} of a million`,
  sizes: { n: 1e6 },
  precisions: both,
  peers: ['numpy'],
  make: (way) => {
    const f = compile(`${name}(x)`, { shapes: { x: [1e6] }, ...way });
    const x = numbers(way, 1e6).map((value) => Math.abs(value) + 0.1);
    return () => f({ x });
  },
});

const linear = (name: string, source: string): Case => ({
  name,
  what: `${source}, 200`,
  sizes: { n: 200 },
  precisions: ['f64'],
  peers: ['numpy'],
  make: (way) => {
    const f = compile(source, { shapes: { A: [200, 200], b: [200] }, ...way });
    const M = numbers(way, 40_000);
    const A = compile(name === 'det' ? "(M*M' + 200*eye(200))/200" : "M*M' + 200*eye(200)", { shapes: { M: [200, 200] } })({ M });
    const inputs = source.includes('b') ? { A, b: numbers(way, 200) } : { A };
    return () => f(inputs);
  },
});

export const cases: readonly Case[] = [
  mlp(64),
  mlp(512),
  {
    name: 'logistic',
    what: 'logistic 2048 × 256, value and gradient',
    sizes: { n, d },
    precisions: ['f64'],
    peers: ['numpy', 'jax'],
    make: (way) => {
      const f = derive(LOGISTIC, 'w', logisticShapes).compile(way);
      const inputs = logisticInputs(way);
      return () => f.valueAndGradient(inputs);
    },
  },
  {
    name: 'logistic-hessian',
    what: 'the same, Hessian',
    sizes: { n, d },
    precisions: ['f64'],
    peers: ['numpy', 'jax'],
    make: (way) => {
      const f = hessian(LOGISTIC, 'w', logisticShapes).compile(way);
      const inputs = logisticInputs(way);
      return () => f(inputs);
    },
  },
  {
    name: 'logistic-hvp',
    what: 'the same, H·v',
    sizes: { n, d },
    precisions: ['f64'],
    peers: ['numpy', 'jax'],
    make: (way) => {
      const f = hvp(LOGISTIC, 'w', logisticShapes).compile(way);
      const inputs = { ...logisticInputs(way), v: numbers(way, d) };
      return () => f(inputs);
    },
  },
  attention,
  gmm,
  kMeans,
  leastSquares,
  bundle,
  lstm,
  convolution,
  product(256),
  product(512),
  product(1024),
  ...['exp', 'tanh', 'log', 'sigmoid', 'sin', 'sqrt', 'sum'].map(entrywise),
  linear('det', 'det(A)'),
  linear('inv', 'inv(A)'),
  linear('solve', 'solve(A, b)'),
  linear('cholesky', 'cholesky(A)'),
];
