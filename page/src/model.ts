import { batch, computed, effect, signal } from '@preact/signals';
import { Engine, EngineError, Stopped } from './engine/client.ts';
import type { Beside, Numbers, Opened, Reading, Row, Shaped, Sheet, Trouble } from './engine/protocol.ts';
import { FIRST } from './first.ts';
import { lang, notation } from './settings.ts';

/** The source, and what the engine says of it. */

/** Answers edits; nothing else may keep it waiting. */
export const derivations = new Engine('derivations');
/** Numbers, claims, checks, training. */
export const trials = new Engine('trials');

export const source = signal(FIRST);
export const reading = computed<Reading>(() => ({ source: source.value, lang: lang.value, notation: notation.value }));

/** The last source that could be derived, as it was read. */
export const sheet = signal<Sheet | undefined>(undefined);
/** What that was derived from. */
export const derived = signal<Reading | undefined>(undefined);
/** What stands beside rows, and whose those are; until that is there, what stood beside those before. */
export const beside = signal<(Beside & { readonly of: Reading }) | undefined>(undefined);
export const trouble = signal<Trouble | undefined>(undefined);
export const shapes = signal<readonly Shaped[]>([]);
export const numbers = signal<Numbers | undefined>(undefined);

/** An edit that takes longer than this keeps the one after it from waiting: the engine is begun anew. */
const STUCK = 1500;
/** Whether the engine takes long. */
export const isSlow = signal(false);
/** Whether what is shown is older than the source. */
export const isStale = computed(() => sheet.value !== undefined && derived.value !== reading.value);
/** An answer that comes sooner than this, in milliseconds, follows the edit at once. */
const SOON = 250;
const isLate = signal(false);
/** Whether what is shown stays what an earlier text says: the one that is there is wrong, or takes long. */
export const isOutdated = computed(() => isStale.value && (trouble.value !== undefined || isLate.value));
/** Whether what stands beside the rows is older than these: it comes when edits rest. */
const isBehind = computed(() => sheet.value !== undefined && beside.value?.of !== derived.value);
/** The same where it can be seen: what comes soon is not told of. */
export const isLeftBehind = signal(false);

let asked: Reading | undefined;
let begun = 0;
let patience: ReturnType<typeof setTimeout> | undefined;

/** Asks for the newest source, one at a time: those in between are never derived. */
async function derive(): Promise<void> {
  if (asked) {
    if (performance.now() - begun > STUCK) derivations.stop();
    return;
  }
  const wanted = reading.peek();
  asked = wanted;
  begun = performance.now();
  const late = setTimeout(() => (isLate.value = true), SOON);
  patience = setTimeout(() => {
    isSlow.value = true;
    if (reading.peek() !== wanted) derivations.stop();
  }, STUCK);
  try {
    const answer = await derivations.ask('sheet', wanted);
    batch(() => {
      if ('sheet' in answer) {
        position.value = samePlace(current.peek(), answer.sheet.rows);
        sheet.value = answer.sheet;
        derived.value = wanted;
        trouble.value = undefined;
        shapes.value = answer.sheet.shapes;
      } else {
        trouble.value = answer.trouble;
        shapes.value = answer.shapes;
      }
    });
  } catch (error) {
    if (error instanceof EngineError) trouble.value = error.trouble;
    else if (!(error instanceof Stopped)) throw error;
  } finally {
    clearTimeout(late);
    clearTimeout(patience);
    isLate.value = false;
    isSlow.value = false;
    asked = undefined;
    void (reading.peek() === wanted ? catchUp() : derive());
  }
}

/** The next frame is painted; of a page that nobody looks at there is none. */
const painted = (): Promise<void> =>
  new Promise((resolve) => {
    if (document.hidden) resolve();
    else requestAnimationFrame(() => setTimeout(resolve));
  });

/** The reading whose numbers follow a training run. */
export const led = signal<Reading | undefined>(undefined);

/** A picture waits so long for its numbers, in milliseconds, before it is shown without them. */
const PATIENT = 100;
let caughtUp: Reading | undefined;

/**
 * What belongs to the last source that could be derived: what stands beside its rows, and the numbers. The rows are seen
 * first. What an edit has made void meanwhile is not asked for: that edit ends here again, also if it is wrong.
 */
async function catchUp(): Promise<void> {
  await painted();
  const right = derived.peek();
  if (asked || !right || right === caughtUp) return;
  caughtUp = right;
  // In another language or notation they are those that training has come to.
  const isLed = led.peek()?.source === right.source;
  if (isLed) led.value = right;
  // Those of a function are asked for where its point is.
  const isKnown = isLed || sheet.peek()!.isCurve;
  const counting = isKnown ? undefined : whileOf(right, () => trials.ask('numbers', right));
  if (beside.peek()?.of !== right) {
    const found = await whileOf(right, () => derivations.ask('beside', right));
    await Promise.race([counting, new Promise((resolve) => setTimeout(resolve, PATIENT))]);
    if (derived.peek() === right) beside.value = { sections: [], ...found, of: right };
  }
  if (!counting) return;
  const counted = await counting;
  if (derived.peek() === right && led.peek()?.source !== right.source) numbers.value = counted;
}

/** An answer about a source, asked for again where it was given up for something else; none where the engine has none. */
export async function whileOf<T>(wanted: Reading, ask: () => Promise<T>): Promise<T | undefined> {
  while (derived.peek() === wanted)
    try {
      return await ask();
    } catch (error) {
      if (error instanceof EngineError) return undefined;
      if (!(error instanceof Stopped)) throw error;
    }
  return undefined;
}

/** Ends what takes too long; the next edit begins anew. */
export const stop = (): void => derivations.stop();

/** Which row of the derivation is looked at: it lights up in the source, in the rows and in the graph. */
export const position = signal(0);
export const current = computed<Row | undefined>(() => sheet.value?.rows[position.value]);

/** Where a row is among those of another derivation: the same one, one of the same quantity, or as far on. */
function samePlace(row: Row | undefined, rows: readonly Row[]): number {
  const alike = [
    (other: Row) => other.id === row?.id && other.direction === row.direction,
    (other: Row) => other.name === row?.name && other.direction === row.direction,
  ];
  const found = alike.map((is) => rows.findIndex(is)).find((at) => at >= 0);
  return found ?? Math.min(position.peek(), Math.max(0, rows.length - 1));
}

/** What the step that is looked at says; undefined until it is there. */
export const opened = signal<Opened | undefined>(undefined);

function open(): void {
  const [row, read] = [current.value, derived.value];
  opened.value = undefined;
  if (!read || row?.direction !== 'back') return;
  void whileOf(read, () => derivations.ask('opened', { ...read, id: row.id })).then((found) => {
    if (current.peek() === row) opened.value = found;
  });
}

export function moveTo(at: number): void {
  const rows = sheet.peek()?.rows.length ?? 0;
  position.value = Math.max(0, Math.min(rows - 1, at));
}

/** The quantity that is pointed at: it lights up wherever it stands. */
export const pointed = signal<string | undefined>(undefined);

/** Whether the lines of the derivation are hidden, so that one can try them first. */
export const isHidden = signal(false);

/** Begins to answer edits, and to open the step that is looked at. */
export function begin(): void {
  effect(open);
  effect(() => {
    if (!isBehind.value) {
      isLeftBehind.value = false;
      return;
    }
    const timer = setTimeout(() => (isLeftBehind.value = true), SOON);
    return () => clearTimeout(timer);
  });
  effect(() => {
    reading.value;
    void derive();
  });
}
