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
  elliptic_within: piece(
    `// F or E of an angle within ±π/2 and m = k² (DLMF 19.25.5, 19.25.9).
static double elliptic_within(double phi, double m, int second) {
  const double s = sin(phi), c = fabs(phi) == 1.5707963267948966 ? 0 : cos(phi), delta = c * c + (1 - m) * s * s;
  if (!(delta >= 0)) return NAN;
  if (s == 0) return s;
  double rf, rd;
  carlson(c * c, delta, 1, &rf, &rd);
  return second ? s * rf - m / 3 * s * s * s * rd : s * rf;
}`,
    'carlson',
  ),
  elliptic: piece(
    `// Beyond ±π/2 whole half turns are added.
static double elliptic(double phi, double m, int second) {
  const double pi = 3.141592653589793, turns = fabs(phi) <= pi / 2 ? 0 : floor(phi / pi + 0.5);
  const double rest = elliptic_within(phi - turns * pi, m, second);
  return turns == 0 ? rest : rest + 2 * turns * elliptic_within(pi / 2, m, second);
}`,
    'elliptic_within',
  ),
  elliptic_f: piece(
    `static double elliptic_f(double phi, double m) {
  return elliptic(phi, m, 0);
}`,
    'elliptic',
  ),
  elliptic_e: piece(
    `static double elliptic_e(double phi, double m) {
  return elliptic(phi, m, 1);
}`,
    'elliptic',
  ),
};
