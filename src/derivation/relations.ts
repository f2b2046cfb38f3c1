import { boundsOf } from '../facts/bounds.ts';
import { type Sign, type Solution, solution } from '../facts/solutions.ts';
import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Apply, type Contraction, isOfEntries, type Node } from '../graph/node.ts';
import { type Fraction, HALF, isEven, isInteger, isNegative, isZero, ONE, rational, toNumber, ZERO } from '../graph/rational.ts';
import { type Bounds, isNonzero, isPositive } from '../operators/caveat.ts';
import { det } from '../operators/determinant.ts';
import { abs } from '../operators/kinked.ts';
import { cbrt } from '../operators/logarithmic.ts';
import { log, pow, squaredIn } from '../operators/power.ts';
import { cos, sin } from '../operators/trigonometric.ts';

/** What is asked of a part, of a letter where that can be told: x ≠ 3. Of an array it is asked of each entry. */
export interface Relation {
  readonly part: Node;
  readonly sign: Sign;
  readonly bound: Fraction;
  /** It is asked of the array as one: not all of its entries are 0. */
  readonly whole?: true;
}

/** What is taken for granted, and what counts. */
export interface Asking {
  readonly known?: ReadonlyMap<Node, Bounds>;
  /** Of an equality, zeros of more than so many times are left out: there is no kink of that order. */
  readonly most?: number | undefined;
}

export const FLIPPED: Readonly<Record<Sign, Sign>> = { '>': '<', '<': '>', '≥': '≤', '≤': '≥', '≠': '≠', '=': '=' };

/** What `node sign bound` says of the parts in it, all of which is to hold; nothing where it holds anyway. */
export function solve(node: Node, sign: Sign, bound: Fraction, asking: Asking = {}): Relation[] {
  const itself = (): Relation[] => [{ part: node, sign, bound }];
  if (isSettled({ part: node, sign, bound }, asking)) return [];
  // Numbers that are not equal meet nowhere.
  if (sign === '=' && constantOf(node)?.equals(bound) === false) return [];
  switch (node.kind) {
    case 'definition':
      return sign !== '=' && solve(node.value, sign, bound, asking).length === 0 ? [] : itself();
    case 'contraction':
      return ofProduct(node, sign, bound, asking) ?? byPart(node, sign, bound, asking) ?? itself();
    case 'sum':
      return byPart(node, sign, bound, asking) ?? ofSum(node, sign, bound, asking) ?? itself();
    case 'apply':
      return ofFunction(node, sign, bound, asking) ?? byPart(node, sign, bound, asking) ?? itself();
    default:
      return itself();
  }
}

const boundsIn = (node: Node, { known }: Asking): Bounds => boundsOf([node], known).get(node)!;

/** Whether a relation is known to hold from what its part lies between. */
export function isSettled({ part, sign, bound, whole }: Relation, asking: Asking): boolean {
  if (sign === '=' || whole) return false;
  const { least, most, open, openMost } = boundsIn(part, asking);
  const c = toNumber(bound);
  const [above, below] = [least > c || (least === c && open === true), most < c || (most === c && openMost === true)];
  return { '>': above, '≥': least >= c, '<': below, '≤': most <= c, '≠': above || below }[sign];
}

/** By the one part that there is. */
function byPart(node: Node, sign: Sign, bound: Fraction, asking: Asking): Relation[] | undefined {
  const found: Solution | undefined = solution(node, sign, bound, (part) => boundsIn(part, asking), asking.most);
  return found?.sides.flatMap((side) => solve(found.part, side.sign, side.bound, asking));
}

function ofProduct(node: Contraction, sign: Sign, bound: Fraction, asking: Asking): Relation[] | undefined {
  const { coefficient, factors } = node;
  const isAtZero = isZero(bound);
  const squared = isAtZero && sign !== '<' && sign !== '≤' && sign !== '≥' ? squaredIn(node) : undefined;
  if (squared) return [{ part: squared, sign: sign === '=' ? '=' : '≠', bound, whole: true }];
  if (isZero(coefficient) || factors.length === 0 || !isOfEntries(node)) return undefined;
  const turned = isNegative(coefficient) ? FLIPPED[sign] : sign;
  if (factors.length === 1) return solve(factors[0]!, turned, bound.div(coefficient), asking);
  if (!isAtZero) return undefined;
  // Whether s·√(2π) is 0 is a matter of s alone.
  const open = factors.filter((f) => !leavesSign(f, sign, asking));
  if (open.length === 1) return solve(open[0]!, turned, bound, asking);
  return sign === '≠' ? open.flatMap((f) => solve(f, sign, bound, asking)) : undefined;
}

/** Whether a factor has no part in how a product stands to 0: it is positive, or where that is all that counts not 0. */
function leavesSign(factor: Node, sign: Sign, asking: Asking): boolean {
  const bounds = boundsIn(factor, asking);
  return sign === '≠' || sign === '=' ? isNonzero(bounds) : isPositive(bounds);
}

function ofSum({ terms }: Node & { kind: 'sum' }, sign: Sign, bound: Fraction, asking: Asking): Relation[] | undefined {
  const shift = terms.reduce<Fraction>((sum, t) => sum.add(constantOf(t) ?? ZERO), ZERO);
  const [moving, ...more] = terms.filter((t) => constantOf(t) === undefined);
  if (!moving || more.length > 0) return undefined;
  const found = solve(moving, sign, bound.sub(shift), asking);
  // A product that stays one has no better place for the number.
  return moving.kind === 'contraction' && found.some(({ part }) => part === moving) ? undefined : found;
}

/** By what undoes a function, where that is a number. */
function ofFunction(
  { operator, args: [u, exponent] }: Apply,
  sign: Sign,
  bound: Fraction,
  asking: Asking,
): Relation[] | undefined {
  const isAtZero = isZero(bound);
  if (operator === log && isAtZero) return solve(u!, sign, ONE, asking);
  if (operator === cbrt && isAtZero) return solve(u!, sign, bound, asking);
  if (operator === abs) return ofAbsolute(u!, sign, bound, asking);
  const p = operator === pow ? constantOf(exponent!) : undefined;
  if (!p) return undefined;
  if (isAtZero) return ofPowerAtZero(u!, p, sign, asking);
  // A length is no square of one.
  if (!p.equals(HALF) || squaredIn(u!)) return undefined;
  return isNegative(bound) ? undefined : solve(u!, sign, bound.mul(bound), asking);
}

function ofAbsolute(u: Node, sign: Sign, bound: Fraction, asking: Asking): Relation[] | undefined {
  if (isZero(bound) && (sign === '≠' || sign === '>')) return solve(u, '≠', bound, asking);
  if (isZero(bound) && sign === '=') return solve(u, '=', bound, asking);
  if (isNegative(bound) || sign === '>' || sign === '≥') return undefined;
  return [...solve(u, FLIPPED[sign], bound.neg(), asking), ...solve(u, sign, bound, asking)];
}

/** How a power stands to 0; what it needs to have a value is said of it anyway. */
function ofPowerAtZero(u: Node, p: Fraction, sign: Sign, asking: Asking): Relation[] | undefined {
  const isOdd = isInteger(p) && !isEven(p);
  if (sign === '≠') return isNegative(p) ? [] : solve(u, '≠', ZERO, asking);
  if (sign === '=')
    return isNegative(p) || (asking.most !== undefined && toNumber(p) > asking.most) ? [] : solve(u, '=', ZERO, asking);
  if (sign === '>') {
    if (isOdd) return solve(u, '>', ZERO, asking);
    if (isNegative(p)) return [];
    return solve(u, isInteger(p) ? '≠' : '>', ZERO, asking);
  }
  return isOdd && !isNegative(p) ? solve(u, sign, ZERO, asking) : undefined;
}

/** Where the arguments stand in a condition. */
const MARKS = ['\u0001', '\u0002', '\u0003'] as const;
const [HERE] = MARKS;

const COMPARED = new RegExp(`^(?:(cos|sin|det)\\(${HERE}\\)|${HERE}) ([≠><≥≤=]) (?:(−?\\d+)|([${MARKS.slice(1).join('')}]))$`);
const BETWEEN = new RegExp(`^(−?\\d+) ([<≤]) ${HERE} ([<≤]) (−?\\d+)$`);
const SIZE = new RegExp(`^\\|${HERE}\\| ([>≥]) (\\d+)$`);

const numberOf = (text: string): Fraction => rational(text.replace('−', '-'));

type Condition = (...args: string[]) => string;

/** A condition on arguments as relations that hold together; none where it speaks of them in another way. */
export function relationsOf(g: Graph, args: readonly Node[], condition: Condition, asking: Asking = {}): Relation[] | undefined {
  const [argument] = args;
  if (!argument) return undefined;
  const text = condition(...MARKS);
  const [, name, sign, number, other] = COMPARED.exec(text) ?? [];
  if (sign) {
    const part = name ? FUNCTIONS[name]!(g, argument) : argument;
    return compared(
      g,
      part,
      sign as Sign,
      number ? numberOf(number) : args[MARKS.indexOf(other as (typeof MARKS)[number])]!,
      asking,
    );
  }
  const [, least, from, to, most] = BETWEEN.exec(text) ?? [];
  if (!least || !most) return undefined;
  const partner = argument.kind === 'apply' && from === '<' && least === '−1' && most === '1' && OTHER.get(argument.operator);
  // −1 < sin u < 1 just where cos u is not 0.
  if (partner) return solve(g.apply(partner, (argument as Apply).args[0]!), '≠', ZERO, asking);
  return [
    ...solve(argument, FLIPPED[from as Sign], numberOf(least), asking),
    ...solve(argument, to as Sign, numberOf(most), asking),
  ];
}

/** Where one argument is a number: what `u = 2` says, `2 = u` too. */
export function meetingOf(args: readonly Node[], condition: Condition): { part: Node; bound: Fraction } | undefined {
  const [, name, sign, number, other] = COMPARED.exec(condition(...MARKS)) ?? [];
  if (name || sign !== '=') return undefined;
  const [a, b] = [args[0]!, number ? undefined : args[MARKS.indexOf(other as (typeof MARKS)[number])]];
  if (!b) return { part: a, bound: numberOf(number!) };
  const [first, second] = [constantOf(a), constantOf(b)];
  if (second) return { part: a, bound: second };
  return first && { part: b, bound: first };
}

const FUNCTIONS: Readonly<Record<string, (g: Graph, u: Node) => Node>> = {
  cos: (g, u) => g.apply(cos, u),
  sin: (g, u) => g.apply(sin, u),
  det: (g, u) => g.array(det, u),
};
const OTHER = new Map([
  [sin, cos],
  [cos, sin],
]);

function compared(g: Graph, part: Node, sign: Sign, other: Node | Fraction, asking: Asking): Relation[] | undefined {
  const bound = 'kind' in other ? constantOf(other) : other;
  if (bound) return solve(part, sign, bound, asking);
  const difference = g.sub(part, other as Node);
  const found = solve(difference, sign, ZERO, asking);
  // Two that are compared are written on two sides.
  return found.some((r) => r.part.kind === 'sum' && !isPartOf(r.part, part, other as Node)) ? undefined : found;
}

const isPartOf = (node: Node, ...args: readonly Node[]): boolean => args.includes(node);

/** |2x| > 1 as |x| > ½; undefined of another condition, or of more than a multiple of a name. */
export function sizeOf(
  [argument]: readonly Node[],
  condition: Condition,
): { part: Node; sign: string; size: Fraction } | undefined {
  const [, sign, number] = SIZE.exec(condition(...MARKS)) ?? [];
  if (!sign || argument?.kind !== 'contraction' || argument.factors.length !== 1 || !isOfEntries(argument)) return undefined;
  const [part] = argument.factors as [Node];
  return part.kind === 'variable' ? { part, sign, size: numberOf(number!).div(argument.coefficient.abs()) } : undefined;
}

/** Whether one relation follows from another, of parts that are the same. */
export function follows(what: Relation, from: Relation): boolean {
  if (what.part !== from.part || (from.whole && !what.whole)) return false;
  const order = from.bound.compare(what.bound);
  if (what.sign === from.sign && order === 0) return true;
  if (from.sign === '>') return ['>', '≥', '≠'].includes(what.sign) && order >= 0;
  if (from.sign === '<') return ['<', '≤', '≠'].includes(what.sign) && order <= 0;
  if (from.sign === '≥') return (what.sign === '≥' && order >= 0) || (['>', '≠'].includes(what.sign) && order > 0);
  if (from.sign === '≤') return (what.sign === '≤' && order <= 0) || (['<', '≠'].includes(what.sign) && order < 0);
  return false;
}

/** Whether what is singled out is no place where something holds: x = 0 where x ≠ 0 is needed. */
export const isExcluded = (place: Relation, needed: Relation): boolean =>
  place.sign === '=' && follows({ ...place, sign: '≠' }, needed);

/** What a relation says that its part lies between. */
export function boundsBy({ sign, bound, whole }: Relation): Bounds | undefined {
  const c = toNumber(bound);
  if (whole || sign === '≠' || sign === '=') return undefined;
  return sign === '>' || sign === '≥'
    ? { least: c, most: Number.POSITIVE_INFINITY, open: sign === '>' }
    : { least: Number.NEGATIVE_INFINITY, most: c, openMost: sign === '<' };
}
