import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** Repeatable random numbers: the same seed gives the same run everywhere. */
export interface Draw {
  /** Uniform in [lo, hi). */
  uniform(lo?: number, hi?: number): number;
  normal(mean?: number, deviation?: number): number;
  /** What the next numbers are drawn from, and a draw that goes on from there. */
  state(): readonly number[];
  restore(state: readonly number[]): void;
}

export function random(seed: number): Draw {
  let generator = xoroshiro128plus(seed | 0);
  const unit = () => uniformFloat64(generator);
  // A small seed fills few bits of the state: the first draws, nearly the same for every seed, are thrown away.
  for (let k = 0; k < 32; k++) unit();
  return {
    uniform: (lo = 0, hi = 1) => lo + (hi - lo) * unit(),
    state: () => generator.getState(),
    restore: (state) => {
      generator = xoroshiro128plusFromState(state);
    },
    // Box and Muller (1958); 1 − u keeps the logarithm's argument above 0.
    normal: (mean = 0, deviation = 1) => mean + deviation * Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
  };
}
