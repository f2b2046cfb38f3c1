import type { RealPoint, RealPoints } from './real.ts';

/** Numbers of a point that are moved alone. */
const MOST_ALONE = 12;

/** A point with some of its numbers moved. */
export interface Line {
  readonly base: RealPoint;
  readonly at: (t: number) => RealPoint['values'];
}

/** All numbers that were drawn scaled together, then those of each name, then one after another alone. */
export function linesFrom(base: RealPoint, points: RealPoints): Line[] {
  const names = Object.keys(base.at);
  const changed = (changes: readonly (readonly [string, readonly number[]])[]) =>
    points.fitted(
      base.sizes,
      new Map([...base.values, ...changes]),
      changes.map(([name]) => name),
    );
  const scaled = (which: readonly string[]): Line => ({
    base,
    at: (t) => changed(which.map((name) => [name, Array.from(base.values.get(name)!, (x) => t * x)] as const)),
  });
  const alone = names.flatMap((name) =>
    Array.from(
      { length: Math.min(MOST_ALONE, base.values.get(name)!.length) },
      (_, place): Line => ({
        base,
        at: (t) => changed([[name, Array.from(base.values.get(name)!, (x, k) => (k === place ? t : x))]]),
      }),
    ),
  );
  const lengths = names.filter((name) => base.values.get(name)!.length > 1);
  return [
    ...alone.slice(0, MOST_ALONE),
    ...(names.length > 1 || lengths.length > 0 ? [scaled(names)] : []),
    ...(names.length > 1 ? lengths.map((name) => scaled([name])) : []),
  ];
}
