import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { derive } from '../../src/api/derive.ts';
import { katexFiles } from '../../src/app/katex-files.ts';
import { derivationReport } from '../../src/report/index.ts';
import { CUT_OFF, faintText, loadTime, OPEN_ALL, OVERFLOW, openBrowser, unreached } from './browser.ts';
import { examples, reportOf } from './examples.ts';

let context: BrowserContext;
let close: () => Promise<void>;
/** Where the pages and their pictures are, to be looked at: REPORT_SHOTS, or a new folder. */
const folder = process.env.REPORT_SHOTS ?? mkdtempSync(join(tmpdir(), 'gradus-reports-'));

beforeAll(async () => {
  ({ context, close } = await openBrowser());
});
afterAll(() => close?.());

/** Sources whose derivations are pages without a run. */
const derived: readonly (readonly [name: string, source: string, wrt?: string])[] = [
  ['scalar', 'x^2*sin(x)', 'x'],
  ['indices', 'data X : [m, n], y : [m]; param w : [n]; r[i] = sum[j](X[i,j]*w[j]) - y[i]; minimize J = sum[i](r[i]^2)/(2*m)'],
  ...['lstm', 'conv-net', 'attention'].map((name) => [name, readFileSync(`examples/models/${name}.grad`, 'utf8')] as const),
];
const withNumbers = (source: string) => (source.includes(' = [[') ? { numbers: {} } : {});

const reports: [string, () => Promise<string>][] = [
  ...examples.map((e): [string, () => Promise<string>] => [e.name, () => reportOf(e)]),
  ...derived.map(([name, source, wrt]): [string, () => Promise<string>] => [
    name,
    () => derivationReport(derive(source, wrt), { source, title: name, katex: katexFiles, ...withNumbers(source) }),
  ]),
];

/** A derivation as a part of somebody's page, with what it brings along. */
const fragments: [string, () => Promise<string>][] = derived.map(([name, source, wrt]) => [
  `${name} within a page`,
  async () =>
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${name}</title><link rel="icon" href="data:,">
<style>:root { color-scheme: light dark; } body { background: Canvas; color: CanvasText; }</style></head>
<body><h1>${name}</h1>${derive(source, wrt).toHtml(withNumbers(source))}</body></html>`,
]);

const LARGEST = 1_500_000;
/** A telephone; and what WCAG 2, 1.4.10 asks for. */
const NARROW = [390, 320];

/** The machine may be busy with other tests: the best of a few openings is the page's own. */
const OPENINGS = 4;

describe.each([...reports, ...fragments])('%s in Chromium', (name, make) => {
  // A fragment has no screen of its own.
  const isReport = reports.some(([report]) => report === name);
  let page: Page;
  let url = '';
  let html = '';
  const said: string[] = [];

  beforeAll(async () => {
    const file = join(folder, `${name}.html`);
    html = await make();
    writeFileSync(file, html);
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

  if (isReport)
    test('has formulas set by KaTeX, in its fonts', async () => {
      expect(await page.locator('.katex').count()).toBeGreaterThan(3);
      expect(await page.evaluate('[...document.fonts].every((font) => font.status !== "error")')).toBe(true);
      expect(await page.evaluate('document.fonts.check("16px KaTeX_Math")')).toBe(true);
    });

  test('is one file of modest size, without a script', () => {
    expect(html.length).toBeLessThan(LARGEST);
    expect(/<script|javascript:|<[^>]* on\w+=/.exec(html.replace(/<style>.*?<\/style>/gs, ''))?.[0]).toBeUndefined();
  });

  test('is no wider than its window, on a telephone too; what is wider scrolls', async () => {
    await page.evaluate(OPEN_ALL);
    expect(await page.evaluate(OVERFLOW)).toBe(0);
    for (const width of NARROW) {
      await page.setViewportSize({ width, height: 800 });
      expect(await page.evaluate(OVERFLOW)).toBe(0);
      expect(await page.evaluate(CUT_OFF)).toEqual([]);
    }
    await page.setViewportSize({ width: 1100, height: 900 });
    expect(await page.evaluate(CUT_OFF)).toEqual([]);
  });

  if (isReport)
    test.each([
      [1280, 800],
      [390, 844],
    ])('has its first step on the first screen, %i by %i', async (width, height) => {
      await page.goto(url);
      await page.setViewportSize({ width, height });
      const top = await page.evaluate<number>('document.querySelector(".steps > li").getBoundingClientRect().top');
      expect(top).toBeLessThan(height - 60);
      await page.setViewportSize({ width: 1100, height: 900 });
    });

  test('folds and unfolds by the keyboard', async () => {
    const step = page.locator('details').first();
    const open = async () => (await step.getAttribute('open')) !== null;
    const before = await open();
    await step.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await open()).toBe(!before);
  });

  test.each([1100, 390])('by the keyboard one reaches all steps, links, and what scrolls, %i pixels wide', async (width) => {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(OPEN_ALL);
    await page.evaluate('document.activeElement.blur()');
    expect(await unreached(page)).toEqual([]);
    await page.setViewportSize({ width: 1100, height: 900 });
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
