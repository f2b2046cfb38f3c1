import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { type Mended, mended, mendings } from '../../src/elaborate/mended.ts';
import { attempt } from '../../src/language/attempt.ts';
import { parse } from '../../src/language/parser.ts';
import { refusalOf } from '../support/refusal.ts';

const mend = (source: string): Mended | undefined =>
  mended(
    source,
    refusalOf(() => elaborate(parse(source))),
  );

/** Some are refused only where they are derived or trained. */
const isRefused = (source: string): boolean => attempt(() => elaborate(parse(source))) === undefined;

const or = (lines: string): string => `data X : [2, m] = [[0, 0, 1, 1], [0, 1, 0, 1]]
data Y : [1, m] = [[0, 1, 1, 1]]
param W : [1, 2] = [[0.1, 0.6]],  b = 0
${lines}`;

describe('a fault is mended as its hint says', () => {
  test.each([
    ['a bracket', 'minimize sum((W·X − Y).^2', 'minimize sum((W·X − Y).^2)'],
    ['a product the wrong way round', 'minimize sum((X·W − Y).^2)', 'minimize sum((W·X − Y).^2)'],
    ['a transpose too many', "minimize sum((W'·X − Y).^2)", 'minimize sum((W·X − Y).^2)'],
    ['a name misspelt', 'Z = W·X\nA = sigmoif(Z)\nminimize sum(A)', 'Z = W·X\nA = sigmoid(Z)\nminimize sum(A)'],
    ['names side by side', 'minimize sum((WX − Y).^2)', 'minimize sum((W*X − Y).^2)'],
    ['entry by entry', 'minimize sum(Y*Y)', 'minimize sum(Y .* Y)'],
    ['a power, then the sum that it needs', 'minimize Cost = (W·X − Y)^2', 'minimize Cost = sum((W·X − Y).^2)'],
    ['a name that is not declared', 'minimize sum(W·X − T)', 'data T\nminimize sum(W·X − T)'],
    ['NumPy', 'minimize np.sum((W @ X − Y)**2)', 'minimize sum((W * X − Y).^2)'],
    ['the first of two lines, the other for later', 'Z = W @ X\nminimize np.sum(Z**2)', 'Z = W * X\nminimize np.sum(Z**2)'],
  ])('%s', (_, wrong, right) => {
    expect(mend(or(wrong))?.source).toBe(right === undefined ? undefined : or(right));
  });

  test('a declaration stands in a line above, whatever else is wrong', () => {
    const product = 'sum[k](A[i,k]*B[k,j])';
    expect(mend(product)).toEqual({ label: 'param A : [n, m]', source: `param A : [n, m]\n${product}` });
  });

  test('of words that describe code only the code is written', () => {
    expect(mend('')).toEqual({ label: 'x^2*sin(x)', source: 'x^2*sin(x)' });
  });

  test.each([
    ['minimize sum(W)/2b', ['sum(W)/(2*b)', 'sum(W)/2*b']],
    ['minimize sum(W)^1/2', ['sum(W)^(1/2)', 'sum(W)/2']],
    ['minimize sin^-1(b)', ['asin(b)', '1/sin(b)']],
    ['minimize sum(A)^2 +', []],
    ['minimize sum(Y*Y)', ['Y .* Y']],
  ])('each way in which it can be meant is offered, as the hint has them: %s', (wrong, offered) => {
    const source = or(wrong);
    const error = refusalOf(() => elaborate(parse(source)));
    expect(mendings(source, error).map(({ label }) => label)).toEqual(offered);
  });

  test('every line of another language', () => {
    const rows = readFileSync(new URL('../language/elsewhere.txt', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(' ⟹ ')[0]!.replaceAll(' ⏎ ', '\n'));
    const left = rows.filter((text) => mend(text) === undefined);
    // Two lines of these are wrong, or what the hint writes needs a declaration besides.
    expect(left.length).toBeLessThanOrEqual(5);
  });

  test('what is offered is read, and keeps what is to be found', () => {
    const folder = new URL('../../examples/error/', import.meta.url);
    const offered = readdirSync(folder).flatMap((file) => {
      const source = readFileSync(new URL(file, folder), 'utf8');
      const found = isRefused(source) ? mend(source) : undefined;
      return found ? [{ file, found }] : [];
    });
    expect(offered.length).toBeGreaterThanOrEqual(12);
    for (const { file, found } of offered) {
      expect(() => elaborate(parse(found.source)), file).not.toThrow();
      expect(elaborate(parse(found.source)).objective?.sense, file).toBe('minimize');
    }
  });
});

test('a word of the language is not declared as a name', () => {
  expect(mend('param w = 1 minimize w^2')).toBeUndefined();
});

test('a long source is left alone', () => {
  expect(mend(`minimize x^2 @ 3 ${'# long'.repeat(5000)}`)).toBeUndefined();
});
