import type { Written } from './routines.ts';

/** The determinant times the inverse, transposed, by the factors; of a singular matrix minor by minor. */
export const COFACTORS: Written = {
  name: 'cofactors',
  text: `static void cofactors(const real *a, const real *lu, real *out, int count, int n) {
  for (int c = 0; c < count; c++, a += n * n, lu += n * (n + 1), out += n * n) {
    double determinant = 1;
    for (int k = 0; k < n; k++) determinant *= lu[n * n + k] == k ? lu[k * n + k] : -lu[k * n + k];
    int singular = 0;
    for (int k = 0; k < n; k++) singular = singular || lu[k * n + k] == 0;
    for (int e = 0; e < n * n; e++) out[e] = singular ? minor_of(a, n, e / n, e % n) : e % (n + 1) == 0 ? determinant : 0;
    if (singular) continue;
    for (int k = 0; k < n; k++) {
      for (int j = 0; j < k; j++)
        for (int e = 0; e < n; e++) out[k * n + e] -= lu[j * n + k] * out[j * n + e];
      for (int e = 0; e < n; e++) out[k * n + e] /= lu[k * n + k];
    }
    for (int k = n - 1; k >= 0; k--)
      for (int j = k + 1; j < n; j++)
        for (int e = 0; e < n; e++) out[k * n + e] -= lu[j * n + k] * out[j * n + e];
    for (int k = n - 1; k >= 0; k--) {
      const int other = (int)lu[n * n + k];
      for (int e = 0; other != k && e < n; e++) {
        const real held = out[k * n + e];
        out[k * n + e] = out[other * n + e];
        out[other * n + e] = held;
      }
    }
  }
}`,
  numbers: ({ shapes }) => [shapes[0]![0]!],
  helper: {
    name: 'minor_of',
    // Rows of what is left are brought to a triangle where they lie.
    text: `static double minor_of(const real *a, int n, int row, int column) {
  const int m = n - 1;
  double rest[m * m + 1], total = (row + column) % 2 == 0 ? 1 : -1;
  for (int i = 0; i < m; i++)
    for (int j = 0; j < m; j++) rest[i * m + j] = a[(i + (i >= row)) * n + j + (j >= column)];
  for (int k = 0; k < m; k++) {
    int best = k;
    for (int i = k + 1; i < m; i++)
      if (fabs(rest[i * m + k]) > fabs(rest[best * m + k])) best = i;
    if (best != k) total = -total;
    for (int j = 0; best != k && j < m; j++) {
      const double held = rest[k * m + j];
      rest[k * m + j] = rest[best * m + j];
      rest[best * m + j] = held;
    }
    const double pivot = rest[k * m + k];
    total *= pivot;
    for (int i = k + 1; pivot != 0 && i < m; i++)
      for (int j = m - 1; j >= k; j--) rest[i * m + j] -= rest[i * m + k] / pivot * rest[k * m + j];
  }
  return total;
}`,
    header: 'math.h',
  },
};
