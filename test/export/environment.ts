import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ENVIRONMENT = join(tmpdir(), 'gradus-export-python');

/** A Python with what exported programs need: GRADUS_PYTHON, or an environment that is made here. */
export function python(): string {
  const given = process.env.GRADUS_PYTHON;
  if (given) return given;
  const made = join(ENVIRONMENT, 'bin', 'python');
  if (!existsSync(made)) {
    execFileSync('python3', ['-m', 'venv', ENVIRONMENT]);
    execFileSync(made, ['-m', 'pip', 'install', '--quiet', 'numpy', 'scipy', 'jax']);
    execFileSync(made, ['-m', 'pip', 'install', '--quiet', 'torch', '--index-url', 'https://download.pytorch.org/whl/cpu']);
  }
  return made;
}
