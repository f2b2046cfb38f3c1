import { effect, type Signal, signal } from '@preact/signals';
import type { Lang } from '../../src/language/speech.ts';
import type { Notation } from '../../src/reading/hoist.ts';

/** What a reader chose, kept on their machine where that is allowed. */

function kept<T extends string>(key: string, initial: T, allowed: readonly T[]): Signal<T> {
  const name = `gradus.${key}`;
  const stored = quietly(() => localStorage.getItem(name)) as T | null | undefined;
  const chosen = signal<T>(stored && allowed.includes(stored) ? stored : initial);
  effect(() => {
    const { value } = chosen;
    quietly(() => localStorage.setItem(name, value));
  });
  return chosen;
}

/** A page within another, or a private window, may not keep anything. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

export type Theme = 'system' | 'light' | 'dark';

export const lang = kept<Lang>('lang', navigator.language.startsWith('zh') ? 'zh' : 'en', ['en', 'zh']);
export const theme = kept<Theme>('theme', 'system', ['system', 'light', 'dark']);
export const notation = kept<Notation | 'auto'>('notation', 'auto', ['auto', 'matrix', 'index']);

effect(() => {
  document.documentElement.lang = lang.value;
  document.documentElement.dataset.theme = theme.value;
});
