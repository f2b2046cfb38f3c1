import type { Executable } from '../compile/index.ts';
import { sizeOf } from '../graph/dimension.ts';
import { type Draw, random } from '../numeric/random.ts';
import { axisOf, Slices, shuffle } from './batches.ts';
import { copied, costNow, held, load, type Numbers, type Problem, programFor, type Runner } from './runner.ts';

/** A program for a number of examples, and what is copied into it for each batch. */
interface Cut {
  readonly program: Executable;
  readonly slices: readonly (readonly [Slices, Numbers])[];
}

/**
 * An epoch takes the examples a batch at a time, the last batch what remains. The cost in the history is that of all
 * examples at the beginning of the epoch, so that runs with different batches can be compared.
 */
export class MiniBatch implements Runner {
  private readonly whole: Executable;
  private readonly cut: Cut;
  private readonly rest: Cut | undefined;
  private readonly names: readonly string[];
  private readonly order: Uint32Array;
  private readonly batch: number;
  private readonly draw: Draw | undefined;
  /** The program that holds the present parameters. */
  private active: Executable;

  constructor(problem: Problem, axis: string, examples: number, batch: number) {
    const { options, binding } = problem;
    const cutTo = (count: number): Cut => {
      const program = programFor(problem, new Map([...binding.sizes, [axis, count]]));
      return { program, slices: slicesInto(problem, axis, program) };
    };
    this.whole = programFor(problem, binding.sizes);
    this.cut = cutTo(batch);
    this.rest = examples % batch === 0 ? undefined : cutTo(examples % batch);
    this.names = held(problem.step);
    this.order = Uint32Array.from({ length: examples }, (_, k) => k);
    this.batch = batch;
    // Another stream than the initializers', so that shuffling does not change where a run starts.
    this.draw = options.shuffle ? random(options.seed ^ 0x5eed) : undefined;
    this.active = this.whole;
  }

  parameters = () => copied(this.active, this.names);
  restore = (parameters: ReadonlyMap<string, Numbers>) => load(this.active, parameters);

  cost(): number {
    this.activate(this.whole);
    return costNow(this.whole, this.names);
  }

  run(epochs: number, history: Float64Array): number {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const cost = this.cost();
      history[epoch] = cost;
      if (!Number.isFinite(cost)) return epoch + 1;
      this.epoch();
    }
    return epochs;
  }

  release(): void {
    // Programs for a few examples are small; they are not kept.
  }

  private epoch(): void {
    const { order, batch, draw } = this;
    if (draw) shuffle(order, draw);
    let from = 0;
    for (; from + batch <= order.length; from += batch) this.step(this.cut, from, batch);
    if (this.rest) this.step(this.rest, from, order.length - from);
  }

  private step({ program, slices }: Cut, from: number, count: number): void {
    this.activate(program);
    for (const [slice, target] of slices) slice.copy(this.order, from, count, target);
    program.run();
  }

  private activate(program: Executable): void {
    if (program === this.active) return;
    for (const name of this.names) program.input(name)!.data.set(this.active.input(name)!.data);
    this.active = program;
  }
}

function slicesInto({ model, binding, values }: Problem, axis: string, program: Executable): (readonly [Slices, Numbers])[] {
  return [...model.inputs.values()].flatMap((input) => {
    const target = program.input(input.name);
    const along = axisOf(input, axis);
    if (!target || along === undefined) return [];
    const shape = input.shape.map((dim) => sizeOf(dim, binding.sizes));
    return [[new Slices(values.get(input.name)!, shape, along), target.data] as const];
  });
}
