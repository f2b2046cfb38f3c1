import { cholesky, choleskySolve } from './cholesky.ts';
import { type Factored, rankOf } from './qr.ts';

/** (JᵀJ)⁻¹ from the factors of J; undefined where J lacks rank. */
export function inverseGram(qr: Factored, n: number, tolerance: number): Float64Array | undefined {
  if (rankOf(qr, n, tolerance) < n) return undefined;
  const { r, order } = qr;
  // R⁻¹, an upper triangle.
  const inverse = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    inverse[j * n + j] = 1 / r[j * n + j]!;
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0;
      for (let k = i + 1; k <= j; k++) sum += r[i * n + k]! * inverse[k * n + j]!;
      inverse[i * n + j] = -sum / r[i * n + i]!;
    }
  }
  const result = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += inverse[i * n + k]! * inverse[j * n + k]!;
      const [a, b] = [order[i]!, order[j]!];
      result[a * n + b] = sum;
      result[b * n + a] = sum;
    }
  }
  return result;
}

/** The inverse of a symmetric matrix; undefined where it is not positive definite. */
export function inverseDefinite(matrix: Float64Array, n: number): Float64Array | undefined {
  const triangle = matrix.slice();
  if (!cholesky(triangle, n)) return undefined;
  const result = new Float64Array(n * n);
  const column = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    column.fill(0);
    column[j] = 1;
    choleskySolve(triangle, n, column);
    for (let i = 0; i < n; i++) result[i * n + j] = column[i]!;
  }
  return result;
}
