/** A ZIP archive by its list of members: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3 */

/** What the list says of a member. */
export interface Member {
  readonly name: string;
  /** 0 as it is, 8 by Deflate. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly checksum: number;
  readonly packed: number;
  readonly size: number;
  /** Where its own header stands. */
  readonly at: number;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const LISTED = 0x02014b50;
const LOCAL = 0x04034b50;
/** A number that is too large for its place stands elsewhere. */
const ELSEWHERE = 0xffffffff;
const LONGEST_REMARK = 0xffff;

/** The members in the order of the list; undefined where there is no list, or where it does not say what the archive does. */
export function membersOf(bytes: Uint8Array): readonly Member[] | undefined {
  try {
    return listed(viewOf(bytes));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The bytes of a member as they are packed; fewer where the archive ends before. */
export function packedBytes(bytes: Uint8Array, { at, packed }: Member): Uint8Array {
  const view = viewOf(bytes);
  const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  return bytes.subarray(from, from + packed);
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function listed(view: DataView): Member[] | undefined {
  // Behind the end there may be a remark.
  let end = view.byteLength - 22;
  const first = Math.max(0, end - LONGEST_REMARK);
  while (view.getUint32(end, true) !== END) if (end-- === first) return undefined;
  let count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (end >= 20 && view.getUint32(end - 20, true) === LOCATOR_64) {
    const wide = largeAt(view, end - 12);
    if (view.getUint32(wide, true) !== END_64) return undefined;
    count = largeAt(view, wide + 32);
    at = largeAt(view, wide + 48);
  }
  const members: Member[] = [];
  for (let k = 0; k < count; k++) {
    if (view.getUint32(at, true) !== LISTED) return undefined;
    const member = memberAt(view, at);
    // Each member has its name once more.
    if (
      view.getUint32(member.at, true) !== LOCAL ||
      nameAt(view, member.at + 26, member.at + 30) !== nameAt(view, at + 28, at + 46)
    )
      return undefined;
    members.push(member);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return members;
}

function memberAt(view: DataView, at: number): Member {
  const flags = view.getUint16(at + 8, true);
  const length = view.getUint16(at + 28, true);
  const further = furtherOf(view, at + 46 + length, view.getUint16(at + 30, true));
  // Sizes and place stand elsewhere in this order, those that are too large.
  const [size, packed, place] = [24, 20, 42].map((offset) => {
    const number = view.getUint32(at + offset, true);
    return number === ELSEWHERE ? (further.shift() ?? number) : number;
  });
  return {
    name: nameAt(view, at + 28, at + 46, (flags & 0x800) === 0),
    method: view.getUint16(at + 10, true),
    isEncrypted: (flags & 1) !== 0,
    checksum: view.getUint32(at + 16, true),
    packed: packed!,
    size: size!,
    at: place!,
  };
}

/** A name by where its length stands, and where it begins. */
function nameAt(view: DataView, length: number, from: number, isOld = true): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset + from, view.getUint16(length, true));
  return new TextDecoder(isOld ? 'windows-1252' : 'utf-8').decode(bytes);
}

/** The numbers of 64 bits among what is said further of a member. */
function furtherOf(view: DataView, from: number, length: number): number[] {
  for (let at = from; at + 4 <= from + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    return Array.from({ length: Math.min(3, view.getUint16(at + 2, true) >> 3) }, (_, k) => largeAt(view, at + 4 + 8 * k));
  }
  return [];
}

const largeAt = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/** Remainders of a byte by the polynomial of CRC-32, with up to seven more bytes of zeros behind it. */
const REMAINDERS = remainders();

function remainders(): readonly Int32Array[] {
  const tables = Array.from({ length: 8 }, () => new Int32Array(256));
  for (let byte = 0; byte < 256; byte++) {
    let rest = byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
    tables[0]![byte] = rest;
  }
  for (let k = 1; k < 8; k++)
    for (let byte = 0; byte < 256; byte++) {
      const before = tables[k - 1]![byte]!;
      tables[k]![byte] = (before >>> 8) ^ tables[0]![before & 255]!;
    }
  return tables;
}

/** CRC-32, eight bytes a step (Kounavis and Berry, 2005): a byte a step takes four times as long. */
export function checksumOf(bytes: Uint8Array): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = REMAINDERS as readonly [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const length = bytes.length;
  let rest = -1;
  let at = 0;
  for (; at + 8 <= length; at += 8) {
    const low = rest ^ (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    rest =
      t7[low & 255]! ^
      t6[(low >>> 8) & 255]! ^
      t5[(low >>> 16) & 255]! ^
      t4[low >>> 24]! ^
      t3[bytes[at + 4]!]! ^
      t2[bytes[at + 5]!]! ^
      t1[bytes[at + 6]!]! ^
      t0[bytes[at + 7]!]!;
  }
  for (; at < length; at++) rest = (rest >>> 8) ^ t0[(rest ^ bytes[at]!) & 255]!;
  return ~rest >>> 0;
}
