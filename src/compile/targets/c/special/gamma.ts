import { BERNOULLI } from '../../../../operators/kernels/accurate.ts';
import { EXCESS } from '../../../../operators/kernels/zeta.ts';
import { type Piece, piece, table } from './piece.ts';

/** The gamma function's kin: see `operators/kernels/polygamma.ts`, `incomplete-gamma.ts` and `polylog.ts`. */
export const gammaPieces: Readonly<Record<string, Piece>> = {
  bernoulli_number: piece(`// B₂ₖ for k = 1 … 15 (Abramowitz & Stegun, table 23.2).
static double bernoulli_number(int k) {
  static const double numbers[] = ${table(BERNOULLI)};
  return numbers[k - 1];
}`),
  zeta_excess: piece(`// ζ(k) - 1 for k ≥ 2 (Abramowitz & Stegun, table 23.3).
static double zeta_excess(int k) {
  static const double numbers[] = ${table(EXCESS)};
  return k < ${EXCESS.length + 2} ? numbers[k - 2] : pow(2, -k) + pow(3, -k) + pow(4, -k);
}`),
  cot_of_pi: piece(`// cot(πx)
static double cot_of_pi(double x) {
  const double pi = 3.141592653589793, r = x - rint(x);
  return fabs(r) <= 0.25 ? 1 / tan(pi * r) : copysign(tan(pi * (0.5 - fabs(r))), r);
}`),
  cot_derived: piece(`// The n-th derivative of cot(πx) over πⁿ as a polynomial in c = cot(πx): P₀ = c, P′ = -(1 + c²)·dP/dc.
static double cot_derived(int n, double c) {
  double p[1004] = {0, 1}, slope[1004];
  for (int k = 0; k < n; k++) {
    for (int i = 0; i <= k; i++) slope[i] = -(i + 1) * p[i + 1];
    for (int i = 0; i <= k + 2; i++) p[i] = (i <= k ? slope[i] : 0) + (i >= 2 ? slope[i - 2] : 0);
  }
  double sum = p[n + 1];
  for (int i = n; i >= 0; i--) sum = sum * c + p[i];
  return sum;
}`),
  hurwitz_zeta: piece(
    `// Σ (a + k)⁻ˢ for a > 0, s > 1 by Euler and Maclaurin (DLMF 25.11.28).
static double hurwitz_zeta(double s, double a) {
  double head = 0, x = a, sum = 0, factorial = 1;
  for (; x < 12 + s / 2; x++) head += pow(x, -s);
  const double power = pow(x, -s);
  double term = power * s / x;
  for (int k = 1; k <= 12; k++) {
    factorial *= (2 * k - 1) * (2 * k);
    const double last = bernoulli_number(k) / factorial * term;
    sum += last;
    if (fabs(last) < 1e-18 * power) break;
    term *= (s + 2 * k - 1) * (s + 2 * k) / (x * x);
  }
  return head + (pow(x, 1 - s) / (s - 1) + (power / 2 + sum));
}`,
    'bernoulli_number',
  ),
  polygamma: {
    needs: ['hurwitz_zeta', 'cot_derived', 'cot_of_pi'],
    calls: ['digamma'],
    text: (named) => `// The n-th derivative of ψ (Abramowitz & Stegun 6.4).
static double polygamma(double n, double x) {
  if (!(n == floor(n) && n >= 0 && n <= 1000) || isnan(x) || (x <= 0 && x == floor(x))) return NAN;
  if (n == 0) return ${named('digamma')}(x);
  const double sign = fmod(n, 2) == 0 ? -1 : 1;
  if (x <= 0) return -pow(3.141592653589793, n + 1) * cot_derived((int)n, cot_of_pi(x)) - sign * polygamma(n, 1 - x);
  double factorial = 1;
  for (int k = 2; k <= n; k++) factorial *= k;
  return sign * factorial * hurwitz_zeta(n + 1, x);
}`,
  },
  log_gamma_one_plus: piece(
    `// log Γ(1 + z) for |z| ≤ ½ (Abramowitz & Stegun 6.1.33).
static double log_gamma_one_plus(double z) {
  double sum = 0;
  for (int k = 28; k >= 2; k--) sum = (k % 2 == 0 ? 1 : -1) * zeta_excess(k) / k + z * sum;
  return z * (0.4227843350984671 + z * sum) - log1p(z);
}`,
    'zeta_excess',
  ),
  upper_gamma_near: piece(
    `// Γ(a, x) for |a| ≤ ½: (Γ(1 + a) - xᵃ)/a less xᵃ·Σ (-x)ᵏ/(k!·(a + k)) from k = 1.
static double upper_gamma_near(double a, double x) {
  const double l = log(x);
  const double head = a == 0 ? -0.5772156649015329 - l : (expm1(log_gamma_one_plus(a)) - expm1(a * l)) / a;
  double power = 1, tail = 0;
  for (int k = 1;; k++) {
    power *= -x / k;
    const double term = power / (a + k);
    tail += term;
    if (!(fabs(term) > 1e-18 * fabs(tail))) return head - pow(x, a) * tail;
  }
}`,
    'log_gamma_one_plus',
  ),
  upper_gamma_weight: piece(`// xᵃ·e⁻ˣ, also where only one of its factors leaves the doubles.
static double upper_gamma_weight(double a, double x) {
  const double exponent = a * log(x) - x, power = pow(x, a);
  if (!(exponent > -760)) return 0;
  if (exponent > 720) return INFINITY;
  if (x < 700 && power > 1e-300 && power < INFINITY) return power * exp(-x);
  return pow(pow(x, a / 16) * exp(-x / 16), 16);
}`),
  upper_gamma: piece(
    `// Γ(a, x), the integral of t^(a-1)·e^(-t) from x on, for |a| ≤ 1000.
static double upper_gamma(double a, double x) {
  if (!(fabs(a) <= 1000)) return NAN;
  const int whole = a == floor(a);
  if (!(x > 0)) {
    if (x == 0 && a > 0) return tgamma(a);
    if (!whole || a <= 0) return NAN;
    // (n - 1)!·e⁻ˣ·Σ xᵏ/k! for k < n (DLMF 8.4.8).
    double sum = 0;
    for (int k = (int)a - 1; k > 0; k--) sum = x / k * (1 + sum);
    return tgamma(a) * exp(-x) * (1 + sum);
  }
  if (x >= 1.5 && x >= a + 1) {
    // Legendre's continued fraction from its end (DLMF 8.9.2).
    double tail = 0;
    for (int k = (int)ceil(110 / x + fabs(a)) + 20; k >= 1; k--) tail = k * (k - a) / (x + 2 * k + 1 - a - tail);
    return upper_gamma_weight(a, x) / (x + 1 - a - tail);
  }
  // Left of a it is about half of Γ(a) or more.
  if (a > 172) return INFINITY;
  if (a > 0.5) {
    // Γ(a) less xᵃ·e⁻ˣ·Σ xᵏ/(a(a + 1)…(a + k)) (DLMF 8.7.1).
    double term = 1 / a, sum = term;
    for (int k = 1; fabs(term) > 1e-18 * fabs(sum); k++) {
      term *= x / (a + k);
      sum += term;
    }
    return tgamma(a) - upper_gamma_weight(a, x) * sum;
  }
  // Γ(a, x) = (Γ(a + 1, x) - xᵃ·e⁻ˣ)/a (DLMF 8.8.2).
  const int steps = a >= -0.5 ? 0 : (int)floor(0.5 - a);
  double value = upper_gamma_near(a + steps, x);
  for (int k = steps - 1; k >= 0; k--) {
    const double next = upper_gamma_weight(a + k, x);
    // It and those of lower orders are more than what they are taken from.
    if (isinf(next)) return next;
    value = (value - next) / (a + k);
  }
  return value;
}`,
    'upper_gamma_near',
    'upper_gamma_weight',
  ),
  zeta_of: piece(
    `// ζ(k) for any whole k but 1.
static double zeta_of(int k) {
  if (k > 1) return 1 + zeta_excess(k);
  if (k == 0) return -0.5;
  return k % 2 == 0 ? 0 : -bernoulli_number((1 - k) / 2) / (1 - k);
}`,
    'zeta_excess',
    'bernoulli_number',
  ),
  polylog: piece(
    `// Σ xᵏ/kⁿ continued to x ≤ 1, for a whole n from 2 to 1000.
static double polylog(double order, double x) {
  if (!(order == floor(order) && order >= 2 && order <= 1000 && x <= 1)) return NAN;
  const int n = (int)order;
  double power = 1, sum = 0, harmonic = 0;
  if (x == 1) return zeta_of(n);
  if (x > 0.5) {
    // In powers of μ = log x (DLMF 25.12.12).
    const double mu = log(x);
    for (int k = 0; k < n + 28; k++) {
      if (k > 0) power *= mu / k;
      if (k > 0 && k < n) harmonic += 1.0 / k;
      sum += power * (k == n - 1 ? harmonic - log(-mu) : zeta_of(n - k));
    }
    return sum;
  }
  if (x >= -0.5) {
    for (int k = 1;; k++) {
      power *= x;
      const double term = power / pow(k, n);
      sum += term;
      if (!(fabs(term) > 1e-18 * fabs(sum))) return sum;
    }
  }
  // Duplication, then inversion (Lewin 1981).
  if (x >= -1) return pow(2, 1 - n) * polylog(n, x * x) - polylog(n, -x);
  const double l = log(-x);
  for (int k = 0; k <= n; k++) {
    if (k > 0) power *= l / k;
    const int even = n - k;
    if (even == 0) sum += power;
    else if (even % 2 == 0) sum += 2 * (1 - pow(2, 1 - even)) * zeta_of(even) * power;
  }
  return -sum - (n % 2 == 0 ? 1 : -1) * polylog(n, 1 / x);
}`,
    'zeta_of',
  ),
};
