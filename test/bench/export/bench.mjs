// npm run bench:export: steps of exported programs against the same by hand, in JAX and in C.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const main = fileURLToPath(new URL('../../../dist/app/main.js', import.meta.url));
const steps = process.argv[2] ?? '200';
const python =
  process.env.GRADUS_PYTHON ||
  execFileSync(join(here, '../../export/venv.sh'), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();

const folder = mkdtempSync(join(tmpdir(), 'gradus-bench-'));
try {
  for (const file of readdirSync(here).filter((name) => name.endsWith('.grad'))) {
    for (const precision of ['f64', 'f32']) {
      const output = join(folder, file.replace('.grad', ''), precision);
      mkdirSync(output, { recursive: true });
      const options = ['export', join(here, file), '--to', 'jax', '--precision', precision, '-o', output];
      execFileSync(process.execPath, [main, ...options], { stdio: ['ignore', 'ignore', 'inherit'] });
    }
  }
  execFileSync(python, [join(here, 'measure.py'), folder, steps], { stdio: ['ignore', 'inherit', 'inherit'] });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
