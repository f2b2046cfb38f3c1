import type { Attendance, Exchange, Milestone } from './attendance.ts';
import { divergence, fallsAway } from './divergence.ts';
import { Keeping } from './keeping.ts';
import { allFinite, notFiniteAfter, notFiniteAtStart, notFiniteWithin, parameterNotFinite } from './not-finite.ts';
import { type Progress, type Settled, shown } from './options.ts';
import type { Outcome } from './outcome.ts';
import { Rates } from './rates.ts';
import type { Pause, Runner, Stretch } from './runner.ts';
import { allocateHistory, begun, roomFor } from './series.ts';
import type { Seen } from './watch.ts';

/** Epochs in the first chunk, and how many milliseconds a chunk should take. */
const FIRST_CHUNK = 32;
const CHUNK_TIME = 100;
const FASTEST_GROWTH = 32;

/**
 * Runs the epochs in chunks of about a tenth of a second, or one by one where something looks at each: in between, progress
 * is told, the state is kept and other work may run.
 */
export async function descend(runner: Runner, options: Settled, attendance: Attendance = {}): Promise<Outcome> {
  const descent = new Descent(runner, options, attendance);
  const { epochs, signal } = options;
  let rested = performance.now();
  while (descent.done < epochs && !signal?.aborted && !descent.standing) {
    const outcome = await descent.stretch(epochs - descent.done);
    if (outcome) return outcome;
    if (performance.now() - rested > CHUNK_TIME / 2 && descent.done < epochs) {
      await new Promise((resume) => setTimeout(resume, 0));
      rested = performance.now();
    }
  }
  return descent.end();
}

/** A run that goes on stretch by stretch. */
export class Descent {
  /** Whole epochs done. */
  done = 0;
  /** Why a solver goes no further. */
  standing: Stretch['standing'];
  private downhill: Stretch['downhill'];
  private runner: Runner;
  private exchange: Exchange | undefined;
  /** The epoch after which the other runner takes over, or took. */
  private native: number | undefined;
  private readonly options: Settled;
  private readonly attendance: Attendance;
  private readonly rates: Rates;
  private costs: Float64Array;
  private validation: Float64Array;
  private readonly singly: boolean;
  private readonly sign: 1 | -1;
  private best: Milestone;
  private readonly keeping: Keeping;
  private steps = 0;
  /** The cost where it is, where it was asked for. */
  private now: number | undefined;
  private chunk: number;

  /** @param first epochs in the first chunk, where nothing is known of how long they take */
  constructor(runner: Runner, options: Settled, attendance: Attendance = {}, first = FIRST_CHUNK) {
    this.runner = runner;
    this.options = options;
    this.attendance = attendance;
    this.exchange = attendance.exchange;
    this.native = this.exchange?.after;
    this.rates = new Rates(options);
    this.costs = allocateHistory(options.epochs + 1);
    this.validation = attendance.watch ? allocateHistory(options.epochs) : new Float64Array(0);
    this.sign = attendance.sign ?? 1;
    const isTold = options.onEpoch !== undefined || options.onStep !== undefined;
    this.singly = isTold || attendance.watch !== undefined || this.rates.isScheduled;
    this.chunk = this.singly ? 1 : first;
    const { resume } = attendance;
    if (resume) {
      this.done = resume.epoch;
      this.costs.set(resume.history.subarray(0, this.costs.length));
      this.validation.set(resume.validation.subarray(0, this.validation.length));
      runner.restore(resume.snapshot);
    }
    this.best = resume?.best ?? this.start();
    this.keeping = new Keeping(attendance, this.done);
  }

  /** Where it starts is the best that is known; without examples to watch the history tells its cost. */
  private start(): Milestone {
    const snapshot = this.runner.snapshot();
    const seen = this.attendance.watch?.look(snapshot.held);
    const cost = seen === undefined || Number.isNaN(seen.cost) ? Number.POSITIVE_INFINITY : this.sign * seen.cost;
    return { epoch: 0, cost, from: { epoch: 0, snapshot } };
  }

  /** The cost before each epoch done. */
  get history(): Float64Array {
    return this.costs.subarray(0, this.done);
  }

  /** The validation cost after each epoch done; undefined where no examples are put aside. */
  get validated(): Float64Array | undefined {
    return this.attendance.watch?.isValidation ? this.validation.subarray(0, this.done) : undefined;
  }

  /** The learning rate that schedules start from. */
  get lr(): number {
    return this.rates.lr;
  }

  /** From the next epoch that begins. */
  set lr(lr: number) {
    const isWithin = (this.runner.snapshot().position?.at ?? 0) > 0;
    this.rates.change(this.done + (isWithin ? 1 : 0), lr);
  }

  /**
   * Runs at most so many epochs, and for about so many milliseconds.
   * @returns what the run came to, if that is its end
   */
  async stretch(most: number, milliseconds = this.pace): Promise<Outcome | undefined> {
    if (this.isPatienceOver()) return this.early();
    if (this.exchange && this.done >= this.exchange.after) await this.handOver(this.exchange);
    const { runner } = this;
    const from = { epoch: this.done, snapshot: runner.snapshot() };
    const before = this.exchange ? this.exchange.after - this.done : most;
    const inTime = Math.max(1, Math.floor((this.chunk * milliseconds) / this.pace));
    const wanted = Math.min(inTime, this.keeping.epochsFrom(this.done), before, most, this.rates.until(this.done));
    this.makeRoom(this.done + wanted);
    this.now = undefined;
    this.takeRate(this.done);
    const started = performance.now();
    const { steps } = this;
    const stretch = await this.ran(wanted, started + milliseconds);
    if (stretch.failed) {
      const epoch = this.done + stretch.epochs;
      return stretch.failed === 'within' ? this.broken(epoch, from) : this.diverged(epoch, from);
    }
    if (!allFinite(runner.snapshot().held)) return this.overflown(from);
    // An epoch of which nothing was asked is a step itself.
    if (this.singly && this.steps === steps && stretch.epochs > 0) this.stepped();
    this.remember(from, stretch.epochs);
    this.done += stretch.epochs;
    this.standing = stretch.standing;
    this.downhill = stretch.downhill;
    const now = performance.now();
    const seen = stretch.epochs > 0 ? this.look() : undefined;
    if (this.keeping.isDue(this.place, now)) await this.keep();
    if (stretch.epochs > 0) await this.tell(seen);
    const fitting = Math.round((stretch.epochs * this.pace) / Math.max(now - started, 1e-3));
    if (!this.singly) this.chunk = Math.max(1, Math.min(this.chunk * FASTEST_GROWTH, fitting));
    return undefined;
  }

  /** What the run has come to, wherever it is. */
  async end(): Promise<Outcome> {
    const { runner, standing, downhill } = this;
    if (!standing && this.isPatienceOver()) return this.early();
    const cost = this.now ?? (await runner.cost());
    this.costs[this.done] = cost;
    if (!Number.isFinite(cost)) return this.diverged(this.done, this.best.from);
    if (fallsAway(this.costs.subarray(0, this.done + 1), this.sign)) return this.endless(cost);
    const stuck = standing === 'stuck';
    const short = this.done < this.options.epochs;
    const stopped = standing === 'converged' ? 'converged' : stuck ? 'early' : short ? 'aborted' : 'epochs';
    await this.keep();
    if (standing === 'endless') return this.endless(cost, downhill);
    const grown = stopped === 'epochs' && divergence(this.costs.subarray(0, this.done + 1), this.sign);
    if (grown) return this.grown(grown);
    return {
      learned: runner.snapshot().held,
      cost,
      ...this.soFar(),
      stopped,
      ...(stuck && { stuck, ...(downhill !== undefined && { downhill }) }),
    };
  }

  /** Where it is when it is found out that the cost falls without end. */
  private endless(cost: number, downhill?: string): Outcome {
    const learned = this.runner.snapshot().held;
    return { learned, cost, ...this.soFar(), stopped: 'diverged', endless: true, ...(downhill !== undefined && { downhill }) };
  }

  /** The rate of an epoch, where it is not that of the beginning throughout. */
  private takeRate(epoch: number): void {
    const rate = this.rates.of(epoch);
    if (rate !== undefined) this.runner.setRate(rate);
  }

  /** A run that is led may go on beyond the epochs that it was begun for. */
  private makeRoom(epochs: number): void {
    this.costs = roomFor(this.costs, epochs + 1);
    if (this.attendance.watch) this.validation = roomFor(this.validation, epochs);
  }

  /** What a runner ends by that something outside ended is not lost: the state before is kept. */
  private async ran(epochs: number, deadline: number): Promise<Stretch> {
    try {
      return await this.runner.run(epochs, this.costs.subarray(this.done), this.pause(deadline));
    } catch (error) {
      await this.keep();
      throw error;
    }
  }

  /** The other runner goes on from here. */
  private async handOver({ runner }: Exchange): Promise<void> {
    this.exchange = undefined;
    const next = await runner();
    if (!next) {
      this.native = undefined;
      return;
    }
    next.restore(this.runner.snapshot());
    this.runner.release();
    this.runner = next;
  }

  /** What an epoch that is cut by a deadline, by steps that are told, or by a state to be kept is asked. */
  private pause(deadline: number): Pause {
    const { signal } = this.options;
    return () => {
      this.stepped();
      return this.keeping.isAfter(this.steps) || signal?.aborted === true || performance.now() > deadline;
    };
  }

  private stepped(): void {
    this.steps++;
    this.options.onStep?.(this.steps);
  }

  private get pace(): number {
    return this.runner.pace ?? CHUNK_TIME;
  }

  /** The best, of a run whose cost has grown and is finite: one that is led may go on where it is. */
  private async grown(how: string): Promise<Outcome> {
    const { runner } = this;
    const there = runner.snapshot();
    const rescued = await this.rescued();
    runner.restore(there);
    return { ...this.soFar(), ...rescued, grown: { how, learned: there.held }, stopped: 'diverged' };
  }

  private get place() {
    return { steps: this.steps, epoch: this.done };
  }

  private async keep(): Promise<void> {
    const { keep } = this.attendance;
    if (!keep) return;
    await keep({
      epoch: this.done,
      snapshot: this.runner.snapshot(),
      history: this.costs.slice(0, this.done),
      validation: this.validation.slice(0, this.attendance.watch ? this.done : 0),
      best: this.best,
      native: this.native,
    });
    this.keeping.kept(this.place);
  }

  /** The best of the costs before the epochs of a stretch, unless it is the validation cost that counts. */
  private remember(from: Milestone['from'], epochs: number): void {
    if (this.attendance.watch) return;
    const { costs, sign } = this;
    let { epoch: found, cost: least } = this.best;
    const end = from.epoch + epochs;
    for (let epoch = from.epoch; epoch < end; epoch++) {
      const cost = sign * costs[epoch]!;
      if (cost < least) [found, least] = [epoch, cost];
    }
    if (least < this.best.cost) this.best = { epoch: found, cost: least, from };
  }

  /** The validation cost and the metrics after the last epoch. */
  private look(): Seen | undefined {
    const { watch } = this.attendance;
    if (!watch) return undefined;
    const snapshot = this.runner.snapshot();
    const seen = watch.look(snapshot.held);
    this.validation[this.done - 1] = seen.cost;
    const cost = this.sign * seen.cost;
    if (cost < this.best.cost) this.best = { epoch: this.done, cost, from: { epoch: this.done, snapshot } };
    return seen;
  }

  private isPatienceOver(): boolean {
    const { patience } = this.options;
    return patience !== undefined && this.done - this.best.epoch >= patience;
  }

  private async tell(seen: Seen | undefined): Promise<void> {
    const { onProgress, onEpoch, epochs } = this.options;
    if (!onProgress && !onEpoch) return;
    if (onEpoch || this.standing || this.done >= epochs) this.now = await this.runner.cost();
    const cost = this.now ?? (seen && !seen.isValidation ? seen.cost : this.costs[this.done - 1]!);
    const told: Progress = { epoch: this.done, epochs, cost, ...shown(seen) };
    onProgress?.(told);
    await onEpoch?.(told);
  }

  private soFar(): Pick<Outcome, 'epochs' | 'history' | 'validation' | 'largestRate'> {
    const validation = this.attendance.watch?.isValidation && { validation: begun(this.validation, this.done) };
    return { epochs: this.done, history: begun(this.costs, this.done + 1), ...validation, largestRate: this.rates.largest };
  }

  /** The validation cost has not got better for long enough: back to where it was best. */
  private async early(): Promise<Outcome> {
    const { runner } = this;
    await this.keep();
    this.costs[this.done] = await runner.cost();
    runner.restore(this.best.from.snapshot);
    const outcome = { ...this.soFar(), best: this.best.epoch, stopped: 'early' as const };
    return { learned: runner.snapshot().held, cost: await runner.cost(), ...outcome };
  }

  /** Runs again from where a run was known. */
  private async again({ epoch, snapshot }: Milestone['from'], to: number): Promise<void> {
    this.runner.restore(snapshot);
    for (let at = epoch; at < to; at++) {
      this.takeRate(at);
      await this.runner.run(1, new Float64Array(1));
    }
  }

  /** The best that was found, where a run came to nothing. */
  private async rescued(): Promise<Pick<Outcome, 'learned' | 'cost' | 'best'>> {
    await this.again(this.best.from, this.best.epoch);
    const { held } = this.runner.snapshot();
    return { learned: held, cost: await this.runner.cost(), best: this.best.epoch };
  }

  /** The cost after `epoch` epochs is not finite. */
  private async diverged(epoch: number, from: Milestone['from']): Promise<Outcome> {
    const { runner, costs: history, lr } = this;
    const cost = history[epoch]!;
    if (epoch === 0) {
      runner.restore(from.snapshot);
      const error = notFiniteAtStart(cost);
      const { held } = from.snapshot;
      return {
        learned: held,
        cost,
        epochs: 0,
        history: history.slice(0, 1),
        stopped: 'diverged',
        error,
        failure: { before: held, after: held },
      };
    }
    this.remember(from, epoch - from.epoch);
    const told = { epochs: epoch - 1, history: history.slice(0, epoch), stopped: 'diverged' as const };
    if (this.sign * cost === Number.NEGATIVE_INFINITY) return { ...(await this.rescued()), ...told, endless: true };
    await this.again(from.epoch < epoch ? from : this.best.from, epoch - 1);
    const before = runner.snapshot().held;
    await runner.run(1, new Float64Array(1));
    const failure = { before, after: runner.snapshot().held };
    return { ...(await this.rescued()), ...told, failure, error: notFiniteAfter(epoch, cost, lr) };
  }

  /** The cost is not finite any more within an epoch of several steps. */
  private async broken(epoch: number, from: Milestone['from']): Promise<Outcome> {
    const { runner, costs: history, lr } = this;
    const cost = history[epoch]!;
    this.remember(from, epoch - from.epoch);
    await this.again(from, epoch);
    const before = runner.snapshot().held;
    history[epoch] = await runner.cost();
    await runner.run(1, new Float64Array(1));
    const failure = { before, after: runner.snapshot().held };
    const error = notFiniteWithin(epoch + 1, cost, lr);
    const rescued = this.best.epoch < epoch ? await this.rescued() : { learned: before, cost: history[epoch]!, best: epoch };
    return { ...rescued, failure, epochs: epoch, history: history.slice(0, epoch + 1), stopped: 'diverged', error };
  }

  /** A parameter is not finite, though the cost was. */
  private async overflown(from: Milestone['from']): Promise<Outcome> {
    const { runner, costs: history, lr } = this;
    const after = runner.snapshot().held;
    const [name] = [...after].find(([, numbers]) => !numbers.every(Number.isFinite))!;
    const error = parameterNotFinite(name, lr);
    const failure = { before: from.snapshot.held, after };
    const { epoch } = from;
    return {
      ...(await this.rescued()),
      failure,
      epochs: epoch,
      history: history.slice(0, epoch + 1),
      stopped: 'diverged',
      error,
    };
  }
}
