import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { AxeResults } from 'axe-core';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type Serving, serve } from '../../src/app/page/server.ts';

/** The page as it is built, served, and a browser to look at it. */

export const BUILT = fileURLToPath(new URL('../../dist/page', import.meta.url));

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const launch = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ARGS });

export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

export interface View {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  readonly lang?: 'en' | 'zh';
  /** What follows the address: `#m=…`, or another document. */
  readonly at?: string;
  readonly motion?: 'reduce' | 'no-preference';
  /** Whether scripts may be put into the page, which its own policy forbids. */
  readonly open?: boolean;
  readonly context?: BrowserContextOptions;
}

/** A page that is looked at, and everything it had to complain of. */
export interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console messages, errors, failed requests, requests that leave the server. */
  readonly complaints: string[];
}

interface Fixture {
  readonly url: () => string;
  readonly browser: () => Browser;
  open(view?: View): Promise<Opened>;
}

/** A server and a browser for the tests of a file; what they opened is closed with them. */
export function browsing(folder = BUILT): Fixture {
  let serving: Serving;
  let browser: Browser;
  beforeAll(async () => {
    [serving, browser] = await Promise.all([serve(folder), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await serving?.close();
  });
  return {
    url: () => serving.url,
    browser: () => browser,
    open: async ({
      width = 1440,
      height = 900,
      theme = 'light',
      lang = 'en',
      at = '',
      motion = 'reduce',
      open,
      context: more,
    } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
        reducedMotion: motion,
        ...(open && { bypassCSP: true }),
        ...more,
      });
      const page = await context.newPage();
      const complaints = heard(page, serving.url);
      await page.goto(`${serving.url}${at}`);
      return { page, context, complaints };
    },
  };
}

function heard(page: Page, own: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => {
    const what = request.failure()?.errorText;
    // Who leaves a page, or ends a worker, ends what was on its way.
    if (what !== 'net::ERR_ABORTED') complaints.push(`${what} ${request.url()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(own) && !request.url().startsWith('data:')) complaints.push(`leaves: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  return complaints;
}

/** The derivation and its numbers are there, the editor, and what there is to train. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('.rows .formula', { state: 'attached' });
  await page.waitForSelector('.cm-content', { state: 'attached' });
  await page.waitForSelector('.graph .numbers', { state: 'attached' });
  await page.waitForSelector('.train .controls, .train .hint:not(.preparing)', { state: 'attached' });
}

/** By how many pixels the page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');

const axe = (): string => readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a reader with other means would stumble over: serious and critical findings, where they are. */
export async function stumbles(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe() });
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`));
}

/** The text of an editor, without what is shown beside it. */
export const textIn = (page: Page, editor = '.editor .cm-content'): Promise<string> =>
  page.evaluate<string>(`(() => {
    const copy = document.querySelector(${JSON.stringify(editor)}).cloneNode(true);
    for (const widget of copy.querySelectorAll('.cm-shapes')) widget.remove();
    return [...copy.querySelectorAll('.cm-line')].map((line) => line.textContent).join('\\n');
  })()`);
