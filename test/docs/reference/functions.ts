/** What the reference page shows of each function, grouped by kind. A test holds it against the list of functions. */

export type Values = Readonly<Record<string, number | readonly number[] | readonly (readonly number[])[]>>;

export interface Entry {
  /** A call as one writes it; its names stand in `at`. */
  readonly call: string;
  /** The point of the example, away from kinks. */
  readonly at: Values;
  /** Where it and its derivative have values, if the derivation itself does not say so: a condition of the language. */
  readonly where?: string;
}

export interface Group {
  readonly title: string;
  readonly words?: string;
  readonly entries: Readonly<Record<string, Entry>>;
}

type Entries = Record<string, Entry>;

/** Functions of one number, at a point. */
const unary = (x: number, names: string, where?: string): Entries =>
  Object.fromEntries(names.split(' ').map((name) => [name, { call: `${name}(x)`, at: { x }, ...(where && { where }) }]));

const entry = (call: string, at: Values, where?: string): Entry => ({ call, at, ...(where && { where }) });

/** A condition, between the names that an entry has. */
const NO_POLE = 'x > 0 or x != round(x)';

const ELLIPTIC = 'm*sin(phi)^2 < 1 and (m < 1 or abs(phi) < pi/2)';

const x = [1, 3, 2];
const A = [
  [2, 1],
  [1, 3],
];
const B = [
  [1, 0],
  [2, 1],
];
const wide = [
  [1, 4, 2],
  [3, 0, 5],
];
const labels = { p: [0.25, 0.75], y: [0, 1] };

/** A function of an array, of each of its columns or rows too. */
const over = (names: string): Entries => Object.fromEntries(names.split(' ').map((name) => [name, entry(`${name}(x)`, { x })]));

export const groups: readonly Group[] = [
  {
    title: 'Operators',
    entries: {
      '+': entry('a + b', { a: 2, b: 3 }),
      '-': entry('a - b', { a: 2, b: 3 }),
      '*': entry('A*x', { A, x: [1, 2] }),
      '.*': entry('x.*y', { x, y: [2, 0, 1] }),
      '/': entry('x/a', { x, a: 2 }),
      './': entry('x./y', { x, y: [2, 4, 1] }),
      '^': entry('A^2', { A }),
      '.^': entry('x.^2', { x }),
      pow: entry('pow(x, p)', { x: 2, p: 3 }, 'x > 0 or p == round(p) and (x < 0 or p >= 1)'),
      transpose: entry("A'", { A: wide }),
      solve: entry('A \\ b', { A, b: [3, 4] }),
      kron: entry("kron(x, y')", { x: [1, 2], y: [3, 4] }),
    },
  },
  {
    title: 'Powers, exponentials, logarithms',
    entries: {
      ...unary(2, 'sqrt', 'x > 0'),
      ...unary(2, 'square cube'),
      ...unary(8, 'cbrt', 'x != 0'),
      nthRoot: entry('nthRoot(x, 4)', { x: 16 }, 'x > 0'),
      ...unary(1, 'exp exp2 expm1'),
      log: entry('log(x)', { x: 2 }),
      ...unary(2, 'log2 log10 log1p'),
      xlogy: entry('xlogy(x, y)', { x: 2, y: 3 }),
      xlog1py: entry('xlog1py(x, y)', { x: 2, y: 3 }),
      ...unary(0.5, 'entropy'),
    },
  },
  {
    title: 'Trigonometric functions',
    words: 'Angles are in radians.',
    entries: {
      ...unary(0.5, 'sin cos'),
      ...unary(0.5, 'tan sec', 'cos(x) != 0'),
      ...unary(0.5, 'csc cot', 'sin(x) != 0'),
      ...unary(0.5, 'asin acos atan'),
      ...unary(2, 'asec acsc', 'abs(x) > 1'),
      ...unary(2, 'acot', 'x != 0'),
      atan2: entry('atan2(y, x)', { y: 3, x: 4 }, 'y != 0 or x > 0'),
      ...unary(2, 'sinc'),
    },
  },
  {
    title: 'Hyperbolic functions',
    entries: {
      ...unary(0.5, 'sinh cosh tanh sech'),
      ...unary(0.5, 'csch coth', 'x != 0'),
      ...unary(0.5, 'asinh'),
      ...unary(2, 'acosh'),
      ...unary(0.5, 'atanh'),
      ...unary(0.5, 'asech', 'x > 0 and x < 1'),
      ...unary(0.5, 'acsch', 'x != 0'),
      ...unary(2, 'acoth', 'abs(x) > 1'),
    },
  },
  {
    title: 'Kinks, jumps and choices',
    words: 'At a kink the derivative is the slope of least size, which is 0 where the kink allows it.',
    entries: {
      ...unary(-2, 'abs sign step'),
      ...unary(2.25, 'floor ceil round trunc'),
      clip: entry('clip(x, 0, 1)', { x: 0.5 }),
      mod: entry('mod(x, y)', { x: 7.5, y: 2 }, 'y != 0 and x/y != floor(x/y)'),
      where: entry('where(x > 0, x^2, -x)', { x: 3 }),
      '<': entry('a < b', { a: 1, b: 2 }),
      '<=': entry('a <= b', { a: 1, b: 2 }),
      '>': entry('a > b', { a: 1, b: 2 }),
      '>=': entry('a >= b', { a: 1, b: 2 }),
      '==': entry('a == b', { a: 1, b: 2 }),
      '!=': entry('a != b', { a: 1, b: 2 }),
      and: entry('a > 0 and b > 0', { a: 1, b: -1 }),
      or: entry('a > 0 or b > 0', { a: 1, b: -1 }),
      not: entry('not a > 0', { a: 1 }),
      stop_gradient: entry('x*stop_gradient(x)', { x: 3 }),
    },
  },
  {
    title: 'Activations',
    entries: {
      ...unary(0.5, 'sigmoid'),
      ...unary(0.25, 'logit'),
      ...unary(0.5, 'logsigmoid softplus softsign relu'),
      ...unary(-0.5, 'leaky_relu elu'),
      ...unary(0.5, 'gelu silu mish'),
      ...unary(-0.5, 'selu'),
      ...unary(0.5, 'hardtanh hardsigmoid relu6'),
    },
  },
  {
    title: 'Special functions',
    words: 'An order `n` is written out as a whole number. Elliptic integrals take the parameter m = k².',
    entries: {
      ...unary(0.5, 'erf erfc erfcx erfi erfinv dawson'),
      ...unary(2.5, 'gamma lgamma digamma trigamma', NO_POLE),
      polygamma: entry('polygamma(2, x)', { x: 2.5 }, NO_POLE),
      factorial: entry('factorial(x)', { x: 2.5 }),
      beta: entry(
        'beta(x, y)',
        { x: 2, y: 3 },
        '(x > 0 or x != round(x)) and (y > 0 or y != round(y)) and (x+y > 0 or x+y != round(x+y))',
      ),
      uppergamma: entry('uppergamma(2.5, x)', { x: 1.5 }, 'x > 0'),
      ...unary(0.5, 'Ei', 'x != 0'),
      ...unary(2, 'li', 'x > 0 and x != 1'),
      ...unary(0.5, 'Si Shi', 'x != 0'),
      ...unary(0.5, 'Ci Chi', 'x > 0'),
      ...unary(0.5, 'fresnels fresnelc'),
      ...unary(0.5, 'lambertw', 'x > -exp(-1)'),
      polylog: entry('polylog(2, x)', { x: 0.5 }, 'x < 1 and x != 0'),
      besselj: entry('besselj(1, x)', { x: 1.5 }),
      bessely: entry('bessely(1, x)', { x: 1.5 }, 'x > 0'),
      besseli: entry('besseli(1, x)', { x: 1.5 }),
      besselk: entry('besselk(1, x)', { x: 1.5 }, 'x > 0'),
      elliptic_f: entry('elliptic_f(phi, m)', { phi: 0.5, m: 0.25 }, ELLIPTIC),
      elliptic_e: entry('elliptic_e(phi, m)', { phi: 0.5, m: 0.25 }, ELLIPTIC),
      elliptic_k: entry('elliptic_k(m)', { m: 0.25 }),
    },
  },
  {
    title: 'Sums and their kin',
    words:
      'Each of these takes a whole array, or with a last argument `rows`, `cols` or the name of a length one axis: `sum(X)`, `sum(X, rows)`, `sum(X, m)`. With indices it is written `sum[k](A[i,k]*B[k,j])`.',
    entries: {
      ...over('sum mean prod max min var std'),
      norm: entry('norm(x)', { x: [3, 4] }),
      ...over('norm1 logsumexp softmax log_softmax cumsum reverse_cumsum sort'),
      permutation: entry('permutation(x)', { x }),
      hypot: entry('hypot(x, y)', { x: 3, y: 4 }, 'x != 0 or y != 0'),
    },
  },
  {
    title: 'Matrices',
    entries: {
      dot: entry('dot(x, y)', { x, y: [2, 0, 1] }),
      outer: entry('outer(x, y)', { x: [1, 2], y: [3, 4] }),
      tr: entry('tr(A)', { A }),
      det: entry('det(A)', { A }),
      logdet: entry('logdet(A)', { A }),
      inv: entry('inv(A)', { A }),
      cofactor: entry('cofactor(A)', { A }),
      cholesky: entry('cholesky(A)', { A }),
      diag: entry('diag(x)', { x: [1, 2] }),
      triu: entry('triu(A)', { A }),
      tril: entry('tril(A)', { A }),
    },
  },
  {
    title: 'Making and shaping arrays',
    entries: {
      eye: entry('eye(2)', {}),
      ones: entry('ones(2, 2)', {}),
      zeros: entry('zeros(2, 2)', {}),
      vector: entry('vector(a, b)', { a: 1, b: 2 }),
      matrix: entry('matrix([[1, 2], [3, 4]])', {}),
      vec: entry('vec(A)', { A: B }),
      reshape: entry('reshape(x, 2, 2)', { x: [1, 2, 3, 4] }),
      concat: entry('concat(A, B)', { A, B }),
    },
  },
  {
    title: 'Losses',
    words: 'The prediction comes first, the target second; means are over all entries. A probability of 0 makes its term 0.',
    entries: {
      mse: entry('mse(a, y)', { a: [1, 2], y: [0, 4] }),
      mae: entry('mae(a, y)', { a: [1, 2], y: [0, 4] }),
      huber: entry('huber(a, y)', { a: [0.5, 2], y: [0, 4] }),
      bce: entry('bce(p, y)', labels),
      cross_entropy: entry('cross_entropy(p, y)', labels),
      hinge: entry('hinge(s, y)', { s: [0.5, 2], y: [1, -1] }),
      kl: entry('kl(p, q)', { p: [0.25, 0.75], q: [0.5, 0.5] }),
    },
  },
];
