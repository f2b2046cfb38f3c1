import type { Landscape } from '../landscape.ts';
import type { Iteration, Solver, Standing } from './solver.ts';

/**
 * Tries each entry a little larger and a little smaller and keeps what is better: learning without a derivative, to see
 * what derivatives spare. An epoch tries every entry once.
 */
class HotCold implements Iteration {
  readonly place: Float64Array;
  readonly carried = {};
  private readonly land: Landscape;
  private readonly reach: number;

  constructor(land: Landscape, reach: number) {
    this.land = land;
    this.reach = reach;
    this.place = new Float64Array(land.size);
  }

  restored(): void {}

  cost = (): number => this.land.told(this.place);

  step(): Standing {
    const { land, place, reach } = this;
    let best = land.value(place);
    let moved = false;
    for (let k = 0; k < place.length; k++) {
      const here = place[k]!;
      let kept = here;
      for (const there of [here + reach, here - reach]) {
        const trial = place.slice();
        trial[k] = there;
        const allowed = land.within(place, trial);
        const cost = land.value(allowed);
        if (!(cost < best)) continue;
        best = cost;
        kept = allowed[k]!;
      }
      place[k] = kept;
      if (kept !== here) moved = true;
    }
    return moved ? 'moved' : 'stuck';
  }
}

export const hotCold = {
  name: 'hot-cold',
  spellings: ['hot-and-cold'],
  help: 'trial steps up and down, one entry after the other, the learning rate long: no derivative',
  stuck: 'its steps are as long as the learning rate: a smaller one comes nearer',
  rate: 0.1,
  begin: (land, _, rate): Iteration => new HotCold(land, rate),
} as const satisfies Solver;
