import { describe, expect, it } from 'vitest';
import { check, type Derivation, derive } from '../../src/index.ts';

/** The lines of a derivation through time, each as a course writes it. */
const told = (derivation: Derivation): Map<string, string> =>
  new Map(
    derivation
      .toText()
      .split('In one line')[0]!
      .split('\n')
      .flatMap((line) => {
        const [, left, range = '', right] = /^ {2}([^\s=[]+)(\[[^\]]*\])? = (.*?)(?: {3,}.*)?$/u.exec(line) ?? [];
        return left ? [[left, `${range ? `${range} ` : ''}${right}`] as const] : [];
      }),
  );

const cases: Record<string, { readonly source: string; readonly says: Readonly<Record<string, string>> }> = {
  'two lags': {
    source: `data y : [T]
param a = 0.5, b = 0.2, c = 0.1
e[0] = 0
e[-1] = 0
e[t=1:T] = y[t] - a*e[t-1] - b*e[t-2] - c
minimize L = sum(e.^2)/T`,
    says: {
      δe: '[t=1:T] de[t] + (t < T ? −a·δe[t + 1] : 0) + (t < T − 1 ? −b·δe[t + 2] : 0)',
      '∂L/∂a': '−Σ_t δe[t]·e[t − 1]',
      '∂L/∂b': '−Σ_t δe[t]·e[t − 2]',
    },
  },
  'a mean of two states, and their geometric one': {
    source: `data y : [T]
param a0 = 1, b0 = 0.5
a[0] = a0
b[0] = b0
a[t=1:T] = (a[t-1] + b[t-1])/2
b[t=1:T] = sqrt(a[t-1]*b[t-1])
minimize L = sum((a - y).^2)`,
    says: {
      δb: '[t=1:T] t < T ? (δa[t + 1] + δb[t + 1]·a[t]/√(a[t]·b[t]))/2 : 0',
      δa: '[t=1:T] da[t] + (t < T ? (δa[t + 1] + δb[t + 1]·b[t]/√(a[t]·b[t]))/2 : 0)',
      '∂L/∂a0': '(δa[1] + δb[1]·b[0]/√(a[0]·b[0]))/2',
    },
  },
  'lags of vectors': {
    source: `data y : [T, 3]
param A : [3, 3] = 0.1, B : [3, 3] = 0.05
x[0] = zeros(3)
x[-1] = zeros(3)
x[t=1:T] = A*x[t-1] + B*x[t-2]
minimize L = sum((x - y).^2)/(2*T)`,
    says: {
      δx: '[t=1:T] dx[t] + (t < T ? Aᵀ·δx[t + 1] : 0) + (t < T − 1 ? Bᵀ·δx[t + 2] : 0)',
      '∂L/∂B': 'Σ_t δx[t]·x[t − 2]ᵀ',
    },
  },
  'lags with the entries of a vector': {
    source: `data y : [T]
param a : [3] = 0.1
x[0] = 0
x[-1] = 0
x[-2] = 0
x[t=1:T] = a[1]*x[t-1] + a[2]*x[t-2] + a[3]*x[t-3] + y[t]
minimize L = sum(x.^2)`,
    says: {
      δx: '[t=1:T] dx[t] + (t < T ? a[1]·δx[t + 1] : 0) + (t < T − 1 ? a[2]·δx[t + 2] : 0) + (t < T − 2 ? a[3]·δx[t + 3] : 0)',
      '∂L/∂a': '[Σ_t δx[t]·x[t − 1]; Σ_t δx[t]·x[t − 2]; Σ_t δx[t]·x[t − 3]]',
    },
  },
  'a state used twice': {
    source: `param r = 3.2, x0 = 0.3
data y : [T]
x[0] = x0
x[t=1:T] = r*x[t-1]*(1 - x[t-1])
minimize L = sum((x - y).^2)`,
    says: {
      δx: '[t=1:T] dx[t] + (t < T ? r·δx[t + 1]·(1 − 2·x[t]) : 0)',
      '∂L/∂r': 'Σ_t δx[t]·x[t − 1]·(1 − x[t − 1])',
      '∂L/∂x0': 'r·δx[1]·(1 − 2·x[0])',
    },
  },
  'a step of a leapfrog': {
    source: `param k = 1, x0 = 1, v0 = 0
const h = 0.1
data y : [20]
x[0] = x0
x[-1] = x0 - h*v0
x[t=1:20] = 2*x[t-1] - x[t-2] - h^2*k*sin(x[t-1])
minimize L = sum((x - y).^2)`,
    says: {
      δx: '[t=1:20] dx[t] + (t < 20 ? δx[t + 1]·(2 − h²·k·cos(x[t])) : 0) + (t < 19 ? −δx[t + 2] : 0)',
      '∂L/∂k': '−h²·Σ_t δx[t]·sin(x[t − 1])',
      '∂L/∂x0': '−δx[1]·(h²·k·cos(x[0]) − 1) − δx[2]',
    },
  },
  'a filter whose gain and variance are quantities of the step': {
    source: `param q = 0.1, r = 0.5
data y : [T]
x[0] = 0
p[0] = 1
k[t=1:T] = (p[t-1] + q)/(p[t-1] + q + r)
x[t=1:T] = x[t-1] + k[t]*(y[t] - x[t-1])
p[t=1:T] = (1 - k[t])*(p[t-1] + q)
minimize L = sum((x - y).^2)`,
    says: {
      δx: '[t=1:T] dx[t] + (t < T ? δx[t + 1] − δx[t + 1]·k[t + 1] : 0)',
      δk: '[t=1:T] δx[t]·(y[t] − x[t − 1]) − δp[t]·(p[t − 1] + q)',
      '∂L/∂r': '−Σ_t δk[t]·(p[t − 1] + q)/(p[t − 1] + q + r)²',
    },
  },
  'a state that only another quantity reads': {
    source: `param q = 0.1, r = 0.5
data y : [T]
p[0] = 1
k[t=1:T] = (p[t-1] + q)/(p[t-1] + q + r)
p[t=1:T] = (1 - k[t])*(p[t-1] + q)
minimize L = sum((k - y).^2)`,
    says: {
      dp: '[t=1:T] t < T ? r·dk[t + 1]/(p[t] + q + r)² : 0',
      δp: '[t=1:T] dp[t] + (t < T ? r·δk[t + 1]/(p[t] + q + r)² + δp[t + 1]·(1 − k[t + 1]) : 0)',
      δk: '[t=1:T] −δp[t]·(p[t − 1] + q)',
    },
  },
  'a quantity that is a term of another one in the same step': {
    source: `param a = 2, c = 3
w[0] = 1
v[0] = 0
v[k=1:3] = c*v[k-1] + a*w[k-1]
w[k=1:3] = w[k-1] + v[k]
minimize L = w[3]`,
    says: {
      δw: '[k=1:3] dw[k] + (k < 3 ? a·δv[k + 1] + δw[k + 1] : 0)',
      δv: '[k=1:3] δw[k] + (k < 3 ? c·δv[k + 1] : 0)',
      '∂L/∂c': 'Σ_k δv[k]·v[k − 1]',
    },
  },
  'two recurrences of one length, forwards from 2 and back from an end': {
    source: `data B : [T]
param a = 2
f[1] = 1
f[t=2:T] = a*f[t-1] + B[t]
g[T] = 1
g[t=1:T-1] = a*g[t+1]
minimize L = Σ_t f[t]*g[t]`,
    says: {
      dg: '[t=1:T − 1] f[t]',
      δg: '[t=1:T − 1] dg[t] + (t > 1 ? a·δg[t − 1] : 0)',
    },
  },
  'a definition that reads its neighbours': {
    source: `data x : [T]
param c = 0.1, p = 0.3
e[t=2:T] = x[t] - c - p*x[t-1]
minimize L = sum(e.^2)`,
    says: { de: '[t=2:T] 2·e[t]', '∂L/∂p': '−sum[t=2:T](de[t]·x[t − 1])' },
  },
  'steps from 2 on': {
    source: `data x : [T, 3], y : [T]
param W : [4, 4] ~ xavier, U : [4, 3] ~ xavier, h1 : [4] = 0.1, v : [4] = 0.2
h[1] = h1
h[t=2:T] = tanh(W*h[t-1] + U*x[t])
minimize L = sum((h*v - y).^2)/(2*T)`,
    says: {
      δh: '[t=2:T] dh[t] + (t < T ? Wᵀ·δs[t + 1] : 0)',
      δs: '[t=2:T] δh[t] ⊙ (1 − h[t]∘²)',
      '∂L/∂W': 'sum[t=2:T](δs[t]·h[t − 1]ᵀ)',
      '∂L/∂U': 'sum[t=2:T](δs[t]·x[t]ᵀ)',
      '∂L/∂h1': 'dh[1] + Wᵀ·δs[2]',
    },
  },
  'the forward pass of a hidden Markov model': {
    source: `param A : [3, 3] = 0.3, p : [3] = 0.3
data B : [T, 3]
a[1] = p .* B[1]
a[t=2:T] = (A'*a[t-1]) .* B[t]
minimize L = -log(sum(a[T]))`,
    says: {
      δa: '[t=2:T] da[t] + (t < T ? A·(δa[t + 1] ⊙ B[t + 1]) : 0)',
      '∂L/∂A': 'sum[t=2:T](a[t − 1]·(δa[t] ⊙ B[t])ᵀ)',
      '∂L/∂p': '(da[1] + A·(δa[2] ⊙ B[2])) ⊙ B[1]',
    },
  },
  'two lags from 2 on': {
    source: `param a = 1, b = 2
data x : [T]
F[0] = a
F[1] = b
F[t=2:T] = F[t-1]*x[t] + F[t-2]
minimize L = F[T]^2`,
    says: {
      δF: '[t=2:T] dF[t] + (t < T ? δF[t + 1]·x[t + 1] : 0) + (t < T − 1 ? δF[t + 2] : 0)',
      '∂L/∂a': 'δF[2]',
      '∂L/∂b': 'dF[1] + δF[2]·x[2] + (T ≥ 3 ? δF[3] : 0)',
    },
  },
  "Horner's scheme, counted by its own letter": {
    source: `data c : [n]
param s = 1
p[n+1] = 0
p[k=1:n] = c[k] + s*p[k+1]
minimize L = p[1]^2`,
    says: {
      dp: '[k=1:n] k == 1 ? 2·p[1] : 0',
      δp: '[k=1:n] dp[k] + (k > 1 ? s·δp[k − 1] : 0)',
      '∂L/∂s': 'Σ_k δp[k]·p[k + 1]',
    },
  },
  'steps back from an end': {
    source: `param w : [2] = 0.1
data R : [N], F : [N, 2]
V[N] = 0
V[t=1:N-1] = R[t] + 0.9*V[t+1] - F[t]'*w
minimize L = V[1]^2`,
    says: {
      δV: '[t=1:N − 1] dV[t] + (t > 1 ? 0.9·δV[t − 1] : 0)',
      '∂L/∂w': '−sum[t=1:N − 1](δV[t]·F[t])',
    },
  },
};

describe.each(Object.entries(cases))('%s', (_, { source, says }) => {
  const derivation = derive(source);
  it('is told by its steps', () => {
    expect(Object.fromEntries(told(derivation))).toMatchObject(says);
    expect(derivation.toText()).not.toMatch(/recurrence|\bM\[|\bT\d?\[/);
  });
  it('holds line by line, as it is printed', () => {
    expect(derivation.verifySteps()).toMatchObject({ ok: true, failed: [] });
  });
  it('is what differences say', async () => {
    expect(await check(source)).toMatchObject({ ok: true });
  });
});

it('a step that repeats a part is one line, without names for it', () => {
  const steps = derive(`data y : [T]
f(s) = sin(s) - k*s
param k = 0.5, p = 0.1
x[0] = 1
x[t=1:T] = x[t-1] + p*f(x[t-1] + p/2*f(x[t-1]))
minimize L = sum((x - y).^2)`)
    .toText()
    .split('\n')
    .filter((line) => /^ {2}\S+ = /.test(line));
  expect(steps).toHaveLength(4);
  expect(steps.join('\n')).not.toContain('where');
  expect(steps[1]).toMatch(/^ {2}δx\[t=1:T\] = dx\[t\] \+ \(t < T \? δx\[t \+ 1\]·/);
});

it.each([3, 4, 5])('steps that there need not be are told with a condition: %i of them', (count) => {
  const derivation = derive(`data y : [T] = [${Array.from({ length: count }, (_, k) => k + 1).join(', ')}]
param a = 0.5, b = 0.2, c = 0.3
s[1] = c
s[2] = c^2
s[t=3:T] = a*s[t-1] + b*s[t-2]
minimize L = sum((s - y).^2)`);
  expect(derivation.toText()).toContain('∂L/∂c = ds[1] + 2c·(ds[2] + a·δs[3] + b·(T ≥ 4 ? δs[4] : 0)) + b·δs[3]');
  expect(derivation.verifySteps()).toMatchObject({ ok: true });
});

it('entries that are read of an array are no quantity of their own', () => {
  const text = derive(`data y : [T]
param a = 0.5, b = 0.2
e[1] = 0
e[2] = 0
e[t=3:T] = y[t] - a*y[t-1] - b*e[t-2]
minimize S = sum[t=3:T](e[t]^2)`).toText();
  expect(text).toContain('S = sum[t=3:T](e[t]²)');
  expect(text).toContain('de_t = t ≥ 3 ? 2e_t : 0');
});

it('a negative number of an entry has one sign everywhere', () => {
  const text = derive('param a, b; h[-1] = b; h[0] = a; h[t=1:3] = sqrt(h[t-2] + b)*h[t-1]; minimize sum(h.^2)').toText();
  expect(text).toContain('h[−1]');
  expect(text).not.toContain('h[-1]');
});
