import { GradusError } from '../language/diagnostics.ts';
import { Tensor } from '../numeric/tensor.ts';
import { startsWith } from './bytes.ts';

/** NumPy's format of one array: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */

export const isNpy = (head: Uint8Array): boolean => startsWith(head, 0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59);

type Reader = (view: DataView, at: number, little: boolean) => number;

/** How an entry of each type is read, by the letter and the length that NumPy writes. */
const READERS: Readonly<Record<string, Reader>> = {
  f8: (view, at, little) => view.getFloat64(at, little),
  f4: (view, at, little) => view.getFloat32(at, little),
  f2: (view, at, little) => halfOf(view.getUint16(at, little)),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  b1: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
};

/** Sixteen bits: a sign, five bits of the exponent, ten of the fraction. */
function halfOf(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** What the letters of other types mean. */
const OTHERS: Readonly<Record<string, string>> = {
  O: 'Python objects',
  c: 'complex numbers',
  U: 'texts',
  S: 'texts',
  V: 'records',
  M: 'dates',
  m: 'spans of time',
  f: 'long doubles',
};

/** What an NPY file holds: numbers, or a flat array of texts, which may be labels. */
export interface NpyArray {
  readonly value: Tensor | readonly string[];
  /** How many whole numbers no double is. */
  readonly rounded: number;
}

/** The numbers of an array. @throws GradusError `data` for texts */
export function numbersIn({ value }: NpyArray, file: string): Tensor {
  if (value instanceof Tensor) return value;
  throw noNumbers(file, 'U');
}

/**
 * The array of an NPY file.
 * @throws GradusError `data` for a file that is damaged, or whose entries are neither numbers nor texts in a list
 */
export function npyOf(bytes: Uint8Array, file: string): NpyArray {
  if (!isNpy(bytes)) throw new GradusError('data', `${file} is no NPY file`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = bytes[6]! >= 2;
  const start = wide ? 12 : 10;
  const length = bytes.length < start ? 0 : wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const from = start + length;
  const { order, type, fortran, shape } = headerOf(new TextDecoder().decode(bytes.subarray(start, from)), file);
  const read = READERS[type];
  const isText = /^[US]\d+$/.test(type) && shape.length === 1;
  if (!read && !isText) throw noNumbers(file, type);
  // A letter of Unicode takes four bytes.
  const size = Number(type.slice(1)) * (type.startsWith('U') ? 4 : 1);
  const count = shape.reduce((n, axis) => n * axis, 1);
  if (bytes.length - from !== count * size) {
    const says = bytes.length - from < count * size ? `${file} ends before its array does` : `${file} goes on behind its array`;
    throw new GradusError('data', says, {
      hint: `an array [${shape.join(', ')}] of ${type} takes ${count * size} bytes, and there are ${Math.max(0, bytes.length - from)}`,
    });
  }
  const little = order !== '>';
  if (!read)
    return { value: Array.from({ length: count }, (_, k) => textAt(view, from + k * size, size, type, little)), rounded: 0 };
  const data = entries(view, from, count, type, little, read);
  const rounded = type === 'i8' || type === 'u8' ? roundedIn(view, from, data, type, little) : 0;
  return { value: new Tensor(shape, fortran ? rowMajor(data, shape) : data), rounded };
}

/** A text that zeros fill up: letters of Unicode, or bytes. */
function textAt(view: DataView, at: number, size: number, type: string, little: boolean): string {
  if (type.startsWith('S'))
    return new TextDecoder('utf-8').decode(new Uint8Array(view.buffer, view.byteOffset + at, size)).replace(/\0+$/, '');
  let text = '';
  for (let k = 0; k < size; k += 4) {
    const letter = view.getUint32(at + k, little);
    text += letter > 0x10ffff ? '\ufffd' : String.fromCodePoint(letter);
  }
  return text.replace(/\0+$/, '');
}

/** How many whole numbers of 64 bits are not what was read of them. */
function roundedIn(view: DataView, from: number, data: Float64Array, type: 'i8' | 'u8', little: boolean): number {
  let count = 0;
  for (let k = 0; k < data.length; k++) {
    if (Number.isSafeInteger(data[k])) continue;
    const at = from + 8 * k;
    if (BigInt(data[k]!) !== (type === 'i8' ? view.getBigInt64(at, little) : view.getBigUint64(at, little))) count++;
  }
  return count;
}

/** What machines have themselves is copied as it is. */
function entries(view: DataView, from: number, count: number, type: string, little: boolean, read: Reader): Float64Array {
  const data = new Float64Array(count);
  if (type === 'f8' && little === IS_LITTLE) {
    new Uint8Array(data.buffer).set(new Uint8Array(view.buffer, view.byteOffset + from, count * 8));
    return data;
  }
  const size = Number(type.slice(1));
  for (let k = 0; k < count; k++) data[k] = read(view, from + k * size, little);
  return data;
}

const IS_LITTLE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

interface Header {
  readonly order: string;
  readonly type: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
}

/** `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }` */
function headerOf(text: string, file: string): Header {
  const [, descr] = /'descr':\s*('[^']*'|\[)/.exec(text) ?? [];
  const [, fortran] = /'fortran_order':\s*(True|False)/.exec(text) ?? [];
  const [, shape] = /'shape':\s*\(([^)]*)\)/.exec(text) ?? [];
  if (descr === '[') throw noNumbers(file, 'V');
  const [, order, type] = /^'([<>|=])?([a-zA-Z]\d*)(?:\[.*\])?'$/.exec(descr ?? '') ?? [];
  if (type === undefined || fortran === undefined || shape === undefined) throw unreadable(file);
  const lengths = shape.split(',').flatMap((part) => (part.trim() === '' ? [] : [Number(part.trim().replace(/L$/, ''))]));
  if (!lengths.every((length) => Number.isSafeInteger(length) && length >= 0)) throw unreadable(file);
  return { order: order ?? '<', type, fortran: fortran === 'True', shape: lengths };
}

const unreadable = (file: string): GradusError =>
  new GradusError('data', `${file} has a header that cannot be read`, { hint: 'numpy.save writes it again' });

const noNumbers = (file: string, type: string): GradusError =>
  new GradusError('data', `${file} holds ${OTHERS[type.charAt(0)] ?? `the type ${type}`}, not numbers`, {
    hint: 'numpy.save(file, array.astype(float)) writes numbers',
  });

/** The first index runs fastest in Fortran, the last one here. */
function rowMajor(data: Float64Array, shape: readonly number[]): Float64Array {
  const result = new Float64Array(data.length);
  const steps = shape.map((_, axis) => shape.slice(0, axis).reduce((n, size) => n * size, 1));
  const index = shape.map(() => 0);
  let from = 0;
  for (let k = 0; k < result.length; k++) {
    result[k] = data[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += steps[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= steps[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}
