/** What other systems have got wrong at one time or another: a derivative, and what is right. */
export interface Case {
  /** Where it was seen. */
  readonly system: string;
  /** What came there instead. */
  readonly gave: string;
  /** The number in its public tracker. */
  readonly issue?: number;
  readonly f: string;
  readonly by: string;
  readonly shapes?: Record<string, number[]>;
  /** The derivative as a person writes it. */
  readonly is?: string;
  /** The number or array that it is at a point. */
  readonly at?: { readonly point: Record<string, number | number[]>; readonly is: number | number[] | number[][] };
  readonly second?: true;
  /** The closed form is no longer than this. */
  readonly length?: number;
}

const square = (name: string, n = 3) => ({ [name]: [n, n] });
const layer = { W: [3, 2], v: [2], y: [3] };

export const cases: readonly (readonly [string, Case])[] = [
  [
    'ridge regression by a trace',
    {
      system: 'SymPy 1.14',
      gave: '0',
      f: "tr((W*v-y)'*(W*v-y)) + tr(W'*W)",
      by: 'W',
      shapes: layer,
      is: "2*(W*v-y)*v' + 2*W",
      length: 20,
    },
  ],
  [
    'a trace and a number',
    { system: 'SymPy 1.14', gave: '0', f: 'tr(A)+1', by: 'A', shapes: square('A'), is: 'eye(3)', length: 6 },
  ],
  [
    'a trace and one of a square',
    { system: 'SymPy 1.14', gave: '0', f: 'tr(A)+tr(A^2)', by: 'A', shapes: square('A'), is: "eye(3)+2*A'", length: 13 },
  ],
  [
    'matrix factorisation',
    {
      system: 'SymPy 1.14',
      gave: '0',
      f: 'norm(A-U*V)^2/2 + norm(U)^2/2',
      by: 'U',
      shapes: { A: [3, 4], U: [3, 2], V: [2, 4] },
      is: "-(A-U*V)*V' + U",
      length: 18,
    },
  ],
  ['one entry', { system: 'SymPy 1.14', gave: '0', f: 'M[1,1]', by: 'M', shapes: square('M', 2), is: '[1, 0; 0, 0]' }],
  [
    'the logarithm of a determinant',
    { system: 'SymPy 1.14', gave: '0', f: 'log(det(A))', by: 'A', shapes: square('A'), is: "inv(A)'", length: 10 },
  ],
  [
    'the exponential of a trace',
    { system: 'SymPy 1.14', gave: '0', f: 'exp(tr(A))', by: 'A', shapes: square('A'), is: 'exp(tr(A))*eye(3)', length: 20 },
  ],
  [
    'one over a trace',
    { system: 'SymPy 1.14', gave: '0', f: '1/tr(A)', by: 'A', shapes: square('A'), is: '-eye(3)/tr(A)^2', length: 20 },
  ],
  [
    'a determinant times a trace',
    {
      system: 'SymPy 1.14',
      gave: 'only the first of the two terms',
      f: 'det(A)*tr(A)',
      by: 'A',
      shapes: square('A'),
      is: "det(A)*eye(3) + tr(A)*det(A)*inv(A)'",
      length: 44,
    },
  ],
  [
    'a layer of tanh',
    {
      system: 'SymPy 1.14',
      gave: 'an error',
      f: 'norm(tanh(W*v)-y)^2',
      by: 'W',
      shapes: layer,
      is: "2*((tanh(W*v)-y).*(1-tanh(W*v).^2))*v'",
      length: 50,
    },
  ],
  [
    'acoth',
    { system: 'mathjs 15.2', gave: 'the derivative with the wrong sign', f: 'acoth(x)', by: 'x', is: '1/(1-x^2)', length: 11 },
  ],
  [
    'a tiny coefficient',
    { system: 'mathjs 15.2', gave: 'simplify drops coefficients of 1e-15 and less', f: '1e-16*x^2', by: 'x', is: '2e-16*x' },
  ],
  ['minus a minus', { system: 'mathjs, once', gave: '-2', f: '1 - -2*x', by: 'x', is: '2', length: 1 }],
  [
    'the root of a square',
    {
      system: 'mathjs 15.2',
      gave: 'simplify makes x of (x^2)^(1/2), which is wrong below 0',
      f: 'sqrt(x^2)',
      by: 'x',
      is: 'sign(x)',
      length: 7,
    },
  ],
  [
    'the power of a surd',
    { system: 'nerdamer 1.1', gave: 'a corrupt expression', f: '(sqrt(x)+x)^3', by: 'x', at: { point: { x: 4 }, is: 135 } },
  ],
  [
    'a factor that is a surd',
    { system: 'nerdamer 1.1', gave: 'sqrt(x^(1/2))', f: 'y*sqrt(x)', by: 'y', is: 'sqrt(x)', length: 7 },
  ],
  [
    'the angle of a point',
    { system: 'Algebrite', gave: '0: the second argument is dropped', f: 'atan2(y,x)', by: 'x', is: '-y/(x^2+y^2)', length: 16 },
  ],
  [
    'the norm of a pair',
    { system: 'Compute Engine 0.140', gave: 'left as it stands', f: 'norm([x;y])', by: 'x', is: 'x/sqrt(x^2+y^2)', length: 31 },
  ],
  [
    'a determinant of expressions',
    { system: 'Compute Engine 0.140', gave: 'left as it stands', f: 'det([[x,1],[1,x]])', by: 'x', is: '2*x' },
  ],
  [
    'softmax with cross entropy',
    {
      system: 'TensorFlow',
      gave: 'second derivatives of 0',
      issue: 7403,
      f: '-sum(y.*log_softmax(z))',
      by: 'z',
      second: true,
      shapes: { z: [2], y: [2] },
      at: {
        point: { z: [0.5, 0.5], y: [1, 0] },
        is: [
          [0.25, -0.25],
          [-0.25, 0.25],
        ],
      },
    },
  ],
  [
    'a product with zeros',
    {
      system: 'PyTorch',
      gave: '0 for the entry that is 6',
      issue: 106789,
      f: 'prod(x)',
      by: 'x',
      second: true,
      shapes: { x: [4] },
      at: {
        point: { x: [2, 3, 0, 0] },
        is: [
          [0, 0, 0, 0],
          [0, 0, 0, 0],
          [0, 0, 0, 6],
          [0, 0, 6, 0],
        ],
      },
    },
  ],
  ['softplus at 0', { system: 'JAX, once', gave: '0', issue: 2107, f: 'softplus(x)', by: 'x', at: { point: { x: 0 }, is: 0.5 } }],
  [
    'the square of a norm at 0',
    {
      system: 'JAX',
      gave: 'NaN',
      issue: 4177,
      f: 'norm(x)^2',
      by: 'x',
      shapes: { x: [3] },
      at: { point: { x: [0, 0, 0] }, is: [0, 0, 0] },
    },
  ],
  [
    'a branch not taken',
    { system: 'JAX', gave: 'NaN', issue: 5798, f: 'where(x<1, x, sqrt(x))', by: 'x', at: { point: { x: 0 }, is: 1 } },
  ],
  [
    'a saturated cross entropy',
    {
      system: 'Theano',
      gave: 'NaN',
      issue: 4086,
      f: '-(y*log(σ(a)) + (1-y)*log(1-σ(a)))',
      by: 'a',
      at: { point: { a: 30, y: 1 }, is: -9.357622968839299e-14 },
    },
  ],
  [
    'a saturated cross entropy of the other class',
    { system: 'TensorFlow.js 4.22', gave: 'NaN', f: '-log(1-σ(x))', by: 'x', at: { point: { x: 200 }, is: 1 } },
  ],
  [
    'an entropy',
    {
      system: 'Symbolics.jl',
      gave: 'zeros',
      issue: 498,
      f: 'sum(q.*log(q))',
      by: 'q',
      shapes: { q: [3] },
      is: '1+log(q)',
      length: 10,
    },
  ],
  [
    'the curvature of elu',
    {
      system: 'TensorFlow',
      gave: '0.3679, half of what it is',
      issue: 11091,
      f: '2*elu(-x)',
      by: 'x',
      second: true,
      at: { point: { x: 1 }, is: 0.7357588823428847 },
    },
  ],
  [
    'the logarithm of a size',
    { system: 'a tracker', gave: '1/|x| was expected, which is wrong below 0', f: 'log(abs(x))', by: 'x', is: '1/x', length: 3 },
  ],
];
