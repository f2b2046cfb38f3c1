import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Flow } from '../../src/derivation/flows.ts';
import { derive } from '../../src/index.ts';
import type { Expr } from '../../src/language/tree.ts';
import { printExpr } from '../../src/render/text.ts';
import { leftOf, numbersOf, worth } from '../support/worth.ts';

/** What flows back along the arrows into a quantity adds up to the derivative by it. */

const data: Record<string, string> = {
  twice: 'data X : [3, 3], Y : [3, 3]; param W : [3, 3]; Z = W*X + W; minimize L = sum((Z - Y).^2)',
  own: 'param X : [3, 3], W : [3, 3]; Z = W*X + X; A = tanh(Z); minimize L = sum(A.*X)',
  both: 'data x : [n]; param W : [n, n]; a = W*x; r = x + tanh(a); s = r.*a; minimize L = sum(s.^2) + sum(a)',
  inverse: 'param A : [3, 3]; B = inv(A + 3*eye(3)); D = B*A + B; minimize L = sum(D.^2)',
  determinant: "param A : [3, 3]; D = A'*A + eye(3); minimize L = log(det(D)) + trace(D)",
  summed: 'param w : [3]; data X : [5, 3]; h = max(X*w, 0); g = cumsum(h); minimize L = sum(g.^2) + sum(h)',
  softmax: 'data X : [n, m], Y : [q, m]; param W : [q, n]; Z = W*X; P = softmax(Z, q); minimize L = -sum(Y.*log(P))/m',
};

const examples = readdirSync('examples').filter((file) => file.endsWith('.grad'));
const sources = [...Object.entries(data), ...examples.map((file) => [file, readFileSync(`examples/${file}`, 'utf8')] as const)];

const signs = (expr: Expr): string => printExpr(expr, 'ascii');

describe.each(sources)('%s', (_, source) => {
  test('flows into a quantity add up to its derivative', () => {
    const derivation = derive(source);
    const known = numbersOf(source, derivation);
    const { flows } = derivation.document({ detail: 'full' });
    const bySum = new Map<string, Flow[]>();
    for (const flow of flows) bySum.set(flow.by, [...(bySum.get(flow.by) ?? []), flow]);
    let checked = 0;
    for (const [by, own] of bySum) {
      let total: number[] | undefined;
      let wanted: readonly number[] | undefined;
      for (const { to, passes, where } of own) {
        const left = leftOf(to);
        const like = left && known.get(left.name);
        const text = signs(passes);
        if (!left || !like || where || text.includes('δ')) {
          total = undefined;
          break;
        }
        // A formula of whole arrays has the shape of its result.
        const isWhole = left.letters.length < like.shape.length;
        const found = [...Array.from(worth({ text, left: left.name, letters: isWhole ? [] : left.letters }, like, known))];
        total = total ? total.map((value, k) => value + found[k]!) : found;
        wanted = like.data;
      }
      if (!total || !wanted) continue;
      for (const [k, value] of wanted.entries())
        expect(total[k], `${by}: ${own.map(({ passes }) => signs(passes)).join(' and ')}`).toBeCloseTo(value, 8);
      checked++;
    }
    expect(checked).toBeGreaterThan(0);
  });
});
