import type { Numbers } from './array.ts';
import { luDeterminant, luFactor, luSolve } from './linear-algebra.ts';

/**
 * The slopes of ⟨G, cof A⟩ by A in doubles: by B = A⁻ᵀ, or, without an inverse, by the determinants of what is left of A
 * without two rows and two columns. That takes long for large matrices, and is exact for all.
 */

/** One matrix after the other; a matrix that comes again is not factorised again. */
export class CofactorSlopes {
  private readonly n: number;
  private readonly factors: Float64Array;
  private readonly inverse: Float64Array;
  private readonly matrix: Float64Array;
  private readonly product: Float64Array;
  private known = false;
  private determinant = 0;

  constructor(n: number) {
    this.n = n;
    this.factors = new Float64Array(n * (n + 1));
    this.inverse = new Float64Array(n * n);
    this.matrix = new Float64Array(n * n);
    this.product = new Float64Array(n * n);
  }

  slope(a: Numbers, g: Numbers, out: Numbers, cell: number): void {
    const { n } = this;
    const at = cell * n * n;
    this.take(a, at);
    out.fill(0, at, at + n * n);
    if (this.determinant !== 0 && isDense(g, at, n)) {
      this.addDense(g, out, at);
      return;
    }
    for (let e = 0; e < n * n; e++) {
      const weight = g[at + e]!;
      if (weight === 0) continue;
      const [i, j] = [Math.floor(e / n), e % n];
      if (this.determinant === 0) this.addMinors(out, at, i, j, weight);
      else this.add(out, at, i, j, weight * this.determinant);
    }
  }

  /** det A·(⟨G, B⟩·B − B·Gᵀ·B). */
  private addDense(g: Numbers, out: Numbers, at: number): void {
    const { n, inverse: b, determinant, product } = this;
    let along = 0;
    for (let e = 0; e < n * n; e++) along += g[at + e]! * b[e]!;
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) {
        let total = 0;
        for (let j = 0; j < n; j++) total += b[i * n + j]! * g[at + k * n + j]!;
        product[i * n + k] = total;
      }
    }
    for (let i = 0; i < n; i++) {
      for (let l = 0; l < n; l++) {
        let total = along * b[i * n + l]!;
        for (let k = 0; k < n; k++) total -= product[i * n + k]! * b[k * n + l]!;
        out[at + i * n + l] = determinant * total;
      }
    }
  }

  /** What one entry of G adds: det A·Gᵢⱼ·(Bᵢⱼ·B − Beⱼ·(eᵢᵀB)). */
  private add(out: Numbers, at: number, i: number, j: number, weight: number): void {
    const { n, inverse: b } = this;
    const own = weight * b[i * n + j]!;
    for (let k = 0; k < n; k++) {
      const other = weight * b[k * n + j]!;
      for (let l = 0; l < n; l++) out[at + k * n + l]! += own * b[k * n + l]! - other * b[i * n + l]!;
    }
  }

  private addMinors(out: Numbers, at: number, i: number, j: number, weight: number): void {
    const { n } = this;
    for (let k = 0; k < n; k++) {
      for (let l = 0; l < n; l++) if (k !== i && l !== j) out[at + k * n + l]! += weight * this.minor(i, k, j, l);
    }
  }

  /** The determinant without two rows and two columns, with its sign. */
  private minor(i: number, k: number, j: number, l: number): number {
    const { n, matrix } = this;
    const left = matrix.filter((_, e) => {
      const [row, column] = [Math.floor(e / n), e % n];
      return row !== i && row !== k && column !== j && column !== l;
    });
    const factors = new Float64Array((n - 2) * (n - 1));
    luFactor(left, 0, factors, 0, n - 2);
    return signOf(i, k, j, l) * luDeterminant(factors, 0, n - 2);
  }

  private take(a: Numbers, at: number): void {
    const { n, matrix, factors, inverse } = this;
    let same = this.known;
    for (let e = 0; e < n * n && same; e++) same = matrix[e] === a[at + e];
    if (same) return;
    for (let e = 0; e < n * n; e++) {
      matrix[e] = a[at + e]!;
      inverse[e] = e % (n + 1) === 0 ? 1 : 0;
    }
    luFactor(matrix, 0, factors, 0, n);
    this.determinant = luDeterminant(factors, 0, n);
    // A⁻ᵀ
    if (this.determinant !== 0) luSolve(factors, 0, inverse, inverse, 0, n, n, true);
    this.known = true;
  }
}

/** (−1)^(i + j + k + l), turned round where the second row or column comes before the first. */
export const signOf = (i: number, k: number, j: number, l: number): number =>
  ((i + j + k + l) % 2 === 0 ? 1 : -1) * (k < i ? -1 : 1) * (l < j ? -1 : 1);

/** A Hessian asks for single entries, a product with it for all of them. */
function isDense(g: Numbers, at: number, n: number): boolean {
  let count = 0;
  for (let e = 0; e < n * n; e++) if (g[at + e] !== 0 && ++count > n) return true;
  return false;
}
