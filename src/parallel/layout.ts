import { addDims, type Dim, leastOf, multiplyDims } from '../graph/dimension.ts';
import type { Affine } from '../graph/node.ts';
import { counts } from './classes.ts';

/**
 * Arrays laid one after the other on one axis, as the states of a recurrence are: entry offset + Σ strideₖ·iₖ is the
 * entry i of one of them, row by row, and one of the iₖ counts examples.
 */
export interface Block {
  readonly offset: Dim;
  /** Lengths and strides of the axes, and which of them counts examples. */
  readonly digits: string;
  readonly length: Dim;
}

export type Layout = readonly Block[];

/** A test that moves an array to its place on such an axis, or back. */
export interface Pairing {
  /** The test's axis with everything on it, and the one that counts examples. */
  readonly flat: number;
  readonly digit: number;
  readonly block: Block;
}

/** What a test says of places on an axis of more than examples; undefined of any other. */
export function pairingOf({ shape, steps, offset, test }: Affine, m: string): Pairing | undefined {
  const flat = shape.findIndex((dim) => dim !== m && counts(dim, m));
  const digit = shape.indexOf(m);
  if (!test || flat < 0 || digit < 0) return undefined;
  const sign = steps[flat];
  if (sign !== 1 && sign !== -1) return undefined;
  const others = shape.flatMap((length, axis) =>
    axis === flat ? [] : [{ length, stride: multiplyDims(-sign, steps[axis]!), axis }],
  );
  // Only one of them may count examples.
  if (others.some(({ length, axis }) => axis !== digit && counts(length, m))) return undefined;
  let length: Dim = 1;
  const digits: string[] = [];
  for (let left = others; left.length > 0; ) {
    const next = left.find(({ stride }) => stride === length);
    if (!next) return undefined;
    digits.push(next.axis === digit ? 'm' : String(next.length));
    length = multiplyDims(length, next.length);
    left = left.filter((d) => d !== next);
  }
  const block = { offset: multiplyDims(-sign, offset), digits: digits.join(), length };
  const end = { offset: shape[flat]! };
  // What lies partly outside is cut off there.
  return (leastOf(block.offset) ?? -1) >= 0 && isBefore(block, end) ? { flat, digit, block } : undefined;
}

/** Several layouts of one axis as one; undefined if they do not agree. */
export function joinedLayouts(layouts: readonly Layout[]): Layout | undefined {
  const blocks: Block[] = [];
  for (const block of layouts.flat()) {
    const known = blocks.find((b) => b.offset === block.offset);
    if (known && known.digits !== block.digits) return undefined;
    if (known) continue;
    if (blocks.some((b) => !isBefore(b, block) && !isBefore(block, b))) return undefined;
    blocks.push(block);
  }
  return blocks;
}

/** Whether a block ends where the other begins, or before, whatever the sizes are. */
function isBefore(a: Pick<Block, 'offset' | 'length'>, b: Pick<Block, 'offset'>): boolean {
  const gap = addDims(b.offset, multiplyDims(-1, addDims(a.offset, a.length)));
  return (leastOf(gap) ?? -1) >= 0;
}

export const isSameLayout = (a: Layout | undefined, b: Layout | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((block) => holds(b, block)));

/** Whether an axis is laid out so that a block lies where it says. */
export const holds = (layout: Layout, { offset, digits }: Block): boolean =>
  layout.some((b) => b.offset === offset && b.digits === digits);
