import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Serving, serve } from '../../src/app/page/server.ts';
import { addressOf, sourceIn } from '../../src/session/address.ts';
import { gradus } from './harness.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const orGate = readFileSync(`${root}examples/or-gate.grad`, 'utf8');

describe('a model in an address', () => {
  test.each(['x^2', orGate, '', 'σ(W·x + b) − 🙂', `data X = [${Array.from({ length: 3000 }, (_, k) => k / 7).join(', ')}]`])(
    'comes out as it went in: %.20s',
    async (source) => {
      const hash = await addressOf(source);
      expect(hash).toMatch(/^#m=[\w-]+$/);
      expect(await sourceIn(hash)).toBe(source);
      expect(await sourceIn(`${hash}&lang=zh`)).toBe(source);
    },
  );

  test.each(['', '#', '#m=', '#m=!!', '#m=AAAA', '#steps'])('is none in %j', async (hash) => {
    expect(await sourceIn(hash)).toBeUndefined();
  });

  test('does not unfold to more than anyone writes', async () => {
    expect(await sourceIn(await addressOf('x'.repeat(2_000_000)))).toBeUndefined();
  });
});

describe('the server', () => {
  let folder: string;
  let serving: Serving;
  const policy = "default-src 'none'; script-src 'self'";
  const html = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}" /><title>a</title>`;
  const script = 'let x = 1;\n'.repeat(100);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gradus-served-'));
    mkdirSync(join(folder, 'site', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'site', 'index.html'), html);
    writeFileSync(join(folder, 'site', 'assets', 'main-abcdefgh.js'), script);
    writeFileSync(join(folder, 'site', 'assets', 'font.woff2'), 'font');
    writeFileSync(join(folder, 'site', '.hidden'), 'hidden');
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    writeFileSync(join(folder, 'site-secret.txt'), 'secret');
    serving = await serve(join(folder, 'site'));
  });
  afterAll(async () => {
    await serving.close();
    rmSync(folder, { recursive: true });
  });
  const get = (path: string, init: RequestInit = {}) => fetch(new URL(path, serving.url), init);

  test('gives a document its policy, from its first byte on', async () => {
    const response = await get('/');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain(policy);
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toBe(html);
  });

  test('gives a script none: training generates code', async () => {
    const response = await get('/assets/main-abcdefgh.js');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toBeNull();
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(await response.text()).toBe(script);
  });

  test.each([
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip, deflate', 'gzip', gunzipSync],
    ['gzip, br;q=0', 'gzip', gunzipSync],
    ['identity', null, (bytes: Buffer) => bytes],
  ] as const)('compresses for who accepts %s', async (accepted, encoding, plain) => {
    const { request } = await import('node:http');
    const [head, bytes] = await new Promise<[Record<string, unknown>, Buffer]>((resolve, reject) => {
      request(new URL('/assets/main-abcdefgh.js', serving.url), { headers: { 'accept-encoding': accepted } }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => resolve([response.headers, Buffer.concat(pieces)]));
      })
        .on('error', reject)
        .end();
    });
    expect(head['content-encoding'] ?? null).toBe(encoding);
    expect(plain(bytes).toString()).toBe(script);
  });

  test('leaves fonts as they are', async () => {
    const response = await get('/assets/font.woff2');
    expect(response.headers.get('content-type')).toBe('font/woff2');
    expect(response.headers.get('content-encoding')).toBeNull();
  });

  test('answers who has it already in a line', async () => {
    const tag = (await get('/')).headers.get('etag')!;
    expect((await get('/', { headers: { 'if-none-match': tag } })).status).toBe(304);
    expect((await get('/', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  test('gives the head alone', async () => {
    const response = await get('/assets/font.woff2', { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe('4');
    expect(await response.text()).toBe('');
  });

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s', async (method) => {
    expect((await get('/', { method })).status).toBe(405);
  });

  test.each([
    '/nothing.js',
    '/assets',
    '/.hidden',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e-secret.txt',
    '/%00',
    '/%zz',
  ])('has no %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test('listens to this machine alone', () => {
    expect(new URL(serving.url).hostname).toBe('localhost');
  });
});

describe('gradus page', () => {
  const main = `${root}dist/app/main.js`;

  /** Runs it until it has printed its address and, if something opens browsers, opened one. */
  async function begun(argv: readonly string[], opener = true) {
    const folder = mkdtempSync(join(tmpdir(), 'gradus-page-'));
    const seen = join(folder, 'seen');
    for (const name of opener ? ['xdg-open', 'open'] : []) {
      writeFileSync(join(folder, name), `#!/bin/sh\nprintf %s "$1" > '${seen}.new'; mv '${seen}.new' '${seen}'\n`);
      chmodSync(join(folder, name), 0o755);
    }
    const PATH = opener ? `${folder}${delimiter}${process.env.PATH}` : folder;
    const child = spawn(process.execPath, [main, 'page', ...argv], { env: { ...process.env, PATH } });
    let [out, err] = ['', ''];
    child.stderr.on('data', (piece) => {
      err += piece;
    });
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (piece) => {
        out += piece;
        if (out.includes('\n')) resolve();
      });
      child.on('exit', () => resolve());
    });
    const opened = async (): Promise<string | undefined> => {
      for (let k = 0; k < 100 && !existsSync(seen); k++) await new Promise((resolve) => setTimeout(resolve, 20));
      return existsSync(seen) ? readFileSync(seen, 'utf8') : undefined;
    };
    const end = async () => {
      const start = performance.now();
      child.kill('SIGINT');
      const status = await ended;
      rmSync(folder, { recursive: true });
      return { status, took: performance.now() - start };
    };
    return { url: out.trim(), said: () => err, opened, end };
  }

  test('serves the page, opens it with the model, and ends when it is interrupted', async () => {
    const { url, opened, end, said } = await begun([`${root}examples/or-gate.grad`]);
    expect(await opened()).toBe(url);
    expect(await sourceIn(new URL(url).hash)).toBe(orGate);
    const response = await fetch(url);
    expect(response.headers.get('content-security-policy')).toContain("worker-src 'self'");
    expect(await response.text()).toContain('<title>gradus');
    // A browser keeps its connection.
    const { status, took } = await end();
    expect({ status, said: said() }).toEqual({ status: 0, said: '' });
    expect(took).toBeLessThan(1000);
  });

  test('finds another port where the usual one is taken', async () => {
    const first = await begun(['--no-open']);
    const second = await begun(['--no-open', 'x^2']);
    expect(new URL(second.url).port).not.toBe(new URL(first.url).port);
    expect((await fetch(second.url)).status).toBe(200);
    expect(await second.end()).toMatchObject({ status: 0 });
    await first.end();
  });

  test('says so where nothing opens a browser', async () => {
    const { url, said, end } = await begun([], false);
    for (let k = 0; k < 100 && said() === ''; k++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(url).toMatch(/^http:\/\/localhost:\d+\/$/);
    expect(said()).toContain('no browser was found');
    await end();
  });

  test('refuses a port that is taken, if it was asked for', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const { port } = server.address() as { port: number };
    const { status, err } = await gradus(['page', '--no-open', '--port', String(port)]);
    server.close();
    expect(status).toBe(2);
    expect(err).toContain(`port ${port} is taken`);
    expect(err).toContain('without --port');
  });

  test.each(['0', '70000', 'x'])('refuses the port %s', async (port) => {
    const { status, err } = await gradus(['page', '--port', port]);
    expect(status).toBe(2);
    expect(err).toContain('A whole number from 1 to 65535 is expected');
  });

  test('refuses a file that is not there, and a model that no address holds', async () => {
    expect(await gradus(['page', '--no-open', 'nosuch.grad'])).toMatchObject({ status: 1 });
    const long = Array.from({ length: 60_000 }, (_, k) => Math.sin(k)).join(', ');
    const { status, err } = await gradus(['page', '--no-open', '-'], { input: `data x = [${long}]` });
    expect(status).toBe(1);
    expect(err).toContain('too long for an address');
  });
});
