import type { Span } from '../language/tree.ts';

/** A piece of the source, short enough to speak of. */
export function excerpt(text: string, { start, end }: Span): string {
  const piece = text.slice(start, Math.min(end, start + 2 * LONGEST_EXCERPT)).replace(/\s+/g, ' ');
  return piece.length <= LONGEST_EXCERPT && end - start <= 2 * LONGEST_EXCERPT
    ? piece
    : `${piece.slice(0, LONGEST_EXCERPT - 1)}…`;
}

const LONGEST_EXCERPT = 32;
