import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

const executable = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Headless Chromium that reaches for nothing outside. */
export async function openBrowser(): Promise<{ context: BrowserContext; close: () => Promise<void> }> {
  if (!existsSync(executable)) {
    throw new Error(
      `there is no Chromium at ${executable}: install it (apt-get install chromium), or set CHROMIUM to where it is`,
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'gradus-chromium-'));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: executable,
    headless: true,
    viewport: { width: 1100, height: 900 },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const close = async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { context, close };
}

/** Opens everything that is folded. */
export const OPEN_ALL = 'document.querySelectorAll("details").forEach((d) => { d.open = true; })';

/** The number of the summary that has the focus, and whether one sees that it has. */
const FOCUSED = `(() => {
  const e = document.activeElement;
  return { index: [...document.querySelectorAll('summary')].indexOf(e), outlined: getComputedStyle(e).outlineStyle !== 'none' };
})()`;

/** The summaries that the keyboard does not reach, or does not show that it has reached, by pressing Tab from the top. */
export async function unreached(page: Page): Promise<number[]> {
  const left = new Set((await page.locator('summary').all()).keys());
  const presses = left.size + (await page.locator('a').count()) + 60;
  for (let k = 0; k < presses && left.size > 0; k++) {
    await page.keyboard.press('Tab');
    const { index, outlined } = await page.evaluate<{ index: number; outlined: boolean }>(FOCUSED);
    if (outlined) left.delete(index);
  }
  return [...left];
}

/** Text whose contrast with what is behind it is below 4.5 to 1 (WCAG 2, 1.4.3), with its ratio. */
export const faintText = (page: Page): Promise<string[]> => page.evaluate<string[]>(FAINT);

const FAINT = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (color) => {
    const [r, g, b] = rgba(color).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const box = element.closest('g.node')?.querySelector('rect');
    if (box) return getComputedStyle(box).fill;
    for (let e = element; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if (rgba(color)[3] > 0) return color;
    }
    return 'white';
  };
  const faint = new Set();
  let seen = 0;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const element = text.parentElement;
    if (text.data.trim() === '' || element.closest('.katex-mathml, title, desc')) continue;
    const style = getComputedStyle(element);
    const front = element.closest('svg text') ? style.fill : style.color;
    const [a, b] = [luminance(front), luminance(behind(element))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    seen++;
    if (ratio < 4.5) faint.add(ratio.toFixed(2) + ' ' + text.data.trim().slice(0, 40));
  }
  if (seen === 0) faint.add('no text was found');
  return [...faint];
})()`;

/** How many milliseconds the page took from its address to its last pixel's data. */
export const loadTime = (page: Page): Promise<number> =>
  page.evaluate<number>('performance.getEntriesByType("navigation")[0].loadEventEnd');
