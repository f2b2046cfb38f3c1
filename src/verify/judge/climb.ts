import { random } from '../../numeric/random.ts';
import { CALM } from './grid.ts';
import { linesFrom } from './lines.ts';
import type { RealPoint } from './real.ts';
import { MOST_TOLD } from './scout.ts';
import type { Search } from './search.ts';

/** To places where several conditions hold at once, which no single line need lead to. */

/** How well choices, as they were made, come out as they are wanted: the larger the better. */
export type Score = (made: Float64Array) => number;

/** Steps aside where none leads up. */
const STROLL = 300;

/** How choices may be wanted, beside how they were made where one has been: all other than most often, all true, all false. */
export const WANTED: readonly ((ways: readonly Float64Array[]) => Score)[] = [
  (ways) => {
    const often = Array.from(ways[0]!, (_, k) => mostOften(ways.map((way) => way[k]!)));
    return (made) => made.reduce((n, x, k) => n + (x === often[k] ? 0 : 1), 0);
  },
  () => (made) => made.reduce((n, x) => n + (x > 0 ? 1 : 0), 0),
  () => (made) => made.reduce((n, x) => n + (x > 0 ? 0 : 1), 0),
];

/** From line to line to where more and more choices are made as they are wanted, and a little around. */
export function climb(search: Search, base: RealPoint, score: Score): void {
  const top = ascended(search, base, score);
  search.take(top);
  stroll(search, top, score);
}

function ascended(search: Search, base: RealPoint, score: Score): RealPoint {
  const { scout, points } = search;
  let at = base;
  let best = score(scout.look(at.values).made);
  for (let moved = true; moved && !search.isSpent; ) {
    moved = false;
    for (const line of linesFrom(at, points)) {
      let to: number | undefined;
      for (const t of [...betweenNumbers(at), ...CALM]) {
        const reached = score(search.look(line.at(t)).made);
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
  return at;
}

/** Where no single number makes it better, others that make it no worse may open the way. */
function stroll(search: Search, top: RealPoint, score: Score): void {
  const { scout, points } = search;
  let at = top;
  let best = score(scout.look(at.values).made);
  const draw = random(1);
  for (let step = 0; step < STROLL && !search.isSpent; step++) {
    const lines = linesFrom(at, points);
    const line = lines[Math.floor(draw.uniform(0, lines.length))]!;
    const places = betweenNumbers(at);
    const t = places[Math.floor(draw.uniform(0, places.length))];
    if (t === undefined) return;
    const values = line.at(t);
    const reached = score(search.look(values).made);
    if (reached < best) continue;
    at = points.moved(at, values);
    if (reached > best) search.take(at);
    best = reached;
  }
}

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
