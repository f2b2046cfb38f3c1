import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { GradusError } from '../language/diagnostics.ts';
import { addressOf } from '../session/address.ts';
import { type Session, STATUS } from './io.ts';
import { LONGEST_ADDRESS, openInBrowser } from './page/browser.ts';
import { type Serving, serve } from './page/server.ts';
import { readSource, reasonOf } from './source.ts';

interface PageArguments {
  readonly port?: number;
  readonly open: boolean;
}

/** Where the page is served if nothing else is: at one address a browser keeps what was chosen. */
const PORT = 7340;

/** `gradus page`: serves the page to this machine until it is interrupted, and opens the browser with a model. */
export async function run(session: Session, argument: string | undefined, { port, open }: PageArguments): Promise<number> {
  const folder = fileURLToPath(new URL('../../dist/page', import.meta.url));
  if (!existsSync(`${folder}/index.html`))
    throw new GradusError('unsupported', 'the page is not built', { hint: 'npm run page' });
  const hash = argument === undefined ? '' : await addressOf((await readSource(argument, session)).text);
  if (hash.length > LONGEST_ADDRESS)
    throw new GradusError('limit', `the model is too long for an address: ${hash.length} characters of ${LONGEST_ADDRESS}`, {
      hint: 'open the page without it, and drop the file there',
    });
  const serving = await begun(folder, port);
  const url = `${serving.url}${hash}`;
  session.line(url);
  if (open && !(await openInBrowser(url))) session.note('no browser was found to open it');
  await interrupted(session);
  await serving.close();
  return STATUS.done;
}

/** On a port that was asked for, or else on the usual one, or else on one that is free. */
async function begun(folder: string, port: number | undefined): Promise<Serving> {
  try {
    return await serve(folder, port ?? PORT);
  } catch (error) {
    if (port === undefined) return serve(folder);
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    throw new GradusError('usage', taken ? `port ${port} is taken` : `port ${port} cannot be used: ${reasonOf(error)}`, {
      hint: 'without --port a free one is found',
    });
  }
}

function interrupted({ io }: Session): Promise<void> {
  const signal = io.interruptible?.();
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
