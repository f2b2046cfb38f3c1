import { beforeAll, describe, expect, it } from 'vitest';
import { compile, derive, type Inputs } from '../../src/index.ts';
import { operators } from '../../src/operators/index.ts';
import { type BigNumbers, bigNumbers } from '../../src/verify/big-numbers.ts';

let numbers: BigNumbers;
beforeAll(async () => {
  numbers = await bigNumbers();
});

describe('round takes halves to the even side in every arithmetic', () => {
  const round = operators.find((o) => o.name === 'round')!;
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

describe('a backend that does not exist', () => {
  it.each(['wasm', 'webgl', '', 'toString'])('%j is refused, and those that exist are named', (backend) => {
    const options = { backend: backend as 'js' };
    const refusal = expect.objectContaining({ code: 'argument', hint: expect.stringContaining('auto, js, closure') });
    expect(() => compile('x^2', options)).toThrow(refusal);
    expect(() => derive('x^2', 'x').compile(options)).toThrow(refusal);
  });
});
