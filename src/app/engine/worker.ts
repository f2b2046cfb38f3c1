import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** What a process says: an object, and the bytes behind it. */
export interface Message {
  readonly head: Readonly<Record<string, unknown>>;
  readonly data: Buffer;
}

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started at all. */
  readonly error?: Error;
}

const WORDS: readonly (keyof Words)[] = ['missing', 'error', 'unlike'];

/** Why a process cannot go on. */
export interface Words {
  /** A module that it needs. */
  readonly missing?: string;
  readonly error?: string;
  /** The process that has something else than the first, and what that is. */
  readonly unlike?: { readonly process: number; readonly what: 'model' | 'data' | 'options' };
}

/**
 * One Python of a run. It is in a process group of its own, so that Ctrl-C reaches us alone, and ends when its standard
 * input does, so that it never outlives us. What libraries print goes into a file.
 */
export class Worker {
  readonly number: number;
  readonly log: string;
  readonly ended: Promise<Ended>;
  /** When it begins to look for the others. */
  readonly joining: Promise<void>;
  private joins = () => {};
  /** The last stage that it told of. */
  stage = 'starting';
  /** What it says of why it cannot go on. */
  words: Words | undefined;
  private readonly child: ChildProcess;
  private waiting: ((message: Message) => void)[] = [];
  private received: Buffer[] = [];
  private length = 0;

  constructor(python: string, folder: string, number: number) {
    this.number = number;
    this.log = join(folder, `process-${number}.log`);
    const log = openSync(this.log, 'w');
    this.child = spawn(python, [join(folder, 'driver.py'), folder, String(number)], {
      stdio: ['pipe', log, log, 'pipe'],
      detached: true,
      env: { ...process.env, PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' },
    });
    closeSync(log);
    this.joining = new Promise((resolve) => {
      this.joins = resolve;
    });
    this.ended = new Promise((resolve) => {
      this.child.on('error', (error) => resolve({ code: null, signal: null, error }));
      // All that it said is read before its end counts.
      this.child.on('close', (code, signal) => resolve({ code, signal }));
    });
    (this.child.stdio[3] as Readable | null)?.on('data', (chunk: Buffer) => this.take(chunk));
    // It may be gone while we write: its end tells.
    this.child.stdin?.on('error', () => {});
  }

  /** The next thing that it says, but for stages. */
  next(): Promise<Message> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  send(head: object, data?: Uint8Array): void {
    const input = this.child.stdin as Writable;
    input.write(`${JSON.stringify({ ...head, bytes: data?.length ?? 0 })}\n`);
    if (data && data.length > 0) input.write(data);
  }

  kill(): void {
    if (this.child.exitCode === null && this.child.signalCode === null) this.child.kill('SIGKILL');
  }

  /** What it wrote that was not for us. */
  get messages(): string {
    try {
      return readFileSync(this.log, 'utf8');
    } catch {
      return '';
    }
  }

  private take(chunk: Buffer): void {
    this.received.push(chunk);
    this.length += chunk.length;
    for (;;) {
      const found = this.message();
      if (!found) return;
      if (typeof found.head.stage === 'string') {
        this.stage = found.head.stage;
        if (this.stage === 'joining') this.joins();
      } else if (WORDS.some((word) => word in found.head)) this.words = found.head;
      else this.waiting.shift()?.(found);
    }
  }

  private message(): Message | undefined {
    const first = this.received[0];
    if (!first) return undefined;
    let at = first.indexOf(10);
    if (at < 0) {
      if (this.received.length === 1) return undefined;
      this.join();
      at = this.received[0]!.indexOf(10);
      if (at < 0) return undefined;
    }
    const head = JSON.parse(this.received[0]!.toString('utf8', 0, at)) as Record<string, unknown>;
    const end = at + 1 + Number(head.bytes ?? 0);
    // Many chunks are joined once, when all are there.
    if (this.length < end) return undefined;
    this.join();
    const [all] = this.received as [Buffer];
    const rest = all.subarray(end);
    this.received = rest.length > 0 ? [rest] : [];
    this.length = rest.length;
    return { head, data: all.subarray(at + 1, end) };
  }

  private join(): void {
    if (this.received.length > 1) this.received = [Buffer.concat(this.received)];
  }
}
