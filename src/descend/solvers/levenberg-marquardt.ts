import { backThrough, damped, type Factored, factored, rankOf } from '../../numeric/linear/qr.ts';
import { along, dot, length } from '../../numeric/linear/vectors.ts';
import type { Landscape } from '../landscape.ts';
import { TOLERANCE } from './minimum.ts';
import type { Iteration, Solver, Standing } from './solver.ts';

/** How far the first step may reach, in lengths of the start, scaled by the columns: Moré (1978). */
const FIRST_REACH = 100;
/** A step that gains at least this share of what the linear model promises is taken. */
const TAKEN = 1e-4;
const MOST_TRIALS = 60;
/** Steps for which an entry would have to go farther than this are none: the squares of such numbers are infinite. */
const FARTHEST = 1e150;
/** Of the uncertainty that the residuals leave, what an offset may be, in tolerances. */
const NEAR = 10;
const MOST_BENDS = 10;

/**
 * A step is the least of the linear model within a reach that grows and shrinks with how well the model foretells. Moré, The
 * Levenberg–Marquardt algorithm: implementation and theory (1978).
 */
class LevenbergMarquardt implements Iteration {
  readonly place: Float64Array;
  readonly carried: Record<string, Float64Array>;
  private readonly land: Landscape;
  private readonly tolerance: number;
  private residuals: Float64Array | undefined;
  /** A sum of squares of what is linear curves up everywhere. */
  readonly isSure: boolean;

  constructor(land: Landscape, tolerance: number) {
    this.land = land;
    this.tolerance = tolerance;
    this.place = new Float64Array(land.size);
    this.isSure = land.isLinear;
    // The scale of each entry; the reach and the damping, both 0 before the first step.
    this.carried = { scale: new Float64Array(land.size), reach: new Float64Array(1), damping: new Float64Array(1) };
  }

  restored(): void {
    this.residuals = undefined;
  }

  cost = (): number => this.land.told(this.place);

  private now(): Float64Array {
    this.residuals ??= this.land.residuals(this.place);
    return this.residuals;
  }

  step(): Standing {
    const { land, place, tolerance } = this;
    const { scale, reach, damping } = this.carried as Record<'scale' | 'reach' | 'damping', Float64Array>;
    const n = place.length;
    const f = this.now();
    const m = f.length;
    const size = length(f);
    const slopes = land.jacobian(place);
    const columns = new Float64Array(n);
    for (let j = 0; j < n; j++) {
      columns[j] = length(Float64Array.from({ length: m }, (_, i) => slopes[i * n + j]!));
      if (!(columns[j]! < size / FARTHEST)) continue;
      // The place says nothing of this entry, such as the weight of a neuron that is saturated: it stays.
      columns[j] = 0;
      for (let i = 0; i < m; i++) slopes[i * n + j] = 0;
    }
    const qr = factored(slopes, m, n, f.slice());
    for (let j = 0; j < n; j++) scale[j] = Math.max(scale[j]!, columns[j]!) || 1;
    const scaled = (v: ArrayLike<number>): number => length(Float64Array.from(v, (x, j) => x * scale[j]!));
    const far = scaled(place);
    const first = reach[0] === 0;
    if (first) reach[0] = FIRST_REACH * (far || 1);
    const full = damped(qr, n, new Float64Array(n)).x;
    const wholeRank = rankOf(qr, n, Number.EPSILON * Math.max(m, n)) === n;
    if (size === 0) return 'converged';
    // Where entries stand for one another there is no single step, but still a slope.
    const apart = cosine(qr, columns, size);
    const isTold = wholeRank || columns.every((column) => column > 0);
    // The step that would solve the linear model is small in every entry.
    const isSmall = (share: number) => full.every((x, j) => Math.abs(x) <= share * (Math.abs(place[j]!) || 1));
    // What is left of the residuals in reach of the entries, beside what is not: Bates and Watts (1981).
    const offset = (length(qr.qtb) / Math.sqrt(n)) * Math.sqrt(Math.max(1, m - n));
    // Where entries stand for one another, many places are the minimum of what is linear.
    if ((wholeRank || this.isSure) && (isSmall(tolerance) || offset <= NEAR * tolerance * qr.rest)) return 'converged';
    if (!wholeRank && isTold && apart <= tolerance) return 'converged';
    for (let trial = 0; trial < MOST_TRIALS; trial++) {
      const { x: back, damping: bent } = this.within(qr, full, scale, reach[0]!, damping[0]!);
      damping[0] = bent;
      const moved = land.within(place, along(place, -1, back, new Float64Array(n)));
      const step = moved.map((x, k) => x - place[k]!);
      const stretch = scaled(step);
      if (first) reach[0] = Math.min(reach[0]!, stretch);
      const next = land.residuals(moved);
      const after = length(next);
      const gained = after * 0.1 < size ? 1 - (after / size) ** 2 : -1;
      const inside = lengthThrough(qr, n, step) / size;
      const outside = (Math.sqrt(bent) * stretch) / size;
      const promised = inside ** 2 + 2 * outside ** 2;
      const rise = -(inside ** 2 + outside ** 2);
      const ratio = promised > 0 ? gained / promised : 0;
      if (!(ratio > 0.25)) {
        const shrink = gained >= 0 ? 0.5 : (0.5 * rise) / (rise + 0.5 * gained);
        const by = 0.1 * after >= size || !(shrink >= 0.1) ? 0.1 : shrink;
        reach[0] = by * Math.min(reach[0]!, stretch / 0.1);
        damping[0] = damping[0]! / by;
      } else if (bent === 0 || ratio >= 0.75) {
        reach[0] = 2 * stretch;
        damping[0] = damping[0]! / 2;
      }
      if (ratio >= TAKEN) {
        place.set(moved);
        this.residuals = next;
        return 'moved';
      }
      // Rounding is all that is left to gain.
      const still = Math.abs(gained) <= Number.EPSILON && promised <= Number.EPSILON;
      if (still || reach[0]! <= Number.EPSILON * far || stretch === 0) break;
    }
    const nearly = Math.sqrt(tolerance);
    return isTold && (isSmall(nearly) || apart <= nearly) ? 'converged' : 'stuck';
  }

  /** The step within a reach, and the damping that it takes: 0 for the whole way, which is the given one. */
  private within(qr: Factored, whole: Float64Array, scale: Float64Array, reach: number, guess: number) {
    const n = scale.length;
    let x = whole;
    const scaledLength = (v: Float64Array) => length(v.map((entry, j) => entry * scale[j]!));
    let long = scaledLength(x);
    let over = long - reach;
    if (over <= 0.1 * reach) return { x, damping: 0 };
    /** How fast the length falls with the damping. */
    const fall = (s: Float64Array, of: Float64Array, stretch: number): number => {
      const turned = backThrough(
        s,
        qr.order,
        n,
        of.map((entry, j) => (scale[j]! ** 2 * entry) / stretch),
      );
      return dot(turned, turned);
    };
    const wholeRank = rankOf(qr, n, 0) === n;
    let least = wholeRank ? over / reach / fall(qr.r, x, long) : 0;
    const slope = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      let sum = 0;
      for (let i = 0; i <= k; i++) sum += qr.r[i * n + k]! * qr.qtb[i]!;
      slope[k] = sum / scale[qr.order[k]!]!;
    }
    const steep = length(slope);
    let most = steep / reach || Number.MIN_VALUE / Math.min(reach, 0.1);
    let damping = Math.min(Math.max(guess, least), most) || steep / long;
    for (let k = 0; ; k++) {
      if (damping === 0) damping = Math.max(Number.MIN_VALUE, 0.001 * most);
      const root = Math.sqrt(damping);
      const bent = damped(
        qr,
        n,
        scale.map((d) => root * d),
      );
      x = bent.x;
      long = scaledLength(x);
      const before = over;
      over = long - reach;
      if (Math.abs(over) <= 0.1 * reach || (least === 0 && over <= before && before < 0) || k === MOST_BENDS)
        return { x, damping };
      const change = over / reach / fall(bent.s, x, long);
      if (over > 0) least = Math.max(least, damping);
      else if (over < 0) most = Math.min(most, damping);
      damping = Math.max(least, damping + change);
    }
  }
}

/** The largest cosine between the residuals f and a column of J, from its triangle: 0 where their squares have no slope. */
function cosine({ r, order, qtb }: Factored, columns: Float64Array, size: number): number {
  const n = columns.length;
  let most = 0;
  for (let k = 0; k < n; k++) {
    let sum = 0;
    for (let i = 0; i <= k; i++) sum += r[i * n + k]! * (qtb[i]! / size);
    const column = columns[order[k]!]!;
    if (column > 0) most = Math.max(most, Math.abs(sum) / column);
  }
  return most;
}

/** ‖J·v‖ from the triangle of J. */
function lengthThrough({ r, order }: Factored, n: number, v: Float64Array): number {
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let k = i; k < n; k++) result[i] = result[i]! + r[i * n + k]! * v[order[k]!]!;
  return length(result);
}

export const levenbergMarquardt = {
  name: 'levenberg-marquardt',
  spellings: ['lm'],
  help: 'Levenberg–Marquardt, for sums of squares: the symbolic derivatives of the residuals, within a reach that adapts',
  options: { tolerance: TOLERANCE },
  ofSquares: true,
  begin: (land, options): Iteration => new LevenbergMarquardt(land, options.get('tolerance')!),
} as const satisfies Solver;
