import type { Dim, Shape } from './dimension.ts';
import { type Contraction, isView, type Node, UNIT } from './node.ts';
import { type Fraction, keyOf, ONE, rational, times } from './rational.ts';

/** The length of each index: of any integers, or of those from 0 on, as a node has them. */
export type Sizes = ReadonlyMap<number, Dim> | Shape;

/** A contraction being put together. Every index of `indices` that is not in `result` is summed. */
export interface ContractionSpec {
  readonly coefficient?: Fraction;
  readonly factors: readonly Node[];
  readonly indices: readonly (readonly number[])[];
  readonly result: readonly number[];
  readonly sizes: Sizes;
}

/** The normal form's parts, with indices numbered by first occurrence. */
export interface ContractionParts {
  readonly coefficient: Fraction;
  readonly factors: readonly Node[];
  readonly indices: readonly (readonly number[])[];
  readonly result: readonly number[];
  readonly sizes: Shape;
}

/**
 * Merges inner contractions into the outer one by renaming their indices, and numbers the indices. `loose` are the
 * lengths of summed indices that no factor has: the value is to be multiplied by each.
 * @param absorb which inner contractions to merge; views always are
 * @param resolve what stands for a factor; undefined: the factor is a contraction to merge as it is, and its own
 *   factors are resolved in turn. So a rewriting pass takes in a whole chain of products at once.
 */
export function assemble(
  spec: ContractionSpec,
  absorb: (inner: Contraction) => boolean = isView,
  resolve?: (factor: Node) => Node | undefined,
): { parts: ContractionParts; loose: readonly Dim[] } {
  const scalar = spec.result.length === 0 && isVoid(spec.sizes) ? scalarProduct(spec, absorb, resolve) : undefined;
  if (scalar) return { parts: scalar, loose: NO_INDICES };
  const work = new Assembly(spec);
  const stack = spec.factors.map((factor, k) => ({ factor, outer: spec.indices[k]!, raw: resolve !== undefined })).reverse();
  while (stack.length > 0) {
    let { factor, outer, raw } = stack.pop()!;
    if (raw) {
      const resolved = resolve!(factor);
      raw = resolved === undefined;
      factor = resolved ?? factor;
    }
    if (factor.kind === 'contraction' && (raw || isView(factor) || absorb(factor))) {
      const inner = factor;
      const renamed = work.rename(inner, outer);
      for (let k = inner.factors.length - 1; k >= 0; k--) {
        stack.push({
          factor: inner.factors[k]!,
          outer: inner.indices[k]!.map((i) => (i === UNIT ? UNIT : renamed.get(i)!)),
          raw,
        });
      }
    } else {
      work.take(factor, outer);
    }
  }
  return work.finish(spec.result);
}

const isVoid = (sizes: Sizes): boolean =>
  Array.isArray(sizes) ? sizes.length === 0 : (sizes as ReadonlyMap<number, Dim>).size === 0;

const NO_INDICES: readonly never[] = [];

/** The parts of a product of scalars, which has no indices to rename; undefined if a merged factor brings some in. */
function scalarProduct(
  spec: ContractionSpec,
  absorb: (inner: Contraction) => boolean,
  resolve?: (factor: Node) => Node | undefined,
): ContractionParts | undefined {
  let coefficient = spec.coefficient ?? ONE;
  const factors: Node[] = [];
  const stack: Node[] = [];
  // Whether each of them is still to be resolved.
  const unresolved: boolean[] = [];
  for (let k = spec.factors.length - 1; k >= 0; k--) {
    stack.push(spec.factors[k]!);
    unresolved.push(resolve !== undefined);
  }
  while (stack.length > 0) {
    let factor = stack.pop()!;
    let raw = unresolved.pop()!;
    if (raw) {
      const resolved = resolve!(factor);
      raw = resolved === undefined;
      factor = resolved ?? factor;
    }
    if (factor.shape.length > 0) return undefined;
    if (factor.kind === 'contraction' && (raw || isView(factor) || absorb(factor))) {
      if (factor.sizes.length > 0) return undefined;
      coefficient = times(coefficient, factor.coefficient);
      for (let k = factor.factors.length - 1; k >= 0; k--) {
        stack.push(factor.factors[k]!);
        unresolved.push(raw);
      }
    } else factors.push(factor);
  }
  return { coefficient, factors, indices: factors.map(none), result: NO_INDICES, sizes: NO_INDICES };
}

const none = (): readonly number[] => NO_INDICES;

class Assembly {
  private coefficient: Fraction;
  private readonly factors: Node[] = [];
  private readonly indices: number[][] = [];
  private readonly sizes: Map<number, Dim>;
  private readonly parent = new Map<number, number>();
  private fresh: number;

  constructor(spec: ContractionSpec) {
    this.coefficient = spec.coefficient ?? ONE;
    this.sizes = new Map(spec.sizes.entries());
    this.fresh = 0;
    for (const index of this.sizes.keys()) this.fresh = Math.max(this.fresh, index + 1);
  }

  take(factor: Node, outer: readonly number[]): void {
    this.factors.push(factor);
    this.indices.push([...outer]);
  }

  /** The outer names of an inner contraction's indices; its coefficient is taken over. */
  rename(inner: Contraction, outer: readonly number[]): Map<number, number> {
    this.coefficient = times(this.coefficient, inner.coefficient);
    const renamed = new Map<number, number>();
    inner.result.forEach((index, axis) => {
      if (index === UNIT) return;
      const to = outer[axis]!;
      const known = renamed.get(index);
      if (known === undefined) renamed.set(index, to);
      else this.unify(known, to);
    });
    inner.sizes.forEach((size, index) => {
      if (renamed.has(index)) return;
      renamed.set(index, this.fresh);
      this.sizes.set(this.fresh++, size);
    });
    return renamed;
  }

  /** Two names of one index: a diagonal met a product. The better known length is kept. */
  private unify(a: number, b: number): void {
    const x = this.find(a);
    const y = this.find(b);
    if (x === y) return;
    if (typeof this.sizes.get(y) === 'number') this.parent.set(x, y);
    else this.parent.set(y, x);
  }

  private find(index: number): number {
    let at = index;
    for (let up = this.parent.get(at); up !== undefined; up = this.parent.get(at)) at = up;
    return at;
  }

  finish(result: readonly number[]): { parts: ContractionParts; loose: readonly Dim[] } {
    const number = new Map<number, number>();
    const sizes: Dim[] = [];
    const name = (index: number): number => {
      if (index === UNIT) return UNIT;
      const root = this.find(index);
      const size = this.sizes.get(root)!;
      if (size === 1) return UNIT;
      let known = number.get(root);
      if (known === undefined) {
        known = sizes.length;
        number.set(root, known);
        sizes.push(size);
      }
      return known;
    };
    const named = result.map(name);
    const indices = this.indices.map((list) => list.map(name));
    const loose: Dim[] = [];
    for (const [index, size] of this.sizes) {
      if (this.find(index) === index && size !== 1 && !number.has(index)) loose.push(size);
    }
    return { parts: { coefficient: this.coefficient, factors: this.factors, indices, result: named, sizes }, loose };
  }
}

/** The key of a contraction: the same for contractions that differ only in the order of factors and index names. */
export function contractionKey(parts: ContractionParts): string {
  const { factors, indices, result, sizes } = parts;
  const head = `${keyOf(parts.coefficient)}|`;
  if (factors.length === 0) return `${head}${result.join()}|${result.map((i) => (i === UNIT ? 1 : sizes[i])).join()}`;
  const attached = new Set(indices.flat());
  const broadcast = result.map((i) => (i === UNIT || attached.has(i) ? '' : sizes[i])).join();
  if (factors.length === 1) return `${head}${broadcast}|${encode([0], parts)}`;
  let best: string | undefined;
  for (const order of candidateOrders(parts)) {
    const code = encode(order, parts);
    if (best === undefined || code < best) best = code;
  }
  return `${head}${broadcast}|${best}`;
}

/** The contraction written with factors in the given order and indices numbered as they come up. */
function encode(order: readonly number[], { factors, indices, result }: ContractionParts): string {
  const number = new Map<number, number>();
  const name = (i: number): number => {
    if (i === UNIT) return UNIT;
    const known = number.get(i);
    if (known !== undefined) return known;
    number.set(i, number.size);
    return number.size - 1;
  };
  let code = result.map(name).join();
  for (const k of order) {
    const own = indices[k]!;
    code += own.length === 0 ? `;${factors[k]!.id}` : `;${factors[k]!.id}:${own.map(name).join()}`;
  }
  return code;
}

/**
 * The orders of factors among which the smallest code is canonical. Factors that differ are ordered by id. Equal
 * factors (X in X·Xᵀ·X) are told apart by colouring indices: by where they stand in the result and in which factors
 * and axes, refined by their neighbours' colours. What is still alike is tried in every order, up to a limit.
 */
function candidateOrders(parts: ContractionParts): number[][] {
  const { factors, indices } = parts;
  const order = factors.map((_, k) => k).sort((a, b) => factors[a]!.id - factors[b]!.id);
  const repeated = order.some((k, at) => at > 0 && factors[k] === factors[order[at - 1]!] && indices[k]!.length > 0);
  if (!repeated) return [order];
  const colour = refinedColours(parts);
  const label = factors.map((f, k) => `${f.id}:${indices[k]!.map((i) => (i === UNIT ? '' : colour[i])).join()}`);
  order.sort((a, b) => factors[a]!.id - factors[b]!.id || (label[a]! < label[b]! ? -1 : label[a]! > label[b]! ? 1 : 0));
  const groups: number[][] = [];
  for (const k of order) {
    const last = groups[groups.length - 1];
    if (last && label[last[0]!] === label[k]) last.push(k);
    else groups.push([k]);
  }
  let orders: number[][] = [[]];
  for (const group of groups) {
    const ways = orders.length * factorial(group.length) <= MOST_TRIED ? permutations(group) : [group];
    orders = orders.flatMap((before) => ways.map((way) => [...before, ...way]));
  }
  return orders;
}

/** More ties than this are left in the order given: two spellings may then fail to merge, which is never wrong. */
const MOST_TRIED = 720;

function refinedColours({ factors, indices, result, sizes }: ContractionParts): number[] {
  let colour: number[] = sizes.map((_, i) => result.reduce((c, r, axis) => (r === i ? c * 31 + axis + 1 : c), 0));
  for (let round = 0; round < sizes.length + 1; round++) {
    const seen: string[][] = sizes.map(() => []);
    factors.forEach((factor, k) => {
      const own = indices[k]!;
      const neighbours = own.map((i) => (i === UNIT ? '' : colour[i])).join();
      own.forEach((i, axis) => {
        if (i !== UNIT) seen[i]!.push(`${factor.id}.${axis}(${neighbours})`);
      });
    });
    const signature = seen.map((s, i) => `${colour[i]}|${s.sort().join(';')}`);
    const ranks = new Map([...new Set(signature)].sort().map((s, rank) => [s, rank]));
    const next = signature.map((s) => ranks.get(s)!);
    if (ranks.size === new Set(colour).size && round > 0) return next;
    colour = next;
  }
  return colour;
}

const factorial = (n: number): number => (n < 2 ? 1 : n > 8 ? Number.POSITIVE_INFINITY : n * factorial(n - 1));

function permutations(items: readonly number[]): number[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, at) =>
    permutations([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [item, ...rest]),
  );
}

/** The product of the integer lengths as a coefficient, and the symbolic ones. */
export function looseFactor(loose: readonly Dim[]): { coefficient: Fraction; names: string[] } {
  let coefficient = ONE;
  const names: string[] = [];
  for (const size of loose) {
    if (typeof size === 'number') coefficient = times(coefficient, rational(size));
    else names.push(size);
  }
  return { coefficient, names };
}
