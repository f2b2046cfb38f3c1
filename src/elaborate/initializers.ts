import { constantOf } from '../graph/forms.ts';
import type { Node } from '../graph/node.ts';
import { toNumber } from '../graph/rational.ts';
import { GradusError, nearest } from '../language/diagnostics.ts';
import { initializerHere } from '../language/elsewhere/statements.ts';
import type { Span } from '../language/tree.ts';
import type { Initial } from '../model/model.ts';

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

/** What the numbers of an initializer must be, and what is written where they are not. */
const DEMANDS: { readonly [K in InitializerName]?: (args: readonly (number | undefined)[]) => Refused | undefined } = {
  normal: ([mean = 0, spread = 1]) =>
    spread >= 0 ? undefined : { at: 1, says: `a spread is not negative`, instead: `normal(${mean}, ${-spread})` },
  uniform: ([least = 0, most = 1]) =>
    least <= most
      ? undefined
      : { at: 0, says: `the lower bound ${least} lies above the upper ${most}`, instead: `uniform(${most}, ${least})` },
};

interface Refused {
  readonly at: number;
  readonly says: string;
  readonly instead: string;
}

/**
 * @param args the numbers that are known; undefined where only data tell
 * @throws GradusError `argument` for numbers that nothing can be drawn by
 */
export function checkStart(
  name: InitializerName,
  args: readonly (number | undefined)[],
  span?: Span,
  places: readonly Span[] = [],
): void {
  const broken = args.findIndex((x) => x !== undefined && !Number.isFinite(x));
  if (broken >= 0)
    throw new GradusError('argument', `${name} takes numbers, not ${args[broken]}`, { span: places[broken] ?? span });
  const refused = DEMANDS[name]?.(args);
  if (!refused) return;
  throw new GradusError('argument', `${name}: ${refused.says}`, {
    span: places[refused.at] ?? span,
    hint: `write ${refused.instead}`,
  });
}

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

/** The number that a node is, as far as the source tells. */
export const knownNumber = (node: Node): number | undefined => {
  const value = constantOf(node);
  return value && node.shape.length === 0 ? toNumber(value) : undefined;
};

/** The number that a value is, as far as the source tells. */
export function numberOf(initial: Initial): number | undefined {
  return initial.kind === 'expression' ? knownNumber(initial.node) : undefined;
}
