import { GradusError } from '../language/diagnostics.ts';
import type { MathNode } from './nodes.ts';

const LONGEST = 60;

/** A part of an expression, as an error shows it. Written out only if there is one: texts of all parts are quadratic. */
export interface Excerpt {
  toString(): string;
}

export const excerpt = (node: MathNode): Excerpt => ({
  toString: () => {
    const text = textOf(node).replace(/\s+/g, ' ');
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  },
});

/** mathjs writes nodes by recursion, which long sums are too deep for. */
export function textOf(node: MathNode): string {
  try {
    return String(node);
  } catch (error) {
    if (error instanceof RangeError) return '…';
    throw error;
  }
}

export const unsupported = (message: string): GradusError => new GradusError('unsupported', message);
