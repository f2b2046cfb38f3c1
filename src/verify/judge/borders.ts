import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { random } from '../../numeric/random.ts';
import { type Line, linesFrom } from './lines.ts';
import type { RealPoint, RealPoints } from './real.ts';
import { choicesIn, MOST_TOLD, type Part, type Sight, same, scoutFor, waysOf } from './scout.ts';

/**
 * Branches that no random point lies on: a band, a ball, a tail far out. Points are moved along lines, all numbers of a
 * point scaled together or one of them alone, and where the choice between branches changes on the way, or might change
 * where what is compared comes nearest, points on both sides are kept.
 */

/** Along a line, from the smallest doubles to the largest; closer together where functions vary; borders are at round numbers. */
export const GRID: readonly number[] = (() => {
  const sizes = [300, 160, 80, 40, 20, 14, 10].flatMap((e) => [10 ** -e, 10 ** e]);
  for (let e = -8; e < 8; e++) sizes.push(1.1 * 10 ** e, 2.3 * 10 ** e, 4.7 * 10 ** e);
  for (let k = 1; k <= 40; k++) sizes.push(k / 4 + 0.03);
  const positive = [...new Set(sizes)].sort((a, b) => a - b);
  return [...positive.map((x) => -x).reverse(), ...positive];
})();

/** The same from ordinary numbers to those far out: of places that are as good as each other one is taken where nothing overflows. */
const CALM = GRID.toSorted((a, b) => Math.abs(Math.log(Math.abs(a))) - Math.abs(Math.log(Math.abs(b))));

/** How far from a border to the next place on the line, the farthest first. */
const BESIDE = [1, 1e-1, 1e-3, 1e-6, 1e-9, 0];
/** How many times as far as the border the places beside it are at most. */
const FARTHER = 8;
/** Points that lines start from. */
const BASES = 4;
/** Points on other branches than the ones before. */
const MOST_FOUND = 40;
/** How far from a border points are taken in any case, and how many. */
const NEAR = 1e-2;
const MOST_BESIDE = 16;
/** Points on a branch: a single one may lie on its border. */
const SO_OFTEN = 2;
/** Runs of the program that finds out on which branch a point is, and products that they may take. */
const MOST_RUNS = 40_000;
const MOST_WORK = 3e7;
/** What is compared is to come so much nearer to 0 at the next place to start from, of so many. */
const NEARER = 0.8;
const MOST_BASES = 60;
/** How often one choice is followed to its border along a line: what is rounded has one everywhere. */
const MOST_CROSSED = 8;
/** Steps aside where none leads up. */
const STROLL = 300;
/** Points from which it is tried to have many choices one way at once. */
const CLIMBS = 2;
/** More halvings leave a double. */
const HALVINGS = 60;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const SHRINKINGS = 48;

/** How choices may be wanted, beside how they were made where one has been: all other than most often, all true, all false. */
const WANTED: readonly ((ways: readonly Float64Array[]) => (made: Float64Array) => number)[] = [
  (ways) => {
    const often = Array.from(ways[0]!, (_, k) => mostOften(ways.map((way) => way[k]!)));
    return (made) => made.reduce((n, x, k) => n + (x === often[k] ? 0 : 1), 0);
  },
  () => (made) => made.reduce((n, x) => n + (x > 0 ? 1 : 0), 0),
  () => (made) => made.reduce((n, x) => n + (x > 0 ? 0 : 1), 0),
];

function mostOften(values: readonly number[]): number {
  const count = (x: number) => values.filter((y) => y === x).length;
  return values.reduce((a, b) => (count(b) > count(a) ? b : a));
}

/** Between the numbers of a point, of which one may have to lie between two others. */
function betweenNumbers({ at }: RealPoint): number[] {
  const numbers = [...new Set((Object.values(at) as unknown[]).flat(9) as number[])].sort((a, b) => a - b).slice(0, MOST_TOLD);
  const beyond = numbers.length > 1 ? [numbers[0]! - 1, numbers.at(-1)! + 1] : [];
  return [...numbers.slice(1).map((x, k) => (x + numbers[k]!) / 2), ...beyond];
}

/**
 * Points on branches that those given do not lie on, as far as any are found.
 * @param counts whether what is derived has a value at a point: others stand for nothing
 */
export function beyondBorders(
  g: Graph,
  roots: readonly Node[],
  seen: readonly RealPoint[],
  points: RealPoints,
  counts: (point: RealPoint) => boolean = () => true,
): RealPoint[] {
  const choices = choicesIn(g, roots);
  const bases = seen.filter(({ start, whole }) => !start && !whole);
  if (choices.length === 0 || bases.length === 0) return [];
  const sizes = bases[0]!.sizes;
  const scout = scoutFor(choices, sizes);
  let runs = Math.min(MOST_RUNS, MOST_WORK / scout.cost);
  const known = new Map<string, number>();
  const isNew = (sight: Sight): boolean => waysOf(sight).some((way) => (known.get(way) ?? 0) < SO_OFTEN);
  const remember = (sight: Sight): void => {
    for (const way of waysOf(sight)) known.set(way, (known.get(way) ?? 0) + 1);
  };
  const starts = bases.filter((p) => p.sizes === sizes);
  for (const { values } of starts) remember(scout.look(values));
  const found: RealPoint[] = [];
  // Of u − u nothing else is known.
  const alwaysOnBorder = starts.every(({ values }) => scout.isOnBorder(scout.look(values)));
  const queue = starts.slice(0, BASES);
  const nearest = new Map<number, number>();
  let besides = 0;
  const ways = starts.map(({ values }) => scout.look(values).made);
  for (const wanted of WANTED) for (const base of starts.slice(0, CLIMBS)) climb(base, wanted(ways));
  for (let k = 0; k < queue.length && runs > 0; k++) {
    for (const line of linesFrom(queue[k]!, points)) {
      if (runs <= 0 || found.length >= MOST_FOUND) return found;
      walk(line);
    }
  }
  return found;

  /** From line to line to where more and more choices are made as they are wanted: several conditions may have to hold at once. */
  function climb(base: RealPoint, score: (made: Float64Array) => number): void {
    let at = base;
    let best = score(scout.look(at.values).made);
    for (let moved = true; moved && runs > 0; ) {
      moved = false;
      for (const line of linesFrom(at, points)) {
        let to: number | undefined;
        for (const t of [...betweenNumbers(at), ...CALM]) {
          runs--;
          const reached = score(scout.look(line.at(t)).made);
          if (reached <= best) continue;
          best = reached;
          to = t;
        }
        if (to === undefined) continue;
        at = points.moved(at, line.at(to));
        moved = true;
        // From the new place the other lines are other ones.
        break;
      }
    }
    take(at);
    // Where no single number makes it better, others that make it no worse may open the way.
    const draw = random(1);
    for (let step = 0; step < STROLL && runs > 0; step++) {
      const lines = linesFrom(at, points);
      const line = lines[Math.floor(draw.uniform(0, lines.length))]!;
      const places = betweenNumbers(at);
      const t = places[Math.floor(draw.uniform(0, places.length))];
      if (t === undefined) return;
      runs--;
      const values = line.at(t);
      const reached = score(scout.look(values).made);
      if (reached < best) continue;
      at = points.moved(at, values);
      if (reached > best) take(at);
      best = reached;
    }
  }

  /** @param beside the border, where it shows most: far out functions have levelled off on either branch */
  function take(point: RealPoint, beside = false): void {
    runs--;
    const sight = scout.look(point.values);
    if (
      !(isNew(sight) || (beside && besides < MOST_BESIDE)) ||
      found.length >= MOST_FOUND ||
      (scout.isOnBorder(sight) && !alwaysOnBorder) ||
      !counts(point)
    )
      return;
    found.push(point);
    if (beside) {
      besides++;
      return;
    }
    remember(sight);
    queue.push(point);
  }

  function walk(line: Line): void {
    const sightAt = (t: number): Sight => {
      runs--;
      return scout.look(line.at(t));
    };
    const keep = (t: number): void => take(points.moved(line.base, line.at(t)));
    const crossed = new Map<Part, number>();
    const sights = GRID.map(sightAt);
    for (let k = 1; k < GRID.length; k++) {
      for (const part of scout.parts) {
        const times = crossed.get(part) ?? 0;
        if (same(sights[k]!, sights[k - 1]!, part) || times >= MOST_CROSSED) continue;
        crossed.set(part, times + 1);
        cross(GRID[k - 1]!, GRID[k]!, sights[k - 1]!, part);
      }
    }
    const count = sights[0]!.by.length;
    for (let k = 1; k + 1 < GRID.length; k++) {
      for (let e = 0; e < count && runs > 0; e++) {
        const [a, b, c] = [sights[k - 1]!.by[e]!, sights[k]!.by[e]!, sights[k + 1]!.by[e]!];
        const least = Math.abs(b) < Math.abs(a) && Math.abs(b) <= Math.abs(c);
        if (least && Math.sign(a) === Math.sign(b) && Math.sign(b) === Math.sign(c))
          approach(GRID[k - 1]!, GRID[k + 1]!, e, sights[k]!);
      }
    }

    /** Halves the way between two places until there is none between them, and looks on both sides. */
    function cross(from: number, to: number, first: Sight, part: Part): void {
      let [lo, hi] = [from, to];
      for (let n = 0; n < HALVINGS && runs > 0; n++) {
        const middle = between(lo, hi);
        if (middle === lo || middle === hi) break;
        if (same(sightAt(middle), first, part)) lo = middle;
        else hi = middle;
      }
      for (const t of [hi + NEAR * way(hi, to), lo + NEAR * way(lo, from)]) take(points.moved(line.base, line.at(t)), true);
      for (const share of BESIDE) {
        for (const t of [hi + share * way(hi, to), lo + share * way(lo, from)]) keep(t);
      }
    }

    /** To where what is compared comes nearest to 0; it may go through it there. */
    function approach(from: number, to: number, entry: number, first: Sight): void {
      const part = scout.parts[scout.of[entry]!]!;
      let [lo, hi] = [from, to];
      for (let n = 0; n < SHRINKINGS && runs > 0; n++) {
        const [a, b] = [hi - GOLDEN * (hi - lo), lo + GOLDEN * (hi - lo)];
        const [left, right] = [sightAt(a), sightAt(b)];
        for (const [t, sight] of [
          [a, left],
          [b, right],
        ] as const) {
          if (same(sight, first, part)) continue;
          keep(t);
          return;
        }
        if (Math.abs(left.by[entry]!) < Math.abs(right.by[entry]!)) hi = b;
        else lo = a;
      }
      // Along other lines it may come nearer still.
      const t = between(lo, hi);
      const left = Math.abs(sightAt(t).by[entry]!);
      if (!(left < NEARER * (nearest.get(entry) ?? Number.POSITIVE_INFINITY)) || queue.length >= MOST_BASES) return;
      nearest.set(entry, left);
      queue.push(points.moved(line.base, line.at(t)));
    }
  }
}

/** From one place towards another, out to a few times as far: of the next one powers may be too large. */
function way(from: number, to: number): number {
  const most = Math.max(1, FARTHER * Math.abs(from));
  return Math.max(-most, Math.min(most, to - from));
}

/** The mean, or where the ends are of quite different sizes the geometric one. */
export function between(a: number, b: number): number {
  const quotient = b / a;
  return quotient > 4 || (quotient > 0 && quotient < 0.25)
    ? Math.sign(a) * Math.sqrt(Math.abs(a)) * Math.sqrt(Math.abs(b))
    : (a + b) / 2;
}
