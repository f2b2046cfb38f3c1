/**
 * A = Q·R·Pᵀ of an m×n matrix by Householder reflections with the largest column first, and Qᵀ·b beside it. Golub and Van
 * Loan, Matrix Computations (2013), 5.4.2.
 */
export interface Factored {
  /** The upper triangle, min(m, n)×n in an n×n array, row-major. */
  readonly r: Float64Array;
  /** The first n entries of Qᵀ·b; 0 behind the m-th. */
  readonly qtb: Float64Array;
  /** Column k of R is column order[k] of A. */
  readonly order: Int32Array;
  /** What is left of b: the length of the entries of Qᵀ·b behind the n-th. */
  readonly rest: number;
}

/**
 * @param a m×n numbers, row-major
 * @param right m numbers
 */
export function factored(a: Float64Array, m: number, n: number, right: Float64Array): Factored {
  const b = right.slice();
  const order = Int32Array.from({ length: n }, (_, k) => k);
  // By columns, as reflections go through them.
  const columns = Array.from({ length: n }, (_, j) => Float64Array.from({ length: m }, (__, i) => a[i * n + j]!));
  const r = new Float64Array(n * n);
  const steps = Math.min(m, n);
  const tail = (column: Float64Array, from: number): number => {
    let most = 0;
    for (let i = from; i < m; i++) most = Math.max(most, Math.abs(column[i]!));
    if (most === 0 || !Number.isFinite(most)) return most;
    let sum = 0;
    for (let i = from; i < m; i++) sum += (column[i]! / most) ** 2;
    return most * Math.sqrt(sum);
  };
  const sizes = columns.map((column) => tail(column, 0));
  /** As they were when they were last added up. */
  const exact = sizes.slice();
  /** What is left of a column without its k-th entry: LAPACK Working Note 176, which adds up anew where digits are lost. */
  const shorten = (j: number, k: number): void => {
    const gone = sizes[j]! === 0 ? 1 : Math.abs(columns[j]![k]!) / sizes[j]!;
    const left = Math.max(0, (1 - gone) * (1 + gone));
    if (left * (sizes[j]! / exact[j]!) ** 2 > Math.sqrt(Number.EPSILON)) sizes[j] = sizes[j]! * Math.sqrt(left);
    else sizes[j] = exact[j] = tail(columns[j]!, k + 1);
  };
  for (let k = 0; k < steps; k++) {
    let best = k;
    for (let j = k + 1; j < n; j++) if (sizes[j]! > sizes[best]!) best = j;
    swap(columns, k, best);
    swap(sizes, k, best);
    swap(exact, k, best);
    swap(order, k, best);
    const v = columns[k]!;
    const size = tail(v, k);
    if (size > 0) {
      const alpha = v[k]! > 0 ? -size : size;
      const head = v[k]! - alpha;
      v[k] = head;
      // As a share of its size, of which the square may be too small for a number: vᵀ·v = 2·|v_k| then.
      for (let i = k; i < m; i++) v[i] = v[i]! / size;
      const scale = 1 / Math.abs(v[k]!);
      reflectAll(v, scale, k, columns);
      reflect(v, scale, k, b);
      r[k * n + k] = alpha;
    }
    for (let j = k + 1; j < n; j++) shorten(j, k);
  }
  // Columns have changed places until now.
  for (let k = 0; k < steps; k++) for (let j = k + 1; j < n; j++) r[k * n + j] = columns[j]![k]!;
  const qtb = new Float64Array(n);
  for (let k = 0; k < steps; k++) qtb[k] = b[k]!;
  return { r, qtb, order, rest: tail(b, Math.min(n, m)) };
}

function reflect(v: Float64Array, scale: number, from: number, target: Float64Array): void {
  let sum = 0;
  for (let i = from; i < v.length; i++) sum += v[i]! * target[i]!;
  const t = scale * sum;
  for (let i = from; i < v.length; i++) target[i] = target[i]! - t * v[i]!;
}

/** The columns behind the k-th, four at a time: what is read of v serves all of them. */
function reflectAll(v: Float64Array, scale: number, k: number, columns: readonly Float64Array[]): void {
  const m = v.length;
  let j = k + 1;
  for (; j + 4 <= columns.length; j += 4) {
    const [a, b, c, d] = [columns[j]!, columns[j + 1]!, columns[j + 2]!, columns[j + 3]!];
    let [p, q, r, s] = [0, 0, 0, 0];
    for (let i = k; i < m; i++) {
      const x = v[i]!;
      p += x * a[i]!;
      q += x * b[i]!;
      r += x * c[i]!;
      s += x * d[i]!;
    }
    p *= scale;
    q *= scale;
    r *= scale;
    s *= scale;
    for (let i = k; i < m; i++) {
      const x = v[i]!;
      a[i] = a[i]! - p * x;
      b[i] = b[i]! - q * x;
      c[i] = c[i]! - r * x;
      d[i] = d[i]! - s * x;
    }
  }
  for (; j < columns.length; j++) reflect(v, scale, k, columns[j]!);
}

function swap(list: { [k: number]: unknown }, i: number, j: number): void {
  const kept = list[i];
  list[i] = list[j];
  list[j] = kept;
}

/** The number of columns that are not, to rounding, combinations of the others. */
export function rankOf({ r }: Factored, n: number, tolerance: number): number {
  const first = Math.abs(r[0]!);
  let rank = 0;
  while (rank < n && Math.abs(r[rank * n + rank]!) > tolerance * first) rank++;
  return rank;
}

/**
 * The x that makes ‖A·x − b‖² + ‖D·x‖² least, from the factors of A: D is brought into the triangle by rotations, row by
 * row. Moré, The Levenberg–Marquardt algorithm (1978), section 3.
 * @param d the diagonal of D, by columns of A
 * @returns x, and the triangle S with SᵀS = Pᵀ(AᵀA + D²)P
 */
export function damped({ r, qtb, order }: Factored, n: number, d: ArrayLike<number>): { x: Float64Array; s: Float64Array } {
  const s = r.slice();
  const b = qtb.slice();
  const row = new Float64Array(n);
  for (let j = 0; j < n; j++) {
    const own = d[order[j]!]!;
    if (own === 0) continue;
    row.fill(0, j);
    row[j] = own;
    let rest = 0;
    for (let k = j; k < n; k++) {
      if (row[k] === 0) continue;
      const [top, below] = [s[k * n + k]!, row[k]!];
      const size = Math.hypot(top, below);
      const c = top / size;
      const w = below / size;
      for (let i = k, at = k * n + k; i < n; i++, at++) {
        const upper = s[at]!;
        const lower = row[i]!;
        s[at] = c * upper + w * lower;
        row[i] = c * lower - w * upper;
      }
      const upper = b[k]!;
      b[k] = c * upper + w * rest;
      rest = c * rest - w * upper;
    }
  }
  // What a column that vanishes would contribute is left at 0.
  let rank = 0;
  while (rank < n && isOwn(s, n, rank)) rank++;
  const x = new Float64Array(n);
  for (let k = rank - 1; k >= 0; k--) {
    let sum = b[k]!;
    for (let j = k + 1; j < rank; j++) sum -= s[k * n + j]! * x[order[j]!]!;
    x[order[k]!] = sum / s[k * n + k]!;
  }
  return { x, s };
}

/** Whether a column of a triangle has a part that is, to rounding, none of those before it. */
function isOwn(s: Float64Array, n: number, k: number): boolean {
  let [most, sum] = [0, 0];
  for (let i = 0; i <= k; i++) most = Math.max(most, Math.abs(s[i * n + k]!));
  for (let i = 0; i <= k; i++) sum += (s[i * n + k]! / most) ** 2;
  const size = most === 0 ? 0 : most * Math.sqrt(sum);
  return Math.abs(s[k * n + k]!) > 4 * n * Number.EPSILON * size;
}

/** Solves Sᵀ·y = Pᵀ·b for a triangle S. */
export function backThrough(s: Float64Array, order: Int32Array, n: number, b: ArrayLike<number>): Float64Array {
  const y = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    let sum = b[order[k]!]!;
    for (let j = 0; j < k; j++) sum -= s[j * n + k]! * y[j]!;
    y[k] = s[k * n + k] === 0 ? 0 : sum / s[k * n + k]!;
  }
  return y;
}
