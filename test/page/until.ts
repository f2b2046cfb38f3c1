import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Waits until an expression holds on the page. It is asked from outside: the page's policy lets nothing in it be made of text. */
export const until = (page: Page, expression: string): Promise<void> =>
  expect.poll(() => page.evaluate(expression), { timeout: 60_000, interval: 40, message: expression }).toBeTruthy();
