import { signal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { moveTo, position, sheet } from '../model.ts';
import { words } from '../words/index.ts';

/** Forward over the definitions, then back over the steps, one at a time or by itself. */

/** Milliseconds that a step stands while it plays by itself; undefined where it does not. */
const pace = signal<number | undefined>(undefined);
const STEADY = 1400;
/** A first visitor sees the whole way within five seconds. */
const BRISK = 600;

/** Plays once through, until somebody touches the page. */
export function showOnce(): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const end = new AbortController();
  const stop = (): void => {
    end.abort();
    if (pace.peek() === BRISK) pace.value = undefined;
  };
  for (const event of ['pointerdown', 'keydown', 'wheel'] as const)
    addEventListener(event, stop, { signal: end.signal, passive: true });
  pace.value = BRISK;
}

export function Transport(): JSX.Element {
  const w = words.value;
  const count = sheet.value?.rows.length ?? 0;
  useSignalEffect(() => {
    const stands = pace.value;
    if (stands === undefined) return;
    const last = (sheet.value?.rows.length ?? 0) - 1;
    if (position.value >= last) {
      if (last >= 0) pace.value = undefined;
      return;
    }
    const timer = setTimeout(() => moveTo(position.peek() + 1), stands);
    return () => clearTimeout(timer);
  });
  const isPlaying = pace.value !== undefined;
  const play = (): void => {
    if (!isPlaying && position.value >= count - 1) moveTo(0);
    pace.value = isPlaying ? undefined : STEADY;
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
        aria-label={isPlaying ? w.pause : w.play}
        title={isPlaying ? w.pause : w.play}
        disabled={count === 0}
        onClick={play}
      >
        {isPlaying ? '❚❚' : '▶'}
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
