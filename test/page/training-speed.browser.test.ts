import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cost, epochsField, ready, SPIRAL, typed, XOR } from './runs.ts';
import { BUILT, browsing, settled } from './support.ts';

const site = browsing();

const POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'";
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

let strict: Server;
beforeAll(async () => {
  strict = createServer((request, response) => {
    const path = new URL(request.url!, 'http://local').pathname;
    readFile(join(BUILT, path === '/' ? 'index.html' : path)).then(
      (bytes) => {
        const type = TYPES[extname(path)] ?? (path === '/' ? 'text/html' : 'application/octet-stream');
        response.writeHead(200, {
          'content-type': type,
          ...(type === 'text/javascript' && { 'content-security-policy': POLICY }),
        });
        response.end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => {
    strict.listen(0, 'localhost', done);
  });
});
afterAll(() => {
  strict.close();
});

describe.each([false, true])('how quick it is, where code may not be generated: %s', (isStrict) => {
  async function begun(source: string, layers: readonly string[], data?: string) {
    const context = await site
      .browser()
      .newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.goto(isStrict ? `http://localhost:${(strict.address() as AddressInfo).port}/` : site.url());
    await settled(page);
    await typed(page, source);
    if (data) await page.locator('.given .line select').selectOption(data);
    await ready(page, layers);
    return { page, context };
  }

  /** Runs so many epochs: how long that took, and what the main thread was busy with. */
  async function timed(page: Page, count: number) {
    await epochsField(page).fill(String(count));
    await epochsField(page).blur();
    const session = await page.context().newCDPSession(page);
    // Time of the thread itself: the machine may have other things to do.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const busy = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return 1000 * metrics.find(({ name }) => name === 'TaskDuration')!.value;
    };
    // How much of a core there is for one thread: the others' work is not ours.
    const idle = await busy();
    const share = Math.min(
      1,
      (await page
        .evaluate<number>('(() => { const t = performance.now(); while (performance.now() - t < 300); return 0; })()')
        .then(busy)) /
        300 -
        idle / 300,
    );
    const before = await busy();
    const found = await page.evaluate<{ milliseconds: number; frames: number }>(`(async () => {
      const main = document.querySelector('.controls .main');
      const whole = { characterData: true, subtree: true, childList: true };
      let frames = 0;
      const watch = new MutationObserver(() => frames++);
      watch.observe(document.querySelector('.state .epoch b'), whole);
      const begin = performance.now();
      main.click();
      await new Promise((done) => setTimeout(done, 0));
      await new Promise((done) => {
        const look = new MutationObserver(() => {
          if (main.textContent.includes('Pause')) return;
          look.disconnect();
          done();
        });
        look.observe(main, whole);
      });
      watch.disconnect();
      return { milliseconds: performance.now() - begin, frames };
    })()`);
    return { ...found, share, each: ((await busy()) - before) / Math.max(1, found.frames) };
  }

  test('XOR’s 5,000 epochs are drawn live in under two seconds', async () => {
    const { page, context } = await begun(XOR, ['A1']);
    const { milliseconds, frames, each } = await timed(page, 5000);
    expect(milliseconds).toBeLessThan(2000);
    expect(frames).toBeGreaterThan(5);
    // What a frame costs leaves no gap of 33 ms.
    expect(each).toBeLessThan(33);
    expect(await cost(page)).toBeLessThan(0.001);
    await context.close();
  });

  test('a spiral of 300 points through 2-8-8-1', async () => {
    const { page, context } = await begun(SPIRAL, ['A1', 'A2'], 'spiral');
    await page.getByLabel('Optimizer').selectOption('adam');
    await ready(page, ['A1', 'A2']);
    const count = isStrict ? 400 : 1000;
    const times: number[] = [];
    for (let k = 0; k < 3; k++) {
      const { milliseconds, share } = await timed(page, count);
      times.push(milliseconds * share);
      await page.getByLabel('Start again').click();
      await ready(page, ['A1', 'A2']);
    }
    expect(Math.min(...times)).toBeLessThan(1000);
    await context.close();
  });
});
