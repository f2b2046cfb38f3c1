import { constantOf } from '../../graph/forms.ts';
import type { Node } from '../../graph/node.ts';
import { type Fraction, isNegative, isZero, ONE, rational, ZERO } from '../../graph/rational.ts';

/** slope·letter + shift, of one scalar name. */
interface OfLetter {
  readonly letter: Node;
  readonly slope: Fraction;
  readonly shift: Fraction;
}

function ofLetter(node: Node): OfLetter | undefined {
  if (node.shape.length > 0) return undefined;
  if (node.kind === 'variable') return { letter: node, slope: ONE, shift: ZERO };
  if (node.kind === 'contraction' && node.factors.length === 1 && node.factors[0]!.kind === 'variable')
    return { letter: node.factors[0]!, slope: node.coefficient, shift: ZERO };
  if (node.kind !== 'sum') return undefined;
  const constants = node.terms.map(constantOf);
  const moving = node.terms.filter((_, k) => constants[k] === undefined);
  const found = moving.length === 1 ? ofLetter(moving[0]!) : undefined;
  const shift = constants.reduce<Fraction>((sum, c) => (c ? sum.add(c) : sum), ZERO);
  return found && { ...found, shift: found.shift.add(shift) };
}

const FLIPPED: Readonly<Record<string, string>> = { '>': '<', '<': '>', '≥': '≤', '≤': '≥', '≠': '≠', '=': '=' };
const numberOf = (text: string): Fraction => rational(text.replace('−', '-'));

/** Where the argument stands in a condition. */
const HERE = '\u0001';
const ELSEWHERE = '\u0002';

/**
 * A condition on the first argument said of its letter: x ≠ 3 for x − 3 ≠ 0, −2 < x < 2 for −1 < x/2 < 1.
 * @param condition in terms of the argument as it prints
 * @param write how a name or a number prints
 * @returns undefined where it speaks of others, or the argument is more than a multiple of one name and a number
 */
export function solvedCondition(
  [argument]: readonly Node[],
  condition: (...args: string[]) => string,
  write: (what: Node | Fraction) => string,
): string | undefined {
  const found = argument && ofLetter(argument);
  if (!found || isZero(found.slope) || argument === found.letter) return undefined;
  const { letter, slope, shift } = found;
  const at = (text: string): string => write(numberOf(text).sub(shift).div(slope));
  const text = condition(HERE, ELSEWHERE, ELSEWHERE);
  const [, sign, bound] = new RegExp(`^${HERE} ([≠><≥≤=]) (−?\\d+)$`).exec(text) ?? [];
  if (sign && bound) return `${write(letter)} ${isNegative(slope) ? FLIPPED[sign] : sign} ${at(bound)}`;
  const [, size] = new RegExp(`^\\|${HERE}\\| > (\\d+)$`).exec(text) ?? [];
  if (size && isZero(shift)) return `|${write(letter)}| > ${write(numberOf(size).div(slope.abs()))}`;
  const [, least, most] = new RegExp(`^(−?\\d+) < ${HERE} < (−?\\d+)$`).exec(text) ?? [];
  if (!least || !most) return undefined;
  const [from, to] = isNegative(slope) ? [most, least] : [least, most];
  return `${at(from)} < ${write(letter)} < ${at(to)}`;
}
