import { LIMITS } from '../../../language/limits.ts';
import type { Block } from '../../layout.ts';
import type { Share } from './shares.ts';

/** A program whose statements threads share: what each makes an instance of. */
export interface SharedProgram {
  readonly module: object;
  readonly memory: Block;
  readonly shares: readonly Share[];
  readonly threads: number;
  /** How far behind those of another the panels of one thread lie. */
  readonly stride: number;
  /** Bytes of its memory. */
  readonly length: number;
}

/** Threads of Node: pages have none, and run one. */
function node() {
  const builtin = typeof process === 'undefined' ? undefined : process.getBuiltinModule;
  return builtin && { threads: builtin('node:worker_threads'), system: builtin('node:os') };
}

type Threads = NonNullable<ReturnType<typeof node>>['threads'];

/** More are not taken unless they are asked for: the machine has other work, too. */
const MOST = 8;

/** How many threads a program may have here: a worker is one of several already. */
export function threadsHere(wanted: number | undefined): number {
  if (wanted === 1) return 1;
  const found = node();
  if (!found?.threads.isMainThread || !mayWait()) return 1;
  return wanted ?? Math.min(MOST, found.system.availableParallelism());
}

/** A page may not, whatever else it has. */
function mayWait(): boolean {
  try {
    return Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1, 0) === 'not-equal';
  } catch {
    return false;
  }
}

/** Operations that are worth starting threads for, since so many take longer than a thread needs to begin; and an instance in each. */
const MANY = { threads: 1e9, instance: 1e8 };

/** Programs that the threads know, and bytes of their memory, beside the last one. */
const PROGRAMS = 8;
const BYTES = 2 ** 28;

/** Looks at a number before one sleeps: some thirty microseconds. */
const LOOKS = 4000;

/** Of the numbers that are shared: how many portions are left, whether who waits for them sleeps, and those of each thread. */
const [LEFT, WAITING, OWN] = [0, 1, 16];
/** Calls in all, tasks and messages among them; whether it sleeps; the program and the statement of its task. */
const [CALLS, TASKS, NEWS, ASLEEP, PROGRAM, TASK] = [0, 1, 2, 3, 4, 5];
/** On lines of the cache that no other thread has. */
const APART = 16;

/** What a thread does: waits at hand, then sleeps, until it is called; then it hears what it is told, and does its portion. */
const TEXT = `const { parentPort, workerData, receiveMessageOnPort } = require('node:worker_threads');
const { numbers, own, thread } = workerData;
const programs = new Map();
// What is forgotten goes at once: a thread that allocates nothing would keep its memory for ever.
require('node:v8').setFlagsFromString('--expose-gc');
const collect = require('node:vm').runInNewContext('gc');
const told = () => {
  let forgotten = false;
  for (let got = receiveMessageOnPort(parentPort); got; got = receiveMessageOnPort(parentPort)) {
    const { id, module, memory, ready, stride, threads, portions } = got.message;
    if (!module) { forgotten = programs.delete(id) || forgotten; continue; }
    try {
      const none = () => { throw new Error('a portion calls nothing'); };
      const imports = { e: { memory } };
      for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) if (kind === 'function') imports[from][name] = none;
      const { exports } = new WebAssembly.Instance(module, imports);
      exports.stand(thread * stride);
      const own = portions.map((count, task) => {
        const list = [];
        for (let k = thread; k < count; k += threads) list.push(exports['share_' + task + '_' + k]);
        return list;
      });
      programs.set(id, own);
      Atomics.store(ready, thread, 1);
    } catch {}
  }
  if (forgotten) collect();
};
let [seen, heard, done] = [0, 0, 0];
for (;;) {
  for (let k = 0; k < ${LOOKS} && Atomics.load(numbers, own + ${CALLS}) === seen; k++);
  if (Atomics.load(numbers, own + ${CALLS}) === seen) {
    Atomics.store(numbers, own + ${ASLEEP}, 1);
    while (Atomics.load(numbers, own + ${CALLS}) === seen) Atomics.wait(numbers, own + ${CALLS}, seen);
    Atomics.store(numbers, own + ${ASLEEP}, 0);
  }
  seen = Atomics.load(numbers, own + ${CALLS});
  const [news, tasks] = [Atomics.load(numbers, own + ${NEWS}), Atomics.load(numbers, own + ${TASKS})];
  if (news !== heard) { heard = news; told(); }
  if (tasks === done) continue;
  done = tasks;
  for (const portion of programs.get(numbers[own + ${PROGRAM}])[numbers[own + ${TASK}]]) portion();
  if (Atomics.sub(numbers, ${LEFT}, 1) === 1 && Atomics.load(numbers, ${WAITING}) === 1) Atomics.notify(numbers, ${LEFT});
}`;

/** The threads of the process, which begin when there is enough for them to do, and end with it. */
class Crew {
  private readonly begin: Threads['Worker'];
  private readonly numbers = new Int32Array(new SharedArrayBuffer(4 * (OWN + APART * LIMITS.threads)));
  private readonly workers: { postMessage(message: unknown): void }[] = [];
  /** What they know, those first that were used longest ago. */
  private readonly known = new Map<Member, number>();
  private last = 0;
  private broken = false;
  /** Portions that they did. */
  done = 0;

  constructor(threads: Threads) {
    this.begin = threads.Worker;
  }

  /** Has them make instances of a program. */
  know(member: Member): void {
    const id = this.last++;
    member.ready = new Int32Array(new SharedArrayBuffer(4 * LIMITS.threads));
    this.gather(member.program.threads - 1);
    this.tell(introduced(member, id));
    this.known.set(member, id);
    member.id = id;
    let bytes = [...this.known.keys()].reduce((sum, { program }) => sum + program.length, 0);
    for (const [old, number] of this.known) {
      if (old === member || (this.known.size <= PROGRAMS && bytes <= BYTES)) break;
      bytes -= old.program.length;
      this.known.delete(old);
      old.forget();
      this.tell({ id: number });
    }
  }

  /** The portions of a statement, in turn by the threads that have an instance; those of the others here. */
  share({ program, ready, id }: Member, task: number, portion: (number: number) => void): void {
    const { numbers } = this;
    const helping: number[] = [];
    const own: number[] = [0];
    for (let thread = 1; thread < program.threads; thread++) (Atomics.load(ready, thread) === 1 ? helping : own).push(thread);
    this.done += helping.length;
    Atomics.store(numbers, LEFT, helping.length);
    for (const thread of helping) {
      const at = this.of(thread);
      numbers[at + PROGRAM] = id!;
      numbers[at + TASK] = task;
      this.call(at, TASKS);
    }
    for (const thread of own) for (let k = thread; k < program.shares[task]!.portions; k += program.threads) portion(k);
    for (let k = 0; k < LOOKS && Atomics.load(numbers, LEFT) > 0; k++);
    if (Atomics.load(numbers, LEFT) === 0) return;
    Atomics.store(numbers, WAITING, 1);
    for (let left = Atomics.load(numbers, LEFT); left > 0; left = Atomics.load(numbers, LEFT)) Atomics.wait(numbers, LEFT, left);
    Atomics.store(numbers, WAITING, 0);
  }

  private of(thread: number): number {
    return OWN + APART * thread;
  }

  private call(at: number, why: number): void {
    const { numbers } = this;
    Atomics.add(numbers, at + why, 1);
    Atomics.add(numbers, at + CALLS, 1);
    if (Atomics.load(numbers, at + ASLEEP) === 1) Atomics.notify(numbers, at + CALLS);
  }

  private tell(message: object): void {
    this.workers.forEach((worker, k) => {
      worker.postMessage(message);
      this.call(this.of(k + 1), NEWS);
    });
  }

  /** Where a policy has none, the work is done without them. */
  private gather(count: number): void {
    if (this.workers.length >= count || this.broken) return;
    try {
      for (let thread = this.workers.length + 1; thread <= count; thread++) {
        const workerData = { numbers: this.numbers, own: this.of(thread), thread };
        const worker = new this.begin(TEXT, { eval: true, workerData, execArgv: [] });
        worker.unref();
        worker.on('error', () => {
          this.broken = true;
        });
        this.workers.push(worker);
      }
    } catch {
      this.broken = true;
    }
  }
}

/** What a thread needs of a program to make an instance. */
const introduced = ({ program: { module, memory, stride, threads, shares }, ready }: Member, id: number) => {
  return { id, module, memory, ready, stride, threads, portions: shares.map(({ portions }) => portions) };
};

let crew: Crew | undefined;
/** Operations that were done without it. */
let alone = 0;

/** How many portions were done by other threads than this one. */
export const doneElsewhere = (): number => crew?.done ?? 0;

const NOBODY = new Int32Array(LIMITS.threads);

/** A program on its way to being shared: until it has done much, it does all itself. */
export class Member {
  readonly program: SharedProgram;
  /** Which threads have an instance of it, once they were told. */
  ready: Int32Array = NOBODY;
  id: number | undefined;
  private done = 0;

  constructor(program: SharedProgram) {
    this.program = program;
  }

  share(task: number, portion: (number: number) => void): void {
    const { shares, threads } = this.program;
    const { operations, portions } = shares[task]!;
    if (this.id === undefined && threads > 1) {
      this.done += operations;
      alone += operations;
      if (alone >= MANY.threads && this.done >= MANY.instance) {
        crew ??= new Crew(node()!.threads);
        crew.know(this);
      }
    }
    if (this.id === undefined) for (let k = 0; k < portions; k++) portion(k);
    else crew!.share(this, task, portion);
  }

  /** The threads do not know it any more. */
  forget(): void {
    this.id = undefined;
    this.done = 0;
    this.ready = NOBODY;
  }
}
