import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, setPriority, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { grouped } from '../support/grouped.ts';
import { type Answer, MARK, type Orders } from './orders.ts';
import { type Drawn, mutated, probed } from './sites.ts';

/** Runs of the tests in processes of their own: one that says what each test reaches, then one for each mutant. */

const root = resolve('.');
const CONFIG = resolve('test/mutation/vitest.mutation.config.ts');
const VITEST = resolve('node_modules/vitest/vitest.mjs');

export interface Known {
  readonly file: string;
  readonly name: string;
  readonly ms: number;
}

/** What is known of the tests as the source stands: those that pass, and who reaches what. */
export interface Reach {
  readonly tests: readonly Known[];
  readonly failed: readonly string[];
  /** By the number of a mutant, the numbers of the tests. */
  readonly direct: readonly (readonly number[])[];
  /** Reached while something was loaded: any test may depend on it. */
  readonly loaded: readonly number[];
}

export async function reach(sample: readonly Drawn[], parts: readonly string[], workers: number): Promise<Reach> {
  const byFile = grouped(
    sample.map(({ file, probe }, id) => ({ file, probe, id })),
    (m) => m.file,
  );
  const sources = Object.fromEntries([...byFile].map(([file, own]) => [file, probed(readFileSync(file, 'utf8'), own)]));
  const tests: Known[] = [];
  const failed: string[] = [];
  const direct: number[][] = sample.map(() => []);
  const loaded = new Set<number>();
  await run({ root, sources, workers }, parts, QUIET, (a) => {
    if (a.kind === 'file') for (const id of a.reached) loaded.add(id);
    if (a.kind === 'file' && a.broken) failed.push(`${a.file}: ${a.broken}`);
    if (a.kind !== 'test') return true;
    const { file, name, ms } = a;
    if (!a.passed) failed.push(`${file}: ${name}`);
    else {
      for (const id of a.reached) direct[id]!.push(tests.length);
      tests.push({ file, name, ms });
    }
    return true;
  });
  return { tests, failed, direct, loaded: [...loaded] };
}

/** A process that says nothing for so long hangs. */
const QUIET = 300_000;

export interface Fate {
  readonly mutant: Drawn;
  readonly fate: 'killed' | 'timed out' | 'survived' | 'not reached';
  /** The first test that failed. */
  readonly by?: string | undefined;
  /** How many tests ran, of how many that may see it. */
  readonly ran: number;
  readonly of: number;
  readonly seconds: number;
}

/** Tests that may see a mutant, the quickest first, as many as take `limit` seconds on the source as it stands. */
export function chosen({ tests, direct, loaded }: Reach, id: number, limit: number): { tests: Known[]; of: number } {
  const quick = (a: Known, b: Known) => a.ms - b.ms;
  const own = direct[id]!.map((k) => tests[k]!).sort(quick);
  const seen = new Set(own);
  const others = loaded.includes(id) ? tests.filter((t) => !seen.has(t)).sort(quick) : [];
  const taken: Known[] = [];
  let left = limit * 1000;
  for (const list of [own, others]) {
    for (const test of list) {
      if (test.ms > left) break;
      left -= test.ms;
      taken.push(test);
    }
  }
  return { tests: taken, of: own.length + others.length };
}

export async function fateOf(mutant: Drawn, id: number, reached: Reach, limit: number): Promise<Fate> {
  const { tests, of } = chosen(reached, id, limit);
  const began = performance.now();
  const told = (fate: Fate['fate'], ran: number, by?: string): Fate => {
    return { mutant, fate, by, ran, of, seconds: (performance.now() - began) / 1000 };
  };
  if (tests.length === 0) return told('not reached', 0);
  const files = [...grouped(tests, (t) => t.file)].map(([file, list]) => {
    // Files of the same name first: they are about what was changed.
    const near = likeness(file, mutant.file);
    return { file, names: list.map((t) => t.name), near, ms: list.reduce((sum, t) => sum + t.ms, 0) };
  });
  files.sort((a, b) => b.near - a.near || a.ms - b.ms);
  const sources = { [mutant.file]: mutated(readFileSync(mutant.file, 'utf8'), mutant) };
  const longest = Math.max(...tests.map((t) => t.ms));
  let ran = 0;
  let by: string | undefined;
  const orders = { root, sources, workers: 1, tests: files.map((f) => [f.file, f.names] as const) };
  const ended = await run(orders, [], 60_000 + 5 * longest, (a) => {
    if (a.kind === 'test') {
      ran++;
      if (!a.passed) by = `${a.file}: ${a.name}`;
    } else if (a.kind === 'file') {
      if (a.broken) by = `${a.file}: ${a.broken.split('\n')[0]}`;
    } else if (a.failed) by ??= 'an error outside the tests';
    return by === undefined;
  });
  if (ended === 'quiet') return told('timed out', ran);
  if (ended === 'broken') by ??= 'the end of the process';
  return told(by ? 'killed' : 'survived', ran, by);
}

/** How many words the paths of two files share: `simplify`, `facts`. */
const likeness = (test: string, source: string): number => {
  const words = new Set(source.split(/[/.-]/));
  return test.split(/[/.-]/).filter((w) => words.has(w) && w !== 'ts').length;
};

type Ending = 'ended' | 'stopped' | 'quiet' | 'broken';

/** Runs until the end, or until `next` says no, or until nothing was heard for `quiet` milliseconds. */
async function run(orders: Orders, parts: readonly string[], quiet: number, next: (a: Answer) => boolean): Promise<Ending> {
  const folder = mkdtempSync(join(tmpdir(), 'mutation-'));
  const file = join(folder, 'orders.json');
  writeFileSync(file, JSON.stringify(orders));
  // What the tests around this run were told is not for those of this one.
  const kept = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_ENV$|NODE_OPTIONS$)/.test(name));
  const child = spawn(process.execPath, [VITEST, 'run', '--config', CONFIG, ...parts], {
    cwd: root,
    env: { ...Object.fromEntries(kept), ORDERS: file },
    stdio: ['ignore', 'pipe', 'ignore'],
    // A group of its own, so that its workers end with it.
    detached: true,
  });
  // Tests beside this one measure time.
  setPriority(child.pid!, constants.priority.PRIORITY_LOW);
  const kill = () => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch {
      // It has ended.
    }
  };
  process.on('exit', kill);
  let ending: Ending | undefined;
  const stop = (how: Ending) => {
    ending = how;
    kill();
  };
  let timer = setTimeout(stop, quiet, 'quiet');
  for await (const line of createInterface({ input: child.stdout })) {
    if (ending || !line.startsWith(MARK)) continue;
    clearTimeout(timer);
    timer = setTimeout(stop, quiet, 'quiet');
    const answer: Answer = JSON.parse(line.slice(MARK.length));
    if (!next(answer)) stop('stopped');
    else if (answer.kind === 'end') ending = 'ended';
  }
  clearTimeout(timer);
  kill();
  process.off('exit', kill);
  rmSync(folder, { recursive: true, force: true });
  return ending ?? 'broken';
}
