import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browsing, settled } from './support.ts';
import { until } from './until.ts';

const site = browsing();

const FIT = 'data x : [n], y : [n]\nparam w = 0, b = 0\nP = w*x + b\nminimize C = mean((P - y).^2)\n';
const TABLE = 'size,rooms,price\n1,2,2.1\n2,3,3.9\n3,1,6.2\n4,2,8.1\n5,1,9.8\n';

async function opened(source?: string) {
  const found = await site.open();
  await settled(found.page);
  if (source) {
    await found.page.locator('.editor .cm-content').first().click();
    await found.page.keyboard.press('Control+A');
    await found.page.keyboard.insertText(source);
  }
  await found.page.locator('.given select').waitFor();
  return found;
}

const choose = (page: Page, kind: string) => page.locator('.given .line select').selectOption(kind);

async function trained(page: Page): Promise<number> {
  await page.locator('.state').waitFor();
  await page.locator('.controls .main').click();
  await page.locator('.outcome', { hasText: /All epochs are done|converged/ }).waitFor({ state: 'attached' });
  return Number((await page.locator('.state .cost b').textContent())!.replaceAll('−', '-'));
}

const dropped = (page: Page, name: string, text: string, place = '.given'): Promise<void> =>
  page.evaluate(`(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}, { type: 'text/csv' }));
    document.querySelector(${JSON.stringify(place)}).dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  })()`);

const POINTS =
  "[...document.querySelectorAll('.boundary .point')].map((p) => p.getAttribute('d') ?? p.getAttribute('cx')).join()";

describe('a table', () => {
  test('that a new model cannot learn from says so at once, and the model’s own data are a click away', async () => {
    const { page, context, complaints } = await opened(FIT);
    await dropped(page, 'houses.csv', TABLE);
    await page.locator('.table-map', { hasText: 'houses.csv: 5 rows' }).waitFor();
    await page.locator('.editor .cm-content').first().click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(
      'data X : [4, m] = [[0,1],[1,0],[1,1],[0,0]], Y : [1, m] = [[0,1]]\nparam W : [1, 4]\nminimize C = mean((W*X - Y).^2)\n',
    );
    const told = page.locator('.outcome .bad');
    await expect.poll(() => told.textContent(), { timeout: 20_000 }).toContain('These data do not fit the model:');
    await page.getByRole('button', { name: 'Use the model’s own data' }).click();
    await expect.poll(() => told.count()).toBe(0);
    expect(await page.locator('.given .line select').inputValue()).toBe('own');
    expect(await trained(page)).toBeGreaterThanOrEqual(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('that is dropped fills the names of the model, and other columns can be chosen', async () => {
    const { page, context, complaints } = await opened(FIT);
    await page.locator('.outcome', { hasText: 'x' }).waitFor();
    await dropped(page, 'houses.csv', TABLE);
    await page.locator('.table-map', { hasText: 'houses.csv: 5 rows' }).waitFor();
    const pressed = () =>
      Promise.all(
        [0, 1].map((k) => page.locator('.table-map fieldset').nth(k).locator('[aria-pressed="true"]').allTextContents()),
      );
    expect(await pressed()).toEqual([['size'], ['price']]);
    expect(await trained(page)).toBeLessThan(0.1);
    expect(await page.locator('.fitted .point').count()).toBe(5);
    const x = page.locator('.table-map fieldset').first();
    await x.getByRole('button', { name: 'size' }).click();
    await x.getByRole('button', { name: 'rooms' }).click();
    await until(page, `document.querySelector('.state .epoch b')?.textContent === '0'`);
    expect(await pressed()).toEqual([['rooms'], ['price']]);
    expect(await trained(page)).toBeGreaterThan(0.1);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('that is dropped on the model is learned from too, and leaves the text as it is', async () => {
    const { page, context, complaints } = await opened(FIT);
    await dropped(page, 'houses.csv', TABLE, '.editor .cm-content .cm-line');
    await page.locator('.table-map', { hasText: 'houses.csv: 5 rows' }).waitFor();
    expect(await page.locator('.editor .cm-content').first().innerText()).not.toContain('price');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('that is pasted tells what is wrong by its place, and can do without rows that lack a value', async () => {
    const { page, context } = await opened(FIT);
    await choose(page, 'file');
    await page.locator('.table-map summary').click();
    await page.locator('.table-map textarea').fill(TABLE.replace('8.1', ''));
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.locator('.outcome', { hasText: 'line 5: price is missing' }).waitFor();
    await page.getByLabel('Leave out rows that lack a value').check();
    expect(await trained(page)).toBeLessThan(0.1);
    expect(await page.locator('.fitted .point').count()).toBe(4);
    await page.locator('.table-map summary').click();
    await page.locator('.table-map textarea').fill('a,b\n1,2\n1,2,3\n');
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.locator('.table-map', { hasText: 'line 3: 3 cells, where line 1 has 2' }).waitFor();
    // Quotes are read by the parser that is loaded for them.
    await page.locator('.table-map summary').click();
    await page.locator('.table-map textarea').fill('"x","y"\n"1","2"\n"2","4"\n');
    await page.getByRole('button', { name: 'Take it' }).click();
    await page.locator('.table-map', { hasText: '2 rows' }).waitFor();
    expect(await trained(page)).toBeLessThan(0.1);
    await context.close();
  });
});

describe('points', () => {
  test('drawn by hand in two classes are separated', async () => {
    const { page, context, complaints } = await opened();
    await choose(page, 'drawn');
    const plane = page.getByLabel('Plane to draw points on');
    await plane.scrollIntoViewIfNeeded();
    const box = (await plane.boundingBox())!;
    const at = (x: number, y: number) => page.mouse.click(box.x + box.width * x, box.y + box.height * y);
    await at(0.2, 0.2);
    await at(0.3, 0.3);
    await page.getByRole('button', { name: 'class 1' }).click();
    await at(0.8, 0.8);
    await at(0.7, 0.9);
    await page.locator('.draw', { hasText: '2 points of class 0, 2 of class 1' }).waitFor();
    await until(page, "document.querySelectorAll('.boundary .point').length === 4");
    expect(await trained(page)).toBeLessThan(0.05);
    expect(await page.locator('.edge').getAttribute('d')).toMatch(/^M/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('of several classes serve a model whose targets are one-hot', async () => {
    const { page, context, complaints } = await opened(
      'data X : [2, m], Y : [3, m]\nparam W : [3, 2] = 0, c : [3] = 0\nZ = W*X + c\nminimize C = -sum(Y .* log_softmax(Z, rows))/m\n',
    );
    await choose(page, 'drawn');
    await page.getByRole('button', { name: 'class 2' }).waitFor();
    await page.getByLabel('Plane to draw points on').focus();
    for (const key of [
      '1',
      'Shift+ArrowLeft',
      'Enter',
      '2',
      'Shift+ArrowUp',
      'Enter',
      '3',
      'Shift+ArrowRight',
      'Shift+ArrowRight',
      'Enter',
    ])
      await page.keyboard.press(key);
    await page.locator('.draw', { hasText: '1 points of class 0, 1 of class 1, 1 of class 2' }).waitFor();
    await until(page, "document.querySelectorAll('.boundary .point').length === 3");
    await trained(page);
    expect(await page.locator('.boundary .region').count()).toBe(3);
    for (const region of await page.locator('.boundary .region').all()) expect(await region.getAttribute('d')).toMatch(/^M/);
    await choose(page, 'spiral');
    await until(page, "document.querySelectorAll('.boundary .point.k2').length === 100");
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('can be put down by keys, taken back, and written into the model', async () => {
    const { page, context } = await opened();
    await choose(page, 'drawn');
    await page.getByLabel('Plane to draw points on').focus();
    for (const key of ['ArrowLeft', 'Enter', '2', 'Shift+ArrowRight', 'Enter', 'ArrowUp', 'Enter', 'Backspace'])
      await page.keyboard.press(key);
    await page.locator('.draw', { hasText: '1 points of class 0, 1 of class 1' }).waitFor();
    await page.getByRole('button', { name: 'Write it into the model' }).click();
    await until(page, "document.querySelector('.editor .cm-content')?.textContent?.includes('[[-0.05, 0.15], [0, 0]]')");
    expect(await page.locator('.editor .cm-content').first().textContent()).toContain('Y : [1, m] = [[0, 1]]');
    expect(await page.locator('.given .line select').inputValue()).toBe('own');
    await context.close();
  });
});

describe('the classic sets', () => {
  test.each(['circles', 'moons', 'spiral', 'xor'])('%s fills the data by their shapes, seeded', async (name) => {
    const { page, context, complaints } = await opened();
    const source = await page.locator('.editor .cm-content').first().textContent();
    await choose(page, name);
    await until(page, "document.querySelectorAll('.boundary .point').length > 100");
    const first = await page.evaluate<string>(POINTS);
    await page.locator('.given').getByLabel('Seed').fill('2');
    await page.locator('.given').getByLabel('Seed').blur();
    await until(page, `${POINTS} !== ${JSON.stringify(first)}`);
    await page.locator('.given').getByLabel('Seed').fill('1');
    await page.locator('.given').getByLabel('Seed').blur();
    await until(page, `${POINTS} === ${JSON.stringify(first)}`);
    expect(await page.locator('.editor .cm-content').first().textContent()).toBe(source);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('a noisy line for a model of one feature; what has no room for it says so', async () => {
    const { page, context } = await opened(FIT);
    await choose(page, 'line');
    await until(page, "document.querySelectorAll('.fitted .point').length === 40");
    expect(await trained(page)).toBeLessThan(0.2);
    await choose(page, 'moons');
    await page.locator('.outcome', { hasText: 'no room for examples of 2 features' }).waitFor();
    await context.close();
  });
});
