import type { Executable } from '../compile/index.ts';
import { sizeOf } from '../graph/dimension.ts';
import { type Draw, random } from '../numeric/random.ts';
import { axisOf, Slices, shuffle } from './batches.ts';
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
import { RATE } from './step.ts';

/** A program for a number of examples, and what is copied into it for each batch. */
interface Cut {
  readonly program: Executable;
  readonly slices: readonly (readonly [Slices, Numbers])[];
}

/**
 * An epoch takes the examples a batch at a time, the last batch what remains. The cost of an epoch in the history is the
 * mean of the costs that its batches had before their steps, each by its number of examples: a step tells its own, and
 * that of all examples would take as long as the epoch itself.
 */
export class MiniBatch implements PromptRunner {
  private readonly whole: Executable;
  private readonly cut: Cut;
  private readonly rest: Cut | undefined;
  private readonly names: readonly string[];
  private readonly order: Uint32Array;
  private readonly batch: number;
  private readonly draw: Draw | undefined;
  /** How many examples of an epoch are done, and the sum of their costs; 0 between epochs. */
  private at = 0;
  private sum = 0;
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
    this.names = held(stepOf(problem));
    this.order = Uint32Array.from({ length: examples }, (_, k) => k);
    this.batch = batch;
    // Another stream than the initializers', so that shuffling does not change where a run starts.
    this.draw = options.shuffle ? random(options.seed ^ 0x5eed) : undefined;
    this.active = this.whole;
  }

  snapshot(): Snapshot {
    const { draw, order, at, sum } = this;
    const shuffled = draw && { generator: draw.state(), order: Array.from(order) };
    const position = { at, ...(at > 0 && { cost: sum }), ...shuffled };
    return { held: copied(this.active, this.names), position };
  }

  restore({ held: numbers, position }: Snapshot): void {
    load(this.active, numbers);
    this.at = position?.at ?? 0;
    this.sum = position?.cost ?? 0;
    if (position?.order) this.order.set(position.order);
    if (position?.generator) this.draw?.restore(position.generator);
  }

  cost(): number {
    this.activate(this.whole);
    return costNow(this.whole, this.names);
  }

  run(epochs: number, history: Float64Array, pause?: Pause): Stretch {
    const { order } = this;
    for (let epoch = 0; epoch < epochs; epoch++) {
      if (this.at === 0 && this.draw) shuffle(order, this.draw);
      while (this.at < order.length) {
        const isFirst = this.at === 0;
        const cost = this.step();
        history[epoch] = this.sum / this.at;
        if (!Number.isFinite(cost)) return { epochs: epoch, failed: isFirst ? 'before' : 'within' };
        if (pause?.() && this.at < order.length) return { epochs: epoch, failed: false };
      }
      this.at = 0;
      this.sum = 0;
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
    const { order, at, batch } = this;
    const count = Math.min(batch, order.length - at);
    const { program, slices } = count === batch ? this.cut : this.rest!;
    this.activate(program);
    for (const [slice, target] of slices) slice.copy(order, at, count, target);
    program.run();
    const cost = program.outputs[0]!.data[0]!;
    this.at += count;
    this.sum += cost * count;
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
