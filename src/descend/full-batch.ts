import type { Executable } from '../compile/index.ts';
import { type Problem, stepOf } from './problem.ts';
import { releaseProgram } from './programs.ts';
import { copied, costNow, held, load, type PromptRunner, programFor, requestFor, type Snapshot, type Stretch } from './runner.ts';
import { RATE } from './step.ts';

/** Every step takes all examples: an epoch is a step, and the compiled program does thousands in one call. */
export class FullBatch implements PromptRunner {
  private readonly problem: Problem;
  private readonly program: Executable;
  private readonly names: readonly string[];

  constructor(problem: Problem) {
    this.problem = problem;
    this.program = programFor(problem, problem.binding.sizes);
    this.names = held(stepOf(problem));
  }

  snapshot = (): Snapshot => ({ held: copied(this.program, this.names) });
  restore = (snapshot: Snapshot) => load(this.program, snapshot.held);

  run(epochs: number, history: Float64Array): Stretch {
    const ran = this.program.repeat(epochs, history);
    const failed = ran > 0 && !Number.isFinite(history[ran - 1]!);
    return { epochs: failed ? ran - 1 : ran, failed: failed && 'before' };
  }

  cost = () => costNow(this.program, this.names);

  setRate(rate: number): void {
    this.program.input(RATE)?.data.fill(rate);
  }

  release = () => releaseProgram(requestFor(this.problem, this.problem.binding.sizes), this.program);
}
