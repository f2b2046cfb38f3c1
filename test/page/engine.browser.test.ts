import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Reading } from '../../page/src/engine/protocol.ts';
import { beside } from '../../page/src/worker/beside.ts';
import { answer } from '../../page/src/worker/sheet.ts';
import { BUILT, browsing } from './support.ts';

/** The engine as it is built for the page, in parts of which one comes later, says what the sources of the engine say. */

const site = browsing();
let page: Page;
const script = readdirSync(join(BUILT, 'assets')).find((name) => /^main-.*\.js$/.test(name))!;

beforeAll(async () => {
  ({ page } = await site.open());
});

/** What a worker that has answered nothing before says: the sheet, and what stands beside it. */
const inPage = (ask: Reading): Promise<{ readonly sheet: unknown; readonly beside: unknown }> =>
  page.evaluate<{ readonly sheet: unknown; readonly beside: unknown }>(`new Promise((resolve, reject) => {
    const worker = new Worker(${JSON.stringify(`./assets/${script}`)}, { type: 'module' });
    const tasks = ['sheet', 'beside'];
    const found = {};
    const next = (id) => worker.postMessage({ id, task: tasks[id], ask: ${JSON.stringify(ask)} });
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data: { id, answer } }) => {
      found[tasks[id]] = answer;
      if (id + 1 < tasks.length && 'sheet' in answer) next(id + 1);
      else { worker.terminate(); resolve(found); }
    };
    next(0);
  })`);

const files = ['examples', 'examples/models'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.grad'))
    .map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const),
);

/** What ordinary models do not have. */
const seldom = [
  'besselj(2, x^2) + erfc(x)',
  'gamma(x)*zeta(x)',
  'F[0] = 0; F[1] = 1; F[k] = F[k-1] + x*F[k-2]; F[9]',
  'param A : [3, 3] positive; minimize logdet(A) + trace(inv(A))',
  'data x : [n]; sum(sort(x))',
  'piecewise = x > 0 ? x^2 : sin(x)',
  "f(x) = x^3; f'(y)",
  // Wrong ones, with their hints.
  'x +',
  'np.sum(x**2)',
  '\\frac{x}{2}',
  'param W : [2, 3], x : [2]; minimize sum(W*x)',
  'simoid(x)',
  'x[1',
  'log(x, y, z)',
];

describe.each(['en', 'zh'] as const)('in %s', (lang) => {
  test.each([...files, ...seldom.map((source) => [source, source] as const)])('%s', async (_, source) => {
    for (const notation of ['auto', 'index'] as const) {
      const ask: Reading = { source, lang, notation };
      const found = await answer(ask);
      const wanted = { sheet: found, ...('sheet' in found && { beside: beside(ask) }) };
      expect(await inPage(ask)).toEqual(JSON.parse(JSON.stringify(wanted)));
    }
  });
});
