import type { Page } from 'playwright-core';

/** Doing things on the page with the keyboard alone. */

/** Stops on the way that a reader may go through before what is looked for. */
const FARTHEST = 200;

/** What has the focus, as a screen reader would call it: its label, or its text. */
const focused = (page: Page): Promise<string> =>
  page.evaluate<string>(`(() => {
    const at = document.activeElement;
    if (!at || at === document.body) return '';
    const label = at.labels?.[0]?.cloneNode(true);
    for (const part of label?.querySelectorAll('select, input, textarea') ?? []) part.remove();
    const own = at.getAttribute('aria-label') ?? label?.textContent ?? at.textContent ?? '';
    return own.replace(/\\s+/g, ' ').trim();
  })()`);

/**
 * Goes on with Tab until something called so has the focus.
 * @throws Error where no way leads there
 */
export async function reach(page: Page, name: string | RegExp): Promise<void> {
  const fits = (text: string): boolean => (typeof name === 'string' ? text === name : name.test(text));
  const seen: string[] = [];
  for (let k = 0; k < FARTHEST; k++) {
    await page.keyboard.press('Tab');
    const text = await focused(page);
    if (fits(text)) return;
    seen.push(text.slice(0, 40));
  }
  throw new Error(`no Tab leads to ${name}; it went over ${[...new Set(seen)].join(' | ')}`);
}

/** Goes there and presses it. */
export async function press(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
  await reach(page, name);
  await page.keyboard.press(key);
}

/** Goes to a list of choices and takes one by its first letters. */
export async function choose(page: Page, list: string | RegExp, option: string): Promise<void> {
  await reach(page, list);
  await page.keyboard.type(option);
}

/** Into the editor, everything there replaced by a source, and out again. */
export async function write(page: Page, source: string): Promise<void> {
  await reach(page, /^(?:The model, as mathematics|用数学写的模型)/);
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(source);
  await page.keyboard.press('Escape');
}
