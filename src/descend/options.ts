import type { Backend, Precision } from '../compile/index.ts';
import type { Lang } from '../language/speech.ts';
import { type HyperparameterName, optimizerNamed } from './optimizers/index.ts';

/** Numbers that an optimizer takes besides the learning rate: see the list of optimizers. */
type OptimizerOptions = { readonly [name in HyperparameterName]?: number };

/** How to descend. The command line's options, in camel case. */
export interface TrainOptions extends OptimizerOptions {
  /** Passes over the data; 1000 unless told. */
  readonly epochs?: number;
  /** The learning rate α; the optimizer's own unless told, 0.1 of `gd`. */
  readonly lr?: number;
  /** `gd` unless told; see the list of optimizers. */
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
  /** The language of errors and warnings; `en` unless told. */
  readonly lang?: Lang;
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

/** The options with their defaults, the optimizer's rate among them. What they may be stands in the table of options, and is looked at where they come in. */
export function settled(options: TrainOptions) {
  // An option that is there but undefined was not given.
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const { rate = DEFAULTS.lr } = optimizerNamed(options.optimizer ?? DEFAULTS.optimizer);
  return { ...DEFAULTS, lr: rate, ...given } as TrainOptions & Required<Pick<TrainOptions, keyof typeof DEFAULTS>>;
}

export type Settled = ReturnType<typeof settled>;
