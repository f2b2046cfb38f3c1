import { spawn } from 'node:child_process';

/** What opens an address on a system, the address last. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** The longest argument that systems hand on. */
export const LONGEST_ADDRESS = process.platform === 'win32' ? 30_000 : 120_000;

/** Opens an address in the browser of who sits here; whether something was there to open it. */
export function openInBrowser(url: string): Promise<boolean> {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
