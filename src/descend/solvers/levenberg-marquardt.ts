import { type Damped, LeastSquares } from '../../numeric/linear/least-squares.ts';
import { along, columnLengths, columnsOf, dot, length } from '../../numeric/linear/vectors.ts';
import type { Landscape } from '../landscape.ts';
import { freeSlope, TOLERANCE } from './minimum.ts';
import type { Iteration, Solver, Standing } from './solver.ts';

/** How far the first step may reach, in lengths of the start, scaled by the columns: Moré (1978). */
const FIRST_REACH = 100;
/** A step that gains at least this share of what the linear model promises is taken. */
const TAKEN = 1e-4;
const MOST_TRIALS = 60;
/** Steps for which an entry would have to go farther than this are none: the squares of such numbers are infinite. */
const FARTHEST = 1e150;
/** What is lost of the difference of two numbers that are alike, as a share of them. */
const ROUNDING = 4 * Number.EPSILON;
/** Of the uncertainty that the residuals leave, what an offset may be, in tolerances. */
const NEAR = 10;
const MOST_BENDS = 10;
/** A step is as long as the reach within this share of it. */
const ROOM = 0.1;
/** The least damping looked at in a step from squares, as a share of the one before it, and how often. */
const LESS = 0.01;
const MOST_LESS = 6;

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
    const { land, place } = this;
    const { scale, reach } = this.state;
    const f = this.now();
    const size = length(f);
    const whole = land.jacobian(place);
    const free = freeEntries(land, place, f, whole);
    const slopes = columnsOf(whole, place.length, free);
    const columns = columnLengths(slopes, f.length, free.length);
    clear(slopes, columns, size / FARTHEST);
    free.forEach((j, k) => {
      scale[j] = Math.max(scale[j]!, columns[k]!) || 1;
    });
    if (size === 0 || free.length === 0) return 'converged';
    const linear = new LeastSquares(slopes, f, columns, (a) => land.gram(a, free.length));
    const own = { place: picked(place, free), scale: picked(scale, free) };
    const local: Local = { linear, columns, free, ...own, apart: cosine(linear.gradient, columns) };
    // What is left of terms of such a size is rounding.
    if (size <= ROUNDING * length(columns.map((column, k) => column * own.place[k]!))) return 'converged';
    if (!this.isFar(local) && this.isMinimum(local)) return 'converged';
    const far = length(this.scaled(place));
    const first = reach[0] === 0;
    // What is linear is as its model says, however far.
    if (first) reach[0] = this.isSure ? Number.POSITIVE_INFINITY : FIRST_REACH * (far || 1);
    if (this.hasMoved(local, far, first)) return 'moved';
    return this.isNearly(local) ? 'converged' : 'stuck';
  }

  private get state() {
    return this.carried as Record<'scale' | 'reach' | 'damping', Float64Array>;
  }

  private scaled(v: Float64Array): Float64Array {
    return v.map((x, j) => x * this.state.scale[j]!);
  }

  /** The step that would solve the linear model is small in every entry. */
  private isSmall({ linear, place }: Local, share: number): boolean {
    return linear.whole.x.every((x, j) => Math.abs(x) <= share * (Math.abs(place[j]!) || 1));
  }

  /**
   * Whether the slope alone says that this is no minimum: the columns reach at least ‖f‖·|cos| of the residuals for the one that
   * is nearest to them, and small steps reach less. Then the step that would solve the linear model need not be known.
   */
  private isFar({ linear, columns, apart, place }: Local): boolean {
    const { tolerance } = this;
    const [m, n] = [this.now().length, place.length];
    const small = columns.reduce((sum, column, j) => sum + column * (Math.abs(place[j]!) || 1), 0);
    const offset = apart * Math.sqrt(Math.max(1, m - n) / n);
    return linear.isLarge && apart > tolerance && offset > NEAR * tolerance && apart * (linear.size / small) > tolerance;
  }

  private isMinimum(local: Local): boolean {
    const { tolerance } = this;
    const { isOnly, rest, reached } = local.linear.whole;
    const [m, n] = [this.now().length, local.place.length];
    // What is left of the residuals in reach of the entries, beside what is not: Bates and Watts (1981).
    const offset = (reached / Math.sqrt(n)) * Math.sqrt(Math.max(1, m - n));
    // Where entries stand for one another, many places are the minimum of what is linear.
    if ((isOnly || this.isSure) && (this.isSmall(local, tolerance) || offset <= NEAR * tolerance * rest)) return true;
    return !isOnly && isTold(local) && local.apart <= tolerance;
  }

  private isNearly(local: Local): boolean {
    const nearly = Math.sqrt(this.tolerance);
    return isTold(local) && (local.apart <= nearly || this.isSmall(local, nearly));
  }

  /** Tries steps, each within a reach that the one before has changed, until one is taken. */
  private hasMoved(local: Local, far: number, first: boolean): boolean {
    const { land, place } = this;
    const { linear, free } = local;
    const { reach, damping } = this.state;
    const { size } = linear;
    for (let trial = 0; trial < MOST_TRIALS; trial++) {
      const { x: back, damping: bent } = this.within(local);
      damping[0] = bent;
      const away = new Float64Array(place.length);
      free.forEach((j, k) => {
        away[j] = back[k]!;
      });
      const moved = land.within(place, along(place, -1, land.spread(away), new Float64Array(place.length)));
      const step = moved.map((x, k) => x - place[k]!);
      const stretch = length(this.scaled(step));
      if (first) reach[0] = Math.min(reach[0]!, stretch);
      const next = land.residuals(moved);
      const after = length(next);
      const gained = after * 0.1 < size ? 1 - (after / size) ** 2 : -1;
      const inside = length(linear.along(picked(step, free))) / size;
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
        return true;
      }
      // Rounding is all that is left to gain.
      const still = Math.abs(gained) <= Number.EPSILON && promised <= Number.EPSILON;
      if (still || reach[0]! <= Number.EPSILON * far || stretch === 0) break;
    }
    return false;
  }

  /** The step within the reach, and the damping that it takes: 0 for the whole way. */
  private within(local: Local): { readonly x: Float64Array; readonly damping: number } {
    const reach = this.state.reach[0]!;
    const guess = this.state.damping[0]!;
    const { linear, scale } = local;
    const steep = length(linear.gradient.map((g, j) => (g * linear.size) / scale[j]!));
    let most = steep / reach || Number.MIN_VALUE / Math.min(reach, ROOM);
    let bent = linear.isLarge && Number.isFinite(reach) ? this.tooLong(local, guess || 0.001 * most) : undefined;
    let least = bent?.damping ?? 0;
    if (!bent) {
      const whole = this.bent(local, linear.whole, 0);
      if (whole.over <= ROOM * reach) return { x: whole.x, damping: 0 };
      if (linear.whole.isRegular) least = whole.over / reach / fall(local, whole);
      const start = Math.min(Math.max(guess, least), most) || steep / whole.long;
      bent = this.dampedBy(local, start || Math.max(Number.MIN_VALUE, 0.001 * most));
    }
    for (let [k, before] = [0, Number.POSITIVE_INFINITY]; ; k++) {
      const { over, damping } = bent;
      if (Math.abs(over) <= ROOM * reach || (least === 0 && over <= before && before < 0) || k === MOST_BENDS) return bent;
      const change = over / reach / fall(local, bent);
      if (over > 0) least = Math.max(least, damping);
      else if (over < 0) most = Math.min(most, damping);
      before = over;
      bent = this.dampedBy(local, Math.max(least, damping + change) || Math.max(Number.MIN_VALUE, 0.001 * most));
    }
  }

  private bent({ scale }: Local, step: Damped, damping: number): Bent {
    const long = length(step.x.map((x, k) => x * scale[k]!));
    return { x: step.x, turned: (v) => step.turned(v), damping, long, over: long - this.state.reach[0]! };
  }

  private dampedBy(local: Local, damping: number): Bent {
    return this.bent(local, local.linear.damped(diagonal(local, damping)), damping);
  }

  /**
   * A step from squares that is longer than the reach, or as long: then the whole way is, too, and need not be known.
   * @param start the damping that is tried first
   */
  private tooLong(local: Local, start: number): Bent | undefined {
    const reach = this.state.reach[0]!;
    for (let [k, damping] = [0, start]; k < MOST_LESS; k++) {
      const step = local.linear.dampedBySquares(diagonal(local, damping));
      if (!step) return undefined;
      const bent = this.bent(local, step, damping);
      if (bent.over >= -ROOM * reach) return bent;
      damping = Math.max(LESS * damping, damping + bent.over / reach / fall(local, bent));
    }
    return undefined;
  }
}

/** How fast the length of a step falls with its damping. */
function fall({ scale }: Local, { x, long, turned }: Bent): number {
  const steep = turned(x.map((entry, j) => (scale[j]! ** 2 * entry) / long));
  return dot(steep, steep);
}

function diagonal({ scale }: Local, damping: number): Float64Array {
  const root = Math.sqrt(damping);
  return scale.map((d) => root * d);
}

/** The linear model of the residuals f at a place, in the entries that may move. */
interface Local {
  readonly linear: LeastSquares;
  /** Which entries these are, where they are, and how each is scaled. */
  readonly free: readonly number[];
  readonly place: Float64Array;
  readonly scale: Float64Array;
  /** The lengths of their columns. */
  readonly columns: Float64Array;
  /** The largest cosine between f and a column: 0 where their squares have no slope. */
  readonly apart: number;
}

interface Bent extends Damped {
  readonly damping: number;
  readonly long: number;
  /** By how much it is longer than the reach. */
  readonly over: number;
}

/** Where entries stand for one another there is no single step, but still a slope. */
const isTold = ({ linear, columns }: Local): boolean => columns.every((column) => column > 0) || linear.whole.isOnly;

const picked = (v: Float64Array, entries: readonly number[]): Float64Array => Float64Array.from(entries, (j) => v[j]!);

/** The entries that facts do not hold where they are: what is at a bound, and pushed against it, takes no part. */
function freeEntries(land: Landscape, place: Float64Array, f: Float64Array, slopes: Float64Array): readonly number[] {
  const n = place.length;
  if (!land.isHeld) return land.own;
  const slope = new Float64Array(n);
  f.forEach((y, i) => {
    for (let j = 0; j < n; j++) slope[j] = slope[j]! + y * slopes[i * n + j]!;
  });
  const free = freeSlope(land, { place, slope, cost: dot(f, f) / 2 });
  return land.own.filter((j) => free[j] === slope[j]);
}

/** The place says nothing of entries with shorter columns, such as the weight of a neuron that is saturated: they stay. */
function clear(slopes: Float64Array, columns: Float64Array, least: number): void {
  columns.forEach((column, j) => {
    if (!(column < least)) return;
    columns[j] = 0;
    for (let at = j; at < slopes.length; at += columns.length) slopes[at] = 0;
  });
}

function cosine(gradient: Float64Array, columns: Float64Array): number {
  return gradient.reduce((most, g, j) => (columns[j]! > 0 ? Math.max(most, Math.abs(g) / columns[j]!) : most), 0);
}

export const levenbergMarquardt = {
  name: 'levenberg-marquardt',
  spellings: ['lm'],
  help: 'Levenberg–Marquardt, for sums of squares: the symbolic derivatives of the residuals, within a reach that adapts',
  options: { tolerance: TOLERANCE },
  ofSquares: true,
  begin: (land, options): Iteration => new LevenbergMarquardt(land, options.get('tolerance')!),
} as const satisfies Solver;
