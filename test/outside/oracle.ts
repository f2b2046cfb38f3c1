import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A second evaluator, in Python with mpmath and SymPy, which reads the language's text on its own. */

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const ENVIRONMENT = here('../../node_modules/.cache/outside');
const REQUIREMENTS = here('requirements.txt');
const own = `${ENVIRONMENT}/bin/python`;

const packages = readFileSync(REQUIREMENTS, 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('=='));

/** Has this Python the packages, in the versions that are asked for? */
function suits(python: string): boolean {
  const asked = packages.map(([name, version]) => `__import__('${name}').__version__ == '${version}'`).join(' and ');
  try {
    return (
      execFileSync(python, ['-c', `print(${asked})`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }) === 'True\n'
    );
  } catch {
    return false;
  }
}

/**
 * A Python with the packages: the one of `GRADUS_PYTHON`, the machine's, or one of our own, which is made if need be.
 * @throws Error with the commands to type where none can be had
 */
export function findPython(): string {
  for (const python of [process.env.GRADUS_PYTHON, existsSync(own) ? own : undefined, 'python3']) {
    if (python && suits(python)) return python;
  }
  const commands = [`python3 -m venv ${ENVIRONMENT}`, `${own} -m pip install -r ${REQUIREMENTS}`];
  try {
    for (const command of commands) execFileSync('sh', ['-c', command], { stdio: 'ignore' });
  } catch {
    // What follows says it.
  }
  if (suits(own)) return own;
  throw new Error(`the second evaluator needs Python 3 with mpmath and SymPy:\n  ${commands.join('\n  ')}`);
}

/** equal, unequal, misfit (its shapes fit nowhere), nowhere (no point where both have values), data (equal for the given data only), not read, not done in time, or a fault. */
export type Verdict = 'equal' | 'unequal' | 'misfit' | 'nowhere' | 'data' | 'unreadable' | 'late' | 'crash';

export interface Judged {
  readonly unreadable?: string;
  /** The derivative against differences of the source: right, wrong, unknown. */
  readonly derivative: readonly [verdict: string, why: string];
  readonly verdicts: readonly (readonly [verdict: Verdict, why: string])[];
}

interface Answers {
  readonly check: { readonly failures: readonly string[] };
  readonly rewrite: { readonly texts: readonly (readonly [way: string, text: string])[] };
  readonly judge: Judged;
  /** How the two differ at a point that was given; '' if they do not. */
  readonly at: { readonly differs: string };
}

/** Asks questions of a process of its own; they are answered one after the other. */
export class Oracle {
  private readonly waiting = new Map<number, { resolve: (answer: object) => void; reject: (reason: Error) => void }>();
  private readonly process;
  private asked = 0;
  private said = '';

  constructor(python: string) {
    this.process = spawn(python, ['-u', here('python/main.py')], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.process.stderr.on('data', (text) => {
      this.said += text;
    });
    this.process.on('exit', () => {
      for (const { reject } of this.waiting.values()) reject(new Error(`the second evaluator ended: ${this.said}`));
    });
    createInterface({ input: this.process.stdout }).on('line', (line) => {
      const answer = JSON.parse(line);
      this.waiting.get(answer.id)?.resolve(answer);
      this.waiting.delete(answer.id);
    });
  }

  ask<K extends keyof Answers>(what: K, question: object = {}): Promise<Answers[K]> {
    const id = ++this.asked;
    return new Promise<object>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.process.stdin.write(`${JSON.stringify({ ...question, do: what, id })}\n`);
    }) as Promise<Answers[K]>;
  }

  end(): void {
    this.process.stdin.end();
  }
}
