import type { Executable } from '../compile/index.ts';
import type { Batches } from '../data/batches.ts';
import { sizeOf } from '../graph/dimension.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Model } from '../model/model.ts';
import { type Binding, bind, type Inputs } from '../numeric/binding.ts';
import { Fingerprint } from '../numeric/exact-text.ts';
import { type Problem, stepOf } from './problem.ts';
import { copied, held, load, type Pause, programFor, type Runner, type Snapshot, type Stretch } from './runner.ts';
import { take } from './seen.ts';
import { RATE } from './step.ts';

const otherBatches = (message: string): GradusError =>
  new GradusError('data', message, { hint: 'resume with what the run began with, or begin a new one without --resume' });

/**
 * Steps on batches as they come, which are never all there at once. The cost of an epoch in the history is the mean of the
 * costs that its batches had before their steps, each by its number of examples.
 */
export class StreamRun implements Runner {
  private readonly problem: Problem;
  private readonly axis: string;
  private readonly batches: Batches;
  private readonly names: readonly string[];
  /** One for each number of examples that came, which are few. */
  private readonly programs = new Map<string, Executable>();
  private active: Executable;
  private rate: number;
  /** What every batch gives, as the first does. */
  private readonly expected: readonly string[];
  /** The batches of an epoch that is not at its end, how many are done, and their costs. */
  private coming: AsyncGenerator<Inputs> | undefined;
  private at = 0;
  private sum = 0;
  private examples = 0;
  /** What tells the batches that are done from others, where the run may be resumed. */
  private seen: Fingerprint | undefined;

  constructor(problem: Problem, axis: string, batches: Batches) {
    this.problem = problem;
    this.axis = axis;
    this.batches = batches;
    this.names = held(stepOf(problem));
    this.rate = problem.options.lr;
    this.expected = [...problem.binding.values.keys()].filter((name) => problem.slopes.reads.includes(name));
    this.active = this.program(problem.binding.sizes);
    this.seen = this.unseen();
  }

  snapshot(): Snapshot {
    const { at, sum, examples, seen } = this;
    const within = at > 0 && { cost: sum, examples, ...(seen && { seen: seen.toString() }) };
    return { held: copied(this.active, this.names), position: { at, ...within } };
  }

  restore({ held: numbers, position }: Snapshot): void {
    load(this.active, numbers);
    this.coming = undefined;
    this.at = position?.at ?? 0;
    this.sum = position?.cost ?? 0;
    this.examples = position?.examples ?? 0;
    this.seen = position?.seen === undefined ? this.unseen() : Fingerprint.from(position.seen);
  }

  async run(epochs: number, history: Float64Array, pause?: Pause): Promise<Stretch> {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const coming = this.coming ?? (await this.begun());
      for (;;) {
        const next = await coming.next();
        if (next.done) break;
        const cost = this.step(next.value);
        history[epoch] = this.sum / this.examples;
        if (!Number.isFinite(cost)) return { epochs: epoch, failed: this.at === 1 ? 'before' : 'within' };
        if (pause?.()) {
          this.coming = coming;
          return { epochs: epoch, failed: false };
        }
      }
      // Also of an epoch that was cut behind its last batch.
      if (this.examples > 0) history[epoch] = this.sum / this.examples;
      this.ended();
    }
    return { epochs, failed: false };
  }

  /** The cost of all examples, in one pass through them. */
  async cost(): Promise<number> {
    let [sum, examples] = [0, 0];
    let number = 0;
    for await (const batch of this.batches()) {
      const { program, count } = this.filled(batch, ++number);
      const before = copied(program, this.names);
      program.run();
      load(program, before);
      sum += program.outputs[0]!.data[0]! * count;
      examples += count;
    }
    return sum / examples;
  }

  setRate(rate: number): void {
    this.rate = rate;
    for (const program of this.programs.values()) program.input(RATE)?.data.fill(rate);
  }

  release(): void {
    this.coming?.return(undefined).catch(() => {});
    this.programs.clear();
  }

  /** The batches from their beginning, without those that are done. */
  private async begun(): Promise<AsyncGenerator<Inputs>> {
    const coming = this.batches();
    const passed = this.seen && new Fingerprint();
    for (let k = 0; k < this.at; k++) {
      const next = await coming.next();
      if (next.done) throw otherBatches(`${this.at} batches of the epoch are done, and now they end after ${k}`);
      if (passed) take(passed, bind(this.problem.model, next.value));
    }
    if (passed && passed.toString() !== this.seen!.toString())
      throw otherBatches('the batches are not those that the epoch began with');
    return coming;
  }

  /** Nothing is done of an epoch. */
  private unseen(): Fingerprint | undefined {
    const { checkpoint, resume } = this.problem.options;
    return checkpoint || resume !== undefined ? new Fingerprint() : undefined;
  }

  private ended(): void {
    this.coming = undefined;
    this.at = 0;
    this.sum = 0;
    this.examples = 0;
    this.seen = this.unseen();
  }

  private step(batch: Inputs): number {
    const { program, count } = this.filled(batch, this.at + 1, this.seen);
    program.run();
    const cost = program.outputs[0]!.data[0]!;
    this.at++;
    this.sum += cost * count;
    this.examples += count;
    return cost;
  }

  private filled(batch: Inputs, number: number, seen?: Fingerprint): { program: Executable; count: number } {
    const { model } = this.problem;
    const { sizes, values } = boundBatch(model, batch, number, this.axis);
    if (seen) take(seen, { sizes, values });
    // What a batch lacks would be that of the one before.
    const lacking = this.expected.find((name) => !values.has(name));
    if (lacking !== undefined)
      throw new GradusError('data', `batch ${number} has no value of ${lacking}`, { hint: 'each batch gives the same names' });
    const program = this.program(sizes);
    if (program !== this.active) for (const name of this.names) program.input(name)!.data.set(this.active.input(name)!.data);
    this.active = program;
    for (const [name, numbers] of values) if (!this.names.includes(name)) program.input(name)?.data.set(numbers);
    return { program, count: sizeOf(this.axis, sizes) };
  }

  private program(sizes: ReadonlyMap<string, number>): Executable {
    const all = new Map([...this.problem.binding.sizes, ...sizes]);
    const key = [...all].sort().join(';');
    const known = this.programs.get(key);
    if (known) return known;
    const made = programFor(this.problem, all);
    made.input(RATE)?.data.fill(this.rate);
    this.programs.set(key, made);
    return made;
  }
}

/** @throws GradusError as `bind`, with the number of the batch, and `data` for one without examples */
export function boundBatch(model: Model, batch: Inputs, number: number, axis: string | undefined): Binding {
  let found: Binding;
  try {
    found = bind(model, batch);
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    const { code, message, span, hint, note, text } = error;
    throw new GradusError(code, `batch ${number}: ${message}`, { span, hint, note, text });
  }
  if (axis !== undefined && found.sizes.get(axis) === 0)
    throw new GradusError('data', `batch ${number} has no examples: ${axis} is 0`);
  return found;
}
