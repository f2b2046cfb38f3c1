import { describe, expect, test } from 'vitest';
import { type TrainOptions, train } from '../../src/index.ts';
import { fitLines } from '../../src/session/fit-text.ts';

/** Standard errors against formulas that are known for a straight line, counts and classes. */

const DATA = 'data x : [n] = [1, 2, 3, 4, 5]; data y : [n] = [2.1, 3.9, 6.2, 7.8, 10.3]; param a = 1; param b = 0; ';
/** With x of mean 3 and Σ(x − 3)² = 10: σ/√10 and σ·√(1/5 + 9/10). */
const lineErrors = (sigma: number) => [sigma / Math.sqrt(10), sigma * Math.sqrt(1.1)];
/** The residuals of the line 2.03·x − 0.03. */
const RSS = [0.1, -0.13, 0.14, -0.29, 0.18].reduce((sum, r) => sum + r * r, 0);
const TSS = [-3.96, -2.16, 0.14, 1.74, 4.24].reduce((sum, r) => sum + r * r, 0);

const fitted = async (source: string, options: TrainOptions = {}) => {
  const { fit, warnings } = await train(source, {}, { optimizer: 'auto', ...options });
  return { fit, errors: fit?.estimates.map((e) => e.error), warnings };
};
const near = (found: readonly number[] | undefined, expected: readonly number[]) => {
  expect(found).toHaveLength(expected.length);
  for (const [k, value] of expected.entries()) expect(found![k]! / value).toBeCloseTo(1, 6);
};

describe('known errors', () => {
  test.each([
    ['a number', 'sum((a*x + b - y).^2)/0.01'],
    ['a number within the square', 'sum(((a*x + b - y)/0.1).^2)'],
    ['a number within the sum', 'sum((a*x + b - y).^2/0.01)'],
    ['a number before it', '100*sum((a*x + b - y).^2)'],
    ['half a number within the square', 'sum(((a*x + b - y)/0.1).^2)/2'],
    ['data', 'data s = 0.1; minimize sum((a*x + b - y).^2)/s^2'],
    ['data within the square', 'data s = 0.1; minimize sum(((a*x + b - y)/s).^2)'],
    ['a constant', 'const s = 0.1; minimize sum((a*x + b - y).^2)/s^2'],
    ['a constant within the square', 'const s = 0.1; minimize sum(((a*x + b - y)/s).^2)'],
    ['half of it', 'data s = 0.1; minimize sum((a*x + b - y).^2)/(2*s^2)'],
    ['half of it by a name', 'data s = 0.1; S = 2*s^2; minimize sum((a*x + b - y).^2)/S'],
    ['half of it before', 'data s = 0.1; h = 1/2; minimize h*sum((a*x + b - y).^2)/s^2'],
    ['a mean', 'data s = 0.1; minimize mean((a*x + b - y).^2)/s^2'],
    ['half a mean', 'data s = 0.1; minimize mean((a*x + b - y).^2)/(2*s^2)'],
    ['a mean by a number', 'minimize mean((a*x + b - y).^2)/0.01'],
    ['by a length', 'data s = 0.1; minimize sum((a*x + b - y).^2)/(2*n*s^2)'],
    ['by degrees of freedom', 'data s = 0.1; minimize sum((a*x + b - y).^2)/(n - 2)/s^2'],
    ['a vector', 'data s : [n] = [0.1, 0.1, 0.1, 0.1, 0.1]; minimize sum(((a*x + b - y)./s).^2)/2'],
    ['a vector of variances', 'data v : [n] = [0.01, 0.01, 0.01, 0.01, 0.01]; minimize sum((a*x + b - y).^2./(2*v))'],
    ['a product', "data s = 0.1; r = a*x + b - y; minimize r'*r/s^2"],
    ['a likelihood', 'data s = 0.1; maximize -sum((a*x + b - y).^2)/(2*s^2)'],
  ])('%s is their variance', async (_, cost) => {
    const { errors, fit } = await fitted(`${DATA}${cost.includes('imize') ? cost : `minimize ${cost}`}`, { errors: 'known' });
    near(errors, lineErrors(0.1));
    expect(fit!.squares! / (RSS / 0.01)).toBeCloseTo(1, 8);
    expect(fit!.sigma).toBeCloseTo(0.1, 12);
  });

  test.each([
    ['sum((a*x + b - y).^2)', 'n'],
    ['sum((a*x + b - y).^2)/2', 'n'],
    ['mean((a*x + b - y).^2)', 'n'],
    ['mean((a*x + b - y).^2)', '5'],
    ['mean((a*x + b - y).^2)/2', '5'],
    ['mse(a*x + b, y)/2', 'n'],
  ])('½ and 1/n are none: %s, of %s', async (cost, n) => {
    const { errors, fit } = await fitted(`${DATA.replaceAll('[n]', `[${n}]`)}minimize ${cost}`, { errors: 'known' });
    near(errors, lineErrors(1));
    expect(fit!.squares! / RSS).toBeCloseTo(1, 8);
  });

  test('nor is what a mean over several axes is divided by', async () => {
    const rows = 'data Y : [n, 3] = [[1, 2, 3], [2, 4, 5]]; param m : [3] = 0; R[i, j] = m[j] - Y[i, j]; ';
    for (const cost of [
      'mean(R.^2)',
      'mean(mean(R.^2, cols))',
      'sum(R.^2)/(3*n)',
      'sum(mean(R.^2, cols))',
      'mean(sum(R.^2, rows))/2',
    ])
      near((await fitted(`${rows}minimize ${cost}`, { errors: 'known' })).errors, Array(3).fill(Math.sqrt(1 / 2)));
    near((await fitted(`${rows}minimize sum(R.^2)/3`, { errors: 'known' })).errors, Array(3).fill(Math.sqrt(3 / 2)));
  });

  test('a number counts as a whole, and what it is taken for is told', async () => {
    const { fit, errors } = await fitted(`${DATA}minimize sum((a*x + b - y).^2)/(2*0.01)`, { errors: 'known' });
    near(errors, lineErrors(Math.sqrt(0.02)));
    expect(fitLines(fit!, (text) => text)[1]).toContain('taken for 1/σ² with σ = 0.141421');
  });

  test('there is no σ of all where weights differ', async () => {
    const cost = 'data s : [n] = [0.1, 0.2, 0.1, 0.1, 0.1]; minimize sum(((a*x + b - y)./s).^2)';
    const { fit } = await fitted(`${DATA}${cost}`, { errors: 'known' });
    expect(fit!.sigma).toBeUndefined();
    expect(fitLines(fit!, (text) => text)[1]).toMatch(/taken for 1\/σ²$/);
  });

  test('of squares that are scaled in different ways are none', async () => {
    const { fit, warnings } = await fitted(`${DATA}minimize sum((a*x + b - y).^2)/2 + mean((a - b*y).^2)`, { errors: 'known' });
    expect(fit).toBeUndefined();
    expect(warnings.at(-1)!.message).toContain('no standard errors');
  });
});

describe('χ² goes by the weights as they are given', () => {
  const last = (v: number) => `data v : [n] = [0.01, 0.01, 0.01, 0.01, ${v}]; minimize sum((a*x + b - y).^2./v)`;
  test.each([
    ['equal', last(0.01), 100],
    ['nearly equal', last(0.01 + 1e-12), 100],
    ['equal deviations', 'data s : [n] = [0.1, 0.1, 0.1, 0.1, 0.1]; minimize sum(((a*x + b - y)./s).^2)', 100],
    ['one for all', 'data v = 0.01; minimize sum((a*x + b - y).^2)/v', 100],
    ['none', 'minimize mse(a*x + b, y)', 1],
  ])('%s', async (_, cost, weight) => {
    const { fit } = await fitted(`${DATA}${cost}`);
    expect(fit!.squares! / (RSS * weight)).toBeCloseTo(1, 8);
    expect(fit!.deviation! / Math.sqrt((RSS * weight) / 3)).toBeCloseTo(1, 8);
    expect(fit!.rSquared).toBeCloseTo(1 - RSS / TSS, 8);
    near(
      fit!.estimates.map((e) => e.error),
      lineErrors(Math.sqrt(RSS / 3)),
    );
  });
});

test('correlations are known where nothing is left over', async () => {
  const source =
    'data x : [n] = [1, 2, 3, 4]; data y : [n] = [3, 5, 7, 9]; param a = 2; param b = 1; minimize sum((a*x + b - y).^2)';
  const { fit, errors } = await fitted(source);
  expect(errors).toEqual([0, 0]);
  // −x̄/√(mean of x²) = −2.5/√7.5
  expect([...fit!.correlation.data]).toEqual([
    1,
    expect.closeTo(-2.5 / Math.sqrt(7.5), 12),
    expect.closeTo(-2.5 / Math.sqrt(7.5), 12),
    1,
  ]);
});

describe('a negative sum of squares that is maximized', () => {
  const source = (cost: string) => `${DATA}maximize ${cost}`;
  test.each(['auto', 'levenberg-marquardt', 'newton'])('is least squares to %s', async (optimizer) => {
    for (const cost of ['-sum((a*x + b - y).^2)', '3 - mse(a*x + b, y)', '-(-(-mean((y - a*x - b).^2)))']) {
      const { fit, optimizer: found } = await train(source(cost), {}, { optimizer });
      near(
        fit!.estimates.map((e) => e.error),
        lineErrors(Math.sqrt(RSS / 3)),
      );
      if (optimizer === 'auto') expect(found.name).toBe('levenberg-marquardt');
    }
  });

  test('one that is positive is none', async () => {
    await expect(train(source('sum((a*x + b - y).^2)'), {}, { optimizer: 'lm' })).rejects.toThrow('needs a sum of squares');
    await expect(train(`${DATA}minimize -sum((a*x + b - y).^2)`, {}, { optimizer: 'lm' })).rejects.toThrow(
      'needs a sum of squares',
    );
  });
});

test.each(['newton', 'newton-cg', 'lbfgs', 'lm', 'auto'])('%s says that observations are too few', async (optimizer) => {
  const source = 'data x : [n] = [1]; data y : [n] = [3]; param a = 0; param b = 0; minimize mse(a*x + b, y)';
  const { warnings } = await fitted(source, { optimizer });
  expect(warnings.map((w) => w.message)).toEqual(['no standard errors: one observation for 2 numbers to learn']);
});

describe('a mean over several axes in a likelihood', () => {
  const COUNTS = [
    [2, 1, 7],
    [3, 0, 5],
    [1, 2, 6],
    [4, 1, 9],
    [2, 3, 8],
  ];
  /** The logarithm of the mean of counts has the error 1/√Σ. */
  const expected = [0, 1, 2].map((j) => 1 / Math.sqrt(COUNTS.reduce((sum, row) => sum + row[j]!, 0)));
  const poisson = (n: number | string, k: number | string, cost: string) =>
    `data Y : [${n}, ${k}] = ${JSON.stringify(COUNTS)}; param w : [${k}] = 1; E[i, j] = w[j] + 0*Y[i, j]; L = exp(E) - Y.*E; minimize ${cost}`;

  test.each([
    ['sum(L)', undefined],
    ['mean(L)', 15],
    ['mean(mean(L, cols))', 15],
    ['mean(mean(exp(E), cols)) - mean(Y.*E)', 15],
    ['sum(L)/(3*n)', 15],
    ['sum(L)/n', 5],
    ['mean(sum(L, cols))', 5],
    ['sum(mean(L, cols))', 3],
  ])('%s', async (cost, times) => {
    for (const [n, k] of [
      ['n', 3],
      [5, 3],
      ['n', 'k'],
    ] as const) {
      // 1/5 of a sum over 5·3 may be anything.
      if (n === 5 && cost === 'sum(L)/n') continue;
      const source = poisson(n, k, cost.replace('3*n', `${k}*${n}`).replace('/n', `/${n}`));
      const { fit, errors } = await fitted(source, { optimizer: 'newton', errors: 'likelihood' });
      expect(fit!.times).toBe(times);
      near(errors, expected);
    }
  });

  test('binary cross-entropy of two columns', async () => {
    const source =
      'data x : [n] = [-2,-1,0,0.5,1,2]; data Y : [n,2] = [[0,1],[1,1],[0,0],[1,0],[0,1],[1,0]]; param a : [2] = 0; param b : [2] = 0; ' +
      'P[i,j] = σ(a[j]+b[j]*x[i]); minimize bce(P,Y)';
    const { fit, errors } = await fitted(source, { optimizer: 'newton', errors: 'likelihood' });
    expect(fit!.times).toBe(12);
    for (const [k, value] of [0.86507, 1.018024, 0.699254, 0.99953].entries()) expect(errors![k]).toBeCloseTo(value, 5);
  });

  test('a class of an example is one', async () => {
    // Of shares p against the last, √((1/p + 1/p₃)/n): here 1/4, 1/4 and 1/2 of 8.
    const Y = [0, 0, 1, 1, 2, 2, 2, 2].map((c) => [0, 1, 2].map((k) => Number(k === c)));
    for (const n of ['n', '8']) {
      const source =
        `data Y : [${n}, 3] = ${JSON.stringify(Y)}; const A = [[1, 0, 0], [0, 1, 0]]; param w : [2] = 0; z = A'*w; ` +
        'L[i, j] = Y[i, j]*(z[j] - logsumexp(z)); minimize -mean(sum(L, cols))';
      const { fit, errors } = await fitted(source, { optimizer: 'newton', errors: 'likelihood' });
      expect(fit!.times).toBe(8);
      near(errors, Array(2).fill(Math.sqrt((4 + 2) / 8)));
    }
  });

  test('half of one is half the likelihood of squares', async () => {
    const { fit, errors } = await fitted(`${DATA}h = 1/2; minimize h*mean((a*x + b - y).^2)`, { errors: 'likelihood' });
    expect(fit!.times).toBe(5);
    near(errors, lineErrors(1));
  });

  test('means of different sizes are said to be such', async () => {
    const source = 'data y : [n] = [1, 2, 4]; data z : [k] = [1, 3]; param m = 0; param u = 0; ';
    const { fit, warnings } = await fitted(`${source}minimize mean((y - m).^2)/2 + mean((z - u).^2)/2`, { errors: 'likelihood' });
    expect(fit).toBeUndefined();
    expect(warnings.at(-1)!.message).toBe(
      'no standard errors: the cost adds means over different numbers of entries, which is no log-likelihood',
    );
  });
});
