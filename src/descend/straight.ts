import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { Landscape, type Part } from './landscape.ts';
import { isSolver } from './optimizers/index.ts';
import type { Outcome } from './outcome.ts';
import { decayOf, type Problem } from './problem.ts';
import { hasKink } from './quadratic.ts';
import { isFlat, TOLERANCE } from './solvers/minimum.ts';
import { newton } from './solvers/newton.ts';

/**
 * Parameters in which the cost is linear, whatever the others are: its derivative by them does not depend on them. Such a cost
 * has no end along them, unless its slope is 0 there or facts hold them.
 */
export function straightParts(problem: Problem, land: Landscape): readonly Part[] {
  const names = straightNames(problem);
  return land.parts.filter(({ name }) => names.has(name));
}

/** What is known of an objective by a list of parameters: short runs of one model follow one another by the thousand. */
const known = new WeakMap<Node, Map<string, ReadonlySet<string>>>();

function straightNames(problem: Problem): ReadonlySet<string> {
  const objective = problem.model.objective!.node;
  const own = known.get(objective) ?? new Map<string, ReadonlySet<string>>();
  known.set(objective, own);
  const key = problem.slopes.gradients.map(({ variable }) => variable.name).join();
  const names = own.get(key) ?? foundStraight(problem);
  own.set(key, names);
  return names;
}

function foundStraight({ model, slopes }: Problem): ReadonlySet<string> {
  const kinks = topological([model.objective!.node]).filter(hasKink);
  const straight = slopes.gradients.filter(({ variable, gradient }) => {
    const moves = (node: Node) => topological([node]).includes(variable);
    const isHeld = model.inputs.get(variable.name)!.facts.some(({ record }) => record.kept);
    return !isHeld && !moves(gradient) && !kinks.some(moves);
  });
  return new Set(straight.map(({ variable }) => variable.name));
}

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
  if (!isBelow && straightNames(problem).size === 0) return outcome;
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
