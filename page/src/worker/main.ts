import { late as chinese } from 'virtual:late/chinese';
import { late as ordinary } from 'virtual:late/ordinary';
import { late as rest } from 'virtual:late/rest';
import type { Call, ProgressOf, Reply, TaskName, Tasks } from '../engine/protocol.ts';
import { loading } from './late.ts';
import { troubleOf } from './trouble.ts';

/** One entry for all that is computed: the page starts it for derivations, for checks, and for training. */

type Work = {
  readonly [K in TaskName]: (ask: Tasks[K]['ask'], tell: (progress: ProgressOf<K>) => void) => Promise<Tasks[K]['answer']>;
};

/** Who trains derives too, but has nothing to typeset. */
async function shown(): Promise<typeof import('./sheet.ts')> {
  const [sheet] = await Promise.all([import('./sheet.ts'), import('./typeset.ts')]);
  return sheet;
}

/** What a derivation does not need is loaded when it is asked for. */
const work: Work = {
  sheet: async (ask) => {
    const { answer } = await shown();
    return sure(
      () => answer(ask),
      (told) => 'trouble' in told,
    );
  },
  beside: async (ask) => (await import('./beside.ts')).beside(ask),
  line: async (ask) => {
    const { line } = await import('./line.ts');
    return sure(
      () => line(ask),
      (told) => told === undefined,
    );
  },
  opened: async (ask) => (await shown()).opened(ask),
  numbers: async (ask) => (await import('./numbers.ts')).numbers(ask),
  claim: async (ask) => (await import('./claim.ts')).judged(ask),
  mend: async (ask) => (await import('./mend.ts')).mend(ask),
  vocabulary: async (ask) => (await import('./vocabulary.ts')).vocabulary(ask),
  card: async (ask) => (await import('./card.ts')).card(ask),
  files: async (ask) => (await import('./files.ts')).files(ask),
  curves: async (ask) => (await import('./curves.ts')).curves(ask),
  check: async (ask) => (await import('./check.ts')).checked(ask),
  offer: async (ask) => (await import('./offer.ts')).offer(ask),
  begin: async (ask) => (await import('./train.ts')).begin(ask),
  advance: async (ask, tell) => (await import('./train.ts')).advance(ask, tell),
  learned: async (ask) => (await import('./train.ts')).learned(ask),
  pause: async () => (await import('./train.ts')).pause(),
  rate: async (ask) => (await import('./train.ts')).setRate(ask),
  surface: async (ask) => (await import('./train.ts')).surface(ask),
  rates: async (ask) => (await import('./rates.ts')).rates(ask),
  classes: async (ask) => (await import('./data.ts')).classes(ask),
  table: async (ask) => (await import('./data.ts')).table(ask),
  written: async (ask) => (await import('./written.ts')).written(ask),
};

/** What may begin without all of the engine. */
const PROMPT: ReadonlySet<TaskName> = new Set(['sheet', 'beside', 'opened', 'line']);

/** All of the engine. */
const whole = (): Promise<unknown> => Promise.all([ordinary.load(), rest.load()]);

/** What is not there yet may be taken for a fault: faults are told by all of the engine. */
async function sure<T>(work: () => T, isFault: (answer: T) => boolean): Promise<T> {
  const answer = work();
  if (!isFault(answer) || (ordinary.isThere && rest.isThere)) return answer;
  await whole();
  return work();
}

/** A derivation fetches what it turns out to need; what runs long, or in pieces, is not begun twice. */
async function needed(task: TaskName, lang: string): Promise<void> {
  await Promise.all([...(PROMPT.has(task) ? [] : [whole()]), ...(lang === 'zh' ? [chinese.load()] : [])]);
}

const send = (reply: Reply): void => postMessage(reply);

async function done<K extends TaskName>({ id, task, ask }: Call<K>): Promise<void> {
  try {
    await needed(task, ask.lang);
    send({ id, answer: await loading(() => work[task](ask, (progress) => send({ id, progress }))) });
    // Before the next edit needs it.
    void whole();
  } catch (error) {
    send({ id, error: troubleOf(error, ask.lang) });
  }
}

addEventListener('message', ({ data }: MessageEvent<Call>) => void done(data));

// What the first edit needs is there when it comes.
if (self.name === 'derivations') void shown();
