import { Landscape, type Part } from './landscape.ts';
import { isSolver } from './optimizers/index.ts';
import type { Outcome } from './outcome.ts';
import { decayOf, type Problem } from './problem.ts';
import { isFlat, TOLERANCE } from './solvers/minimum.ts';
import { newton } from './solvers/newton.ts';

/** The parameters in which the cost is linear, as they lie in the vector of all. */
export const straightParts = ({ slopes }: Problem, land: Landscape): readonly Part[] =>
  land.parts.filter(({ name }) => slopes.straight().has(name));

/** The entry of these along which the cost falls without end from a place; undefined where it has no slope. */
export function endlessEntry(land: Landscape, parts: readonly Part[], place: Float64Array): number | undefined {
  if (parts.length === 0) return undefined;
  return land.uncounted(() => {
    const slope = new Float64Array(land.size);
    const found = { place, cost: land.slope(place, slope), slope };
    if (!Number.isFinite(found.cost)) return undefined;
    const own = new Float64Array(land.size);
    for (const { from, length } of parts) own.set(slope.subarray(from, from + length), from);
    if (isFlat(land, { ...found, slope: own }, TOLERANCE.default)) return undefined;
    return farthest(own);
  });
}

/** Entries of which the whole matrix of second derivatives is looked at. */
const MOST_CURVED = 100;

/** A run by steps of one formula that has done its epochs, while the cost has no end to come to. */
export function endless(problem: Problem, outcome: Outcome): Outcome {
  if (outcome.stopped !== 'epochs' || isSolver(problem.method) || decayOf(problem) > 0) return outcome;
  // What bends down without end has fallen below 0.
  const isBelow = (problem.model.objective!.sense === 'maximize' ? -outcome.cost : outcome.cost) < 0;
  if (!isBelow && problem.slopes.straight().size === 0) return outcome;
  const land = new Landscape(problem);
  const place = land.packed(outcome.learned);
  const entry = endlessEntry(land, straightParts(problem, land), place) ?? bentDown(land, place);
  return entry === undefined ? outcome : { ...outcome, stopped: 'diverged', endless: true, downhill: land.nameAt(entry) };
}

/** The entry along which a quadratic cost falls without end: none that has no negative value does. */
function bentDown(land: Landscape, place: Float64Array): number | undefined {
  if (land.size > MOST_CURVED || land.told(place) >= 0) return undefined;
  const iteration = newton.begin(land, new Map([['tolerance', TOLERANCE.default]]));
  iteration.place.set(place);
  return land.isQuadratic && iteration.step() === 'endless' ? farthest(iteration.descent!) : undefined;
}

/** The entry that moves most. */
export const farthest = (direction: Float64Array): number =>
  direction.reduce((most, x, k) => (Math.abs(x) > Math.abs(direction[most]!) ? k : most), 0);
