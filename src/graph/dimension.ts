import { GradusError } from '../language/diagnostics.ts';

/**
 * The length of an axis: an integer, or the canonical text of a polynomial with integer coefficients in dimension
 * names (`m`, `2*m`, `m*n+1`), so that equal dimensions are `===`.
 */
export type Dim = number | string;
export type Shape = readonly Dim[];

/** What a dimension's name stands for, once data have come. */
export type Sizes = ReadonlyMap<string, number>;

/** Monomial (`m*n`, names sorted; '' for the constant) to coefficient. */
type Polynomial = Map<string, number>;

function polynomial(dim: Dim): Polynomial {
  if (typeof dim === 'number') return new Map([['', dim]]);
  const terms: Polynomial = new Map();
  for (const text of dim.replace(/-/g, '+-').split('+')) {
    if (text === '') continue;
    const sign = text.startsWith('-') ? -1 : 1;
    const parts = text.replace(/^-/, '').split('*');
    const lead = /^\d+$/.test(parts[0]!) ? Number(parts.shift()) : 1;
    terms.set(parts.join('*'), sign * lead);
  }
  return terms;
}

function canonical(terms: Polynomial): Dim {
  const kept = [...terms].filter(([, c]) => c !== 0);
  if (kept.length === 0) return 0;
  if (kept.length === 1 && kept[0]![0] === '') return kept[0]![1];
  // Names before the constant; a longer product before a shorter one: m*n + m + 1.
  kept.sort(([a], [b]) => b.split('*').length - a.split('*').length || Number(a === '') - Number(b === '') || (a < b ? -1 : 1));
  let text = '';
  for (const [monomial, c] of kept) {
    const size = Math.abs(c);
    const body = monomial === '' ? String(size) : size === 1 ? monomial : `${size}*${monomial}`;
    text += c < 0 ? `-${body}` : text === '' ? body : `+${body}`;
  }
  return text;
}

export function addDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  const sum = polynomial(a);
  for (const [monomial, c] of polynomial(b)) sum.set(monomial, (sum.get(monomial) ?? 0) + c);
  return canonical(sum);
}

export function multiplyDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a * b;
  const product: Polynomial = new Map();
  for (const [m, c] of polynomial(a)) {
    for (const [n, d] of polynomial(b)) {
      const key = [...m.split('*'), ...n.split('*')].filter(Boolean).sort().join('*');
      product.set(key, (product.get(key) ?? 0) + c * d);
    }
  }
  return canonical(product);
}

/** A number that the dimension is never less than, as every name is at least 1; undefined if there is none. */
export function leastOf(dim: Dim): number | undefined {
  let least = 0;
  for (const [monomial, c] of polynomial(dim)) {
    if (monomial !== '' && c < 0) return undefined;
    least += c;
  }
  return least;
}

/** How many entries an array has. */
export const entryCount = (shape: Shape): Dim => shape.reduce<Dim>(multiplyDims, 1);

/** How far apart in row-major order the entries along each axis are. */
export function rowMajorStrides(shape: Shape): Dim[] {
  const strides: Dim[] = [];
  let stride: Dim = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride = multiplyDims(stride, shape[axis]!);
  }
  return strides;
}

/** The names that a dimension is made of. */
export const dimensionNames = (dim: Dim): string[] =>
  typeof dim === 'number' ? [] : [...polynomial(dim).keys()].flatMap((m) => m.split('*')).filter(Boolean);

/**
 * The number that a dimension stands for.
 * @throws GradusError `data` if a name in it has no value
 */
export function sizeOf(dim: Dim, sizes: Sizes): number {
  if (typeof dim === 'number') return dim;
  const direct = sizes.get(dim);
  if (direct !== undefined) return direct;
  let total = 0;
  for (const [monomial, c] of polynomial(dim)) {
    let product = c;
    for (const name of monomial.split('*').filter(Boolean)) {
      const size = sizes.get(name);
      if (size === undefined) {
        throw new GradusError('data', `the size ${name} is not known: no data with this axis are given`);
      }
      product *= size;
    }
    total += product;
  }
  return total;
}

export const sameShape = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((d, i) => d === b[i]);

/** `2×m`, or `scalar`. A vector is shown as the column it is. */
export const showShape = (shape: Shape): string =>
  shape.length === 0
    ? 'scalar'
    : shape.length === 1
      ? `${shape[0]}×1`
      : shape.map((d) => (typeof d === 'string' && /[+-]/.test(d) ? `(${d})` : d)).join('×');
