import { GradusError } from '../language/diagnostics.ts';
import type { MathNode } from './nodes.ts';

const LONGEST = 60;

/** A part of an expression, as an error shows it. */
export function excerpt(node: MathNode): string {
  const text = String(node).replace(/\s+/g, ' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

export const unsupported = (message: string): GradusError => new GradusError('unsupported', message);
