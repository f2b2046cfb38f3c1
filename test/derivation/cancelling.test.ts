import { describe, expect, test } from 'vitest';
import { derive } from '../../src/index.ts';

/** What becomes less in a step is said where it does. */

const BATCH_NORM = `data X : [m, n], T : [m, n]
param gamma : [1, n] = 1, beta : [1, n] = 0
mu = mean(X, rows)
v = mean((X - mu).^2, rows)
Xh = (X - mu)./sqrt(v + 1e-5)
Y = gamma.*Xh + beta
minimize L = sum((Y - T).^2)/(2*m)`;

const CROSS_ENTROPY = `data X : [n, m], Y : [1, m]
param W1 : [h, n], b1 : [h], W2 : [1, h], b2
A1 = tanh(W1*X + b1)
P = σ(W2*A1 + b2)
minimize L = -sum(Y.*log(P) + (1 - Y).*log(1 - P))/m`;

describe('a path over the mean', () => {
  test('vanishes in a batch norm, and the step says why', () => {
    const d = derive(BATCH_NORM, ['X']);
    expect(d.toText()).toMatch(/dμ = −sum\(dXh, m\) ⊘ √\(v \+ 1e-5\) .*differences from a mean add up to 0/);
    expect(d.toText({ detail: 'full' })).toMatch(
      /= −Σ_k dXh_ki\/√\(v_i \+ 1e-5\) +Σ_k \(X_ki − μ_i\) = 0: differences from a mean/,
    );
  });

  test('is said of the step alone in which it vanishes', () => {
    const [line] = /∂L\/∂X = .*/.exec(derive(BATCH_NORM, ['X']).toText())!;
    expect(line).not.toContain('mean');
  });

  test('vanishes by the name of the differences, when what arrives is put in', () => {
    const text = derive('var(x)', 'x', { shapes: { x: ['n'] } }).toText({ detail: 'full' });
    expect(text).toMatch(/= 2u_i\/n +what arrives put in, Σ_i u_i = 0/);
  });

  test('of something else than the mean does not vanish', () => {
    const other = BATCH_NORM.replace('mu = mean(X, rows)', 'mu = 2*mean(X, rows)');
    expect(derive(other, ['X']).toText()).not.toContain('differences');
  });
});

describe('a quotient that arrives', () => {
  test('cancels on a line of its own, told briefly too', () => {
    const lines = derive(CROSS_ENTROPY).toText().split('\n');
    const at = lines.findIndex((line) => line.includes('dZ = dP ⊙ P ⊙ (1 − P)'));
    expect(lines[at + 1]).toMatch(/^ +=\s\(P − Y\)\/m +what arrives put in, P ⊙ \(1 − P\) cancels$/);
  });

  test('does so in LaTeX', () => {
    expect(derive(CROSS_ENTROPY).toLatex()).toContain('\\odot (1 - P) \\\\\n&= \\frac{P - Y}{m}');
  });

  test('is not put in where nothing cancels', () => {
    const text = derive('data X : [n, m]; param w : [1, n]; Z = w*X; A = tanh(Z); minimize L = sum(A.^2)').toText();
    expect(text).not.toContain('put in');
  });
});
