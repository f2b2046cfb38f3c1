import { type Dim, dimensionNames, isKnown, isName, measureOf, quotientOf } from './dimension.ts';

/** Sizes from lengths: each axis of each value says that its dimension is a number. */

/** What one value says: its dimension is a length. */
export interface Equation<Source> {
  readonly dim: Dim;
  readonly size: number;
  readonly source: Source;
}

/** Sizes as far as the equations tell, with the source of each. */
export interface Solved<Source> {
  readonly sizes: Map<string, number>;
  readonly sources: Map<string, Source>;
  /** The first equation that no sizes satisfy together with those before it. */
  readonly wrong?: Equation<Source>;
}

/**
 * Solves each equation that has one unknown name left, until none is left that can be: the order does not matter.
 * @param given sizes that are known before
 */
export function solveSizes<Source>(
  equations: readonly Equation<Source>[],
  given: ReadonlyMap<string, number> = new Map(),
): Solved<Source> {
  const sizes = new Map(given);
  const sources = new Map<string, Source>();
  let open = equations;
  for (let before = Number.POSITIVE_INFINITY; open.length < before; ) {
    before = open.length;
    const later: Equation<Source>[] = [];
    for (const equation of open) {
      const { dim, size, source } = equation;
      if (isKnown(dim, sizes)) {
        if (measureOf(dim, sizes) !== size) return { sizes, sources, wrong: equation };
        continue;
      }
      const [name, ...more] = dimensionNames(dim).filter((n) => !sizes.has(n)) as [string, ...string[]];
      if (more.length > 0) later.push(equation);
      else {
        const found = solution(dim, size, name, sizes);
        if (found === 'none') return { sizes, sources, wrong: equation };
        if (found === 'unclear') later.push(equation);
        else {
          sizes.set(name, found);
          sources.set(name, source);
        }
      }
    }
    open = later;
  }
  return { sizes, sources };
}

/** The whole number that a name must be for the dimension to have a length; `unclear` where there might be several. */
function solution(dim: Dim, size: number, name: string, sizes: ReadonlyMap<string, number>): number | 'none' | 'unclear' {
  if (dim === name) return size;
  const p = polynomialIn(dim, size, name, sizes);
  const at = (k: number): number => p.reduceRight((sum, c) => sum * k + c, 0);
  const root =
    p.length <= 2
      ? -p[0]! / p[1]!
      : increases(p)
        ? bisected(at)
        : increases(p.map((c) => -c))
          ? bisected((k) => -at(k))
          : undefined;
  if (root === undefined) return 'unclear';
  return Number.isInteger(root) && root >= 0 && at(root) === 0 ? Math.abs(root) : 'none';
}

/** The coefficients, lowest first, of a polynomial in one name that is 0 where the dimension is the given length. */
function polynomialIn(dim: Dim, size: number, name: string, sizes: ReadonlyMap<string, number>): number[] {
  const { above, below } = quotientOf(dim);
  const coefficients: number[] = [0, 0];
  const include = (terms: typeof above, times: number): void => {
    for (const { coefficient, names } of terms) {
      const power = names.filter((n) => n === name).length;
      const rest = names.reduce((value, n) => (n === name ? value : value * sizes.get(n)!), coefficient * times);
      while (coefficients.length <= power) coefficients.push(0);
      coefficients[power]! += rest;
    }
  };
  include(above, 1);
  include([below], -size);
  while (coefficients.length > 2 && coefficients[coefficients.length - 1] === 0) coefficients.pop();
  return coefficients;
}

/** Whether a polynomial grows from 1 on: so it does if p(1 + j) has no negative coefficient of a power of j. */
function increases(p: readonly number[]): boolean {
  const shifted = [...p];
  // Horner's scheme, again and again (Ruffini).
  for (let start = 0; start < shifted.length - 1; start++) {
    for (let k = shifted.length - 2; k >= start; k--) shifted[k]! += shifted[k + 1]!;
  }
  return shifted.slice(1).every((c) => c >= 0);
}

/** The first whole number from 1 on at which something that grows is not below 0. */
function bisected(at: (k: number) => number): number {
  let [low, high] = [0, 1];
  while (at(high) < 0 && high < Number.MAX_SAFE_INTEGER) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (at(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}

/** Why a dimension has its number: `by X` for a name, `k = 3 by x` for what names make up. */
export function reasons(
  dim: Dim,
  { sizes, sources }: { readonly sizes: ReadonlyMap<string, number>; readonly sources: ReadonlyMap<string, string> },
): string {
  const by = (name: string): string => (sources.has(name) ? ` by ${sources.get(name)}` : '');
  return typeof dim === 'string' && isName(dim)
    ? by(dim).trim()
    : dimensionNames(dim)
        .filter((name) => sizes.has(name))
        .map((name) => `${name} = ${sizes.get(name)}${by(name)}`)
        .join(' and ');
}
