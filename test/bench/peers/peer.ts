import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Milliseconds of calls; of the first one, where it was. */
export interface Timed {
  readonly first?: number;
  readonly times: readonly number[];
}

interface Asked {
  readonly library: string;
  readonly case: string;
  readonly sizes: Readonly<Record<string, number>>;
  readonly precision: string;
  readonly times: number;
}

/** The process that runs `peers.py`; it keeps what it has compiled. */
export class Peer {
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;

  constructor(python: string, script: string) {
    this.process = spawn(python, [script]);
    this.process.stderr.resume();
    this.lines = createInterface(this.process.stdout)[Symbol.asyncIterator]();
  }

  /** @returns why not, where it could not */
  async run(asked: Asked): Promise<Timed | string> {
    this.process.stdin.write(`${JSON.stringify(asked)}\n`);
    const { value, done } = await this.lines.next();
    if (done) return 'it ended';
    const answer = JSON.parse(value) as { first: number | null; times: number[]; error?: string };
    if (answer.error !== undefined) return answer.error;
    return { times: answer.times, ...(answer.first !== null && { first: answer.first }) };
  }

  stop(): void {
    this.process.kill();
  }
}

/** A program in C, as its user would compile it, run once. */
export function inC(file: string): number[] {
  const program = join(mkdtempSync(join(tmpdir(), 'bench-')), 'program');
  execFileSync('cc', ['-O3', '-march=native', '-ffast-math', '-o', program, file, '-lm']);
  return execFileSync(program, { encoding: 'utf8' }).trim().split('\n').map(Number);
}

/** What the figures belong to. */
export const machine = (): string => `${cpus()[0]!.model.trim()}, ${cpus().length} cores, Node ${process.versions.node}`;
