import { bench } from 'vitest';
import { filesHere } from '../../src/app/repl/files-here.ts';
import { emptyState, evaluateLine } from '../../src/session/evaluate.ts';

const host = { width: 80, files: filesHere };
const { state } = await evaluateLine(emptyState, ':load examples/xor-hidden.grad', host);

/** What stands between a typed line and its answer: the bar is 50 ms. */
bench('a derivation in a session', async () => {
  await evaluateLine(state, 'derive Cost W1', host);
});
