import type { Page } from 'playwright-core';
import { until } from './until.ts';

/** Models that the page trains, and how one tells where a run is. */

export const XOR = `data  X : [2, m] = [[0, 0, 1, 1], [0, 1, 0, 1]]
data  Y : [1, m] = [[0, 1, 1, 0]]
param W1 : [3, 2] ~ normal(0, 2),  b1 : [3] = 0
param W2 : [1, 3] ~ normal(0, 2),  b2 = 0
Z1 = W1·X + b1
A1 = σ(Z1)
Z2 = W2·A1 + b2
A2 = σ(Z2)
minimize Cost = sum((A2 − Y).^2) / (2m)
`;
export const SPIRAL = `data  X : [2, m], Y : [1, m]
param W1 : [8, 2] ~ xavier, b1 : [8] = 0
param W2 : [8, 8] ~ xavier, b2 : [8] = 0
param W3 : [1, 8] ~ xavier, b3 = 0
A1 = tanh(W1·X + b1)
A2 = tanh(W2·A1 + b2)
A3 = σ(W3·A2 + b3)
minimize Cost = mean((A3 − Y).^2)
`;
export const LINE =
  'data x : [4] = [1, 2, 3, 4], y : [4] = [2, 4, 6, 8]\nparam w = 0, b = 0\nP = w*x + b\nminimize C = mean((P - y).^2)\n';

export async function typed(page: Page, source: string): Promise<void> {
  await page.locator('.editor .cm-content').first().click();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(source);
}

export const epoch = async (page: Page): Promise<number> => Number(await page.locator('.state .epoch b').textContent());
export const cost = async (page: Page): Promise<number> =>
  Number((await page.locator('.state .cost b').textContent())!.replaceAll('−', '-'));
export const run = (page: Page) => page.locator('.controls .main');
export const epochsField = (page: Page) => page.getByLabel('Epochs', { exact: true });

export const EPOCH = "document.querySelector('.state .epoch b')?.textContent";
export const RUNNING = "document.querySelector('.controls .main')?.textContent.includes('Pause')";

/** The run is set up, at its start, for these hidden layers. */
export const ready = (page: Page, names: readonly string[] = []): Promise<void> =>
  until(
    page,
    `${EPOCH} === '0' && [...document.querySelectorAll('.layer .name')].map((e) => e.textContent).join() === '${names.join()}'`,
  );

export const ran = (page: Page, count: number): Promise<void> => until(page, `${EPOCH} === '${count}' && !${RUNNING}`);
