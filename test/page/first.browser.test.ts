import { describe, expect, test } from 'vitest';
import { browsing, overflow, PHONE, settled, stumbles, WIDE } from './support.ts';

const site = browsing();

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

test('under its own policy it complains of nothing either', async () => {
  const { page, context, complaints } = await site.open();
  await settled(page);
  expect(complaints).toEqual([]);
  await context.close();
});
