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

/** What the page leaves to the keyboard: what folds, what leads elsewhere, what scrolls sideways. */
const SCROLLERS = `[...document.querySelectorAll('body *')].filter((e) =>
  e.scrollWidth > e.clientWidth && e.clientWidth > 0 && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))`;
const STOPS = `[...document.querySelectorAll('summary, a[href]'), ...${SCROLLERS}]`;

/** What has the focus, and whether one sees that it has. */
const FOCUSED = `(() => {
  const e = document.activeElement;
  return { index: ${STOPS}.indexOf(e), outlined: getComputedStyle(e).outlineStyle !== 'none' };
})()`;

/** What of these the keyboard does not reach, or does not show that it has reached, by pressing Tab from the top. */
export async function unreached(page: Page): Promise<string[]> {
  const stops = await page.evaluate<string[]>(`${STOPS}.map((e) => e.tagName + ' ' + e.textContent.slice(0, 60))`);
  const left = new Set(stops.keys());
  for (let k = 0; k < stops.length + 60 && left.size > 0; k++) {
    await page.keyboard.press('Tab');
    const { index, outlined } = await page.evaluate<{ index: number; outlined: boolean }>(FOCUSED);
    if (outlined) left.delete(index);
  }
  return [...left].map((k) => stops[k]!);
}

/** By how many pixels the page is wider than its window. */
export const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** Formulas, cells, sentences and pictures that stick out of the window though nothing around them scrolls. */
export const CUT_OFF = `[...document.querySelectorAll('.katex-html, math, th, td, p, li, h1, h2, h3, summary, figcaption, code, svg')]
  .filter((e) => !e.closest('.katex-mathml') || getComputedStyle(e.closest('.katex-mathml')).position !== 'absolute')
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
  .filter((e) => {
    for (let p = e; p; p = p.parentElement) {
      const { overflowX, display } = getComputedStyle(p);
      if (display !== 'inline' && ['auto', 'scroll'].includes(overflowX)) return false;
    }
    return true;
  })
  .map((e) => e.tagName + ' ' + e.textContent.slice(0, 60))`;

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
    const [r, g, b] = color.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const over = (color, opacity, below) => {
    const [r, g, b, a] = rgba(color);
    const share = (a / 255) * opacity;
    return [r, g, b].map((c, k) => share * c + (1 - share) * below[k]);
  };
  const behind = (e) => {
    if (!e) return [255, 255, 255];
    const box = e.matches('g.node') && e.querySelector('rect');
    if (box) return over(getComputedStyle(box).fill, 1, behind(e.parentElement));
    const color = getComputedStyle(e).backgroundColor;
    return rgba(color)[3] === 255 ? rgba(color).slice(0, 3) : over(color, 1, behind(e.parentElement));
  };
  const opacity = (e) => (e ? Number(getComputedStyle(e).opacity) * opacity(e.parentElement) : 1);
  const faint = new Set();
  let seen = 0;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walk.nextNode(); text; text = walk.nextNode()) {
    const element = text.parentElement;
    if (text.data.trim() === '' || element.closest('.katex-mathml, title, desc')) continue;
    const style = getComputedStyle(element);
    const front = element.closest('svg text') ? style.fill : style.color;
    const back = behind(element);
    const [a, b] = [luminance(over(front, opacity(element), back)), luminance(back)].sort((x, y) => y - x);
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
