import type { Attendance } from './attendance.ts';

/** How far a run is. */
interface Place {
  readonly steps: number;
  readonly epoch: number;
}

/** When the state of a run is to be kept: after so many steps, or so long, since it was kept last. */
export class Keeping {
  private readonly most: number;
  private readonly milliseconds: number;
  private last: Place & { readonly at: number };

  constructor({ every = {}, keep }: Attendance, epoch: number) {
    // Where nothing keeps it, it is never due.
    this.most = keep ? (every.steps ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
    this.milliseconds = keep ? (every.milliseconds ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
    this.last = { steps: 0, epoch, at: performance.now() };
  }

  /** Epochs that may be done at once until then. */
  epochsFrom(epoch: number): number {
    return Math.max(1, this.most - (epoch - this.last.epoch));
  }

  isAfter(steps: number): boolean {
    return steps - this.last.steps >= this.most;
  }

  isDue({ steps, epoch }: Place, now: number): boolean {
    // An epoch is a step, or several, which are counted then.
    const done = Math.max(steps - this.last.steps, epoch - this.last.epoch);
    return done >= this.most || now - this.last.at >= this.milliseconds;
  }

  kept({ steps, epoch }: Place): void {
    this.last = { steps, epoch, at: performance.now() };
  }
}
