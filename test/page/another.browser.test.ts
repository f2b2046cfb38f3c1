import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { cost, epoch, epochsField, LINE, ran, ready, run, typed, XOR } from './runs.ts';
import { browsing, settled } from './support.ts';
import { until } from './until.ts';

/** One model after another: what was of the one before. */

const site = browsing();

async function opened() {
  const found = await site.open();
  await settled(found.page);
  await ready(found.page);
  return found;
}

async function example(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Examples' }).click();
  await page.locator('dialog .card', { hasText: name }).first().click();
}

const SLOW = 'param W : [1000, 1000] ~ xavier\nminimize C = sum((W*W).^2)\n';

test('while a run is set up for long, nothing of the one before is shown, and that is said', async () => {
  const { page, context, complaints } = await opened();
  await typed(page, SLOW);
  await page.locator('.train .preparing').waitFor();
  expect(await page.locator('.train .state, .train .pictures, .train .parameters').count()).toBe(0);
  expect(await run(page).isDisabled()).toBe(true);
  expect(await page.locator('.train').textContent()).not.toContain('suggested');
  // Another model ends that.
  await typed(page, LINE);
  await ready(page);
  expect(await page.locator('.train .preparing').count()).toBe(0);
  expect(await run(page).isDisabled()).toBe(false);
  expect(complaints).toEqual([]);
  await context.close();
});

describe('an example that is opened', () => {
  test('is met with what is usual: rate, epochs, optimizer, options, claim', async () => {
    const { page, context } = await opened();
    await page.locator('#rate').press('End');
    await epochsField(page).fill('7');
    await epochsField(page).press('Tab');
    await page.locator('.more summary').click();
    await page.getByLabel('Hold fixed').fill('W');
    await page.getByLabel('Hold fixed').press('Tab');
    await page.locator('.claim .cm-content').click();
    await page.keyboard.type('dZ*X');
    await example(page, /points/);
    await until(page, `document.querySelector('.state .cost')?.textContent.startsWith('e ')`);
    await ready(page);
    await expect.poll(() => page.locator('output[for=rate]').textContent()).toBe('0.4');
    expect(await epochsField(page).inputValue()).toBe('1000');
    expect(await page.getByLabel('Hold fixed').inputValue()).toBe('');
    expect(await page.locator('.claim .cm-content').textContent()).not.toContain('dZ');
    await run(page).click();
    await ran(page, 1000);
    expect(await cost(page)).toBeLessThan(1);
    await context.close();
  });

  test('learns from its own data, whatever was dropped, and whatever a field holds that cannot be', async () => {
    const { page, context } = await opened();
    await page.locator('.given select').first().selectOption('file');
    await page
      .locator('.table-map input[type=file]')
      .setInputFiles({ name: 'bad.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,x\n2,y\n') });
    await page.locator('.train .bad').first().waitFor();
    await epochsField(page).fill('-3');
    await epochsField(page).press('Tab');
    await page.locator('.train .refused').waitFor();
    await example(page, /XOR/);
    await expect.poll(() => page.locator('.given select').first().inputValue()).toBe('own');
    await ready(page);
    expect(await page.locator('.train .bad, .train .refused').count()).toBe(0);
    expect(await run(page).isDisabled()).toBe(false);
    await context.close();
  });

  test('but an edit keeps what was chosen', async () => {
    const { page, context } = await opened();
    await epochsField(page).fill('70');
    await epochsField(page).press('Tab');
    await typed(page, XOR);
    await ready(page, ['A1']);
    expect(await epochsField(page).inputValue()).toBe('70');
    await context.close();
  });
});

test('a comment or a space that is typed leaves a run going, and what it has come to', async () => {
  const { page, context, complaints } = await opened();
  await epochsField(page).fill('2000000');
  await epochsField(page).press('Tab');
  await run(page).click();
  await until(page, "Number(document.querySelector('.state .epoch b')?.textContent) > 1000");
  await page.locator('.editor .cm-content').first().click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('# what it comes to');
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.type('# OR');
  const before = await epoch(page);
  expect(before).toBeGreaterThan(1000);
  await page.waitForTimeout(800);
  expect(await epoch(page)).toBeGreaterThanOrEqual(before);
  await ran(page, 2_000_000);
  const numbers = await page.locator('.picture .numbers').allTextContents();
  // What was learned is the model's, and so are the numbers beside it.
  await page.keyboard.press('End');
  await page.keyboard.type(', again');
  await page.waitForTimeout(800);
  expect(await epoch(page)).toBe(2_000_000);
  expect(await page.locator('.picture .numbers').allTextContents()).toEqual(numbers);
  await page.getByRole('button', { name: 'Share' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Parameters (JSON)' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('Cost.json');
  const stream = await download.createReadStream();
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  expect(Object.keys(JSON.parse(Buffer.concat(pieces).toString()).params)).toEqual(['W', 'b']);
  expect(complaints).toEqual([]);
  await context.close();
}, 180_000);
