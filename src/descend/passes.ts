import { random } from '../numeric/random.ts';
import { shuffle } from './batches.ts';
import type { Settled } from './options.ts';
import type { Position } from './runner.ts';

/** Where a run by batches stands in its examples: their order, drawn anew for each epoch, and how many of it are done. */
export class Passes {
  readonly order: Uint32Array;
  readonly batch: number;
  private readonly draw: ReturnType<typeof random> | undefined;
  /** How many examples of an epoch are done, and the sum of their costs; 0 between epochs. */
  at = 0;
  private sum = 0;

  constructor(examples: number, batch: number, { shuffle: drawn, seed }: Pick<Settled, 'shuffle' | 'seed'>) {
    this.order = Uint32Array.from({ length: examples }, (_, k) => k);
    this.batch = batch;
    // Another stream than the initializers', so that shuffling does not change where a run starts.
    this.draw = drawn ? random(seed ^ 0x5eed) : undefined;
  }

  /** Before the batches of an epoch, or of what is left of one. */
  begin(): void {
    if (this.at === 0 && this.draw) shuffle(this.order, this.draw);
  }

  /** Whether examples of the epoch are left. */
  get goesOn(): boolean {
    return this.at < this.order.length;
  }

  /** How many examples the next batch has. */
  get count(): number {
    return Math.min(this.batch, this.order.length - this.at);
  }

  /** The next batch is done, and had this cost before its step. */
  done(cost: number): void {
    const { count } = this;
    this.at += count;
    this.sum += cost * count;
  }

  /** The mean of the costs of the epoch's batches so far, each by its number of examples. */
  get mean(): number {
    return this.sum / this.at;
  }

  end(): void {
    this.at = 0;
    this.sum = 0;
  }

  position(): Position {
    const { draw, order, at, sum } = this;
    const shuffled = draw && { generator: draw.state(), order: Array.from(order) };
    return { at, ...(at > 0 && { cost: sum }), ...shuffled };
  }

  restore(position: Position | undefined): void {
    this.at = position?.at ?? 0;
    this.sum = position?.cost ?? 0;
    if (position?.order) this.order.set(position.order);
    if (position?.generator) this.draw?.restore(position.generator);
  }
}
