import type { Words } from './words.ts';

/** `∂L/∂W, ∂L/∂U and ∂L/∂v`. */
export const inARow = (items: readonly string[], { and, names }: Pick<Words, 'and' | 'names'>): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(names)}${and}${items[items.length - 1]}`;
