import { describe, expect, test } from 'vitest';
import { typed } from './runs.ts';
import { browsing, overflow, settled, stumbles } from './support.ts';

/** Nothing is wider than its place, and nothing stands on something else. */

const site = browsing();

describe('on a phone no pane is wider than the window', () => {
  test.each([
    [320, 'en'],
    [360, 'en'],
    [375, 'zh'],
    [320, 'zh'],
  ] as const)('%d pixels, %s', async (width, lang) => {
    const { page, context } = await site.open({ width, height: 780, lang });
    await settled(page);
    const tabs = page.locator('.tabs button');
    for (let k = 0; k < 4; k++) {
      await tabs.nth(k).click();
      expect(await overflow(page)).toBe(0);
    }
    const reaches = `[...document.querySelectorAll('.top *, .bar')].filter((e) => e.getBoundingClientRect().right > ${width} + 0.5).length`;
    await tabs.nth(1).click();
    expect(await page.evaluate(reaches)).toBe(0);
    await context.close();
  });
});

const TWICE = 'param W : [100, 100] ~ xavier\nminimize C = sum((W*W).^2)\n';
const MEANS = `data  X : [n, d] = [[1.2, -2.4], [0.2, -0.2], [0.2, -0.2]]
param C : [k, d] = [[-0.2, 0.0], [-1.2, 0.5], [0.5, -1.1]]
minimize Cost = sum[i](min[k](sum[j]((X[i,j] − C[k,j])^2)))
`;

/** Pairs of cells of a proof that stand on one another, by what is seen of them. */
const CLASHES = `[...document.querySelectorAll('.row.current .working tr')].flatMap((row) => {
  const boxes = [...row.querySelectorAll('th, .left')].map((cell) => {
    const range = document.createRange();
    // Beside what is seen stands what is read out.
    range.selectNodeContents(cell.querySelector('.katex-html') ?? cell);
    return [cell.textContent, range.getBoundingClientRect()];
  });
  const [[label, a], [, b]] = boxes;
  const right = row.querySelector('.right').getBoundingClientRect();
  const meets = (one, other) => one.width > 0 && other.width > 0 && one.right > other.left + 1 && one.bottom > other.top + 1 && one.top < other.bottom - 1;
  return meets(a, b) || meets(a, right) || meets(b, right) ? [label] : [];
})`;

describe('a step that is opened', () => {
  test.each([
    [1440, TWICE],
    [1440, MEANS],
    [1100, TWICE],
    [1920, TWICE],
  ])('at %d pixels its labels and formulas stand side by side', async (width, source) => {
    const { page, context } = await site.open({ width, open: true });
    await settled(page);
    await typed(page, source);
    await expect
      .poll(() => page.locator('.derivation:not(.stale) .rows .formula annotation').first().textContent())
      .not.toContain('Z');
    await page.locator('.rows.back .head').last().click();
    await page.locator('.row.current .working tr').first().waitFor();
    expect(await page.evaluate(CLASHES)).toEqual([]);
    // What is wider than the pane moves by itself.
    const pane = "(() => { const pane = document.querySelector('.pane.steps'); return pane.scrollWidth - pane.clientWidth; })()";
    expect(await page.evaluate(pane)).toBe(0);
    await page.waitForTimeout(600);
    expect(await stumbles(page)).toEqual([]);
    await context.close();
  });

  test('a row that is wider than the pane moves by itself', async () => {
    const { page, context } = await site.open({ at: `#model=${encodeURIComponent(MEANS.replaceAll('\n', ';'))}` });
    await settled(page);
    const moved = page.locator('.rows.back .across').last();
    expect(
      await moved.evaluate(
        '(e) => e.scrollWidth > e.clientWidth'.replace('(e) =>', 'document.querySelector(".rows.back .across") && ((e) =>') +
          ')(document.querySelector(".rows.back .across"))',
      ),
    ).toBe(true);
    await context.close();
  });
});
