import type { GradusError } from '../language/diagnostics.ts';
import type { Held } from './runner.ts';

/**
 * Why a run ended: all epochs are done; a solver is at a minimum; the validation cost got no better, or no step improves;
 * the cost or a parameter is not finite, or grew; the signal.
 */
export type Stopped = 'epochs' | 'converged' | 'early' | 'diverged' | 'aborted';

export interface Outcome {
  readonly learned: Held;
  /** At what was learned. */
  readonly cost: number;
  readonly epochs: number;
  /** The number of epochs after which the parameters were those learned, where these are not the last. */
  readonly best?: number;
  readonly history: Float64Array;
  /** The validation cost after each epoch, where there is one. */
  readonly validation?: Float64Array;
  readonly stopped: Stopped;
  /** Of its epochs, by methods that step by a rate. */
  readonly largestRate?: number;
  /** Whether a solver could go no further, and is at no minimum. */
  readonly stuck?: boolean;
  /** Whether the cost falls without end. */
  readonly endless?: boolean;
  /** The parameter along which it does, or falls on and on by less and less, where that is known. */
  readonly downhill?: string;
  readonly error?: GradusError;
  /** How the cost grew where all its numbers are finite, and where that led. */
  readonly grown?: { readonly how: string; readonly learned: Parameters };
  /** What the step that failed came from and led to, where the run diverged. */
  readonly failure?: Failure;
}

export interface Failure {
  readonly before: Parameters;
  readonly after: Parameters;
}

export type Parameters = ReadonlyMap<string, Float64Array | Float32Array>;
