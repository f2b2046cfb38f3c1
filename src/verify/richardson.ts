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
  const differences: number[][] = [];
  for (let k = 0; k < STEPS; k++) {
    const step = first / SHRINK ** k;
    const right = Array.from(f(step));
    const left = f(-step);
    differences.push(right.map((y, c) => (y - left[c]!) / (2 * step)));
  }
  return differences[0]!.map((_, component) => extrapolated(differences.map((d) => d[component]!)));
}

function extrapolated(differences: readonly number[]): Estimate {
  let best: Estimate = { value: Number.NaN, error: Number.POSITIVE_INFINITY };
  let column: number[] = [];
  for (const difference of differences) {
    const next = [difference];
    let factor = 1;
    for (let order = 0; order < column.length; order++) {
      factor *= SHRINK * SHRINK;
      const value = (next[order]! * factor - column[order]!) / (factor - 1);
      const error = Math.max(Math.abs(value - next[order]!), Math.abs(value - column[order]!));
      if (error < best.error) best = { value, error };
      next.push(value);
    }
    column = next;
  }
  return best;
}
