import { BERNOULLI, polynomialText } from '../operators/kernels/accurate.ts';
import { R, R_FAR, S, S_FAR } from '../operators/kernels/erf.ts';
import { ROOT, ROOT_REST } from '../operators/kernels/polygamma.ts';

/**
 * Functions of the gamma and the error function's kin in terms of basic ones, written out of the formulas of their kernels:
 * the loops there are sums here.
 */

const upTo = (n: number, term: (k: number) => string): string => Array.from({ length: n }, (_, k) => term(k)).join(' + ');

/** Σ B₂ₖ/weight(k)·uᵏ for k = 1 … n. */
const bernoulli = (n: number, weight: (k: number) => number): string =>
  `u*(${polynomialText(
    'u',
    BERNOULLI.slice(0, n).map((b, k) => b / weight(k + 1)),
  )})`;

/** uᵏ − vᵏ for k = 1 … as multiples of u − v, in the sum Σ B₂ₖ/2k·(uᵏ − vᵏ). */
const differences = (n: number): string => {
  const power = (k: number): string =>
    k === 0 ? '1' : Array.from({ length: k + 1 }, (_, j) => product('u', k - j, 'v', j)).join(' + ');
  return upTo(n, (k) => `${BERNOULLI[k]! / (2 * (k + 1))}*(${power(k)})`);
};

const product = (u: string, p: number, v: string, q: number): string =>
  [...Array.from({ length: p }, () => u), ...Array.from({ length: q }, () => v)].join('*') || '1';

/** −sinc′(x)/x for |x| ≤ 1 by its series, smallest terms first. */
const sincSeries = Array.from({ length: 11 }, (_, k) => 2 * (10 - k) + 1).reduce(
  (text, p) => `1/${p + 2} - ${text === '' ? '0' : `(${text})*x*x/${(p + 1) * (p + 2)}`}`,
  '',
);

export const SPECIAL: Readonly<Record<string, string>> = {
  'cot-pi': 'x: cot_pi_of(x - round(x))',
  'cot-pi-of': 'r: where(abs(r) <= 0.25, 1/tan(pi*r), sign(r)*tan(pi*(0.5 - abs(r))))',
  digamma: 'x: where(x <= 0 and x == floor(x), nan, where(x < 0, digamma_right(1 - x) - pi*cot_pi(x), digamma_right(x)))',
  'digamma-right': `x: where(x < 10, digamma_near(x, x - ${ROOT} - ${ROOT_REST}), digamma_far(x, 1/(x*x)))`,
  'digamma-far': `x, u: log(x) - 1/(2*x) - ${bernoulli(8, (k) => 2 * k)}`,
  // The difference to the zero of ψ, each part with the factor d = x − zero.
  'digamma-near': `x, d: d*(${upTo(10, (k) => `1/(${ROOT + 9 - k}*(x + ${9 - k}))`)}) + (log1p(d/${ROOT + 10}) + d/(2*(x + 10)*${ROOT + 10}) + d*digamma_tail(x + 10, 1/((x + 10)*(x + 10)), ${1 / (ROOT + 10) ** 2}))`,
  'digamma-tail': `a, u, v: (a + ${ROOT + 10})*u*v*(${differences(8)})`,
  trigamma:
    'x: where(x <= 0 and x == floor(x), nan, where(x > 0, trigamma_right(x, x + 13), pi*pi*(1 + cot_pi(x)*cot_pi(x)) - trigamma_right(1 - x, 14 - x)))',
  'trigamma-right': `x, y: ${upTo(13, (k) => `1/((x + ${k})*(x + ${k}))`)} + (1/y + (1/(2*y*y) + trigamma_tail(1/(y*y))/y))`,
  'trigamma-tail': `u: ${bernoulli(12, () => 1)}`,
  beta: 'p, q: beta_at(min(p, q), max(p, q), p + q)',
  'beta-at': 'a, b, s: where(b == inf and a > 0, 0, where(a < -20, beta_left(a, b, s), beta_of(a, b, s)))',
  'beta-left':
    'a, b, s: where(a == floor(a) or (b <= 0 and b == floor(b)), nan, where(s > 0, pi/(sin_pi(a)*b*beta_right(1 - a, s)), where(s == floor(s), 0, beta_turned(a, b, s, sin_pi(two_turns(a) + two_turns(b))/sin_pi(a)))))',
  'beta-turned': 'a, b, s, w: where(b > 0, w*beta_right(b, 1 - s), pi/sin_pi(b)*w/((1 - s)*beta_right(1 - a, 1 - b)))',
  'beta-right': 'p, q: beta_of(min(p, q), max(p, q), p + q)',
  'two-turns': 'x: x - 2*round(x/2)',
  'sin-pi': 'x: sin_pi_of(x - 2*round(x/2))',
  'sin-pi-of': 'r: sin(pi*where(abs(r) > 0.5, sign(r) - r, r))',
  'beta-of':
    'a, b, s: where(b < 13 or s < 13, where(s <= 0 and s == floor(s), where(a == floor(a), nan, 0), gamma(b)/gamma(s)*gamma(a)), where(a < 13, gamma(a)*exp(a - a*log(s) - (b - 0.5)*log1p(a/b) + stirling(b, 1/(b*b)) - stirling(s, 1/(s*s))), beta_far(a, b, s)))',
  'beta-far':
    'a, b, s: 2.5066282746310002*sqrt(s/a/b)*exp(a*log(a/s) + b*log1p(-a/s) + stirling(a, 1/(a*a)) + stirling(b, 1/(b*b)) - stirling(s, 1/(s*s)))',
  stirling: `x, u: (${polynomialText('u', [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400])})/x`,
  erfcx: 'x: where(x < 1.25, exp(x*x)*erfc(x), scaled_tail(x, 1/(x*x))/x)',
  'scaled-tail': `x, s: where(x > 28, (${polynomialText('s', [1, -0.5, 0.75, -1.875, 6.5625, -29.53125, 162.421875])})/sqrt(pi), exp(-0.5625 + where(x < ${1 / 0.35}, (${polynomialText('s', R)})/(${polynomialText('s', S)}), (${polynomialText('s', R_FAR)})/(${polynomialText('s', S_FAR)}))))`,
  'erfcx-derived-0': 'x: erfcx(x)',
  logerfc: 'x: where(x < 0.5, log1p(-erf(x)), log(erfcx(x)) - x*x)',
  logerfcx: 'x: where(x < 0.5, x*x + log1p(-erf(x)), log(erfcx(x)))',
  mills: 'x: where(x > 0, 1.1283791670955126/erfcx(x), 1.1283791670955126*exp(-(x*x))/erfc(x))',
  erfinv:
    'x: where(x == 0, x, where(abs(x) < 1, sign(x)*erfinv_right(abs(x), log1p(-abs(x)) + log1p(abs(x))), where(abs(x) == 1, x*inf, nan)))',
  // Winitzki's approximation, then steps of the third order.
  'erfinv-right':
    't, l: where(t < 1e-4, erfinv_steps(t, t/1.1283791670955126), erfinv_steps(t, winitzki(l, 2/(pi*0.147) + l/2)))',
  winitzki: 'l, h: sqrt(sqrt(h*h - l/0.147) - h)',
  'erfinv-steps': 't, y: erfinv_step(t, erfinv_step(t, erfinv_step(t, erfinv_step(t, y))))',
  'erfinv-step': 't, y: closer(y, where(t < 0.5, erf(y) - t, -(erfc(y) - (1 - t)))/(1.1283791670955126*exp(-(y*y))))',
  closer: 'y, m: y - m/(1 + y*m)',
  'sinc-derived-1': `x: where(abs(x) <= 1, -x*(${sincSeries}), where(abs(x) == inf, 0, (cos(x) - sin(x)/x)/x))`,
};
