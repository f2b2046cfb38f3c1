import { boundsOf } from '../../facts/bounds.ts';
import { constantOf } from '../../graph/forms.ts';
import type { Apply, Node } from '../../graph/node.ts';
import { exactPower, type Fraction, HALF, isNegative, isZero, ONE, rational, TWO, ZERO } from '../../graph/rational.ts';
import { isNonzero, isPositive } from '../../operators/caveat.ts';
import { abs } from '../../operators/kinked.ts';
import { cbrt } from '../../operators/logarithmic.ts';
import { log, pow } from '../../operators/power.ts';

/** What is asked of a letter: x ≠ 3; x = ±2 where either sign is meant. */
export interface Relation {
  readonly letter: Node;
  readonly sign: string;
  readonly bound: Fraction;
  readonly either?: true;
}

const FLIPPED: Readonly<Record<string, string>> = { '>': '<', '<': '>', '≥': '≤', '≤': '≥', '≠': '≠', '=': '=' };
const numberOf = (text: string): Fraction => rational(text.replace('−', '-'));

/** What `node sign bound` says of the letters in it; undefined where that is not easily told. */
function solve(node: Node, sign: string, bound: Fraction): Relation[] | undefined {
  if (node.shape.length > 0) return undefined;
  switch (node.kind) {
    case 'variable':
      return [{ letter: node, sign, bound }];
    case 'definition':
      return undefined;
    case 'contraction': {
      if (node.sizes.length > 0 || isZero(node.coefficient) || node.factors.length === 0) return undefined;
      const turned = isNegative(node.coefficient) ? FLIPPED[sign]! : sign;
      if (node.factors.length === 1) return solve(node.factors[0]!, turned, bound.div(node.coefficient));
      if (!isZero(bound)) return undefined;
      // Whether s·√(2π) is 0 is a matter of s alone.
      const open = node.factors.filter((f) => !leavesSign(f, sign));
      if (open.length === 1) return solve(open[0]!, turned, bound);
      if (sign !== '≠') return undefined;
      const each = open.map((f) => solve(f, sign, bound));
      return each.includes(undefined) ? undefined : each.flatMap((relations) => relations!);
    }
    case 'sum': {
      const shift = node.terms.reduce<Fraction>((sum, t) => sum.add(constantOf(t) ?? ZERO), ZERO);
      const moving = node.terms.filter((t) => constantOf(t) === undefined);
      return moving.length === 1 && node.terms.length > 1 ? solve(moving[0]!, sign, bound.sub(shift)) : undefined;
    }
    case 'apply':
      return solveFunction(node, sign, bound);
    default:
      return undefined;
  }
}

/** Whether a factor has no part in how a product stands to 0: it is positive, or where that is all that counts not 0. */
function leavesSign(factor: Node, sign: string): boolean {
  const bounds = boundsOf([factor]).get(factor)!;
  return sign === '≠' ? isNonzero(bounds) : isPositive(bounds);
}

/** By what undoes a function, where that is a number. */
function solveFunction({ operator, args: [u, exponent] }: Apply, sign: string, bound: Fraction): Relation[] | undefined {
  if (operator === log && isZero(bound)) return solve(u!, sign, ONE);
  if (operator === cbrt && isZero(bound)) return solve(u!, sign, bound);
  const nonzero = isZero(bound) && (sign === '≠' || sign === '>');
  if (operator === abs && nonzero) return solve(u!, '≠', bound);
  const p = operator === pow ? constantOf(exponent!) : undefined;
  if (!p || isNegative(p)) return undefined;
  if (p.equals(HALF)) return isNegative(bound) ? undefined : solve(u!, sign, bound.mul(bound));
  if (isZero(bound) && (sign === '≠' || sign === '=')) return solve(u!, sign, bound);
  if (!p.equals(TWO)) return undefined;
  if (nonzero) return solve(u!, '≠', bound);
  const root = isZero(bound) || isNegative(bound) ? undefined : exactPower(bound, HALF);
  return root && u!.kind === 'variable' && (sign === '≠' || sign === '=')
    ? [{ letter: u!, sign, bound: root, either: true }]
    : undefined;
}

/** Where the argument stands in a condition. */
const HERE = '\u0001';
const ELSEWHERE = '\u0002';

/** A condition on the first argument as conditions on letters, which hold together; none where it speaks of others. */
export function relationsOf([argument]: readonly Node[], condition: (...args: string[]) => string): Relation[] | undefined {
  if (!argument) return undefined;
  const text = condition(HERE, ELSEWHERE, ELSEWHERE);
  const [, sign, bound] = new RegExp(`^${HERE} ([≠><≥≤=]) (−?\\d+)$`).exec(text) ?? [];
  if (sign && bound) return solve(argument, sign, numberOf(bound));
  const [, least, from, to, most] = new RegExp(`^(−?\\d+) ([<≤]) ${HERE} ([<≤]) (−?\\d+)$`).exec(text) ?? [];
  if (!least || !most) return undefined;
  // What is under a root is not negative for the root's own sake.
  const below = isRoot(argument) && !numberOf(most).equals(0) && isNegative(numberOf(least)) ? [] : undefined;
  const above = below ?? solve(argument, FLIPPED[from!]!, numberOf(least));
  const under = solve(argument, to!, numberOf(most));
  return above && under ? [...above, ...under] : undefined;
}

const isRoot = (node: Node): boolean =>
  node.kind === 'apply' && node.operator === pow && constantOf(node.args[1]!)?.equals(HALF) === true;

/** Whether one relation follows from another. */
export function follows(what: Relation, from: Relation): boolean {
  if (what.letter !== from.letter || what.either || from.either) return what.letter === from.letter && sameRelation(what, from);
  if (sameRelation(what, from)) return true;
  const order = from.bound.compare(what.bound);
  if (from.sign === '>') return ['>', '≥', '≠'].includes(what.sign) && order >= 0;
  if (from.sign === '<') return ['<', '≤', '≠'].includes(what.sign) && order <= 0;
  return false;
}

const sameRelation = (a: Relation, b: Relation): boolean => a.sign === b.sign && a.bound.equals(b.bound) && a.either === b.either;

/** Whether what is singled out is no place where something holds: x = 0 where x ≠ 0 is needed. */
export const isExcluded = (place: Relation, needed: Relation): boolean =>
  place.sign === '=' && follows({ ...place, sign: '≠' }, needed);

/** Relations as they are written: two borders of one letter on both its sides. */
export function writeRelations(relations: readonly Relation[], write: (what: Node | Fraction) => string): string {
  const [a, b] = relations;
  if (relations.length === 2 && a!.letter === b!.letter && isBelow(a!) !== isBelow(b!) && isBorder(a!) && isBorder(b!)) {
    const [low, high] = isBelow(a!) ? [b!, a!] : [a!, b!];
    return `${write(low.bound)} ${FLIPPED[low.sign]} ${write(low.letter)} ${high.sign} ${write(high.bound)}`;
  }
  return relations.map((r) => `${write(r.letter)} ${r.sign} ${r.either ? '±' : ''}${write(r.bound)}`).join(' and ');
}

const isBelow = ({ sign }: Relation): boolean => sign === '<' || sign === '≤';
const isBorder = ({ sign }: Relation): boolean => ['<', '≤', '>', '≥'].includes(sign);

/** |2x| > 1 as |x| > ½; undefined of another condition, or of more than a multiple of a name. */
export function solvedSize(
  [argument]: readonly Node[],
  condition: (...args: string[]) => string,
  write: (what: Node | Fraction) => string,
): string | undefined {
  const [, sign, size] = new RegExp(`^\\|${HERE}\\| ([>≥]) (\\d+)$`).exec(condition(HERE, ELSEWHERE, ELSEWHERE)) ?? [];
  const [found, ...more] = (size && argument && solve(argument, '≥', ZERO)) || [];
  if (!found || more.length > 0 || argument!.kind !== 'contraction' || !isZero(found.bound)) return undefined;
  const slope = argument!.factors[0] === found.letter ? argument!.coefficient : undefined;
  return slope && `|${write(found.letter)}| ${sign} ${write(numberOf(size!).div(slope.abs()))}`;
}
