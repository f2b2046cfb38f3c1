import { dot, length } from '../../numeric/linear/vectors.ts';
import type { Found } from './line-search.ts';
import { freeSlope, TOLERANCE } from './minimum.ts';
import { LineMethod } from './newton.ts';
import type { Iteration, Solver } from './solver.ts';

/** A curvature, as a share of the largest one met, that is none. */
const NO_CURVATURE = 1e-14;

/**
 * Newton's direction by conjugate gradients on products with the second derivatives, whose matrix is never formed; where
 * the curvature is not positive it stops. Nocedal and Wright, Numerical Optimization (2006), algorithm 7.1.
 */
class NewtonByProducts extends LineMethod {
  /** How long the first slope was. */
  override readonly carried = { unit: new Float64Array(1), first: new Float64Array(1) };

  protected direction(found: Found) {
    const { place } = found;
    const slope = freeSlope(this.land, found);
    const n = place.length;
    const size = length(slope);
    const { first } = this.carried;
    if (first[0] === 0) first[0] = size;
    // The nearer, the more exactly.
    const enough = Math.min(0.5, Math.sqrt(size / first[0]!)) * size;
    let most = 0;
    const z = new Float64Array(n);
    const r = slope.slice();
    const d = slope.map((s) => -s);
    const product = new Float64Array(n);
    let square = dot(r, r);
    for (let k = 0; k < 10 * n && Math.sqrt(square) > enough; k++) {
      this.land.product(place, d, product);
      for (let i = 0; i < n; i++) if (slope[i] !== found.slope[i]) product[i] = 0;
      const bend = dot(d, product);
      const curvature = bend / dot(d, d);
      most = Math.max(most, curvature);
      if (!(curvature > NO_CURVATURE * most)) return { direction: k === 0 ? slope.map((s) => -s) : z, convex: false };
      const t = square / bend;
      for (let i = 0; i < n; i++) {
        z[i] = z[i]! + t * d[i]!;
        r[i] = r[i]! + t * product[i]!;
      }
      const next = dot(r, r);
      for (let i = 0; i < n; i++) d[i] = -r[i]! + (next / square) * d[i]!;
      square = next;
    }
    return { direction: z, convex: true };
  }
}

export const newtonCg = {
  name: 'newton-cg',
  help: 'Newton by conjugate gradients: products with the second derivatives, never their matrix',
  options: { tolerance: TOLERANCE },
  begin: (land, options): Iteration => new NewtonByProducts(land, options.get('tolerance')!),
} as const satisfies Solver;
