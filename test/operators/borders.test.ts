import { beforeAll, describe, expect, it } from 'vitest';
import { compile, derive, type Inputs } from '../../src/index.ts';
import { powerDifference } from '../../src/operators/differences.ts';
import { operatorNamed } from '../../src/operators/index.ts';
import { type BigNumbers, bigNumbers } from '../../src/verify/big-numbers.ts';

let numbers: BigNumbers;
beforeAll(async () => {
  numbers = await bigNumbers();
});

describe('round takes halves to the even side in every arithmetic', () => {
  const round = operatorNamed.get('round')!;
  it.each([
    [2.5, 2],
    [-2.5, -2],
    [3.5, 4],
    [-3.5, -4],
    [0.5, 0],
    [1.5, 2],
    [2.4, 2],
    [-2.6, -3],
    [0.49999999999999994, 0],
    [2251799813685246.5, 2251799813685246],
    [1e300, 1e300],
  ])('round(%s) = %s', (x, expected) => {
    for (const backend of ['js', 'closure'] as const) expect(compile('round(x)', { backend })({ x })).toBeCloseTo(expected, 12);
    expect(numbers.arithmetic.apply(round, [numbers.from(x)]).toNumber()).toBeCloseTo(expected, 12);
  });
});

const gradient = (source: string, wrt: string, at: Inputs): unknown => {
  const shapes = Object.fromEntries(Object.entries(at).flatMap(([k, v]) => (Array.isArray(v) ? [[k, [v.length]]] : [])));
  const found = derive(source, wrt, { shapes }).compile().gradient(at)[wrt]!;
  return typeof found === 'number' ? found : found.toArray();
};

const close = (found: number, truth: number): void => expect(Math.abs(found / truth - 1)).toBeLessThan(1e-15 * 4);

describe('what is divided by a length does not overflow with its powers', () => {
  it('the angle of large coordinates', () => {
    close(gradient('atan2(y, x)', 'x', { x: 1e200, y: 1e200 }) as number, -5e-201);
    close(gradient('atan2(y, x)', 'y', { x: 1e200, y: 1e200 }) as number, 5e-201);
    close(gradient('atan2(y, x)', 'x', { x: 3e-200, y: 4e-200 }) as number, -1.6e199);
  });

  it('the Jacobian of a direction has both of its terms', () => {
    const found = gradient('x/norm(x)', 'x', { x: [3e200, 4e200] }) as number[][];
    close(found[0]![0]!, 1.28e-201);
    close(found[0]![1]!, -9.6e-202);
    close(found[1]![0]!, -9.6e-202);
    close(found[1]![1]!, 7.2e-202);
  });

  it('inverse lengths and quotients by sums of squares', () => {
    close((gradient('1/norm(x)', 'x', { x: [3e150, 4e150] }) as number[])[0]!, -2.4e-302);
    close(gradient('x/(x^2 + y^2)', 'y', { x: 1e100, y: 1e100 }) as number, -5e-201);
    close(gradient('log(x^2 + y^2)', 'x', { x: 3e160, y: 4e160 }) as number, 2.4e-161);
  });
});

describe('a term whose factor is exactly 0 is 0', () => {
  it.each<[string, string, Inputs, number]>([
    ['x^y', 'y', { x: 0, y: 2 }, 0],
    ['x^y', 'y', { x: 0, y: 0.5 }, 0],
    ['x^y', 'y', { x: 0, y: 0 }, 0],
    ['x^y', 'x', { x: 0, y: 0 }, 0],
    ['x^y', 'x', { x: 0, y: 1 }, 1],
    ['x^y', 'x', { x: 0, y: 2 }, 0],
    ['x^y', 'x', { x: 0, y: 0.5 }, Number.POSITIVE_INFINITY],
    ['x^y', 'y', { x: 2, y: 3 }, 8 * Math.log(2)],
    ['x^y', 'x', { x: -2, y: 3 }, 12],
    ['0^x', 'x', { x: 2 }, 0],
    ['c*r^n', 'r', { c: 2, r: 0, n: 0 }, 0],
    ['c*r^n', 'r', { c: 2, r: 0, n: 1 }, 2],
    ['c*r^n', 'n', { c: 2, r: 0, n: 2 }, 0],
    ['x^(2*y)', 'y', { x: 0, y: 1 }, 0],
    ['sin(x)^cos(y)', 'y', { x: 0, y: 0 }, 0],
    ['sum(c.*x.^k)', 'x', { c: [5, 7, 9], k: [0, 1, 2], x: 0 }, 7],
    ['xlogy(x, y)', 'y', { x: 0, y: 0 }, 0],
    ['xlogy(x, y)', 'y', { x: 3, y: 2 }, 1.5],
    ['xlogy(x, y)', 'x', { x: 0, y: 2 }, Math.log(2)],
    ['xlog1py(x, y)', 'y', { x: 0, y: -1 }, 0],
    ['entropy(x)', 'x', { x: 0 }, Number.POSITIVE_INFINITY],
    ['entropy(x)', 'x', { x: 1 }, -1],
  ])('∂(%s)/∂%s at %j', (source, wrt, at, expected) => {
    const { c, k } = at;
    const shapes = Array.isArray(c) ? { c: [c.length], k: [(k as number[]).length] } : {};
    for (const backend of ['js', 'closure'] as const) {
      expect(derive(source, wrt, { shapes }).compile({ backend }).gradient(at)[wrt]).toBeCloseTo(expected, 14);
    }
  });

  it.each(['x^x', 'x^(2*x)', '(2*x)^x', 'abs(x)^x', 'x^(x^2 + x)'])(
    '%s has no slope at 0: it falls as steeply as one likes',
    (source) => {
      const at = { x: 0 };
      for (const backend of ['js', 'closure', 'wasm'] as const) {
        const d = derive(source, 'x').compile({ backend });
        expect(d.value(at)).toBe(1);
        expect(Number.isFinite(d.gradient(at).x)).toBe(false);
      }
      expect(Number.isFinite(derive(source, 'x').partial.evaluate(at))).toBe(false);
    },
  );

  it('second derivatives of powers', () => {
    const second = (source: string, by: string, at: Inputs) => compile(`diff(${source}, ${by})`)(at);
    expect(second('x^y', 'x, 2', { x: 0, y: 0 })).toBe(0);
    expect(second('x^y', 'x, 2', { x: 0, y: 1 })).toBe(0);
    expect(second('x^y', 'x, 2', { x: 0, y: 2 })).toBe(2);
    expect(second('x^y', 'y, 2', { x: 0, y: 2 })).toBe(0);
    expect(second('x^y', 'x, y', { x: 0, y: 2 })).toBe(0);
    expect(second('x^y', 'x, y', { x: 2, y: 0 })).toBe(0.5);
    expect(second('x^y', 'y, x', { x: 2, y: 0 })).toBe(0.5);
  });

  it('the divergence and the cross-entropies of what is impossible', () => {
    const two = { p: [2], q: [2] };
    const at = { p: [0, 1], q: [0.5, 0.5] };
    const kl = derive('kl(p, q)', 'q', { shapes: two }).compile().valueAndGradient(at);
    expect(kl.value).toBe(Math.LN2);
    expect((kl.gradient.q as { toArray(): number[] }).toArray()).toEqual([0, -2]);
    const impossible = derive('kl(p, q)', 'q', { shapes: two })
      .compile()
      .valueAndGradient({ p: [0, 1], q: [0, 1] });
    expect(impossible.value).toBe(0);
    expect((impossible.gradient.q as { toArray(): number[] }).toArray()).toEqual([0, -1]);
    for (const loss of ['bce(q, p)', 'cross_entropy(q, p)']) {
      const { value, gradient } = derive(loss, 'q', { shapes: two })
        .compile()
        .valueAndGradient({ p: [0, 1], q: [0, 1] });
      expect(value).toBeCloseTo(0, 15);
      for (const x of (gradient.q as { toArray(): number[] }).toArray()) expect(x).not.toBeNaN();
    }
  });

  it('Γ has no value at −∞', () => {
    for (const backend of ['js', 'closure', 'wasm'] as const) {
      for (const source of ['gamma(x)', 'factorial(x)'])
        expect(compile(source, { backend })({ x: Number.NEGATIVE_INFINITY })).toBeNaN();
    }
  });

  it('an entropy is that of scipy.special.entr', () => {
    expect(compile('sum(entropy(p))', { shapes: { p: [3] } })({ p: [0, 0.5, 0.5] })).toBeCloseTo(Math.LN2, 15);
    expect(compile('entr(x)')({ x: 0 })).toBe(0);
  });

  it('but 0·log 0 that a person wrote is no number', () => {
    expect(compile('x*log(y)')({ x: 0, y: 0 })).toBeNaN();
    expect(compile('sum(p.*log(p))', { shapes: { p: ['n'] } })({ p: [0, 1] })).toBeNaN();
    expect(compile('x^2*log(x)')({ x: 0 })).toBeNaN();
  });
});

describe('special functions have no value at their poles, nor beyond what is promised', () => {
  it.each(['digamma(x)', 'polygamma(1, x)', 'polygamma(2, x)', 'lgamma(x)', 'gamma(x)'])('%s', (source) => {
    const f = compile(source);
    // log|Γ| grows beyond all bounds there on both sides, the others change their sign.
    for (const x of [-1, -2, -17]) expect(f({ x }), `at ${x}`).toBe(source === 'lgamma(x)' ? Infinity : Number.NaN);
    expect(Number.isFinite(f({ x: -1.5 }))).toBe(true);
  });

  it.each(['Ci(x)', 'Chi(x)', 'log(x)'])('%s, real right of 0 only', (source) => {
    const f = compile(source);
    expect(f({ x: 0 })).toBe(Number.NEGATIVE_INFINITY);
    for (const x of [-1e-9, -0.5, -1, -20]) expect(f({ x }), `at ${x}`).toBeNaN();
  });

  it.each(['besselj', 'bessely', 'besseli', 'besselk'])('%s, of orders to 100 000', (name) => {
    const at = (order: number) => compile(`${name}(${order}, x)`)({ x: 1 });
    expect(at(100_000)).not.toBeNaN();
    expect(at(100_001)).toBeNaN();
    expect(at(-100_001)).toBeNaN();
  });

  it('Γ(n + 1) is n!, exactly as far as doubles hold it and to 10 ulp beyond', () => {
    const f = compile('gamma(x)');
    let factorial = 1n;
    for (let n = 1n; n <= 170n; n++) {
      factorial *= n;
      const error = Math.abs((f({ x: Number(n) + 1 }) as number) / Number(factorial) - 1);
      expect(error, `${n}!`).toBeLessThanOrEqual(n <= 22n ? 0 : 10 * Number.EPSILON);
    }
  });

  it('Γ(a, x) as far as |a| = 1000', () => {
    const f = compile('uppergamma(a, x)');
    // E₁₀₀₁(1) by its continued fraction.
    expect(f({ a: -1000, x: 1 })).toBeCloseTo(0.000367511562, 12);
    expect(f({ a: -1001, x: 1 })).toBeNaN();
    expect(f({ a: 1001, x: 1 })).toBeNaN();
    expect(f({ a: Number.NaN, x: 1 })).toBeNaN();
  });
});

describe('differences of nearly equal values', () => {
  it.each([
    [-2, 0.5, 2],
    [-2, 0.5, 3],
    [-1, 3, 2],
    [1, -3, 3],
    [2, 0.5, 3],
    [2, -0.5, 2],
  ])('(v + δ)ᵖ − vᵖ at v = %d, δ = %d, p = %d', (v, delta, p) => {
    expect(powerDifference.kernel(v, delta, p)).toBeCloseTo((v + delta) ** p - v ** p, 13);
  });
});

describe('a backend that does not exist', () => {
  it.each(['c', 'webgl', '', 'toString'])('%j is refused, and those that exist are named', (backend) => {
    const options = { backend: backend as 'js' };
    const refusal = expect.objectContaining({
      code: 'argument',
      message: expect.stringContaining('auto, wasm, js, closure, native'),
    });
    expect(() => compile('x^2', options)).toThrow(refusal);
    expect(() => derive('x^2', 'x').compile(options)).toThrow(refusal);
  });
});
