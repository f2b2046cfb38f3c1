import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { GradusError } from '../../language/diagnostics.ts';
import { reasonOf } from '../source.ts';
import type { Meeting, Programs } from './folder.ts';
import type { Place } from './place.ts';
import { type Ended, type Message, Worker } from './worker.ts';

/** Seconds after which a process that is silent is given up, by the others. */
const HEARTBEAT = 10;
/** A clock that does not keep us from ending. */
const UNHELD = { ref: false };
/** Milliseconds in which it shows who ended first, and in which all say goodbye. */
const FIRST = 150;
const GOODBYE = 5000;
/** Milliseconds on top of those in which the processes have to meet. */
const SLACK = 250;

/** The processes of a run that are ours to start and to watch. One that ends before its time ends all. */
export class Crew {
  private readonly python: string;
  private readonly place: Place;
  private readonly programs: Programs;
  private readonly workers: Worker[] = [];
  private folder: string | undefined;
  private failed: Promise<never> | undefined;
  private done = false;
  private readonly hint: string;

  /** @param checkpoint the file that a run can go on from */
  constructor(python: string, place: Place, programs: Programs, checkpoint: string | undefined) {
    this.hint =
      checkpoint === undefined
        ? 'with --checkpoint FILE a run can go on from where it was'
        : `go on from where it was with --resume ${checkpoint}`;
    this.python = python;
    this.place = place;
    this.programs = programs;
  }

  /** Whether its processes are ended, or are about to be. */
  get over(): boolean {
    return this.done;
  }

  /** Starts all, and waits until they have met. @throws GradusError `engine` that says what is missing */
  async start(): Promise<void> {
    const { place } = this;
    const local = place.kind === 'here' && place.processes > 1;
    const meeting: Meeting = {
      together: local || place.kind !== 'here',
      apart: place.kind !== 'here',
      coordinator: local ? `127.0.0.1:${await freePort()}` : place.kind === 'member' ? place.coordinator : undefined,
      processes: place.processes,
      wait: place.wait,
      heartbeat: HEARTBEAT,
    };
    // An interrupt may have come meanwhile.
    if (this.done) return;
    this.folder = this.programs.write(meeting);
    // However we end, nothing of ours stays.
    process.once('exit', this.sweep);
    const numbers = place.kind === 'here' ? Array.from({ length: place.processes }, (_, k) => k) : [place.number];
    for (const number of numbers) this.workers.push(new Worker(this.python, this.folder, number));
    const ready = this.workers.map((worker) => worker.next());
    this.failed = this.watch();
    // Nobody may be waiting for it when it fails.
    this.failed.catch(() => {});
    await Promise.race([Promise.all(ready), this.failed, this.late()]);
  }

  /** What the first process answers. @throws GradusError `engine` if one of them has ended */
  async ask(head: object, data?: Uint8Array): Promise<Message> {
    const [first] = this.workers as [Worker];
    const answer = first.next();
    first.send(head, data);
    return Promise.race([answer, this.failed!]);
  }

  /** Of a process whose commands come from elsewhere: until the run is over. */
  async served(): Promise<void> {
    const [own] = this.workers as [Worker];
    // Otherwise it failed, and why is being told.
    await own.ended.then(({ code }) => (code === 0 ? undefined : this.failed!));
  }

  /** Ends all, at once or as soon as they know. */
  async stop(): Promise<void> {
    if (this.done) return;
    this.done = true;
    if (this.place.kind !== 'here' && this.place.number === 0 && this.workers[0]) {
      // The others are watched by others: they are told.
      this.workers[0].send({ do: 'end' });
      await Promise.race([this.workers[0].ended, setTimeout(GOODBYE, undefined, UNHELD)]);
    }
    this.sweep();
  }

  kill(): void {
    this.done = true;
    this.sweep();
  }

  private sweep = (): void => {
    process.removeListener('exit', this.sweep);
    for (const worker of this.workers) worker.kill();
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
  };

  /** Fails when the processes do not meet in time; JAX ends one by itself, but not always soon. */
  private async late(): Promise<never> {
    await Promise.race(this.workers.map((worker) => worker.joining));
    await setTimeout(1000 * this.place.wait + SLACK, undefined, UNHELD);
    if (this.workers.every(({ stage }) => stage !== 'joining')) return new Promise(() => {});
    this.kill();
    throw this.unmet();
  }

  /** Fails when a process ends before its time. */
  private async watch(): Promise<never> {
    const { workers } = this;
    const ends = new Map<Worker, Ended>();
    await new Promise<void>((resolve) => {
      for (const worker of workers)
        worker.ended.then((end) => {
          ends.set(worker, end);
          const isOver = end.code === 0 && this.place.kind !== 'here' && this.place.number > 0;
          if (!this.done && !isOver) resolve();
        });
    });
    // The first to be heard of need not be the first that ended.
    if (workers.length > 1) await setTimeout(FIRST);
    const [worker, end] = [...ends].find(([, { signal }]) => signal === 'SIGKILL') ?? [...ends][0]!;
    const error = this.reason(worker, end);
    this.kill();
    throw error;
  }

  /** Why a process ended, in a line. */
  private reason(worker: Worker, { code, signal, error }: Ended): GradusError {
    const { place, python } = this;
    if (error) return new GradusError('engine', `cannot start ${python}: ${reasonOf(error)}`);
    const missing = worker.words?.missing;
    if (missing !== undefined)
      return new GradusError('engine', `${MODULES[missing] ?? missing} is not installed for ${python}`, {
        hint: `${python} -m pip install jax`,
      });
    const { unlike } = worker.words ?? {};
    if (unlike !== undefined)
      return new GradusError(
        'engine',
        `process ${unlike.process} of ${place.processes} has ${OTHER[unlike.what]} than process 0`,
        {
          hint: 'all take the same model, the same data and the same options',
        },
      );
    const many = place.processes > 1;
    const gone = (message: string) => new GradusError('engine', message, { hint: this.hint });
    if (many && worker.stage === 'joining' && signal !== 'SIGKILL') return this.unmet();
    const lost = many ? LOST.exec(worker.messages)?.[1] : undefined;
    if (lost !== undefined) return gone(`process ${lost} of ${place.processes} does not answer any more`);
    if (many && (signal === 'SIGABRT' || GONE.test(worker.words?.error ?? '')))
      return gone('another process of the run has ended, or does not answer any more');
    const who = many ? `process ${worker.number} of ${place.processes}` : 'the process of the engine';
    if (worker.words?.error !== undefined) return new GradusError('engine', `${who} failed: ${worker.words.error}`);
    return gone(signal ? `${who} was ended by ${signal}` : `${who} ended with status ${code}`);
  }

  /** They did not find each other. */
  private unmet(): GradusError {
    const { place } = this;
    const longer = `--wait ${30 * Math.ceil(place.wait / 10)} waits longer`;
    if (place.kind !== 'member')
      return new GradusError('engine', `the ${place.processes} processes did not meet within ${place.wait} s`, { hint: longer });
    const { processes, coordinator, wait } = place;
    return new GradusError('engine', `the ${processes} processes did not meet at ${coordinator} within ${wait} s`, {
      hint: `all take the address of process 0 as --coordinator; ${longer}`,
    });
  }
}

const MODULES: Readonly<Record<string, string>> = { jax: 'JAX', jaxlib: 'JAX', numpy: 'NumPy' };

/** What a process has that the first has not. */
const OTHER = { model: 'another model', data: 'other data', options: 'other options' } as const;

/** What JAX says of a process that is silent. */
const LOST = /stopped sending heartbeats\):\s*(?:\S*task:)?(\d+)/;

/** What is said where a connection is closed from the other side. */
const GONE = /Gloo .*(connection|socket|read error|broken pipe)/i;

/** A port of this machine that nothing listens at. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
