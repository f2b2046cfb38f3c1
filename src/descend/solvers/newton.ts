import { cholesky, choleskySolve } from '../../numeric/linear/cholesky.ts';
import { dot, largest, length } from '../../numeric/linear/vectors.ts';
import { BySlope } from './by-slope.ts';
import { backtracking, type Found } from './line-search.ts';
import { freeSlope, TOLERANCE } from './minimum.ts';
import type { Iteration, Solver, Standing } from './solver.ts';

/** A curvature, as a share of the largest, that is none. */
const NO_CURVATURE = 1e-12;
/** So many times as far as it is from 0, a place that bounds do not allow. */
const FAR = 1e6;

/** What both of Newton's methods have in common: a direction, then a search back along it. */
export abstract class LineMethod extends BySlope {
  readonly carried: Readonly<Record<'unit', Float64Array>> = { unit: new Float64Array(1) };
  descent: Float64Array | undefined;

  /** The direction at a place, and whether the curvature there was positive in all that was looked at. */
  protected abstract direction(here: Found): { readonly direction: Float64Array; readonly convex: boolean };

  step(): Standing {
    const here = this.now();
    const { direction, convex } = this.direction(here);
    const flat = this.isFlat(here, this.tolerance);
    // What the quadratic model still promises is less than the rounding of the cost.
    const promised = -dot(here.slope, direction) / 2;
    const least = promised <= Number.EPSILON * Math.max(Math.abs(here.cost), Number.MIN_VALUE);
    if ((flat || least) && convex) return 'converged';
    if (this.descent) return 'endless';
    const free = freeSlope(this.land, here);
    const steepest = free.map((s) => -s);
    const next =
      backtracking(this.land, here, direction) ?? backtracking(this.land, here, steepest, 1 / Math.max(1, largest(free)));
    if (!next) return convex && this.isFlat(here, Math.sqrt(this.tolerance)) ? 'converged' : 'stuck';
    return this.moveTo(next);
  }
}

/**
 * Solves (H + τ·I)·d = −∇ with the least τ tried for which the matrix is positive definite. Nocedal and Wright, Numerical
 * Optimization (2006), algorithm 3.3.
 */
class Newton extends LineMethod {
  private isQuadratic: boolean | undefined;

  protected direction(found: Found) {
    const { place } = found;
    const n = place.length;
    const free = freeSlope(this.land, found);
    const slope = this.land.folded(free);
    const matrix = new Float64Array(n * n);
    this.land.curvature(place, matrix);
    const moving = new Set(this.land.own.filter((k) => free[k] === found.slope[k]));
    // What facts hold back stays: its row and column say nothing.
    for (let k = 0; k < n; k++) {
      if (moving.has(k)) continue;
      for (let j = 0; j < n; j++) {
        matrix[k * n + j] = 0;
        matrix[j * n + k] = 0;
      }
      matrix[k * n + k] = 1;
    }
    const direction = slope.map((s) => -s);
    if (!matrix.every(Number.isFinite)) return { direction: this.land.spread(direction), convex: false };
    const units = unitsOf(matrix, n);
    const scaled = matrix.map((h, at) => h * units[Math.floor(at / n)]! * units[at % n]!);
    const diagonal = units.map((_, k) => scaled[k * n + k]!);
    const scale = largest(scaled) || 1;
    const least = diagonal.reduce((m, d) => Math.min(m, d), Number.POSITIVE_INFINITY);
    let shift = least > 0 ? 0 : -least + 1e-3 * scale;
    for (;;) {
      const triangle = scaled.slice();
      for (let k = 0; k < n; k++) triangle[k * n + k] = diagonal[k]! + shift;
      if (cholesky(triangle, n)) {
        for (let k = 0; k < n; k++) direction[k] = direction[k]! * units[k]!;
        choleskySolve(triangle, n, direction);
        for (let k = 0; k < n; k++) direction[k] = direction[k]! * units[k]!;
        this.descent = this.endless(direction, slope, matrix, shift === 0 ? undefined : largest(matrix) || 1);
        return { direction: this.land.spread(direction), convex: shift === 0 };
      }
      shift = Math.max(2 * shift, 1e-3 * scale);
      // The curvature is next to the largest number.
      if (!Number.isFinite(shift)) return { direction: free.map((s) => -s), convex: false };
    }
  }

  /**
   * A direction along which a quadratic cost falls without end, as it does not curve up there: the given one, without what
   * facts hold back further on.
   * @param scale what curvatures are held against; that of the terms of this one, which may have cancelled, if left out
   */
  private endless(direction: Float64Array, slope: Float64Array, matrix: Float64Array, scale?: number): Float64Array | undefined {
    const n = direction.length;
    const most = largest(direction);
    const falls = -dot(slope, direction) > NO_CURVATURE * largest(slope) * most;
    let [curvature, terms] = [0, 0];
    for (let k = 0; k < n * n; k++) {
      const term = matrix[k]! * (direction[k % n]! / most) * (direction[Math.floor(k / n)]! / most);
      curvature += term;
      terms += Math.abs(term);
    }
    const unit = scale === undefined ? terms : scale * (length(direction) / most) ** 2;
    if (!falls || curvature > NO_CURVATURE * unit) return undefined;
    this.isQuadratic ??= this.land.isQuadratic;
    if (!this.isQuadratic) return undefined;
    const far = this.place.map((x, k) => x + (FAR * direction[k]! * Math.max(1, largest(this.place))) / most);
    const there = this.land.within(this.place, far);
    // Of what nearly cancels the curvature is rounding: the cost itself tells.
    return there.every((x, k) => x === far[k]) && this.land.told(far) < this.cost() ? direction : undefined;
  }
}

/** Units in which each entry curves by 1, up or down, so that a shift is alike for all; by its row where it does not curve. */
function unitsOf(matrix: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, k) => {
    const bend = Math.abs(matrix[k * n + k]!) || largest(matrix.subarray(k * n, (k + 1) * n)) || 1;
    return 1 / Math.sqrt(bend);
  });
}

export const newton = {
  name: 'newton',
  help: 'Newton: the symbolic matrix of second derivatives, made positive definite where it is not',
  options: { tolerance: TOLERANCE },
  begin: (land, options): Iteration => new Newton(land, options.get('tolerance')!),
} as const satisfies Solver;
