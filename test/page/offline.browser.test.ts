import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { BUILT, browsing, settled } from './support.ts';

/** A copy of the page, so that another build can come to lie where it is served. */
const folder = mkdtempSync(join(tmpdir(), 'gradus-offline-'));
cpSync(BUILT, folder, { recursive: true });
const site = browsing(folder);
afterAll(() => rmSync(folder, { recursive: true }));

const SCRIPT = join(folder, 'service-worker.js');
const caches = (page: Page) => page.evaluate<string[]>('caches.keys()');
const isKept = (page: Page) =>
  page.evaluate('navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null)');

async function untilKept(page: Page): Promise<void> {
  await expect.poll(() => isKept(page), { timeout: 30_000 }).toBe(true);
}

/** Another build: another document, called so in the list. */
function build(title: string): void {
  const html = readFileSync(join(folder, 'index.html'), 'utf8').replace(/<title>.*<\/title>/, `<title>${title}</title>`);
  writeFileSync(join(folder, 'index.html'), html);
  const integrity = `sha256-${createHash('sha256').update(html).digest('base64')}`;
  const script = readFileSync(SCRIPT, 'utf8')
    .replace(/^const VERSION = "[^"]*"/, `const VERSION = "${title}"`)
    .replace(/"index\.html":"[^"]*"/, `"index.html":"${integrity}"`);
  writeFileSync(SCRIPT, script);
}

test('the list has every file that was built, and no other', () => {
  const files = JSON.parse(/^const FILES = (.*);$/m.exec(readFileSync(SCRIPT, 'utf8'))![1]!) as Record<string, string>;
  expect(Object.keys(files)).toContain('index.html');
  for (const [name, integrity] of Object.entries(files)) {
    const content = readFileSync(join(folder, name));
    expect({ name, integrity }).toEqual({ name, integrity: `sha256-${createHash('sha256').update(content).digest('base64')}` });
  }
});

test('after the first visit the page works without a network, each part of it', async () => {
  const { page, context, complaints } = await site.open();
  await settled(page);
  await untilKept(page);
  await context.setOffline(true);
  await page.reload();
  await settled(page);
  // What was not loaded at the first visit.
  await page.locator('.claim .cm-content').fill("dZ*X'");
  await page.waitForSelector('.judged.right', { timeout: 20_000 });
  expect(complaints).toEqual([]);
  await context.close();
});

test('a new build takes over whole, once it is all there', async () => {
  const { page, context } = await site.open();
  await settled(page);
  await untilKept(page);
  const before = await caches(page);
  expect(before).toHaveLength(1);

  // Half of a build: the document is not the one of the list.
  const whole = readFileSync(join(folder, 'index.html'));
  build('second');
  writeFileSync(join(folder, 'index.html'), whole);
  await page.evaluate('navigator.serviceWorker.getRegistration().then((r) => r.update()).catch(() => {})');
  await page.waitForTimeout(1500);
  await context.setOffline(true);
  await page.reload();
  await settled(page);
  expect(await page.title()).not.toBe('second');
  await context.setOffline(false);

  // The whole of it.
  build('third');
  await page.reload();
  expect(await page.title()).toBe('third');
  await expect.poll(() => caches(page), { timeout: 20_000 }).toContain('gradus-third');
  // All of it is there when its worker waits for the old one to go.
  const waits = 'navigator.serviceWorker.getRegistration().then((r) => r?.waiting != null)';
  await expect.poll(() => page.evaluate<boolean>(waits), { timeout: 30_000 }).toBe(true);
  // The old one goes with the last view of it.
  await page.goto('about:blank');
  await page.waitForTimeout(500);
  await page.goto(site.url());
  await expect.poll(() => caches(page), { timeout: 20_000 }).toEqual(['gradus-third']);
  await context.setOffline(true);
  await page.reload();
  await settled(page);
  expect(await page.title()).toBe('third');
  await context.close();
}, 180_000);
