import { describe, expect, it } from 'vitest';
import { check as checkGradients } from '../../src/api/check.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { parse } from '../../src/language/parser.ts';
import { Points } from '../../src/verify/points.ts';
import '../../src/vitest.ts';

const pointsOf = (source: string, wrt: string[], shapes = {}) => new Points(elaborate(parse(source), { shapes }), wrt, {});

describe('points', () => {
  it('names of dimensions get sizes that differ from all others', () => {
    const { sizes } = pointsOf('A*B*C', ['A'], { A: ['m', 2], B: [2, 'n'], C: ['n', 'k'] });
    expect(new Set([...sizes.values(), 2]).size).toBe(4);
  });

  it('data of the source stay; what is derived by and what has no value is drawn', () => {
    const points = pointsOf('data X : [m] = [1, 2, 3]\ndata y\nparam w\nminimize sum((w*X - y).^2)/m', ['w']);
    expect(points.sizes.get('m')).toBe(3);
    const { values, drawn } = points.next(0, 0);
    expect(Array.from(values.get('X')!)).toEqual([1, 2, 3]);
    expect(Object.keys(drawn)).toEqual(['y', 'w']);
  });

  // −∞ before softmax leaves an entry out, as a causal mask does; what is infinite by itself says nothing.
  it.each([
    ['in a choice', 'S[i=1:n, j=1:n] = where(j <= i, sum[a](Q[i, a]*W[a, j]), -inf)'],
    ['in a mask that is added', 'M[i=1:n, j=1:n] = where(j <= i, 0, -inf)\nS = Q*W + M'],
  ])('an ∞ that the source writes is meant: %s', async (_, mask) => {
    const source = `data Q : [n, d]\nparam W : [d, n]\n${mask}\nP = softmax(S, cols)\nminimize L = sum(P.^2)`;
    await expect(source).toHaveCorrectGradients();
    await expect(checkGradients('param w\nminimize w^2 + 1/(2 - 2*w/w)')).rejects.toThrow(GradusError);
  });

  it('facts hold', () => {
    const points = pointsOf('param p : [5] positive\nparam k int\nparam S : [3, 3] symmetric\nsum(p)*k*sum(S)', ['p', 'k', 'S']);
    for (let attempt = 0; attempt < 12; attempt++) {
      const { p, k, S } = points.next(0, attempt).drawn as { p: number[]; k: number; S: number[][] };
      expect(Math.min(...p)).toBeGreaterThan(0);
      expect(Number.isInteger(k)).toBe(true);
      expect(S.map((row, i) => row.map((_, j) => S[j]![i]))).toEqual(S);
    }
  });

  it('the facts of data hold, those of a matrix in two ways too', () => {
    const source = `data y : [3] distribution, H : [3, 4] onehot rows, D : [3, 3] distribution rows distribution cols
data S : [3, 3] symmetric distribution rows
param w
minimize w*sum(y)*sum(H)*sum(D)*sum(S)`;
    const points = pointsOf(source, ['w']);
    for (let number = 0; number < 2; number++) {
      for (let attempt = 0; attempt < 8; attempt++) {
        const { y, H, D, S } = points.next(number, attempt).drawn as { y: number[]; H: number[][]; D: number[][]; S: number[][] };
        const columns = (A: number[][]) => A[0]!.map((_, j) => A.map((row) => row[j]!));
        const total = (line: number[]) => line.reduce((a, b) => a + b);
        for (const line of [y, ...columns(D), ...D, ...columns(S)]) expect(total(line)).toBeCloseTo(1, 12);
        for (const [i, column] of columns(S).entries())
          for (const [j, x] of column.entries()) expect(x).toBeCloseTo(S[i]![j]!, 12);
        for (const column of columns(H)) expect([...column].sort()).toEqual([0, 0, 1]);
      }
    }
  });

  it('what the source gives to six digits counts as what it is rounded from', async () => {
    const source = 'data y : [3] distribution = [0.333333, 0.333333, 0.333334]\nparam z : [3]\nminimize -sum(y.*log(softmax(z)))';
    await expect(source).toHaveCorrectGradients();
    await expect(source.replace('0.333334', '0.333333')).toHaveCorrectGradients();
  });

  it.each(['log(x - 3)', 'log(-x)', 'atanh(x)', 'sqrt(log(x))', 'log(atanh(x))', 'sqrt(1e-2 - x^2)', 'log(x - y)', '(-x)^0.5'])(
    'the domain of %s is found',
    async (source) => {
      await expect(source).toHaveCorrectGradients({ wrt: 'x' });
    },
  );

  it.each(['log(-x^2)', 'sqrt(-1 - abs(x))', '1/(x - x)'])('%s has none, and that is said', async (source) => {
    const error = await checkGradients(source, { wrt: 'x' }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(GradusError);
    expect(error).toMatchObject({ code: 'domain' });
  });

  it('kinks are avoided, and none where only data have them', async () => {
    await expect('abs(x - 1) + relu(x) + max(x, 2*x)').toHaveCorrectGradients();
    await expect('data X : [3] = [0, 1, -1]\nparam w\nminimize sum(abs(X)*w^2)').toHaveCorrectGradients();
  });

  it('values can be given instead', async () => {
    const report = await checkGradients('param w\ndata s\nminimize w^2*s', { inputs: { s: 3 } });
    expect(Object.keys(report.partials.w!.at)).toEqual(['w']);
    expect(report.ok).toBe(true);
  });
});
