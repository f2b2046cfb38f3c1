import { signal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { moveTo, position, sheet } from '../model.ts';
import { words } from '../words/index.ts';

/** Forward over the definitions, then back over the steps, one at a time or by itself. */

const isPlaying = signal(false);
/** So long a step stands when it plays. */
const PACE = 1400;

export function Transport(): JSX.Element {
  const w = words.value;
  const count = sheet.value?.rows.length ?? 0;
  useSignalEffect(() => {
    if (!isPlaying.value) return;
    const last = (sheet.value?.rows.length ?? 0) - 1;
    if (position.value >= last) {
      isPlaying.value = false;
      return;
    }
    const timer = setTimeout(() => moveTo(position.peek() + 1), PACE);
    return () => clearTimeout(timer);
  });
  const play = (): void => {
    if (!isPlaying.value && position.value >= count - 1) moveTo(0);
    isPlaying.value = !isPlaying.value;
  };
  return (
    <div class="transport">
      <button
        type="button"
        aria-label={w.previous}
        title={w.previous}
        disabled={position.value <= 0}
        onClick={() => moveTo(position.value - 1)}
      >
        ‹
      </button>
      <button
        type="button"
        aria-label={isPlaying.value ? w.pause : w.play}
        title={isPlaying.value ? w.pause : w.play}
        onClick={play}
      >
        {isPlaying.value ? '❚❚' : '▶'}
      </button>
      <button
        type="button"
        aria-label={w.next}
        title={w.next}
        disabled={position.value >= count - 1}
        onClick={() => moveTo(position.value + 1)}
      >
        ›
      </button>
      <span class="count">
        {Math.min(position.value + 1, count)}/{count}
      </span>
    </div>
  );
}
