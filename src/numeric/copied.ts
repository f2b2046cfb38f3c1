import type { Numbers } from '../compile/index.ts';

/** Up to so many numbers a constructor takes less than `slice`. */
const FEW = 32;
/** From so many bytes on, memory that need not be filled with zeros first is worth asking for. */
const LARGE = 1 << 16;

/** The same numbers in memory of their own. */
export function copied(data: Numbers): Numbers {
  if (data.byteLength >= LARGE && typeof Buffer !== 'undefined') return intoUnfilled(data);
  if (data.length > FEW) return data.slice();
  return data instanceof Float64Array ? new Float64Array(data) : new Float32Array(data);
}

/** Only Node gives memory as it is; all of it is overwritten. */
function intoUnfilled(data: Numbers): Numbers {
  const { buffer } = Buffer.allocUnsafeSlow(data.byteLength);
  const own = data instanceof Float64Array ? new Float64Array(buffer) : new Float32Array(buffer);
  own.set(data);
  return own;
}
