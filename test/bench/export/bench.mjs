// npm run bench:export [-- STEPS]: steps of exported programs against the same models by hand, in JAX and in C.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../../', import.meta.url));
const steps = process.argv[2] ?? '200';
const python =
  process.env.GRADUS_PYTHON ||
  execFileSync(join(root, 'test/export/venv.sh'), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();

/** What the exported step takes at most, as a multiple of the one by hand. */
const MOST = { jax: 1.1, c: 1.2 };

function exported(model, ...options) {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'dist/app/main.js'), 'export', model, ...options]);
  if (status !== 0) throw new Error(String(stderr));
}

const told = (name, own, other, most) => {
  const ratio = own / other;
  const verdict = ratio <= most ? '' : `   more than ${most}`;
  console.log(
    `${name.padEnd(18)} ${own.toFixed(3).padStart(9)} ms ${other.toFixed(3).padStart(9)} ms ${ratio.toFixed(2)}${verdict}`,
  );
};

const median = (list) => list.toSorted((a, b) => a - b)[list.length >> 1];

/** Training for 5000 epochs in C: runs take turns, of each the best of many. */
function inC(folder) {
  exported(join(root, 'examples/xor-hidden.grad'), '--to', 'c', '-o', folder);
  const flags = ['-O3', '-march=native', '-ffast-math', `-I${folder}`];
  const programs = ['xor-exported', 'xor-by-hand'].map((name) => {
    const program = join(folder, name);
    execFileSync('cc', [...flags, '-o', program, join(here, `${name}.c`), '-lm']);
    return program;
  });
  const times = programs.map(() => []);
  for (let round = 0; round < 9; round++) {
    programs.forEach((program, k) => {
      times[k].push(Number(execFileSync(program, { encoding: 'utf8' }).split(' ')[0]));
    });
  }
  told('xor, C', ...times.map(median), MOST.c);
}

function inJax(folder) {
  for (const file of readdirSync(here).filter((name) => name.endsWith('.grad'))) {
    for (const precision of ['f64', 'f32']) {
      const output = join(folder, file.replace('.grad', ''), precision);
      exported(join(here, file), '--to', 'jax', '--precision', precision, '-o', output);
    }
  }
  const lines = execFileSync(python, [join(here, 'measure.py'), folder, steps], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for (const line of lines.trim().split('\n')) {
    const { name, precision, own, other } = JSON.parse(line);
    told(`${name}, ${precision}`, own, other, MOST.jax);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'gradus-bench-'));
try {
  console.log('                       exported      by hand ratio');
  inC(folder);
  inJax(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
