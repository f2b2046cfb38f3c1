import type { ToldStep } from '../../src/derivation/document.ts';
import type { WorkingLine } from '../../src/derivation/working-lines.ts';
import { type Derivation, derive } from '../../src/index.ts';
import type { Expr } from '../../src/language/tree.ts';
import { random } from '../../src/numeric/random.ts';
import { printExpr } from '../../src/render/text.ts';

/** What the lines of a working are worth: each is read back as the definition of an array by its entries. */

const SIZES: Readonly<Record<string, number>> = { m: 4, n: 3, p: 2, q: 3, k: 3 };

/** The steps of a derivation, as a page tells them in full. */
export const stepsOf = (derivation: Derivation): readonly ToldStep[] =>
  derivation
    .document({ detail: 'full' })
    .sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'steps' ? block.steps : [])));

/** The array that a line's left side is an entry of, and its letters. */
export function leftOf(expr: Expr): { name: string; letters: string[] } | undefined {
  if (expr.kind === 'call' && expr.callee === '/') {
    const [of, by] = expr.args.map((arg) => (arg.kind === 'call' ? arg.args[0]! : arg));
    const inner = leftOf(by!);
    return inner && of?.kind === 'name' ? { name: `∂${of.name}/∂${inner.name}`, letters: inner.letters } : undefined;
  }
  if (expr.kind === 'name') return { name: expr.name, letters: [] };
  if (expr.kind !== 'subscripted' || expr.target.kind !== 'name') return undefined;
  const letters = expr.subscripts.map((s) => (s.kind === 'at' && s.index.kind === 'name' ? s.index.name : ''));
  return { name: expr.target.name, letters };
}

export interface Checked {
  readonly text: string;
  readonly left: string;
  readonly letters: readonly string[];
}

/** The lines that are formulas of entries: not those with ∂Z/∂W, which the next line works out. */
export function equations(lines: readonly WorkingLine[]): Checked[] {
  let left: ReturnType<typeof leftOf>;
  return lines.flatMap((line) => {
    left = line.left ? leftOf(line.left) : left;
    if (typeof line.right === 'string' || line.label === 'matrices' || !left) return [];
    const text = printExpr(line.right, 'ascii').replace(/δ\[([^,\]]+), ([^,\]]+)\]/gu, '($1 == $2 ? 1 : 0)');
    return /∂|δ/u.test(text) ? [] : [{ text, left: left.name, letters: left.letters }];
  });
}

export interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Axes of length 1 carry no letter. */
const withoutUnits = ({ shape, data }: { shape: readonly number[]; data: ArrayLike<number> }): Numbers => ({
  shape: shape.filter((length) => length !== 1),
  data: [...Array(data.length).keys()].map((k) => data[k]!),
});

const flat = (value: unknown): Numbers => {
  if (!Array.isArray(value)) return { shape: [], data: [value as number] };
  const parts = value.map(flat);
  return { shape: [parts.length, ...(parts[0]?.shape ?? [])], data: parts.flatMap((part) => part.data) };
};

const nested = ({ shape, data }: Numbers): unknown => {
  if (shape.length === 0) return data[0];
  const [length, ...rest] = shape as [number, ...number[]];
  const step = data.length / length;
  return Array.from({ length }, (_, k) => nested({ shape: rest, data: data.slice(k * step, (k + 1) * step) }));
};

/** Values of all names of a source: random ones for inputs that it has none for, where the formulas have values. */
export function numbersOf(source: string, derivation: Derivation): Map<string, Numbers> {
  for (let seed = source.length; ; seed++) {
    const numbers = numbersDrawn(source, derivation, seed);
    const hasValues = [...numbers.values()].every(({ data }) => data.every(Number.isFinite));
    if (hasValues || seed > source.length + MOST_DRAWS) return numbers;
  }
}

const MOST_DRAWS = 10;

function numbersDrawn(source: string, derivation: Derivation, seed: number): Map<string, Numbers> {
  const { model } = derivation;
  const draw = random(seed);
  const size = (dim: number | string): number => (typeof dim === 'number' ? dim : (model.sizes.get(dim) ?? SIZES[dim] ?? 2));
  const make = ([first, ...rest]: readonly (number | string)[]): unknown =>
    first === undefined ? draw.uniform(0.2, 1) : Array.from({ length: size(first) }, () => make(rest));
  const inputs = Object.fromEntries(
    [...model.inputs.values()].filter((input) => !input.initial).map((input) => [input.name, make(input.shape)]),
  );
  // A copy of what starts from a value of its own says which; a bare formula has no place for one.
  const copies = [...model.inputs.values()].filter((input) => input.initial).map(({ name: own }) => `\ncopy_${own} = ${own}`);
  const { forward, backward } = derive(`${source}${copies.join('')}`).values(inputs as never);
  const dims = [...new Set([...model.inputs.values()].flatMap((input) => input.shape))].filter((dim) => typeof dim === 'string');
  return new Map([
    ...Object.entries(inputs).map(([own, value]) => [own, withoutUnits(flat(value))] as const),
    ...[...forward, ...backward].map(
      (quantity) => [quantity.label.replace(/ = .*/su, '').replace(/^copy_/, ''), withoutUnits(quantity)] as const,
    ),
    ...dims.map((dim) => [dim, { shape: [], data: [size(dim)] }] as const),
  ]);
}

/** The letters of sums: one may be called as a length is. */
const boundIn = (text: string): string[] => [...text.matchAll(/\p{L}\[([^[\]]*)\]\(/gu)].flatMap(([, own]) => own!.split(/, */u));

const NAME = /(?<![\p{L}\d_])\p{L}[\p{L}\d_]*(?![\p{L}\d_(])/gu;

/**
 * What a line is worth, as a source of its own: whatever it reads are data. Where it reaches back in time it starts at the
 * second step, since the state before the first has no place in the array.
 */
export function worth(line: Checked, like: Numbers, known: ReadonlyMap<string, Numbers>): ArrayLike<number> {
  const { letters } = line;
  const bound = new Set([...letters, ...boundIn(line.text)]);
  // A length may stand in a subscript, where no data may.
  const [time] = letters;
  const isLagged = time !== undefined && line.text.includes(`[${time} - 1`);
  const from = (name: string): string => (isLagged && name === time ? `${name} + 1` : name);
  const text = line.text.replace(NAME, from).replace(NAME, (own) => {
    const { shape, data } = known.get(own) ?? { shape: [1], data: [] };
    return shape.length === 0 && !bound.has(own) && Number.isInteger(data[0]) ? `${data[0]}` : own;
  });
  const names = [...known].filter(([own]) => /^\p{L}[\p{L}\d_]*$/u.test(own) && !bound.has(own));
  const used = names.filter(([own]) => new RegExp(`(?<![\\p{L}\\d_])${own}(?![\\p{L}\\d_(])`, 'u').test(text));
  const range = letters.map((letter, k) => `${letter}=1:${like.shape[k]! - (isLagged && k === 0 ? 1 : 0)}`);
  const lines = [
    ...used.map(([own, { shape }]) => `data ${own}${shape.length > 0 ? ` : [${shape.join(', ')}]` : ''}`),
    `result${range.length > 0 ? `[${range.join(', ')}]` : ''} = ${text}`,
    'minimize sum(result)',
  ];
  const inputs = Object.fromEntries(used.map(([own, numbers]) => [own, nested(numbers)]));
  const { forward } = derive(['param unused = 1', ...lines].join('\n'), 'unused').values(inputs as never);
  return forward.find((quantity) => quantity.label.startsWith('result'))!.data;
}
