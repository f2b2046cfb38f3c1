import { effect } from '@preact/signals';
import { EngineError, Stopped } from './engine/client.ts';
import { reading, trials, trouble } from './model.ts';

/** Who types on mends a fault as often as not; a fix is looked for when there is a pause. */
const PAUSE = 250;

/** Looks for what mends a fault, and puts it beside the fault. Gives what ends that. */
export function mending(): () => void {
  return effect(() => {
    const [wrong, { source, lang }] = [trouble.value, reading.value];
    if (!wrong || wrong.fixes || wrong.from === undefined) return;
    const timer = setTimeout(async () => {
      try {
        const fixes = await trials.ask('mend', { source, lang });
        const isStill = trouble.peek() === wrong && reading.peek().source === source;
        if (fixes.length > 0 && isStill) trouble.value = { ...wrong, fixes, of: source };
      } catch (error) {
        if (!(error instanceof EngineError || error instanceof Stopped)) throw error;
      }
    }, PAUSE);
    return () => clearTimeout(timer);
  });
}
