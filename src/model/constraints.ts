import { type Dim, isKnown, measureOf, type Sizes, sizeOf } from '../graph/dimension.ts';
import { GradusError } from '../language/diagnostics.ts';

/** A number that must be whole, and not less than 0 if it is a length. */
export interface Constraint {
  readonly least: Dim;
  readonly error: GradusError;
  readonly mayBeNegative?: true;
}

/**
 * @param sizes what is known so far; constraints on other sizes wait
 * @throws GradusError the error of the first constraint that does not hold
 */
export function checkConstraints(constraints: readonly Constraint[], sizes: Sizes): void {
  const broken = brokenConstraint(constraints, sizes);
  if (!broken) return;
  try {
    sizeOf(broken.least, sizes);
  } catch (uneven) {
    throw uneven instanceof GradusError && broken.error.span ? uneven.placed(broken.error.span) : uneven;
  }
  throw broken.error;
}

export const brokenConstraint = (constraints: readonly Constraint[], sizes: Sizes): Constraint | undefined =>
  constraints.find(({ least, mayBeNegative }) => {
    if (!isKnown(least, sizes)) return false;
    const length = measureOf(least, sizes);
    return (length < 0 && !mayBeNegative) || !Number.isInteger(length);
  });
