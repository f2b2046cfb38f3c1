import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const npm = (script: string): void => {
  execFileSync('npm', ['run', '--silent', script], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: 'inherit',
  });
};

/** Builds the package once before the tests, for those that run it as it is installed. */
export function setup(): void {
  npm('build:code');
  // What the command line serves; the tests of the page itself build it anew.
  if (!existsSync(`${root}dist/page/index.html`)) npm('page');
}
