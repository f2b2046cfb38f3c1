import { GradusError } from '../language/diagnostics.ts';
import type { Excerpt } from './excerpt.ts';
import type { MathNode } from './nodes.ts';
import type { Read } from './value.ts';

/** A function or an operator of mathjs where it is used. */
export interface MathCall {
  readonly name: string;
  /** The whole of it, as an error shows it. */
  readonly what: Excerpt;
  readonly args: readonly MathNode[];
  /** An argument that is a part of the expression. */
  read(at: number): Read;
  readonly reads: () => Read[];
  /** An argument that must not change: an axis, an index, a length. */
  constant(at: number): unknown;
  /** The shape that mathjs gives arrays of the arguments' shapes. */
  shapeByMathjs(): readonly number[];
}

/** What a function of mathjs is here. */
export type Meaning = (call: MathCall) => Read;

/** @throws GradusError `argument` unless there are as many arguments as a function takes */
export function counted({ name, what, args }: MathCall, least: number, most = least): void {
  if (args.length >= least && args.length <= most) return;
  const wanted = least === most ? `${least}` : `${least} to ${most}`;
  throw new GradusError('argument', `${what}: ${name} takes ${wanted} arguments, not ${args.length}`);
}

/** A whole number that does not change, such as an axis, which mathjs counts from 1 in an expression. */
export function wholeConstant(call: MathCall, at: number, meaning: string): number {
  const value = call.constant(at);
  const number = typeof value === 'object' && value !== null ? Number(value.valueOf()) : Number(value);
  if (!Number.isInteger(number))
    throw new GradusError('argument', `${call.what}: ${meaning} must be a whole number that does not change`);
  return number;
}
