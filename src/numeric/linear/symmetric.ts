const MOST_SWEEPS = 30;

/**
 * The least eigenvalue of a small symmetric matrix, and its vector, by Jacobi's rotations. Golub and Van Loan, Matrix
 * Computations (2013), 8.5.
 */
export function leastEigen(matrix: Float64Array, n: number): { readonly value: number; readonly vector: Float64Array } {
  const a = matrix.slice();
  const v = new Float64Array(n * n);
  for (let k = 0; k < n; k++) v[k * n + k] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotated = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const off = a[p * n + q]!;
        if (!(off * off > Number.EPSILON ** 2 * Math.abs(a[p * n + p]! * a[q * n + q]!))) continue;
        rotated = true;
        const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * off);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
        const cos = 1 / Math.hypot(t, 1);
        const sin = t * cos;
        for (let k = 0; k < n; k++) turn(a, k * n + p, k * n + q, cos, sin);
        for (let k = 0; k < n; k++) turn(a, p * n + k, q * n + k, cos, sin);
        for (let k = 0; k < n; k++) turn(v, k * n + p, k * n + q, cos, sin);
      }
    }
    if (!rotated) break;
  }
  let least = 0;
  for (let k = 1; k < n; k++) if (a[k * n + k]! < a[least * n + least]!) least = k;
  return { value: a[least * n + least]!, vector: Float64Array.from({ length: n }, (_, k) => v[k * n + least]!) };
}

function turn(a: Float64Array, i: number, j: number, cos: number, sin: number): void {
  const [x, y] = [a[i]!, a[j]!];
  a[i] = cos * x - sin * y;
  a[j] = sin * x + cos * y;
}
