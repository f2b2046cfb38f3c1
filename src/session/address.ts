/**
 * A model in an address: `#m=` and the source, deflated, in the letters that an address may have. The command line and the
 * page write and read the same; nothing of it is sent to who serves the page, since what stands behind `#` stays in the browser.
 */

/** What the address calls a model. */
export const MODEL = 'm';

/** Nothing that a person writes is longer; a few letters could unfold to more than a machine holds. */
const LONGEST_SOURCE = 1_000_000;

/** `#m=…` of a source. */
export async function addressOf(source: string): Promise<string> {
  return `#${MODEL}=${lettersOf(await read(through(new TextEncoder().encode(source), new CompressionStream('deflate-raw'))))}`;
}

/** The source that an address has behind `#`; undefined where there is none, or none that can be read. */
export async function sourceIn(hash: string): Promise<string | undefined> {
  const letters = new URLSearchParams(hash.replace(/^#/, '')).get(MODEL);
  if (!letters) return undefined;
  try {
    const bytes = await read(through(bytesOf(letters), new DecompressionStream('deflate-raw')), LONGEST_SOURCE);
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

const through = (bytes: Bytes, stream: CompressionStream | DecompressionStream): ReadableStream<Bytes> =>
  new Blob([bytes]).stream().pipeThrough(stream) as ReadableStream<Bytes>;

/** @throws RangeError for more bytes than `most` */
async function read(stream: ReadableStream<Bytes>, most = Number.POSITIVE_INFINITY): Promise<Bytes> {
  const pieces: Bytes[] = [];
  let length = 0;
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError('too long');
    }
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** Base64 for addresses: RFC 4648, 5. */
function lettersOf(bytes: Bytes): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

const bytesOf = (letters: string): Bytes =>
  Uint8Array.from(atob(letters.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
