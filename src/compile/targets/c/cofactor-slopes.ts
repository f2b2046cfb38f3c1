import type { Written } from './routines.ts';

/** The slopes of ⟨G, cof A⟩ by A, as `operators/cofactor-slopes.ts` has them: of a diagonal matrix between triangles. */
export const COFACTOR_SLOPES: Written = {
  name: 'cofactor_slopes',
  text: `static void cofactor_slopes(const real *a, const real *g, real *out, int count, int n) {
  for (int c = 0; c < count; c++, a += n * n, g += n * n, out += n * n) {
    double lu[n * n], h[n * n], s[n * n], pivots[n], behind[n + 1], sign = 1;
    int rows[n], columns[n];
    for (int e = 0; e < n * n; e++) lu[e] = a[e];
    for (int k = 0; k < n; k++) rows[k] = columns[k] = k;
    for (int k = 0; k < n; k++) {
      int row = k, column = k;
      for (int i = k; i < n; i++)
        for (int j = k; j < n; j++)
          if (!(fabs(lu[i * n + j]) <= fabs(lu[row * n + column]))) {
            row = i;
            column = j;
          }
      if (row != k) exchange(lu + k * n, lu + row * n, 1, n, rows + k, rows + row, &sign);
      if (column != k) exchange(lu + k, lu + column, n, n, columns + k, columns + column, &sign);
      const double pivot = pivots[k] = lu[k * n + k];
      for (int i = k + 1; pivot != 0 && i < n; i++) {
        lu[i * n + k] /= pivot;
        for (int j = k + 1; j < n; j++) lu[i * n + j] -= lu[i * n + k] * lu[k * n + j];
      }
      for (int j = k + 1; pivot != 0 && j < n; j++) lu[k * n + j] /= pivot;
    }
    for (int i = 0; i < n; i++)
      for (int j = 0; j < n; j++) h[i * n + j] = g[rows[i] * n + columns[j]];
    for (int i = 0; i < n; i++)
      for (int k = 0; k < i; k++)
        for (int j = 0; j < n; j++) h[i * n + j] -= lu[i * n + k] * h[k * n + j];
    for (int i = 0; i < n; i++)
      for (int j = 0; j < n; j++)
        for (int k = 0; k < j; k++) h[i * n + j] -= h[i * n + k] * lu[k * n + j];
    for (int k = 0; k < n; k++) {
      double before = 1, total = 0;
      behind[n] = 1;
      for (int l = n - 1; l >= 0; l--) behind[l] = l == k ? behind[l + 1] : behind[l + 1] * pivots[l];
      for (int l = 0; l < n; l++) {
        const double others = before * behind[l + 1];
        if (l == k) continue;
        total += h[l * n + l] * others;
        s[k * n + l] = -h[l * n + k] * others;
        before *= pivots[l];
      }
      s[k * n + k] = total;
    }
    for (int i = n - 1; i >= 0; i--)
      for (int k = i + 1; k < n; k++)
        for (int j = 0; j < n; j++) s[i * n + j] -= lu[k * n + i] * s[k * n + j];
    for (int i = 0; i < n; i++)
      for (int j = n - 1; j >= 0; j--)
        for (int k = j + 1; k < n; k++) s[i * n + j] -= s[i * n + k] * lu[j * n + k];
    for (int i = 0; i < n; i++)
      for (int j = 0; j < n; j++) out[rows[i] * n + columns[j]] = sign * s[i * n + j];
  }
}`,
  numbers: ({ shapes }) => [shapes[0]![0]!],
  helper: {
    name: 'exchange',
    text: `static void exchange(double *one, double *other, int stride, int n, int *place, int *other_place, double *sign) {
  const int held_place = *place;
  *place = *other_place;
  *other_place = held_place;
  *sign = -*sign;
  for (int k = 0; k < n; k++) {
    const double held = one[k * stride];
    one[k * stride] = other[k * stride];
    other[k * stride] = held;
  }
}`,
    header: 'math.h',
  },
};
