import { describe, expect, it, test } from 'vitest';
import { compile, derive, hessian } from '../src/index.ts';
import '../src/vitest.ts';

/** What other systems have got wrong at one time or another: a derivative, and what is right. */
interface Case {
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

const cases: readonly (readonly [string, Case])[] = [
  [
    'ridge regression by a trace',
    { f: "tr((W*v-y)'*(W*v-y)) + tr(W'*W)", by: 'W', shapes: layer, is: "2*(W*v-y)*v' + 2*W", length: 20 },
  ],
  ['a trace and a number', { f: 'tr(A)+1', by: 'A', shapes: square('A'), is: 'eye(3)', length: 6 }],
  ['a trace and one of a square', { f: 'tr(A)+tr(A^2)', by: 'A', shapes: square('A'), is: "eye(3)+2*A'", length: 13 }],
  [
    'matrix factorisation',
    {
      f: 'norm(A-U*V)^2/2 + norm(U)^2/2',
      by: 'U',
      shapes: { A: [3, 4], U: [3, 2], V: [2, 4] },
      is: "-(A-U*V)*V' + U",
      length: 18,
    },
  ],
  ['one entry', { f: 'M[1,1]', by: 'M', shapes: square('M', 2), is: '[1, 0; 0, 0]' }],
  ['the logarithm of a determinant', { f: 'log(det(A))', by: 'A', shapes: square('A'), is: "inv(A)'", length: 10 }],
  ['the exponential of a trace', { f: 'exp(tr(A))', by: 'A', shapes: square('A'), is: 'exp(tr(A))*eye(3)', length: 20 }],
  ['one over a trace', { f: '1/tr(A)', by: 'A', shapes: square('A'), is: '-eye(3)/tr(A)^2', length: 20 }],
  [
    'a determinant times a trace',
    { f: 'det(A)*tr(A)', by: 'A', shapes: square('A'), is: "det(A)*eye(3) + tr(A)*det(A)*inv(A)'", length: 44 },
  ],
  [
    'a layer of tanh',
    { f: 'norm(tanh(W*v)-y)^2', by: 'W', shapes: layer, is: "2*((tanh(W*v)-y).*(1-tanh(W*v).^2))*v'", length: 50 },
  ],
  ['acoth', { f: 'acoth(x)', by: 'x', is: '1/(1-x^2)', length: 11 }],
  ['a tiny coefficient', { f: '1e-16*x^2', by: 'x', is: '2e-16*x' }],
  ['minus a minus', { f: '1 - -2*x', by: 'x', is: '2', length: 1 }],
  ['the root of a square', { f: 'sqrt(x^2)', by: 'x', is: 'sign(x)', length: 7 }],
  ['the power of a surd', { f: '(sqrt(x)+x)^3', by: 'x', at: { point: { x: 4 }, is: 135 } }],
  ['a factor that is a surd', { f: 'y*sqrt(x)', by: 'y', is: 'sqrt(x)', length: 7 }],
  ['the angle of a point', { f: 'atan2(y,x)', by: 'x', is: '-y/(x^2+y^2)', length: 16 }],
  ['the norm of a pair', { f: 'norm([x;y])', by: 'x', is: 'x/sqrt(x^2+y^2)', length: 31 }],
  ['a determinant of expressions', { f: 'det([[x,1],[1,x]])', by: 'x', is: '2*x' }],
  [
    'softmax with cross entropy',
    {
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
  ['softplus at 0', { f: 'softplus(x)', by: 'x', at: { point: { x: 0 }, is: 0.5 } }],
  ['the square of a norm at 0', { f: 'norm(x)^2', by: 'x', shapes: { x: [3] }, at: { point: { x: [0, 0, 0] }, is: [0, 0, 0] } }],
  ['a branch not taken', { f: 'where(x<1, x, sqrt(x))', by: 'x', at: { point: { x: 0 }, is: 1 } }],
  [
    'a saturated cross entropy',
    { f: '-(y*log(σ(a)) + (1-y)*log(1-σ(a)))', by: 'a', at: { point: { a: 30, y: 1 }, is: -9.357622968839299e-14 } },
  ],
  ['a saturated cross entropy of the other class', { f: '-log(1-σ(x))', by: 'x', at: { point: { x: 200 }, is: 1 } }],
  ['an entropy', { f: 'sum(q.*log(q))', by: 'q', shapes: { q: [3] }, is: '1+log(q)', length: 10 }],
  ['the curvature of elu', { f: '2*elu(-x)', by: 'x', second: true, at: { point: { x: 1 }, is: 0.7357588823428847 } }],
  ['the logarithm of a size', { f: 'log(abs(x))', by: 'x', is: '1/x', length: 3 }],
];

const derivative = ({ f, by, shapes = {}, second }: Case) =>
  second ? hessian(f, by, { shapes }) : derive(f, by, { shapes }).partial;

const flat = (value: unknown): number[] =>
  typeof value === 'number' ? [value] : Array.isArray(value) ? value.flatMap(flat) : [...(value as { data: number[] }).data];

describe('where others have erred', () => {
  test.each(cases.filter(([, c]) => c.is))('%s', async (_, { f, by, shapes = {}, is }) => {
    await expect(is!).toBeDerivativeOf(f, by, { shapes });
    await expect(f).toHaveCorrectGradients({ wrt: by, shapes });
  });

  test.each(cases.filter(([, c]) => c.at))('%s, at a point', (_, c) => {
    const text = derivative(c).toString();
    const found = flat(compile(text, { shapes: c.shapes ?? {} })(c.at!.point as never));
    const own = c.second
      ? undefined
      : flat(
          derive(c.f, c.by, { shapes: c.shapes ?? {} })
            .compile()
            .gradient(c.at!.point as never)[c.by],
        );
    const wanted = flat(c.at!.is);
    for (const values of own ? [found, own] : [found]) {
      expect(values).toHaveLength(wanted.length);
      for (const [k, x] of wanted.entries()) {
        expect(Math.abs(values[k]! - x), `${text}: entry ${k} is ${values[k]}`).toBeLessThanOrEqual(1e-14 * Math.abs(x));
      }
    }
  });

  it.each(cases.filter(([, c]) => c.length))('%s prints short', (_, c) => {
    expect(derivative(c).toString()).toSatisfy((text: string) => text.length <= c.length!);
  });
});
