import type { Settled } from './options.ts';
import { rateOf } from './schedules.ts';

/** The learning rate from an epoch on. */
interface Change {
  readonly from: number;
  readonly lr: number;
  /** Undefined where it is the same in all epochs. */
  readonly at: ((epoch: number) => number) | undefined;
}

/** The learning rates of a run, as they were changed on the way: a run that is told again goes by the same ones. */
export class Rates {
  private readonly options: Settled;
  private readonly changes: Change[];
  /** Of the epochs that were asked about. */
  private most = 0;

  constructor(options: Settled) {
    this.options = options;
    this.changes = [{ from: 0, lr: options.lr, at: rateOf(options) }];
  }

  /** What schedules start from now. */
  get lr(): number {
    return this.changes.at(-1)!.lr;
  }

  /** Whether a schedule changes it from epoch to epoch. */
  get isScheduled(): boolean {
    return this.changes[0]!.at !== undefined;
  }

  change(from: number, lr: number): void {
    this.changes.push({ from, lr, at: rateOf({ ...this.options, lr }) });
  }

  /** Epochs after some until there is a change that is known. */
  until(done: number): number {
    const next = this.changes.find(({ from }) => from > done);
    return next ? next.from - done : Number.POSITIVE_INFINITY;
  }

  /** The rate of an epoch; undefined where it is that of the beginning throughout. */
  of(epoch: number): number | undefined {
    const { lr, at } = this.changes.findLast(({ from }) => from <= epoch)!;
    const rate = at ? at(epoch) : lr;
    this.most = Math.max(this.most, Math.abs(rate));
    return at || this.changes.length > 1 ? rate : undefined;
  }

  /** The largest rate so far. */
  get largest(): number {
    return this.most;
  }
}
