import type { Model } from '../../calculus/check.ts';
import type { Sizes } from '../../graph/dimension.ts';
import type { Node } from '../../graph/node.ts';
import { type Fraction, nearestRatio } from '../../graph/rational.ts';
import { GradusError } from '../../language/diagnostics.ts';
import { work } from '../cost.ts';
import { chanceOfError } from '../exact/bound.ts';
import { type Finding, identical, type Pair } from '../exact/identical.ts';
import { noPoint } from '../points.ts';
import { allFinite, gap, type Tracked } from '../tracked.ts';
import { compareDigits, DIGITS } from './digits.ts';
import { ALL_POINTS, BEFORE_WHOLE, ORDINARY, type RealPoint, RealPoints, trackedAt } from './real.ts';
import type { At, Difference, Verdict } from './verdict.ts';

export type { Pair } from '../exact/identical.ts';
export { type At, type Difference, type Evidence, isExact, type Lengths, type Verdict } from './verdict.ts';

export interface JudgeOptions {
  readonly seed?: number;
  /** What must have a value at a point for it to count: what was derived. */
  readonly within?: readonly Node[];
  /** Milliseconds after which the field gives up. */
  readonly patience?: number;
  /** How many points of the reals a verdict by numbers rests on. */
  readonly points?: number;
  /** Lengths that are settled; without them all are drawn, whatever the source's data say. */
  readonly sizes?: Sizes;
}

const POINTS = 6;
/** Of a simple fraction, the largest part. */
const SIMPLE = 1000n;
/** Each region of the reals is looked at once before anything is said. */
const REGIONS = 8;
/** Relative to what they were computed from, doubles that agree, and doubles that surely do not. */
const CLOSE = 1e-9;
const APART = 1e-6;
/** Products that an evaluation in many digits may take, and milliseconds that are spent on points in doubles. */
const MOST_WORK = 2e5;
const PATIENCE = 1500;
/** Products that points of all sizes may take. */
const MOST_WIDE = 3e7;

/** Whether functions are in it that are known in fewer digits. */
interface Precision {
  readonly functions: 'elementary' | 'special';
}

/** What doubles show of a pair: the points where both sides agree, and those where they seem to differ. */
interface Screened {
  readonly agree: RealPoint[];
  readonly apart: RealPoint[];
  /** Where the digits do not tell. */
  readonly unclear: RealPoint[];
  undefinedAt: At | undefined;
  difference: Difference | undefined;
}

/**
 * Judges whether expressions over a model's names are equal to others wherever those have a value: exactly where that is
 * possible, in the field and at points of the reals, and in numbers of many digits otherwise.
 */
export class Judge {
  private readonly model: Model;
  private readonly wrt: readonly string[];
  private readonly points: RealPoints;
  private readonly options: JudgeOptions;

  /** @param expressions what will be judged, as far as it is known: lengths are drawn that are none of its numbers */
  constructor(model: Model, wrt: readonly string[], expressions: readonly Node[], options: JudgeOptions = {}) {
    this.model = model;
    this.wrt = wrt;
    this.options = options;
    this.points = new RealPoints(model, wrt, expressions, options);
  }

  /**
   * One verdict a pair [found, expected]; several that share their parts cost little more than one.
   * @throws GradusError `domain` if what is expected has a value nowhere and the field does not tell
   */
  verdicts(pairs: readonly Pair[]): Verdict[] {
    const { seed = 1, sizes, patience } = this.options;
    const findings = identical(this.model, pairs, { seed, ...(sizes && { sizes }), ...(patience && { patience }) });
    // A branch on which they differ may lie anywhere.
    const wide = findings.some(({ branches, outcome }) => branches && outcome !== 'identical');
    const screened = this.screen(pairs, this.options.points ?? POINTS, wide);
    return pairs.map((pair, k) => this.verdict(pair, findings[k]!, screened[k]!));
  }

  one(pair: Pair): Verdict {
    return this.verdicts([pair])[0]!;
  }

  /** Whether two expressions agree at a few points in doubles: what does not is not worth judging. */
  plausible(pair: Pair): boolean {
    const [{ agree, apart, unclear }] = this.screen([pair], 2) as [Screened];
    return apart.length === 0 && agree.length + unclear.length > 0;
  }

  /** About how many products it takes to evaluate nodes at a point. */
  cost(nodes: readonly Node[]): number {
    return work(nodes, this.points.get(0).sizes);
  }

  /** What the second is of the first, entry by entry, if it looks like a simple number. */
  ratio([found, expected]: Pair): Fraction | undefined {
    for (let k = 0; k < REGIONS; k++) {
      const [a, b] = trackedAt([found, expected], this.points.get(k)) as [readonly Tracked[], readonly Tracked[]];
      const at = a.findIndex(({ value }, place) => value !== 0 && b[place] !== undefined && b[place].value !== 0);
      const ratio = at < 0 ? undefined : nearestRatio(b[at]!.value / a[at]!.value);
      if (ratio && ratio.n !== 0n && ratio.n <= SIMPLE && ratio.d <= SIMPLE) return ratio;
    }
    return undefined;
  }

  /**
   * In doubles, at points of all regions until there are enough.
   * @param wide points of all sizes are looked at in any case, as far as that is cheap
   */
  private screen(pairs: readonly Pair[], wanted: number, wide = false): Screened[] {
    const all = pairs.map((): Screened => ({ agree: [], apart: [], unclear: [], undefinedAt: undefined, difference: undefined }));
    const nodes = pairs.flat();
    const { within = [] } = this.options;
    const until = performance.now() + PATIENCE;
    const cost = work(nodes, this.points.get(0).sizes);
    for (let k = 0; k < ALL_POINTS && (k === 0 || performance.now() < until); k++) {
      if (k >= REGIONS && all.every((seen) => seen.apart.length >= wanted)) break;
      const least = Math.min(...all.map(seenAt));
      if (k >= Math.min(REGIONS, 2 * wanted) && least >= wanted && (!wide || k >= BEFORE_WHOLE)) break;
      // Whole numbers are the last resort: at them branches meet.
      if ((k >= BEFORE_WHOLE && least > 0) || (k >= ORDINARY && k * cost > MOST_WIDE && least > 0)) break;
      const point = this.points.get(k);
      const visit = () => (trackedAt(within, point).every(allFinite) ? trackedAt(nodes, point) : undefined);
      // Only where other lengths may do is a point passed over for what it takes.
      const values = k > 0 ? affordable(visit) : visit();
      if (values) {
        pairs.forEach((_, at) => {
          look(all[at]!, point, values[2 * at]!, values[2 * at + 1]!);
        });
      }
      if (k >= ORDINARY) point.known.clear();
    }
    return all;
  }

  private verdict(pair: Pair, finding: Finding, seen: Screened): Verdict {
    const { outcome, rational, laws, branches, functions, sizes } = finding;
    const precise = { functions: functions ? 'special' : 'elementary' } as const;
    const elsewhere = finding.refuted && this.atSizes(finding.refuted).one(pair);
    if (elsewhere && !elsewhere.right) return elsewhere;
    const about = { ...(branches && { branches }), ...(sizes && { sizes: Object.fromEntries(sizes) }) };
    if (outcome === 'identical') {
      const by = laws ? 'laws' : 'field';
      // Where the source starts may be a border.
      const apart = branches ? seen.apart.filter(({ start }) => !start) : seen.apart;
      const real = this.confirmed(pair, { ...seen, apart }, precise);
      if (real) return real;
      const bound = by === 'field' ? chanceOfError(pair, sizes ?? this.points.get(0).sizes, finding.rounds) : 0;
      return {
        right: true,
        by,
        ...about,
        ...(bound < 0 && { bound }),
        ...(seen.undefinedAt && { undefinedAt: seen.undefinedAt }),
      };
    }
    if (outcome === 'different' && rational) {
      const difference =
        seen.difference ?? this.inDigits(pair, [...seen.unclear, ...seen.agree].slice(0, POINTS), precise)?.difference;
      return { right: false, by: 'field', ...(difference && { difference }) };
    }
    return this.byNumbers(pair, seen, precise);
  }

  private atSizes(sizes: Sizes): Judge {
    return new Judge(this.model, this.wrt, [], { ...this.options, sizes });
  }

  /** What the field does not see: the sides have values at different places, or |u| was taken for u. */
  private confirmed(pair: Pair, seen: Screened, precise: Precision): Verdict | undefined {
    const wrong = this.inDigits(pair, seen.apart.slice(0, POINTS), precise);
    if (wrong?.difference) return wrong;
    if (seenAt(seen) > 0 || !seen.undefinedAt) return undefined;
    return { right: false, by: 'doubles', undefinedAt: seen.undefinedAt };
  }

  private byNumbers(pair: Pair, seen: Screened, precise: Precision): Verdict {
    const wanted = this.options.points ?? POINTS;
    const candidates = [...seen.apart, ...seen.unclear, ...seen.agree];
    // Where branches are near, a few points may all lie on one: as many are looked at as cost little.
    const affordable = candidates[0] ? Math.floor((5 * MOST_WORK) / Math.max(1, work(pair, candidates[0].sizes))) : 0;
    const count = seen.unclear.length > 0 ? Math.max(wanted, affordable) : wanted;
    const digits = this.inDigits(pair, candidates.slice(0, count), precise);
    if (digits) return digits;
    const undefinedAt = seen.undefinedAt && { undefinedAt: seen.undefinedAt };
    if (seen.difference) return { right: false, by: 'doubles', difference: seen.difference, ...undefinedAt };
    const points = seen.agree.length + seen.unclear.length;
    if (points === 0 && !undefinedAt) throw noPoint(ALL_POINTS);
    return { right: points > 0, by: 'doubles', points, digits: -Math.log10(CLOSE), ...undefinedAt };
  }

  /** At the given points in many digits; undefined where that takes too long, cannot be done, or has nothing to say. */
  private inDigits(pair: Pair, points: readonly RealPoint[], { functions }: Precision): Verdict | undefined {
    if (points.length === 0 || work(pair, points[0]!.sizes) > MOST_WORK) return undefined;
    let held = 0;
    let undefinedAt: At | undefined;
    try {
      for (const point of points) {
        const sight = compareDigits(pair, point, functions);
        if (sight.kind === 'different') {
          const { place, found, expected } = sight;
          return {
            right: false,
            by: 'digits',
            digits: DIGITS,
            points: 1,
            difference: { at: point.at, sizes: Object.fromEntries(point.sizes), place, found, expected },
          };
        }
        if (sight.kind === 'equal') held++;
        else if (sight.which === 'found') undefinedAt ??= point.at;
      }
    } catch (error) {
      // A function that nobody has written in many digits, or not so far out.
      if (error instanceof GradusError && error.code === 'unsupported') return undefined;
      throw error;
    }
    if (held === 0) return undefined;
    return { right: true, by: 'digits', digits: DIGITS, points: held, ...(undefinedAt && { undefinedAt }) };
  }
}

/** Undefined where lengths were drawn for which that takes too much. */
function affordable<T>(work: () => T | undefined): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof GradusError && error.code === 'limit') return undefined;
    throw error;
  }
}

const seenAt = ({ agree, apart, unclear }: Screened): number => agree.length + apart.length + unclear.length;

/** Sorts a point by what both sides are there. */
function look(seen: Screened, point: RealPoint, found: readonly Tracked[], expected: readonly Tracked[]): void {
  if (!allFinite(expected)) return;
  if (!allFinite(found)) {
    seen.undefinedAt ??= point.at;
    return;
  }
  if (agree(found, expected)) seen.agree.push(point);
  else if (gap(found, expected) <= APART) seen.unclear.push(point);
  else {
    seen.apart.push(point);
    seen.difference ??= differenceAt(point, found, expected);
  }
}

/** Digit by digit, not only as far as rounding lets one tell. */
const agree = (found: readonly Tracked[], expected: readonly Tracked[]): boolean =>
  found.length === expected.length &&
  found.every(({ value }, k) => {
    const other = expected[k]!.value;
    return value === other || Math.abs(value - other) <= CLOSE * Math.max(Math.abs(value), Math.abs(other));
  });

function differenceAt({ at, sizes }: RealPoint, found: readonly Tracked[], expected: readonly Tracked[]): Difference {
  const differs = (x: Tracked, k: number) => expected[k] === undefined || !(gap([x], [expected[k]]) <= APART);
  const place = Math.max(0, found.findIndex(differs));
  return {
    at,
    sizes: Object.fromEntries(sizes),
    place,
    found: found[place]?.value ?? Number.NaN,
    expected: expected[place]?.value ?? Number.NaN,
  };
}
