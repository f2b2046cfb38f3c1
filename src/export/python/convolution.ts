import { addDims, type Dim, multiplyDims } from '../../graph/dimension.ts';
import { isTest } from '../../graph/linear.ts';
import { type Affine, type Contraction, distinct, type Node, UNIT } from '../../graph/node.ts';
import { isOne } from '../../graph/rational.ts';
import { tuple } from './product.ts';

/** An array and the index of each of its axes; several over the same indices are multiplied entry by entry. */
export interface Indexed {
  readonly nodes: readonly Node[];
  readonly each: readonly (readonly number[])[];
  readonly indices: readonly number[];
}

/** Arrays over the same indices, in whatever order, as one. */
function together(arrays: readonly Indexed[]): Indexed[] {
  const found = new Map<string, Indexed>();
  for (const array of arrays) {
    const key = [...array.indices].sort((a, b) => a - b).join();
    const known = found.get(key);
    found.set(key, known ? { ...known, nodes: [...known.nodes, ...array.nodes], each: [...known.each, ...array.each] } : array);
  }
  return [...found.values()];
}

/** An axis along which a filter moves: out·stride + filter·dilation = image·spread + before. */
interface Movement {
  readonly image: number;
  readonly filter: number;
  readonly out: number;
  readonly stride: number;
  readonly dilation: number;
  readonly spread: number;
  /** The filter runs the other way. */
  readonly isFlipped: boolean;
  /** Zeros before and after the image. */
  readonly before: Dim;
  readonly after: Dim;
}

/** A sum of products whose places are tied by sums: image[b, c, i + p]·filter[o, c, p] over c and p. */
export interface Convolution {
  readonly image: Indexed;
  readonly filter: Indexed;
  readonly movements: readonly Movement[];
  /** The index that only the image has besides, the one that only the filter has, and the one that both have. */
  readonly batch: number | undefined;
  readonly output: number | undefined;
  readonly channel: number | undefined;
  /** What else it is multiplied by: factors without axes. */
  readonly scalars: readonly Node[];
}

/** An array read at places that other indices tell: X[i + p]. */
export const isWindow = (node: Node): node is Contraction =>
  node.kind === 'contraction' &&
  isOne(node.coefficient) &&
  node.factors.some(isTest) &&
  node.factors.filter((f) => !isTest(f)).length === 1;

interface Parts {
  readonly arrays: Indexed[];
  readonly tests: { readonly test: Affine; readonly indices: readonly number[] }[];
  readonly sizes: Dim[];
}

/** The factors, windows among them as arrays and tests. */
function partsOf(node: Contraction, isNamed: (node: Node) => boolean): Parts {
  const parts: Parts = { arrays: [], tests: [], sizes: [...node.sizes] };
  const put = (factor: Node, indices: readonly number[]): void => {
    if (isTest(factor) && !isNamed(factor)) parts.tests.push({ test: factor, indices });
    else parts.arrays.push({ nodes: [factor], each: [indices], indices });
  };
  node.factors.forEach((factor, k) => {
    const own = node.indices[k]!;
    if (!isWindow(factor) || isNamed(factor) || !distinct(factor.result) || factor.result.includes(UNIT)) {
      put(factor, own);
      return;
    }
    const renamed = new Map(factor.result.map((i, axis) => [i, own[axis]!]));
    const index = (i: number): number => {
      if (i === UNIT) return UNIT;
      const known = renamed.get(i) ?? parts.sizes.push(factor.sizes[i]!) - 1;
      renamed.set(i, known);
      return known;
    };
    factor.factors.forEach((inner, j) => {
      put(inner, factor.indices[j]!.map(index));
    });
  });
  return parts;
}

/**
 * A contraction as a convolution, if it is one of images and filters as libraries have it.
 * @param isNamed nodes that are computed already: what they are made of does not matter
 */
export function convolutionOf(node: Contraction, isNamed: (node: Node) => boolean): Convolution | undefined {
  const { arrays: all, tests, sizes } = partsOf(node, isNamed);
  const scalars = all.filter(({ indices }) => indices.length === 0).flatMap((a) => a.nodes);
  const arrays = together(all.filter(({ indices }) => indices.length > 0));
  if (arrays.length !== 2 || tests.length === 0) return undefined;
  if (![node.result, ...arrays.flatMap((a) => a.each)].every((own) => distinct(own) && !own.includes(UNIT))) return undefined;
  for (const [image, filter] of [arrays, [...arrays].reverse()] as [Indexed, Indexed][]) {
    const movements = tests.map(({ test, indices }) => movementOf(test, indices, image, filter, node.result, sizes));
    if (!movements.every((m) => m !== undefined)) continue;
    const moved = new Set(movements.flatMap((m) => [m.image, m.filter, m.out]));
    if (moved.size < 3 * movements.length) continue;
    const rest = [...new Set([...image.indices, ...filter.indices, ...node.result])].filter((i) => !moved.has(i));
    const [batch, output, channel] = [
      rest.filter((i) => image.indices.includes(i) && !filter.indices.includes(i)),
      rest.filter((i) => filter.indices.includes(i) && !image.indices.includes(i)),
      rest.filter((i) => filter.indices.includes(i) && image.indices.includes(i)),
    ];
    const isKept = (i: number): boolean => node.result.includes(i);
    if (Math.max(batch.length, output.length, channel.length) > 1) continue;
    if (![...batch, ...output].every(isKept) || channel.some(isKept)) continue;
    if (batch.length + output.length + channel.length !== rest.length) continue;
    return { image, filter, movements, batch: batch[0], output: output[0], channel: channel[0], scalars };
  }
  return undefined;
}

/** Which index moves over which, if a test ties one of each array and one of the result alone. */
function movementOf(
  test: Affine,
  indices: readonly number[],
  image: Indexed,
  filter: Indexed,
  result: readonly number[],
  sizes: readonly Dim[],
): Movement | undefined {
  if (indices.length !== 3 || !distinct(indices) || !test.steps.every((step) => typeof step === 'number')) return undefined;
  const place = (has: (i: number) => boolean): number => indices.findIndex(has);
  const [a, b, o] = [
    place((i) => image.indices.includes(i) && !filter.indices.includes(i) && !result.includes(i)),
    place((i) => filter.indices.includes(i) && !image.indices.includes(i) && !result.includes(i)),
    place((i) => result.includes(i) && !filter.indices.includes(i) && !image.indices.includes(i)),
  ];
  if (a < 0 || b < 0 || o < 0) return undefined;
  const sign = (test.steps[a] as number) > 0 ? -1 : 1;
  const [spread, along, stride] = [a, b, o].map((k) => sign * (test.steps[k] as number)) as [number, number, number];
  if (stride <= 0) return undefined;
  const isFlipped = along < 0;
  const dilation = Math.abs(along);
  const last = (i: number, step: number): Dim => multiplyDims(step, addDims(sizes[i]!, -1));
  const [over, taps, out] = [indices[a]!, indices[b]!, indices[o]!];
  const offset = multiplyDims(sign, test.offset);
  const before = multiplyDims(-1, isFlipped ? addDims(offset, last(taps, along)) : offset);
  const whole = addDims(last(out, stride), last(taps, dilation));
  const after = addDims(whole, multiplyDims(-1, addDims(last(over, -spread), before)));
  return { image: over, filter: taps, out, stride, dilation, spread: -spread, isFlipped, before, after };
}

/** What a printer prints with. */
interface Writing {
  readonly result: readonly number[];
  /** @param isWhole whether nothing is done to the text */
  readonly print: (array: Indexed, isWhole: boolean) => string;
  readonly dim: (dim: Dim) => string;
}

/** As JAX has it: axes are told by letters, those of length 1 that are lacking are put in front. */
export function convolutionText({ image, filter, movements, batch, output, channel }: Convolution, writing: Writing): string {
  const { result, print, dim } = writing;
  const place = (i: number, of: 'image' | 'filter' | 'out'): number => movements.findIndex((m) => m[of] === i);
  const spec = (own: readonly number[], of: 'image' | 'filter' | 'out', ...named: [number | undefined, string][]): string => {
    const names = new Map(named);
    const lacks = named.flatMap(([i, letter]) => (i === undefined ? [letter] : []));
    return [...lacks, ...own.map((i) => (place(i, of) >= 0 ? String(place(i, of)) : names.get(i)!))].join('');
  };
  const lacking = (...indices: (number | undefined)[]): number => indices.filter((i) => i === undefined).length;
  const inFront = (text: string, count: number): string =>
    count === 0 ? text : `${text}[${Array.from({ length: count }, () => 'None').join(', ')}]`;
  const flipped = filter.indices.flatMap((i, axis) => (movements[place(i, 'filter')]?.isFlipped ? [axis] : []));
  const turned =
    flipped.length === 0 ? print(filter, lacking(output, channel) === 0) : `jnp.flip(${print(filter, true)}, ${tuple(flipped)})`;
  const specs = [
    spec(image.indices, 'image', [batch, 'N'], [channel, 'C']),
    spec(filter.indices, 'filter', [output, 'O'], [channel, 'I']),
    spec(result, 'out', [batch, 'N'], [output, 'C']),
  ];
  const listed = (of: (m: Movement) => string): string => tuple(movements.map(of));
  const isPlain = movements.every((m) => m.before === 0 && m.after === 0);
  const padding = isPlain ? '"VALID"' : `[${movements.map((m) => `(${dim(m.before)}, ${dim(m.after)})`).join(', ')}]`;
  const spread = movements.some((m) => m.spread !== 1) ? [`lhs_dilation=${listed((m) => String(m.spread))}`] : [];
  const dilated = movements.some((m) => m.dilation !== 1) ? [`rhs_dilation=${listed((m) => String(m.dilation))}`] : [];
  const call = `jax.lax.conv_general_dilated(${[
    inFront(print(image, lacking(batch, channel) === 0), lacking(batch, channel)),
    inFront(turned, lacking(output, channel)),
    listed((m) => String(m.stride)),
    padding,
    ...spread,
    ...dilated,
    `dimension_numbers=(${specs.map((spec) => `"${spec}"`).join(', ')})`,
  ].join(', ')})`;
  const extra = lacking(batch, output);
  return extra === 0 ? call : `${call}[${Array.from({ length: extra }, () => '0').join(', ')}]`;
}
