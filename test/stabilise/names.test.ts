import { beforeAll, describe, expect, it } from 'vitest';
import type { Backend } from '../../src/compile/index.ts';
import { derive } from '../../src/index.ts';
import { hasCompiler, provide } from '../compile/natively.ts';
import { exportedOf } from '../export/c-exported.ts';
import { saidInC } from '../export/c-run.ts';

/** What is named on the way keeps its digits as what is written in one line does, far out in both directions. */

type Truth = (z: number, y: number) => readonly [value: number, slope: number];

const σ = (z: number): number => (z > 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z)));
const plus = (z: number): number => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

const crossEntropy: Truth = (z, y) => [y * plus(-z) + (1 - y) * plus(z), y === 1 ? -σ(-z) : y === 0 ? σ(z) : σ(z) - y];
const softplus: Truth = (z) => [plus(z), σ(z)];
/** e^(−30) and less beside 1: all digits of both. */
const squareLog: Truth = (z) => [2 * Math.LN2 - 2 * Math.abs(z) - 2 * Math.log1p(Math.exp(-2 * Math.abs(z))), -2 * Math.tanh(z)];

/** Lines between declarations and what is minimized; of one number z, or of an array of them with the same y. */
const CASES: readonly (readonly [text: string, truth: Truth])[] = [
  ['p = σ(z); -(y*log(p) + (1 - y)*log(1 - p))', crossEntropy],
  ['p = σ(z); q = 1 - p; -(y*log(p) + (1 - y)*log(q))', crossEntropy],
  ['p = σ(z); q = 1 - p; a = log(p); b = log(q); -(y*a + (1 - y)*b)', crossEntropy],
  ['e = exp(-z); d = 1 + e; p = 1/d; q = 1 - p; -(y*log(p) + (1 - y)*log(q))', crossEntropy],
  ['p = (1 + tanh(z/2))/2; -(y*log(p) + (1 - y)*log(1 - p))', crossEntropy],
  ['p = σ(z); P = p^y*(1 - p)^(1 - y); -log(P)', crossEntropy],
  ['p = σ(z); q = where(y > 0.5, p, 1 - p); -log(q)', (z, y) => crossEntropy(z, y > 0.5 ? 1 : 0)],
  ['bce(σ(z), y)', crossEntropy],
  ['p = σ(z); bce(p, y)', crossEntropy],
  ['p = σ(z); r = 1 - p; -xlogy(y, p) - xlogy(1 - y, r)', crossEntropy],
  ['e = exp(z); s = 1 + e; log(s)', softplus],
  ['e = exp(z); log1p(e)', softplus],
  ['t = tanh(z); s = 1 - t^2; log(s)', squareLog],
  ['u = 3*σ(z); v = 2*exp(-z); w = u*v; -log(w)', (z) => [plus(z) - Math.log(6), σ(z)]],
  ['s = z^2; sqrt(s)', (z) => [Math.abs(z), Math.sign(z)]],
  ['g = exp(-z^2/2)/sqrt(2*pi); -log(g)', (z) => [z ** 2 / 2 + 0.5 * Math.log(2 * Math.PI), z]],
];

const FAR = [-1e5, -800, -30, -1, 1, 30, 800, 1e5];
const LABELS = [0, 1, 0.25];

const scalar = (text: string): string => sourceOf('param z = 1\ndata y = 1', text, 1);
/** Beside the number itself others, which have their own terms. */
const array = (text: string): string =>
  sourceOf('param z : [2]\ndata y : [2]', text.replace(/(?<! )([*^/])/g, ' .$1').replace(/ \./g, '.'), 2);

function sourceOf(head: string, text: string, count: number): string {
  const lines = text.split('; ');
  const last = lines.pop()!;
  // bce is a mean already.
  const whole = count === 1 ? last : last.startsWith('bce') ? `${count}*${last}` : `sum(${last})`;
  return [head, ...lines, `minimize L = ${whole}`].join('\n');
}

function agrees(found: number, truth: number, where: string): void {
  const close = Object.is(found, truth) || Math.abs(found - truth) <= Math.max(4e-15 * Math.abs(truth), 1e-300);
  expect(close, `${where}: ${found}, truly ${truth}`).toBe(true);
}

const TARGETS: readonly Backend[] = ['js', 'wasm', 'closure', ...(hasCompiler ? (['native'] as const) : [])];
beforeAll(provide);

describe.each(CASES)('%s', (text, truth) => {
  it.each(TARGETS)('of a number (%s)', (backend) => {
    const run = derive(scalar(text), 'z', { steps: false }).compile({ backend });
    for (const z of FAR)
      for (const y of LABELS) {
        const [value, slope] = truth(z, y);
        agrees(run.value({ z, y }) as number, value, `value at ${z}, ${y}`);
        agrees(run.gradient({ z, y }).z as number, slope, `slope at ${z}, ${y}`);
      }
  });

  it.each(TARGETS)('of an array (%s)', (backend) => {
    const run = derive(array(text), 'z', { steps: false }).compile({ backend });
    for (const z of FAR)
      for (const y of LABELS) {
        const ends = [truth(z, y), truth(-z, y)];
        const given = { z: [z, -z], y: [y, y] };
        agrees(run.value(given) as number, ends[0]![0] + ends[1]![0], `value at ${z}, ${y}`);
        const slopes = (run.gradient(given).z as { toArray(): number[] }).toArray();
        slopes.forEach((slope, k) => {
          agrees(slope, ends[k]![1], `slope at ${k === 0 ? z : -z}, ${y}`);
        });
      }
  });
});

it.skipIf(!hasCompiler)(
  'in exported C',
  () => {
    const points = CASES.flatMap(([text, truth]) =>
      [-1e5, -800, 800, 1e5].flatMap((z) => [0, 1].map((y) => ({ text, truth, z, y }))),
    );
    const said = saidInC(points.map(({ text, z, y }) => exportedOf(scalar(text), { given: { z, y } })));
    points.forEach(({ text, truth, z, y }, k) => {
      const [value, slope] = truth(z, y);
      agrees(said[k]!.value, value, `${text} at ${z}, ${y}`);
      agrees(said[k]!.gradients[0]!, slope, `the slope of ${text} at ${z}, ${y}`);
    });
  },
  120_000,
);

describe('the logarithm of a product decides by the sign of the whole', () => {
  it.each([
    ['log((x*exp(z))^2)', 2 * Math.LN2 + 1, 2],
    ['a = x*σ(z); b = a^2; log(b)', 2 * Math.LN2 - 2 * plus(-0.5), 2 * σ(-0.5)],
    ['a = x*σ(z); log(a)', Number.NaN, σ(-0.5)],
    ['a = x*exp(z); log(a*x)', 2 * Math.LN2 + 0.5, 1],
  ])('%s', (text, value, slope) => {
    const run = derive(sourceOf('param z = 0.5\ndata x = -2', text, 1), 'z', { steps: false }).compile();
    agrees(run.value({}) as number, value, 'value');
    agrees(run.gradient({}).z as number, slope, 'slope');
  });
});
