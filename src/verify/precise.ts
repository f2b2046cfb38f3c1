import type { Sizes } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { lazily } from '../language/lazily.ts';
import { isDeclaredSymmetric } from '../operators/declared.ts';
import { type BigNumbers, bigNumbers } from './big-numbers.ts';
import type { Claim, Task } from './claim.ts';
import type { BigNumber } from './decimals.ts';
import { type BigValues, centralDifferences, evaluateBig } from './differences.ts';
import { discrepancy } from './discrepancy.ts';
import { noPoint, type Point } from './points.ts';
import { type Evaluation, findPoint, interpreted, probe } from './probe.ts';
import { type CheckReport, type Discrepancy, type PartialReport, record, worse } from './report.ts';

/** The relative error up to which a derivative agrees with differences of 64-digit numbers. */
export const TOLERANCE = 1e-14;

/**
 * The relative error up to which the compiled gradient agrees, in doubles. Where the function itself is badly
 * conditioned, plain evaluation is off by more; then the compiled one may be off by this many times as much.
 */
export const COMPILED_TOLERANCE = 1e-9;
const MORE_THAN_PLAIN = 100;

/** Below these parts of the function's own value nothing but rounding is left of a derivative, in either arithmetic. */
const BIG_NOISE = 1e-26;
const DOUBLE_NOISE = 1e-7;

/** Enough for 1 + x down to where doubles end. */
const MORE_DIGITS = 400;

const MOST_KINKS = 20;

/** What the comparisons of a task share. */
interface Comparing {
  readonly task: Task;
  readonly numbers: BigNumbers;
  /** More digits, where there is time for them. */
  readonly more: (() => BigNumbers) | undefined;
  /** What runs, as it is evaluated plainly and as it is compiled. */
  readonly running: readonly Node[];
  readonly plain: Evaluation;
}

/**
 * Compares claimed derivatives with central differences of 64-digit numbers, at several points of the domain.
 * @param isShort whether there is time for more digits, where these do not agree
 */
export async function checkPrecisely(task: Task, isShort: boolean): Promise<CheckReport> {
  const { objective, claims, points, sizes } = task;
  const forms = claims.flatMap((c) => c.forms);
  const running = claims.flatMap((c) => (c.runs ? [c.runs] : []));
  const doublesOf = (nodes: readonly Node[]) => interpreted(nodes, sizes);
  const look = probe(objective, forms, doublesOf);
  const more = isShort ? lazily(() => bigNumbers(MORE_DIGITS)) : undefined;
  const comparing: Comparing = { task, numbers: bigNumbers(), more, running, plain: doublesOf(running) };
  const found = new Map<string, PartialReport>();
  let kinks = 0;
  for (let number = 0; number < task.count; ) {
    const partials = comparePoint(comparing, findPoint(points, number + kinks, look));
    if (partials) {
      for (const [name, partial] of partials) found.set(name, merged(found.get(name), partial));
      number++;
    } else if (++kinks > MOST_KINKS) {
      throw noPoint(MOST_KINKS, points);
    }
  }
  const all = [...found.values()];
  return {
    ok: all.every((p) => p.ok),
    worst: Math.max(0, ...all.map((p) => p.relativeError)),
    method: 'bignumber',
    tolerance: TOLERANCE,
    points: task.count,
    partials: record(found),
  };
}

/** The partials at a point; undefined if the function has a kink there. */
function comparePoint({ task, numbers, more, running, plain }: Comparing, point: Point): [string, PartialReport][] | undefined {
  const few = inDigits(task, point, numbers);
  const fast = task.program?.at(point.values, task.sizes).map(({ data }) => data);
  const slow = plain(point.values);
  const result: [string, PartialReport][] = [];
  for (const claim of task.claims) {
    let compared = compare(task, claim, point, few);
    // Where a function loses all digits on its way, as log(1 + exp(−100)) does, there is nothing to compare in so few.
    if (more && compared && compared.symbolic.relativeError > TOLERANCE)
      compared = compare(task, claim, point, inDigits(task, point, more()));
    if (!compared) return undefined;
    const { numeric, symbolic, size } = compared;
    const k = claim.runs ? running.indexOf(claim.runs) : -1;
    const doubles = { numeric: numeric.map(Number), shape: [...claim.front, ...claim.own], floor: DOUBLE_NOISE * size };
    const run = k < 0 || !fast ? symbolic : discrepancy({ ...doubles, symbolic: fast[1 + k]! }, point.drawn);
    const evaluated = k < 0 ? symbolic : discrepancy({ ...doubles, symbolic: slow[k]! }, point.drawn);
    const runsWell = run.relativeError <= Math.max(COMPILED_TOLERANCE, MORE_THAN_PLAIN * evaluated.relativeError);
    result.push([claim.name, { ...symbolic, ok: symbolic.relativeError <= TOLERANCE && runsWell, compiled: run }]);
  }
  return result;
}

/** A point, and how large the objective is there. */
function inDigits({ objective, sizes }: Task, point: Point, digits: BigNumbers): InDigits {
  const values: BigValues = new Map([...point.values].map(([name, data]) => [name, Array.from(data, digits.from)]));
  return { values, digits, size: magnitude(evaluateBig([objective], values, sizes, digits)[0]!) };
}

/** A derivative and its differences; undefined at a kink. */
function compare(task: Task, claim: Claim, point: Point, at: InDigits) {
  const free = centralDifferences(task.objective, claim.name, at.values, task.sizes, at.digits);
  if (free.kink) return undefined;
  // A name whose matrix is symmetric moves by symmetric steps only.
  const isSymmetric = isDeclaredSymmetric(task.model.inputs.get(claim.name)?.facts);
  const numeric = isSymmetric ? symmetricPart(free.data, claim.own) : free.data;
  return { numeric, size: at.size, symbolic: compareForms(task.sizes, claim, numeric, at, point) };
}

function compareForms(
  sizes: Sizes,
  { forms, front, own }: Claim,
  numeric: readonly BigNumber[],
  { values, size, digits }: InDigits,
  point: Point,
): Discrepancy {
  let worst: Discrepancy | undefined;
  for (const data of evaluateBig(forms, values, sizes, digits)) {
    const gaps = data.map((x, at) => x.sub(numeric[at]!).abs().toNumber());
    const comparison = {
      symbolic: data.map(Number),
      numeric: numeric.map(Number),
      gaps,
      shape: [...front, ...own],
      floor: BIG_NOISE * size,
    };
    worst = worse(worst, discrepancy(comparison, point.drawn));
  }
  return worst!;
}

/** A point in numbers of so many digits. */
interface InDigits {
  readonly values: BigValues;
  readonly size: number;
  readonly digits: BigNumbers;
}

const magnitude = (data: readonly BigNumber[]): number => data.reduce((size, x) => Math.max(size, x.abs().toNumber()), 0);

/** The worse of two points, for the derivative and for what runs. */
function merged(a: PartialReport | undefined, b: PartialReport): PartialReport {
  if (!a) return b;
  return { ...worse(a, b), ok: a.ok && b.ok, compiled: worse(a.compiled, b.compiled) };
}

/** (D + Dᵀ)/2 over the axes of the name, for each entry of the objective. */
function symmetricPart(data: readonly BigNumber[], [n]: readonly number[]): BigNumber[] {
  const size = n! * n!;
  return data.map((x, at) => {
    const k = at % size;
    return x.add(data[at - k + (k % n!) * n! + Math.floor(k / n!)]!).div(2);
  });
}
