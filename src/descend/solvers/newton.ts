import { cholesky, choleskySolve } from '../../numeric/linear/cholesky.ts';
import { dot, largest } from '../../numeric/linear/vectors.ts';
import { BySlope } from './by-slope.ts';
import { backtracking, type Found } from './line-search.ts';
import { freeSlope, TOLERANCE } from './minimum.ts';
import type { Iteration, Solver, Standing } from './solver.ts';

/** What both of Newton's methods have in common: a direction, then a search back along it. */
export abstract class LineMethod extends BySlope {
  readonly carried = { unit: new Float64Array(1) };

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
  protected direction(found: Found) {
    const { place } = found;
    const n = place.length;
    const slope = freeSlope(this.land, found);
    const matrix = new Float64Array(n * n);
    this.land.curvature(place, matrix);
    // What facts hold back stays: its row and column say nothing.
    for (let k = 0; k < n; k++) {
      if (slope[k] === found.slope[k]) continue;
      for (let j = 0; j < n; j++) {
        matrix[k * n + j] = 0;
        matrix[j * n + k] = 0;
      }
      matrix[k * n + k] = 1;
    }
    const diagonal = Float64Array.from({ length: n }, (_, k) => matrix[k * n + k]!);
    const scale = largest(matrix) || 1;
    const least = diagonal.reduce((m, d) => Math.min(m, d), Number.POSITIVE_INFINITY);
    let shift = least > 0 ? 0 : -least + 1e-3 * scale;
    const direction = slope.map((s) => -s);
    if (!matrix.every(Number.isFinite)) return { direction, convex: false };
    for (;;) {
      const triangle = matrix.slice();
      for (let k = 0; k < n; k++) triangle[k * n + k] = diagonal[k]! + shift;
      if (cholesky(triangle, n)) {
        choleskySolve(triangle, n, direction);
        return { direction, convex: shift === 0 };
      }
      shift = Math.max(2 * shift, 1e-3 * scale);
    }
  }
}

export const newton = {
  name: 'newton',
  help: 'Newton: the symbolic matrix of second derivatives, made positive definite where it is not',
  options: { tolerance: TOLERANCE },
  begin: (land, options): Iteration => new Newton(land, options.get('tolerance')!),
} as const satisfies Solver;
