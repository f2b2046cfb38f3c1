import { late as chinese } from 'virtual:late/chinese';
import { late as rest } from 'virtual:late/rest';
import type { Call, Reply, TaskName, Tasks } from '../engine/protocol.ts';
import { loading } from './late.ts';
import { troubleOf } from './trouble.ts';

/** One entry for all that is computed: the page starts it once for derivations and once for training and checks. */

type Work = { readonly [K in TaskName]: (ask: Tasks[K]['ask']) => Promise<Tasks[K]['answer']> };

/** What a derivation does not need is loaded when it is asked for. */
const work: Work = {
  sheet: async (ask) => (await import('./sheet.ts')).answer(ask),
  numbers: async (ask) => (await import('./numbers.ts')).numbers(ask),
  claim: async (ask) => (await import('./claim.ts')).judged(ask),
  curves: async (ask) => (await import('./curves.ts')).curves(ask),
  check: async (ask) => (await import('./check.ts')).checked(ask),
};

/** A derivation fetches what it turns out to need; what runs long, or in pieces, is not begun twice. */
async function needed(task: TaskName, lang: string): Promise<void> {
  await Promise.all([...(task === 'sheet' ? [] : [rest.load()]), ...(lang === 'zh' ? [chinese.load()] : [])]);
}

const send = (reply: Reply): void => postMessage(reply);

async function done<K extends TaskName>({ id, task, ask }: Call<K>): Promise<void> {
  try {
    await needed(task, ask.lang);
    send({ id, answer: await loading(() => work[task](ask)) });
    // Before the next edit needs it.
    void rest.load();
  } catch (error) {
    send({ id, error: troubleOf(error, ask.lang) });
  }
}

addEventListener('message', ({ data }: MessageEvent<Call>) => void done(data));
