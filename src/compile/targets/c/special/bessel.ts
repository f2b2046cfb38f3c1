import { type Piece, piece } from './piece.ts';

/** Bessel functions of whole orders: see `operators/kernels/bessel.ts`. */
export const besselPieces: Readonly<Record<string, Piece>> = {
  bessel_series: piece(`// (x/2)ⁿ/n!·Σ (±x²/4)ᵏ/(k!·(n + 1)…(n + k)) (DLMF 10.2.2, 10.25.2).
static double bessel_series(int n, double x, int sign) {
  const double t = sign * x * x / 4;
  double term = 1, sum = 1;
  for (int k = 1; fabs(term) > 1e-18 * fabs(sum); k++) {
    term *= t / ((double)k * (n + k));
    sum += term;
  }
  for (int k = 1; k <= n; k++) sum *= x / (2 * k);
  return sum;
}`),
  bessel_upwards: piece(`// The n-th of what begins with f and g: 2k/x·g ± f follows.
static double bessel_upwards(int n, double x, double f, double g, int sign) {
  if (n == 0) return f;
  for (int k = 1; k < n && isfinite(g); k++) {
    const double next = 2 * k / x * g + sign * f;
    f = g;
    g = next;
  }
  return g;
}`),
  bessel_start: piece(`// The order from which a recurrence downwards has forgotten what it began with when it is at n.
static int bessel_start(int n, double x, int sign) {
  const double most = fmax(n, x);
  return (int)ceil(sign == 1 ? sqrt((double)n * n + 45 * x) + 45 : most + 13 * cbrt(most) + 20);
}`),
  bessel_hankel: piece(`// J and Y of order 0 or 1 far out (DLMF 10.17.3, 10.17.4).
static double bessel_hankel(int n, double x, int second) {
  double term = 1, p = 1, q = 0;
  for (int k = 1; fabs(term) > 1e-18 && k < 2 * x; k++) {
    term *= (4.0 * n * n - (2.0 * k - 1) * (2 * k - 1)) / (8 * k * x);
    *(k % 2 == 0 ? &p : &q) += k % 4 < 2 ? term : -term;
  }
  // cos and sin of x - π/4 - nπ/2, times √2.
  const double s = sin(x), c = cos(x), u = n == 0 ? c + s : s - c, v = n == 0 ? s - c : -s - c;
  return (second ? p * v + q * u : p * u - q * v) / sqrt(3.141592653589793 * x);
}`),
  bessel_downwards: piece(
    `// Miller's algorithm: J from 1 = J₀ + 2·J₂ + 2·J₄ + … or, far out, from J₀ or J₁; I in units of I₀.
static double bessel_downwards(int n, double x, int sign) {
  double above = 0, now = 1e-280, found = 0, sum = 0, one = 0;
  for (int k = bessel_start(n, x, sign); k > 0; k--) {
    if (k == n) found = now;
    if (k == 1) one = now;
    if (k % 2 == 0) sum += 2 * now;
    const double next = 2 * k / x * now + sign * above;
    above = now;
    now = next;
    if (fabs(now) > 1e250) {
      above /= 1e250;
      now /= 1e250;
      found /= 1e250;
      sum /= 1e250;
    }
  }
  if (n == 0) found = now;
  if (sign == 1) return found / now;
  if (x < 20) return found / (sum + now);
  const double j0 = bessel_hankel(0, x, 0), j1 = bessel_hankel(1, x, 0);
  return fabs(j0) > fabs(j1) ? found / now * j0 : found / one * j1;
}`,
    'bessel_start',
    'bessel_hankel',
  ),
  log_half: piece(`// log(x/2); the half of the least double is 0.
static double log_half(double x) {
  return x < 1e-300 ? log(x) - 0.6931471805599453 : log(x / 2);
}`),
  bessel_neumann: piece(
    `// Y₀ and Y₁ by Neumann's series in J (DLMF 10.8.3, Abramowitz & Stegun 9.1.88), x < 20.
static void bessel_neumann(double x, double *y0, double *y1) {
  const double l = log_half(x) + 0.5772156649015329, pi = 3.141592653589793;
  *y0 = 2 / pi * l;
  *y1 = -2 / (pi * x);
  if (x < 1e-9) return;
  double j[128] = {0}, even = 0, odd = 0;
  const int orders = bessel_start(0, x, -1);
  j[orders] = 1e-280;
  double sum = 0;
  for (int k = orders; k > 0; k--) {
    if (k % 2 == 0) sum += 2 * j[k];
    j[k - 1] = 2 * k / x * j[k] - j[k + 1];
    if (fabs(j[k - 1]) > 1e250) {
      for (int i = k - 1; i <= orders; i++) j[i] /= 1e250;
      sum /= 1e250;
    }
  }
  sum += j[0];
  for (int k = 1; 2 * k + 1 <= orders; k++) {
    const int sign = k % 2 == 0 ? 1 : -1;
    even += sign * j[2 * k] / k;
    odd += sign * (2 * k + 1) * j[2 * k + 1] / (k * (k + 1));
  }
  *y0 = 2 / (pi * sum) * (l * j[0] - 2 * even);
  *y1 = 2 / (pi * sum) * ((l - 1) * j[1] - odd - j[0] / x);
}`,
    'bessel_start',
    'log_half',
  ),
  bessel_whole: piece(`// Whether an order is one that has values, and of which sign they are: -n counts as n, and -x as x.
static int bessel_whole(double order, double x, int turns, int left, double *sign) {
  if (order != floor(order) || fabs(order) > 1e5 || isnan(x) || (x < 0 && !left)) return 0;
  *sign = fmod(order, 2) != 0 && (turns && order < 0) != (x < 0) ? -1 : 1;
  return 1;
}`),
  bessel_j: piece(
    `static double bessel_j(double order, double x) {
  double sign;
  if (!bessel_whole(order, x, 1, 1, &sign)) return NAN;
  const int n = (int)fabs(order);
  x = fabs(x);
  if (x == 0) return n == 0 ? 1 : sign * 0.0;
  if (isinf(x)) return sign * 0.0;
  if (x * x < 4 * (n + 1.0)) return sign * bessel_series(n, x, -1);
  if (x < 20 || n >= x) return sign * bessel_downwards(n, x, -1);
  return sign * bessel_upwards(n, x, bessel_hankel(0, x, 0), bessel_hankel(1, x, 0), -1);
}`,
    ...['bessel_whole', 'bessel_series', 'bessel_downwards', 'bessel_upwards', 'bessel_hankel'],
  ),
  bessel_y: piece(
    `static double bessel_y(double order, double x) {
  double sign, y0, y1;
  if (!bessel_whole(order, x, 1, 0, &sign)) return NAN;
  const int n = (int)fabs(order);
  if (x == 0) return sign * -INFINITY;
  if (isinf(x)) return sign * 0.0;
  if (x < 20) bessel_neumann(x, &y0, &y1);
  else y0 = bessel_hankel(0, x, 1), y1 = bessel_hankel(1, x, 1);
  return sign * bessel_upwards(n, x, y0, y1, -1);
}`,
    ...['bessel_whole', 'bessel_neumann', 'bessel_upwards', 'bessel_hankel'],
  ),
  bessel_grown: piece(`// I₀ times a number far out (DLMF 10.40.1), without an overflow that the number undoes.
static double bessel_grown(double x, double times) {
  double term = 1, sum = 1;
  for (int k = 1; fabs(term) > 1e-18 && k < 2 * x; k++) {
    term *= (2.0 * k - 1) * (2 * k - 1) / (8 * k * x);
    sum += term;
  }
  return exp(x / 2) * (times * sum) * exp(x / 2) / sqrt(6.283185307179586 * x);
}`),
  bessel_i: piece(
    `static double bessel_i(double order, double x) {
  double sign;
  if (!bessel_whole(order, x, 0, 1, &sign)) return NAN;
  const int n = (int)fabs(order);
  x = fabs(x);
  if (x == 0) return n == 0 ? 1 : sign * 0.0;
  if (isinf(x)) return sign * x;
  if (x < 40 || x * x < 4 * (n + 1.0)) return sign * bessel_series(n, x, 1);
  if (n == 0) return bessel_grown(x, 1);
  // About e^x/√(2πx), which no double holds.
  if (x > 2000 && x > (double)n * n) return sign * INFINITY;
  return sign * bessel_grown(x, bessel_downwards(n, x, 1));
}`,
    ...['bessel_whole', 'bessel_series', 'bessel_downwards', 'bessel_grown'],
  ),
  bessel_steed: piece(`// eˣ·K₀ and eˣ·K₁ by Steed's continued fraction and Temme's sum (Temme 1975).
static void bessel_steed(double x, double *k0, double *k1) {
  double b = 2 * (1 + x), d = 1 / b, h = d, step = d, q1 = 0, q2 = 1, a = -0.25, q = 0.25, c = 0.25, s = 1 + q * step;
  for (int k = 2; k < 500; k++) {
    a -= 2 * (k - 1);
    c = -a * c / k;
    const double next = (q1 - b * q2) / a;
    q1 = q2;
    q2 = next;
    q += c * next;
    b += 2;
    d = 1 / (b + a * d);
    step *= b * d - 1;
    h += step;
    s += q * step;
    if (fabs(q * step) < 1e-17 * fabs(s)) break;
  }
  *k0 = sqrt(1.5707963267948966 / x) / s;
  *k1 = *k0 * (x + 0.5 - 0.25 * h) / x;
}`),
  bessel_macdonald: piece(
    `// The same for x < 1.5 (DLMF 10.31.2, and the Wronskian 10.28.2).
static void bessel_macdonald(double x, double *k0, double *k1) {
  const double t = x * x / 4, l = -(log_half(x) + 0.5772156649015329);
  double term = 1, harmonic = 0, sum = l;
  for (int k = 1; k < 40 && term > 1e-20; k++) {
    term *= t / (k * k);
    harmonic += 1.0 / k;
    sum += term * (l + harmonic);
  }
  *k0 = exp(x) * sum;
  *k1 = exp(x) * ((1 / x - bessel_series(1, x, 1) * sum) / bessel_series(0, x, 1));
}`,
    'bessel_series',
    'log_half',
  ),
  bessel_k: piece(
    `static double bessel_k(double order, double x) {
  double sign, k0, k1;
  if (!bessel_whole(order, x, 0, 0, &sign)) return NAN;
  const int n = (int)fabs(order);
  if (x == 0) return INFINITY;
  if (isinf(x)) return 0;
  if (x < 1.5) bessel_macdonald(x, &k0, &k1);
  else bessel_steed(x, &k0, &k1);
  return bessel_upwards(n, x, k0, k1, 1) * exp(-x / 2) * exp(-x / 2);
}`,
    ...['bessel_whole', 'bessel_macdonald', 'bessel_steed', 'bessel_upwards'],
  ),
};
