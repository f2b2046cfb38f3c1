import { operators } from '../../src/operators/index.ts';
import type { Operator } from '../../src/operators/operator.ts';

/** What random sources are made of: texts with parts of given shapes. */

/** A shape as text, such as `n,m`; '' for a scalar. */
export type ShapeName = '' | 'n' | 'm' | '3' | 'n,m' | 'm,n' | 'n,n' | '2,3' | '3,n' | '1,n' | 'n,m,3' | '2,n,2,3';

/** The names of each shape. Symbolic and concrete lengths, rows, columns, squares, ranks 3 and 4. */
export const NAMES: Readonly<Record<ShapeName, readonly string[]>> = {
  '': ['x', 'y', 's'],
  n: ['u', 'v'],
  m: ['p', 'q'],
  3: ['c', 'd'],
  'n,m': ['A', 'B'],
  'm,n': ['C', 'D'],
  'n,n': ['S', 'T'],
  '2,3': ['G', 'H'],
  '3,n': ['L', 'M'],
  '1,n': ['r', 'ρ'],
  'n,m,3': ['K', 'N'],
  '2,n,2,3': ['Q', 'R'],
};

export const SHAPES = Object.keys(NAMES) as ShapeName[];

const dims = (shape: ShapeName): (number | string)[] =>
  shape === '' ? [] : shape.split(',').map((d) => (/^\d+$/.test(d) ? Number(d) : d));

export const SHAPE_OF = new Map(SHAPES.flatMap((shape) => NAMES[shape].map((name) => [name, dims(shape)] as const)));

/** A text made of parts, each of a shape, and how often it is chosen. */
export type Template = readonly [weight: number, build: (...parts: string[]) => string, ...parts: ShapeName[]];

/** How an argument of any size is brought into a function's domain: as it is, or squeezed. */
const SQUEEZES: readonly [lo: number, hi: number, squeeze: (text: string) => string][] = [
  [-20, 20, (text) => text],
  [-0.9, 0.9, (text) => `0.9*tanh(${text})`],
  [0.1, 1.9, (text) => `(1 + 0.9*tanh(${text}))`],
  [1.1, 2.9, (text) => `(2 + 0.9*tanh(${text}))`],
];

function squeezeInto(operator: Operator): (text: string) => string {
  const { domain } = operator;
  const fits = SQUEEZES.find(([lo, hi]) => [0, 0.13, 0.37, 0.5, 0.71, 1].every((t) => domain?.(lo + t * (hi - lo)) ?? true));
  return (fits ?? SQUEEZES[2]!)[2];
}

const unary = operators.filter((o) => o.arity === 1 && !o.internal);
export const LITERALS = ['2', '3', '0.5', '1/3', '-1', '1e-3', 'pi', 'e', '7'];

/** The functions of one argument, entry by entry, each with its chance. */
const functionsOf = (shape: ShapeName): Template[] => [
  ...unary.map((o): Template => {
    const squeeze = squeezeInto(o);
    return [1, (a) => `${o.name}(${squeeze(a!)})`, shape];
  }),
  [2, (a) => `sqrt(1 + (${a}).^2)`, shape],
  [1, (a) => `sqrt(abs(${a}))`, shape],
];

/** What every shape has: arithmetic entry by entry, scalars that stretch. */
export const common = (shape: ShapeName): Template[] => [
  ...functionsOf(shape),
  [4, (a, b) => `${a} + ${b}`, shape, shape],
  [3, (a, b) => `(${a}) - (${b})`, shape, shape],
  [4, (a, b) => `(${a}).*(${b})`, shape, shape],
  [2, (a, b) => `(${a})./(1.5 + (${b}).^2)`, shape, shape],
  [1, (a, b) => `(${a})./(${b})`, shape, shape],
  [2, (a) => `-(${a})`, shape],
  [3, (a) => `(${a}).^2`, shape],
  [1, (a) => `(${a}).^3`, shape],
  [1, (a) => `(${a}).^(-1)`, shape],
  [1, (a, b) => `(1.1 + tanh(${a})).^(${b})`, shape, shape],
  [1, (a) => `2.^(${a})`, shape],
  [1, (a, b) => `max(${a}, ${b})`, shape, shape],
  [1, (a, b) => `min(${a}, ${b})`, shape, shape],
  [0.3, (a, b, c) => `max(${a}, ${b}, ${c})`, shape, shape, shape],
  [0.5, (a, b) => `hypot(${a}, ${b})`, shape, shape],
  [0.3, (a, b) => `atan2(${a}, ${b})`, shape, shape],
  [0.3, (a, b) => `mod(${a}, 1.5 + (${b}).^2)`, shape, shape],
  [0.3, (a, b) => `log(1.1 + (${a}).^2, 1.5 + (${b}).^2)`, shape, shape],
  [0.3, (a, b) => `leaky_relu(${a}, tanh(${b}))`, shape, shape],
  [0.3, (a, b) => `elu(${a}, ${b})`, shape, shape],
  [0.3, (a, b) => `beta(1.5 + tanh(${a}), 2 + tanh(${b}))`, shape, shape],
  [0.3, (a) => `nthRoot(${a}, 5)`, shape],
  [0.3, (a) => `polygamma(2, 1.5 + tanh(${a}))`, shape],
  [0.3, (a) => `polylog(3, 0.9*tanh(${a}))`, shape],
  [2, (a, b) => `(${a})*(${b})`, '', shape],
  [1, (a, b) => `(${a})/(${b})`, shape, ''],
  [1, (a, b) => `${a} + ${b}`, shape, ''],
  [1, (a, b) => `max(${a}, ${b})`, shape, ''],
  [2, (a, b, c) => `where(${a} > 0.1, ${b}, ${c})`, shape, shape, shape],
  [1, (a, b, c) => `where((${a} < ${b}) and not (${a} < -1), ${c}, 0)`, shape, shape, shape],
  [1, (a, b) => `(${a} <= 0.3).*(${b})`, shape, shape],
  [1, (a, b) => `(${a} > 0 ? ${b} : 2)`, '', shape],
];

const ARRAYS = SHAPES.filter((s) => s !== '');

/** Well-conditioned square matrices. */
const definite = (a: string): string => `(${bounded(a)}*(${bounded(a)})' + 2*eye(n))`;
const bounded = (a: string): string => `tanh(${a})`;

/** Functions of a reduction over everything. */
const WHOLE: readonly string[] = ['max', 'min', 'logsumexp', 'var'];

const REDUCTIONS: Template[] = [
  ...ARRAYS.flatMap((s): Template[] => [
    [1, (a) => `sum(${a})`, s],
    [0.5, (a) => `mean(${a})`, s],
    [0.5, (a) => `norm(${a})`, s],
    [0.3, (a) => `norm1(${a})`, s],
    [0.5, (a, b) => `dot(${a}, ${b})`, s, s],
    ...WHOLE.map((f): Template => [0.3, (a) => `${f}(${a})`, s]),
    [0.3, (a) => `prod(1 + 0.5*${bounded(a!)})`, s],
  ]),
  [1, (a) => `det(${definite(a!)})`, 'n,n'],
  [2, (a) => `logdet(${definite(a!)})`, 'n,m'],
  [1, (a) => `det(tanh(${a}) + 3*eye(n))`, 'n,n'],
  [1, (a) => `tr(inv(${definite(a!)}))`, 'n,n'],
  [1, (a, b) => `(${a})'*(${definite(b!)} \\ (${a}))`, 'n', 'n,n'],
  [1, (a) => `(${a})[1]`, 'n'],
  [1, (a) => `(${a})[2]`, '3'],
  [1, (a) => `(${a})[2, 1]`, 'n,m'],
  [1, (a) => `(${a})[1, n]`, 'n,n'],
  [1, (a) => `(${a})[1, 2, 3]`, 'n,m,3'],
  [1, (a) => `sum((${a})[2:n])`, 'n'],
  [1, (a) => `sum((${a})[2:3, :].^2)`, '3,n'],
  [1, (a) => `sum((${a})[:, 1:2, 2])`, 'n,m,3'],
  [1, (a, b) => `sum([${a}, ${b}].^2)`, 'n,m', 'n'],
  [1, (a, b) => `sum(tanh([${a}; ${b}]))`, 'n,m', 'n,m'],
  [1, (a, b) => `sum([${a}, ${b}; ${b}, ${a}]*[1; 2])`, '', ''],
  [1, (a, b) => `det([${a}, ${b}; ${b}, 3])`, '', ''],
  [1, (a, b) => `sum(kron(${a}, ${b}).^2)`, '2,3', '3'],
  [1, (a, b) => `sum(tanh(kron(${a}, ${b})))`, 'n', '2,3'],
  [1, (a, b, c) => `kron(${a}, ${b})'*vec(${c})`, 'n', 'm', 'm,n'],
  [1, (a, b) => `vec(${a})'*vec(${b})`, 'n,m', 'n,m'],
  [1, (a, b) => `norm(concat(${a}, ${b}))`, 'n', '3'],
  [2, () => 'sum[i=1:n-1](u[i]*v[i+1])'],
  [2, (a) => `sum[i=1:n-1, l=1:2](u[i+l-1]*c[l]*(${a}))`, ''],
  [1, () => 'sum[i=1:n-1, j=1:m-1](A[i+1, j]*B[i, j+1])'],
  [1, () => 'sum[i](u[i]*v[n-i+1])'],
  [1, () => 'sum[i, j](where(i > j, S[i,j]*T[j,i], 0))'],
  [1, () => 'sum[i, j](where(i >= j, exp(S[i,j]), i*u[j]))'],
  [1, () => 'sum[i=1:n, l=1:3](where(i+l-2 >= 1 and i+l-2 <= n, u[i+l-2], 0)*d[l])'],
  [1, () => 'sum[i, k](max[j](K[i,j,k])*L[k,i])'],
  [1, () => 'sum[j](logsumexp[i, k](K[i,j,k])*p[j])'],
  [1, () => 'sum[i, j, k](softmax[j](K[i,j,k])*N[i,j,k])'],
  [1, () => 'sum[i, j](softmax[j](A[i,j])*B[i,j])'],
  [1, () => 'prod[i](1 + tanh(u[i]*v[i]))'],
  [1, () => 'mean[i, j](A[i,j]*u[i])'],
  [1, () => 'sum[i](var[j](A[i,j])*u[i])'],
  [1, () => 'sum[b, i, j, k](Q[b,i,j,k]*R[b,i,j,k]*u[i])'],
  [1, () => 'sum[b, i, j](max[k](Q[b,i,j,k])*v[i])'],
  [1, () => 'sum[b, i](norm[j, k](Q[b,i,j,k]))'],
  [2, (a, b) => `(${a})'*(${b})`, 'n', 'n'],
  [2, (a) => `tr(${a})`, 'n,n'],
  [1, (a, b) => `tr((${a})*(${b}))`, 'n,m', 'm,n'],
  [2, (a, b, c) => `(${a})'*(${b})*(${c})`, 'n', 'n,m', 'm'],
  [2, () => 'sum[i](u[i]*v[i])'],
  [2, () => 'sum[i, j](A[i,j]*B[i,j]*u[i])'],
  [2, () => 'sum[i, j, k](K[i,j,k]*u[i]*p[j]*c[k])'],
  [1, () => 'sum[i, j](S[i,j]*T[j,i]*S[i,i])'],
];

export const SPECIFIC: Readonly<Record<ShapeName, readonly Template[]>> = {
  '': REDUCTIONS,
  n: [
    [3, (a, b) => `(${a})*(${b})`, 'n,m', 'm'],
    [2, (a, b) => `(${a})'*(${b})`, 'm,n', 'm'],
    [2, (a) => `sum(${a}, cols)`, 'n,m'],
    [2, (a) => `diag(${a})`, 'n,n'],
    [1, (a) => `(${a})'`, '1,n'],
    [1, (a) => `mean(${a}, cols)`, 'n,n'],
    [2, (a) => `softmax(${a})`, 'n'],
    [1, (a) => `log_softmax(${a})`, 'n'],
    [1, (a) => `max(${a}, cols)`, 'n,m'],
    [1, (a) => `logsumexp(${a}, cols)`, 'n,m'],
    [0.5, (a) => `prod(1 + 0.5*${bounded(a!)}, cols)`, 'n,m'],
    [0.5, (a) => `norm(${a}, cols)`, 'n,m'],
    [1, (a) => `(${a})[:, 2]`, 'n,m'],
    [1, (a) => `(${a})[2]`, 'm,n'],
    [1, (a) => `(${a})[1, :]`, '3,n'],
    [1, (a, b) => `${definite(a!)} \\ (${b})`, 'n,n', 'n'],
    [1, (a) => `vec(${a})`, '1,n'],
    [1, (a, b) => `[${a}; (${b})[2:n]]`, '', 'n'],
    [1, (a) => `reshape(${a}, n)`, '1,n'],
  ],
  m: [
    [3, (a, b) => `(${a})*(${b})`, 'm,n', 'n'],
    [2, (a, b) => `(${a})'*(${b})`, 'n,m', 'n'],
  ],
  3: [
    [3, (a, b) => `(${a})*(${b})`, '3,n', 'n'],
    [2, (a) => `sum(${a}, rows)'`, '2,3'],
    [2, (a, b) => `[${a}; ${b}; 1]`, '', ''],
    [1, (a, b) => `[${a}, ${b}, x]`, '', ''],
    [1, (a, b) => `concat((${a})[2:3], (${b})[1:1])`, '3', '3'],
    [1, (a) => `softmax(${a})`, '3'],
    [1, (a) => `(${a})[1, 2, :]`, 'n,m,3'],
    [1, (a) => `logsumexp(${a}, cols)`, '3,n'],
  ],
  'n,m': [
    [3, (a, b) => `(${a})*(${b})`, 'n,n', 'n,m'],
    [2, (a) => `(${a})'`, 'm,n'],
    [2, (a, b) => `outer(${a}, ${b})`, 'n', 'm'],
    [2, (a, b) => `${a} + ${b}`, 'n,m', 'n'],
    [1, (a, b) => `(${a}).*(${b})`, 'n,m', 'n'],
    [1, (a) => `softmax(${a}, rows)`, 'n,m'],
    [1, (a) => `softmax(${a}, cols)`, 'n,m'],
    [1, (a) => `log_softmax(${a}, cols)`, 'n,m'],
    [1, (a, b) => `${definite(a!)} \\ (${b})`, 'n,n', 'n,m'],
    [1, (a) => `(${a})[:, :, 2]`, 'n,m,3'],
    [1, (a) => `reshape(vec(${a}), n, m)`, 'm,n'],
    [1, (a) => `reshape(vec(${a}), n, m)`, 'n,m'],
  ],
  'm,n': [
    [2, (a) => `(${a})'`, 'n,m'],
    [2, (a, b) => `(${a})*(${b})`, 'm', '1,n'],
    [2, (a, b) => `${a} + ${b}`, 'm,n', '1,n'],
  ],
  'n,n': [
    [3, (a, b) => `(${a})*(${b})`, 'n,m', 'm,n'],
    [2, (a) => `(${a})^2`, 'n,n'],
    [2, (a) => `diag(${a})`, 'n'],
    [1, () => 'eye(n)'],
    [2, (a) => `(${a})'`, 'n,n'],
    [1, (a, b) => `(${a})*(${b})'`, 'n', 'n'],
    [1, (a) => `inv(${definite(a!)})`, 'n,n'],
    [0.5, (a) => `cholesky(${definite(a!)})`, 'n,m'],
  ],
  '2,3': [
    [1, () => '[1, 2, 3; 0.5, -1, 2]'],
    [1, (a, b) => `[${a}, ${b}, 2; x, 1, ${a}]`, '', ''],
    [1, (a) => `[(${a})'; c']`, '3'],
    [1, (a) => `reshape(reshape(${a}, 6), 2, 3)`, '2,3'],
    [1, (a) => `reshape(${a}, 3, 2)'`, '2,3'],
    [1, (a) => `(${a})[2, 1]`, '2,n,2,3'],
    [1, (a) => `kron([${a}; x], c')`, ''],
  ],
  '3,n': [
    [1, (a, b) => `outer(${a}, ${b})`, '3', 'n'],
    [1, (a, b) => `[(${a})'; (${b})'; r]`, 'n', 'n'],
  ],
  '1,n': [
    [2, (a) => `(${a})'`, 'n'],
    [2, (a) => `sum(${a}, rows)`, 'm,n'],
    [1, (a) => `max(${a}, rows)`, 'm,n'],
    [1, (a) => `softmax(${a}, cols)`, '1,n'],
    [1, (a) => `(${a})[2, :]'`, '3,n'],
  ],
  'n,m,3': [],
  '2,n,2,3': [],
};

/** Arrays that their entries define, by shape. */
export const BY_ENTRIES: Readonly<Partial<Record<ShapeName, readonly string[]>>> = {
  n: [
    'Z[i] = sum[j](A[i,j]*p[j])',
    'Z[i=1:n] = where(i > 1, u[i-1], 0) + i*u[i]',
    'Z[i] = max[j](A[i,j] + p[j])',
    'Z[i] = u[n-i+1]*v[i]',
    'Z[i] = softmax[i](u[i]*v[i])',
    'Z[i] = det(K[i, 1:2, 2:3])',
  ],
  'n,m': [
    'Z[i,j] = sum[k](K[i,j,k]*c[k])',
    'Z[i,j] = softmax[j](A[i,j]*u[i])',
    'Z[i,j] = where(i >= j, A[i,j], u[i]*p[j])',
    'Z[i] = K[i, :, 2]',
    'Z[i,j] = prod[k](1 + tanh(K[i,j,k]))',
  ],
  'n,n': [
    'Z[i,j] = where(i >= j, S[i,j], 0)',
    'Z[i,j] = u[i]*v[j] + S[j,i]',
    'Z[i,j] = norm[k](S[i,k] - T[j,k] + 2)',
    'Z[i,j=1:n] = where(i == j, u[i], 0)',
  ],
  'n,m,3': [
    'Z[i,j,k] = K[i,j,k]*u[i]*c[k]',
    'Z[i,j,k=1:3] = exp(A[i,j]*d[k])',
    'Z[i,j,k] = softmax[i,k](N[i,j,k])',
    'Z[i,j,l=1:3] = sum[b, k](Q[b,i,1,k]*N[i,j,k])*d[l]',
  ],
  '2,n,2,3': [
    'Z[b,i,j,k] = tanh(Q[b,i,j,k])*R[b,i,j,k]',
    'Z[b=1:2,i,j,k=1:3] = Q[3-b,i,j,4-k]',
    'Z[a=1:2,i,b=1:2,k=1:3] = u[i]*G[a,k]*H[b,k]',
  ],
};

/** More notation than arithmetic: indices as numbers, entries, blocks, comparisons of comparisons, rows of length 1. */
export const WIDER: Readonly<Partial<Record<ShapeName, readonly Template[]>>> = {
  '': [
    [1, (a) => `sum[i=1:3](i*(${a})^2 + i)`, ''],
    [1, (a) => `prod[i=1:2](i + ${a})`, ''],
    [1, (a) => `max[i=1:3](i*(${a}) - i^2)`, ''],
    [1, (a) => `sum[i=1:3](where(i == 2, ${a}, i*c[i]))`, ''],
    [1, (a) => `sum[i=1:n](i*(${a})[i]^2)`, 'n'],
    [1, (a) => `sum[i=1:n-1](i*(${a})[i+1])`, 'n'],
    [1, (a) => `sum[i=1:n, j=1:m](i*(${a})[i,j] - j)`, 'n,m'],
    [1, (a) => `(${a})[n]*n`, 'n'],
    [1, (a, b) => `((${a} > ${b}) == (${b} > 0) ? ${a} : 2)`, '', ''],
    [1, (a, b) => `(${a} > 0 ? ${b} : 2)^2`, '', ''],
    [1, (a, b) => `sum([[${a}, ${b}], [${b}, ${a}]])`, '', ''],
    [1, (a, b) => `[${a}; ${b}; 2][2]`, '', ''],
    [1, (a, b) => `sum(kron(${a}, ${b}))`, '3', 'n'],
    [1, (a) => `sum(${a})^2/n`, 'n'],
    [1, (a) => `tr(diag(${a}))`, 'n'],
  ],
  n: [
    [1, (a) => `(${a})*(0 - n)`, 'n'],
    [1, (a, b) => `(${a})*(${b})[2:2, :]'`, '', '3,n'],
    [1, (a) => `diag(outer(${a}, u))`, 'n'],
  ],
  3: [
    [1, (a) => `kron([1; 2; 3], ${a})`, ''],
    [1, (a) => `(${a})[1:3]`, '3'],
  ],
  '1,n': [[1, (a) => `(${a})[2:2, :]`, '3,n']],
  'n,n': [[1, (a, b) => `diag(${a}) + outer(${a}, ${b})`, 'n', 'n']],
};

/** Definitions of more lines, of numbers and by recurrences. */
export const WIDER_ENTRIES: Readonly<Partial<Record<ShapeName, readonly string[]>>> = {
  n: [
    'Z[i=1:n] = i',
    'Z[i=1:n] = i*x^2 - n',
    'Z[i=1:n] = i > 2',
    'Z[0] = x\nZ[t=1:n] = tanh(Z[t-1]*u[t] + y)',
    'Z[0] = 1\nZ[t=1:n] = Z[t-1]*exp(x)/t + mean(v)',
    'Z[0] = x\nZ[t=1:n] = where(u[t] > 0, Z[t-1], v[t])',
  ],
  'n,m': [
    'Z[i=1:n, j=1:m] = i*j*x',
    'Z[i,j] = i - A[i,j]*j',
    'Z[0] = p\nZ[t=1:n] = sin(A[t] + Z[t-1])',
    'Z[0] = q\nZ[t=1:n] = tanh(D*u + C*v*x) + u[t]*Z[t-1]',
  ],
  'n,n': ['Z[i=1:n, j=1:n] = i == j + 1', 'Z[i=1:n, j=1:n] = x^i*S[j,i]', 'Z[i=1:n, j=1:n] = i - j'],
  3: ['Z[i=1:3] = i*x', 'Z[i=1:3] = i == 2', 'Z[0] = x\nZ[t=1:3] = Z[t-1]*t*y', 'Z[0] = 1\nZ[t=1:3] = x*Z[t-1]'],
  '2,3': ['Z[i=1:2, j=1:3] = i + j*x', 'Z[i=1:2, j=1:3] = G[i,j]*(i == j)'],
};
