import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { parse } from '../../src/language/parser.ts';
import { browsing, PHONE, settled, stumbles, textIn } from './support.ts';

const site = browsing();

async function write(page: Page, text: string): Promise<void> {
  await page.locator('.editor:not(.line) .cm-content').fill(text);
}

const hash = (page: Page): Promise<string> => page.evaluate<string>('location.hash');

describe('the address', () => {
  test('follows the model, and opens it elsewhere', async () => {
    const { page, context, complaints } = await site.open();
    await settled(page);
    expect(await hash(page)).toBe('');
    await write(page, 'x^2*sin(x)');
    await expect.poll(() => hash(page)).toBe('#model=x^2*sin(x)');
    await write(page, 'param w = 1\nminimize (w − 3)^2');
    await expect.poll(() => hash(page)).toMatch(/^#m=[\w-]+$/);
    const other = await site.open({ at: await hash(page) });
    await other.page.waitForSelector('.cm-content');
    expect(await textIn(other.page)).toBe('param w = 1\nminimize (w − 3)^2');
    expect(other.complaints).toEqual([]);
    await other.context.close();
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('that was cut off is told, and nothing is lost; the next edit is shared again', async () => {
    const { page, context } = await site.open({ at: '#m=S0ksSVRQiFCwUog2' });
    await settled(page);
    expect(await page.locator('.pane.model').textContent()).toContain('could not be read');
    expect(await hash(page)).toBe('#m=S0ksSVRQiFCwUog2');
    await write(page, 'x^3');
    await expect.poll(() => hash(page)).toBe('#model=x^3');
    expect(await page.locator('.pane.model').textContent()).not.toContain('could not be read');
    await context.close();
  });

  test('pasted over another is followed', async () => {
    const { page, context } = await site.open({ at: '#model=x^2' });
    await page.waitForSelector('.cm-content');
    await page.evaluate("location.hash = '#model=x^5'");
    await expect.poll(() => textIn(page)).toBe('x^5');
    await page.goBack();
    await expect.poll(() => textIn(page)).toBe('x^2');
    await context.close();
  });

  test('does not hold what is too long for one, and says so; a shorter one is held again', async () => {
    const { page, context } = await site.open();
    await settled(page);
    const random = Array.from({ length: 40_000 }, (_, k) => ((Math.sin(k) * 1e6) % 1).toFixed(6)).join(', ');
    await write(page, `data x : [n] = [${random}]\nparam w = 1\nminimize sum((w*x).^2)`);
    await expect.poll(() => page.locator('.pane.model').textContent(), { timeout: 20_000 }).toContain('Too long for a link');
    expect(await hash(page)).toBe('');
    await write(page, 'x^2');
    await expect.poll(() => hash(page), { timeout: 20_000 }).toBe('#model=x^2');
    expect(await page.locator('.pane.model').textContent()).not.toContain('Too long for a link');
    await context.close();
  });
});

/** The file that a button of the menu hands out. */
async function file(page: Page, name: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download', { timeout: 60_000 }),
    page.locator('dialog').getByRole('button', { name, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync((await download.path())!) };
}

describe('the menu', () => {
  test('hands out the model, its derivation, its programs and its picture', async () => {
    const { page, context, complaints } = await site.open();
    await settled(page);
    await page.getByRole('button', { name: 'Share' }).click();
    const model = await file(page, '.grad');
    expect(model.name).toBe('Cost.grad');
    expect(elaborate(parse(model.bytes.toString())).objective?.name).toBe('Cost');
    const report = (await file(page, 'HTML report')).bytes.toString();
    expect(report).toContain('<!DOCTYPE html>');
    expect(report).toContain('font/woff2;base64,');
    expect(report).not.toContain('url(fonts/');
    const latex = (await file(page, 'LaTeX')).bytes.toString();
    expect(latex).toMatch(/\\begin\{align\*\}[\s\S]*X\^\{\\top\}[\s\S]*\\end\{align\*\}/);
    // Forward before back.
    expect(latex).toMatch(/A &= \\sigma\(Z\)[\s\S]*\\mathrm\{d\}A &= /);
    expect((await file(page, 'Markdown')).bytes.toString()).toContain('$');
    for (const [label, name, words] of [
      ['NumPy', 'Cost-numpy.py', 'import numpy'],
      ['PyTorch', 'Cost-torch.py', 'import torch'],
      ['JAX', 'Cost-jax.py', 'import jax'],
      ['JavaScript', 'Cost-js.js', 'export '],
    ] as const) {
      const program = await file(page, label);
      expect(program.name).toBe(name);
      expect(program.bytes.toString()).toContain(words);
    }
    const archive = await file(page, 'C');
    expect(archive.name).toBe('Cost-c.zip');
    expect(archive.bytes.subarray(0, 2).toString()).toBe('PK');
    const svg = (await file(page, 'graph SVG')).bytes.toString();
    expect(svg).toMatch(/^<svg [^>]*xmlns/);
    expect(svg).toContain('fill:rgb');
    expect(svg).not.toContain('var(--');
    const png = (await file(page, 'graph PNG')).bytes;
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThan(600);
    expect(complaints.filter((said) => !said.includes('blob:'))).toEqual([]);
    await context.close();
  });

  test('hands out what was learned, and the pictures of it', async () => {
    const { page, context } = await site.open();
    await settled(page);
    await page.getByRole('button', { name: 'Share' }).click();
    await page.locator('dialog[open]').waitFor();
    expect(await page.locator('dialog').getByRole('button', { name: 'Parameters' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /Run/ }).click();
    await expect.poll(() => page.locator('.train').textContent(), { timeout: 30_000 }).toMatch(/epoch\s*1000/);
    await page.getByRole('button', { name: 'Share' }).click();
    const { params } = JSON.parse((await file(page, 'Parameters (JSON)')).bytes.toString()) as {
      params: { W: number[][]; b: number };
    };
    expect(params.W[0]![0]).toBeGreaterThan(3);
    expect(params.b).toBeLessThan(-1);
    expect((await file(page, 'NumPy')).bytes.toString()).toContain(String(params.W[0]![0]));
    const boundary = (await file(page, 'boundary SVG')).bytes.toString();
    expect(boundary).toMatch(/<image [^>]*href="data:image\/png/);
    expect((await file(page, 'costs PNG')).bytes.subarray(1, 4).toString()).toBe('PNG');
    await context.close();
  });

  test('copies the link', async () => {
    const { page, context } = await site.open({ context: { permissions: ['clipboard-read', 'clipboard-write'] } });
    await settled(page);
    await write(page, 'x^7');
    await page.getByRole('button', { name: 'Share' }).click();
    await page.getByRole('button', { name: 'Copy' }).click();
    await expect.poll(() => page.locator('dialog [role=status]').textContent()).toBe('Copied');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${site.url()}#model=x^7`);
    await context.close();
  });

  test('says that data which were drawn are not in the link', async () => {
    const { page, context } = await site.open();
    await settled(page);
    await page.getByRole('button', { name: 'Share' }).click();
    await page.locator('dialog[open]').waitFor();
    expect(await page.locator('dialog').textContent()).not.toContain('not in the link');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await page.locator('.given .line select').selectOption('circles');
    await page.getByRole('button', { name: 'Share' }).click();
    await expect
      .poll(() => page.locator('dialog').textContent())
      .toContain('The data that you dropped or drew are not in the link');
    await context.close();
  });

  test('says why something cannot be made; and makes it once it can', async () => {
    const { page, context } = await site.open();
    await settled(page);
    await write(page, 'data x : [n]\nparam w = 1\nw*x');
    await page.getByRole('button', { name: 'Share' }).click();
    await page.locator('dialog').getByRole('button', { name: 'NumPy' }).click();
    await expect
      .poll(() => page.locator('dialog .told.bad').textContent(), { timeout: 20_000 })
      .toContain('an array has no gradient');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await write(page, 'param w = 1\nminimize w^2');
    await page.getByRole('button', { name: 'Share' }).click();
    expect((await file(page, 'NumPy')).name).toMatch(/-numpy\.py$/);
    await context.close();
  });

  test('in Chinese, on a phone, by keyboard: no one stumbles over it, and the focus comes back', async () => {
    const { page, context, complaints } = await site.open({ ...PHONE, lang: 'zh', open: true });
    await settled(page);
    const share = page.getByRole('button', { name: '分享' });
    await share.focus();
    await page.keyboard.press('Enter');
    await page.locator('dialog').waitFor();
    expect(await stumbles(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('分享');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
