import { computed, type ReadonlySignal } from '@preact/signals';
import type { Lang } from '../../../src/language/speech.ts';
import { lang } from '../settings.ts';

/** The words of a part of the page in every language, as the language that is chosen says them. */
export const spoken = <T>(by: Readonly<Record<Lang, T>>): ReadonlySignal<T> => computed(() => by[lang.value] ?? by.en);
