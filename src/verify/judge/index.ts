import type { Sizes } from '../../graph/dimension.ts';
import type { Node } from '../../graph/node.ts';
import { type Fraction, nearestRatio } from '../../graph/rational.ts';
import { GradusError } from '../../language/diagnostics.ts';
import type { Model } from '../../model/model.ts';
import { standIns } from '../../model/stand-ins.ts';
import type { Inputs } from '../../numeric/binding.ts';
import { work } from '../cost.ts';
import { chanceOfError } from '../exact/bound.ts';
import { type Finding, identical, type Pair } from '../exact/identical.ts';
import { noPoint } from '../points.ts';
import { allFinite, gap, type Tracked } from '../tracked.ts';
import { beyondBorders } from './borders.ts';
import { compareDigits, DEEP_DIGITS, DIGITS, differsDeep } from './digits.ts';
import { ALL_POINTS, type RealPoint, RealPoints, trackedAt } from './real.ts';
import { whereUnsaturated } from './saturated.ts';
import { branchesBeside } from './scout.ts';
import { APART, CLOSE, inside, REGIONS, type Screened, type ScreenOptions, screen, screenAt, seenInside } from './screen.ts';
import { isSignless } from './signless.ts';
import { signPatterns } from './signs.ts';
import type { At, Verdict } from './verdict.ts';

export type { Pair } from '../exact/identical.ts';
export { type At, type Difference, type Evidence, isExact, type Lengths, type Verdict } from './verdict.ts';

export interface JudgeOptions {
  readonly seed?: number;
  /** What must have a value at a point for it to count: what was derived. */
  readonly within?: readonly Node[];
  /** Milliseconds after which the field gives up; with fewer, less is computed in many digits too. */
  readonly patience?: number;
  /** How many points of the reals a verdict by numbers rests on. */
  readonly points?: number;
  /** Lengths that are settled; without them all are drawn, whatever the source's data say. */
  readonly sizes?: Sizes;
  /** Where it is looked first, on top of the values that the source gives. */
  readonly start?: Inputs;
}

const POINTS = 6;
/** A guess must agree at so many, so that it was on every branch. */
const PLAUSIBLE = 20;
/** Of a simple fraction, the largest part. */
const SIMPLE = 1000;
/** Products that an evaluation in many digits may take, and those that take a millisecond. */
const MOST_WORK = 2e5;
const WORK_A_MILLISECOND = 80;
/** Milliseconds for points in many digits, once there are enough of them. */
const DIGITS_PATIENCE = 1500;

/** Patterns of signs that are tried, and products that they may take together. */
const MOST_PATTERNS = 20;
const MOST_TURNED = 4e5;

/** Products that a look in very many digits may take. */
const MOST_DEEP = 2000;

/** Whether functions are in it that are known in fewer digits. */
interface Precision {
  readonly functions: 'elementary' | 'special';
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
  /** Points on branches that random points miss, and for what they were looked for. */
  private readonly elsewhere: RealPoint[] = [];
  private readonly searched = new Set<Node>();

  /** @param expressions what will be judged, as far as it is known: lengths are drawn that are none of its numbers */
  constructor(model: Model, wrt: readonly string[], expressions: readonly Node[], options: JudgeOptions = {}) {
    const { graph } = model;
    this.model = model;
    this.wrt = wrt;
    this.options = { ...options, ...(options.within && { within: standIns(graph, options.within) }) };
    this.points = new RealPoints(model, wrt, standIns(graph, expressions), this.options);
  }

  /**
   * One verdict a pair [found, expected]; several that share their parts cost little more than one.
   * @throws GradusError `domain` if what is expected has a value nowhere and the field does not tell
   */
  verdicts(given: readonly Pair[]): Verdict[] {
    const pairs = this.withValues(given);
    const { seed = 1, sizes, patience } = this.options;
    // The field knows functions of which nothing is known.
    const findings = identical(this.model, given, { seed, ...(sizes && { sizes }), ...(patience && { patience }) });
    const branches = findings.some((finding) => finding.branches);
    const known = findings.map(({ outcome }) => outcome === 'identical');
    const screened = this.screen(pairs, this.options.points ?? POINTS, { known, branches });
    const verdicts = pairs.map((pair, k) => this.verdict(pair, findings[k]!, screened[k]!));
    // A branch on which they differ may lie anywhere.
    const doubtful = pairs.filter((_, k) => verdicts[k]!.right && findings[k]!.branches && findings[k]!.outcome !== 'identical');
    const wide = new Map(
      doubtful.length > 0
        ? this.screen(doubtful, this.options.points ?? POINTS, { wide: true }).map((seen, k) => [doubtful[k], seen])
        : [],
    );
    return pairs.map((pair, k) => {
      const finding = findings[k]!;
      const seen = wide.get(pair) ?? screened[k]!;
      const first = wide.has(pair) ? this.verdict(pair, finding, seen) : verdicts[k]!;
      // Between rational functions nothing is open, nor between those that exponentials make.
      if (!first.right || finding.rational || (finding.outcome === 'identical' && isSignless(pair))) return first;
      const turned = this.turned(pair, finding, seen, first);
      // What the field does not know to be equal may differ where nothing shows it: before functions level off, below all digits.
      const verdict = turned.right && finding.outcome !== 'identical' ? this.hidden(pair, finding, seen, turned) : turned;
      return verdict.right && finding.outcome !== 'identical' ? this.beyond(pair, finding, seen, verdict) : verdict;
    });
  }

  /** √(x²·y) is x·√y where x is positive: all patterns of signs are tried, as far as that is cheap. */
  private turned(pair: Pair, finding: Finding, seen: Screened, verdict: Verdict): Verdict {
    const [base] = ordinary(seen);
    const affordable = base ? Math.floor(MOST_TURNED / Math.max(1, work(pair, base.sizes))) : 0;
    if (!base || affordable === 0) return verdict;
    return this.lookedAt(pair, finding, verdict, signPatterns(base, this.points, Math.min(MOST_PATTERNS, affordable)));
  }

  /** What differs by a term that is beside all others too small, or is so wherever points were drawn. */
  private hidden(pair: Pair, finding: Finding, seen: Screened, verdict: Verdict): Verdict {
    const points = whereUnsaturated(this.model.graph, [...pair, ...(this.options.within ?? [])], ordinary(seen), this.points);
    const there = this.lookedAt(pair, finding, verdict, points);
    const [point] = ordinary(seen);
    if (!there.right || !point || work(pair, point.sizes) > MOST_DEEP) return there;
    const difference = differsDeep(pair, point);
    if (!difference) return there;
    return {
      right: false,
      by: 'digits',
      digits: DEEP_DIGITS,
      points: 1,
      difference: { at: point.at, sizes: Object.fromEntries(point.sizes), ...difference },
    };
  }

  /** The verdict, unless it is another at more points. */
  private lookedAt(pair: Pair, finding: Finding, verdict: Verdict, points: readonly RealPoint[]): Verdict {
    const there = screenAt(pair, points, this.options.within ?? []);
    // On a branch of its own the claim may be nearly right.
    const digits = finding.outcome === 'identical' ? undefined : this.inDigits(pair, there.agree, precisionOf(finding));
    if (digits?.difference) return digits;
    if (there.apart.length + there.unclear.length === 0) return verdict;
    const again = this.verdict(pair, finding, { ...there, agree: [], undefinedAt: undefined });
    return again.right ? verdict : again;
  }

  /** What is right at random points may be wrong on a branch that none of them lies on. */
  private beyond(pair: Pair, finding: Finding, seen: Screened, verdict: Verdict): Verdict {
    const within = this.options.within ?? [];
    const at = (points: readonly RealPoint[]): Verdict => this.lookedAt(pair, finding, verdict, points);
    // What was found for other claims about the same is looked at first, and is enough where this one has no branches of its own.
    const known = at(this.elsewhere);
    const [found, expected] = pair;
    if (!known.right || (this.searched.has(expected) && !branchesBeside(found, expected))) return known;
    this.searched.add(expected);
    const points = beyondBorders(this.model.graph, [...pair, ...within], seen.agree, this.points, (point) =>
      trackedAt(within, point).every(allFinite),
    );
    this.elsewhere.push(...points);
    return at(points);
  }

  /** Pairs in which functions without values have some: others stand for them. */
  private withValues(pairs: readonly Pair[]): readonly Pair[] {
    if (this.model.unknowns.size === 0) return pairs;
    const nodes = standIns(this.model.graph, pairs.flat());
    return pairs.map((_, k) => [nodes[2 * k]!, nodes[2 * k + 1]!] as const);
  }

  one(pair: Pair): Verdict {
    return this.verdicts([pair])[0]!;
  }

  /** Whether two expressions agree at some points in doubles: what does not is not worth judging. */
  plausible(given: Pair): boolean {
    const pair = this.withValues([given])[0]!;
    const [{ agree, apart, unclear, lost }] = this.screen([pair], PLAUSIBLE, { near: true, enough: 1 }) as [Screened];
    return inside(apart).length === 0 && agree.length + unclear.length > lost;
  }

  /** About how many products it takes to evaluate nodes at a point. */
  cost(nodes: readonly Node[]): number {
    return work(standIns(this.model.graph, nodes), this.points.get(0).sizes);
  }

  /** What the second is of the first, entry by entry, if it looks like a simple number. */
  ratio(pair: Pair): Fraction | undefined {
    const [found, expected] = this.withValues([pair])[0]!;
    for (let k = 0; k < REGIONS; k++) {
      const [a, b] = trackedAt([found, expected], this.points.get(k)) as [readonly Tracked[], readonly Tracked[]];
      const at = a.findIndex(({ value }, place) => value !== 0 && b[place] !== undefined && b[place].value !== 0);
      const quotient = at < 0 ? 0 : b[at]!.value / a[at]!.value;
      const ratio = quotient === 0 ? undefined : nearestRatio(quotient, SIMPLE);
      const scaled = a.map(({ value, size }) => ({ value: quotient * value, size: Math.abs(quotient) * size }));
      if (ratio && gap(scaled, b) <= APART) return ratio;
    }
    return undefined;
  }

  private screen(pairs: readonly Pair[], wanted: number, options: ScreenOptions = {}): Screened[] {
    return screen(pairs, this.points, this.options.within ?? [], wanted, options);
  }

  private verdict(pair: Pair, finding: Finding, seen: Screened): Verdict {
    const { outcome, rational, laws, used, branches, sizes } = finding;
    const precise = precisionOf(finding);
    const elsewhere = finding.refuted && this.atSizes(finding.refuted).one(pair);
    if (elsewhere && !elsewhere.right) return elsewhere;
    const about = { ...(branches && { branches }), ...(sizes && { sizes: Object.fromEntries(sizes) }) };
    if (outcome === 'identical') {
      const by = laws ? 'laws' : 'field';
      const apart = branches ? inside(seen.apart) : seen.apart;
      const real = this.confirmed(pair, { ...seen, apart }, precise);
      if (real) return real;
      const bound = by === 'field' ? chanceOfError(pair, sizes ?? this.points.get(0).sizes, finding.rounds) : 0;
      return {
        right: true,
        by,
        ...(laws && { laws: used }),
        ...about,
        ...(bound < 0 && { bound }),
        ...this.undefinedAt(pair, seen, precise),
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
    const wrong = this.inDigits(pair, seen.apart.slice(0, POINTS), precise, seen.apart);
    if (wrong?.difference) return wrong;
    if (seen.apart.length > 0 && seen.difference && this.isTooMuch(pair, seen.apart[0]!))
      return { right: false, by: 'doubles', difference: seen.difference };
    return nowhere(seen);
  }

  private byNumbers(pair: Pair, seen: Screened, precise: Precision): Verdict {
    const candidates = [...seen.apart, ...seen.unclear, ...seen.agree];
    // Where branches are near, a few points may all lie on one: as many are looked at as cost little, fewer if they cost much.
    const affordable = candidates[0] ? Math.floor((5 * this.mostWork) / Math.max(1, work(pair, candidates[0].sizes))) : 0;
    const wanted = this.options.points ?? Math.min(POINTS, Math.max(2, affordable));
    const count = seen.unclear.length > 0 ? Math.max(wanted, affordable) : wanted;
    const digits = nowhere(seen) ?? this.inDigits(pair, candidates.slice(0, count), precise, seen.apart);
    // Where doubles agree there is a value, whatever has cancelled.
    if (digits && (digits.points !== 0 || seen.agree.length === 0)) return digits;
    const undefinedAt = this.undefinedAt(pair, seen, precise);
    if (seen.difference) return { right: false, by: 'doubles', difference: seen.difference, ...undefinedAt };
    const points = seen.agree.length + seen.unclear.length;
    if (points === 0 && !seen.undefinedAt) throw noPoint(ALL_POINTS);
    return { right: points > 0, by: 'doubles', points, digits: -Math.log10(CLOSE), ...undefinedAt };
  }

  /** Where the first has no value and the second has one, as the note of a verdict. */
  private undefinedAt(pair: Pair, { undefinedAt: point }: Screened, { functions }: Precision): { undefinedAt?: At } {
    if (!point) return {};
    const overflows = point.far && !this.isTooMuch(pair, point) && holdsInDigits(pair, point, functions);
    return overflows ? {} : { undefinedAt: point.at };
  }

  private isTooMuch(pair: Pair, { sizes }: RealPoint): boolean {
    return work(pair, sizes) > this.mostWork;
  }

  private get mostWork(): number {
    const { patience } = this.options;
    return patience ? Math.min(MOST_WORK, patience * WORK_A_MILLISECOND) : MOST_WORK;
  }

  /** At the given points in many digits; undefined where that takes too long, cannot be done, or has nothing to say. */
  private inDigits(
    pair: Pair,
    points: readonly RealPoint[],
    { functions }: Precision,
    apart: readonly RealPoint[] = [],
  ): Verdict | undefined {
    if (points.length === 0 || this.isTooMuch(pair, points[0]!)) return undefined;
    let held = 0;
    let undefinedAt: At | undefined;
    const until = performance.now() + DIGITS_PATIENCE;
    try {
      for (const point of points) {
        if (held >= POINTS && performance.now() > until) break;
        const sight = compareDigits(pair, point, functions, apart.includes(point));
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
        else if (sight.kind === 'undefined' && sight.which === 'found') undefinedAt ??= point.at;
      }
    } catch (error) {
      // A function that nobody has written in many digits, or not so far out.
      if (error instanceof GradusError && error.code === 'unsupported') return undefined;
      throw error;
    }
    if (held === 0) return undefinedAt && { right: false, by: 'digits', digits: DIGITS, points: 0, undefinedAt };
    return { right: true, by: 'digits', digits: DIGITS, points: held, ...(undefinedAt && { undefinedAt }) };
  }
}

/** What has values at whole numbers at most, where the derivative has them everywhere. */
const nowhere = (seen: Screened): Verdict | undefined =>
  seenInside(seen) > 0 || !seen.undefinedAt
    ? undefined
    : { right: false, by: 'doubles', points: 0, undefinedAt: seen.undefinedAt.at };

/** Both have values there in many digits, or it cannot be said. */
function holdsInDigits(pair: Pair, point: RealPoint, functions: Precision['functions']): boolean {
  try {
    const sight = compareDigits(pair, point, functions);
    return sight.kind !== 'undefined' || sight.which === 'expected';
  } catch (error) {
    if (error instanceof GradusError && error.code === 'unsupported') return true;
    throw error;
  }
}

const precisionOf = ({ functions }: Finding): Precision => ({ functions: functions ? 'special' : 'elementary' });

/** Points among ordinary numbers at which nothing is against a pair. */
const ordinary = ({ agree, unclear }: Screened): RealPoint[] =>
  [...agree, ...unclear].filter(({ start, whole, far }) => !start && !whole && !far);
