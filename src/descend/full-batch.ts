import type { Executable } from '../compile/index.ts';
import { releaseProgram } from './programs.ts';
import { copied, costNow, held, load, type Numbers, type Problem, programFor, type Runner, requestFor } from './runner.ts';

/** Every step takes all examples: an epoch is a step, and the compiled program does thousands in one call. */
export class FullBatch implements Runner {
  private readonly problem: Problem;
  private readonly program: Executable;
  private readonly names: readonly string[];

  constructor(problem: Problem) {
    this.problem = problem;
    this.program = programFor(problem, problem.binding.sizes);
    this.names = held(problem.step);
  }

  parameters = () => copied(this.program, this.names);
  restore = (parameters: ReadonlyMap<string, Numbers>) => load(this.program, parameters);
  run = (epochs: number, history: Float64Array) => this.program.repeat(epochs, history);
  cost = () => costNow(this.program, this.names);
  release = () => releaseProgram(requestFor(this.problem, this.problem.binding.sizes), this.program);
}
