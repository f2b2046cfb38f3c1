import { type Draw, random } from '../numeric/random.ts';
import { isDeclaredSymmetric } from '../operators/declared.ts';
import type { Claim, Task } from './claim.ts';
import { discrepancy, indexAt } from './discrepancy.ts';
import { noPoint, type Point } from './points.ts';
import { compiled, findPoint, probe } from './probe.ts';
import { type CheckReport, type Discrepancy, type PartialReport, record, worse } from './report.ts';
import { type Estimate, richardson } from './richardson.ts';

/** The relative error up to which a derivative agrees with extrapolated differences of doubles. */
export const ROUGH_TOLERANCE = 1e-6;

/** An estimate counts if it is known this well, relative to the largest entry. */
const KNOWN = 1e-7;
/** First steps, from wide to narrow: a function that bends sharply or has many kinks needs narrow ones. */
const FIRST_STEPS = [0.1, 3e-3, 1e-4, 3e-6];
/** How many single entries of each name are looked at, and how many directions through all of them. */
const ENTRIES = 12;
const DIRECTIONS = 3;
const MOST_TRIES = 10;
/** What rounding may leave of a function's value in its differences, relative to the value over the step. */
const ROUNDING = 8 * Number.EPSILON;

/**
 * Compares claimed derivatives with Richardson-extrapolated differences of the compiled function, where numbers of 64
 * digits would take too long: along some single entries, and along random directions, which no wrong entry escapes.
 */
export function checkRoughly(task: Task): CheckReport {
  const { model, objective, claims, points, sizes, count } = task;
  const draw = random(task.seed + 1);
  const forms = claims.map((c) => c.runs ?? c.forms[0]!);
  const look = probe(objective, forms, (nodes) => compiled(nodes, sizes));
  const alone = task.program ? undefined : compiled(forms, sizes);
  const derivatives = (values: Point['values']) =>
    alone?.(values) ??
    task
      .program!.at(values, sizes)
      .slice(1)
      .map(({ data }) => data);
  const value = compiled([objective], sizes);
  const found = new Map<string, PartialReport>();
  let refused = 0;
  for (let number = 0; number < count; ) {
    const point = findPoint(points, number + refused, look);
    const symbolic = derivatives(point.values);
    const partials = claims.map((claim, k) => comparePartial(claim, symbolic[k]!, point));
    if (partials.includes(undefined)) {
      if (++refused > MOST_TRIES) throw noPoint(MOST_TRIES, points);
      continue;
    }
    claims.forEach(({ name }, k) => {
      const worst = worse(found.get(name)?.compiled, partials[k]!);
      found.set(name, { ...worst, ok: worst.relativeError <= ROUGH_TOLERANCE, compiled: worst });
    });
    number++;
  }
  const all = [...found.values()];
  return {
    ok: all.every((p) => p.ok),
    worst: Math.max(0, ...all.map((p) => p.relativeError)),
    method: 'richardson',
    tolerance: ROUGH_TOLERANCE,
    points: count,
    partials: record(found),
  };

  /** Undefined if no difference of this name could be told well enough: a kink is near. */
  function comparePartial({ name, front, own }: Claim, symbolic: ArrayLike<number>, point: Point): Discrepancy | undefined {
    const start = Array.from(point.values.get(name)!);
    const size = largest(value(point.values)[0]!);
    let worst: Discrepancy | undefined;
    const side = isDeclaredSymmetric(model.inputs.get(name)?.facts) ? Math.sqrt(start.length) : undefined;
    for (const free of directions(start.length, draw)) {
      const direction = side === undefined ? free : mirrored(free, side);
      const expected = along(symbolic, direction, start.length);
      const floor = direction.single ? largest(symbolic) : norm(symbolic) / Math.sqrt(start.length);
      const numeric = differencesAlong(direction, start, name, point, { floor, size });
      if (!numeric) continue;
      const { entry, ...found } = discrepancy({ symbolic: expected, shape: front, ...numeric }, point.drawn);
      // A direction runs through all entries of the name, so that no single one can be named.
      const index = entry && direction.single ? [...entry.index, ...indexAt(direction.places[0]!, own)] : [];
      worst = worse(worst, { ...found, ...(entry && { entry: { ...entry, index } }) });
    }
    return worst;
  }

  /** @returns the differences, and the size below which rounding is all that is left of them */
  function differencesAlong(direction: Direction, start: readonly number[], name: string, point: Point, scale: Scale) {
    for (const first of FIRST_STEPS) {
      const floor = Math.max(scale.floor, (ROUNDING * scale.size) / (first * KNOWN));
      const estimates: Estimate[] = richardson((t) => {
        const moved = start.slice();
        direction.places.forEach((at, k) => {
          moved[at]! += t * direction.steps[k]!;
        });
        return value(new Map([...point.values, [name, moved]]))[0]!;
      }, first);
      if (estimates.every(({ value, error }) => error <= KNOWN * Math.max(floor, Math.abs(value))))
        return { numeric: estimates.map((e) => e.value), floor };
    }
    return undefined;
  }
}

/** The largest entry of a derivative, and of the function. */
interface Scale {
  readonly floor: number;
  readonly size: number;
}

/** A vector of length 1: the entries where it is not zero, and what it is there. */
interface Direction {
  readonly single: boolean;
  readonly places: readonly number[];
  readonly steps: readonly number[];
}

function directions(count: number, draw: Draw): Direction[] {
  const few = count <= ENTRIES;
  const entries = Array.from({ length: few ? count : ENTRIES }, (_, k) => (few ? k : Math.floor(draw.uniform(0, count))));
  const places = Array.from({ length: count }, (_, k) => k);
  const through = Array.from({ length: count > 1 ? DIRECTIONS : 0 }, () => ({
    single: false,
    places,
    steps: places.map(() => (draw.uniform() < 0.5 ? -1 : 1) / Math.sqrt(count)),
  }));
  return [...entries.map((at) => ({ single: true, places: [at], steps: [1] })), ...through];
}

/** The direction together with its transpose: a symmetric matrix stays symmetric along it. */
function mirrored({ single, places, steps }: Direction, side: number): Direction {
  const turned = places.map((at) => (at % side) * side + Math.floor(at / side));
  return { single, places: [...places, ...turned], steps: [...steps, ...steps] };
}

/** The derivative along a direction, for each entry of the objective. */
function along(symbolic: ArrayLike<number>, { places, steps }: Direction, count: number): number[] {
  return Array.from({ length: symbolic.length / count }, (_, row) =>
    places.reduce((sum, at, k) => sum + symbolic[row * count + at]! * steps[k]!, 0),
  );
}

const largest = (data: ArrayLike<number>): number => Array.from(data).reduce((size, x) => Math.max(size, Math.abs(x)), 0);
const norm = (data: ArrayLike<number>): number => Math.sqrt(Array.from(data).reduce((sum, x) => sum + x * x, 0));
