import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browsing, PHONE, settled, stumbles } from './support.ts';

const site = browsing();

const open = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /^(Examples|示例)$/ }).click();
  await page.locator('dialog.gallery .card').first().waitFor();
};

const focused = (page: Page): Promise<string> => page.evaluate<string>('document.activeElement.textContent');

describe('the gallery', () => {
  test('every model of it is derived without a fault', async () => {
    const { page, complaints, context } = await site.open();
    await settled(page);
    await open(page);
    const cards = page.locator('dialog.gallery .card');
    const count = await cards.count();
    expect(count).toBeGreaterThanOrEqual(25);
    for (let k = 0; k < count; k++) {
      if (k > 0) await open(page);
      const title = await cards.nth(k).locator('strong').textContent();
      await cards.nth(k).click();
      await page.locator('dialog').waitFor({ state: 'detached' });
      await page.waitForTimeout(80);
      await page.locator('.derivation:not(.stale)').waitFor({ timeout: 30_000 });
      expect(await page.locator('.verdict .bad').count(), title!).toBe(0);
      expect(await page.locator('.derivation').count(), title!).toBe(1);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('goes by keyboard: arrows, Enter, Escape, and back in the history', async () => {
    const { page, context } = await site.open();
    await settled(page);
    await page.getByRole('button', { name: 'Examples' }).focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog.gallery .card').first().waitFor();
    await expect.poll(() => focused(page)).toContain('One example of the OR gate');
    await page.keyboard.press('ArrowRight');
    expect(await focused(page)).toContain('The OR gate');
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toContain('XOR from equal weights');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowLeft');
    expect(await focused(page)).toContain('One example of the OR gate');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe('Examples');
    expect(await page.locator('.editor').first().textContent()).toContain('Cost');
    await page.keyboard.press('Enter');
    await page.locator('dialog.gallery .card').first().waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('.editor').first().textContent()).toContain('logdet');
    await expect.poll(() => page.evaluate<string>('location.hash')).toMatch(/^#m=/);
    await page.goBack();
    await expect.poll(() => page.locator('.editor').first().textContent()).toContain('σ(Z)');
    await context.close();
  });

  test('a file is opened from it, and one that is none is told', async () => {
    const { page, complaints, context } = await site.open();
    await settled(page);
    await open(page);
    const input = page.locator('dialog input[type=file]');
    await input.setInputFiles({ name: 'noise.grad', mimeType: 'text/plain', buffer: Buffer.from([0xff, 0xfe, 0x80]) });
    await expect.poll(() => page.locator('dialog [role=alert]').textContent()).toContain('noise.grad is no model');
    await input.setInputFiles({ name: 'own.grad', mimeType: 'text/plain', buffer: Buffer.from('param w = 2\nminimize w^4\n') });
    await page.locator('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => page.locator('.editor').first().textContent()).toContain('w^4');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a file that is dropped takes the place of the model', async () => {
    const { page, context } = await site.open();
    await settled(page);
    await page.evaluate(`(() => {
      const files = new DataTransfer();
      files.items.add(new File(['x^9'], 'dropped.grad'));
      document.querySelector('.editor .cm-content').dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: files }));
    })()`);
    await expect.poll(() => page.evaluate<string>('location.hash')).toBe('#model=x^9');
    await page.goBack();
    await expect.poll(() => page.locator('.editor').first().textContent()).toContain('σ(Z)');
    await context.close();
  });

  test.each([
    ['en', 1440],
    ['zh', PHONE.width],
  ] as const)('in %s at %s pixels no one stumbles over it', async (lang, width) => {
    const { page, context } = await site.open({ lang, width, open: true });
    await settled(page);
    await open(page);
    expect(await stumbles(page)).toEqual([]);
    const { scrollWidth, clientWidth } = await page
      .locator('dialog.gallery')
      .evaluate((dialog: { scrollWidth: number; clientWidth: number }) => ({
        scrollWidth: dialog.scrollWidth,
        clientWidth: dialog.clientWidth,
      }));
    expect(scrollWidth).toBe(clientWidth);
    await context.close();
  });
});
