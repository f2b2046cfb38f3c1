import type { Node } from '../graph/node.ts';
import { commonMeasure, type Fraction, isNegative, isZero, ONE, rational, toNumber } from '../graph/rational.ts';
import type { Bounds } from '../operators/caveat.ts';
import { derivative, less, type Polynomial, type Ratio, ratioOf, remainder, valueAt, without } from './ratio.ts';

/** Where a part of an expression may lie: at one side of a number, not at it, or at it. */
export interface Side {
  readonly sign: Sign;
  readonly bound: Fraction;
}

export type Sign = '>' | '≥' | '<' | '≤' | '≠' | '=';

/** What an expression says of the one part that it is made of: all that is said holds; of places, of which there may be more, one. */
export interface Solution {
  readonly part: Node;
  readonly sides: readonly Side[];
}

interface Zero {
  readonly at: Fraction;
  /** How often: a zero of a square is one twice. */
  readonly times: number;
}

/**
 * Where `node sign bound` holds, by the one part that the expression is a quotient of polynomials in, exactly. Where that
 * divides by 0 it is another condition that says so.
 * @param boundsOf what the part lies between
 * @param most of an equality, the zeros of more than so many times are left out
 * @returns undefined where there are more parts, where it has zeros that are no quotients, or where that is more than one stretch
 */
export function solution(
  node: Node,
  sign: Sign,
  bound: Fraction,
  boundsOf: (part: Node) => Bounds,
  most = Number.POSITIVE_INFINITY,
): Solution | undefined {
  const ratio = ratioOf(node);
  if (!ratio) return undefined;
  const { part, below } = ratio;
  const above = less(ratio.above, below, bound);
  if (above.length === 0 || below.length === 0) return undefined;
  const within = boundsOf(part);
  const [zeros, poles] = [zerosOf(above, within), zerosOf(below, within)];
  if (!zeros || !poles) return undefined;
  if (sign === '=') {
    const places = zeros.filter(({ at, times }) => times <= most && !poles.some((pole) => pole.at.equals(at)));
    return { part, sides: places.map(({ at }) => ({ sign, bound: at })) };
  }
  const sides = sidesOf(pieces({ above, below }, sign, { zeros, poles, within }));
  return sides && { part, sides };
}

/** A place, or all that lies between two; what is at the ends is open. */
interface Piece {
  readonly at?: Fraction;
  readonly holds: boolean;
}

function pieces(
  { above, below }: Omit<Ratio, 'part'>,
  sign: Sign,
  { zeros, poles, within }: { zeros: readonly Zero[]; poles: readonly Zero[]; within: Bounds },
): readonly Piece[] {
  const breaks = [...zeros, ...poles]
    .map(({ at }) => at)
    .sort((a, b) => a.compare(b))
    .filter((at, k, all) => k === 0 || !at.equals(all[k - 1]!));
  const holds = (order: number): boolean => HOLDS[sign](order);
  const between = samples(breaks, within).map((at) => at && holds(signAt(above, at) * signAt(below, at)));
  // A stretch outside of the bounds is none.
  return breaks
    .flatMap((at, k): Piece[] => {
      const [before, after] = [between[k], between[k + 1]];
      const isPole = poles.some((pole) => pole.at.equals(at));
      const here = isPole ? before !== false && after !== false : holds(0);
      return [...(before === undefined ? [] : [{ holds: before }]), { at, holds: here }];
    })
    .concat(between.at(-1) === undefined ? [] : [{ holds: between.at(-1)! }]);
}

const HOLDS: Readonly<Record<Sign, (order: number) => boolean>> = {
  '>': (order) => order > 0,
  '≥': (order) => order >= 0,
  '<': (order) => order < 0,
  '≤': (order) => order <= 0,
  '≠': (order) => order !== 0,
  '=': (order) => order === 0,
};

const signAt = (p: Polynomial, at: Fraction): number => valueAt(p, at).compare(0);

/** A number in each stretch between places, and before and after them; none where the bounds end at the place. */
function samples(breaks: readonly Fraction[], { least, most }: Bounds): (Fraction | undefined)[] {
  const low = Number.isFinite(least) ? rational(least) : undefined;
  const high = Number.isFinite(most) ? rational(most) : undefined;
  if (breaks.length === 0)
    return [low && high ? middle(low, high) : low ? low.add(ONE) : high ? high.sub(ONE) : ONE] as Fraction[];
  const [first, last] = [breaks[0]!, breaks.at(-1)!];
  return [
    low ? (low.equals(first) ? undefined : middle(low, first)) : first.sub(ONE),
    ...breaks.slice(1).map((at, k) => middle(breaks[k]!, at)),
    high ? (high.equals(last) ? undefined : middle(last, high)) : last.add(ONE),
  ] as (Fraction | undefined)[];
}

const middle = (a: Fraction, b: Fraction): Fraction => a.add(b).div(2) as Fraction;

/** What is left of a stretch, or without some places; undefined where that is several stretches, or nothing. */
function sidesOf(all: readonly Piece[]): Side[] | undefined {
  const first = all.findIndex(({ holds }) => holds);
  const last = all.findLastIndex(({ holds }) => holds);
  if (first < 0 || (first === last && all[first]!.at)) return undefined;
  const inner = all.slice(first, last + 1).filter(({ holds }) => !holds);
  if (inner.some(({ at }) => at === undefined)) return undefined;
  // A place at an end may be all that is left out.
  const [before, after] = [all.slice(0, first), all.slice(last + 1)];
  const border = (out: readonly Piece[], end: Piece, near: Piece | undefined, [strict, weak]: [Sign, Sign]): Side[] => {
    if (out.length === 0) return [];
    if (end.at) return [{ sign: weak, bound: end.at }];
    return [{ sign: strict, bound: near!.at! }];
  };
  const low = border(before, all[first]!, all[first - 1], ['>', '≥']);
  const high = border(after, all[last]!, all[last + 1], ['<', '≤']);
  return [...low, ...inner.map(({ at }): Side => ({ sign: '≠', bound: at! })), ...high];
}

/** The largest number whose divisors are tried. */
const LARGEST = 10_000n;

/** The zeros of a polynomial between bounds, in order, if all of them are quotients that can be found. */
function zerosOf(p: Polynomial, within: Bounds): Zero[] | undefined {
  let rest = p;
  const found: Zero[] = [];
  for (const at of candidates(p)) {
    let times = 0;
    for (; rest.length > 1 && isZero(valueAt(rest, at)); times++) rest = without(rest, at);
    if (times > 0) found.push({ at, times });
  }
  if (rest.length > 1 && countZeros(rest, within) > 0) return undefined;
  return found.filter(({ at }) => isWithin(at, within)).sort((a, b) => a.at.compare(b.at));
}

const isWithin = (at: Fraction, { least, most, open, openMost }: Bounds): boolean => {
  const number = toNumber(at);
  return (number > least || (number === least && !open)) && (number < most || (number === most && !openMost));
};

/** The quotients that can be zeros: what divides the last coefficient over what divides the first, of whole ones. */
function candidates(p: Polynomial): Fraction[] {
  const measure = p.filter((c) => !isZero(c)).reduce(commonMeasure);
  const whole = p.map((c) => c.div(measure).n);
  const lowest = whole.find((n) => n !== 0n)!;
  const highest = whole.at(-1)!;
  const zero = whole[0] === 0n ? [rational(0)] : [];
  if (lowest > LARGEST || highest > LARGEST) return zero;
  const seen = new Map<string, Fraction>();
  for (const n of divisors(lowest))
    for (const d of divisors(highest))
      for (const signed of [n, -n]) {
        const at = rational(signed).div(rational(d)) as Fraction;
        seen.set(at.toFraction(), at);
      }
  return [...zero, ...seen.values()];
}

function divisors(n: bigint): bigint[] {
  const found: bigint[] = [];
  for (let k = 1n; k * k <= n; k++) if (n % k === 0n) found.push(k, n / k);
  return found;
}

/** How many different zeros lie between bounds, by Sturm's chain; some, if one is at an end. */
function countZeros(p: Polynomial, { least, most }: Bounds): number {
  const chain: Polynomial[] = [p, derivative(p)];
  while (chain.at(-1)!.length > 1) {
    const next = remainder(chain.at(-2)!, chain.at(-1)!).map((c) => c.neg() as Fraction);
    if (next.length === 0) break;
    chain.push(next);
  }
  const changes = (signs: readonly number[]): number => {
    const told = signs.filter((s) => s !== 0);
    return told.filter((s, k) => k > 0 && s !== told[k - 1]).length;
  };
  const atEnd = (end: 1 | -1) => chain.map((q) => (isNegative(q.at(-1)!) ? -1 : 1) * (end < 0 && q.length % 2 === 0 ? -1 : 1));
  const at = (x: number, end: 1 | -1): number[] => (Number.isFinite(x) ? chain.map((q) => signAt(q, rational(x))) : atEnd(end));
  const [low, high] = [at(least, -1), at(most, 1)];
  // The chain does not tell zeros at the ends.
  return low[0] === 0 || high[0] === 0 ? 1 : changes(low) - changes(high);
}
