import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browsing, settled, textIn } from './support.ts';

/** What is typed over a selection, as long as it may be. */

const site = browsing();
const EDITOR = '.editor:not(.line) .cm-content';
const NUMBERS = Array.from({ length: 600 }, (_, k) => Math.sin(k).toFixed(3)).join(', ');
const LONG = `data x : [n] = [${NUMBERS}]\nparam w = 0\nminimize C = mean((w - x).^2)`;

/** The editor with a text that was inserted, all of it selected. */
async function selected(source: string) {
  const opened = await site.open();
  const { page } = opened;
  await settled(page);
  await page.locator(EDITOR).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(source);
  // It is coloured as far as it is seen.
  await expect.poll(() => page.locator('.tok-number').count()).toBeGreaterThan(0);
  await page.keyboard.press('ControlOrMeta+a');
  return opened;
}

/** Milliseconds until the page hears again. */
async function taken(page: Page, work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  await page.evaluate('1');
  return performance.now() - begun;
}

/** The browser itself took 15 s and more. */
const SOON = 4000;

describe('over a long line', () => {
  test.each([
    ['a letter', (page: Page) => page.keyboard.press('x'), 'x'],
    ['a text that is inserted', (page: Page) => page.keyboard.insertText('x^2*y'), 'x^2*y'],
  ])('%s stands at once, and undo gives the line back', async (_, work, after) => {
    const { page, context, complaints } = await selected(LONG);
    expect(await taken(page, () => work(page))).toBeLessThan(SOON);
    expect(await textIn(page, EDITOR)).toBe(after);
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => textIn(page, EDITOR)).toContain('0.841, 0.909');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('what a method of input composes', async () => {
    const { page, context } = await selected(`x = ${NUMBERS}`);
    const session = await context.newCDPSession(page);
    const compose = (letters: string) =>
      session.send('Input.imeSetComposition', { text: letters, selectionStart: letters.length, selectionEnd: letters.length });
    expect(await taken(page, () => compose('n'))).toBeLessThan(SOON);
    await compose('ni');
    await session.send('Input.insertText', { text: '你' });
    await expect.poll(() => textIn(page, EDITOR)).toBe('你');
    await context.close();
  });
});

test('what a key means over a selection it means as before', async () => {
  const { page, context } = await selected('x + 1');
  await page.keyboard.type('(');
  expect(await textIn(page, EDITOR)).toBe('(x + 1)');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('\\sigma');
  await expect.poll(() => textIn(page, EDITOR)).toBe('σ');
  const claim = page.locator('.claim .cm-content');
  await claim.click();
  await page.keyboard.type('x*y');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('2');
  expect(await claim.textContent()).toBe('2');
  await context.close();
});
