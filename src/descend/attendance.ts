import type { Runner, Snapshot } from './runner.ts';
import type { Watch } from './watch.ts';

/** A run between two steps: with the model, the data and the options it goes on from here as if it had not stopped. */
export interface RunState {
  readonly epoch: number;
  readonly snapshot: Snapshot;
  /** The costs before each epoch so far, and the validation costs after each. */
  readonly history: Float64Array;
  readonly validation: Float64Array;
  readonly best: Milestone;
  /** After how many epochs it goes on, or went on, as native code; undefined where it does not. */
  readonly native?: number | undefined;
}

/** Parameters that a run can go back to. */
export interface Milestone {
  /** What was better than before after so many epochs, by its cost or its validation cost. */
  readonly epoch: number;
  readonly cost: number;
  /** From where to get there again. */
  readonly from: { readonly epoch: number; readonly snapshot: Snapshot };
}

/** What a run is watched and kept by, besides its options. */
export interface Attendance {
  /** −1 where the cost is to be large. */
  readonly sign?: 1 | -1;
  readonly watch?: Watch;
  /** Where to go on from. */
  readonly resume?: RunState;
  /** Keeps the state of the run. */
  readonly keep?: (state: RunState) => unknown;
  /** Another runner of the same run, which takes over. */
  readonly exchange?: Exchange;
  /** Between two states that are kept: steps, or milliseconds. */
  readonly every?: { readonly steps?: number; readonly milliseconds?: number };
}

/**
 * A quicker runner that takes a while to be there: it takes over after an epoch that is known beforehand, and is waited for
 * there, so that a run gives the same numbers each time. One that is resumed goes by what it went by before.
 */
export interface Exchange {
  readonly after: number;
  /** Undefined where it cannot be had. */
  readonly runner: () => Promise<Runner | undefined>;
}
