import { deflateRawSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browsing, PHONE, settled, stumbles, textIn } from './support.ts';

const site = browsing();

/** The page with a source typed into the editor, key by key. */
async function typed(source: string, view: Parameters<typeof site.open>[0] = {}) {
  const opened = await site.open(view);
  await settled(opened.page);
  await write(opened.page, source);
  return opened;
}

const EDITOR = '.editor:not(.line) .cm-content';
const CLAIM = '.claim .cm-content';

async function write(page: Page, source: string, place = EDITOR): Promise<void> {
  await page.locator(place).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  for (const [k, line] of source.split('\n').entries()) {
    if (k > 0) await page.keyboard.press('Enter');
    await page.keyboard.type(line);
    // What is offered is not what was meant.
    await page.keyboard.press('Escape');
  }
}

/** The derivation is that of the text, and has a row of a quantity. */
async function ready(page: Page, target: string): Promise<void> {
  const row = page.locator('.derivation:not(.stale) .rows .formula', { hasText: target });
  await row.first().waitFor({ state: 'attached', timeout: 20_000 });
}

const MODEL = `data X : [2, m] = [[0, 1, 1], [1, 0, 1]]
param W : [3, 2]
Z = W·X
minimize Cost = sum(Z.^2)`;

describe('the line that is written', () => {
  test('is typeset as it is typed, and stays as it could be read last', async () => {
    const { page, complaints, context } = await typed('param W : [3, 2]\nminimize C = sum(W.^2)/2');
    const set = page.locator('.typeset');
    await expect.poll(() => set.locator('annotation').textContent()).toContain('\\frac{\\sum W^{\\circ 2}}{2}');
    await page.keyboard.type(' + (');
    await expect.poll(() => set.getAttribute('class')).toContain('stale');
    expect(await set.locator('annotation').textContent()).toContain('\\frac');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => set.locator('annotation').textContent()).toContain('\\mathbb{R}^{3 \\times 2}');
    expect(complaints).toEqual([]);
    await context.close();
  });
});

test('nothing moves when the editor takes the place of the plain text', async () => {
  const context = await site.browser().newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.addInitScript(`{
    globalThis.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) shifts.push([value, sources.map(({ node }) => node?.className ?? node?.nodeName)]);
    }).observe({ type: 'layout-shift', buffered: true });
  }`);
  await page.goto(site.url());
  await settled(page);
  // The mark of a rate goes where the engine suggests it: what is more is a jump.
  expect(await page.evaluate('shifts.filter(([value]) => value > 0.005)')).toEqual([]);
  await context.close();
});

describe('a model typed', () => {
  test('is coloured, and each line says its shape; a wrong one leaves those before it', async () => {
    const { page, complaints, context } = await typed(MODEL);
    await ready(page, 'Z');
    await expect.poll(() => page.locator('.cm-shapes').allTextContents()).toEqual(['3×m', 'scalar']);
    expect(await page.locator('.tok-keyword').allTextContents()).toEqual(['data', 'param', 'minimize']);
    expect(await page.locator('.tok-learned').first().textContent()).toBe('W');
    await page.keyboard.type(' +');
    await expect.poll(() => page.locator('.cm-shapes').allTextContents()).toEqual(['3×m']);
    expect(await page.locator('.cm-lintRange-error').count()).toBe(1);
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await expect.poll(() => page.locator('.cm-shapes').allTextContents()).toEqual(['3×m', 'scalar']);
    await expect.poll(() => page.locator('.cm-lintRange-error').count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('that clashes is underlined where it does, told why, and mended by a click; undo takes that back', async () => {
    const wrong = MODEL.replace('W·X', 'X·W');
    const { page, complaints, context } = await typed(wrong);
    await expect
      .poll(() =>
        page
          .locator('.cm-lintRange-error')
          .allTextContents()
          .then((all) => all.join('')),
      )
      .toBe('X·W');
    const verdict = page.locator('.verdict');
    await expect.poll(() => verdict.textContent()).toContain('these cannot be multiplied');
    await page.locator('.cm-lintRange-error').first().hover();
    await page.locator('.cm-tooltip .cm-diagnosticAction').waitFor();
    expect(await page.locator('.cm-tooltip .note').textContent()).toContain('the inner sizes m and 3 differ');
    await verdict.getByRole('button', { name: 'W·X' }).click();
    await ready(page, 'Z');
    expect(await textIn(page, EDITOR)).toBe(MODEL);
    await page.locator(EDITOR).focus();
    await page.keyboard.press('ControlOrMeta+z');
    expect(await textIn(page, EDITOR)).toBe(wrong);
    await expect.poll(() => page.locator('.cm-lintRange-error').count()).toBeGreaterThan(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('that may not be meant so is underlined softly', async () => {
    const { page, context } = await typed('1/2x');
    await expect.poll(() => page.locator('.cm-lintRange-warning').count()).toBeGreaterThan(0);
    await write(page, '(1/2)*x');
    await expect.poll(() => page.locator('.cm-lintRange-warning').count()).toBe(0);
    await context.close();
  });
});

test('a first model that is wrong is not said to be derived', async () => {
  const wrong = deflateRawSync(MODEL.replace('W·X', 'X·W')).toString('base64url');
  const { page, complaints, context } = await site.open({ at: `#m=${wrong}` });
  await expect.poll(() => page.locator('.verdict').textContent()).toContain('these cannot be multiplied');
  expect(await page.locator('.steps .hint').textContent()).toContain('as soon as the model can be read');
  for (const name of ['Play', 'Hide the derivation']) expect(await page.getByRole('button', { name }).isDisabled()).toBe(true);
  expect(complaints).toEqual([]);
  await context.close();
});

test('what is shown of an earlier text stands back while the one that is there is wrong', async () => {
  const { page, complaints, context } = await site.open();
  await settled(page);
  const told = page.locator('.pane .outdated');
  const opacity = (place: string): Promise<number> =>
    page.evaluate<number>(`Number(getComputedStyle(document.querySelector(${JSON.stringify(place)})).opacity)`);
  await page.locator(EDITOR).click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type(' + 1');
  await ready(page, 'Cost');
  await page.keyboard.type(' +');
  await expect.poll(() => told.count()).toBe(3);
  for (const place of ['.derivation', '.graph .sight', '.train .pictures'])
    expect.soft(await opacity(place), place).toBeLessThan(0.5);
  await page.keyboard.type(' 1');
  await expect.poll(() => told.count()).toBe(0);
  expect(await opacity('.derivation')).toBe(1);
  expect(complaints).toEqual([]);
  await context.close();
});

test('all panes are of one text, the last that was right, however it is typed', async () => {
  const { page, complaints, context } = await site.open();
  await settled(page);
  await page.locator(EDITOR).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  const lines = ['data X : [2, m] = [[0,0,1,1],[0,1,0,1]]', 'param w : [2] = [1,2]', "z = σ(w'*X)", 'minimize C = sum(z^2)'];
  // With nothing between the last right letter and the wrong ones after it.
  await page.keyboard.type(lines.join('\n'), { delay: 40 });
  await expect.poll(() => page.locator('.verdict .bad').count()).toBe(1);
  const all = (selector: string): Promise<string[]> => page.locator(selector).allTextContents();
  await expect.poll(() => all('.graph .box .name')).toEqual(['w', 'X', 'U', 'z', 'C']);
  await expect.poll(() => all('.graph .box .numbers')).toContain('0.500\u00a0\u00a00.881\u00a0\u00a00.731\u00a0\u00a00.953');
  expect((await all('.rows.forward .formula annotation')).at(-1)).toContain('C = \\sum z');
  expect((await all('.derivation .part')).join()).not.toContain('Cost');
  expect(await page.locator('.pane .outdated').count()).toBeGreaterThanOrEqual(3);
  expect(complaints).toEqual([]);
  await context.close();
});

test('a sign goes by its LaTeX name; undo gives the name back', async () => {
  const { page, context } = await typed('\\sigma(w\\cdotx)');
  await expect.poll(() => textIn(page, EDITOR)).toBe('σ(w·x)');
  await write(page, '\\lambda');
  expect(await textIn(page, EDITOR)).toBe('λ');
  await page.keyboard.press('ControlOrMeta+z');
  expect(await textIn(page, EDITOR)).toBe('\\lambda');
  await write(page, 'x\\frac');
  expect(await textIn(page, EDITOR)).toBe('x\\frac');
  await context.close();
});

test('a function is completed, with its notation, its derivative and its domain', async () => {
  const { page, complaints, context } = await typed('minimize f = ');
  await page.keyboard.type('sig');
  const list = page.locator('.cm-tooltip-autocomplete');
  await list.locator('[aria-selected]', { hasText: 'sigmoid' }).waitFor({ timeout: 20_000 });
  const card = page.locator('.cm-completionInfo');
  await expect.poll(() => card.textContent(), { timeout: 20_000 }).toContain('domain');
  expect(await card.locator('.katex').count()).toBeGreaterThan(0);
  // A key that comes just as a list opens is not meant for it: CodeMirror lets 75 ms pass.
  await page.waitForTimeout(300);
  await page.keyboard.press('Enter');
  await page.keyboard.type('x');
  expect(await textIn(page, EDITOR)).toBe('minimize f = sigmoid(x)');
  // An offer that is put away is not taken.
  await page.keyboard.press('End');
  await page.keyboard.type(' + ta');
  await list.waitFor();
  await page.keyboard.press('Escape');
  await list.waitFor({ state: 'detached' });
  expect(await textIn(page, EDITOR)).toBe('minimize f = sigmoid(x) + ta');
  expect(complaints).toEqual([]);
  await context.close();
});

test('Tab leaves the editor, both ways', async () => {
  const { page, context } = await typed('x^2');
  const focused = (): Promise<string> => page.evaluate<string>('document.activeElement.className');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  expect(await focused()).not.toContain('cm-content');
  await page.keyboard.press('Shift+Tab');
  expect(await focused()).toContain('cm-content');
  expect(await textIn(page, EDITOR)).toBe('x^2');
  await context.close();
});

test('the line under the cursor is the row that is looked at, and a row lights its line', async () => {
  const { page, context } = await site.open();
  await settled(page);
  const current = (): Promise<string | null> => page.locator('.row.current .head').first().textContent();
  await page.locator(`${EDITOR} .cm-line`, { hasText: 'A = σ(Z)' }).click();
  await expect.poll(current).toContain('A=σ(Z)');
  expect(await page.locator('.cm-lit.forward').textContent()).toContain('A = σ(Z)');
  await page.keyboard.press('ArrowUp');
  await expect.poll(current).toContain('Z=');
  await page.locator('.rows.back .head').last().click();
  await expect.poll(() => page.locator('.cm-lit.back').textContent()).toContain('param');
  await context.close();
});

test('what is pointed at lights up in the text, in the rows and in the graph; keys light the line of a step', async () => {
  const { page, context } = await site.open();
  await settled(page);
  const line = page.locator(`${EDITOR} .cm-pointed`);
  await page.locator('.picture .box', { hasText: '= σ(Z)' }).hover();
  await expect.poll(() => line.textContent()).toContain('A = σ(Z)');
  await page.locator('.rows.back .head', { hasText: 'broadcast' }).hover();
  await expect.poll(() => line.textContent()).toContain('b = 0');
  await page.locator(`${EDITOR} .cm-line`, { hasText: 'Z = W·X' }).hover({ position: { x: 30, y: 8 } });
  await expect.poll(() => page.locator('.box.pointed .name').textContent()).toBe('Z');
  expect(await page.locator('.row.pointed').count()).toBe(2);
  await page.locator('.pane.model h2').hover();
  await expect.poll(() => page.locator('.pointed, .cm-pointed').count()).toBe(0);
  await page.locator('.rows .head').first().focus();
  await page.keyboard.press('End');
  await expect.poll(() => page.locator('.cm-lit').textContent()).toContain('b = 0');
  await page.keyboard.press('Home');
  await expect.poll(() => page.locator('.cm-lit').textContent()).toContain('Z = W·X + b');
  await context.close();
});

test('of a fault that has two readings each is offered', async () => {
  const { page, context } = await typed('a/2m');
  const offers = page.locator('.verdict button');
  await expect.poll(() => offers.locator('code').allTextContents()).toEqual(['a/(2*m)', 'a/2*m']);
  await offers.last().click();
  await expect.poll(() => textIn(page, EDITOR)).toBe('a/2*m');
  await context.close();
});

describe('is mine right?', () => {
  test('a claim is judged as it is typed, wrong and then right', async () => {
    const { page, complaints, context } = await site.open();
    await settled(page);
    await page.locator('.claim select').selectOption('W');
    await write(page, 'dZ*X', CLAIM);
    const judged = page.locator('.judged');
    await page.waitForSelector('.judged.wrong', { timeout: 20_000 });
    expect(await judged.textContent()).toMatch(/transpose/i);
    await page.keyboard.press('End');
    await page.keyboard.type("'");
    await page.waitForSelector('.judged.right');
    expect(await judged.locator('.katex').count()).toBe(1);
    await page.keyboard.type('/m');
    await page.waitForSelector('.judged.wrong');
    expect(await judged.textContent()).toContain('the claim gives');
    await write(page, 'dZ*Q', CLAIM);
    await page.waitForSelector('.judged.none');
    await expect.poll(() => page.locator('.claim .cm-lintRange-error').textContent()).toBe('Q');
    await write(page, '', CLAIM);
    await expect.poll(() => judged.textContent()).toBe('');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('what arrives on the way can be claimed too, and the derivation be hidden meanwhile', async () => {
    const { page, context } = await site.open();
    await settled(page);
    await page.getByRole('button', { name: 'Hide the derivation' }).click();
    expect(await page.locator('.rows.back').count()).toBe(0);
    await page.locator('.claim select').selectOption('Z');
    await write(page, 'dA .* A .* A', CLAIM);
    await page.waitForSelector('.judged.wrong', { timeout: 20_000 });
    // Who tries alone is not told what would be right.
    expect(await page.locator('.judged details').getAttribute('open')).toBeNull();
    await write(page, 'dA .* A .* (1 - A)', CLAIM);
    await page.waitForSelector('.judged.right');
    await page.getByRole('button', { name: 'Show the derivation' }).first().click();
    expect(await page.locator('.rows.back').count()).toBe(1);
    await context.close();
  });

  test('nothing complains where the derivation is hidden before it is measured, however late frames come', async () => {
    const { page, context, complaints } = await site.open();
    await settled(page);
    // Effects of what is gone end with a frame: here it comes after the measure.
    await page.evaluate(`(() => {
      const { setTimeout: later } = globalThis;
      globalThis.requestAnimationFrame = (then) => later(() => then(performance.now()), 900);
      globalThis.setTimeout = (then, time, ...given) => later(then, time === 35 ? 900 : time, ...given);
    })()`);
    // Effects of what is shown come late too; it is hidden at every time between them and the measure.
    for (let k = 0; k < 8; k++) {
      await page
        .getByRole('button', { name: 'Show the derivation' })
        .or(page.getByRole('button', { name: 'Hide the derivation' }))
        .first()
        .click();
      await page.waitForTimeout(k % 2 ? 400 : 1150);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('an expression of several names is derived by each, and its operations can be claimed', async () => {
    const { page, context } = await site.open({ at: '#model=a*x^2+b*x' });
    await page.waitForSelector('.claim .cm-content');
    const names = page.locator('.claim select option');
    await expect
      .poll(() => names.allTextContents(), { timeout: 20_000 })
      .toEqual(expect.arrayContaining(['∂f/∂a', '∂f/∂b', 'du']));
    await page.locator('.claim select').selectOption('u');
    await write(page, 'b', CLAIM);
    await page.waitForSelector('.judged.wrong', { timeout: 20_000 });
    await write(page, 'a', CLAIM);
    await page.waitForSelector('.judged.right');
    await context.close();
  });

  test('a claim that asks for the derivative is told to be written out', async () => {
    const { page, context } = await site.open();
    await settled(page);
    await page.locator('.claim select').selectOption('W');
    await write(page, 'grad(Cost, W)', CLAIM);
    await page.waitForSelector('.judged.none', { timeout: 20_000 });
    await expect.poll(() => page.locator('.judged').textContent()).toContain('asks for the derivative');
    expect(await page.locator('.judged').textContent()).toContain('write it out; what arrives has names: dA, dZ');
    await context.close();
  });

  test('of several claims the last is told, however fast they come', async () => {
    const { page, context } = await site.open();
    await settled(page);
    await page.locator('.claim select').selectOption('W');
    for (let k = 0; k < 3; k++) {
      await write(page, "2*dZ*X'", CLAIM);
      await page.waitForTimeout(170);
      await write(page, "dZ*X'", CLAIM);
    }
    await page.waitForSelector('.judged.right', { timeout: 20_000 });
    await page.waitForTimeout(800);
    expect(await page.locator('.judged.right').count()).toBe(1);
    await context.close();
  });
});

test.each(['en', 'zh'] as const)('the editor on a phone, in %s: no one stumbles over it', async (lang) => {
  const { page, complaints, context } = await site.open({ ...PHONE, lang, open: true });
  await settled(page);
  await page.locator('nav.tabs button').first().click();
  await write(page, 'minimize (w - 3)^2 +');
  await expect.poll(() => page.locator('.cm-lintRange-error').count()).toBe(1);
  expect(await stumbles(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await context.close();
});
