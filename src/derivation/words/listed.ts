import type { Words } from './words.ts';

/** Each once, with how often it is there. */
export const counted = <T>(items: readonly T[]): Map<T, number> =>
  items.reduce((counts, item) => counts.set(item, (counts.get(item) ?? 0) + 1), new Map<T, number>());

/** `∂L/∂W, ∂L/∂U and ∂L/∂v`. */
export const inARow = (items: readonly string[], { and, names }: Pick<Words, 'and' | 'names'>): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(names)}${and}${items[items.length - 1]}`;
