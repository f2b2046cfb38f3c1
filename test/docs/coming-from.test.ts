import { afterAll, describe, expect, it } from 'vitest';
import { compile, derive, GradusError, train } from '../../src/index.ts';
import { blocksOf, heldToComments, Place, page, rowsOf } from '../support/snippets.ts';

const text = page('docs/coming-from.md');
const place = new Place('');
afterAll(() => place.remove());

const shapes = { A: ['m', 'n'], B: ['n', 'm'], x: ['n'], y: ['n'] };
const A = [
  [4, 1, 0],
  [1, 3, 1],
  [0, 1, 2],
];
const values = { A, B: A.map((row) => row.map((entry) => entry + 1)), x: [1, 2, 3], y: [3, 1, 2], a: 0.5, b: 2 };

const spellings = rowsOf(text)
  .slice(1)
  .flatMap((cells) => [...cells[5]!.matchAll(/`([^`]+)`/g)].map(([, formula]) => formula!));

describe('the spellings of coming-from.md', () => {
  it.each(spellings)('%s', (formula) => {
    const open = /^\w+\[k\]/.test(formula) ? `C[i, j] = ${formula}\nC` : formula;
    // What needs a square matrix, or two of one shape, says so.
    const square = { ...shapes, A: ['m', 'm'], B: ['m', 'm'], x: ['m'], y: ['m'] };
    const named = /\b[mn]\b/.test(formula) ? shapes : square;
    const names = Object.keys(values).filter((name) =>
      new RegExp(`(?<!\\w)${name}(?!\\w)`).test(formula),
    ) as (keyof typeof values)[];
    const given = Object.fromEntries(names.map((name) => [name, values[name]]));
    const own = Object.fromEntries(names.flatMap((name) => (name in named ? [[name, named[name as keyof typeof named]]] : [])));
    const value = compile(open, { shapes: own })(given as never);
    const numbers = typeof value === 'number' ? [value] : [...value.data];
    expect(numbers.every(Number.isFinite)).toBe(true);
  });
});

const blocks = blocksOf(text).map((block) => [block.line, block] as const);

it.each(blocks.filter(([, { language }]) => language === 'js'))('the module in line %d', (_, block) => {
  expect(place.module(heldToComments(block.text))).toMatchObject({ status: 0, err: '' });
});

it.each(blocks.filter(([, { language }]) => language === ''))('the model in line %d', async (_, block) => {
  const { cost, history } = await train(block.text, {}, { epochs: 5, lr: 0.01 });
  expect(cost).toBeLessThan(history[0]!);
});

const refused = (run: () => unknown): GradusError => {
  try {
    run();
  } catch (error) {
    if (error instanceof GradusError) return error;
  }
  throw new Error('this is not refused');
};

const gradient = (source: string, at: Record<string, unknown>, own: Record<string, (number | string)[]> = {}) => {
  const found = derive(source, Object.keys(at), { shapes: own })
    .compile()
    .gradient(at as never);
  return Object.fromEntries(Object.entries(found).map(([name, x]) => [name, typeof x === 'number' ? x : x.toArray()]));
};

describe('what coming-from.md says', () => {
  it('of spellings from elsewhere', () => {
    expect(refused(() => compile('np.exp(x) + W.T @ y')).hint).toContain("write exp(x) + W' * y");
  });

  it('of columns and rows', () => {
    const X = ['n', 'd'];
    expect(refused(() => compile('X + b', { shapes: { X, b: ['d'] } })).hint).toContain("b' goes to every row");
    expect(refused(() => compile('A - y', { shapes: { A: [1, 'm'], y: ['m'] } })).hint).toContain("y'");
    expect(refused(() => compile('X*w', { shapes: { X, w: ['k'] } })).code).toBe('shape');
    expect(refused(() => compile('softmax(X)', { shapes: { X } })).hint).toBeDefined();
  });

  it('of axes and indices', () => {
    const run = (source: string) =>
      compile(source, { shapes: { A: ['m', 'n'] } })({
        A: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      });
    expect(run('sum(A, rows)')).toMatchObject({ shape: [1, 3] });
    expect([...(run('sum(A, cols)') as { data: Float64Array }).data]).toEqual([6, 15]);
    expect([...(run('sum(A, n)') as { data: Float64Array }).data]).toEqual([6, 15]);
    expect(compile('sum(x[2:3])', { shapes: { x: [4] } })({ x: [1, 2, 4, 8] })).toBe(6);
  });

  it('of kinks', () => {
    expect(gradient('abs(x) + relu(x)', { x: 0 })).toEqual({ x: 0 });
    expect(gradient('norm(x)', { x: [0, 0] }, { x: [2] })).toEqual({ x: [0, 0] });
    expect(gradient('max(x, y)', { x: 1, y: 1 })).toEqual({ x: 0.5, y: 0.5 });
    expect(gradient('max(x)', { x: [2, 1, 2] }, { x: [3] })).toEqual({ x: [0.5, 0, 0.5] });
    expect(gradient('clip(x, 0, 1)', { x: 1 })).toEqual({ x: 1 });
    expect(gradient('where(x > 0, sqrt(x), 0)', { x: -1 })).toEqual({ x: 0 });
  });

  it('of symmetric matrices', () => {
    const { partial } = derive("param S : [n, n] symmetric\ndata x : [n]\ndata y : [n]\nminimize x'*S*y");
    expect(partial.toString()).toMatch(/x\*y' \+ y\*x'|y\*x' \+ x\*y'/);
  });

  it('of smaller things', () => {
    expect(compile('var([1, 2, 3, 4])')()).toBe(1.25);
    expect(compile('round(2.5) + round(3.5)')()).toBe(6);
    expect(compile('sinc(a)')({ a: 2 })).toBeCloseTo(Math.sin(2) / 2, 15);
    expect(compile('log(a)')({ a: Math.E })).toBe(1);
    expect(refused(() => compile('a/2x')).code).toBe('syntax');
  });
});
