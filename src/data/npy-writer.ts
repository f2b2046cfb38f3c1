import type { Value } from '../numeric/value-text.ts';

/** Arrays as NumPy reads them. The NPY format, version 1.0. */

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
const ALIGNED = 64;

/** Numbers, little-endian, row by row: doubles, or floats of half their size. */
export function npyBytes(value: Value, precision: 'f64' | 'f32' = 'f64'): Uint8Array {
  const [shape, data] = typeof value === 'number' ? [[], [value]] : [value.shape, value.data];
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const size = precision === 'f64' ? 8 : 4;
  const fields = `{'descr': '<f${size}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const unpadded = MAGIC.length + 2 + fields.length + 1;
  const header = `${fields}${' '.repeat((ALIGNED - (unpadded % ALIGNED)) % ALIGNED)}\n`;
  const bytes = new Uint8Array(MAGIC.length + 2 + header.length + size * data.length);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint16(MAGIC.length, header.length, true);
  for (let k = 0; k < header.length; k++) bytes[MAGIC.length + 2 + k] = header.charCodeAt(k);
  const from = MAGIC.length + 2 + header.length;
  if (size === 8) for (let k = 0; k < data.length; k++) view.setFloat64(from + size * k, data[k]!, true);
  else for (let k = 0; k < data.length; k++) view.setFloat32(from + size * k, data[k]!, true);
  return bytes;
}

/** Arrays by name as one NPZ file. */
export async function npzBytes(values: Readonly<Record<string, Value>>): Promise<Uint8Array> {
  const { zipSync } = await import('fflate');
  // The same arrays give the same file, whenever it is written.
  const mtime = new Date(1980, 0, 2);
  return zipSync(Object.fromEntries(Object.entries(values).map(([name, value]) => [`${name}.npy`, npyBytes(value)])), { mtime });
}
