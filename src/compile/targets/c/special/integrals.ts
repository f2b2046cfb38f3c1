import { type Piece, piece } from './piece.ts';

/** Integrals of elementary functions and Lambert's W: see `operators/kernels/integrals.ts`, `fresnel.ts` and `lambert.ts`. */
export const integralPieces: Readonly<Record<string, Piece>> = {
  ei_far: piece(`// Σ k!/xᵏ, which diverges in the end; by then the terms are below the last digit.
static double ei_far(double x) {
  double term = 1, sum = 1;
  for (int k = 1; k <= x && fabs(term) > 1e-18 * sum; k++) {
    term *= k / x;
    sum += term;
  }
  return sum;
}`),
  ei_near_root: piece(`// Ei(x) less Ei of its zero, with the factor d = x - zero in every term.
static double ei_near_root(double x) {
  const double root = 0.3725074107813666, d = x - root - 1.3140183414386028e-17;
  double difference = 0, power = 1, factorial = 1, sum = log1p(d / root);
  for (int k = 1; k <= 20; k++) {
    difference = x * difference + power * d;
    power *= root;
    factorial *= k;
    sum += difference / (k * factorial);
  }
  return sum;
}`),
  exponential_integral: piece(
    `// Ei(x), the principal value of the integral of e^t/t up to x (Abramowitz & Stegun, chapter 5).
static double exponential_integral(double x) {
  if (x == 0) return -INFINITY;
  if (x < -745) return -0.0;
  if (x < -0.5) {
    double tail = 0;
    for (int k = (int)ceil(110 / -x) + 4; k >= 1; k--) tail = (double)k * k / (2 * k + 1 - x - tail);
    return -exp(x) / (1 - x - tail);
  }
  if (x > 0.1 && x < 1) return ei_near_root(x);
  if (x < 40) {
    double power = 1, sum = 0;
    for (int k = 1;; k++) {
      power *= x / k;
      sum += power / k;
      if (!(fabs(power / k) > 1e-18 * fabs(sum))) return 0.5772156649015329 + log(fabs(x)) + sum;
    }
  }
  if (isinf(x) || isnan(x)) return x;
  return exp(x / 2) / x * ei_far(x) * exp(x / 2);
}`,
    'ei_far',
    'ei_near_root',
  ),
  logarithmic_integral: piece(
    `// li(x), the principal value of the integral of 1/log t from 0 to x.
static double logarithmic_integral(double x) {
  if (x == 0) return 0;
  const double l = log(x);
  return l < 40 || isinf(l) || isnan(l) ? exponential_integral(l) : x / l * ei_far(l);
}`,
    'exponential_integral',
  ),
  half_series: piece(`// Σ (±1)ᵏ·x^(2k+1)/((2k+1)·(2k+1)!), or of the even powers from 2 on.
static double half_series(double x, int sign, int odd) {
  double power = odd ? x : sign * x * x / 2, sum = odd ? power : power / 2;
  for (int n = odd ? 3 : 4;; n += 2) {
    power *= sign * x * x / ((double)n * (n - 1));
    sum += power / n;
    if (!(fabs(power / n) > 1e-18 * fabs(sum))) return sum;
  }
}`),
  sine_auxiliary: piece(`// e^(ix)·E₁(ix) = re + i·im by the continued fraction in complex numbers.
static void sine_auxiliary(double x, double *re, double *im) {
  double u = 0, v = 0;
  for (int k = (int)ceil(260 / x) + 6; k >= 1; k--) {
    const double a = 2 * k + 1 - u, b = x - v, scale = (double)k * k / (a * a + b * b);
    u = a * scale;
    v = -b * scale;
  }
  const double a = 1 - u, b = x - v, size = a * a + b * b;
  *re = a / size;
  *im = -b / size;
}`),
  sine_integral: piece(
    `// The integral of sin t/t from 0 to x.
static double sine_integral(double x) {
  const double t = fabs(x), quarter = 1.5707963267948966;
  if (isnan(x)) return x;
  if (t < 2) return half_series(x, -1, 1);
  if (t > 1e17) return copysign(quarter, x);
  double re, im;
  sine_auxiliary(t, &re, &im);
  return copysign(1, x) * (quarter + (im * cos(t) - re * sin(t)));
}`,
    'half_series',
    'sine_auxiliary',
  ),
  cosine_integral: piece(
    `// γ + log x and the integral of (cos t - 1)/t from 0 to x, x > 0.
static double cosine_integral(double x) {
  if (!(x > 0)) return x == 0 ? -INFINITY : NAN;
  if (x < 2) return 0.5772156649015329 + log(x) + half_series(x, -1, 0);
  if (x > 1e150) return isinf(x) ? 0 : sin(x) / x;
  double re, im;
  sine_auxiliary(x, &re, &im);
  return -(re * cos(x) + im * sin(x));
}`,
    'half_series',
    'sine_auxiliary',
  ),
  hyperbolic_sine_integral: piece(
    `// The integral of sinh t/t from 0 to x.
static double hyperbolic_sine_integral(double x) {
  if (fabs(x) < 40 || isnan(x)) return half_series(x, 1, 1);
  return copysign(0.5, x) * exponential_integral(fabs(x));
}`,
    'half_series',
    'exponential_integral',
  ),
  hyperbolic_cosine_integral: piece(
    `// γ + log x and the integral of (cosh t - 1)/t from 0 to x, x > 0.
static double hyperbolic_cosine_integral(double x) {
  if (!(x > 0)) return x == 0 ? -INFINITY : NAN;
  return x < 40 ? 0.5772156649015329 + log(x) + half_series(x, 1, 0) : 0.5 * exponential_integral(x);
}`,
    'half_series',
    'exponential_integral',
  ),
  fresnel_integral: piece(`// The integral of sin(πt²/2), or of cos, from 0 to x (DLMF 7.6.4, 7.6.6; Abramowitz & Stegun 7.3.22).
static double fresnel_integral(double x, int sine) {
  const double s = fabs(x), half = 1.5707963267948966;
  if (isnan(x)) return x;
  if (s < 1.6) {
    const double t = half * x * x;
    double power = sine ? x * t : x, sum = sine ? power / 3 : power;
    for (int n = 2 + sine;; n += 2) {
      power *= -(t * t) / ((double)n * (n - 1));
      sum += power / (2 * n + 1);
      if (!(fabs(power / (2 * n + 1)) > 1e-18 * fabs(sum))) return sum;
    }
  }
  if (s > 1e17) return copysign(0.5, x);
  // erfc of √π/2·(1 - i)·s by its continued fraction, from its end.
  const double y = -2 * half * s * s;
  double re = 0, im = 0;
  for (int k = (int)ceil(220 / (s * s)) + 6; k >= 1; k--) {
    const double a = 4 * k + 1 - re, b = y - im, scale = 2.0 * k * (2 * k - 1) / (a * a + b * b);
    re = a * scale;
    im = -b * scale;
  }
  // πs²/2 less whole turns: s² modulo 4 is exact where it counts.
  const double h = (float)s, phase = half * (fmod(h * h, 4) + fmod((s - h) * (s + h), 4));
  const double a = 1 - re, b = y - im, size = a * a + b * b;
  const double turned = sine ? a * sin(phase) - b * cos(phase) : a * cos(phase) + b * sin(phase);
  return copysign(1, x) * (0.5 - s * turned / size);
}`),
  fresnel_s: piece(
    `static double fresnel_s(double x) {
  return fresnel_integral(x, 1);
}`,
    'fresnel_integral',
  ),
  fresnel_c: piece(
    `static double fresnel_c(double x) {
  return fresnel_integral(x, 0);
}`,
    'fresnel_integral',
  ),
  lambert_near_edge: piece(`// Near -1/e, where W has a vertical tangent: q = 1 + w solves 1 + (q - 1)·e^q = e·x + 1.
static double lambert_near_edge(double x) {
  const double right = 2.718281828459045 * (x + 0.36787944117144233 - 1.2428753672788363e-17);
  if (right <= 0) return -1;
  const double p = sqrt(2 * right);
  double q = p * (1 - p / 3 + 11.0 / 72 * p * p);
  for (int k = 0; k < 6; k++) {
    double term = q, left = 0;
    for (int n = 2; n < 30; n++) {
      term *= q / n;
      left += (n - 1) * term;
    }
    const double step = (right - left) / (q * exp(q));
    q += step;
    if (fabs(step) < 1e-16 * q) break;
  }
  return q - 1;
}`),
  lambert_w: piece(
    `// The w with w·e^w = x, on the branch through 0 (Fritsch, Shafer and Crowley 1973).
static double lambert_w(double x) {
  if (!(x >= -0.36787944117144233)) return NAN;
  if (x == 0 || isinf(x)) return x;
  if (x <= -0.3) return lambert_near_edge(x);
  const double l = log1p(x);
  double w = l * (1 - log1p(l) / (2 + l));
  for (int k = 0; k < 6; k++) {
    const double z = log(x / w) - w, q = 2 * (1 + w) * (1 + w + 2 * z / 3);
    const double step = z / (1 + w) * ((q - z) / (q - 2 * z));
    w += w * step;
    if (fabs(step) < 1e-16) break;
  }
  return w;
}`,
    'lambert_near_edge',
  ),
};
