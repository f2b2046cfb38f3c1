import type { Backend, Precision } from '../compile/index.ts';
import type { Lang } from '../language/speech.ts';
import type { HyperparameterName, Method } from './optimizers/index.ts';
import type { ScheduleName } from './schedules.ts';
import type { Seen } from './watch.ts';

/** Numbers that an optimizer takes besides the learning rate: see the list of optimizers. */
type OptimizerOptions = { readonly [name in HyperparameterName]?: number };

/** How to descend. The command line's options, in camel case. */
export interface TrainOptions extends OptimizerOptions {
  /** Passes over the data; 1000 unless told. */
  readonly epochs?: number;
  /** The learning rate α; the optimizer's own unless told, 0.1 of `gd`. */
  readonly lr?: number;
  /** `gd` unless told; see the list of optimizers; `auto` lets what the symbols tell decide. */
  readonly optimizer?: string;
  /** How the learning rate changes from epoch to epoch; a function gives it for each, counted from 0. */
  readonly schedule?: ScheduleName | ((epoch: number, lr: number) => number);
  /** Epochs in which the learning rate rises to where it starts; 0 unless told. */
  readonly warmup?: number;
  /** What `step` and `exponential` schedules multiply the rate by; 0.1 and 0.99 unless told. */
  readonly gamma?: number;
  /** Epochs between two changes of a `step` schedule; 30 unless told. */
  readonly every?: number;
  /** Gradients that together are longer are shortened to this. */
  readonly clip?: number;
  /** A share of the weights is added to their gradient; `adamw` lets them decay by it, 0.01 unless told. */
  readonly weightDecay?: number;
  /** Parameters that stay where they start. */
  readonly fix?: string | readonly string[];
  /** Features of mean 0 and deviation 1 while it learns; parameters are told for the data as they came, where that can be. */
  readonly scale?: boolean;
  /** The share of the examples that is put aside to watch the cost on. */
  readonly validation?: number;
  /** The share of the examples that is put aside, and looked at only at the end. */
  readonly test?: number;
  /** Ends the run after so many epochs without a better validation cost, and goes back to the best. */
  readonly patience?: number;
  /** Standard errors of what was learned, where the cost says nothing of it: it is a negative log-likelihood, or its weights are 1/σ² of known errors. */
  readonly errors?: ErrorsKind;
  /** The classes that words of one-hot data stand for, in their order, by the name of the data; found unless told. */
  readonly classes?: Readonly<Record<string, readonly string[]>>;
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
  /** Threads that share the work of large programs, where the backend has them; as many as there are cores unless told. */
  readonly threads?: number;
  /** Told about ten times a second, and at the end. */
  readonly onProgress?: (progress: Progress) => void;
  /** Is given the state of the run from time to time, and when the signal stops it: a text to be resumed from. A promise is awaited. */
  readonly checkpoint?: (state: string) => unknown;
  /** How often: `10s`, seconds, unless told; a number of steps as `500`. */
  readonly checkpointEvery?: string | number;
  /** The state to go on from: the run ends where it would have ended without a stop. */
  readonly resume?: string;
  /** Told after every epoch; the next waits for a promise. */
  readonly onEpoch?: (progress: Progress) => void | Promise<void>;
  /** Told after every step, of which an epoch is one or several: their number, from 1 on. */
  readonly onStep?: (step: number) => void;
  /** Stops the run after the steps at hand. */
  readonly signal?: AbortSignal;
}

export interface Progress {
  /** Epochs done. */
  readonly epoch: number;
  readonly epochs: number;
  /**
   * After the last epoch done where that is known: at the end, where each epoch is told, where metrics look at all examples.
   * Otherwise what the history has of that epoch, which is before its step, or the mean of what its batches saw.
   */
  readonly cost: number;
  /** Of the examples put aside, after the last epoch done. */
  readonly validation?: number;
  /** The model's metrics after the last epoch done, on the examples put aside, or on all where none are. */
  readonly metrics?: Readonly<Record<string, number>>;
}

/** What is told of what was seen after an epoch. */
export const shown = (seen: Seen | undefined): Pick<Progress, 'validation' | 'metrics'> => ({
  ...(seen?.isValidation && { validation: seen.cost }),
  ...(seen && Object.keys(seen.metrics).length > 0 && { metrics: seen.metrics }),
});

/** What standard errors are told from: the scatter of the residuals, the curvature of a log-likelihood, or errors that are known. */
export type ErrorsKind = 'squares' | 'likelihood' | 'known';

export const DEFAULTS = { epochs: 1000, lr: 0.1, optimizer: 'gd', seed: 1 } as const;

/** A history longer than this would not fit into memory. */
export const MOST_EPOCHS = 1e8;

/**
 * The options with their defaults, the optimizer's rate among them. What they may be stands in the table of options, and is
 * looked at where they come in.
 */
export function settled(options: TrainOptions, method: Method) {
  // An option that is there but undefined was not given.
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  return { ...DEFAULTS, lr: method.rate ?? DEFAULTS.lr, ...given, optimizer: method.name } as Settled;
}

export type Settled = TrainOptions & Required<Pick<TrainOptions, keyof typeof DEFAULTS>>;
