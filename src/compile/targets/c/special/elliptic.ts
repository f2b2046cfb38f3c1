import { type Piece, piece } from './piece.ts';

/** Elliptic integrals: see `operators/kernels/elliptic.ts` and `carlson.ts`. */
export const ellipticPieces: Readonly<Record<string, Piece>> = {
  carlson: piece(`// R_F and R_D of (x, y, z) by duplication (Carlson 1995; DLMF 19.36.1, 19.36.2).
static void carlson(double x, double y, double z, double *rf, double *rd) {
  double a = x, b = y, c = z, tail = 0, power = 1, mean = 0;
  for (int k = 0; k < 200; k++) {
    mean = (a + b + c) / 3;
    if (!(fmax(fabs(mean - a), fmax(fabs(mean - b), fabs(mean - c))) > 5e-4 * mean)) break;
    const double p = sqrt(a), q = sqrt(b), r = sqrt(c), shift = p * q + p * r + q * r;
    tail += power / (r * (c + shift));
    power /= 4;
    a = (a + shift) / 4;
    b = (b + shift) / 4;
    c = (c + shift) / 4;
  }
  mean = (a + b + c) / 3;
  const double s = 1 - a / mean, t = 1 - b / mean, u = -(s + t);
  const double e2 = s * t - u * u, e3 = s * t * u;
  *rf = (1 - e2 / 10 + e3 / 14 + e2 * e2 / 24 - 3.0 / 44 * e2 * e3) / sqrt(mean);
  const double weighted = (a + b + 3 * c) / 5, v = 1 - a / weighted, w = 1 - b / weighted;
  const double n = -(v + w) / 3, vw = v * w, nn = n * n;
  const double d2 = vw - 6 * nn, d3 = (3 * vw - 8 * nn) * n, d4 = 3 * (vw - nn) * nn, d5 = vw * nn * n;
  const double last = 1 - 3.0 / 14 * d2 + d3 / 6 + 9.0 / 88 * d2 * d2 - 3.0 / 22 * d4 - 9.0 / 52 * d2 * d3 + 3.0 / 26 * d5;
  *rd = 3 * tail + power * last / (weighted * sqrt(weighted));
}`),
  elliptic_trapezoids:
    piece(`// ∫₀^φ sin²ⁿt·(1 − m·sin²t)^(½ − p) dt by equal steps of log v: all terms are positive, and rise to a single peak.
static double elliptic_trapezoids(int n, int p, double s, double cc, double delta) {
  const double start = log(delta < 1 ? delta : 1);
  double sum = 0;
  for (int side = 1; side >= -1; side -= 2) {
    double before = 0;
    for (int k = side < 0 ? 1 : 0;; k++) {
      const double v = exp(start + side * k * 0.4);
      const double term = v / sqrt(cc + v) * pow(1 + v, p - n - 1.5) * pow(delta + v, 0.5 - p);
      sum += term;
      if (!(term > 0x1p-56 * sum || term > before)) break;
      before = term;
    }
  }
  return 0.2 * pow(s, 2 * n + 1) * sum;
}`),
  elliptic_within: piece(
    `// The n-th derivative by m = k² of F or E of an angle within ±π/2 (DLMF 19.25.5, 19.25.9).
static double elliptic_within(int n, double phi, double m, int second) {
  const double s = sin(phi), c = fabs(phi) == 1.5707963267948966 ? 0 : cos(phi), cc = c * c, delta = cc + (1 - m) * s * s;
  if (s == 0) return n == 0 ? s : 0;
  if (!(delta >= 0)) return NAN;
  if (delta == 0 && (n > second || cc == 0)) return n == 0 && second ? s : second ? -s * INFINITY : s * INFINITY;
  if (isinf(delta)) return n == 0 && second ? s * INFINITY : 0;
  if (n > 1) {
    double factor = second ? -0.5 : 0.5;
    for (int k = 1; k < n; k++) factor *= (second ? -0.5 : 0.5) + k;
    return factor * elliptic_trapezoids(n, second ? n : n + 1, s, cc, delta);
  }
  double rf, rd;
  if (n == 1 && !second) {
    carlson(cc, 1, delta, &rf, &rd);
    return s * s * s * rd / 6;
  }
  carlson(cc, delta, 1, &rf, &rd);
  if (n == 1) return s * s * s * rd / -6;
  return second ? s * rf - m / 3 * s * s * s * rd : s * rf;
}`,
    'carlson',
    'elliptic_trapezoids',
  ),
  elliptic: piece(
    `// Beyond ±π/2 whole half turns are added.
static double elliptic(int n, double phi, double m, int second) {
  const double pi = 3.141592653589793;
  if (isnan(phi) || isinf(phi) || (isinf(m) && m < 0 && phi != 0)) return phi * elliptic_within(n, pi / 2, m, second);
  const double turns = fabs(phi) <= pi / 2 ? 0 : floor(phi / pi + 0.5);
  const double rest = elliptic_within(n, phi - turns * pi, m, second);
  return turns == 0 ? rest : rest + 2 * turns * elliptic_within(n, pi / 2, m, second);
}`,
    'elliptic_within',
  ),
  ...Object.fromEntries(
    ['elliptic_f', 'elliptic_e'].flatMap((name, second) => [
      [
        name,
        piece(
          `static double ${name}(double phi, double m) {
  return elliptic(0, phi, m, ${second});
}`,
          'elliptic',
        ),
      ],
      [
        `${name}_derived`,
        piece(
          `static double ${name}_derived(int n, double phi, double m) {
  return elliptic(n, phi, m, ${second});
}`,
          'elliptic',
        ),
      ],
    ]),
  ),
};
