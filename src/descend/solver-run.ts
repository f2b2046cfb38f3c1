import { squaresOf } from './choose.ts';
import { Landscape } from './landscape.ts';
import type { Problem } from './problem.ts';
import type { Pause, PromptRunner, Snapshot, Stretch } from './runner.ts';
import type { Iteration, Solver, Standing } from './solvers/index.ts';
import { wayDown } from './solvers/way-down.ts';

const carriedName = (name: string): string => `${name} of the solver`;

const farthest = (direction: Float64Array): number =>
  direction.reduce((most, x, k) => (Math.abs(x) > Math.abs(direction[most]!) ? k : most), 0);

/** A run of a solver: an epoch is one outer iteration. */
export class SolverRun implements PromptRunner {
  private readonly land: Landscape;
  private readonly iteration: Iteration;
  private readonly problem: Problem;

  constructor(problem: Problem) {
    const solver = problem.method as Solver;
    this.problem = problem;
    this.land = new Landscape(problem, solver.ofSquares ? squaresOf(problem.model, problem.slopes) : []);
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
      const standing = this.iteration.step();
      if (standing !== 'moved') return { epochs: epoch, failed: false, ...this.looked(standing) };
      if (pause?.() && epoch + 1 < epochs) return { epochs: epoch + 1, failed: false };
    }
    return { epochs, failed: false };
  }

  /** A place without a slope is told from a minimum. */
  private looked(standing: Standing): Pick<Stretch, 'standing' | 'downhill'> {
    const { land, iteration } = this;
    if (standing === 'endless') return { standing, downhill: land.nameAt(farthest(iteration.descent!)) };
    const isSettled = standing === 'converged' ? iteration.isSure : (this.problem.method as Solver).stuck !== undefined;
    if (isSettled) return { standing };
    const entry = wayDown(land, iteration.place);
    return entry === undefined ? { standing } : { standing: 'stuck', downhill: land.nameAt(entry) };
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
