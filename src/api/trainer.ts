import type { Progress, TrainOptions } from '../descend/index.ts';
import { checkArguments, optionsOf, refuseMore } from '../options/check.ts';
import { signatures } from '../options/signatures.ts';
import type { Source } from './source.ts';
import { type TrainData, type Trained, train } from './train.ts';

/** A run that goes on as its epochs are asked for. */
export interface Trainer extends AsyncIterable<Progress> {
  /** What was learned, once the epochs are at their end or the loop is left. */
  readonly result: Promise<Trained>;
}

/**
 * The epochs of a training, one by one: each is run when it is asked for, and leaving the loop ends the run with what was
 * learned so far.
 * @throws GradusError as `train`, from the loop and from `result`
 * @example
 * const run = trainer('param w = 0; minimize (w - 3)^2', {}, { lr: 0.25, epochs: 100 });
 * for await (const { epoch, cost } of run) if (cost < 1e-4) break;
 * (await run.result).epochs; // 9
 */
export function trainer(source: Source, data?: TrainData, options?: TrainOptions): Trainer;
export function trainer(source: Source, data?: TrainData, options: TrainOptions = {}, ...more: readonly unknown[]): Trainer {
  refuseMore(signatures.trainer, more);
  checkArguments(signatures.trainer, source, data);
  optionsOf(signatures.trainer, options);
  const stop = new AbortController();
  options.signal?.addEventListener('abort', () => stop.abort(), { once: true });
  if (options.signal?.aborted) stop.abort();
  const epochs = new Handover<Progress>();
  const start = (): Promise<Trained> =>
    train(source, data, {
      ...options,
      signal: stop.signal,
      onEpoch: async (progress) => {
        await options.onEpoch?.(progress);
        await epochs.give(progress);
      },
    }).finally(() => epochs.close());
  let running: Promise<Trained> | undefined;
  const result = (): Promise<Trained> => {
    running ??= start();
    return running;
  };
  return {
    get result() {
      // Who asks for the result alone does not wait for a loop.
      epochs.open();
      return result();
    },
    async *[Symbol.asyncIterator]() {
      const run = result();
      // What is wrong is thrown below, not as a rejection that nobody sees.
      run.catch(() => {});
      try {
        for (let told = await epochs.next(); told; told = await epochs.next()) yield told;
        await run;
      } finally {
        stop.abort();
        epochs.open();
      }
    },
  };
}

/** Hands one thing over at a time: who gives waits until it is asked for the next. */
class Handover<T> {
  private waiting: ((value: T | undefined) => void) | undefined;
  private readonly given: T[] = [];
  /** Lets who gave the last go on. */
  private taken: (() => void) | undefined;
  private ended = false;
  private free = false;

  give(value: T): Promise<void> {
    if (this.free) return Promise.resolve();
    if (this.waiting) {
      this.waiting(value);
      this.waiting = undefined;
    } else this.given.push(value);
    return new Promise((taken) => {
      this.taken = taken;
    });
  }

  next(): Promise<T | undefined> {
    const value = this.given.shift();
    if (value !== undefined) return Promise.resolve(value);
    this.release();
    if (this.ended) return Promise.resolve(undefined);
    return new Promise((receive) => {
      this.waiting = receive;
    });
  }

  /** Nobody asks any more. */
  open(): void {
    this.free = true;
    this.release();
  }

  close(): void {
    this.ended = true;
    this.waiting?.(undefined);
    this.waiting = undefined;
  }

  private release(): void {
    this.taken?.();
    this.taken = undefined;
  }
}
