/**
 * Keeps the page for when there is no network. A build's files are kept together, under its version: the new build's are
 * fetched beside the old one's, and these stay until nothing shows them any more, so that no view is made of two builds.
 */

/** What the build puts here: the files of the page with what their content must be, and the version that they make. */
declare const FILES: Readonly<Record<string, string>>;
declare const VERSION: string;

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}

const OURS = 'gradus-';
const KEPT = `${OURS}${VERSION}`;
/** A network that takes longer to answer is no network. */
const PATIENCE = 3000;

const urlOf = (file: string): string => new URL(file, self.location.href).href;
const byUrl = new Map(Object.entries(FILES).map(([file, integrity]) => [urlOf(file), integrity]));

/** A file that is not as it was built (another build came meanwhile) is refused by the browser: all is tried again later. */
async function keep(): Promise<void> {
  const cache = await caches.open(KEPT);
  const has = new Set((await cache.keys()).map(({ url }) => url));
  await Promise.all(
    [...byUrl].map(async ([url, integrity]) => {
      if (has.has(url)) return;
      const isByContent = url.includes('/assets/');
      const response = await fetch(url, { integrity, cache: isByContent ? 'default' : 'no-cache' });
      if (!response.ok) throw new Error(`${response.status} ${url}`);
      await cache.put(url, response);
    }),
  );
}

async function forget(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== KEPT).map((name) => caches.delete(name)));
}

/** The view that was there before the first worker loads what it still needs from here too. */
const claim = (): Promise<void> => (self as unknown as { readonly clients: { claim(): Promise<void> } }).clients.claim();

const kept = async (url: string): Promise<Response | undefined> => (await caches.open(KEPT)).match(url);

/** A document is the newest that there is: what it asks for is called by its content. */
async function documentFor(request: Request): Promise<Response> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(request, { signal: stop.signal });
    if (response.ok) return response;
    return (await kept(documentUrl(request.url))) ?? response;
  } catch (error) {
    const known = await kept(documentUrl(request.url));
    if (known) return known;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function documentUrl(address: string): string {
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname.endsWith('/') ? `${pathname}index.html` : pathname}`;
}

async function fileFor(request: Request): Promise<Response> {
  return (await kept(request.url)) ?? fetch(request);
}

addEventListener('install', (event) => (event as Lasting).waitUntil(keep()));
addEventListener('activate', (event) => (event as Lasting).waitUntil(forget().then(claim)));
addEventListener('fetch', (event) => {
  const { request, respondWith } = event as Fetching;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') respondWith.call(event, documentFor(request));
  else if (byUrl.has(request.url)) respondWith.call(event, fileFor(request));
});
