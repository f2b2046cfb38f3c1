import { batch, computed, effect, signal, untracked } from '@preact/signals';
import { meaningOf } from '../../../src/language/meaning.ts';
import { Engine, EngineError, Stopped } from '../engine/client.ts';
import type { Trouble } from '../engine/protocol.ts';
import type { BeginAsk, Begun, Frame, Given, Offer, Plan } from '../engine/training.ts';
import { derived, led, numbers, sheet } from '../model.ts';
import { ofModel, openings } from '../of-model.ts';
import { lang } from '../settings.ts';

/** A training run: how it is asked for, where it is, and those before it. */

/** Nothing else may keep it waiting, and it is stopped at once. */
const engine = new Engine('training');

export { engine as training };

export const AUTO = 'auto';
export const optimizer = ofModel('gd');
/** The optimizer's own unless told, or the one that is suggested. */
export const rate = ofModel<number | undefined>(undefined);
export const epochs = ofModel(1000);
export const seed = ofModel(1);
/** Examples in a step; all unless told. */
export const batchSize = ofModel<number | undefined>(undefined);
/** Options of optimizers that were changed, by the names of both. */
export const changes = ofModel<Readonly<Record<string, Readonly<Record<string, number>>>>>({});
/** What else was asked for, by the names of options, as it was typed. */
export const more = ofModel<Plan['more']>({});
/** What is learned from. */
export const given = signal<Given>({ kind: 'own' });

const offer = signal<Offer>({ methods: [], options: [] });
export const methods = computed(() => offer.value.methods);
export const runOptions = computed(() => offer.value.options);
export const method = computed(() => methods.value.find(({ name }) => name === optimizer.value));

export const begun = signal<Begun | undefined>(undefined);
export const frame = signal<Frame | undefined>(undefined);
export const isRunning = signal(false);
/** Whether setting a run up takes so long that what is shown of the one before may be taken for it: that is gone then. */
export const isPreparing = signal(false);
/** Why there is no run. */
export const failure = signal<Trouble | undefined>(undefined);
/** The fields that hold what cannot stand there, by their labels. */
const refusals = signal<Readonly<Record<string, string>>>({});
/** The first of them. */
export const refused = computed<string | undefined>(() => Object.values(refusals.value)[0]);
/** Until it is mended, there is nothing that could run. */
export const isBarred = computed(
  () => isPreparing.value || refused.value !== undefined || (failure.value !== undefined && !begun.value),
);
/** The rate of the run at hand; of a method that no run is begun with yet, its own. */
export const rateNow = computed(() => {
  const isOfMethod = optimizer.value === AUTO || begun.value?.optimizer === optimizer.value;
  return rate.value ?? (isOfMethod ? begun.value?.rate : undefined) ?? method.value?.rate ?? 0.1;
});

const stillness = matchMedia('(prefers-reduced-motion: reduce)');

const plan = computed<Omit<Plan, 'epochs' | 'lr'>>(() => ({
  optimizer: optimizer.value,
  seed: seed.value,
  ...(batchSize.value !== undefined && { batch: batchSize.value }),
  options: changes.value[optimizer.value] ?? {},
  more: more.value,
}));

/** The model at hand: comments and layout are none of it, and one that is opened again is another. */
export const model = computed(() => derived.value && JSON.stringify([openings.value, meaningOf(derived.value.source)]));

/** What a run is begun for: another one begins when it changes. */
const cause = computed(() => {
  const reading = derived.value;
  if (!reading || !sheet.value?.isTrainable || refused.value !== undefined) return undefined;
  // A schedule is planned for the epochs.
  const whole = plan.value.more.schedule === undefined ? plan.value : { ...plan.value, epochs: epochs.value };
  return { model: model.value, given: given.value, plan: whole };
});

function asked(): BeginAsk | undefined {
  const reading = derived.peek();
  if (!reading || !cause.peek()) return undefined;
  const lr = rate.peek();
  return { ...reading, given: given.peek(), plan: { ...plan.peek(), epochs: epochs.peek(), ...(lr !== undefined && { lr }) } };
}

/** An edit that comes sooner than this after another is not begun for. */
const REST = 150;
/** What takes longer to be set up is waited for in sight, in milliseconds. */
const SOON = 250;
/** What takes longer to be set up, or to pause, is ended. */
const STUCK = 2000;
const PATIENCE = 500;

/** Each begun run makes those before it void. */
let turn = 0;
let beginning: Promise<void> | undefined;
/** When what is being set up was begun. */
let since: number | undefined;

/** The run that is to be set up when edits rest. */
let due: ReturnType<typeof setTimeout> | undefined;

/** Whoever runs right after an edit means the run of that edit. */
async function upToDate(): Promise<void> {
  await (due === undefined ? beginning : startAgain());
}

/** There is no run, and why. */
function clear(why?: Trouble, isLate = false): void {
  batch(() => {
    begun.value = undefined;
    frame.value = undefined;
    failure.value = why;
    isPreparing.value = isLate;
  });
}

/** Sets the run up anew, where it starts. */
export function startAgain(): Promise<void> {
  clearTimeout(due);
  due = undefined;
  const own = ++turn;
  beginning = (async () => {
    const ask = asked();
    isRunning.value = false;
    // Nobody waits for what was begun before, however long it would take.
    if (since !== undefined && performance.now() - since > STUCK) engine.stop();
    since = undefined;
    if (!ask) {
      clear();
      return;
    }
    since = performance.now();
    const late = setTimeout(() => {
      if (own === turn) clear(undefined, true);
    }, SOON);
    const patience = setTimeout(() => own !== turn && engine.stop(), STUCK);
    try {
      const found = await engine.ask('begin', ask);
      if (own !== turn) return;
      batch(() => {
        begun.value = found;
        failure.value = undefined;
        isPreparing.value = false;
        led.value = derived.peek();
        show(found.frame);
      });
      // What was chosen while it was set up.
      if (rate.peek() !== ask.plan.lr) setRate(rate.peek());
    } catch (error) {
      if (own !== turn) return;
      // What was before it took long, and the engine was ended for its sake.
      if (error instanceof Stopped) return startAgain();
      if (!(error instanceof EngineError)) throw error;
      clear(error.trouble);
    } finally {
      clearTimeout(late);
      clearTimeout(patience);
      if (own === turn) {
        isPreparing.value = false;
        since = undefined;
      }
    }
  })();
  return beginning;
}

function show(next: Frame): void {
  frame.value = next;
  if (next.numbers) numbers.value = next.numbers;
}

/** What came last is drawn with the next picture of the screen. */
let waiting: Frame | undefined;
function showSoon(next: Frame): void {
  if (!waiting)
    requestAnimationFrame(() => {
      const last = waiting;
      waiting = undefined;
      if (last && isRunning.peek()) batch(() => show(last));
    });
  waiting = next;
}

async function advance(count: number): Promise<void> {
  if (!begun.peek()) await startAgain();
  if (!begun.peek()) return;
  const own = turn;
  isRunning.value = true;
  try {
    const isCalm = stillness.matches;
    const last = await engine.ask('advance', { lang: lang.peek(), epochs: count, isCalm }, (next) => {
      if (own === turn) showSoon(next);
    });
    if (own === turn)
      batch(() => {
        isRunning.value = false;
        show(last);
      });
  } catch (error) {
    if (own !== turn) return;
    isRunning.value = false;
    if (error instanceof Stopped) begun.value = undefined;
    else if (error instanceof EngineError) failure.value = error.trouble;
    else throw error;
  }
}

/** Whether the run can go no further. */
const isOver = (): boolean => {
  const stopped = frame.peek()?.ended?.stopped;
  return stopped === 'converged' || stopped === 'early' || stopped === 'diverged';
};

/** To its epochs; from there on as many again. */
export async function run(): Promise<void> {
  if (isRunning.peek()) return;
  await upToDate();
  if (isOver()) await startAgain();
  const left = epochs.peek() - (frame.peek()?.epoch ?? 0);
  await advance(left > 0 ? left : epochs.peek());
}

export async function step(): Promise<void> {
  if (isRunning.peek()) return;
  await upToDate();
  if (isOver()) await startAgain();
  await advance(1);
}

/** Stops the run where it is; one that does not hear is ended. */
export async function pause(): Promise<void> {
  if (!isRunning.peek()) return;
  const patience = setTimeout(() => isRunning.peek() && engine.stop(), PATIENCE);
  try {
    await engine.ask('pause', { lang: lang.peek() });
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  } finally {
    if (!isRunning.peek()) clearTimeout(patience);
  }
}

/** From the next step on. */
export function setRate(next: number | undefined): void {
  rate.value = next;
  const run = begun.peek();
  const lr = next ?? run?.suggestion ?? method.peek()?.rate;
  if (lr === undefined || !run) return;
  begun.value = { ...run, rate: lr };
  engine.ask('rate', { lang: lang.peek(), rate: lr }).catch((error) => {
    if (!(error instanceof Stopped || error instanceof EngineError)) throw error;
  });
}

export function choose(name: string): void {
  batch(() => {
    optimizer.value = name;
    rate.value = undefined;
  });
}

/** An option as it was typed; undefined leaves it out. */
export function setMore(name: string, value: string | true | undefined): void {
  const { [name]: _, ...others } = more.peek();
  more.value = value === undefined ? others : { ...others, [name]: value };
}

/** A field that holds what cannot stand there, by its label; undefined for one that does not. */
export function refuse(field: string, label: string | undefined): void {
  const { [field]: before, ...others } = refusals.peek();
  if (label !== before) refusals.value = label === undefined ? others : { ...others, [field]: label };
}

let started = false;

/** Begins to follow the model. */
export function follow(): void {
  if (started) return;
  started = true;
  effect(() => {
    const language = lang.value;
    engine.ask('offer', { lang: language }).then(
      (found) => {
        offer.value = found;
      },
      (error) => {
        if (!(error instanceof Stopped)) throw error;
      },
    );
  });
  effect(() => {
    lang.value;
    // What is told of a run that has not gone on is told in the language of the page.
    if (untracked(() => (begun.value && (frame.value?.epoch ?? 0) === 0) || failure.value)) void startAgain();
  });
  let read = derived.peek();
  let meant = model.peek();
  effect(() => {
    const [reading, now] = [derived.value, model.value];
    // Its numbers stay those of the run.
    if (now === meant && read && led.peek()?.source === read.source) led.value = reading;
    [read, meant] = [reading, now];
  });
  let before = '';
  let data: Given | undefined;
  effect(() => {
    const now = cause.value;
    const key = now ? JSON.stringify([now.model, now.plan]) : '';
    if (key === before && data === now?.given) return;
    before = key;
    data = now?.given;
    clearTimeout(due);
    due = setTimeout(() => void startAgain(), REST);
  });
}
