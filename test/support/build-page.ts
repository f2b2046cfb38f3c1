import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds the page once before its tests. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'page'], {
    cwd: fileURLToPath(new URL('../../', import.meta.url)),
    // As it is shipped: Vitest says that this is a test.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: 'inherit',
  });
}
