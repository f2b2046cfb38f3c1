import { describe, expect, test } from 'vitest';
import { check } from '../../src/index.ts';
import { partOf } from '../support/generate.ts';

/** Claims that are right but for a branch which random points miss, and the whole slope. */
const MISSED: readonly (readonly [source: string, wrong: string, right: string])[] = [
  ['max(log(x), -100)', '1/x', 'where(log(x) > -100, 1/x, 0)'],
  ['relu(log(x) + 20)', '1/x', 'step(log(x) + 20)/x'],
  ['abs(log(x) + 20)', '1/x', 'sign(log(x) + 20)/x'],
  ['relu(x^2 - 1e-4)', '2*x', '2*x*step(x^2 - 1e-4)'],
  ['relu(x^2 - 1e-6)', '2*x', '2*x*step(x^2 - 1e-6)'],
  ['relu(x^2 + y^2 - 1e-4)', '2*x', '2*x*step(x^2 + y^2 - 1e-4)'],
  ['where(abs(x - 3) < 0.1, x^2, x)', '1', 'where(abs(x - 3) < 0.1, 2*x, 1)'],
  ['where(x > 2.5 and x < 2.6, x^2, x)', '1', 'where(x > 2.5 and x < 2.6, 2*x, 1)'],
  ['where(abs(x - 0.3) < 0.001, x^2, x)', '1', 'where(abs(x - 0.3) < 0.001, 2*x, 1)'],
  ['where(x > 2, where(x < 2.01, x^3, x), x)', '1', 'where(x > 2, where(x < 2.01, 3*x^2, 1), 1)'],
  ['round(x/10)*x', '0', 'round(x/10)'],
  ['floor(x/10 + 0.5)*x', '0', 'floor(x/10 + 0.5)'],
  ['floor((x + 1000)/2000)*x', '0', 'floor((x + 1000)/2000)'],
  ['round(x/1000)*x', '0', 'round(x/1000)'],
  ['mod(x + 1000, 2000)^2', '2*(x + 1000)', '2*mod(x + 1000, 2000)'],
  ['relu(sin(x) - 0.999999)', '0', 'cos(x)*step(sin(x) - 0.999999)'],
  ['relu(1 - 1e8*(x - 7.7)^2)', '0', 'step(1 - 1e8*(x - 7.7)^2)*(-2e8*(x - 7.7))'],
  [
    'where(x > 50 and y > 60 and z > 70 and u > 80 and v > 90, x^2, x)',
    '1',
    'where(x > 50 and y > 60 and z > 70 and u > 80 and v > 90, 2*x, 1)',
  ],
  [
    'where(x > 50 and x < 51 and y > 60 and y < 61 and z > 0, x^2, x)',
    '1',
    'where(x > 50 and x < 51 and y > 60 and y < 61 and z > 0, 2*x, 1)',
  ],
  ['relu(0.01 - (x - 3)^2 - (y - 4)^2)', '0', '-2*(x - 3)*step(0.01 - (x - 3)^2 - (y - 4)^2)'],
  ['relu(1e-6 - (x - y)^2 - (y - 14)^2)', '0', '-2*(x - y)*step(1e-6 - (x - y)^2 - (y - 14)^2)'],
  ['x^2', '2*x*where(abs(x - 3.3) < 0.001, 2, 1)', '2*x*where(abs(x - 3.3) < 0.001, 1, 1)'],
  ['x^2', '2*x*where(x > 1e-9 and x < 1e-8, 2, 1)', '2*x'],
  ['x^2', '2*x*where(x > 1e30, 2, 1)', '2*x'],
  ['where(x > 1e110, x^2, x)', '1', 'where(x > 1e110, 2*x, 1)'],
  ['where(x < -1e150, x^2, x)', '1', 'where(x < -1e150, 2*x, 1)'],
  ['relu(1e-7 - (x - 17)^2)', '0', '-2*(x - 17)*step(1e-7 - (x - 17)^2)'],
  ['abs(x^2 + x + 0.2499999)', '2*x + 1', '(2*x + 1)*sign(x^2 + x + 0.2499999)'],
  // Cut off where nothing shows in doubles.
  ['log(1 + exp(x))', 'where(x > 30, 1, sigmoid(x))', 'sigmoid(x)'],
  ['tanh(x)', 'where(abs(x) > 25, 0, 1 - tanh(x)^2)', '1 - tanh(x)^2'],
  ['-log(sigmoid(x))', 'max(sigmoid(x), 1e-15) - 1', 'sigmoid(x) - 1'],
  ['huber(x, 8, 0.0001)', '0.0001*sign(x - 8)', 'clip(x - 8, -0.0001, 0.0001)'],
  // What is rounded is equal to a number on a whole region.
  ['where(round(x) == 7, x^2, x)', '1', 'where(round(x) == 7, 2*x, 1)'],
  ['where(floor(x) == 1000, x^2, x)', '1', 'where(floor(x) == 1000, 2*x, 1)'],
  ['where(floor(x) == 1000, 2, x)', '1', 'where(floor(x) == 1000, 0, 1)'],
  ['where(floor(x) <= 4, x^2, x)', 'where(floor(x) < 4, 2*x, 1)', 'where(floor(x) < 5, 2*x, 1)'],
  ['where(abs(floor(x) - 12345) < 1, x^2, x)', '1', 'where(abs(floor(x) - 12345) < 1, 2*x, 1)'],
  // Several conditions at once.
  [
    'relu(x - y)*relu(y - z)*relu(z - w)*relu(w - u)*relu(u - v)',
    '0',
    'step(x - y)*relu(y - z)*relu(z - w)*relu(w - u)*relu(u - v)',
  ],
  ['where(sin(x) > 0.99999 and sin(y) > 0.99999, x*y, 0)', '0', 'where(sin(x) > 0.99999 and sin(y) > 0.99999, y, 0)'],
  ['x*ceil(sin(x) - 0.9999)', '0', 'ceil(sin(x) - 0.9999)'],
];

const ARRAYS: readonly (readonly [
  source: string,
  name: string,
  wrong: string,
  right: string,
  shapes: Record<string, (number | string)[]>,
])[] = [
  ['sum(clip(W*x, -1e-4, 1e-4))', 'W', '0*W', "(abs(W*x) <= 1e-4)*x'", { W: ['m', 'n'], x: ['n'] }],
  ['relu(norm(x) - 1e-5)', 'x', 'x/norm(x)', 'step(norm(x) - 1e-5)*x/norm(x)', { x: ['n'] }],
  [
    'relu(1e-5 - norm(x - [1; 2; 3]))',
    'x',
    'zeros(3)',
    '-step(1e-5 - norm(x - [1; 2; 3]))*(x - [1; 2; 3])/norm(x - [1; 2; 3])',
    { x: [3] },
  ],
  ['prod(relu(x - 20.5))', 'x', '0*x', 'P[i=1:6] = prod[j=1:6](i == j ? step(x[j] - 20.5) : relu(x[j] - 20.5)); P', { x: [6] }],
  ['sum(where(x > 2 and x < 2.001, x.^2, x))', 'x', 'ones(n)', 'where(x > 2 and x < 2.001, 2*x, 1)', { x: ['n'] }],
];

describe('a branch that random points miss is found, of arrays too', () => {
  test.each(partOf(ARRAYS, 3))('%s by %s is not %s', async (source, name, wrong, right, shapes) => {
    const said = await Promise.all([wrong, right].map((claim) => check(source, { wrt: name, shapes, claim: { [name]: claim } })));
    expect(said.map(({ claims }) => claims[name]!.ok)).toEqual([false, true]);
  });
});

describe('a branch that random points miss is found', () => {
  test.each(partOf(MISSED, 3))('%s is not %s', async (source, wrong, right) => {
    const said = await Promise.all([wrong, right].map((claim) => check(source, { wrt: 'x', claim: { x: claim } })));
    expect(said.map(({ claims }) => claims.x!.ok)).toEqual([false, true]);
  });
});
