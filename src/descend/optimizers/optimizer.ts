import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';

/**
 * How a parameter moves, given which way is uphill: one record an optimizer, in the list of `index.ts`. The options of the
 * API, the command line and the session come from it, and what it carries from step to step is kept, restored and run by
 * the program of the descent.
 */
export interface Optimizer {
  readonly name: string;
  readonly spellings?: readonly string[];
  /** One sentence, for the help. */
  readonly help: string;
  /** The learning rate unless one is given; 0.1 if left out. */
  readonly rate?: number;
  /** Numbers that it takes besides the learning rate, by name. */
  readonly options?: Readonly<Record<string, Hyperparameter>>;
  /** Arrays of the shape of a parameter that it carries from step to step; all are 0 before the first. */
  readonly state?: readonly string[];
  /** Whether it makes weights decay by itself; for the others a share of the weights is added to their gradient. */
  readonly decays?: boolean;
  /** The share by which weights decay unless told; 0 if left out. */
  readonly decay?: number;
  /** The parameter after a step, and what is carried on, as expressions of what they were before. */
  readonly update: (g: Graph, slope: Slope) => Moved;
}

/** A number that an optimizer takes: at least 0, and less than `below` where there is such a bound. */
export interface Hyperparameter {
  readonly default: number;
  readonly below?: number;
  /** Whether it counts something: 1, 2, 3, … */
  readonly whole?: boolean;
  /** What it does, as the help says it. */
  readonly words: string;
  /** What others call it. */
  readonly others?: readonly string[];
}

/** `gradient` and what is in `state` have the shape of `parameter`; the others are scalars. */
export interface Slope {
  readonly parameter: Node;
  readonly gradient: Node;
  readonly rate: Node;
  /** The number of this step: 1 for the first. */
  readonly count: Node;
  readonly options: Readonly<Record<string, Node>>;
  /** By how much weights decay, where they do. */
  readonly decay?: Node;
  readonly state: Readonly<Record<string, Node>>;
}

export interface Moved {
  readonly parameter: Node;
  readonly state?: Readonly<Record<string, Node>>;
}
