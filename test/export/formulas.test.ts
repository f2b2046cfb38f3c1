import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exportedOf } from './c-exported.ts';

/** What stands above each line of what is derived: its formula as `derive` says it, by matrices, by entries, or with names. */

const formulasOf = (source: string): Record<string, string> =>
  Object.fromEntries(exportedOf(source).backward.map(({ name, formula }) => [name, formula]));

describe('formulas of derivatives', () => {
  test('are by entries where matrices do not say it', () => {
    const causal = `data X : [n, d] = [[0.1, 0.2], [0.3, -0.1]], Y : [n, d] = [[1, 0], [0, 1]]
param W : [d, d] = [[0.1, 0.2], [0.3, 0.4]]
S = X*W*X'
M[i,j] = where(j <= i, S[i,j], -1e9)
O = softmax(M, cols)*X
minimize L = sum((O - Y).^2)/n`;
    expect(formulasOf(causal)).toMatchObject({ dS: 'dS_ij = j ≤ i ? dM_ij : 0', '∂L/∂W': '∂L/∂W = Xᵀ·dS·X' });
  });

  test('have the names that they need behind them', () => {
    const camera = readFileSync('examples/models/cameras.grad', 'utf8');
    expect(formulasOf(camera).dB).toMatch(/^dB = sin\(θ\)·T \+ .*, where T\[/);
  });

  const files = readdirSync('examples', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.grad') && !/error/.test(file),
  );
  // Formulas of more letters than anybody reads.
  const LONG: Readonly<Record<string, readonly string[]>> = {
    'gradient-penalty.grad': ['∂Loss/∂b', '∂Loss/∂W', '∂Loss/∂w'],
    'models/pendulum.grad': ['∂Loss/∂b', '∂Loss/∂a', '∂Loss/∂c'],
  };
  test.each(files)('are above all that is derived of %s', (file) => {
    let found: Record<string, string>;
    try {
      found = formulasOf(readFileSync(`examples/${file}`, 'utf8'));
    } catch (error) {
      // Without an objective, or without the data that come in files.
      expect(String(error)).toMatch(/nothing to export|has no value|nothing to learn/);
      return;
    }
    const without = Object.keys(found).filter((name) => found[name] === '');
    expect(without).toEqual(LONG[file] ?? []);
  });
});
