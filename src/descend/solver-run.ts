import { squaresOf } from './choose.ts';
import { Landscape, type Part } from './landscape.ts';
import type { Problem } from './problem.ts';
import type { Pause, PromptRunner, Snapshot, Stretch } from './runner.ts';
import type { Iteration, Solver, Standing } from './solvers/index.ts';
import { TOLERANCE } from './solvers/minimum.ts';
import { wayDown } from './solvers/way-down.ts';
import { closerLook } from './solvers/way-on.ts';
import { endlessEntry, farthest, straightParts } from './straight.ts';

const carriedName = (name: string): string => `${name} of the solver`;

/**
 * What is remembered of Newton's steps from where a method went no further: which entry moved most, by how much, and how often in a
 * row it moved by no less.
 */
const STEPS = carriedName('Newton');
/** So many in a row lead to no place. */
const MOST_ALIKE = 10;
/** A step that is hardly shorter than the one before. */
const ALIKE = 0.95;

/** A run of a solver: an epoch is one outer iteration. */
export class SolverRun implements PromptRunner {
  private readonly land: Landscape;
  private readonly iteration: Iteration;
  private readonly problem: Problem;
  private readonly straight: readonly Part[];
  private readonly start: Float64Array;
  private readonly stepsOn = new Float64Array(3);

  constructor(problem: Problem) {
    const solver = problem.method as Solver;
    this.problem = problem;
    this.land = new Landscape(problem, solver.ofSquares ? squaresOf(problem.model, problem.slopes) : []);
    this.straight = straightParts(problem, this.land);
    this.iteration = solver.begin(this.land, problem.hyperparameters, problem.options.lr);
    this.start = this.land.packed(problem.values);
    this.iteration.place.set(this.start);
  }

  /** How often the cost, or the residuals, and their first derivatives have been computed. */
  get evaluations(): { readonly values: number; readonly slopes: number } {
    return this.land.count;
  }

  snapshot(): Snapshot {
    const carried = Object.entries(this.iteration.carried).map(
      ([name, numbers]) => [carriedName(name), numbers.slice()] as const,
    );
    return { held: new Map([...this.land.unpacked(this.iteration.place), ...carried, [STEPS, this.stepsOn.slice()]]) };
  }

  restore({ held }: Snapshot): void {
    this.iteration.place.set(this.land.packed(held));
    for (const [name, numbers] of Object.entries(this.iteration.carried)) numbers.set(held.get(carriedName(name)) ?? []);
    this.stepsOn.set(held.get(STEPS) ?? []);
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
      const stretch = this.stands(this.iteration.step());
      if (stretch) return { epochs: epoch, failed: false, ...stretch };
      if (pause?.() && epoch + 1 < epochs) return { epochs: epoch + 1, failed: false };
    }
    return { epochs, failed: false };
  }

  private steepest(): string {
    return this.land.nameAt(farthest(this.iteration.descent!));
  }

  /** Whether and how a run ends where its method goes no further; undefined if it goes on. */
  private stands(standing: Standing): Pick<Stretch, 'standing' | 'downhill'> | undefined {
    if (standing === 'moved') return undefined;
    if (standing === 'endless') return { standing, downhill: this.steepest() };
    const { land, iteration } = this;
    const method = this.problem.method as Solver;
    const isSettled = standing === 'converged' ? iteration.isSure : method.stuck !== undefined;
    if (isSettled) return { standing };
    // A place without a slope is told from a minimum: a saddle or a maximum is left where the cost curves down.
    const way = wayDown(land, iteration.place);
    if (way) return this.goTo(way);
    // Squares have a measure of their own of how near a minimum is.
    if (standing === 'converged' && method.ofSquares) return { standing };
    const look = closerLook(land, iteration.place, { place: this.start, cost: land.told(this.start) }, TOLERANCE.default);
    if (!look) return { standing };
    if (look.is === 'none') return { standing: 'stuck' };
    if (look.is === 'minimum') return { standing: 'converged' };
    const [most, by, times] = [this.stepsOn[0]!, this.stepsOn[1]!, this.stepsOn[2]!];
    const alike = look.most === most && look.by >= ALIKE * by ? times + 1 : 0;
    this.stepsOn.set([look.most, look.by, alike]);
    if (alike >= MOST_ALIKE) return { standing: 'stuck', downhill: land.nameAt(look.most) };
    return this.goTo(look.place);
  }

  private goTo(place: Float64Array): undefined {
    this.iteration.place.set(place);
    this.iteration.restored();
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
