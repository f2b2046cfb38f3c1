import type { Dim } from '../../graph/dimension.ts';
import { UNIT } from '../../graph/node.ts';
import { at, atom, binary, type Code, LEVEL } from './code.ts';
import type { PythonLibrary } from './language.ts';

/** An array on the way into a product, and the index of each of its axes; an axis of length 1 has none. */
export interface Operand {
  readonly code: Code;
  readonly indices: readonly number[];
}

/** What a product is printed with. */
interface ProductContext {
  readonly library: PythonLibrary;
  readonly sizes: readonly Dim[];
}

const real = (indices: readonly number[]): number[] => indices.filter((i) => i !== UNIT);
const distinct = (indices: readonly number[]): number[] => [...new Set(real(indices))];

/** `(0, 2)`, `(1,)`. */
export const tuple = (items: readonly (number | string)[]): string => `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;

/** Several as a tuple, one by itself. */
export const together = (items: readonly string[]): string => (items.length === 1 ? items[0]! : tuple(items));

const axesText = (axes: readonly number[]): string => (axes.length === 1 ? String(axes[0]) : tuple(axes));

/** Whether an array stretches over the target's axes as it is. */
const fits = (indices: readonly number[], target: readonly number[]): boolean =>
  indices.length <= target.length && indices.every((i, k) => i === UNIT || i === target[target.length - indices.length + k]);

const transposed = ({ code, indices }: Operand): Operand => ({
  code: { text: `${at(code, LEVEL.atom)}.T`, level: LEVEL.atom, shape: code.shape.toReversed() },
  indices: indices.toReversed(),
});

/** The same with its axes where the target has them, so that it stretches over the others. */
export function aligned(operand: Operand, target: readonly number[], library: PythonLibrary): Operand {
  if (fits(operand.indices, target)) return operand;
  if (operand.indices.length === 2) {
    const turned = transposed(operand);
    if (fits(turned.indices, target)) return turned;
  }
  const order = target.filter((i) => i !== UNIT && operand.indices.includes(i));
  let { code, indices } = operand;
  const own = real(indices);
  if (own.some((i, k) => i !== order[k])) {
    const plain = squeezed(operand);
    const axes = order.map((i) => plain.indices.indexOf(i));
    code =
      axes.length === 2
        ? transposed(plain).code
        : atom(
            library.transpose(plain.code.text, tuple(axes)),
            axes.map((a) => plain.code.shape[a]!),
          );
    indices = order;
  }
  // Axes of length 1 go, those that others have come in between.
  const picks: string[] = [];
  const shape: Dim[] = [];
  const found: number[] = [];
  let axis = 0;
  const drop = (): void => {
    for (; axis < indices.length && indices[axis] === UNIT; axis++) picks.push('0');
  };
  for (const i of target) {
    drop();
    if (axis < indices.length && indices[axis] === i) {
      picks.push(':');
      shape.push(code.shape[axis]!);
      found.push(i);
      axis++;
    } else if (found.length > 0) {
      picks.push('None');
      shape.push(1);
      found.push(UNIT);
    }
  }
  drop();
  while (picks.at(-1) === ':') picks.pop();
  const text = picks.length === 0 ? code.text : `${at(code, LEVEL.atom)}[${picks.join(', ')}]`;
  return { code: { text, level: picks.length === 0 ? code.level : LEVEL.atom, shape }, indices: found };
}

/** Without axes of length 1. */
function squeezed({ code, indices }: Operand): Operand {
  if (!indices.includes(UNIT)) return { code, indices };
  const picks = indices.map((i) => (i === UNIT ? '0' : ':'));
  while (picks.at(-1) === ':') picks.pop();
  return {
    code: atom(
      `${at(code, LEVEL.atom)}[${picks.join(', ')}]`,
      code.shape.filter((_, k) => indices[k] !== UNIT),
    ),
    indices: real(indices),
  };
}

/** Products entry by entry, over the axes of the target. */
export function entrywise(operands: readonly Operand[], target: readonly number[], library: PythonLibrary): Operand {
  const [first, ...rest] = operands.map((o) => aligned(o, target, library));
  const code = rest.reduce((product, { code: next }) => binary('*', product, next), first!.code);
  const rank = code.shape.length;
  const found = Array.from({ length: rank }, (_, k) => {
    const has = [first!, ...rest].some(({ indices }) => (indices[indices.length - rank + k] ?? UNIT) !== UNIT);
    return has ? target[target.length - rank + k]! : UNIT;
  });
  return { code, indices: found };
}

/** The sum over the indices that are not kept. */
function summed(operand: Operand, kept: ReadonlySet<number>, library: PythonLibrary): Operand {
  const axes = operand.indices.flatMap((i, axis) => (i !== UNIT && !kept.has(i) ? [axis] : []));
  if (axes.length === 0) return operand;
  const left = operand.indices.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const all = left.every((axis) => operand.indices[axis] === UNIT);
  return {
    code: atom(
      library.sum(operand.code.text, all ? '' : axesText(axes)),
      all ? [] : left.map((axis) => operand.code.shape[axis]!),
    ),
    indices: all ? [] : left.map((axis) => operand.indices[axis]!),
  };
}

/** All operands multiplied, and summed over what is not kept: in pairs, each as the library has it. */
export function contracted(
  given: readonly Operand[],
  kept: ReadonlySet<number>,
  target: readonly number[],
  context: ProductContext,
): Operand {
  const { library } = context;
  let operands = given.map((o) => withoutDiagonals(o, context));
  // What only one operand has is summed in it.
  operands = operands.map((o, k) => {
    const others = new Set(operands.flatMap((other, at) => (at === k ? [] : other.indices)));
    return summed(o, new Set([...kept, ...others]), library);
  });
  operands = mergedAlike(operands, library);
  while (operands.length > 1) {
    const [a, b] = nextPair(operands, kept);
    const rest = operands.filter((_, k) => k !== a && k !== b);
    const stays = new Set([...kept, ...rest.flatMap((o) => o.indices)]);
    const made = pair(operands[a]!, operands[b]!, stays, rest.length === 0 ? target : [], context);
    operands = mergedAlike([...rest, made], library);
  }
  return summed(operands[0]!, kept, library);
}

/** Operands over the same indices are multiplied entry by entry. */
function mergedAlike(operands: readonly Operand[], library: PythonLibrary): Operand[] {
  const groups: Operand[][] = [];
  for (const operand of operands) {
    const own = distinct(operand.indices);
    const group = groups.find(([first]) => {
      const other = distinct(first!.indices);
      return own.length === other.length && own.every((i) => other.includes(i));
    });
    if (group) group.push(operand);
    else groups.push([operand]);
  }
  return groups.map((group) => (group.length === 1 ? group[0]! : entrywise(group, longest(group), library)));
}

const longest = (group: readonly Operand[]): readonly number[] =>
  group.reduce((a, b) => (b.indices.length > a.indices.length ? b : a)).indices;

/** The pair whose product has the fewest axes; of equal ones the first. */
export function nextPair(operands: readonly Pick<Operand, 'indices'>[], kept: ReadonlySet<number>): [number, number] {
  let best: [number, number] = [0, 1];
  let least = Number.POSITIVE_INFINITY;
  for (let a = 0; a < operands.length; a++) {
    for (let b = a + 1; b < operands.length; b++) {
      const [p, q] = [distinct(operands[a]!.indices), distinct(operands[b]!.indices)];
      if (!p.some((i) => q.includes(i)) && operands.length > 2) continue;
      const rest = operands.flatMap((o, k) => (k === a || k === b ? [] : o.indices));
      const all = new Set([...p, ...q]);
      const stays = [...all].filter((i) => kept.has(i) || rest.includes(i)).length;
      const cost = 10 * stays + all.size;
      if (cost < least) [least, best] = [cost, [a, b]];
    }
  }
  return best;
}

function pair(a: Operand, b: Operand, stays: ReadonlySet<number>, target: readonly number[], context: ProductContext): Operand {
  const { library } = context;
  const [p, q] = [distinct(a.indices), distinct(b.indices)];
  const gone = p.filter((i) => q.includes(i) && !stays.has(i));
  if (gone.length === 0) {
    const over = [...p, ...q.filter((i) => !p.includes(i))];
    const order = over.every((i) => target.includes(i)) ? target.filter((i) => over.includes(i)) : over;
    return entrywise([a, b], order, library);
  }
  const within = p.every((i) => q.includes(i)) ? b : q.every((i) => p.includes(i)) ? a : undefined;
  if (gone.length === 1) {
    const product = matrixProduct(a, b, gone[0]!, stays, target);
    // Entry by entry along a shared axis is no matrix product.
    if (product) return product;
  }
  if (within) return summed(entrywise([a, b], within.indices, library), stays, library);
  return einsum([a, b], stays, target, context);
}

/** A @ B, with either of them transposed and in either order; what fits the target as it comes is best. */
function matrixProduct(
  a: Operand,
  b: Operand,
  gone: number,
  stays: ReadonlySet<number>,
  target: readonly number[],
): Operand | undefined {
  let best: Operand | undefined;
  let least = Number.POSITIVE_INFINITY;
  const ways = (o: Operand): Operand[] => (o.indices.length === 2 ? [o, transposed(o)] : [o]);
  for (const [x, y] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const p of ways(x)) {
      for (const q of ways(y)) {
        const made = multiplied(p, q, gone);
        if (!made || real(made.indices).some((i) => !stays.has(i))) continue;
        const turns = (p === x ? 0 : 1) + (q === y ? 0 : 1);
        const cost = turns + (same(made.indices, target) ? 0 : fits(made.indices, target) ? 3 : 5) + (x === a ? 0 : 0.5);
        if (cost < least) [least, best] = [cost, made];
      }
    }
  }
  return best;
}

const same = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((i, k) => i === b[k]);

function multiplied(p: Operand, q: Operand, gone: number): Operand | undefined {
  const before = p.indices.slice(0, -1);
  if (p.indices.at(-1) !== gone || before.includes(gone)) return undefined;
  const place = q.indices.length === 1 ? 0 : q.indices.length - 2;
  if (q.indices[place] !== gone) return undefined;
  const front = q.indices.slice(0, Math.max(0, place));
  const columns = q.indices.length === 1 ? [] : [q.indices.at(-1)!];
  // Axes in front are shared one by one, or only one of both has them.
  const rows = before.slice(-1);
  const batch = before.slice(0, -1);
  if (front.length > 0 && !(same(front, batch) || (batch.length === 0 && before.length === 1))) return undefined;
  const lead = batch.length > 0 ? batch : front;
  if (q.indices.length === 1 && front.length > 0) return undefined;
  const indices = [...lead, ...rows, ...columns];
  const found = real(indices);
  if (new Set(found).size < found.length) return undefined;
  const sizeOf = (i: number, k: number): Dim => {
    if (i === UNIT) return 1;
    const own = p.indices.indexOf(i);
    return k < lead.length + rows.length && own >= 0 ? p.code.shape[own]! : q.code.shape[q.indices.indexOf(i)]!;
  };
  const text = `${at(p.code, LEVEL.multiply)} @ ${at(q.code, LEVEL.multiply + 1)}`;
  return { code: { text, level: LEVEL.multiply, shape: indices.map(sizeOf) }, indices };
}

function einsum(
  given: readonly Operand[],
  stays: ReadonlySet<number>,
  target: readonly number[],
  { library }: ProductContext,
): Operand {
  const operands = given.map(squeezed);
  const letters = new Map<number, string>();
  const letter = (i: number): string => {
    const known = letters.get(i) ?? String.fromCodePoint(97 + letters.size);
    letters.set(i, known);
    return known;
  };
  const inputs = operands.map((o) => o.indices.map(letter).join(''));
  const all = [...letters.keys()].filter((i) => stays.has(i));
  const wanted = target.filter((i) => all.includes(i));
  const output = wanted.length === all.length ? wanted : all;
  const size = (i: number): Dim => {
    const own = operands.find((o) => o.indices.includes(i))!;
    return own.code.shape[own.indices.indexOf(i)]!;
  };
  const text = library.einsum(`${inputs.join(',')}->${output.map(letter).join('')}`, operands.map((o) => o.code.text).join(', '));
  return { code: atom(text, output.map(size)), indices: output };
}

/** An index that stands twice in one operand: its diagonal. */
function withoutDiagonals(operand: Operand, context: ProductContext): Operand {
  const own = real(operand.indices);
  const once = distinct(own);
  return once.length === own.length ? operand : einsum([operand], new Set(once), once, context);
}

/** Operands that share summed indices, together; the others one by one. */
export function components(operands: readonly Operand[], kept: ReadonlySet<number>): Operand[][] {
  const parts: { members: Operand[]; gone: Set<number> }[] = [];
  for (const operand of operands) {
    const gone = new Set(operand.indices.filter((i) => i !== UNIT && !kept.has(i)));
    const touching = parts.filter((part) => [...gone].some((i) => part.gone.has(i)));
    const members = [...touching.flatMap((part) => part.members), operand];
    for (const part of touching) {
      for (const i of part.gone) gone.add(i);
      parts.splice(parts.indexOf(part), 1);
    }
    parts.push({ members, gone });
  }
  // Sums first reads better: (dZ @ X.T) * s.
  return parts.map((part) => part.members);
}
