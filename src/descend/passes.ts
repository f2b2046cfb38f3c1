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
  /** The cost of all examples where the run started, while its first epoch lasts. */
  private first: number | undefined;
  private isFirst = true;

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

  /** Whether the run is at its start, where the cost of all examples is asked for. */
  get isStart(): boolean {
    return this.isFirst && this.at === 0;
  }

  start(cost: number): void {
    this.first = cost;
  }

  /**
   * What the history tells of the epoch: the mean of the costs of its batches so far, each by its number of examples; of the first
   * epoch the cost of all examples before it.
   */
  get told(): number {
    return this.first ?? this.sum / this.at;
  }

  end(): void {
    this.at = 0;
    this.sum = 0;
    this.first = undefined;
    this.isFirst = false;
  }

  position(): Position {
    const { draw, order, at, sum, first, isFirst } = this;
    const shuffled = draw && { generator: draw.state(), order: Array.from(order) };
    return { at, ...(at > 0 && { cost: sum }), ...(isFirst && { isFirst }), ...(first !== undefined && { first }), ...shuffled };
  }

  restore(position: Position | undefined): void {
    this.at = position?.at ?? 0;
    this.sum = position?.cost ?? 0;
    this.isFirst = position?.isFirst ?? false;
    this.first = position?.first;
    if (position?.order) this.order.set(position.order);
    if (position?.generator) this.draw?.restore(position.generator);
  }
}
