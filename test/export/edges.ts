const WIDE = [-1e160, -1e8, -2, -0.3, -1e-8, 1e-8, 1e-3, 0.3, 2, 1e8, 1e160];

/** Arguments of functions where libraries have them wrong, do not end, or give numbers that there are not. */
const ARGUMENTS: Readonly<Record<string, readonly number[]>> = {
  '(1 - 1./(1 + x.^2))': WIDE,
  'x./(1 + x.^2)': WIDE,
  'x.^2./(1 + x.^2)': WIDE,
  'x.^3./(1 + x.^2)': WIDE,
  '((exp(x) - 1)./x)': [-700, -1e-8, 1e-8, 0.3, 700],
  '(sqrt(x + 1) - sqrt(x))': [1e-160, 1e-8, 0.3, 2, 1e8, 1e160],
  '(sqrt(x.^2 + 1) - x)': WIDE,
  '(log(x + 1) - log(x))': [1e-160, 1e-8, 0.3, 2, 1e8, 1e160],
  '((x + 1).^0.3 - x.^0.3)': [1e-160, 1e-8, 0.3, 2, 1e8, 1e160],
  'log(1 - erf(x))': [-1e8, -30, -0.3, 0, 1e-8, 0.3, 8, 30, 1e8],
  'exp(-x.^2)': WIDE,
  'uppergamma(-1, x)': [1e-8, 0.3, 1.4, 1.6, 30],
  'uppergamma(0, x)': [1e-8, 0.3, 1.4, 1.6, 30],
  'uppergamma(-2.5, x)': [1e-8, 0.3, 1.4, 1.6, 30],
  'uppergamma(-12.2, x)': [1e-8, 0.3, 1.4, 1.6, 30],
  'uppergamma(0.3, x)': [1e-8, 0.3, 1.4, 1.6, 30],
  'digamma(x)': [-5.5, -7.3, -10.2, -20.7, -2246.7, -3, 0, -0.3, 0.3, 40],
  'trigamma(x)': [-5.5, -7.3, -10.2, -20.7, -2246.7, -3, 0, -0.3, 0.3, 40],
  'polygamma(2, x)': [-7.3, -10.2, -20.7, -2246.7, -3, 0, -0.3, 0.3, 40],
  'polygamma(3, x)': [-7.3, -10.2, -20.7, -2246.7, -3, 0, -0.3, 0.3, 40],
  'gamma(x)': [-10.2, -3, -0.5, 0.5, 8],
  'lgamma(x)': [-10.2, -0.5, 0.5, 100.25],
  'beta(0.5, x)': [-10.2, -5.5, -0.3, 0.5, 8, 12, 50],
  'beta(3, x)': [-10.2, -0.3, 0.5, 8, 12, 50, 1e4],
  'Ei(x)': [-30, -2.5, -1, -0.3, -1e-5, -1e-160, 1e-160, 0.3, 1.9, 2.1, 30],
  'li(x)': [0.01, 0.9, 0.99999, 1.00001, 1.9, 9],
  'Ci(x)': [-100.25, -2.5, -0.3, 0.3, 2.5, 100.25],
  'Chi(x)': [-100.25, -2.5, -0.3, 0.3, 2.5, 100.25],
  'lambertw(x)': [-1e8, -2.5, -0.3678, -0.3, 0, 0.3, 1e8],
  'sinc(x)': [-1e160, -1e8, -0.3, 0, 1e-8, 30, Infinity],
  'acsc(x)': [-1e160, -1e8, -2.5, -0.3, 0.3, 1.5, 1e160],
  'asec(x)': [-1e160, -1e8, -2.5, -0.3, 0.3, 1.5, 1e160],
};

/** Matrices without an inverse, or a factor, alone and beside others that have one. */
export const singular: Readonly<Record<string, string>> = {
  'an inverse': 'param A : [2, 2] = [[1, 2], [2, 4]], w = 2\nminimize L = w*sum(inv(A))',
  'a quotient': 'param A : [2, 2] = [[1, 1], [0, 0]], w = 2\ndata b : [2] = [1, 2]\nminimize L = w*sum(A\\b)',
  'a factor': 'param A : [2, 2] = [[1, 2], [2, -4]], w = 2\nminimize L = w*sum(cholesky(A))',
  'inverses of many': `param S : [2, 2, 2] = [[[1, 2], [2, 4]], [[1, 2], [3, 4]]]
data w = 1
V[n=1:2,i=1:2,j=1:2] = inv(S[n])[i,j]
U = V.*w
minimize L = sum[i=1:2,j=1:2](U[2,i,j]^2)`,
};

/** A model of each, whose gradients by s are the values, and those by x the derivatives. */
export const edges: readonly (readonly [name: string, text: string, at: readonly number[]])[] = Object.entries(ARGUMENTS).map(
  ([call, at]) => [call, `param x : [${at.length}], s : [${at.length}] = 1\nminimize L = sum(s.*${call})`, at],
);
