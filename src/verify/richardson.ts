/** A derivative and about how far it is off. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** How much the step shrinks from one difference to the next, and how many there are. */
const SHRINK = 1.6;
const STEPS = 10;

/**
 * The derivative at 0 of each component of f by Ridders' method: central differences at shrinking steps, extrapolated
 * to the step 0 by Neville's scheme; the estimate of least error is kept (Press et al., Numerical Recipes, 5.7).
 */
export function richardson(f: (t: number) => ArrayLike<number>, first: number): Estimate[] {
  const differences: Difference[][] = [];
  for (let k = 0; k < STEPS; k++) {
    const step = first / SHRINK ** k;
    const right = Array.from(f(step));
    const left = f(-step);
    differences.push(
      right.map((y, c) => ({
        value: (y - left[c]!) / (2 * step),
        rounding: (Number.EPSILON * Math.max(Math.abs(y), Math.abs(left[c]!))) / step,
      })),
    );
  }
  return differences[0]!.map((_, component) => extrapolated(differences.map((d) => d[component]!)));
}

/** A central difference, and how far rounding may have put it off. */
interface Difference {
  readonly value: number;
  readonly rounding: number;
}

function extrapolated(differences: readonly Difference[]): Estimate {
  let best: Estimate = { value: Number.NaN, error: Number.POSITIVE_INFINITY };
  let column: number[] = [];
  for (const { value: difference, rounding } of differences) {
    const next = [difference];
    let factor = 1;
    for (let order = 0; order < column.length; order++) {
      factor *= SHRINK * SHRINK;
      const value = (next[order]! * factor - column[order]!) / (factor - 1);
      // Two differences of a function that moves by less than its last place agree, and say nothing.
      const error = Math.max(Math.abs(value - next[order]!), Math.abs(value - column[order]!), rounding);
      if (error < best.error) best = { value, error };
      next.push(value);
    }
    column = next;
  }
  return best;
}
