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

/** An array as long as another. Only Node gives memory as it is; zeros elsewhere. */
function unfilled(like: Numbers): Numbers {
  const buffer =
    typeof Buffer === 'undefined' ? new ArrayBuffer(like.byteLength) : Buffer.allocUnsafeSlow(like.byteLength).buffer;
  return like instanceof Float64Array ? new Float64Array(buffer) : new Float32Array(buffer);
}

/** Up to so many numbers a constructor takes less than `slice`. */
const FEW = 32;

function copied(data: Numbers): Numbers {
  if (data.length > FEW) return data.slice();
  return data instanceof Float64Array ? new Float64Array(data) : new Float32Array(data);
}
