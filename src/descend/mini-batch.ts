import type { Executable } from '../compile/index.ts';
import { sizeOf } from '../graph/dimension.ts';
import { axisOf } from './batches.ts';
import { Passes } from './passes.ts';
import { type Problem, stepOf } from './problem.ts';
import {
  copied,
  costNow,
  held,
  load,
  type Numbers,
  type Pause,
  type PromptRunner,
  programFor,
  type Snapshot,
  type Stretch,
} from './runner.ts';
import { Slices } from './slices.ts';
import { RATE } from './step.ts';

/** A program for a number of examples, and what is copied into it for each batch. */
interface Cut {
  readonly program: Executable;
  readonly slices: readonly (readonly [Slices, Numbers])[];
}

/**
 * An epoch takes the examples a batch at a time, the last batch what remains. The cost of an epoch in the history is the
 * mean of the costs that its batches had before their steps, each by its number of examples: a step tells its own, and
 * that of all examples would take as long as the epoch itself. That of all is told before the first epoch, as after the last.
 */
export class MiniBatch implements PromptRunner {
  private readonly whole: Executable;
  private readonly cut: Cut;
  private readonly rest: Cut | undefined;
  private readonly names: readonly string[];
  private readonly passes: Passes;
  /** The program that holds the present parameters. */
  private active: Executable;

  constructor(problem: Problem, axis: string) {
    const { options, binding } = problem;
    const examples = sizeOf(axis, binding.sizes);
    const batch = options.batch!;
    const cutTo = (count: number): Cut => {
      const program = programFor(problem, new Map([...binding.sizes, [axis, count]]));
      return { program, slices: slicesInto(problem, axis, program) };
    };
    this.whole = programFor(problem, binding.sizes);
    this.cut = cutTo(batch);
    this.rest = examples % batch === 0 ? undefined : cutTo(examples % batch);
    this.names = held(stepOf(problem));
    this.passes = new Passes(examples, batch, options);
    this.active = this.whole;
  }

  snapshot(): Snapshot {
    return { held: copied(this.active, this.names), position: this.passes.position() };
  }

  restore({ held: numbers, position }: Snapshot): void {
    load(this.active, numbers);
    this.passes.restore(position);
  }

  cost(): number {
    this.activate(this.whole);
    return costNow(this.whole, this.names);
  }

  run(epochs: number, history: Float64Array, pause?: Pause): Stretch {
    const { passes } = this;
    for (let epoch = 0; epoch < epochs; epoch++) {
      if (passes.isStart) passes.start(this.cost());
      passes.begin();
      while (passes.goesOn) {
        const isFirst = passes.at === 0;
        const cost = this.step();
        history[epoch] = passes.told;
        if (!Number.isFinite(cost)) return { epochs: epoch, failed: isFirst ? 'before' : 'within' };
        if (pause?.() && passes.goesOn) return { epochs: epoch, failed: false };
      }
      passes.end();
    }
    return { epochs, failed: false };
  }

  setRate(rate: number): void {
    for (const program of [this.whole, this.cut.program, this.rest?.program]) program?.input(RATE)?.data.fill(rate);
  }

  release(): void {
    // Programs for a few examples are small; they are not kept.
  }

  /** @returns the cost of a batch before its step */
  private step(): number {
    const { order, at, count, batch } = this.passes;
    const { program, slices } = count === batch ? this.cut : this.rest!;
    this.activate(program);
    for (const [slice, target] of slices) slice.copy(order, at, count, target);
    program.run();
    const cost = program.outputs[0]!.data[0]!;
    this.passes.done(cost);
    return cost;
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
