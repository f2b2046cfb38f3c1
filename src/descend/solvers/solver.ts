import type { Landscape } from '../landscape.ts';
import type { Hyperparameter } from '../optimizers/optimizer.ts';

/**
 * A method whose steps look at the cost of all examples more than once: one record a solver, in the list of `index.ts`. An
 * epoch of a solver is one outer iteration.
 */
export interface Solver {
  readonly name: string;
  readonly spellings?: readonly string[];
  /** One sentence, for the help. */
  readonly help: string;
  /** The learning rate unless one is given, of those that have one. */
  readonly rate?: number;
  readonly options?: Readonly<Record<string, Hyperparameter>>;
  /** Whether it needs the cost to be a sum of squares. */
  readonly ofSquares?: boolean;
  /** What to do where none of its steps improves the cost; another start or optimizer if left out. */
  readonly stuck?: string;
  /** Whether its step at the start is the whole way where the cost is quadratic. */
  readonly begin: (land: Landscape, options: ReadonlyMap<string, number>, rate: number) => Iteration;
}

/**
 * `moved` to a better place; `converged`: at a minimum as far as numbers tell; `stuck`: no step improves, at none; `endless`:
 * the cost falls without end along `descent`.
 */
export type Standing = 'moved' | 'converged' | 'stuck' | 'endless';

/** A run of a solver. */
export interface Iteration {
  /** Where it is; the solver's own array. */
  readonly place: Float64Array;
  /** One outer iteration. */
  step(): Standing;
  /** The cost at the place, downhill. */
  cost(): number;
  /** What it carries from step to step, besides the place; numbers that go on are in the same arrays. */
  readonly carried: Readonly<Record<string, Float64Array>>;
  /** Whether its second derivatives showed what it calls a minimum to be one. */
  readonly isSure?: boolean;
  /** A direction along which the cost falls without end, where that was found. */
  readonly descent?: Float64Array | undefined;
  /** The place or what is carried has been replaced from outside. */
  restored(): void;
}
