import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Builds the page once before its tests. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'page'], { cwd: fileURLToPath(new URL('../../', import.meta.url)), stdio: 'inherit' });
}
