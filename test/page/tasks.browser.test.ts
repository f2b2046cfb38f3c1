import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { choose, press, reach, write } from './keys.ts';
import { browsing, PHONE, settled, type View, WIDE } from './support.ts';
import { until } from './until.ts';

/** What people come for, done with the keyboard alone; and once on a phone, whose panes are behind tabs. */

const { open } = browsing();

const text = (page: Page, selector: string): Promise<string> => page.locator(selector).first().innerText();
/** Whether some text on the page has it. */
const says = (selector: string, part: string): string =>
  `[...document.querySelectorAll(${JSON.stringify(selector)})].some((e) => e.textContent.includes(${JSON.stringify(part)}))`;
/** Whether a run is over, as it should be. */
const hasEnded = `${says('.train', 'All epochs are done')} || ${says('.train', 'converged')}`;

/** A run is set up, and has done nothing yet. */
const begun = '/^0$/.test(document.querySelector(".train .state .epoch b")?.textContent ?? "")';

const XOR = readFileSync('examples/xor-hidden.grad', 'utf8');
const LINE = 'data x : [n], y : [n]\nparam a = 0, b = 0\nh = a*x + b\nminimize L = sum((h - y).^2)/(2*n)\n';
const CLASSES =
  'data X : [2, m], Y : [1, m]\nparam W : [1, 2] = [[0.1, 0.2]], b = 0\nA = σ(W·X + b)\nminimize C = -sum(Y.*log(A) + (1 - Y).*log(1 - A))/m\n';

interface Doing {
  readonly page: Page;
  /** On a phone a pane has to be chosen first. */
  readonly go: (pane: 'Model' | 'Steps' | 'Graph' | 'Train') => Promise<void>;
}

const tasks: Readonly<Record<string, (doing: Doing) => Promise<void>>> = {
  'derives a formula of one’s own': async ({ page, go }) => {
    await go('Model');
    await write(page, 'x^3*tanh(x)');
    await go('Steps');
    await until(page, says('.derivation', 'product rule'));
    expect(await text(page, '.derivation')).toContain('chain');
  },
  'finds why a shape clashes and takes the fix': async ({ page, go }) => {
    await go('Model');
    await write(page, LINE.replace('a*x + b', 'a*z + b'));
    await until(page, says('.verdict', 'z'));
    expect(await text(page, '.verdict')).not.toBe('');
    await write(page, 'data X : [3, m], Y : [2, m]\nparam W : [3, 2]\nZ = W*X\nminimize L = sum((Z - Y).^2)\n');
    await until(page, says('.verdict', '3×2'));
    await write(page, 'sin x + y');
    await until(page, says('.verdict', 'sin'));
    await press(page, /^Take this/);
    await until(page, '!document.querySelector(".verdict .bad")');
    await go('Steps');
    await until(page, says('.derivation', 'cos'));
  },
  'checks a wrong claim': async ({ page, go }) => {
    await go('Model');
    await reach(page, 'your derivative');
    await page.keyboard.insertText("2*dZ*X'");
    await until(page, 'document.querySelector(".judged.wrong")?.textContent.length > 10');
  },
  'checks a right claim': async ({ page, go }) => {
    await go('Model');
    await reach(page, 'your derivative');
    await page.keyboard.insertText("dZ*X'");
    await until(page, 'document.querySelector(".judged.right")?.textContent.length > 10');
  },
  'steps through the OR gate backwards': async ({ page, go }) => {
    await go('Steps');
    await reach(page, 'One step on');
    for (let k = 0; k < 6; k++) await page.keyboard.press('Enter');
    await until(page, says('.row.current', 'broadcast rule'));
    await reach(page, 'One step back');
    await page.keyboard.press('Enter');
    await until(page, says('.row.current', 'passes on'));
    expect(await text(page, '.row.current')).toContain('product rule');
  },
  'goes over the rows with the arrows': async ({ page, go }) => {
    await go('Steps');
    await reach(page, /^A ?=|σ\(Z\)/);
    await page.keyboard.press('Enter');
    for (let k = 0; k < 3; k++) await page.keyboard.press('ArrowDown');
    await until(page, says('.row.current', 'local slope'));
    expect(await text(page, '.row.current')).toContain('chain rule');
  },
  'trains XOR': async ({ page, go }) => {
    await go('Model');
    await write(page, XOR);
    await go('Train');
    await reach(page, /Epochs/);
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('5000');
    await press(page, /Run/);
    await until(page, says('.train', 'All epochs are done'));
  },
  'pauses, steps and starts again': async ({ page, go }) => {
    await go('Train');
    await press(page, 'One step');
    await until(page, '/epoch\\s*1\\b/.test(document.querySelector(".train").innerText)');
    await press(page, 'Start again');
    await until(page, '/epoch\\s*0\\b/.test(document.querySelector(".train").innerText)');
  },
  'finds a rate at which it diverges': async ({ page, go }) => {
    await go('Model');
    await write(page, 'param w = 1\nminimize L = w^2 + w^4\n');
    await go('Train');
    await choose(page, /Optimizer/, 'gd');
    await reach(page, /Learning rate/);
    await page.keyboard.press('End');
    await press(page, /Run/);
    await until(page, says('.train', 'diverged'));
  },
  'compares two optimizers': async ({ page, go }) => {
    await go('Train');
    for (const name of ['gd', 'adam']) {
      await choose(page, /Optimizer/, name);
      await until(page, begun);
      await press(page, /Run/);
      await until(page, hasEnded);
      await press(page, 'Keep to compare');
    }
    await until(page, 'document.querySelectorAll(".train table tbody tr").length >= 2');
  },
  'fits a table that is pasted': async ({ page, go }) => {
    await go('Model');
    await write(page, LINE);
    await go('Train');
    await choose(page, /^Data/, 'a table');
    await press(page, 'Or paste a table');
    await reach(page, 'Or paste a table');
    await page.keyboard.insertText('x,y\n0,1\n1,3\n2,5\n3,7\n4,9\n');
    await press(page, 'Take it');
    await until(page, says('.train', '5 rows'));
    await press(page, /Run/);
    await until(page, hasEnded);
  },
  'draws two classes and separates them': async ({ page, go }) => {
    await go('Model');
    await write(page, CLASSES);
    await go('Train');
    await choose(page, /^Data/, 'drawn');
    await reach(page, 'Plane to draw points on');
    for (const [key, moves] of [
      ['1', ['ArrowLeft', 'ArrowLeft', 'ArrowLeft']],
      ['2', ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight']],
    ] as const) {
      await page.keyboard.press(key);
      for (const move of moves) await page.keyboard.press(move);
      for (const move of ['ArrowUp', 'ArrowDown', 'ArrowDown']) {
        await page.keyboard.press(move);
        await page.keyboard.press('Enter');
      }
    }
    await until(page, '/[1-9] points of class 0, [1-9] of class 1/.test(document.querySelector(".train").innerText)');
    await press(page, /Run/);
    await until(page, hasEnded);
  },
  'trains on a classic set': async ({ page, go }) => {
    await go('Model');
    await write(page, CLASSES);
    await go('Train');
    await choose(page, /^Data/, 'moons');
    await press(page, /Run/);
    await until(page, hasEnded);
  },
  'shares a link and opens it': async ({ page, go }) => {
    await go('Model');
    await write(page, 'exp(x)*cos(x)');
    await press(page, 'Share');
    await page.waitForSelector('dialog[open]');
    await until(page, 'document.querySelector("dialog[open] input")?.value.includes("#")');
    const address = await page.evaluate<string>('document.querySelector("dialog[open] input").value');
    await page.keyboard.press('Escape');
    await page.goto('about:blank');
    await page.goto(address);
    await page.waitForSelector('.rows .formula', { state: 'attached' });
    await until(page, says('.cm-content, textarea', 'exp(x)*cos(x)'));
  },
  'opens an example': async ({ page }) => {
    await press(page, 'Examples');
    await page.waitForSelector('dialog[open] .card');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog[open]', { state: 'detached' });
    await until(page, '!document.querySelector(".derivation.stale")');
  },
  'goes offline': async ({ page }) => {
    await page.evaluate('navigator.serviceWorker.ready.then(() => 0)');
    await page.reload();
    await settled(page);
    await page.context().setOffline(true);
    await page.reload();
    await settled(page);
    await page.context().setOffline(false);
  },
  'switches to Chinese': async ({ page }) => {
    await reach(page, 'Language');
    await page.keyboard.press('ArrowDown');
    await until(page, says('h2', '步骤'));
    await until(page, says('.derivation', '法则'));
  },
  'switches to dark': async ({ page }) => {
    await choose(page, 'Theme', 'Dark');
    await until(page, 'getComputedStyle(document.documentElement).colorScheme === "dark"');
  },
  'exports PyTorch': async ({ page }) => {
    await press(page, 'Share');
    await page.waitForSelector('dialog[open]');
    const saved = page.waitForEvent('download');
    await press(page, 'PyTorch');
    expect((await saved).suggestedFilename()).toMatch(/\.py$/);
  },
  'reads it in indices': async ({ page, go }) => {
    await go('Steps');
    await choose(page, 'Notation', 'Indices');
    await until(page, 'document.querySelectorAll(".rows.back .formula .op-symbol").length > 0');
  },
  'hides the derivation, and shows it': async ({ page, go }) => {
    await go('Model');
    await press(page, 'Hide the derivation');
    await until(page, '!document.querySelector(".rows.back")');
    await press(page, 'Show the derivation');
    await until(page, 'document.querySelector(".rows.back")');
  },
  'looks at a third derivative': async ({ page, go }) => {
    await go('Model');
    await write(page, 'x^2*sin(x)');
    await go('Graph');
    await until(page, 'document.querySelector(".curve")');
    await choose(page, /^Derivatives/, '3');
    await until(page, says('.curve .legend .name', 'f′′′'));
    const formulas = await page.locator('.curve .legend .formula annotation').allTextContents();
    expect(formulas.slice(0, 2)).toEqual(['x^{2} \\sin(x)', '2 x \\sin(x) + x^{2} \\cos(x)']);
    expect(formulas).toHaveLength(4);
    expect(formulas.join()).not.toContain('derivative');
  },
  prints: async ({ page }) => {
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.rows .formula').first().isVisible()).toBe(true);
    expect(await page.locator('.steps .transport').first().isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
  },
};

const views: Readonly<Record<string, View>> = { 'on a wide screen': WIDE, 'on a phone': PHONE };

describe.each(Object.entries(views))('%s', (name, view) => {
  test.each(Object.entries(tasks))('one %s', async (_, work) => {
    const { page, context, complaints } = await open(view);
    await settled(page);
    const isNarrow = name === 'on a phone';
    const go = async (pane: string): Promise<void> => {
      if (isNarrow) await press(page, pane);
      // What can be trained is the model that was written last.
      if (pane === 'Train')
        await until(page, '!document.querySelector(".derivation.stale") && document.querySelector(".train .controls")');
    };
    await work({ page, go });
    expect(complaints.filter((told) => !told.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
    await context.close();
  });
});
