import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { derive } from '../../src/index.ts';

/** What matrix notation cannot say in one formula is said of an entry, in the letters of the source. */

const example = (file: string): string => derive(readFileSync(`examples/${file}.grad`, 'utf8')).toText();

describe('arrays of many axes', () => {
  test('an attention has one equation a step, in its own letters', () => {
    const text = example('models/attention');
    expect(text).toContain('S_bhij = Σ_k Q_bhik K_bhjk/√2');
    expect(text).toMatch(/dS_bhij = P_bhij·\(dP_bhij − Σ_(\p{L}) dP_bhi\1 P_bhi\1\)/u);
    expect(text).toContain('∂Loss/∂Wq_hck = Σ_bi dQ_bhik X_bic');
    expect(text).not.toMatch(/where|\bT\d?\b/);
  });

  test.each(['gaussians', 'models/k-means', 'models/mixture', 'models/attention'])('%s has no names of its own', (file) => {
    expect(example(file)).not.toMatch(/\bT\d?\b/);
  });

  test('one of many matrices is known by its letter', () => {
    const text = example('gaussians');
    expect(text).toContain('V_bi  = Σ_j inv(S_b)_ij R_bj');
    expect(text).toContain('ℓ_b   = logdet(S_b) + Σ_i R_bi V_bi');
  });

  test('a letter that is the name of a length does not stand beside that length', () => {
    const source = 'data X : [b, t, 3]; param W : [3]; Z[b,t] = sum[c](X[b,t,c]*W[c]); minimize L = sum[b,t](Z[b,t]^2)/(b*t)';
    const text = derive(source).toText({ detail: 'full' });
    expect(text).toContain('Z_bt = Σ_c X_btc W_c');
    expect(text).not.toMatch(/_\w*b\w*[^\n]*\/\(?b·t/u);
  });

  test('what holds of an entry is said outside of its sum', () => {
    const source = 'data V : [k, q]; param h : [n, q]; z = V*h[n, :]; minimize L = sum(z.^2)';
    expect(derive(source).toText()).toMatch(/== n \? Σ_/);
  });
});

describe('a closed form', () => {
  test('is one formula that people know again', () => {
    const deep =
      'data X : [n, m]; param A : [p, n], B : [p, p], C : [p, p], w : [p]; y = tanh(C*tanh(B*tanh(A*X))); minimize L = sum(y.^2)';
    const text = derive(deep).toText();
    expect(text).toContain('∂L/∂C = ');
    const [, closed = ''] = text.split('In one line');
    expect(closed).not.toContain('where');
    expect(closed).not.toContain('∂L/∂A =');
    expect(closed).toContain('longer than a line: ∂L/∂A and ∂L/∂B (see the steps)');
  });
});
