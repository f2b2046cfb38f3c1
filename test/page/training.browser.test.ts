import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { cost, EPOCH, epoch, epochsField, LINE, RUNNING, ran, ready, run, SPIRAL, typed, XOR } from './runs.ts';
import { browsing, PHONE, settled, stumbles, type View } from './support.ts';
import { until } from './until.ts';

const site = browsing();

async function opened(source: string, layers: readonly string[] = [], view: View = {}) {
  const found = await site.open({ motion: 'no-preference', ...view });
  await settled(found.page);
  await typed(found.page, source);
  // The run is that of the new source once its parameters are.
  const params = source.split('\n').filter((line) => line.startsWith('param'));
  const names = params.flatMap((line) => [...line.matchAll(/(?<=param |,\s+)\w+(?= [:=~])/g)].map(([name]) => name)).join();
  await until(found.page, `[...document.querySelectorAll('.parameters dt')].map((e) => e.textContent).join() === '${names}'`);
  await ready(found.page, layers);
  return found;
}

describe('what is asked for', () => {
  test('is what runs: a rate that is taken back is the one that is shown and kept', async () => {
    const { page, context, complaints } = await opened(LINE);
    await page.locator('#rate').press('End');
    expect(await page.locator('output[for=rate]').textContent()).toBe('100');
    await run(page).click();
    await until(page, `!${RUNNING} && Number(${EPOCH}) > 0`);
    await page.getByRole('button', { name: 'Start again' }).click();
    await ready(page);
    const suggested = page.locator('.rate button');
    const rate = (await suggested.textContent())!.replace('suggested: ', '');
    await suggested.click();
    expect(await page.locator('output[for=rate]').textContent()).toBe(rate);
    await page.locator('.controls').getByRole('button', { name: 'One step' }).click();
    await ran(page, 1);
    await page.getByRole('button', { name: 'Keep to compare' }).click();
    expect(await page.locator('.kept tbody').textContent()).toContain(`α = ${rate}`);
    // Of another model there is nothing to compare with.
    await typed(page, LINE.replace('w*x + b', 'w*x + 2*b'));
    await until(page, "!document.querySelector('.kept')");
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('or told why not: epochs are a whole number', async () => {
    const { page, context } = await opened(LINE);
    for (const wrong of ['0', '-5', '2.5']) {
      await epochsField(page).fill(wrong);
      await epochsField(page).press('Tab');
      expect(await page.locator('.refused').textContent()).toContain(`not ${wrong.replace('-', '−')}: a whole number from 1 to`);
      expect(await epochsField(page).inputValue()).toBe(wrong);
      expect(await epochsField(page).getAttribute('aria-invalid')).toBe('true');
      await expect.poll(() => page.locator('.outcome').textContent()).toContain('see “Epochs”');
      expect(await page.getByRole('button', { name: 'Run' }).isDisabled()).toBe(true);
    }
    await epochsField(page).fill('20');
    await epochsField(page).press('Tab');
    expect(await page.locator('.refused').count()).toBe(0);
    await expect.poll(() => page.getByRole('button', { name: 'Run' }).isEnabled()).toBe(true);
    await context.close();
  });
});

describe('an option that cannot be', () => {
  const wrong = (page: Page) => page.locator('.more .refused');

  test('is told beside its field, in the words of the page; what is wrong is seen though the fields were folded', async () => {
    const { page, context, complaints } = await opened(LINE);
    await page.getByText('More options').click();
    await page.getByLabel('Clip gradients at').fill('-1');
    await page.getByLabel('Clip gradients at').press('Tab');
    await expect.poll(() => wrong(page).textContent()).toBe('“Clip gradients at” is a number above 0, not -1');
    expect(await page.getByLabel('Clip gradients at').getAttribute('aria-invalid')).toBe('true');
    const field = (await page.getByLabel('Clip gradients at').boundingBox())!;
    const said = (await wrong(page).boundingBox())!;
    expect(Math.abs(said.y - field.y)).toBeLessThan(60);
    expect(await page.locator('.outcome').textContent()).toContain('see “Clip gradients at”');
    await page.getByLabel('Clip gradients at').fill('');
    await page.getByLabel('Patience').fill('3');
    await page.getByLabel('Patience').press('Tab');
    await expect
      .poll(() => wrong(page).textContent())
      .toBe('“Patience” needs a validation cost: set a validation share, for example 0.2');
    await page.locator('.plan select').selectOption('lbfgs');
    await page.getByLabel('Patience').fill('');
    await page.getByLabel('Weight decay').fill('0.1');
    await page.getByLabel('Weight decay').press('Tab');
    await expect.poll(() => wrong(page).textContent()).toContain('lbfgs finds its own steps: it has no “Weight decay”');
    await page.getByLabel('Weight decay').fill('');
    await page.getByLabel('Hold fixed').fill('Q');
    await page.getByLabel('Hold fixed').press('Tab');
    await expect.poll(() => wrong(page).textContent()).toContain('Q is no parameter that could stay fixed');
    await page.getByLabel('Hold fixed').fill('');
    await page.getByLabel('Hold fixed').press('Tab');
    await expect.poll(() => wrong(page).count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is there where a hint speaks of it, in the words of the page', async () => {
    const TWO = 'data Y : [n, m] = [[1, 2, 3], [3, 5, 4]]\nparam w = 0\nminimize Cost = sum((Y - w).^2)';
    const { page, context } = await opened(TWO, [], { lang: 'zh' });
    await page.getByText('更多选项').click();
    await page.getByLabel('每步样本数').fill('1');
    await page.getByLabel('每步样本数').press('Tab');
    await expect.poll(() => page.locator('.outcome .hint').textContent()).toBe('请在“更多选项”的“样本所在的轴”处指明');
    await page.getByLabel('样本所在的轴').fill('m');
    await page.getByLabel('样本所在的轴').press('Tab');
    await expect.poll(() => page.getByRole('button', { name: '运行' }).isEnabled()).toBe(true);
    await context.close();
  });

  test('in Chinese too', async () => {
    const { page, context } = await opened(LINE, [], { lang: 'zh' });
    await page.getByText('更多选项').click();
    await page.getByLabel('容忍轮数').fill('-1');
    await page.getByLabel('容忍轮数').press('Tab');
    await expect.poll(() => wrong(page).textContent()).toBe('“容忍轮数” 应为从 1 起的整数，而不是 -1');
    await context.close();
  });
});

describe('a run', () => {
  test('goes to its epochs; cost, parameters, boundary, neurons and the numbers of the graph follow', async () => {
    const { page, context, complaints } = await opened(XOR, ['A1']);
    expect(await page.locator('.neuron').count()).toBe(3);
    const numbers = () => page.locator('.graph .numbers').allTextContents();
    const [graph, parameters, edge] = [
      await numbers(),
      await page.locator('.parameters').textContent(),
      await page.locator('.edge').getAttribute('d'),
    ];
    await epochsField(page).fill('5000');
    await run(page).click();
    await ran(page, 5000);
    expect(await cost(page)).toBeLessThan(0.001);
    const learned = await numbers();
    expect(learned).not.toEqual(graph);
    // In another notation or language they stay what they are.
    const steps = () => page.locator('.derivation').textContent();
    const matrices = await steps();
    await page.locator('.notation select').selectOption('index');
    await expect.poll(steps).not.toBe(matrices);
    await settled(page);
    expect(await numbers()).toEqual(learned);
    await page.locator('.notation select').selectOption('matrix');
    await expect.poll(steps).toBe(matrices);
    expect(await page.locator('.parameters').textContent()).not.toBe(parameters);
    expect(await page.locator('.edge').getAttribute('d')).not.toBe(edge);
    expect(await page.locator('.outcome').textContent()).toContain('All epochs are done');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('pauses, takes one step, goes on, and starts again where it started', async () => {
    const { page, context } = await opened(
      SPIRAL.replace('[2, m], Y : [1, m]', '[2, m] = [[0, 1, 2], [1, 0, 1]], Y : [1, m] = [[0, 1, 0]]'),
      ['A1', 'A2'],
    );
    const start = await page.locator('.parameters').textContent();
    await epochsField(page).fill('1000000');
    await run(page).click();
    await until(page, `Number(${EPOCH}) > 10`);
    await run(page).click();
    await until(page, `!${RUNNING}`);
    const at = await epoch(page);
    expect(at).toBeLessThan(1_000_000);
    await page.locator('.controls').getByLabel('One step').click();
    await ran(page, at + 1);
    await page.getByLabel('Start again').click();
    await ready(page, ['A1', 'A2']);
    expect(await page.locator('.parameters').textContent()).toBe(start);
    await context.close();
  });

  test('that diverges says so with a rate to try, and keeps the best parameters', async () => {
    const { page, context, complaints } = await opened(LINE);
    const slider = page.getByLabel('Learning rate α');
    await slider.focus();
    await page.keyboard.press('End');
    await run(page).click();
    await page.locator('.outcome', { hasText: 'at the learning rate 100' }).waitFor();
    expect(await page.locator('.outcome').textContent()).toMatch(/curvature at the start allows rates below .*: try 0\.0/);
    expect(await page.locator('.outcome').textContent()).toContain('best parameters');
    // The suggested rate is a click away.
    await page.getByRole('button', { name: /^suggested/ }).click();
    await run(page).click();
    await ran(page, 1000);
    expect(await cost(page)).toBeLessThan(0.01);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('that a solver ends has converged, and auto tells what it chose', async () => {
    const { page, context } = await opened(LINE);
    await page.getByLabel('Optimizer').selectOption('auto');
    await page.locator('.outcome', { hasText: 'levenberg-marquardt' }).waitFor();
    await run(page).click();
    await page.locator('.outcome', { hasText: 'converged' }).waitFor();
    expect(await cost(page)).toBeLessThan(1e-10);
    await context.close();
  });

  test('offers every optimizer with the options of its record, in both languages', async () => {
    const { page, context } = await opened(LINE);
    const names = await page.getByLabel('Optimizer').locator('option').allTextContents();
    expect(names).toEqual(
      expect.arrayContaining(['gd', 'momentum', 'adam', 'adamw', 'lbfgs', 'newton', 'levenberg-marquardt', 'auto']),
    );
    await page.getByLabel('Optimizer').selectOption('adam');
    await page.locator('.more summary').click();
    expect(await page.getByLabel('beta1').inputValue()).toBe('0.9');
    await page.getByLabel('beta1').fill('2');
    await page.getByLabel('beta1').blur();
    // What is no value of it stays to be mended, and there is no run with it; another optimizer has no such field.
    expect(await page.getByLabel('beta1').getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => run(page).isDisabled()).toBe(true);
    await page.getByLabel('Optimizer').selectOption('gd');
    await expect.poll(() => run(page).isEnabled()).toBe(true);
    await page.getByLabel('Optimizer').selectOption('adam');
    expect(await page.getByLabel('beta1').inputValue()).toBe('0.9');
    expect(await page.locator('.rate output').textContent()).toBe('0.001');
    await page.getByLabel('Language').selectOption('zh');
    await page.locator('.train', { hasText: '学习率' }).waitFor();
    await context.close();
  });

  test('takes what the table of options has: schedules, decay, a validation share; and says what cannot be', async () => {
    const { page, context, complaints } = await opened(LINE.replaceAll('[4]', '[n]'));
    await page.locator('.more summary').click();
    await page.getByLabel('Rate schedule').selectOption('cosine');
    await page.getByLabel('Weight decay').fill('0.01');
    await page.getByLabel('Validation share').fill('0.25');
    await page.getByLabel('Validation share').blur();
    await ready(page);
    await run(page).click();
    await ran(page, 1000);
    await page.locator('.costs path.validation').first().waitFor({ state: 'attached' });
    await page.getByLabel('Validation share').fill('3');
    await page.getByLabel('Validation share').blur();
    await page.locator('.outcome', { hasText: 'validation' }).waitFor();
    await page.getByLabel('Validation share').fill('');
    await page.getByLabel('Validation share').blur();
    await page.getByLabel('Hold fixed').fill('b');
    await page.getByLabel('Hold fixed').blur();
    await ready(page);
    await run(page).click();
    await ran(page, 1000);
    expect(await page.locator('.parameters > div', { hasText: 'b' }).locator('dd').textContent()).toBe('0');
    await page.getByLabel('Language').selectOption('zh');
    await page.getByLabel('权重衰减').waitFor();
    expect(await page.locator('.more .wide').textContent()).toMatch(/^梯度下降/);
    expect(await page.getByLabel('权重衰减').getAttribute('aria-description')).not.toMatch(/share of the weights/);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('draws the cost surface before the first step, over the parameters that are chosen', async () => {
    const { page, context, complaints } = await opened(XOR, ['A1']);
    await page.locator('summary', { hasText: 'Cost surface' }).click();
    const surface = page.locator('.report', { has: page.locator('.halo') });
    await surface.waitFor();
    const first = await surface.innerHTML();
    await page.getByLabel(/^across/).selectOption('W2[1, 2]');
    await page.getByLabel(/^up/).selectOption('b2');
    await page.locator('.report', { hasText: 'over W₂[1, 2] and b₂' }).waitFor();
    expect(await surface.innerHTML()).not.toBe(first);
    // It has colours of its own in either theme.
    expect(await page.evaluate('getComputedStyle(document.querySelector(".report .start")).stroke')).not.toBe('none');
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('is kept beside others, and can be removed', async () => {
    const { page, context } = await opened(XOR, ['A1']);
    await run(page).click();
    await ran(page, 1000);
    await page.getByRole('button', { name: 'Keep to compare' }).click();
    await page.getByLabel('Optimizer').selectOption('adam');
    await ready(page, ['A1']);
    await run(page).click();
    await ran(page, 1000);
    await page.getByRole('button', { name: 'Keep to compare' }).click();
    const rows = page.locator('.kept tbody tr');
    expect(await rows.allTextContents()).toEqual([
      expect.stringMatching(/gd, α = .*1000/),
      expect.stringMatching(/adam, α = 0.001.*1000/),
    ]);
    expect(await page.locator('.costs path.run').count()).toBe(3);
    await page.getByLabel('Name of the run').first().fill('plain');
    await page.getByRole('button', { name: 'Remove plain' }).click();
    expect(await rows.count()).toBe(1);
    await context.close();
  });

  test('draws the cost surface with its way, and what the rate does', async () => {
    const { page, context, complaints } = await opened(LINE);
    await run(page).click();
    await ran(page, 1000);
    await page.locator('summary', { hasText: 'Cost surface' }).click();
    await page.locator('.report #surface-title, .report svg .halo').first().waitFor({ state: 'attached' });
    await page.locator('summary', { hasText: 'What the rate does' }).click();
    await page.locator('.report svg .path').nth(1).waitFor({ state: 'attached' });
    expect(complaints).toEqual([]);
    await context.close();
  });

  test('can be led by the keyboard alone on a phone', async () => {
    const { page, context, complaints } = await site.open({ ...PHONE, open: true });
    await page.locator('.tabs button', { hasText: 'Train' }).focus();
    await page.keyboard.press('Enter');
    await run(page).waitFor();
    await ready(page);
    await run(page).focus();
    await page.keyboard.press('Enter');
    await ran(page, 1000);
    expect(await cost(page)).toBeLessThan(0.01);
    expect(await stumbles(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });
});

/** The same site with a policy on the worker’s script too: there no code may be generated. */

test.each([
  ['no number', 'param x = -1\nminimize C = log(x)\n'],
  ['infinite', 'param x = 0\nminimize C = -log(x)\n'],
])('a cost that is %s at the start has no place among those of a run', async (_, source) => {
  const { page, complaints, context } = await opened(source);
  await page.locator('.costs svg').first().waitFor();
  expect(await page.locator('.costs circle').count()).toBe(0);
  expect(complaints).toEqual([]);
  await context.close();
});
