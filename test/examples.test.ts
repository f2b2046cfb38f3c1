import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { train } from '../src/index.ts';
import { random } from '../src/numeric/random.ts';
import { costs, gradus, numbers, printed } from './app/harness.ts';

const folder = new URL('../examples/', import.meta.url).pathname;
const example = (name: string): string => `${folder}${name}.grad`;

/** What `train --json` prints. */
interface Trained {
  readonly cost: number;
  readonly firstCost: number;
  readonly params: Record<string, number | number[] | number[][]>;
  readonly definitions: Record<string, number | number[] | number[][]>;
  readonly epochs: number;
  readonly stopped: string;
}

async function trained(name: string, ...options: string[]): Promise<Trained> {
  const { status, out, err } = await gradus(['train', example(name), '--json', ...options]);
  expect(err).toBe('');
  expect(status).toBe(0);
  return JSON.parse(out) as Trained;
}

async function text(...argv: string[]): Promise<string> {
  const { status, out, err } = await gradus(argv);
  expect(err).toBe('');
  expect(status).toBe(0);
  return out;
}

const flat = (value: unknown): number[] => [value].flat(3) as number[];

/** As near as a figure with so many decimals can tell. */
function near(found: unknown, figures: readonly number[], decimals: number): void {
  const list = flat(found);
  expect(list).toHaveLength(figures.length);
  for (const [k, figure] of figures.entries()) expect(Math.abs(list[k]! - figure)).toBeLessThan(0.5001 * 10 ** -decimals);
}

const LONG_RUN = ['--epochs', '5000', '--lr', '1'];

describe('1. the OR gate', () => {
  test('one example teaches the bias alone', async () => {
    const start = await text('eval', example('or-first'));
    near(printed(start, 'ŷ'), [0.5], 12);
    near(printed(start, 'Loss'), [0.125], 12);
    near(printed(start, '∂Loss/∂W'), [0, 0], 12);
    near(printed(start, '∂Loss/∂b'), [0.125], 12);
    const after = await text('train', example('or-first'), '--epochs', '1', '--lr', '1');
    near(printed(after, 'b'), [-0.125], 12);
    near(printed(after, 'ŷ'), [0.469], 3);
    near(costs(after)[1], [0.10988], 5);
  });

  test('the derivation says why: the rule for σ, the dimension check, what is shared', async () => {
    const lines = (await text('derive', example('or-gate'))).split('\n');
    const at = (pattern: RegExp) => lines.findIndex((line) => pattern.test(line));
    const steps = [
      at(/dA = \(A − Y\)\/m|dA = 1\/m · \(A − Y\)/),
      at(/dZ = dA ⊙ A ⊙ \(1 − A\).*σ′ = σ\(1 − σ\)/),
      at(/∂Cost\/∂W = dZ·Xᵀ.*\(1×m\)·\(m×2\) = \(1×2\)/),
      at(/∂Cost\/∂b = Σ dZ.*b is shared by all m columns/),
    ];
    expect(steps.every((line) => line >= 0)).toBe(true);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  test('all four examples at once: the first two gradients', async () => {
    const start = await text('eval', example('or-gate'));
    near(printed(start, 'Cost'), [0.08891294752305502], 15);
    near(printed(start, '∂Cost/∂W'), [-0.048, -0.0387], 4);
    near(printed(start, '∂Cost/∂b'), [-0.037], 4);
    const { params, cost } = await trained('or-gate', '--epochs', '1', '--lr', '1');
    near(cost, [0.08400959542290767], 15);
    const again = await text('eval', example('or-gate'), '--set', `W=${JSON.stringify(params.W)}`, '--set', `b=${params.b}`);
    near(printed(again, 'Cost'), [0.084], 4);
    near(printed(again, '∂Cost/∂W'), [-0.044, -0.035], 3);
    near(printed(again, '∂Cost/∂b'), [-0.031], 3);
  });

  test('after 5000 epochs', async () => {
    const { params, cost, epochs, stopped } = await trained('or-gate', ...LONG_RUN);
    near(cost, [0.000527569180279875], 13);
    near(params.W, [6.43419, 6.43424], 5);
    near(params.b, [-2.97304], 5);
    expect({ epochs, stopped }).toEqual({ epochs: 5000, stopped: 'epochs' });
    const shown = await text('train', example('or-gate'), ...LONG_RUN);
    near(printed(shown, 'W'), [6.43419, 6.43424], 5);
    near(costs(shown).slice(0, 2), [0.0889129, 0.0005276], 7);
  });

  test("the cost's gradient is the mean of the examples' gradients", async () => {
    const X = [
      [0, 0, 1, 1],
      [0, 1, 0, 1],
    ];
    const Y = [0, 1, 1, 1];
    let sum = 0;
    for (let k = 0; k < 4; k++) {
      const own = ['--set', `X=[[${X[0]![k]}],[${X[1]![k]}]]`, '--set', `Y=[[${Y[k]}]]`];
      sum += printed(await text('eval', example('or-gate'), ...own), '∂Cost/∂b')[0]!;
    }
    expect(sum / 4).toBeCloseTo(printed(await text('eval', example('or-gate')), '∂Cost/∂b')[0]!, 14);
  });
});

describe('2. XOR', () => {
  test('one neuron cannot: it says 0.5 to everything', async () => {
    const { cost, definitions } = await trained('xor-neuron', ...LONG_RUN);
    near(definitions.A, [0.5, 0.5, 0.5, 0.5], 9);
    near(cost, [0.125], 12);
  });

  test('with a feature cross one neuron can', async () => {
    const start = await text('eval', example('xor-cross'));
    near(printed(start, 'Cost'), [0.13833167761605697], 15);
    near(printed(start, '∂Cost/∂W'), [0.00691, 0.01626, 0.03653], 5);
    near(printed(start, '∂Cost/∂b'), [0.01789], 5);
    const { params, cost } = await trained('xor-cross', ...LONG_RUN);
    near(cost, [0.0015665035024326837], 13);
    near(params.W, [5.47287, 5.47287, -11.39175], 5);
    near(params.b, [-2.62386], 5);
  });

  test('with a hidden layer the cost comes to about 0.0009, whatever the initializer', async () => {
    const { cost, definitions } = await trained('xor-hidden', ...LONG_RUN);
    expect(cost).toBeGreaterThan(0.0004);
    expect(cost).toBeLessThan(0.0014);
    expect(flat(definitions.A2).map(Math.round)).toEqual([0, 1, 1, 0]);
    const source = readFileSync(example('xor-hidden'), 'utf8');
    for (const initializer of ['normal(0, 1)', 'xavier', 'he']) {
      const model = source.replaceAll('normal(0, 2)', initializer);
      const { out } = await gradus(['train', '-', '--json', ...LONG_RUN], { input: model });
      expect((JSON.parse(out) as Trained).cost, initializer).toBeLessThan(0.0014);
    }
  });

  test('from equal weights the hidden neurons stay equal for ever', async () => {
    const { cost, params } = await trained('xor-equal', ...LONG_RUN);
    const [first, ...others] = params.W1 as number[][];
    for (const row of others) expect(row).toEqual(first);
    expect(new Set(params.W2 as number[]).size).toBe(1);
    expect(cost).toBeGreaterThan(0.08);
  });
});

describe('3. one training example', () => {
  test('the derivative at the start', async () => {
    const start = await text('eval', example('one-example'));
    near(printed(start, '∂Cost/∂w1'), [-0.10499358540350652], 15);
    near(printed(start, '∂Cost/∂w2'), [0], 16);
    near(printed(start, '∂Cost/∂b1'), [-0.10499358540350652], 15);
  });

  test('descent converges', async () => {
    const { cost, firstCost, params } = await trained('one-example', '--epochs', '1000', '--lr', '1');
    expect(cost).toBeLessThan(0.01 * firstCost);
    expect(params.w2).toBe(1);
  });
});

describe('4. a line through noisy points', () => {
  const data = ['--data', `${folder}line.csv`];
  const points = readFileSync(`${folder}line.csv`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(',').map(Number) as [number, number]);

  test('the points come from the seeded generator', () => {
    const draw = random(1);
    const expected = Array.from({ length: 100 }, () => {
      const x = draw.uniform(0, 1);
      return [x, 0.7 * x + 0.5 + draw.uniform(-0.1, 0.1)].map((value) => Number(value.toFixed(6)));
    });
    expect(points).toEqual(expected);
  });

  test('500 passes, one example at a time, find the line', async () => {
    const { params, cost } = await trained('line', ...data, '--epochs', '500', '--lr', '0.01', '--batch', '1');
    const { w, b } = leastSquares(points);
    near(params.w, [w], 1);
    near(params.b, [b], 1);
    near(params.w, [0.7], 1);
    near(params.b, [0.5], 1);
    // Noise uniform in ±0.1 has the variance 0.1²/3.
    near(cost, [0.01 / 3], 3);
  });

  test('the same by hand: dw = 2x²w + 2xb − 2xy, db = 2b + 2xw − 2y', async () => {
    const { params } = await trained('line', ...data, '--epochs', '500', '--lr', '0.01', '--batch', '1');
    let [w, b] = [0, 0];
    for (let epoch = 0; epoch < 500; epoch++) {
      for (const [x, y] of points) {
        const dw = 2 * x * x * w + 2 * x * b - 2 * x * y;
        const db = 2 * b + 2 * x * w - 2 * y;
        w -= 0.01 * dw;
        b -= 0.01 * db;
      }
    }
    near(params.w, [w], 12);
    near(params.b, [b], 12);
  });

  function leastSquares(of: readonly [number, number][]): { w: number; b: number } {
    const mean = (f: (point: [number, number]) => number) => of.reduce((sum, point) => sum + f(point), 0) / of.length;
    const [mx, my] = [mean(([x]) => x), mean(([, y]) => y)];
    const w = (mean(([x, y]) => x * y) - mx * my) / (mean(([x]) => x * x) - mx * mx);
    return { w, b: my - w * mx };
  }
});

describe('5. a tanh neuron, by inverting it', () => {
  test('the start', async () => {
    const start = await text('eval', example('tanh-neuron'));
    near(printed(start, 'output'), [0.7162978701990245], 15);
    near(printed(start, 'loss'), [0.08048689845360957], 15);
  });

  test('the differences after each of the first four steps', async () => {
    const figures = [-3.808598, -3.58008212, -3.3652771928, -3.163360561232];
    for (const [k, figure] of figures.entries()) {
      const { definitions } = await trained('tanh-neuron', '--epochs', String(k + 1), '--lr', '0.01');
      near(definitions.difference, [figure], 12);
    }
  });

  test('after 100 more', async () => {
    const { params, definitions } = await trained('tanh-neuron', '--epochs', '104', '--lr', '0.01');
    near(params.w, [0.8742, 1.6484], 5);
    near(params.b, [0.7742], 5);
    near(definitions.output, [0.9999], 5);
    near(definitions.loss, [1.03e-8], 10);
    const shown = await text('train', example('tanh-neuron'), '--epochs', '104', '--lr', '0.01');
    near(printed(shown, 'w'), [0.8742, 1.6484], 5);
    expect(numbers(shown.split('\n').find((line) => /^ +loss/.test(line))!)[0]).toBeCloseTo(1.03e-8, 10);
  });
});

describe('6. losses that contain derivatives', () => {
  test('a network solves u′ = −u, u(0) = 1', async () => {
    const { cost, params } = await trained('physics', '--epochs', '20000', '--lr', '0.05');
    expect(cost).toBeLessThan(1e-4);
    const [a, b, c] = [params.a, params.b, params.c].map(flat) as [number[], number[], number[]];
    const u = (t: number) => c.reduce((sum, ck, k) => sum + ck * Math.tanh(a[k]! * t + b[k]!), 0);
    for (const t of [0, 0.6, 1.1, 2]) expect(Math.abs(u(t) - Math.exp(-t))).toBeLessThan(0.01);
  });

  test('a gradient penalty brings the slope to 1', async () => {
    const { definitions, cost, firstCost } = await trained('gradient-penalty', '--epochs', '3000', '--lr', '0.03');
    expect(cost).toBeLessThan(firstCost);
    expect(definitions.penalty).toBeLessThan(0.01);
    // It is still falling: no step goes astray.
    const { history } = await train(readFileSync(example('gradient-penalty'), 'utf8'), {}, { epochs: 3000, lr: 0.03 });
    expect(history.slice(100).every((c, k) => k === 0 || c <= history[99 + k]! + 1e-9)).toBe(true);
  });
});

describe('examples/', () => {
  const names = readdirSync(folder).flatMap((file) => (file.endsWith('.grad') ? [file.slice(0, -'.grad'.length)] : []));

  test.each(names)('%s runs, by the command in its header if there is one, and learns', async (name) => {
    const header = /^# +gradus (train .*)$/m.exec(readFileSync(example(name), 'utf8'));
    const command = header?.[1] ?? `train examples/${name}.grad --epochs 50 --lr 0.01`;
    const argv = command.replaceAll('examples/', folder).split(' ');
    const { status, out, err } = await gradus(argv);
    expect(err).toBe('');
    expect(status).toBe(0);
    const [before, after] = costs(out) as [number, number];
    expect(after).toBeLessThan(before);
  });

  test.each(names)('%s has the gradient that differences find', async (name) => {
    const data = readdirSync(folder).includes(`${name}.csv`) ? ['--data', `${folder}${name}.csv`, '--points', '1'] : [];
    const { status, out } = await gradus(['check', example(name), ...data]);
    expect(out).toContain('✓');
    expect(out).not.toContain('✗');
    expect(status).toBe(0);
  });
});

describe('examples/error/', () => {
  const errors = `${folder}error/`;
  test.each(readdirSync(errors))('%s fails with the message that it expects', async (file) => {
    const expected = [...readFileSync(errors + file, 'utf8').matchAll(/^# expect: (.*)$/gm)].map(([, message]) => message!);
    expect(expected.length).toBeGreaterThan(0);
    const { status, out, err } = await gradus(['train', errors + file]);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    let from = 0;
    for (const message of expected) {
      const at = err.indexOf(message, from);
      expect(at, `${message}\nis not in\n${err}`).toBeGreaterThanOrEqual(0);
      from = at + message.length;
    }
  });
});
