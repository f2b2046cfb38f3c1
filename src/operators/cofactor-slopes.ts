import type { Numbers } from './array.ts';

/**
 * The slopes of ⟨G, cof A⟩ by A in doubles. With P·A·Q = L·D·U by complete pivoting (Golub and Van Loan, §3.4.8), L and U
 * unit triangles, cof A is ±Pᵀ·L⁻ᵀ·(cof D)·U⁻ᵀ·Qᵀ, and the slope is that of a diagonal matrix: with H = L⁻¹·P·G·Q·U⁻¹ and
 * p_kl the product of all pivots but those of k and l, S_kk = Σ_{i≠k} H_ii·p_ik and S_kl = −H_lk·p_kl. Nothing is divided by
 * what may be 0, so it is as exact without an inverse, and near to that.
 */
export class CofactorSlopes {
  private readonly n: number;
  /** What was factorised: L below the diagonal, U above it. */
  private readonly matrix: Float64Array;
  private readonly factors: Float64Array;
  private readonly pivots: Float64Array;
  private readonly rows: Int32Array;
  private readonly columns: Int32Array;
  private readonly h: Float64Array;
  private readonly s: Float64Array;
  private readonly behind: Float64Array;
  private sign = 1;
  private known = false;

  constructor(n: number) {
    this.n = n;
    this.matrix = new Float64Array(n * n);
    this.factors = new Float64Array(n * n);
    this.pivots = new Float64Array(n);
    this.rows = new Int32Array(n);
    this.columns = new Int32Array(n);
    this.h = new Float64Array(n * n);
    this.s = new Float64Array(n * n);
    this.behind = new Float64Array(n + 1);
  }

  /** One matrix after the other; a matrix that comes again is not factorised again. */
  slope(a: Numbers, g: Numbers, out: Numbers, cell: number): void {
    const { n, h, s, rows, columns, sign } = this.taken(a, cell * this.n * this.n);
    const at = cell * n * n;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) h[i * n + j] = g[at + rows[i]! * n + columns[j]!]!;
    this.between();
    this.diagonal();
    this.outwards();
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[at + rows[i]! * n + columns[j]!] = sign * s[i * n + j]!;
  }

  /** H = L⁻¹·G·U⁻¹, where G was. */
  private between(): void {
    const { n, h, factors } = this;
    for (let i = 0; i < n; i++)
      for (let k = 0; k < i; k++) for (let j = 0; j < n; j++) h[i * n + j]! -= factors[i * n + k]! * h[k * n + j]!;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) for (let k = 0; k < j; k++) h[i * n + j]! -= h[i * n + k]! * factors[k * n + j]!;
  }

  /** The slope of ⟨H, cof D⟩ by D. */
  private diagonal(): void {
    const { n, h, s, pivots, behind } = this;
    for (let k = 0; k < n; k++) {
      behind[n] = 1;
      for (let l = n - 1; l >= 0; l--) behind[l] = l === k ? behind[l + 1]! : behind[l + 1]! * pivots[l]!;
      let before = 1;
      let total = 0;
      for (let l = 0; l < n; l++) {
        if (l === k) continue;
        const others = before * behind[l + 1]!;
        total += h[l * n + l]! * others;
        s[k * n + l] = -h[l * n + k]! * others;
        before *= pivots[l]!;
      }
      s[k * n + k] = total;
    }
  }

  /** L⁻ᵀ·S·U⁻ᵀ, where S was. */
  private outwards(): void {
    const { n, s, factors } = this;
    for (let i = n - 1; i >= 0; i--)
      for (let k = i + 1; k < n; k++) for (let j = 0; j < n; j++) s[i * n + j]! -= factors[k * n + i]! * s[k * n + j]!;
    for (let i = 0; i < n; i++)
      for (let j = n - 1; j >= 0; j--) for (let k = j + 1; k < n; k++) s[i * n + j]! -= s[i * n + k]! * factors[j * n + k]!;
  }

  private taken(a: Numbers, at: number): this {
    const { matrix } = this;
    let same = this.known;
    for (let e = 0; e < matrix.length && same; e++) same = matrix[e] === a[at + e];
    if (same) return this;
    for (let e = 0; e < matrix.length; e++) matrix[e] = a[at + e]!;
    this.factorise();
    this.known = true;
    return this;
  }

  private factorise(): void {
    const { n, factors: f, pivots, rows, columns } = this;
    f.set(this.matrix);
    for (let k = 0; k < n; k++) rows[k] = columns[k] = k;
    this.sign = 1;
    for (let k = 0; k < n; k++) {
      let best = k * n + k;
      for (let i = k; i < n; i++)
        for (let j = k; j < n; j++) if (!(Math.abs(f[i * n + j]!) <= Math.abs(f[best]!))) best = i * n + j;
      this.exchange(k, Math.floor(best / n), best % n);
      const pivot = f[k * n + k]!;
      pivots[k] = pivot;
      // Where the largest of what is left is 0, all of it is.
      if (pivot === 0) continue;
      for (let i = k + 1; i < n; i++) {
        f[i * n + k]! /= pivot;
        for (let j = k + 1; j < n; j++) f[i * n + j]! -= f[i * n + k]! * f[k * n + j]!;
      }
      for (let j = k + 1; j < n; j++) f[k * n + j]! /= pivot;
    }
  }

  private exchange(k: number, row: number, column: number): void {
    const { n, factors: f, rows, columns } = this;
    if (row !== k) {
      this.sign = -this.sign;
      [rows[k], rows[row]] = [rows[row]!, rows[k]!];
      for (let j = 0; j < n; j++) [f[k * n + j], f[row * n + j]] = [f[row * n + j]!, f[k * n + j]!];
    }
    if (column !== k) {
      this.sign = -this.sign;
      [columns[k], columns[column]] = [columns[column]!, columns[k]!];
      for (let i = 0; i < n; i++) [f[i * n + k], f[i * n + column]] = [f[i * n + column]!, f[i * n + k]!];
    }
  }
}
