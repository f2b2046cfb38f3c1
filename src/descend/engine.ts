import type { Problem } from './problem.ts';
import type { Runner } from './runner.ts';

/** What runs the steps of a descent in place of programs of ours: the data, the order and all that is told stay the same. */
export interface Engine {
  readonly name: string;
  /**
   * @param axis counts the examples, where they come in batches
   * @throws GradusError for what it cannot run
   */
  readonly runner: (problem: Problem, axis: string | undefined) => Runner;
}
