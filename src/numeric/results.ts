import type { Executable, Numbers } from '../compile/index.ts';

/** Arrays in place of a program's buffers, by number. */
export type Lent = readonly (Numbers | undefined)[];

/** What a run is lent, with an array of its own for each large result, so that nothing is copied afterwards. */
export function withResults({ outputs, fills }: Executable, lent?: Lent): Lent | undefined {
  if (!fills) return lent;
  const all = lent ? [...lent] : [];
  fills.forEach((number, k) => {
    if (number !== undefined) all[number] = unfilled(outputs[k]!.data);
  });
  return all;
}

/** What a run gave for an output, in memory that is the caller's. */
export function resultOf({ outputs, fills }: Executable, k: number, lent: Lent | undefined): Numbers {
  const number = fills?.[k];
  return (number === undefined ? undefined : lent?.[number]) ?? copied(outputs[k]!.data);
}

/** Up to so many numbers a constructor takes less than `slice`; from so many bytes on it pays not to have memory filled before. */
const FEW = 32;
const LARGE = 1 << 16;

function copied(data: Numbers): Numbers {
  if (data.byteLength >= LARGE) {
    const own = unfilled(data);
    own.set(data);
    return own;
  }
  if (data.length > FEW) return data.slice();
  return data instanceof Float64Array ? new Float64Array(data) : new Float32Array(data);
}

/** An array as long as another. Only Node gives memory as it is; zeros elsewhere, and where the system maps them for nothing. */
function unfilled(like: Numbers): Numbers {
  const buffer =
    typeof Buffer === 'undefined' || like.byteLength > LARGEST_LEARNT ? new ArrayBuffer(like.byteLength) : kept(like.byteLength);
  return like instanceof Float64Array ? new Float64Array(buffer) : new Float32Array(buffer);
}

/** The most that glibc learns from, and from where on it should: see `kept`. */
const LARGEST_LEARNT = (32 << 20) - (1 << 14);
const WORTH_LEARNING = 1 << 20;

/** Whether the allocator of this process has been shown a large block. */
let isShown = false;

/**
 * Memory that the process keeps from call to call. glibc maps a large block anew each time, and gives what is free back, and a
 * page that is touched for the first time costs more than what is computed for it; once a block has been freed it keeps blocks
 * of that size, and twice as much that is free. So it is shown the largest that it learns from, which nobody touches.
 */
function kept(bytes: number): ArrayBufferLike {
  if (!isShown && bytes >= WORTH_LEARNING) {
    Buffer.allocUnsafeSlow(LARGEST_LEARNT);
    isShown = true;
  }
  return Buffer.allocUnsafeSlow(bytes).buffer;
}
