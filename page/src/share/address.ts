import { sourceIn as deflatedIn, MODEL, addressOf as withDeflated } from '../../../src/session/address.ts';

/**
 * The whole model in the address, behind `#`, which no server sees: a short line as it is, `#model=x^2*sin(x)`; anything else
 * deflated, `#m=…`, as the command line has it.
 */

const PLAIN = '#model=';
const DEFLATED = `#${MODEL}=`;

/** Every browser takes such an address. */
export const LONGEST_ADDRESS = 100_000;
/** A longer one is cut off by some who pass it on. */
export const LONGEST_SAFE = 8_000;
const LONGEST_PLAIN = 72;
/** Not even deflated a longer source is short enough. */
const LONGEST_SOURCE = 1_000_000;

/** The part of the address that holds a source; undefined if it is too long for one. */
export async function addressOf(source: string): Promise<string | undefined> {
  if (source.length <= LONGEST_PLAIN && /^[^\n\r]+$/.test(source)) return PLAIN + readable(source);
  if (source.length > LONGEST_SOURCE) return undefined;
  const found = await withDeflated(source);
  return found.length <= LONGEST_ADDRESS ? found : undefined;
}

/** The source that an address holds; undefined if it holds none that can be read: it may have been cut off on its way. */
export async function sourceIn(hash: string): Promise<string | undefined> {
  if (!hash.startsWith(PLAIN)) return deflatedIn(hash);
  try {
    return decodeURIComponent(hash.slice(PLAIN.length));
  } catch {
    return undefined;
  }
}

/** Whether an address is to hold a source. */
export const holdsSource = (hash: string): boolean => hash.startsWith(PLAIN) || hash.startsWith(DEFLATED);

/** Signs that may stand in an address as they are stay readable. */
const readable = (text: string): string =>
  encodeURIComponent(text).replace(/%(?:2B|2C|2F|3A|3B|3D|40|5E|7C|24|26|5B|5D)/g, (code) => decodeURIComponent(code));
