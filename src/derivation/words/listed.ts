import type { Words } from './words.ts';

/** `∂L/∂W, ∂L/∂U and ∂L/∂v`. */
export const inARow = (items: readonly string[], { and }: Pick<Words, 'and'>): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')}${and}${items[items.length - 1]}`;
