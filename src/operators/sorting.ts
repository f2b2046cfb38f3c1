import type { ArrayKernel, ArrayOperator, Cell, Field, Numbers, Pullback } from './array.ts';
import { entries } from './cells.ts';
import { isSame } from './extreme-entries.ts';
import type { Operator } from './operator.ts';

/** The entries of a vector in ascending order, ties in the order of their places, and the permutation that does it. */

/** Places of the entries in ascending order; those that are no numbers come last. */
function placesInOrder(data: Numbers, from: number, size: number): Uint32Array {
  const places = Uint32Array.from({ length: size }, (_, k) => k);
  const rank = (u: number): number => (Number.isNaN(u) ? 1 : 0);
  return places.sort((i, j) => {
    const [a, b] = [data[from + i]!, data[from + j]!];
    if (a < b) return -1;
    return a > b ? 1 : rank(a) - rank(b) || i - j;
  });
}

/** An operator on cells of vectors that needs the order of the first argument's entries. */
const inOrder =
  (put: (args: readonly Numbers[], out: Numbers, from: number, places: Uint32Array) => void): ArrayKernel =>
  (args, out, count, [shape]) => {
    const size = entries(shape!);
    for (let from = 0; from < count * size; from += size) put(args, out, from, placesInOrder(args[0]!, from, size));
  };

/** In any arithmetic: the smallest of those that are left, again and again; undefined where they cannot be compared. */
function orderOf<T>(x: Field<T>, data: readonly T[]): number[] | undefined {
  const left = data.map((_, k) => k);
  const places: number[] = [];
  while (left.length > 0) {
    const least = x.min(left.map((k) => data[k]!));
    const at = left.findIndex((k) => isSame(x, data[k]!, least));
    if (at < 0) return undefined;
    places.push(...left.splice(at, 1));
  }
  return places;
}

/** Where numbers have no order, the k-th smallest is an unknown function of all, in whatever order they come. */
const unknowns = new Map<string, Operator>();

function unknown<T>(x: Field<T>, name: string, of: readonly T[], data: readonly T[]): T {
  let operator = unknowns.get(`${name}/${data.length}`);
  if (!operator) {
    operator = {
      name,
      internal: true,
      arity: of.length + data.length,
      kernel: () => Number.NaN,
      partials: [],
      rule: sort.rule,
    };
    unknowns.set(`${name}/${data.length}`, operator);
  }
  // Σ x, Σ x², … tell the numbers, but not their places.
  const powers = data.map((_, k) => data.map((u) => Array.from({ length: k }, () => u).reduce(x.mul, u)).reduce(x.add));
  return x.apply(operator, [...of, ...powers]);
}

export const sort: ArrayOperator = {
  name: 'sort',
  key: 'sort',
  notation: { latex: '\\operatorname{sort}' },
  cells: [1],
  cellShape: (cell) => cell,
  pullback: (p) =>
    p.einsum(
      [
        [p.adjoint, 'i', 'front'],
        [p.g.array(permutation, p.args[0]!), 'ij'],
      ],
      'j',
    ),
  rule: {
    id: 'sort',
    name: 'sorting',
    why: 'While no two entries change places, sorting is a permutation; its transpose carries what arrives back.',
    formula: 'dx = Pᵀ·dy, P·x = sort x',
  },
  kernel: inOrder(([x], out, from, places) => {
    for (const [k, at] of places.entries()) out[from + k] = x![from + at]!;
  }),
  exact: (x, [cell]) => {
    const { data } = cell!;
    const places = orderOf(x, data);
    return places ? places.map((k) => data[k]!) : data.map((_, k) => unknown(x, `sorted-${k + 1}`, [], data));
  },
  normal: (_g, x) => (x.kind === 'array' && x.operator === sort ? x : undefined),
  runs: (g, x) => g.array(runningSort, x),
};

/** P with P·x = sort(x): row i has its 1 where the i-th smallest entry of x is. It changes by jumps only. */
export const permutation: ArrayOperator = {
  name: 'permutation',
  key: 'permutation',
  notation: { latex: '\\operatorname{permutation}' },
  cells: [1],
  cellShape: ([size]) => [size!, size!],
  pullback: (p) => p.g.constant(0, [...p.adjoint.shape.slice(0, -2), p.adjoint.shape[p.adjoint.shape.length - 1]!]),
  rule: {
    id: 'permutation',
    name: 'permutation matrix',
    why: 'Its entries are 0 or 1 and change only by a jump.',
    formula: 'P·x = sort x, P′ = 0',
  },
  range: { least: 0, most: 1 },
  kernel: ([x], out, count, [shape]) => {
    const size = entries(shape!);
    out.fill(0, 0, count * size * size);
    for (let cell = 0; cell < count; cell++)
      for (const [k, at] of placesInOrder(x!, cell * size, size).entries()) out[(cell * size + k) * size + at] = 1;
  },
  exact: (x, [cell]) => {
    const { data } = cell!;
    const places = orderOf(x, data);
    return data.flatMap((_, i) =>
      data.map((u, j) => (places ? (places[i] === j ? x.one : x.zero) : unknown(x, `place-${i + 1}`, [u], data))),
    );
  },
};

/** The other argument's entries, moved as sorting moves x, or back: without a matrix of the permutation. */
const moving = (name: string, back: boolean): ArrayOperator => ({
  name,
  key: name,
  internal: true,
  cells: [1, 1],
  cellShape: (_x, cell) => cell,
  pullback: (p, position) =>
    position === 0 ? p.g.constant(0, p.adjoint.shape) : p.g.array(back ? carried : carriedBack, ordering(p), p.adjoint),
  rule: sort.rule,
  kernel: inOrder(([, v], out, from, places) => {
    for (const [k, at] of places.entries()) {
      if (back) out[from + at] = v![from + k]!;
      else out[from + k] = v![from + at]!;
    }
  }),
  exact: <T>(x: Field<T>, [cell, moved]: readonly Cell<T>[]): T[] => {
    const { data } = moved!;
    const places = orderOf(x, cell!.data) ?? data.map((_, k) => k);
    return back ? data.map((_, k) => data[places.indexOf(k)]!) : places.map((k) => data[k]!);
  },
});

const carried: ArrayOperator = moving('carried', false);
const carriedBack: ArrayOperator = moving('carried-back', true);

/** x for each entry of the objective. */
function ordering(p: Pullback): ReturnType<Pullback['einsum']> {
  const [x] = p.args as [Pullback['y']];
  const front = p.adjoint.shape.length - x.shape.length;
  return p.g.broadcast(
    x,
    [...p.adjoint.shape.slice(0, front), ...x.shape],
    x.shape.map((_, k) => front + k),
  );
}

/** As it runs. */
const runningSort: ArrayOperator = {
  name: 'running-sort',
  key: 'running-sort',
  internal: true,
  cells: [1],
  cellShape: (cell) => cell,
  pullback: (p) => p.g.array(carriedBack, ordering(p), p.adjoint),
  rule: sort.rule,
  kernel: sort.kernel!,
  exact: sort.exact!,
};
