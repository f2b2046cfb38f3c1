import type { RealPoint, RealPoints } from './real.ts';
import { type Scout, type Sight, waysOf } from './scout.ts';

/** What is known while points on other branches are looked for. */

/** Points on other branches than the ones before. */
const MOST_FOUND = 40;
/** So many points are taken at borders in any case. */
const MOST_BESIDE = 16;
/** Points on a branch: a single one may lie on its border. */
const SO_OFTEN = 2;
/** Runs of the program that finds out on which branch a point is, and products that they may take. */
const MOST_RUNS = 40_000;
const MOST_WORK = 3e7;

/** What a search is made of. */
export interface Searched {
  readonly scout: Scout;
  readonly points: RealPoints;
  /** Whether what is derived has a value at a point: others stand for nothing. */
  readonly counts: (point: RealPoint) => boolean;
}

/** The branches that have been seen, the points that were kept, and how many more may be looked at. */
export class Search {
  readonly scout: Scout;
  readonly points: RealPoints;
  readonly found: RealPoint[] = [];
  /** Places that lines start from. */
  readonly queue: RealPoint[];
  readonly #counts: (point: RealPoint) => boolean;
  readonly #known = new Map<string, number>();
  /** Of u − u nothing else is known. */
  readonly #alwaysOnBorder: boolean;
  #runs: number;
  #besides = 0;

  /** @param most lines start from so many of the starts */
  constructor({ scout, points, counts }: Searched, starts: readonly RealPoint[], most: number) {
    this.scout = scout;
    this.points = points;
    this.#counts = counts;
    this.#runs = Math.min(MOST_RUNS, MOST_WORK / scout.cost);
    for (const { values } of starts) this.#remember(scout.look(values));
    this.#alwaysOnBorder = starts.every(({ values }) => scout.isOnBorder(scout.look(values)));
    this.queue = starts.slice(0, most);
  }

  /** Nothing more may be looked at. */
  get isSpent(): boolean {
    return this.#runs <= 0;
  }

  get isFull(): boolean {
    return this.found.length >= MOST_FOUND;
  }

  look(values: RealPoint['values']): Sight {
    this.#runs--;
    return this.scout.look(values);
  }

  /**
   * Keeps a point that is on a new branch; lines start from it too.
   * @param beside the border, where it shows most: far out functions have levelled off on either branch
   */
  take(point: RealPoint, beside = false): void {
    const sight = this.look(point.values);
    const isWanted = this.#isNew(sight) || (beside && this.#besides < MOST_BESIDE);
    if (!isWanted || this.isFull || (this.scout.isOnBorder(sight) && !this.#alwaysOnBorder) || !this.#counts(point)) return;
    this.found.push(point);
    if (beside) {
      this.#besides++;
      return;
    }
    this.#remember(sight);
    this.queue.push(point);
  }

  #isNew(sight: Sight): boolean {
    return waysOf(sight).some((way) => (this.#known.get(way) ?? 0) < SO_OFTEN);
  }

  #remember(sight: Sight): void {
    for (const way of waysOf(sight)) this.#known.set(way, (this.#known.get(way) ?? 0) + 1);
  }
}
