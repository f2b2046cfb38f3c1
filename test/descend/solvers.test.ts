import { describe, expect, test } from 'vitest';
import { type GradusError, type Tensor, type TrainOptions, train } from '../../src/index.ts';
import { random } from '../../src/numeric/random.ts';

const refusal = (source: string, options: object): Promise<GradusError> =>
  train(source, {}, options).then(
    () => expect.unreachable(),
    (error: GradusError) => error,
  );

/** Costs with one minimum each, which is known. */
const KNOWN: readonly [name: string, source: string, at: Readonly<Record<string, number>>][] = [
  ['Rosenbrock', 'param x = -1.2, y = 1; minimize (1 - x)^2 + 100*(y - x^2)^2', { x: 1, y: 1 }],
  ['Beale', 'param x = 1, y = 1; minimize (1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2', { x: 3, y: 0.5 }],
  ['a saddle beside it', 'param x = 0.1, y = 0.2; minimize x^4/4 - x^2/2 + y^2 - x/10', { x: 1.04668, y: 0 }],
  ['logarithms', 'param x = 1, y = 2; minimize x - log(x*y) + y^2/2', { x: 1, y: 1 }],
];

describe.each(['lbfgs', 'newton', 'newton-cg'])('%s', (optimizer) => {
  test.each(KNOWN)('finds the minimum of %s', async (_, source, at) => {
    const { params, stopped } = await train(source, {}, { optimizer, epochs: 500 });
    expect(stopped).toBe('converged');
    for (const [name, x] of Object.entries(at)) expect(Math.abs(Number(params[name]) - x)).toBeLessThan(1e-4);
  });

  test('climbs where the model maximizes', async () => {
    const { params, cost, stopped } = await train('param p : [2] = 0.2; maximize sum(log(p) - p.^2)', {}, { optimizer });
    expect(stopped).toBe('converged');
    expect(Number((params.p as unknown as { data: number[] }).data[1])).toBeCloseTo(Math.SQRT1_2, 7);
    expect(cost).toBeCloseTo(2 * (Math.log(Math.SQRT1_2) - 0.5), 12);
  });

  test('is not content with a cost that is small, nor with a step that rounding swallows', async () => {
    const x = Array.from({ length: 30 }, (_, i) => i * 7e-7);
    const y = x.map((t) => 3.2e-9 * Math.exp(-2.3e5 * t));
    const source = 'data x : [n], y : [n]; param a = 1e-9, k = 1e5; minimize sum((a*exp(-k*x) - y).^2)';
    const { stopped, params } = await train(source, { x, y }, { optimizer, epochs: 500 });
    if (stopped === 'converged') expect(Number(params.k) / 2.3e5).toBeCloseTo(1, 4);
    else expect(stopped).toBe('early');
  });

  test('keeps to the range that is declared', async () => {
    const { params, stopped } = await train('param p in 0..1 = 0.5, q = 0; minimize (p - 3)^2 + (q - p)^2', {}, { optimizer });
    expect(Number(params.p)).toBe(1);
    expect(Number(params.q)).toBeCloseTo(1, 6);
    expect(stopped).not.toBe('diverged');
  });

  test.each([
    ['a saddle', 'param x = 0, y = 0; minimize x^2 - y^2 + y^4', -1 / 4],
    ['a saddle that a ridge leads to', 'param x = 1, y = 0; minimize (x - 2)^2 - y^2 + y^4', -1 / 4],
    ['a saddle between the axes', 'param x = 0, y = 0; minimize 3*x*y + x^2 + y^2 + (x + y)^4 + (x - y)^4', -1 / 64],
    ['a flat saddle beside a steep valley', 'param x = 0, y = 0; minimize 1e6*x^2 - y^2 + y^4', -1 / 4],
    ['a maximum', 'param x = 0; minimize cos(x)', -1],
    ['a minimum', 'param x = 0; maximize sin(x)^2', 1],
    ['an inflection', 'param x = 0; minimize x^3 + x^4', -27 / 256],
    ['a kink upwards', 'param x = 0; minimize x^2 - abs(x)', -1 / 4],
    ['one entry of many', 'param x : [100] = 0; minimize sum(x.^2) - 2*x[7]^2 + x[7]^4', -1 / 4],
    ['of a product', "data X : [2, 2] = [2, 0; 0, 1]; param U : [2, 1] = 0; minimize sum((X - U*U').^2)", 1],
    ['with a bound on one side', 'param a in 0..2 = 0; minimize -a^2 + a^4', -1 / 4],
  ])('%s is left', async (_, source, best) => {
    const { stopped, cost } = await train(source, {}, { optimizer, epochs: 500 });
    expect(stopped).toBe('converged');
    expect(cost).toBeCloseTo(best, 8);
  });

  test('a saddle without an end below it leads there', async () => {
    const { stopped, error } = await train('param x = 0, y = 0; minimize x^4 - y^4', {}, { optimizer, epochs: 500 });
    expect(stopped).toBe('diverged');
    expect(error?.message).toBe('there is no minimum: the cost falls without end along y');
  });

  test('a saddle is left as if the run had not been stopped', async () => {
    const source = 'param a = 0, b = 1; minimize cos(a) + (b - a)^4 + b^2/10';
    const states: string[] = [];
    const whole = await train(source, {}, { optimizer, checkpoint: (state) => states.push(state), checkpointEvery: '1' });
    for (const resume of states.slice(0, 4)) {
      const { params, epochs } = await train(source, {}, { optimizer, resume });
      expect({ params, epochs }).toEqual({ params: whole.params, epochs: whole.epochs });
    }
  });

  test.each([
    ['a bound', 'param x in 0..1 = 0.5; minimize -x^2', 1],
    ['a power', 'param x = 1; minimize x^4', 0],
    ['many places', 'param x = 1, y = 1; minimize (x*y - 1)^2 + (x - y)^4', 1],
    ['a cost far from 0', 'param x = 3; minimize (x - 2)^2 + 1e6', 2],
  ])('a minimum is one: %s', async (_, source, at) => {
    const { stopped, params } = await train(source, {}, { optimizer, epochs: 500 });
    expect(stopped).toBe('converged');
    expect(Math.abs(Number(params.x) - at)).toBeLessThan(2e-2);
  });
});

describe('levenberg-marquardt', () => {
  test.each([1, 2, 3, 4, 5])(
    'bounds that hold entries back leave the others free: squares of what is linear, %i',
    async (seed) => {
      const draw = random(seed);
      const numbers = (n: number) => Array.from({ length: n }, () => draw.normal());
      const [A, b] = [Array.from({ length: 20 }, () => numbers(6)), numbers(20)];
      const source = 'data A : [n, 6], b : [n]; param x : [6] in 0..0.3 = 0.1; minimize sum((A*x - b).^2)';
      const run = await train(source, { A, b }, { optimizer: 'levenberg-marquardt', epochs: 200 });
      expect(run.stopped).toBe('converged');
      const x = (run.params.x as Tensor).data;
      const rest = A.map((row, i) => row.reduce((sum, a, j) => sum + a * x[j]!, 0) - b[i]!);
      // Karush, Kuhn and Tucker: the slope is 0, or points out of the bounds.
      for (const [j, value] of x.entries()) {
        const slope = A.reduce((sum, row, i) => sum + row[j]! * rest[i]!, 0);
        if (value === 0) expect(slope).toBeGreaterThan(0);
        else if (value === 0.3) expect(slope).toBeLessThan(0);
        else expect(Math.abs(slope)).toBeLessThan(1e-7);
      }
      expect(x.some((value) => value === 0 || value === 0.3)).toBe(true);
    },
  );

  test('bounds that hold an entry back leave the others free: a peak', async () => {
    const x = Array.from({ length: 40 }, (_, k) => -5 + k / 4);
    const y = x.map((at, k) => 5 * Math.exp(-((at - 3) ** 2) / 0.98) + 1 + Math.sin(7 * k) / 10);
    const source = `data x : [n], y : [n]; param A = 1, mu = 2, s positive = 1, c in 0..0.5 = 0.1
minimize sum((y - (A*exp(-(x - mu).^2/(2*s^2)) + c)).^2)`;
    const found = await train(source, { x, y }, { optimizer: 'levenberg-marquardt' });
    const wanted = await train(source, { x, y }, { optimizer: 'newton' });
    expect([found.stopped, found.params.c]).toEqual(['converged', 0.5]);
    expect(found.cost).toBeCloseTo(wanted.cost, 9);
    expect(found.params.A).toBeCloseTo(Number(wanted.params.A), 6);
  });

  test.each([2, 80])('what is linear in %i numbers is solved at once, however far it is from the start', async (d) => {
    const X = Array.from({ length: 3 * d }, (_, i) =>
      Array.from({ length: d }, (__, j) => Math.sin(1 + i * (j + 1)) * 10 ** (j % 3)),
    );
    const y = X.map((row) => row.reduce((sum, x, j) => sum + x * 1e5 * (j + 1), 0));
    const source = `data X : [n, ${d}]; data y : [n]; param w : [${d}] = 0; minimize mean((X*w - y).^2)`;
    const { epochs, stopped, params } = await train(source, { X, y }, { optimizer: 'auto' });
    expect([epochs, stopped]).toEqual([1, 'converged']);
    (params.w as Tensor).data.forEach((w, j) => {
      expect(w / (1e5 * (j + 1))).toBeCloseTo(1, 9);
    });
  });

  test.each([
    ['one sum', 'minimize sum((a*exp(-b*x) - y).^2)'],
    ['a mean with a factor', 'minimize mean((a*exp(-b*x) - y).^2)/2'],
    ['by a name', "r = a*exp(-b*x) - y; minimize Cost = r'*r"],
    ['with weights', 'minimize sum(s.*(a*exp(-b*x) - y).^2)'],
    ['with known errors', 'minimize sum(((a*exp(-b*x) - y)./s).^2)'],
    ['a loss of the prelude', 'minimize mse(a*exp(-b*x), y)'],
    ['and a constant', 'minimize sum((a*exp(-b*x) - y).^2) + sum(s)'],
  ])('knows squares: %s', async (_, objective) => {
    const x = [0, 0.5, 1, 1.5, 2, 3];
    const y = x.map((t) => 2 * Math.exp(-0.7 * t));
    const source = `data x : [n], y : [n], s : [n]\nparam a = 1, b = 0.1\n${objective}`;
    const { params, stopped } = await train(source, { x, y, s: x.map((t) => 1 + t) }, { optimizer: 'lm' });
    expect(stopped).toBe('converged');
    expect(Number(params.a)).toBeCloseTo(2, 7);
    expect(Number(params.b)).toBeCloseTo(0.7, 7);
  });

  test.each([690, 745])('an entry that no residual feels any more stays: exp(−%i)', async (k) => {
    const data = { x: [1, 2, 3, 4], y: [2.1, 3.9, 6.2, 7.8] };
    const source = `data x : [n], y : [n]; param w = 1, k = ${k}; minimize sum((w*x + exp(-k)*x.^2 - y).^2)`;
    const { params, error } = await train(source, data, { optimizer: 'lm' });
    expect(error).toBeUndefined();
    expect(params.k).toBe(k);
    expect(params.w).toBeCloseTo(59.7 / 30, 12);
  });

  test.each([
    ['a maximum of one', 'param x = 0; minimize (x^2 - 1)^2 + 0.01*x^2', 0.009975],
    ['a saddle of a product', 'param x = 0, y = 0; minimize (x*y - 1)^2', 0],
  ])('is not content with %s', async (_, source, least) => {
    const { stopped, cost } = await train(source, {}, { optimizer: 'lm' });
    expect(stopped).toBe('converged');
    expect(cost).toBeCloseTo(least, 10);
  });

  test.each(['x^2 - y^2', '(x - 2)^2 + y^4 - y^2', '-sum((x - y)^2)'])('what is subtracted is no square: %s', async (cost) => {
    const error = await refusal(`param x = 1, y = 0; minimize ${cost}`, { optimizer: 'lm' });
    expect(error.message).toContain('needs a sum of squares');
  });

  test('a weight that turns out negative is said', async () => {
    const source = 'data s : [n] = [1, -1], y : [n] = [1, 2]; param w = 0; minimize sum(s.*(w - y).^2)';
    const error = await refusal(source, { optimizer: 'lm' });
    expect(error).toMatchObject({ code: 'data', message: 'a square has a negative weight: the cost is no sum of squares' });
  });

  test('says what is no sum of squares', async () => {
    const error = await refusal('param w = 1; minimize exp(w) - w', { optimizer: 'lm' });
    expect(error).toMatchObject({ code: 'usage', message: 'levenberg-marquardt needs a sum of squares, and the cost is none' });
    expect(error.hint).toContain('lbfgs');
  });
});

test('solvers take no batches', async () => {
  const error = await refusal('data x : [m] = [1, 2]; param w = 1; minimize sum((w - x).^2)', { optimizer: 'lbfgs', batch: 1 });
  expect(error).toMatchObject({ code: 'usage', message: 'lbfgs takes all examples in each step, not batches' });
});

describe('auto', () => {
  const LINE = 'data x : [m] = [0, 1, 2, 3], y : [m] = [1, 3, 5.1, 7]; param a = 0, b = 0; ';
  test.each([
    ['levenberg-marquardt', 'solved at once', `${LINE}minimize mse(a*x + b, y)`, {}],
    ['newton', 'quadratic', 'param w : [2] = 1; minimize w[1]^2 + w[1]*w[2] + w[2]^2 + w[1]', {}],
    ['levenberg-marquardt', 'a sum of 4 squares', `${LINE}minimize sum((a*exp(b*x) - y).^2)`, {}],
    ['lbfgs', 'smooth', `${LINE}minimize sum(exp(a*x) - y.*(a*x + b)) + b^2`, {}],
    ['adam', 'batches', `${LINE}minimize mse(a*x + b, y)`, { batch: 2 }],
    ['lbfgs', 'kinks', `${LINE}minimize sum(abs(a*x + b - y))`, {}],
  ])('%s: %s', async (name, why, source, options) => {
    const { optimizer } = await train(source, {}, { optimizer: 'auto', epochs: 3, ...options });
    expect(optimizer.name).toBe(name);
    expect(optimizer.reason).toContain(why.replace('batches', 'examples at a time'));
  });

  test('what is quadratic is solved in one step', async () => {
    for (const source of [`${LINE}minimize mse(a*x + b, y)`, 'param w : [2] = 1; minimize w[1]^2 + w[1]*w[2] + w[2]^2 + w[1]']) {
      const { stopped, epochs } = await train(source, {}, { optimizer: 'auto' });
      expect(stopped).toBe('converged');
      expect(epochs).toBe(1);
    }
  });
});

describe('what a method does not look at', () => {
  const source = 'param w = 3\nminimize (w - 1)^2';
  const told = async (options: TrainOptions): Promise<string[]> =>
    (await train(source, {}, options)).warnings.map(({ message }) => message);

  test('is said', async () => {
    expect(await told({ optimizer: 'newton', lr: 0.1, precision: 'f32' })).toEqual([
      'newton finds its own steps: the learning rate is not looked at',
      'newton needs all digits to find its steps: it computes in f64',
    ]);
    expect(await told({ optimizer: 'auto', lr: 0.1 })).toEqual([
      'levenberg-marquardt finds its own steps: the learning rate is not looked at',
    ]);
  });

  test('and nothing is where it looks at all', async () => {
    expect(await told({ optimizer: 'newton' })).toEqual([]);
    expect(await told({ optimizer: 'hot-cold', lr: 0.3, epochs: 4 })).toEqual([]);
    expect(await told({ optimizer: 'adam', lr: 0.1, precision: 'f32', epochs: 2 })).toEqual([]);
  });
});

describe('where rounding is all that is left of a sum of squares', () => {
  const x = Array.from({ length: 10 }, (_, k) => 100 + k);
  const line = (w: number, b: number) =>
    `data x : [n], y : [n]; param w = ${w}, b = ${b}; p = w*x + b; minimize mean((p - y).^2)`;
  const along = (w: number, b: number) => x.map((v) => w * v + b);

  // Beside what is left no slope is flat, and no step is better.
  test.each([
    ['lbfgs', 0.39, -4.01, 1e-12],
    ['lbfgs', -1.7, 9.95, 1e-12],
    ['newton', -0.97, -2.36, 1e-13],
    ['newton', 0.21, -4.06, 1e-12],
    ['newton-cg', -0.1, -4.51, 1e-12],
  ])('%s has converged, also from a start that is nearly there', async (optimizer, w, b, off) => {
    const { stopped, warnings, cost } = await train(line(w * (1 + off), b), { x, y: along(w, b) }, { optimizer });
    expect({ stopped, warnings }).toEqual({ stopped: 'converged', warnings: [] });
    expect(cost).toBeLessThan(1e-26);
  });

  test('however small the slope is to be, and where data are scaled', async () => {
    for (const scale of [false, true]) {
      const options = { optimizer: 'lbfgs', tolerance: 0, scale } as const;
      expect((await train(line(0, 0), { x, y: along(2, -199) }, options)).stopped).toBe('converged');
    }
  });
});
