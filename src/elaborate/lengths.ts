import { type Dim, leastOf, multiplyDims, type Shape } from '../graph/dimension.ts';
import { GradusError } from '../language/diagnostics.ts';
import { checkEntries, LIMITS } from '../language/limits.ts';
import type { Span } from '../language/tree.ts';

/**
 * Whether an array can have a shape, and should.
 * @throws GradusError `shape` for a length below 0, `limit` for more entries than memory
 */
export function checkShape(name: string, shape: Shape, span: Span | undefined, maxEntries: number): void {
  const wrong = shape.find((dim) => !isLength(dim));
  if (wrong !== undefined)
    throw new GradusError('shape', `${name} has an axis of length ${wrong}`, {
      span,
      hint: 'a length is a whole number, or the name of one',
    });
  if (shape.length > LIMITS.axes)
    throw new GradusError('limit', `${name} has ${shape.length} axes, more than ${LIMITS.axes}`, { span });
  const count = shape.reduce<number>((n, dim) => n * (typeof dim === 'number' ? dim : 1), 1);
  try {
    checkEntries(count, maxEntries, `${name} has`);
  } catch (error) {
    throw error instanceof GradusError && span ? error.placed(span) : error;
  }
}

/** A name is at least 1, so −n is none. */
function isLength(dim: Dim): boolean {
  if (typeof dim === 'number') return Number.isSafeInteger(dim) && dim >= 0;
  return (leastOf(multiplyDims(-1, dim)) ?? 0) <= 0;
}
