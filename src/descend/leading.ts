import { GradusError, reading } from '../language/diagnostics.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { Descent } from './descend.ts';
import { suggestedRate } from './divergence.ts';
import type { TrainOptions } from './options.ts';
import type { Outcome } from './outcome.ts';
import type { Problem } from './problem.ts';
import { type Run, resultOf, type TrainResult, toldParameters } from './result.ts';
import { runnerFor, setUp } from './train.ts';

/** How far a run goes at once: so many epochs, or about so many milliseconds, whichever ends first. */
export interface Limit {
  readonly epochs?: number;
  readonly milliseconds?: number;
}

/**
 * A run that is led from outside: it goes on when it is told to, as far as it is told to, by the same epochs as `train`. It
 * may go on beyond the epochs of its options, which schedules are planned for.
 */
export class Led {
  private readonly run: Run;
  private readonly descent: Descent;
  private ended: TrainResult | undefined;

  constructor(run: Run) {
    const { problem, runner, watch, sign } = run;
    this.run = run;
    // The first chunk is short: it is looked at.
    this.descent = new Descent(runner, problem.options, { sign, ...(watch && { watch }) }, 1);
  }

  /** What descends, and why, where the symbols decided. */
  get optimizer(): TrainResult['optimizer'] {
    const { method, reason } = this.run.problem;
    return { name: method.name, ...(reason && { reason }) };
  }

  /** Whole epochs done. */
  get epochs(): number {
    return this.ended?.epochs ?? this.descent.done;
  }

  /** The cost before each epoch done; valid until the run goes on. */
  get history(): Float64Array {
    return this.ended?.history.subarray(0, this.ended.epochs) ?? this.descent.history;
  }

  /** The validation cost after each epoch done, where examples are put aside; valid until the run goes on. */
  get validation(): Float64Array | undefined {
    return this.ended?.validation ?? this.descent.validated;
  }

  /** The model's metrics at the parameters that it tells, on the examples put aside, or on all. */
  get metrics(): Readonly<Record<string, number>> {
    const { watch, runner } = this.run;
    return this.ended?.metrics ?? watch?.look(runner.snapshot().held).metrics ?? {};
  }

  get rate(): number {
    return this.descent.lr;
  }

  /** A rate that the curvature at the start speaks for, and with which the first steps go down; of plain descent. */
  get suggestion(): number | undefined {
    const { problem } = this.run;
    const wanted = suggestedRate(problem);
    return wanted === undefined ? undefined : SHARES.map((share) => rounded(wanted * share)).find((lr) => goesDown(problem, lr));
  }

  /** As they are now; of a run that has ended, those that it came to. */
  get params(): TrainResult['params'] {
    return this.ended?.params ?? toldParameters(this.run, this.run.runner.snapshot().held).params;
  }

  /** At the parameters that it tells. */
  async cost(): Promise<number> {
    return this.ended?.cost ?? (await this.run.runner.cost());
  }

  /** From the next epoch that begins. @throws GradusError `argument` for what is no rate */
  setRate(rate: number): void {
    if (!(rate >= 0 && rate < Number.POSITIVE_INFINITY))
      throw new GradusError('argument', `${rate} is no learning rate`, { hint: 'it is a number from 0 on' });
    this.descent.lr = rate;
  }

  /**
   * Goes on. A large epoch of several steps may be cut by the time, and goes on the next time.
   * @returns what the run came to, if it can go no further: it diverged, a solver has converged, patience is over
   */
  async advance({
    epochs = Number.POSITIVE_INFINITY,
    milliseconds = Number.POSITIVE_INFINITY,
  }: Limit): Promise<TrainResult | undefined> {
    const { descent } = this;
    const [until, deadline] = [descent.done + epochs, performance.now() + milliseconds];
    while (!this.ended && descent.done < until) {
      const left = deadline - performance.now();
      if (left <= 0) break;
      const outcome = await descent.stretch(until - descent.done, Number.isFinite(left) ? left : undefined);
      if (outcome) this.ended = this.told(outcome);
      else if (descent.standing) this.ended = this.told(await descent.end());
    }
    return this.ended;
  }

  /** What the run has come to so far, with all that `train` tells; it can go on. */
  async result(): Promise<TrainResult> {
    if (this.ended) return this.ended;
    const outcome = await this.descent.end();
    const told = this.told(outcome);
    // It has gone back to its best parameters.
    if ((outcome.stopped === 'diverged' && !outcome.grown) || outcome.stopped === 'early') this.ended = told;
    return told;
  }

  /** Nothing of it is used any more. */
  release(): void {
    this.run.runner.release();
  }

  private told(outcome: Outcome): TrainResult {
    const { problem } = this.run;
    const options = { ...problem.options, lr: this.rate };
    return resultOf({ ...this.run, problem: { ...problem, options } }, outcome);
  }
}

/** Shares of a rate that are tried: where a run begins flat, the curvature there tells too much. */
const SHARES = [1, 0.3, 0.1, 0.03, 0.01] as const;
const TRIED = 50;
/** Rounding about a minimum. */
const NOISE = 1e-9;

const rounded = (rate: number): number => Number(rate.toPrecision(1));

/** Whether each of the first epochs lowers the cost. */
function goesDown(problem: Problem, lr: number): boolean {
  const { batch: _, ...options } = problem.options;
  const runner = runnerFor({ ...problem, options: { ...options, lr } });
  const history = new Float64Array(TRIED);
  const { failed } = runner.run(TRIED, history);
  runner.release();
  const sign = problem.model.objective!.sense === 'maximize' ? -1 : 1;
  const noise = NOISE * Math.abs(history[0]!);
  return !failed && history.every((cost, k) => k === 0 || sign * (cost - history[k - 1]!) <= noise);
}

/**
 * Begins a run that is led from outside. To start again is to begin another; compiled programs are kept for it.
 * @throws GradusError as `train`
 */
export const lead = (model: Model, data: Inputs = {}, options: TrainOptions = {}): Led =>
  reading(model.origin ?? model.text, () => new Led(setUp(model, data, options)));
