import type { Arrays } from './arrays.ts';
import { pattern } from './pattern.ts';

/** Calls whose arguments say more than values: by keyword, in pairs, as a number for a norm. */

/** A call by its arguments, as this language writes it; undefined where they are of another kind. */
type Made = (args: readonly string[], split: (text: string) => readonly string[], arrays: Arrays) => string | undefined;

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

const KEYWORD = /^(\w+)\s*=(?!=)\s*/;
const LABELS: ReadonlySet<string> = new Set(['labels', 'target', 'y_true', 'targets']);

/** Logits and targets in this order, as their keywords say. */
function logitsFirst(args: readonly string[], labelsFirst: boolean): readonly [string, string] | undefined {
  if (args.length !== 2) return undefined;
  const words = args.map((arg) => KEYWORD.exec(arg)?.[1]);
  const [first, second] = args.map((arg) => arg.replace(KEYWORD, '')) as [string, string];
  const turned = words.every((word) => word === undefined) ? labelsFirst : LABELS.has(words[0] ?? '');
  return turned ? [second, first] : [first, second];
}

/** An example stands in a row there. */
const crossEntropy =
  (labelsFirst: boolean): Made =>
  (args, _, arrays) => {
    const both = logitsFirst(args, labelsFirst);
    if (!both) return undefined;
    const [logits, targets] = [both[0], /^[\w.]+$/.test(both[1]) ? both[1] : `(${both[1]})`];
    const along = (of: string): string => (arrays.get(logits)?.length === 2 ? [of, 'cols'].join(', ') : of);
    const sum = `-sum(${along(`${targets}.*log_softmax(${along(logits)})`)})`;
    return along('') === '' ? sum : `mean(${sum})`;
  };

const binary: Made = (args) => {
  const both = logitsFirst(args, true);
  return both && `bce(sigmoid(${both[0]}), ${both[1]})`;
};

/** `gradient(x^2)` is by the one letter that there is. */
const derivativeByTheName: Made = (args) => {
  const [of] = args;
  const [by, ...others] = new Set(of?.match(/(?<![\p{L}\p{N}_])\p{L}(?![\p{L}\p{N}_(])/gu)?.filter((letter) => letter !== 'e'));
  // Of a letter alone it would be 1.
  return args.length === 1 && by !== undefined && by !== of && others.length === 0 ? `diff(${of}, ${by})` : undefined;
};

/** `diff(x)`, `np.diff(x)`: what neighbours differ by. */
const differences: Made = (args, split, arrays) => {
  const [length, ...others] = arrays.get(args[0] ?? '') ?? [];
  if (args.length > 1 || others.length > 0 || length === undefined) return derivativeByTheName(args, split, arrays);
  return `(${args[0]}[2:${length}] - ${args[0]}[1:${before(length)}])`;
};

/** One less than a length. */
export const before = (length: string, by = 1): string =>
  /^\d+$/.test(length) ? String(Number(length) - by) : `${length}-${by}`;

/** `reshape(A, -1)`, `reshape(A, [3, 2])`: each length is said by itself. */
const reshaped: Made = ([of, ...sizes], split, arrays) => {
  const list = sizes.length === 1 ? (inside(sizes[0]!) ?? sizes[0]!) : undefined;
  const wanted = list === undefined ? sizes : split(list);
  const open = wanted.indexOf('-1');
  if (of === undefined || wanted.length === 0 || (open < 0 && list === sizes[0])) return undefined;
  if (open < 0) return `reshape(${[of, ...wanted].join(', ')})`;
  const own = arrays.get(of);
  const others = wanted.filter((_, k) => k !== open);
  if (!own || others.includes('-1')) return undefined;
  const count = quotient(own, others);
  return count && `reshape(${[of, ...wanted.map((size, k) => (k === open ? count : size))].join(', ')})`;
};

function quotient(above: readonly string[], below: readonly string[]): string | undefined {
  const left = [...above];
  for (const size of below) if (left.includes(size)) left.splice(left.indexOf(size), 1);
  const rest = below.filter((size) => !above.includes(size));
  const product = (sizes: readonly string[]) => sizes.reduce((all, size) => all * Number(size), 1);
  const count = product(left) / product(rest);
  if (Number.isInteger(count)) return String(count);
  return rest.length === 0 ? left.join('*') || '1' : undefined;
}

/** The cross product of two arrays with three entries. */
const cross: Made = ([a, b, ...more]) => {
  if (b === undefined || more.length > 0 || ![a, b].every((name) => /^[\p{L}_]\w*$/u.test(name!))) return undefined;
  const entry = (i: number, j: number) => `${a}[${i}]*${b}[${j}] - ${a}[${j}]*${b}[${i}]`;
  return `[${entry(2, 3)}; ${entry(3, 1)}; ${entry(1, 2)}]`;
};

export const ARGUMENTS: Readonly<Record<string, Made>> = {
  Piecewise: piecewise,
  piecewise,
  clamp: clamped,
  clip: clamped,
  norm,
  CrossEntropyLoss: crossEntropy(false),
  softmax_cross_entropy_with_logits: crossEntropy(true),
  sigmoid_cross_entropy_with_logits: binary,
  gradient: derivativeByTheName,
  D: derivativeByTheName,
  derivative: derivativeByTheName,
  differentiate: derivativeByTheName,
  diff: differences,
  reshape: reshaped,
  view: reshaped,
  cross,
};

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
