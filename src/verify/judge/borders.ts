import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { climb, WANTED } from './climb.ts';
import { between, GRID, way } from './grid.ts';
import { type Line, linesFrom } from './lines.ts';
import type { RealPoint, RealPoints } from './real.ts';
import { choicesIn, type Part, type Sight, same, scoutFor } from './scout.ts';
import { Search } from './search.ts';

/**
 * Branches that no random point lies on: a band, a ball, a tail far out. Points are moved along lines, all numbers of a
 * point scaled together or one of them alone, and where the choice between branches changes on the way, or might change
 * where what is compared comes nearest, points on both sides are kept.
 */

/** How far from a border to the next place on the line, the farthest first. */
const BESIDE = [1, 1e-1, 1e-3, 1e-6, 1e-9, 0];
/** Points that lines start from. */
const BASES = 4;
/** How far from a border points are taken in any case. */
const NEAR = 1e-2;
/** What is compared is to come so much nearer to 0 at the next place to start from, of so many. */
const NEARER = 0.8;
const MOST_BASES = 60;
/** How often one choice is followed to its border along a line: what is rounded has one everywhere. */
const MOST_CROSSED = 8;
/** Points from which it is tried to have many choices one way at once. */
const CLIMBS = 2;
/** More halvings leave a double. */
const HALVINGS = 60;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const SHRINKINGS = 48;

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
  const starts = bases.filter((p) => p.sizes === sizes);
  const search = new Search({ scout, points, counts }, starts, BASES);
  const ways = starts.map(({ values }) => scout.look(values).made);
  for (const wanted of WANTED) for (const base of starts.slice(0, CLIMBS)) climb(search, base, wanted(ways));
  const nearest = new Map<number, number>();
  for (const base of search.queue) {
    for (const line of linesFrom(base, points)) {
      if (search.isSpent || search.isFull) return search.found;
      walk(search, line, nearest);
    }
  }
  return search.found;
}

/**
 * Along a line, to the borders on it.
 * @param nearest how near to 0 each compared number has come so far
 */
function walk(search: Search, line: Line, nearest: Map<number, number>): void {
  const { scout } = search;
  const crossed = new Map<Part, number>();
  const sights = GRID.map((t) => search.look(line.at(t)));
  for (let k = 1; k < GRID.length; k++) {
    for (const part of scout.parts) {
      const times = crossed.get(part) ?? 0;
      if (same(sights[k]!, sights[k - 1]!, part) || times >= MOST_CROSSED) continue;
      crossed.set(part, times + 1);
      cross(search, line, [GRID[k - 1]!, GRID[k]!], sights[k - 1]!, part);
    }
  }
  const count = sights[0]!.by.length;
  for (let k = 1; k + 1 < GRID.length; k++) {
    for (let e = 0; e < count && !search.isSpent; e++) {
      const [a, b, c] = [sights[k - 1]!.by[e]!, sights[k]!.by[e]!, sights[k + 1]!.by[e]!];
      const least = Math.abs(b) < Math.abs(a) && Math.abs(b) <= Math.abs(c);
      if (!least || Math.sign(a) !== Math.sign(b) || Math.sign(b) !== Math.sign(c)) continue;
      const t = approach(search, line, [GRID[k - 1]!, GRID[k + 1]!], e, sights[k]!);
      if (t === undefined) continue;
      // Along other lines it may come nearer still.
      const left = Math.abs(search.look(line.at(t)).by[e]!);
      if (!(left < NEARER * (nearest.get(e) ?? Number.POSITIVE_INFINITY)) || search.queue.length >= MOST_BASES) continue;
      nearest.set(e, left);
      search.queue.push(search.points.moved(line.base, line.at(t)));
    }
  }
}

/** Halves the way between two places until there is none between them, and looks on both sides. */
function cross(search: Search, line: Line, [from, to]: Ends, first: Sight, part: Part): void {
  const keep = (t: number, beside: boolean): void => search.take(search.points.moved(line.base, line.at(t)), beside);
  let [lo, hi] = [from, to];
  for (let n = 0; n < HALVINGS && !search.isSpent; n++) {
    const middle = between(lo, hi);
    if (middle === lo || middle === hi) break;
    if (same(search.look(line.at(middle)), first, part)) lo = middle;
    else hi = middle;
  }
  for (const t of [hi + NEAR * way(hi, to), lo + NEAR * way(lo, from)]) keep(t, true);
  for (const share of BESIDE) for (const t of [hi + share * way(hi, to), lo + share * way(lo, from)]) keep(t, false);
}

/** The place where what is compared comes nearest to 0; none if it goes through it there, which is kept. */
function approach(search: Search, line: Line, [from, to]: Ends, entry: number, first: Sight): number | undefined {
  const part = search.scout.parts[search.scout.of[entry]!]!;
  let [lo, hi] = [from, to];
  for (let n = 0; n < SHRINKINGS && !search.isSpent; n++) {
    const places = [hi - GOLDEN * (hi - lo), lo + GOLDEN * (hi - lo)] as const;
    const [left, right] = [search.look(line.at(places[0])), search.look(line.at(places[1]))];
    const through = same(left, first, part) ? (same(right, first, part) ? undefined : places[1]) : places[0];
    if (through !== undefined) {
      search.take(search.points.moved(line.base, line.at(through)));
      return undefined;
    }
    if (Math.abs(left.by[entry]!) < Math.abs(right.by[entry]!)) hi = places[1];
    else lo = places[0];
  }
  return between(lo, hi);
}

/** Two neighbouring places on a line. */
type Ends = readonly [from: number, to: number];
