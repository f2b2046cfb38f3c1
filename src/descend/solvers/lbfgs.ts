import { dot, largest } from '../../numeric/linear/vectors.ts';
import type { Landscape } from '../landscape.ts';
import { BySlope } from './by-slope.ts';
import { type Found, strongWolfe } from './line-search.ts';
import { freeSlope, TOLERANCE } from './minimum.ts';
import type { Iteration, Solver, Standing } from './solver.ts';

/** Limited-memory BFGS: Nocedal and Wright, Numerical Optimization (2006), algorithms 7.4 and 7.5. */
class LimitedMemory extends BySlope {
  readonly carried: Record<'steps' | 'changes' | 'count' | 'unit', Float64Array>;
  private readonly memory: number;

  constructor(land: Landscape, memory: number, tolerance: number) {
    super(land, tolerance);
    const { size } = land;
    this.memory = memory;
    // The last steps and how the slope changed in them, the oldest first; how many there are.
    this.carried = {
      steps: new Float64Array(size * memory),
      changes: new Float64Array(size * memory),
      count: new Float64Array(1),
      unit: new Float64Array(1),
    };
  }

  step(): Standing {
    const here = this.now();
    if (this.isFlat(here, this.tolerance)) return 'converged';
    const first = this.carried.count![0]! === 0;
    // Of the first step only its direction is known.
    let next = strongWolfe(this.land, here, this.direction(here), first ? Math.min(1, 1 / largest(here.slope)) : 1);
    if (!next && !first) {
      this.carried.count!.fill(0);
      next = strongWolfe(this.land, here, this.direction(here), Math.min(1, 1 / largest(here.slope)));
    }
    if (!next) return this.isFlat(here, Math.sqrt(this.tolerance)) ? 'converged' : 'stuck';
    this.remember(here, next);
    return this.moveTo(next);
  }

  /** −H·∇ by the two loops. */
  private direction(found: Found): Float64Array {
    const slope = freeSlope(this.land, found);
    const n = slope.length;
    const count = this.carried.count![0]!;
    const [steps, changes] = [this.carried.steps!, this.carried.changes!];
    const pair = (k: number) => [steps.subarray(k * n, (k + 1) * n), changes.subarray(k * n, (k + 1) * n)] as const;
    const q = slope.map((s) => -s);
    const shares: number[] = [];
    for (let k = count - 1; k >= 0; k--) {
      const [s, y] = pair(k);
      shares[k] = dot(s, q) / dot(s, y);
      for (let i = 0; i < n; i++) q[i] = q[i]! - shares[k]! * y[i]!;
    }
    if (count > 0) {
      const [s, y] = pair(count - 1);
      const scale = dot(s, y) / dot(y, y);
      for (let i = 0; i < n; i++) q[i] = q[i]! * scale;
    }
    for (let k = 0; k < count; k++) {
      const [s, y] = pair(k);
      const share = shares[k]! - dot(y, q) / dot(s, y);
      for (let i = 0; i < n; i++) q[i] = q[i]! + share * s[i]!;
    }
    for (let i = 0; i < n; i++) if (slope[i] === 0) q[i] = 0;
    return q;
  }

  private remember(from: Found, to: Found): void {
    const n = this.place.length;
    const { steps, changes, count } = this.carried;
    const step = to.place.map((x, k) => x - from.place[k]!);
    const change = to.slope.map((x, k) => x - from.slope[k]!);
    if (!(dot(step, change) > 1e-16 * dot(change, change))) return;
    if (count[0] === this.memory) {
      steps.copyWithin(0, n);
      changes.copyWithin(0, n);
      count[0]--;
    }
    steps.set(step, count[0]! * n);
    changes.set(change, count[0]! * n);
    count[0]!++;
  }
}

export const lbfgs = {
  name: 'lbfgs',
  spellings: ['l-bfgs', 'bfgs'],
  help: 'L-BFGS: curvature from the last steps, each by a line search with the strong Wolfe conditions',
  options: {
    memory: {
      default: 10,
      words: 'how many of the last steps are remembered',
      others: ['historySize', 'history', 'm'],
      whole: true,
    },
    tolerance: TOLERANCE,
  },
  begin: (land, options): Iteration => new LimitedMemory(land, Math.max(1, options.get('memory')!), options.get('tolerance')!),
} as const satisfies Solver;
