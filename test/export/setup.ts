import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Tests find their Python in GRADUS_PYTHON; where it names none, the one of `venv.sh`. */
export function setup(): void {
  process.env.GRADUS_PYTHON ||= execFileSync(fileURLToPath(new URL('venv.sh', import.meta.url)), {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  }).trim();
}
