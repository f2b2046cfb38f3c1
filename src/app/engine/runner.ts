import { FullBatch } from '../../descend/full-batch.ts';
import { Passes } from '../../descend/passes.ts';
import type { Problem } from '../../descend/problem.ts';
import type { Numbers, Pause, Runner, Snapshot, Stretch } from '../../descend/runner.ts';
import { RATE } from '../../descend/step.ts';
import type { Crew } from './crew.ts';
import type { Programs } from './folder.ts';

/** Milliseconds that a command should take, and how many steps one can ask for. */
const COMMAND_TIME = 50;
const MOST = 1024;
const FASTEST_GROWTH = 8;
/** How many batches a command brings at most, and how many numbers they have together. */
const MOST_BATCHES = 64;
const MOST_NUMBERS = 2 ** 18;
/** Milliseconds that are left to others when the run is to stop, which it does within a second on a machine that is busy. */
const GRACE = 250;
/** An epoch's parameters come back to us; that should not take longer than this share of its time. */
const SHARE = 0.1;
const LONGEST_PACE = 1000;
/** The kind of a step of all examples. */
const ALL = 0;

/** Epochs that other processes run. What is learned comes back after each stretch, so that it is not lost with them. */
export class RemoteRunner implements Runner {
  private readonly problem: Problem;
  private readonly programs: Programs;
  private readonly crew: Crew;
  private readonly passes: Passes | undefined;
  private state: Snapshot;
  /** Whether they have what we have. */
  private sent = false;
  private rate: number | undefined;
  /** The cost of all examples at what is known, if a step has told it. */
  private known: number | undefined;
  /** Steps that a command can do in its time; nothing before the first, which is compiled too. */
  private readonly speed = new Map<number, number>();
  /** When it was told to stop. */
  private stopping: number | undefined;
  pace = 100;

  constructor(problem: Problem, programs: Programs, crew: Crew, inBatches: boolean) {
    this.problem = problem;
    this.programs = programs;
    this.crew = crew;
    const { options } = problem;
    this.passes = inBatches ? new Passes(programs.examples!, options.batch!, options) : undefined;
    this.state = { held: started(problem, programs), ...this.standing };
  }

  snapshot = (): Snapshot => this.state;

  restore(snapshot: Snapshot): void {
    this.state = snapshot;
    this.passes?.restore(snapshot.position);
    this.sent = false;
    this.known = undefined;
  }

  setRate(rate: number): void {
    this.rate = rate;
  }

  async run(epochs: number, history: Float64Array, pause?: Pause): Promise<Stretch> {
    await this.send();
    const stretch = this.passes ? await this.batches(this.passes, epochs, history, pause) : await this.all(epochs, history);
    if (this.crew.over) {
      // Back to what is known.
      this.passes?.restore(this.state.position);
      return { epochs: 0, failed: false };
    }
    await this.fetch();
    return this.crew.over ? { epochs: 0, failed: false } : stretch;
  }

  async cost(): Promise<number> {
    await this.send();
    const answer = await this.ask({ do: 'cost' });
    return answer ? doubles(answer)[0]! : this.ownCost();
  }

  release(): void {}

  private get standing(): Pick<Snapshot, 'position'> {
    return this.passes ? { position: this.passes.position() } : {};
  }

  private get stops(): boolean {
    return this.crew.over || this.problem.options.signal?.aborted === true;
  }

  /** Steps of all examples: each is an epoch. */
  private async all(epochs: number, history: Float64Array): Promise<Stretch> {
    let done = 0;
    while (done < epochs && !this.stops) {
      const steps = Math.min(epochs - done, this.stepsAtOnce(ALL), MOST);
      const costs = await this.timed(ALL, steps, { do: 'run', steps });
      if (!costs) break;
      if (done === 0) this.known = costs[0];
      history.set(costs, done);
      done += costs.length;
      if (!Number.isFinite(costs.at(-1)!)) return { epochs: done - 1, failed: 'before' };
    }
    return { epochs: done, failed: false };
  }

  private async batches(passes: Passes, epochs: number, history: Float64Array, pause?: Pause): Promise<Stretch> {
    for (let epoch = 0; epoch < epochs; epoch++) {
      if (passes.isStart) passes.start(await this.cost());
      passes.begin();
      while (passes.goesOn) {
        if (this.stops) return { epochs: epoch, failed: false };
        const isFirst = passes.at === 0;
        const { at, count } = passes;
        const steps = this.stepsFrom(passes);
        const rows = Uint32Array.from(passes.order.subarray(at, at + steps * count));
        const head = { do: 'batches', size: count, room: this.room(count) };
        const costs = await this.timed(count, steps, head, bytesOf(rows));
        if (!costs) return { epochs: epoch, failed: false };
        let rests = false;
        for (const [k, cost] of costs.entries()) {
          passes.done(cost);
          history[epoch] = passes.told;
          if (!Number.isFinite(cost)) return { epochs: epoch, failed: isFirst && k === 0 ? 'before' : 'within' };
          rests = (pause?.() ?? false) || rests;
        }
        if (rests && passes.goesOn) return { epochs: epoch, failed: false };
      }
      passes.end();
    }
    return { epochs, failed: false };
  }

  /** How many batches of one size come next, as many as a command takes. */
  private stepsFrom({ at, count, order }: Passes): number {
    const whole = Math.floor((order.length - at) / count);
    const kept = this.problem.options.checkpoint ? Number(this.problem.options.checkpointEvery) : Number.NaN;
    const most = Math.min(whole, this.room(count), kept > 0 ? kept : whole);
    return Math.max(1, Math.min(most, this.stepsAtOnce(count)));
  }

  /** Room for the batches of a command: the same for all, since each is compiled. */
  private room(count: number): number {
    const { batch, order } = this.passes!;
    if (count < batch) return 1;
    const numbers = Math.max(1, count * this.programs.numbersEach);
    return Math.max(1, Math.min(MOST_BATCHES, Math.floor(order.length / count), Math.floor(MOST_NUMBERS / numbers)));
  }

  private stepsAtOnce(kind: number): number {
    return Math.max(1, Math.floor(this.speed.get(kind) ?? 1));
  }

  /**
   * The costs of steps, whose number adapts to the time that they take; undefined if the run is stopped before.
   * @param kind the number of examples in a step
   */
  private async timed(kind: number, steps: number, head: object, data?: Uint8Array): Promise<Float64Array | undefined> {
    const started = performance.now();
    const answer = await this.ask(head, data);
    if (!answer) return undefined;
    const each = Math.max(performance.now() - started, 1e-3) / steps;
    const known = this.speed.has(kind);
    this.speed.set(kind, known ? Math.max(1, Math.min(steps * FASTEST_GROWTH, COMMAND_TIME / each, MOST)) : 1);
    return doubles(answer);
  }

  private async send(): Promise<void> {
    if (this.crew.over) return;
    if (!this.sent) {
      const parts = this.programs.held.map(({ name }) => this.state.held.get(name)!);
      const Kind = this.programs.precision === 'f32' ? Float32Array : Float64Array;
      await this.ask({ do: 'put' }, Buffer.concat(parts.map((part) => bytesOf(Kind.from(part)))));
      this.sent = true;
    }
    if (this.rate !== undefined) {
      await this.ask({ do: 'rate', name: RATE, value: this.rate });
      this.rate = undefined;
    }
  }

  /** What was learned comes back. */
  private async fetch(): Promise<void> {
    const started = performance.now();
    const answer = await this.ask({ do: 'get' });
    if (!answer) return;
    const held = new Map<string, Numbers>();
    let at = 0;
    for (const { name, shape } of this.programs.held) {
      const count = shape.reduce((n, size) => n * size, 1);
      const part = numbersIn(answer, at, count, this.programs.precision);
      held.set(name, part);
      at += part.byteLength;
    }
    this.state = { held, ...this.standing };
    this.known = undefined;
    this.pace = Math.min(LONGEST_PACE, Math.max(this.pace, (performance.now() - started) / SHARE));
  }

  /** An answer; undefined where the run is stopped and the steps at hand take too long: then all processes are ended. */
  private async ask(head: object, data?: Uint8Array): Promise<Buffer | undefined> {
    if (this.crew.over) return undefined;
    const { signal } = this.problem.options;
    let timer: NodeJS.Timeout | undefined;
    let hurry = () => {};
    const late = new Promise<undefined>((resolve) => {
      hurry = () => {
        this.stopping ??= performance.now();
        timer = setTimeout(() => resolve(undefined), this.stopping + GRACE - performance.now());
      };
    });
    if (signal?.aborted) hurry();
    else signal?.addEventListener('abort', hurry, { once: true });
    try {
      const answer = await Promise.race([this.crew.ask(head, data), late]);
      if (answer) return answer.data;
      this.crew.kill();
      return undefined;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', hurry);
    }
  }

  /** Told already, or by a program of ours, where the others are gone. */
  private ownCost(): number {
    if (this.known !== undefined) return this.known;
    const own = new FullBatch(this.problem);
    own.restore(this.state);
    return own.cost();
  }
}

/** What is learned as it starts, and nothing carried yet. */
function started({ values }: Problem, { held, precision }: Programs): Map<string, Numbers> {
  const Kind = precision === 'f32' ? Float32Array : Float64Array;
  return new Map(
    held.map(({ name, shape }) => [
      name,
      values.has(name) ? Kind.from(values.get(name)!) : new Kind(shape.reduce((n, size) => n * size, 1)),
    ]),
  );
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Numbers | Uint32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** A copy, since bytes that come lie anywhere. */
function numbersIn(data: Buffer, at: number, count: number, precision: 'f64' | 'f32'): Numbers {
  const Kind = precision === 'f32' ? Float32Array : Float64Array;
  return new Kind(Uint8Array.prototype.slice.call(data, at, at + count * Kind.BYTES_PER_ELEMENT).buffer);
}

const doubles = (data: Buffer): Float64Array => numbersIn(data, 0, data.length / 8, 'f64') as Float64Array;
