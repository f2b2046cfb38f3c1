/** A function of one number as strokes of points: where it has no value, and at a jump, a stroke ends. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Window = readonly [from: number, to: number];
type Real = (x: number) => number;

const POINTS = 401;
/** Where nothing is asked for. */
const USUAL: Window = [-4, 4];
/** Of a window at least this share has values, or another one is looked for. */
const LEAST_SHARE = 0.25;
/** Halvings of an interval: down to where doubles end. */
const HALVINGS = 50;
/** A step is a jump where it stays at least this share of itself however near its ends are. */
const STAYS = 0.5;
/** A step over less than this share of the height is not looked at. */
const SMALL = 0.01;
/** A curve is resolved where the middle of its intervals lies this near the stroke, as a share of the height, but for a few. */
const NEAR = 0.02;
const FEW = 0.1;
/** Places, from the middle out, at which values are looked for. */
const OUTWARDS = [0, ...Array.from({ length: 61 }, (_, k) => 10 ** ((k - 20) / 6)).flatMap((x) => [x, -x])];

const placesIn = ([from, to]: Window): number[] =>
  Array.from({ length: POINTS }, (_, k) => from + ((to - from) * k) / (POINTS - 1));

/**
 * Where a function is to be looked at: about the point that is asked for, where it has values, and narrow enough to be seen.
 * @returns undefined where it has no value
 */
export function windowOf(f: Real, point: number | undefined): Window | undefined {
  const isThere = (x: number): boolean => Number.isFinite(f(x));
  const half = (USUAL[1] - USUAL[0]) / 2;
  const about: Window = point === undefined || Math.abs(point) <= half ? USUAL : [point - half, point + half];
  const share = ([from, to]: Window): number => placesIn([from, to]).filter(isThere).length / POINTS;
  const found = share(about) >= LEAST_SHARE ? about : inhabited(isThere, point);
  return found && resolved(f, found, point);
}

/** The window about the values that are nearest to the point, or to 0. */
function inhabited(isThere: (x: number) => boolean, point = 0): Window | undefined {
  const places = OUTWARDS.map((x) => point + x);
  const seed = places.find(isThere);
  if (seed === undefined) return undefined;
  const sorted = places.toSorted((a, b) => a - b);
  const at = sorted.indexOf(seed);
  const left = sorted.slice(0, at).findLast((x) => !isThere(x));
  const right = sorted.slice(at).find((x) => !isThere(x));
  const low = left === undefined ? undefined : border(isThere, seed, left);
  const high = right === undefined ? undefined : border(isThere, seed, right);
  const width = USUAL[1] - USUAL[0];
  if (low !== undefined && high !== undefined && high - low <= width) return [low - (high - low) / 8, high + (high - low) / 8];
  if (low !== undefined && (high === undefined || seed - low <= high - seed)) return [low - width / 8, low + (width * 7) / 8];
  return high === undefined ? undefined : [high - (width * 7) / 8, high + width / 8];
}

/** The last place that has a value on the way to one that has none. */
function border(isThere: (x: number) => boolean, inside: number, outside: number): number {
  let [a, b] = [inside, outside];
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (a + b) / 2;
    if (isThere(middle)) a = middle;
    else b = middle;
  }
  return a;
}

/** Narrower, as long as most of the curve lies between the points: sin(1000x) looks like another wave. */
function resolved(f: Real, window: Window, point: number | undefined): Window {
  let [from, to] = window;
  const centre = point ?? (from <= 0 && to >= 0 ? 0 : (from + to) / 2);
  for (let k = 0; k < HALVINGS && !isResolved(f, [from, to]); k++)
    [from, to] = [centre - (centre - from) / 2, centre + (to - centre) / 2];
  return isResolved(f, [from, to]) ? [from, to] : window;
}

function isResolved(f: Real, window: Window): boolean {
  const places = placesIn(window);
  const values = places.map(f);
  const finite = values.filter(Number.isFinite).sort((a, b) => a - b);
  const height = (finite.at(-1) ?? 0) - (finite[0] ?? 0);
  const off = places.slice(1).filter((x, k) => {
    const [a, b] = [values[k]!, values[k + 1]!];
    const between = f((places[k]! + x) / 2);
    return Number.isFinite(a + b + between) && Math.abs(between - (a + b) / 2) > NEAR * height;
  });
  return off.length <= FEW * POINTS;
}

/**
 * The strokes of a curve within a window.
 * @param isThere where the function has a value that this one is drawn of
 */
export function strokesOf(f: Real, isThere: (x: number) => boolean, window: Window): Point[][] {
  const places = placesIn(window);
  const has = (x: number): boolean => isThere(x) && Number.isFinite(f(x));
  const at = (x: number): Point => ({ x, y: f(x) });
  const values = places.filter(has).map(f);
  const height = Math.max(...values) - Math.min(...values);
  const strokes: Point[][] = [];
  let stroke: Point[] = [];
  const end = (): void => {
    if (stroke.length > 0) strokes.push(stroke);
    stroke = [];
  };
  places.forEach((x, k) => {
    const before = places[k - 1];
    const own = has(x);
    if (before !== undefined && has(before) !== own) {
      const edge = own ? border(has, x, before) : border(has, before, x);
      if (own) stroke.push(at(edge));
      else {
        stroke.push(at(edge));
        end();
      }
    } else if (before !== undefined && own) {
      const jump = jumpBetween(f, before, x, SMALL * height);
      if (jump) {
        stroke.push(at(jump[0]));
        end();
        stroke.push(at(jump[1]));
      }
    }
    if (own) stroke.push(at(x));
  });
  end();
  return strokes;
}

/** The two sides of a jump: the step stays however near one looks. */
function jumpBetween(f: Real, from: number, to: number, small: number): readonly [number, number] | undefined {
  let [a, b] = [from, to];
  const step = (p: number, q: number): number => Math.abs(f(q) - f(p));
  const whole = step(a, b);
  if (!(whole > small)) return undefined;
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (a + b) / 2;
    if (middle <= a || middle >= b) break;
    const [left, right] = [step(a, middle), step(middle, b)];
    // Beside a place without a value there is a pole: it is a jump too.
    if (!(left <= right)) b = middle;
    else a = middle;
    if (step(a, b) < STAYS * whole) return undefined;
  }
  return [a, b];
}
