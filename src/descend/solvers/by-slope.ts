import type { Landscape } from '../landscape.ts';
import type { Found } from './line-search.ts';
import { isFlat } from './minimum.ts';
import type { Iteration, Standing } from './solver.ts';

/** What methods have in common that step from where the cost and its slope are known. */
export abstract class BySlope implements Iteration {
  readonly place: Float64Array;
  abstract readonly carried: Readonly<Record<string, Float64Array>> & { readonly unit: Float64Array };
  protected readonly land: Landscape;
  protected readonly tolerance: number;
  private here: Found | undefined;

  constructor(land: Landscape, tolerance: number) {
    this.land = land;
    this.tolerance = tolerance;
    this.place = new Float64Array(land.size);
  }

  abstract step(): Standing;

  restored(): void {
    this.here = undefined;
  }

  cost = (): number => this.now().cost;

  /** The cost and the slope at the place, computed once. */
  protected now(): Found {
    if (!this.here) {
      const slope = new Float64Array(this.place.length);
      const place = this.place.slice();
      this.here = { place, cost: this.land.slope(place, slope), slope };
      const { unit } = this.carried;
      // A cost that is small from the start is not flat for that.
      if (unit[0] === 0) unit[0] = Math.min(1, Math.abs(this.here.cost));
    }
    return this.here;
  }

  protected isFlat(found: Found, tolerance: number): boolean {
    return isFlat(this.land, found, tolerance, this.carried.unit[0]);
  }

  protected moveTo(next: Found): Standing {
    this.here = next;
    this.place.set(next.place);
    return 'moved';
  }
}
