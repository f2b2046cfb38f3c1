import { random } from '../../numeric/random.ts';
import type { RealPoint, RealPoints } from './real.ts';

/** Of more names only single ones and random patterns are turned. */
const MOST_NAMES = 4;

/**
 * Points that differ from one in signs: every set of names turned where they are few, then patterns by entries. What is equal
 * where all numbers are positive may not be elsewhere: √x² is |x|, log x² is 2·log |x|.
 */
export function signPatterns(base: RealPoint, points: RealPoints, most: number): RealPoint[] {
  const names = Object.keys(base.at);
  const few = names.length <= MOST_NAMES;
  const sets = few ? Array.from({ length: 2 ** names.length - 1 }, (_, k) => k + 1) : names.map((_, k) => 2 ** k);
  const found = sets
    .slice(0, most)
    .map((set) => points.turned(base, (name) => Math.floor(set / 2 ** names.indexOf(name)) % 2 === 1 && names.includes(name)));
  const draw = random(1);
  const isArray = Object.values(base.at).some(Array.isArray);
  while ((isArray || !few) && found.length < most)
    found.push(points.turned(base, (name) => names.includes(name) && draw.uniform() < 0.5));
  return found;
}
