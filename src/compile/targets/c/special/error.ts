import { type Piece, piece } from './piece.ts';

/** The error function's kin: see `operators/kernels/erf.ts`, `erf-derivatives.ts` and `sinc.ts`. */
export const errorPieces: Readonly<Record<string, Piece>> = {
  exp_of_square: piece(`// e^(x²): x² is h² + (x - h)(x + h), where h² is exact.
static double exp_of_square(double x) {
  const double h = (float)x;
  return fabs(x) > 60 ? INFINITY : exp(h * h) * exp((x - h) * (x + h));
}`),
  exp_of_minus_square: piece(`// e^(-x²), in the same way.
static double exp_of_minus_square(double x) {
  const double h = (float)x;
  return fabs(x) > 60 ? 0 : exp(-h * h) * exp(-(x - h) * (x + h));
}`),
  erfi_series: piece(`// Σ x^(2n+1)/(n!·(2n+1)) (Abramowitz & Stegun 7.1.5).
static double erfi_series(double x) {
  double power = x, sum = x;
  for (int n = 1;; n++) {
    power *= x * x / n;
    const double term = power / (2 * n + 1);
    sum += term;
    if (!(fabs(term) > 1e-18 * fabs(sum))) return sum;
  }
}`),
  dawson_tail: piece(`// Dawson's integral for |x| > 6.2 by its asymptotic series (DLMF 7.12.1).
static double dawson_tail(double x) {
  double term = 1 / (2 * x), sum = term;
  for (int k = 1; k <= x * x; k++) {
    term *= (2 * k - 1) / (2 * x * x);
    sum += term;
    if (!(fabs(term) > 1e-18 * fabs(sum))) break;
  }
  return sum;
}`),
  erfi: piece(
    `// The imaginary error function.
static double erfi(double x) {
  if (isinf(x)) return x;
  return 1.1283791670955126 * (fabs(x) <= 6.2 ? erfi_series(x) : dawson_tail(x) * exp_of_square(x));
}`,
    'erfi_series',
    'dawson_tail',
    'exp_of_square',
  ),
  dawson: piece(
    `// Dawson's integral e^(-x²)·∫ e^(t²) dt from 0 to x.
static double dawson(double x) {
  return fabs(x) <= 6.2 ? exp_of_minus_square(x) * erfi_series(x) : dawson_tail(x);
}`,
    'erfi_series',
    'dawson_tail',
    'exp_of_minus_square',
  ),
  derived_upwards: piece(`// The n-th derivative of y, where y' = sign·2xy + constant.
static double derived_upwards(int n, double x, double y, double constant, int sign) {
  double before = 0, now = y;
  for (int k = 0; k < n; k++) {
    const double next = 2 * sign * (x * now + k * before) + (k == 0 ? constant : 0);
    before = now;
    now = next;
  }
  return now;
}`),
  dawson_derived: piece(
    `// The n-th derivative of Dawson's integral.
static double dawson_derived(int n, double x) {
  if (n == 0) return dawson(x);
  if (!isfinite(x)) return 1 / x;
  if (fabs(x) <= 6.2) return derived_upwards(n, x, dawson(x), 1, -1);
  double term = 1 / (2 * x), sum = 0;
  for (int k = 1; k <= n; k++) term *= -k / x;
  for (int k = 0; k <= x * x && k <= 200; k++) {
    sum += term;
    term *= (2 * k + 1) / (2 * x * x) * ((2.0 * k + 1 + n) * (2 * k + 2 + n) / ((2.0 * k + 1) * (2 * k + 2)));
    if (fabs(term) < 1e-18 * fabs(sum)) break;
  }
  return sum;
}`,
    'dawson',
    'derived_upwards',
  ),
  erfcx_derived: {
    needs: ['derived_upwards'],
    calls: ['erfcx'],
    text: (named) => `// The n-th derivative of e^(x²)·erfc x, by repeated integrals from far above (Gautschi 1961).
static double erfcx_derived(int n, double x) {
  if (n == 0) return ${named('erfcx')}(x);
  if (x < 1) return derived_upwards(n, x, ${named('erfcx')}(x), -1.1283791670955126, 1);
  double scale = 1;
  for (int k = 1; k <= n; k++) scale *= -2 * k;
  if (x > 1e9) return scale / pow(2, n) * 0.5641895835477563 / pow(x, n + 1);
  double above = 0, now = 1e-300, wanted = 0;
  for (int k = n + (int)ceil(200 / (x * x)) + 10; k > 0; k--) {
    if (k - 1 == n) wanted = now;
    const double next = 2 * k * above + 2 * x * now;
    above = now;
    now = next;
    if (now > 1e200) {
      above *= 1e-250;
      now *= 1e-250;
      wanted *= 1e-250;
    }
  }
  return scale * wanted * (1.1283791670955126 / now);
}`,
  },
  mills_excess: {
    needs: ['erfcx_derived'],
    calls: ['erfcx', 'mills'],
    text: (named) => `// 2/√π·e^(-x²)/erfc x - 2x, which is 1/x + … far out.
static double mills_excess(double x) {
  return x > 0 ? -erfcx_derived(1, x) / ${named('erfcx')}(x) : ${named('mills')}(x) - 2 * x;
}`,
  },
  mills_slope: {
    needs: ['mills_excess'],
    calls: ['mills'],
    text: (named) => `static double mills_slope(double x) {
  return ${named('mills')}(x) * mills_excess(x);
}`,
  },
  sin_turned: piece(`// sin(x + kπ/2)
static double sin_turned(int k, double x) {
  const double value = k % 2 == 0 ? sin(x) : cos(x);
  return k % 4 < 2 ? value : -value;
}`),
  sinc_derived: piece(
    `// The n-th derivative of sin x/x: by its series near 0, else by x·s⁽ⁿ⁾ + n·s⁽ⁿ⁻¹⁾ = sin(x + nπ/2), the way
// in which errors shrink.
static double sinc_derived(int n, double x) {
  if (isnan(x)) return x;
  if (isinf(x)) return 0;
  double s = 0;
  if (fabs(x) <= 1) {
    const int odd = n % 2;
    for (int p = 20 + odd; p >= 0; p -= 2) s = 1.0 / (p + n + 1) - s * x * x / ((p + 1) * (p + 2));
    return ((n + odd) % 4 == 0 ? s : -s) * (odd ? x : 1);
  }
  if (fabs(x) > (n > 2 ? n : 2)) {
    s = sin(x) / x;
    for (int k = 1; k <= n; k++) s = (sin_turned(k, x) - k * s) / x;
    return s;
  }
  int top = n;
  for (double share = 1; share > 0x1p-56;) share *= fabs(x) / ++top;
  for (int k = top; k > n; k--) s = (sin_turned(k, x) - x * s) / k;
  return s;
}`,
    'sin_turned',
  ),
};
