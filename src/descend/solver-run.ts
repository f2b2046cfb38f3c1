import { squaresOf } from './choose.ts';
import { Landscape, type Part } from './landscape.ts';
import type { Problem } from './problem.ts';
import type { Pause, PromptRunner, Snapshot, Stretch } from './runner.ts';
import type { Iteration, Solver, Standing } from './solvers/index.ts';
import { wayDown } from './solvers/way-down.ts';
import { endlessEntry, farthest, straightParts } from './straight.ts';

const carriedName = (name: string): string => `${name} of the solver`;

/** A run of a solver: an epoch is one outer iteration. */
export class SolverRun implements PromptRunner {
  private readonly land: Landscape;
  private readonly iteration: Iteration;
  private readonly problem: Problem;
  private readonly straight: readonly Part[];

  constructor(problem: Problem) {
    const solver = problem.method as Solver;
    this.problem = problem;
    this.land = new Landscape(problem, solver.ofSquares ? squaresOf(problem.model, problem.slopes) : []);
    this.straight = straightParts(problem, this.land);
    this.iteration = solver.begin(this.land, problem.hyperparameters, problem.options.lr);
    this.iteration.place.set(this.land.packed(problem.values));
  }

  /** How often the cost, or the residuals, and their first derivatives have been computed. */
  get evaluations(): { readonly values: number; readonly slopes: number } {
    return this.land.count;
  }

  snapshot(): Snapshot {
    const carried = Object.entries(this.iteration.carried).map(
      ([name, numbers]) => [carriedName(name), numbers.slice()] as const,
    );
    return { held: new Map([...this.land.unpacked(this.iteration.place), ...carried]) };
  }

  restore({ held }: Snapshot): void {
    this.iteration.place.set(this.land.packed(held));
    for (const [name, numbers] of Object.entries(this.iteration.carried)) numbers.set(held.get(carriedName(name)) ?? []);
    this.iteration.restored();
  }

  run(epochs: number, history: Float64Array, pause?: Pause): Stretch {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const cost = this.upright(this.iteration.cost());
      history[epoch] = cost;
      if (!Number.isFinite(cost)) return { epochs: epoch, failed: 'before' };
      const endless = endlessEntry(this.land, this.straight, this.iteration.place);
      if (endless !== undefined)
        return { epochs: epoch, failed: false, standing: 'endless', downhill: this.land.nameAt(endless) };
      const standing = this.iteration.step();
      if (standing === 'endless') return { epochs: epoch, failed: false, standing, downhill: this.steepest() };
      if (standing !== 'moved' && !this.leaves(standing)) return { epochs: epoch, failed: false, standing };
      if (pause?.() && epoch + 1 < epochs) return { epochs: epoch + 1, failed: false };
    }
    return { epochs, failed: false };
  }

  private steepest(): string {
    return this.land.nameAt(farthest(this.iteration.descent!));
  }

  /** A place without a slope is told from a minimum: a saddle or a maximum is left where the cost curves down. */
  private leaves(standing: Standing): boolean {
    const { land, iteration } = this;
    const isSettled = standing === 'converged' ? iteration.isSure : (this.problem.method as Solver).stuck !== undefined;
    const way = isSettled ? undefined : wayDown(land, iteration.place);
    if (!way) return false;
    iteration.place.set(way);
    iteration.restored();
    return true;
  }

  cost = (): number => this.land.told(this.iteration.place) * this.sign;

  setRate(): void {
    // Solvers find the length of their steps themselves.
  }

  release(): void {}

  private get sign(): 1 | -1 {
    return this.problem.model.objective!.sense === 'maximize' ? -1 : 1;
  }

  /** The cost as the model has it. */
  private upright = (cost: number): number => cost * this.sign;
}
