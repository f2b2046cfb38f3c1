import { constantOf } from '../graph/graph.ts';
import { toNumber } from '../graph/rational.ts';
import { GradusError, nearest } from '../language/diagnostics.ts';
import { initializerHere } from '../language/elsewhere/statements.ts';
import type { Span } from '../language/tree.ts';
import type { Initial } from './check.ts';

/** The initializers of the language, with the least and the greatest number of their arguments. */
export const INITIALIZERS = {
  zeros: [0, 0],
  ones: [0, 0],
  normal: [0, 2],
  uniform: [0, 2],
  xavier: [0, 0],
  he: [0, 0],
} as const satisfies Record<string, readonly [number, number]>;

export type InitializerName = keyof typeof INITIALIZERS;

/** @throws GradusError `name` for an unknown initializer, `argument` for the wrong number of arguments */
export function checkInitializer(name: string, args: number, span?: Span): InitializerName {
  if (!Object.hasOwn(INITIALIZERS, name)) {
    const names = Object.keys(INITIALIZERS);
    const near = initializerHere(name) ?? nearest(name, names);
    const hint = near ? `did you mean ${near}?` : `there are ${names.join(', ')}`;
    throw new GradusError('name', `unknown initializer ${name}`, { span, hint });
  }
  const known = name as InitializerName;
  const [least, most] = INITIALIZERS[known];
  if (args < least || args > most) {
    const takes = most === 0 ? 'no arguments' : `at most ${most} arguments`;
    throw new GradusError('argument', `${name} takes ${takes}, not ${args}`, { span });
  }
  return known;
}

/** The number that a value is, as far as the source tells. */
export function numberOf(initial: Initial): number | undefined {
  const value = initial.kind === 'expression' ? constantOf(initial.node) : undefined;
  return value && initial.kind === 'expression' && initial.node.shape.length === 0 ? toNumber(value) : undefined;
}
