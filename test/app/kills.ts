import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { random } from '../../src/numeric/random.ts';

const main = fileURLToPath(new URL('../../dist/app/main.js', import.meta.url));

const MODEL = `data X : [2, m] = [${[0, 1].map((row) => `[${Array.from({ length: 60 }, (_, k) => Math.sin(k * (row + 2.3)).toFixed(3))}]`)}]
Y[i=1:1, k=1:m] = X[1, k]*X[2, k]
param W1 : [5, 2] ~ xavier, b1 : [5] = 0, W2 : [1, 5] ~ xavier, b2 = 0
A = tanh(W1*X + b1)
minimize Cost = mean((W2*A + b2 - Y).^2)`;

const RUN = ['train', MODEL, '--optimizer', 'adam', '--batch', '9', '--shuffle', '--epochs', '2500', '--quiet', '--json'];

interface Ended {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function ran(argv: readonly string[], killedAfter?: number): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...argv], { stdio: 'pipe' });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const timer = killedAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killedAfter);
  return new Promise((resolve) =>
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve({ status, out, err });
    }),
  );
}

export interface Killed {
  /** What the run prints that nobody kills. */
  readonly whole: string;
  /** What runs print that were killed at random instants, and resumed until they came to their end; each with its kills. */
  readonly ends: readonly { readonly out: string; readonly kills: number; readonly err: string }[];
}

/** Runs, killed as often as told in all, each resumed from its checkpoint until it ends. */
export async function kills(count: number, seed: number): Promise<Killed> {
  const draw = random(seed);
  const folder = mkdtempSync(join(tmpdir(), 'gradus-kills-'));
  try {
    const { out: whole } = await ran(RUN);
    const ends: { out: string; kills: number; err: string }[] = [];
    for (let done = 0, run = 0; done < count; run++) {
      const file = join(folder, `${run}.json`);
      const kept = ['--checkpoint', file, '--checkpoint-every', '40'];
      for (let own = 0; ; own++) {
        const resumed = existsSync(file) ? ['--resume', file] : [];
        const mayKill = done < count;
        const { status, out, err } = await ran([...RUN, ...kept, ...resumed], mayKill ? draw.uniform(150, 800) : undefined);
        if (status !== null) {
          ends.push({ out, kills: own, err });
          break;
        }
        done++;
      }
    }
    return { whole, ends };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
