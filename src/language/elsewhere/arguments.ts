import { pattern } from './pattern.ts';

/** Calls whose arguments say more than values: by keyword, in pairs, as a number for a norm. */

/** A call by its arguments, as this language writes it; undefined where they are of another kind. */
type Made = (args: readonly string[], split: (text: string) => readonly string[]) => string | undefined;

const BRACKETS = /^[([{](.*)[)\]}]$/s;
const inside = (text: string): string | undefined => BRACKETS.exec(text.trim())?.[1];

/** `Piecewise((x, x > 0), (0, True))`, `Piecewise[{{x, x > 0}}, 0]`. */
const piecewise: Made = (args, split) => {
  const list = args.map((arg) => inside(arg));
  const first = list[0] === undefined ? [] : split(list[0]);
  // Mathematica has the pairs in a list of their own, and what holds otherwise behind it.
  const nested = first.length > 0 && first.every((pair) => inside(pair) !== undefined);
  const pairs = (nested ? first : args).map((pair) => (inside(pair) === undefined ? [pair.trim()] : split(inside(pair)!)));
  if (nested) pairs.push([args[1]?.trim() ?? '0']);
  const last = pairs[pairs.length - 1]!;
  const otherwise = last.length === 1 || /^(?:True|true|otherwise)$/.test(last[1]!) ? pairs.pop()![0]! : '0';
  if (pairs.length === 0 || pairs.some((pair) => pair.length !== 2)) return undefined;
  return pairs.reduceRight((other, [value, condition]) => `where(${condition}, ${value}, ${other})`, otherwise);
};

/** `clamp(x, min=0)`. */
const clamped: Made = ([of, ...bounds]) => {
  const bound = (names: string) => bounds.map((b) => new RegExp(`^(?:${names})\\s*=\\s*(.+)$`).exec(b)?.[1]).find(Boolean);
  const [low, high] = [bound('min|a_min'), bound('max|a_max')];
  if (of === undefined || (!low && !high) || bounds.length > (low && high ? 2 : 1)) return undefined;
  return low && high ? `clip(${of}, ${low}, ${high})` : low ? `max(${of}, ${low})` : `min(${of}, ${high})`;
};

/** `norm(x, 1)`, `norm(x, ord=2)`, `norm(A, 'fro')`. */
const norm: Made = ([of, which, ...more]) => {
  const order = /^(?:(?:p|ord)\s*=\s*)?["']?(1|2|fro|inf|Inf|np\.inf)["']?$/.exec(which ?? '')?.[1];
  if (of === undefined || order === undefined || more.length > 0) return undefined;
  return order === '1' ? `norm1(${of})` : /inf/i.test(order) ? `max(abs(${of}))` : `norm(${of})`;
};

export const ARGUMENTS: Readonly<Record<string, Made>> = { Piecewise: piecewise, piecewise, clamp: clamped, clip: clamped, norm };

const NAME = '[\\p{L}_][\\p{L}\\p{N}_]*';
const EINSUM = pattern(
  `^(?:(${NAME})\\s*=\\s*)?(?:\\w+\\.)*einsum\\(\\s*(["'])([a-z, ]+)(?:->\\s*([a-z]*))?\\2\\s*,\\s*(.+)\\)$`,
  'u',
);

/** `einsum('ij,j->i', A, x)`: entries by indices, which are the same here. */
export function fromEinsum(text: string, split: (text: string) => readonly string[]): string {
  const [, own, , subscripts, target, operands] = EINSUM().exec(text.trim()) ?? [];
  if (subscripts === undefined || operands === undefined) return text;
  const [letters, arrays] = [subscripts.split(',').map((part) => [...part.trim()]), split(operands)];
  if (letters.length !== arrays.length || arrays.some((array) => !new RegExp(`^${NAME}$`, 'u').test(array))) return text;
  const all = [...new Set(letters.flat())];
  // Left out, it has what stands once, in the order of the alphabet.
  const kept =
    target === undefined ? all.filter((l) => letters.flat().indexOf(l) === letters.flat().lastIndexOf(l)).sort() : [...target];
  const summed = all.filter((letter) => !kept.includes(letter));
  const product = arrays.map((array, k) => `${array}[${letters[k]!.join(', ')}]`).join('*');
  const body = summed.length === 0 ? product : `sum[${summed.join(', ')}](${product})`;
  if (kept.length === 0) return own === undefined ? body : `${own} = ${body}`;
  const entries = `${own ?? 'T'}[${kept.join(', ')}] = ${body}`;
  // What stands for itself is the last expression.
  return own === undefined ? `${entries}; T` : entries;
}
