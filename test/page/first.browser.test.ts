import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { browsing, overflow, PHONE, settled, stumbles, WIDE } from './support.ts';

const site = browsing();

const packed = (text: string): string => deflateRawSync(text).toString('base64url');

const views = (['en', 'zh'] as const).flatMap((lang) =>
  (['light', 'dark'] as const).flatMap((theme) => [WIDE, PHONE].map((size) => ({ lang, theme, ...size }))),
);

describe.each(views)('the first view: $lang, $theme, $width pixels', (view) => {
  test('derives, complains of nothing, fits, and can be read by other means', async () => {
    const { page, context, complaints } = await site.open({ ...view, open: true });
    await settled(page);
    expect(await page.title()).toContain('gradus');
    expect(await page.locator('html').getAttribute('lang')).toMatch(new RegExp(`^${view.lang}`));
    expect(await page.locator('.rows.back .formula').first().textContent()).toContain('Y');
    expect(await overflow(page)).toBe(0);
    expect(await stumbles(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

test('on paper it is light, whatever the screen is', async () => {
  const { page, context } = await site.open({ theme: 'dark' });
  await settled(page);
  const colours = (): Promise<readonly string[]> =>
    page.evaluate<readonly string[]>(
      "[document.body, document.querySelector('.rows .formula')].map((e, k) => getComputedStyle(e)[k === 0 ? 'backgroundColor' : 'color'])",
    );
  const light = ([r = 0, g = 0, b = 0]: readonly number[]): number => (r + g + b) / 765;
  const seen = async (): Promise<number[]> => (await colours()).map((text) => light(text.match(/[\d.]+/g)!.map(Number)));
  expect((await seen())[0]).toBeLessThan(0.3);
  await page.emulateMedia({ media: 'print' });
  const [ground, ink] = (await seen()) as [number, number];
  expect(ground).toBe(1);
  expect(ink).toBeLessThan(0.3);
  await context.close();
});

test('a graph of a layer is seen as a whole on a phone, and in its own size on request', async () => {
  const { page, context } = await site.open({ ...PHONE, at: `#m=${packed(readFileSync('examples/xor-hidden.grad', 'utf8'))}` });
  await settled(page);
  await page.locator('nav.tabs button').nth(2).click();
  const hidden = (): Promise<number> =>
    page
      .locator('.sight')
      .evaluate((sight: { scrollWidth: number; clientWidth: number }) => sight.scrollWidth - sight.clientWidth);
  expect(await hidden()).toBe(0);
  await page.getByRole('button', { name: 'In its own size' }).click();
  expect(await hidden()).toBeGreaterThan(100);
  await context.close();
});

test('under its own policy it complains of nothing either', async () => {
  const { page, context, complaints } = await site.open();
  await settled(page);
  expect(complaints).toEqual([]);
  await context.close();
});
