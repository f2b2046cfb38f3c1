import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Serves the files of a folder to this machine's browsers, and nothing else. */

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/** Fonts and pictures are compressed already. */
const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.json', '.svg', '.wasm', '.txt']);

/** What the build calls by its content never changes. */
const BY_CONTENT = /^assets\/.*-[\w-]{8}\.\w+$/;

/** The best that does not keep the first visit waiting. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const compressions = {
  br: (bytes: Buffer): Promise<Buffer> => promisify(brotliCompress)(bytes, BROTLI),
  gzip: promisify(gzip) as (bytes: Buffer) => Promise<Buffer>,
} as const;
type Encoding = keyof typeof compressions;

/** A file as it was read, and as it is sent. */
interface Kept {
  readonly modified: number;
  readonly bytes: Buffer;
  readonly tag: string;
  readonly policy: string | undefined;
  readonly encoded: Map<Encoding, Promise<Buffer>>;
}

export interface Serving {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * @param folder every file below it can be read
 * @param port 0 for one that is free
 * @throws what the system says where it does not give the port
 */
export async function serve(folder: string, port = 0): Promise<Serving> {
  const kept = new Map<string, Kept>();
  const server = createServer((request, response) => {
    respond(folder, kept, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', resolve);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  folder: string,
  kept: Map<string, Kept>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method, url = '/', headers } = request;
  if (method !== 'GET' && method !== 'HEAD') return refused(response, 405, { allow: 'GET, HEAD' });
  const path = pathOf(url);
  const file = path === undefined ? undefined : await fileAt(folder, path, kept);
  if (path === undefined || !file) return refused(response, 404);
  const type = extname(path);
  const encoding = COMPRESSIBLE.has(type) ? encodingOf(headers['accept-encoding']) : undefined;
  const head = {
    'content-type': TYPES[type] ?? 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': BY_CONTENT.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: file.tag,
    // Of the document alone: the worker's script has no document, and training generates code in it.
    ...(file.policy && { 'content-security-policy': `${file.policy}; frame-ancestors 'self'` }),
    ...(COMPRESSIBLE.has(type) && { vary: 'accept-encoding' }),
  };
  if (headers['if-none-match']?.split(/, */).includes(file.tag)) {
    response.writeHead(304, head).end();
    return;
  }
  const body = encoding ? await encoded(file, encoding) : file.bytes;
  response.writeHead(200, { ...head, 'content-length': body.length, ...(encoding && { 'content-encoding': encoding }) });
  response.end(method === 'HEAD' ? undefined : body);
}

function refused(response: ServerResponse, status: number, head: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': TYPES['.txt'], 'content-length': 0, ...head }).end();
}

/** The file that an address means, from the folder on; undefined for one outside of it. */
function pathOf(url: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(url.replace(/[?#].*$/, ''));
  } catch {
    return undefined;
  }
  if (!path.startsWith('/') || path.includes('\0') || path.includes('\\')) return undefined;
  const parts = path.slice(1).split('/');
  if (parts.some((part) => part.startsWith('.'))) return undefined;
  return path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1);
}

async function fileAt(folder: string, path: string, kept: Map<string, Kept>): Promise<Kept | undefined> {
  const name = normalize(join(folder, path));
  if (!name.startsWith(normalize(folder + sep))) return undefined;
  try {
    const found = await stat(name);
    if (!found.isFile()) return undefined;
    const known = kept.get(path);
    if (known?.modified === found.mtimeMs) return known;
    const bytes = await readFile(name);
    const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
    const policy = extname(path) === '.html' ? policyIn(bytes.toString('utf8')) : undefined;
    const file: Kept = { modified: found.mtimeMs, bytes, tag, policy, encoded: new Map() };
    kept.set(path, file);
    return file;
  } catch {
    return undefined;
  }
}

/** The policy that a document states for itself; as a header it holds from its first byte on. */
const policyIn = (html: string): string | undefined =>
  /<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html)?.[1];

const encodingOf = (accepted: string | string[] | undefined): Encoding | undefined =>
  (Object.keys(compressions) as Encoding[]).find((name) =>
    new RegExp(`(^|[ ,])${name}(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))\\s*([,;]|$)`).test(String(accepted ?? '')),
  );

function encoded(file: Kept, encoding: Encoding): Promise<Buffer> {
  let made = file.encoded.get(encoding);
  if (!made) {
    made = compressions[encoding](file.bytes);
    file.encoded.set(encoding, made);
  }
  return made;
}
