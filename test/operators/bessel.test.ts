import { describe, expect, it } from 'vitest';
import { check, compile, derive, GradusError, simplify } from '../../src/index.ts';
import { besselI, besselJ, besselK, besselY } from '../../src/operators/kernels/bessel.ts';
import { expectSound, type Shapes } from '../support/sound.ts';

// mpmath: besseljzero(n, k), besselyzero(n, k).
const ZEROS: readonly (readonly [(n: number, x: number) => number, number, readonly number[]])[] = [
  [besselJ, 0, [2.404825557695773, 5.520078110286311, 30.634606468431976, 124.87930891323295]],
  [besselJ, 1, [3.8317059702075125, 7.015586669815619, 32.189679910974405, 126.44613869851659]],
  [besselJ, 5, [8.771483815959954, 12.338604197466944, 38.15986856196713, 132.63898296505096]],
  [besselY, 0, [0.8935769662791675, 3.957678419314858, 29.064030252728397, 123.3085253361014]],
  [besselY, 1, [2.197141326031017, 5.429681040794135, 30.618286491641115, 124.87530506876725]],
  [besselY, 5, [6.747183824871022, 10.597176726782031, 36.574972486670966, 131.06706738917484]],
];

describe('the kernels', () => {
  it.each(ZEROS)('%s of order %d vanishes where it should', (f, n, zeros) => {
    // A zero is a double up to half a unit, and the waves are as high as √(2/πx).
    for (const x of zeros) expect(Math.abs(f(n, x))).toBeLessThan(2 * Number.EPSILON * x * Math.sqrt(2 / (Math.PI * x)) + 1e-16);
  });

  it('obey the Wronskians', () => {
    for (const x of [1e-5, 0.3, 1.4, 1.6, 7, 19.9, 20.1, 39, 41, 300]) {
      for (const n of [0, 1, 4, 17]) {
        const first = besselJ(n + 1, x) * besselY(n, x) - besselJ(n, x) * besselY(n + 1, x);
        const second = besselI(n, x) * besselK(n + 1, x) + besselI(n + 1, x) * besselK(n, x);
        expect((first * Math.PI * x) / 2).toBeCloseTo(1, 12);
        expect(second * x).toBeCloseTo(1, 13);
      }
    }
  });

  it('have their limits, and nothing left of 0 where they have a pole', () => {
    expect([besselJ(0, 0), besselJ(3, 0), besselI(0, 0), besselI(2, 0)]).toEqual([1, 0, 1, 0]);
    expect([besselY(0, 0), besselK(2, 0), besselY(1, -1), besselK(1, -1)]).toEqual([
      Number.NEGATIVE_INFINITY,
      Number.POSITIVE_INFINITY,
      Number.NaN,
      Number.NaN,
    ]);
    const far = Number.POSITIVE_INFINITY;
    expect([besselJ(1, far), besselY(1, far), besselI(1, far), besselK(1, far)]).toEqual([0, 0, far, 0]);
    expect(besselI(900, 800)).toBeGreaterThan(0);
    expect(besselK(900, 800)).toBeGreaterThan(0);
  });

  it('need a whole order that can be walked to', () => {
    for (const f of [besselJ, besselY, besselI, besselK]) expect([f(0.5, 1), f(1e300, 1)]).toEqual([Number.NaN, Number.NaN]);
  });
});

describe('derivatives', () => {
  // mpmath: diff(lambda t: besselj(n, t), x, order).
  it.each([
    ['besselj(0, x)', 3, 0.3186704790884271],
    ['bessely(2, x)', 2, -0.04311382121704219],
    ['besseli(1, x)', 2, 2.006129786161033],
    ['besselk(3, x)', 3, -1.7943858457091999],
  ])('%s, order %d', (source, order, expected) => {
    const found = derive(source, 'x', { order }).compile().gradient({ x: 2.5 }).x as number;
    expect(Math.abs(found / expected - 1)).toBeLessThan(1e-14);
  });

  it.each<[string, string, Shapes]>([
    ...['besselj', 'bessely', 'besseli', 'besselk'].flatMap((f) =>
      [-2, 0, 1, 3].map((n): [string, string, Shapes] => [`${f}(${n}, x)*x`, 'x', {}]),
    ),
    ['sum(besselj(0, A*x))', 'x', { A: ['m', 'n'], x: ['n'] }],
    ['besselk(1, x)', 'x', { x: ['n'] }],
  ])('%s by %s', (source, wrt, shapes) => expectSound(source, wrt, shapes));

  it.each([
    ['besselj(2, x)', 'besselj(1, x) - 2/x*besselj(2, x)', true],
    ['besselj(2, x)', '2/x*besselj(2, x) - besselj(3, x)', true],
    ['besselj(2, x)', '2/x*besselj(2, x) + besselj(3, x)', false],
    ['bessely(1, x)', 'bessely(0, x) - bessely(1, x)/x', true],
    ['besseli(3, x)', 'besseli(4, x) + 3/x*besseli(3, x)', true],
    ['besseli(3, x)', 'besseli(4, x) - 3/x*besseli(3, x)', false],
    ['besselk(0, x)', '-besselk(1, x)', true],
    ['besselk(0, x)', 'besselk(1, x)', false],
    // As wrong with another family by order.
    ['polygamma(2, x)', 'polygamma(4, x)', false],
  ])('∂ %s is %s: %s', async (source, claim, ok) => {
    expect((await check(source, { claim: { x: claim } })).claims.x!.ok).toBe(ok);
  });

  it('and their recurrences are judged exactly', async () => {
    const { claims } = await check('x*besselj(2, x)', { claim: { x: 'x*besselj(1, x) - besselj(2, x)' } });
    expect(claims.x).toMatchObject({ ok: true, verdict: { by: 'field' } });
  });
});

describe('forms', () => {
  it.each([
    ['besselj(0, 0) + besselj(3, 0)', '1'],
    ['besselj(3, -x) + besselj(-3, x)', '-2*besselj(3, x)'],
    ['besseli(-3, x) + besseli(2, -x)', 'besseli(3, x) + besseli(2, x)'],
    ['bessely(-2, x) + bessely(-1, x)', 'bessely(2, x) - bessely(1, x)'],
    ['besselk(-1, x)', 'besselk(1, x)'],
  ])('%s is %s', (source, expected) => {
    expect(simplify(source).toString()).toBe(expected);
  });

  it('LaTeX has letters for them', () => {
    expect(simplify('besselj(0, x) + bessely(1, x) + besseli(2, x) + besselk(3, x)').toLatex()).toBe(
      'J_{0}\\left(x\\right) + Y_{1}\\left(x\\right) + I_{2}\\left(x\\right) + K_{3}\\left(x\\right)',
    );
  });

  it('say where they have values', () => {
    expect(derive('besselk(0, x)', 'x').domain()).toEqual(['besselk(0, x) needs x > 0']);
    expect(derive('besselj(0, x)', 'x').domain()).toEqual([]);
  });

  it('run in closures too', () => {
    expect(compile('besselj(2, x)', { backend: 'closure' })({ x: 3 })).toBe(compile('besselj(2, x)')({ x: 3 }));
  });

  it.each(['besselj(n, x)', 'besselj(1/2, x)'])('%s: the order is an integer', (source) => {
    expect(() => derive(source, 'x')).toThrow(GradusError);
    expect(() => derive(source, 'x')).toThrow('besselj needs an integer as argument 1');
  });
});
