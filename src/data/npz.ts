import { GradusError } from '../language/diagnostics.ts';
import type { Tensor } from '../numeric/tensor.ts';
import { startsWith } from './bytes.ts';
import { npyOf } from './npy.ts';

/** Several arrays of NumPy by name: a ZIP archive of NPY files. */

export const isZip = (head: Uint8Array): boolean =>
  startsWith(head, 0x50, 0x4b, 0x03, 0x04) || startsWith(head, 0x50, 0x4b, 5, 6);

/**
 * The arrays of an NPZ file, each read when it is asked for.
 * @throws GradusError `data` for a file that is damaged, or is another archive
 */
export async function npzOf(bytes: Uint8Array, file: string): Promise<ReadonlyMap<string, () => Tensor>> {
  const { unzipSync } = await import('fflate');
  let members: Readonly<Record<string, Uint8Array>>;
  try {
    members = unzipSync(bytes, { filter: ({ name }) => name.endsWith('.npy') });
  } catch (error) {
    throw new GradusError('data', `${file} is a damaged archive: ${error instanceof Error ? error.message : error}`, {
      hint: 'copy it again: unzip -t tells whether a file is whole',
    });
  }
  const arrays = Object.entries(members);
  if (arrays.length === 0) throw new GradusError('data', `${file} holds no arrays of NumPy`, { hint: 'numpy.savez writes them' });
  return new Map(
    arrays.map(([name, content]) => [name.replace(/\.npy$/, ''), () => npyOf(content, `${file}, ${name}`)] as const),
  );
}
