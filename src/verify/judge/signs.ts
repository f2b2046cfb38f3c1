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
  const sets = few ? subsets(names) : names.map((name) => [name]);
  const found = sets.slice(0, most).map((set) => points.turned(base, (name) => set.includes(name)));
  const draw = random(1);
  const byEntries = !few || Object.values(base.at).some(Array.isArray);
  while (byEntries && found.length < most)
    found.push(points.turned(base, (name) => names.includes(name) && draw.uniform() < 0.5));
  return found;
}

/** Those that are not empty. */
const subsets = (names: readonly string[]): string[][] =>
  names.reduce<string[][]>(
    (sets, name) =>
      sets.concat(
        [[name]],
        sets.map((set) => set.concat(name)),
      ),
    [],
  );
