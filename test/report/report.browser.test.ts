import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { derive } from '../../src/api/derive.ts';
import { katexFiles } from '../../src/app/katex-files.ts';
import { derivationReport } from '../../src/report/index.ts';
import { faintText, loadTime, OPEN_ALL, openBrowser, unreached } from './browser.ts';
import { examples, reportOf } from './examples.ts';

let context: BrowserContext;
let close: () => Promise<void>;
/** Where the pages and their pictures are, to be looked at: REPORT_SHOTS, or a new folder. */
const folder = process.env.REPORT_SHOTS ?? mkdtempSync(join(tmpdir(), 'gradus-reports-'));

beforeAll(async () => {
  ({ context, close } = await openBrowser());
});
afterAll(() => close?.());

const expression = { name: 'expression', source: 'x^2*sin(3x)' };
const pages: [string, () => Promise<string>][] = [
  [expression.name, () => derivationReport(derive(expression.source, 'x'), { source: expression.source, katex: katexFiles })],
  ...examples.map((e): [string, () => Promise<string>] => [e.name, () => reportOf(e)]),
];

/** The machine may be busy with other tests: the best of a few openings is the page's own. */
const OPENINGS = 4;

describe.each(pages)('the report of %s in Chromium', (name, make) => {
  let page: Page;
  let url = '';
  const said: string[] = [];

  beforeAll(async () => {
    const file = join(folder, `${name}.html`);
    writeFileSync(file, await make());
    url = pathToFileURL(file).href;
    page = await context.newPage();
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) said.push(`asked for ${request.url()}`);
    });
    await page.goto(url);
  });
  afterAll(() => page?.close());

  test('opens in under a second', async () => {
    const times: number[] = [];
    for (let k = 0; k < OPENINGS && Math.min(...times) >= 1000; k++) {
      await page.goto(url);
      times.push(await loadTime(page));
    }
    expect(Math.min(...times)).toBeLessThan(1000);
  });

  test('has formulas set by KaTeX, in its fonts', async () => {
    expect(await page.locator('.katex').count()).toBeGreaterThan(3);
    expect(await page.evaluate('[...document.fonts].every((font) => font.status !== "error")')).toBe(true);
    expect(await page.evaluate('document.fonts.check("16px KaTeX_Math")')).toBe(true);
  });

  test('is no wider than its window, on a telephone too', async () => {
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(overflow)).toBe(0);
    await page.setViewportSize({ width: 380, height: 800 });
    expect(await page.evaluate(overflow)).toBe(0);
    await page.setViewportSize({ width: 1100, height: 900 });
  });

  test('folds and unfolds by the keyboard, which reaches every step', async () => {
    const step = page.locator('details').first();
    const open = async () => (await step.getAttribute('open')) !== null;
    const before = await open();
    await step.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await open()).toBe(!before);
    await page.evaluate(OPEN_ALL);
    await page.evaluate('document.activeElement.blur()');
    expect(await unreached(page)).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('is readable in %s: contrast of at least 4.5 to 1', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(OPEN_ALL);
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), fullPage: true });
    expect(await faintText(page)).toEqual([]);
  });

  test('says nothing on the console, and asks for nothing', () => {
    expect(said).toEqual([]);
  });
});
