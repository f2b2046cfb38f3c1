import { GradusError } from '../language/diagnostics.ts';
import { listed } from '../language/visible.ts';
import { startsWith } from './bytes.ts';
import { type NpyArray, npyOf } from './npy.ts';
import { checksumOf, type Member, membersOf, packedBytes } from './zip.ts';

/** Several arrays of NumPy by name: a ZIP archive of NPY files. */

export const isZip = (head: Uint8Array): boolean =>
  startsWith(head, 0x50, 0x4b, 0x03, 0x04) || startsWith(head, 0x50, 0x4b, 5, 6);

const AGAIN = 'copy it again: unzip -t tells whether a file is whole';

/**
 * The arrays of an NPZ file, each read when it is first asked for.
 * @throws GradusError `data` for a file that is damaged, or is another archive; when an array is asked for, for one that is
 * not what was packed
 */
export async function npzOf(bytes: Uint8Array, file: string): Promise<ReadonlyMap<string, () => NpyArray>> {
  const { inflateSync } = await import('fflate');
  const all = membersOf(bytes);
  if (!all) throw new GradusError('data', `${file} is a damaged archive: it has no list of what it holds`, { hint: AGAIN });
  const members = all.filter(({ name }) => name.endsWith('.npy'));
  if (members.length === 0)
    throw new GradusError('data', `${file} holds no arrays of NumPy`, { hint: 'numpy.savez writes them' });
  const arrays = new Map<string, () => NpyArray>();
  for (const member of members) {
    const name = member.name.replace(/\.npy$/, '');
    if (arrays.has(name)) throw new GradusError('data', `${file} has two arrays ${listed([name])}`);
    const place = `${file}, ${member.name}`;
    let array: NpyArray | undefined;
    arrays.set(name, () => {
      array ??= npyOf(contentOf(bytes, member, place, inflateSync), place);
      return array;
    });
  }
  return arrays;
}

type Inflate = (packed: Uint8Array, options: { readonly out: Uint8Array }) => Uint8Array;

/** @throws GradusError `data` for a member whose bytes are not those that were packed */
function contentOf(bytes: Uint8Array, member: Member, place: string, inflate: Inflate): Uint8Array {
  const { method, size, isEncrypted } = member;
  if (isEncrypted || (method !== 0 && method !== 8))
    throw new GradusError('data', `${place} is packed as NumPy does not`, {
      hint: 'numpy.savez and numpy.savez_compressed write it',
    });
  const packed = packedBytes(bytes, member);
  // Deflate makes at most 1032 bytes of one: where more are said, there is no need to make room for them.
  if (size > 1032 * Math.max(packed.length, 1)) throw damaged(place);
  let content = packed;
  try {
    if (method === 8) content = inflate(packed, { out: new Uint8Array(size) });
  } catch {
    throw damaged(place);
  }
  if (content.length !== size || checksumOf(content) !== member.checksum) throw damaged(place);
  return content;
}

const damaged = (place: string): GradusError =>
  new GradusError('data', `${place} is damaged: it is not what was packed`, { hint: AGAIN });
