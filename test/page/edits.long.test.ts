import type { CDPSession } from 'playwright-core';
import { expect, test } from 'vitest';
import { browsing, settled } from './support.ts';

/** Ten thousand edits leave the heaps of the page and of the engine as they were: `npm run page`, then `npm run test:long`. */

const site = browsing();
const EDITS = Number(process.env.GRADUS_EDITS ?? 10_000);
const MOST = 5_000_000;

/** The heaps of a page and its workers, after what nobody needs has gone. */
async function heapsOf(
  cdp: CDPSession,
): Promise<{ readonly page: () => Promise<number>; readonly workers: () => Promise<number[]> }> {
  const sessions: string[] = [];
  const waiting = new Map<number, (result: { usedSize?: number }) => void>();
  let next = 1;
  cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') sessions.push(sessionId);
  });
  cdp.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id: number; result: { usedSize?: number } };
    waiting.get(id)?.(result);
  });
  await cdp.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  const ask = (sessionId: string, method: string): Promise<{ usedSize?: number }> =>
    new Promise((resolve) => {
      const id = next++;
      waiting.set(id, resolve);
      void cdp.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id, method }) });
    });
  const settledIn = async (work: (method: string) => Promise<{ usedSize?: number }>): Promise<number> => {
    for (let k = 0; k < 3; k++) await work('HeapProfiler.collectGarbage');
    return (await work('Runtime.getHeapUsage')).usedSize!;
  };
  return {
    page: () => settledIn((method) => cdp.send(method as 'Runtime.getHeapUsage')),
    workers: () => Promise.all(sessions.map((session) => settledIn((method) => ask(session, method)))),
  };
}

/** Types a digit at the end and takes it away, as often as that, each when the one before has been answered. */
const edit = (times: number): string => `(async () => {
  const content = document.querySelector('.cm-content');
  content.focus();
  getSelection().selectAllChildren(content);
  getSelection().collapseToEnd();
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  for (let k = 0; k < ${times}; k++) {
    document.execCommand(k % 2 ? 'delete' : 'insertText', false, k % 2 ? undefined : ' ');
    do await frame(); while (document.querySelector('.derivation.stale'));
  }
})()`;

test(`${EDITS} edits leave the heaps as they were`, { timeout: 3_000_000 }, async () => {
  const { page, context } = await site.open();
  await settled(page);
  const heaps = await heapsOf(await context.newCDPSession(page));
  // What is kept on purpose, such as formulas that were set, is there after a few.
  await page.evaluate(edit(Math.min(EDITS, 400)));
  const before = { page: await heaps.page(), workers: await heaps.workers() };
  await page.evaluate(edit(EDITS));
  const after = { page: await heaps.page(), workers: await heaps.workers() };
  expect(before.workers.length).toBeGreaterThan(0);
  expect(after.workers).toHaveLength(before.workers.length);
  console.log(JSON.stringify({ before, after }));
  expect(after.page - before.page).toBeLessThan(MOST);
  for (const [k, size] of after.workers.entries()) expect(size - before.workers[k]!).toBeLessThan(MOST);
  await context.close();
});
