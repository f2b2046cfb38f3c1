/**
 * The whole model in the address, behind `#`, which no server sees: a short line as it is, `#model=x^2*sin(x)`; anything else
 * deflated, `#m=…`.
 */

const PLAIN = '#model=';
const DEFLATED = '#m=';

/** A longer address is cut off by some who pass it on. */
export const LONGEST_ADDRESS = 16_000;
/** More is not a model that somebody wrote: a small address can be made to hold any amount. */
const LONGEST_SOURCE = 2_000_000;
const LONGEST_PLAIN = 72;

/** The part of the address that holds a source; undefined if it is too long for one. */
export async function addressOf(source: string): Promise<string | undefined> {
  if (source.length <= LONGEST_PLAIN && /^[^\n\r]+$/.test(source)) return PLAIN + readable(source);
  if (source.length > LONGEST_SOURCE) return undefined;
  const found = DEFLATED + base64url(await deflated(new TextEncoder().encode(source)));
  return found.length <= LONGEST_ADDRESS ? found : undefined;
}

/** The source that an address holds; undefined if it holds none that can be read. */
export async function sourceIn(hash: string): Promise<string | undefined> {
  try {
    if (hash.startsWith(PLAIN)) return decodeURIComponent(hash.slice(PLAIN.length));
    if (!hash.startsWith(DEFLATED)) return undefined;
    return await inflated(bytesOf(hash.slice(DEFLATED.length)));
  } catch {
    // Cut off on its way, or never a model.
    return undefined;
  }
}

/** Whether an address is to hold a source. */
export const holdsSource = (hash: string): boolean => hash.startsWith(PLAIN) || hash.startsWith(DEFLATED);

/** Signs that may stand in an address as they are stay readable. */
const readable = (text: string): string =>
  encodeURIComponent(text).replace(/%(?:2B|2C|2F|3A|3B|3D|40|5E|7C|24|26|5B|5D)/g, (code) => decodeURIComponent(code));

function base64url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > LONGEST_SOURCE) {
      await reader.cancel();
      throw new RangeError('too long');
    }
  }
}
