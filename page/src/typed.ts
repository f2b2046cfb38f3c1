import { computed, effect, signal } from '@preact/signals';
import { EngineError, Stopped } from './engine/client.ts';
import { derivations, isOutdated, sheet, source } from './model.ts';

/** The line that is written, typeset as it is typed. */

/** The line under the cursor, where somebody writes. */
export const written = signal('');
/** What is to be set: before something is written, what the model comes to. */
const line = computed(() => written.value.trim() || (source.value.trimEnd().split('\n').at(-1) ?? ''));

const typed = signal<{ readonly html: string; readonly of: string } | undefined>(undefined);
const whole = computed(() => sheet.value?.rows.findLast(({ direction }) => direction === 'forward')?.formula ?? '');
/** As HTML: of a line that cannot be read yet, as it could be read last; nothing where nothing is written. */
export const typeset = computed(() => (line.value === '' ? '' : (typed.value?.html ?? whole.value)));
/** Whether that is what an earlier line says. */
export const isTypesetStale = computed(() => (typed.value ? typed.value.of !== line.value : isOutdated.value));

let asked = false;

/** One at a time: those in between are never set. */
async function set(): Promise<void> {
  const text = line.peek();
  if (asked) return;
  asked = true;
  try {
    const html = await derivations.ask('line', { lang: 'en', text });
    if (html !== undefined) typed.value = { html, of: text };
  } catch (error) {
    if (!(error instanceof EngineError || error instanceof Stopped)) throw error;
  } finally {
    asked = false;
    if (line.peek() !== text) void set();
  }
}

/** Begins to set what is typed. Gives what ends that. */
export const setting = (): (() => void) =>
  effect(() => {
    line.value;
    // The first derivation does not wait for it.
    if (sheet.value) void set();
  });
