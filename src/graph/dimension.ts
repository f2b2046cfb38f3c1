import { GradusError } from '../language/diagnostics.ts';

/**
 * The length of an axis: an integer, or the canonical text of a polynomial with integer coefficients in dimension names
 * over one product (`m`, `2*m`, `m*n+1`, `n/2`, `(n+1)/(2*k)`), so that equal dimensions are `===`. A quotient stands for
 * a whole number: sizes with which it does not go evenly are an error where they become known.
 */
export type Dim = number | string;
export type Shape = readonly Dim[];

/** What a dimension's name stands for, once data have come. */
export type Sizes = ReadonlyMap<string, number>;

/** One product: a coefficient and names, sorted, each as often as it stands there. */
export interface Term {
  readonly coefficient: number;
  readonly names: readonly string[];
}

/** Terms over one product with a positive coefficient; nothing can be cancelled. */
export interface Quotient {
  readonly above: readonly Term[];
  readonly below: Term;
}

const UNDIVIDED: Term = { coefficient: 1, names: [] };

const parseTerm = (text: string): Term => {
  const names = text.split('*');
  const coefficient = /^\d+$/.test(names[0]!) ? Number(names.shift()) : 1;
  return { coefficient, names };
};

/** Whether the dimension is a name alone. */
export const isName = (dim: string): boolean => !/^\d|[-+*/]/.test(dim);

const unbracketed = (text: string): string => (text.startsWith('(') ? text.slice(1, -1) : text);

/** What a dimension is made of. */
export function quotientOf(dim: Dim): Quotient {
  if (typeof dim === 'number') return { above: dim === 0 ? [] : [{ coefficient: dim, names: [] }], below: UNDIVIDED };
  if (isName(dim)) return { above: [{ coefficient: 1, names: [dim] }], below: UNDIVIDED };
  const [top, bottom] = dim.split('/').map(unbracketed) as [string, string | undefined];
  const above: Term[] = [];
  for (const text of top.replace(/-/g, '+-').split('+')) {
    if (text === '') continue;
    const term = parseTerm(text.replace(/^-/, ''));
    above.push(text.startsWith('-') ? { ...term, coefficient: -term.coefficient } : term);
  }
  return { above, below: bottom === undefined ? UNDIVIDED : parseTerm(bottom) };
}

const product = (a: Term, b: Term): Term => ({
  coefficient: a.coefficient * b.coefficient,
  names: a.names.length === 0 ? b.names : b.names.length === 0 ? a.names : [...a.names, ...b.names].sort(),
});

const timesEach = (terms: readonly Term[], factor: Term): readonly Term[] =>
  factor === UNDIVIDED ? terms : terms.map((t) => product(t, factor));

const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));

/** The names without those given, each taken once; undefined if one is not there. */
function lessNames(names: readonly string[], taken: readonly string[]): string[] | undefined {
  const left = [...names];
  for (const name of taken) {
    const at = left.indexOf(name);
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  return left;
}

/** Takes out what numerator and denominator have in common. */
function cancelled(above: readonly Term[], below: Term): Quotient {
  const common = above.reduce((c, t) => gcd(c, t.coefficient), below.coefficient);
  let [terms, names] = [above, below.names];
  for (const name of below.names) {
    const rest = terms.map((t) => lessNames(t.names, [name]));
    if (rest.includes(undefined)) continue;
    terms = terms.map((t, k) => ({ ...t, names: rest[k]! }));
    names = lessNames(names, [name])!;
  }
  return {
    above: terms.map((t) => ({ ...t, coefficient: t.coefficient / common })),
    below: { coefficient: below.coefficient / common, names },
  };
}

const termText = ({ coefficient, names }: Term): string =>
  (coefficient === 1 && names.length > 0 ? names : [String(coefficient), ...names]).join('*');

function canonical(terms: readonly Term[], below: Term): Dim {
  const collected = new Map<string, Term>();
  for (const { coefficient, names } of terms) {
    const key = names.join('*');
    collected.set(key, { coefficient: coefficient + (collected.get(key)?.coefficient ?? 0), names });
  }
  const kept = [...collected].filter(([, t]) => t.coefficient !== 0);
  if (kept.length === 0) return 0;
  // A longer product before a shorter one, the constant last: m*n + m + 1. What is added stands before what is taken: n - k + 1.
  const sign = ({ coefficient }: Term): number => Math.sign(coefficient);
  kept.sort(([a, s], [b, t]) => t.names.length - s.names.length || sign(t) - sign(s) || (a < b ? -1 : 1));
  const plain = kept.map(([, t]) => t);
  const { above, below: under } = below === UNDIVIDED ? { above: plain, below } : cancelled(plain, below);
  const undivided = under.coefficient === 1 && under.names.length === 0;
  if (undivided && above.length === 1 && above[0]!.names.length === 0) return above[0]!.coefficient;
  let text = '';
  for (const t of above) {
    const body = termText({ ...t, coefficient: Math.abs(t.coefficient) });
    text += t.coefficient < 0 ? `-${body}` : text === '' ? body : `+${body}`;
  }
  if (undivided) return text;
  const bottom = termText(under);
  return `${above.length > 1 ? `(${text})` : text}/${bottom.includes('*') ? `(${bottom})` : bottom}`;
}

export function addDims(a: Dim, b: Dim): Dim {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  const [p, q] = [quotientOf(a), quotientOf(b)];
  if (p.below === UNDIVIDED && q.below === UNDIVIDED) return canonical([...p.above, ...q.above], UNDIVIDED);
  return canonical([...timesEach(p.above, q.below), ...timesEach(q.above, p.below)], product(p.below, q.below));
}

export function multiplyDims(a: Dim, b: Dim): Dim {
  // Plus 0: there is one 0.
  if (typeof a === 'number' && typeof b === 'number') return a * b + 0;
  const [p, q] = [quotientOf(a), quotientOf(b)];
  const below = p.below === UNDIVIDED && q.below === UNDIVIDED ? UNDIVIDED : product(p.below, q.below);
  return canonical(
    p.above.flatMap((s) => q.above.map((t) => product(s, t))),
    below,
  );
}

/** a/b, where b is one product of names and an integer; undefined where it is a sum, or 0, or two numbers do not go evenly. */
export function divideDims(a: Dim, b: Dim): Dim | undefined {
  if (typeof a === 'number' && typeof b === 'number') return b !== 0 && a % b === 0 ? a / b : undefined;
  const [p, q] = [quotientOf(a), quotientOf(b)];
  const [only] = q.above;
  if (q.above.length !== 1) return undefined;
  const sign = only!.coefficient < 0 ? -1 : 1;
  const made = canonical(
    timesEach(p.above, { ...q.below, coefficient: sign * q.below.coefficient }),
    product(p.below, { ...only!, coefficient: Math.abs(only!.coefficient) }),
  );
  return typeof made === 'string' && dimensionNames(made).length === 0 ? undefined : made;
}

/** A number that the dimension is never less than, as every name is at least 1; undefined if there is none. */
export function leastOf(dim: Dim): number | undefined {
  if (typeof dim === 'number') return dim;
  const { above, below } = quotientOf(dim);
  let least = 0;
  for (const { coefficient, names } of above) {
    if (names.length > 0 && coefficient < 0) return undefined;
    least += coefficient;
  }
  if (below.names.length === 0) return Math.ceil(least / below.coefficient);
  return least >= 0 ? 0 : undefined;
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

/** Whether the dimension goes evenly with some sizes only. */
export const isQuotient = (dim: Dim): dim is string => typeof dim === 'string' && dim.includes('/');

/** The names that a dimension is made of. */
export function dimensionNames(dim: Dim): string[] {
  if (typeof dim === 'number') return [];
  if (isName(dim)) return [dim];
  const { above, below } = quotientOf(dim);
  return [...new Set([...above.flatMap((t) => t.names), ...below.names])];
}

/** Whether every name in the dimension has a number. */
export const isKnown = (dim: Dim, sizes: Sizes): boolean =>
  typeof dim === 'number' || sizes.has(dim) || dimensionNames(dim).every((name) => sizes.has(name));

/**
 * The number that a dimension's formula gives, whole or not.
 * @throws GradusError `data` if a name in it has no value
 */
export function measureOf(dim: Dim, sizes: Sizes): number {
  if (typeof dim === 'number') return dim;
  const known = sizes.get(dim);
  if (known !== undefined) return known;
  const numberOf = ({ coefficient, names }: Term): number =>
    names.reduce((value, name) => {
      const size = sizes.get(name);
      if (size !== undefined) return value * size;
      throw new GradusError('data', `the size ${name} is not known: no data with this axis are given`);
    }, coefficient);
  const { above, below } = quotientOf(dim);
  return above.reduce((total, t) => total + numberOf(t), 0) / numberOf(below);
}

/**
 * The number that a dimension stands for.
 * @throws GradusError `data` if a name in it has no value, or a quotient does not go evenly
 */
export function sizeOf(dim: Dim, sizes: Sizes): number {
  if (typeof dim === 'number') return dim;
  const size = measureOf(dim, sizes);
  if (Number.isInteger(size)) return size;
  const given = dimensionNames(dim).map((name) => `${name} = ${sizes.get(name)}`);
  throw new GradusError('data', `${dim} is no whole number with ${given.join(' and ')}`);
}

export const sameShape = (a: Shape, b: Shape): boolean => a.length === b.length && a.every((d, i) => d === b[i]);

/** `2×m`, or `scalar`. A vector is shown as the column it is. */
export const showShape = (shape: Shape): string =>
  shape.length === 0
    ? 'scalar'
    : (shape.length === 1 ? [shape[0]!, 1] : shape)
        .map((d) => (typeof d === 'string' && /[+/-]/.test(d) ? `(${d})` : d))
        .join('×');
