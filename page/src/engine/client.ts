import type { Call, ProgressOf, Reply, TaskName, Tasks, Trouble } from './protocol.ts';

/** What the engine says is wrong, where a task has no answer. */
export class EngineError extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble) {
    super(trouble.message);
    this.trouble = trouble;
  }
}

/** The task was given up: something newer was asked, or it was stopped. */
export class Stopped extends Error {}

interface Waiting {
  readonly task: TaskName;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (reason: Error) => void;
  readonly progress: ((value: never) => void) | undefined;
}

declare global {
  /** The worker for derivations, where the document began it (`early.js`). */
  var gradusWorker: Worker | undefined;
}

/** It is taken once: one that was ended is begun here again. */
function early(name: string): Worker | undefined {
  const worker = name === 'derivations' ? globalThis.gradusWorker : undefined;
  if (worker) globalThis.gradusWorker = undefined;
  return worker;
}

/** A worker that is asked; one that is stuck is ended, and another begun when something is asked again. */
export class Engine {
  private worker: Worker | undefined;
  private readonly name: string;
  private readonly waiting = new Map<number, Waiting>();
  private next = 0;

  constructor(name: string) {
    this.name = name;
  }

  /** Begins the worker, so that it is there when something is asked. */
  start(): Worker {
    if (this.worker) return this.worker;
    const worker =
      early(this.name) ?? new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module', name: this.name });
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => this.heard(data));
    worker.addEventListener('error', (event) =>
      this.end(new EngineError({ message: event.message || 'the engine did not load' })),
    );
    this.worker = worker;
    return worker;
  }

  /**
   * @param progress what a task tells before it is done
   * @throws EngineError for what is wrong, Stopped where it was given up
   */
  ask<K extends TaskName>(task: K, ask: Tasks[K]['ask'], progress?: (value: ProgressOf<K>) => void): Promise<Tasks[K]['answer']> {
    const worker = this.start();
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, {
        task,
        resolve: resolve as (answer: unknown) => void,
        reject,
        progress: progress as Waiting['progress'],
      });
      worker.postMessage({ id, task, ask } satisfies Call);
    });
  }

  /** Whether something was asked that is not answered. */
  get isBusy(): boolean {
    return this.waiting.size > 0;
  }

  /** Ends what it is at. */
  stop(): void {
    if (this.isBusy) this.end(new Stopped());
  }

  private end(reason: Error): void {
    this.worker?.terminate();
    this.worker = undefined;
    const given = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of given) reject(reason);
  }

  private heard(reply: Reply): void {
    const waiting = this.waiting.get(reply.id);
    if (!waiting) return;
    if ('progress' in reply) {
      waiting.progress?.(reply.progress as never);
      return;
    }
    this.waiting.delete(reply.id);
    if ('error' in reply) waiting.reject(new EngineError(reply.error));
    else waiting.resolve(reply.answer);
  }
}
