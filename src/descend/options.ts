import type { Backend, Precision } from '../compile/index.ts';
import { GradusError } from '../language/diagnostics.ts';

/** How to descend. The command line's options, in camel case. */
export interface TrainOptions {
  /** Passes over the data; 1000 unless told. */
  readonly epochs?: number;
  /** The learning rate α; 0.1 unless told. */
  readonly lr?: number;
  /** `gd` unless told; see optimizers.ts. */
  readonly optimizer?: string;
  /** Examples in a step; left out, a step takes all of them. */
  readonly batch?: number;
  /** The dimension that counts the examples, where the declarations leave a choice. */
  readonly batchAxis?: string;
  /** Draw a new order of the examples in every epoch; off unless told: they come as they are given. */
  readonly shuffle?: boolean;
  /** Of the initializers and of the order; 1 unless told. */
  readonly seed?: number;
  /** Numbers that the model's arrays may hold; 2²⁷ unless told. */
  readonly maxEntries?: number;
  readonly precision?: Precision;
  readonly backend?: Backend;
  /** Told about ten times a second, and at the end. */
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the run after the steps at hand. */
  readonly signal?: AbortSignal;
}

export interface Progress {
  /** Epochs done. */
  readonly epoch: number;
  readonly epochs: number;
  /** Before the last epoch done. */
  readonly cost: number;
}

export const DEFAULTS = { epochs: 1000, lr: 0.1, optimizer: 'gd', seed: 1 } as const;

/** A history longer than this would not fit into memory. */
export const MOST_EPOCHS = 1e8;

/** The options with their defaults. @throws GradusError `usage` for a number that makes no sense */
export function settled(options: TrainOptions) {
  // An option that is there but undefined was not given.
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const all: TrainOptions & typeof DEFAULTS = { ...DEFAULTS, ...given };
  const whole = (n: number, least: number, most: number) => Number.isInteger(n) && n >= least && n <= most;
  const refuse = (what: string): GradusError => new GradusError('usage', what);
  if (!whole(all.epochs, 0, MOST_EPOCHS)) throw refuse(`epochs is a whole number from 0 to ${MOST_EPOCHS}, not ${all.epochs}`);
  if (!(Number.isFinite(all.lr) && all.lr > 0)) throw refuse(`lr, the learning rate, is a positive number, not ${all.lr}`);
  if (!Number.isInteger(all.seed)) throw refuse(`seed is a whole number, not ${all.seed}`);
  if (all.batch !== undefined && !whole(all.batch, 1, Number.MAX_SAFE_INTEGER))
    throw refuse(`batch is a whole number from 1, not ${all.batch}`);
  return all;
}

export type Settled = ReturnType<typeof settled>;
