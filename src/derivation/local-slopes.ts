import { attempt } from '../language/attempt.ts';
import type { Expr } from '../language/tree.ts';
import { Unwritable } from '../reading/entries.ts';
import { name } from '../reading/syntax.ts';
import { type Page, pathOf, placesOf } from './paths.ts';
import type { Step } from './steps.ts';

/** What a change of a quantity does to one that uses it, entry by entry: ∂Z_ik/∂W_ij = X_jk. */
export interface LocalSlope {
  readonly of: string;
  readonly by: string;
  readonly slope: Expr;
}

/** The local slopes along the arrows of the graph, where entries can say them and there is one way. */
export function localSlopes(page: Page, steps: readonly Step[]): LocalSlope[] {
  return steps.flatMap(({ explained }) => {
    const ways = explained.ways();
    if (explained.name === '') return [];
    return ways.flatMap((way) => {
      const of = way.name ?? page.objective;
      if (ways.filter((other) => other.from === way.from).length > 1) return [];
      const path = attempt(() => pathOf(page, name(explained.name), way, placesOf(page, explained.node)), Unwritable);
      return path ? [{ of, by: explained.name, slope: path.slope }] : [];
    });
  });
}
