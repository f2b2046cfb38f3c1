import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds the package once before the tests, for those that run it as it is installed. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build:code'], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    stdio: 'inherit',
  });
}
