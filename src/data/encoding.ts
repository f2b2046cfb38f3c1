import { GradusError } from '../language/diagnostics.ts';
import { begun, startsWith } from './bytes.ts';

/** How many bytes tell how a file is written. */
const LOOKED_AT = 1 << 16;

/** A text as UTF-8, whatever it was. */
export interface Utf8 {
  /** Its beginning. */
  readonly head: string;
  /** Whether the head is all there is. */
  readonly whole: boolean;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/**
 * A text as UTF-8 without a byte order mark: of UTF-16 by its mark or by its zeros, of the code page of western Windows
 * where it is not valid UTF-8.
 * @throws GradusError `data` for what is no text
 */
export async function asUtf8(source: AsyncIterable<Uint8Array>, file: string): Promise<Utf8> {
  const { head, whole, bytes } = await begun(source, LOOKED_AT);
  const { label, skip } = encodingOf(head, whole);
  if (label === 'utf-8') {
    const rest = skip === 0 ? bytes : without(bytes, skip);
    if (head.includes(0)) throw binary(file);
    return { head: new TextDecoder('utf-8').decode(head.subarray(skip), { stream: !whole }), whole, bytes: rest };
  }
  const text = new TextDecoder(label).decode(head, { stream: !whole });
  if (text.includes('\0')) throw binary(file);
  return { head: text, whole, bytes: recoded(bytes, label) };
}

const binary = (file: string): GradusError =>
  new GradusError('data', `${file} holds no text`, { hint: 'tables are text: CSV, TSV, JSON; arrays come as NPY and NPZ' });

function encodingOf(head: Uint8Array, whole: boolean): { readonly label: string; readonly skip: number } {
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return { label: 'utf-8', skip: 3 };
  if (startsWith(head, 0xff, 0xfe)) return { label: 'utf-16le', skip: 0 };
  if (startsWith(head, 0xfe, 0xff)) return { label: 'utf-16be', skip: 0 };
  // Of two bytes of a plain letter one is 0.
  const zeros = [0, 1].map((parity) => head.subarray(0, 200).filter((byte, k) => k % 2 === parity && byte === 0).length);
  const half = Math.min(200, head.length) / 4;
  if (zeros[1]! > half && zeros[0] === 0) return { label: 'utf-16le', skip: 0 };
  if (zeros[0]! > half && zeros[1] === 0) return { label: 'utf-16be', skip: 0 };
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: !whole });
    return { label: 'utf-8', skip: 0 };
  } catch {
    return { label: 'windows-1252', skip: 0 };
  }
}

async function* without(bytes: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const piece of bytes) {
    yield left > 0 ? piece.subarray(left) : piece;
    left = Math.max(0, left - piece.length);
  }
}

async function* recoded(bytes: AsyncIterable<Uint8Array>, label: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(label);
  const encoder = new TextEncoder();
  for await (const piece of bytes) yield encoder.encode(decoder.decode(piece, { stream: true }));
  yield encoder.encode(decoder.decode());
}

/** All of a text. */
export async function textOf({ bytes }: Utf8): Promise<string> {
  const decoder = new TextDecoder('utf-8');
  let text = '';
  for await (const piece of bytes) text += decoder.decode(piece, { stream: true });
  return text + decoder.decode();
}
