import { knownName } from '../language/names.ts';
import { flatten } from '../numeric/tensor.ts';
import { assembled, type Reading, type WantedInput } from './assemble.ts';
import type { DataFile } from './data-file.ts';
import { selected } from './selection.ts';

/**
 * The shapes that files give names which a source mentions and need not declare.
 * @param mentioned every name in the source
 */
export function shapesFrom(
  files: readonly DataFile[],
  reading: Reading,
  mentioned: ReadonlySet<string>,
): Record<string, readonly number[]> {
  const wanted = new Map<string, WantedInput>();
  const want = (name: string, shape: WantedInput['shape']) => wanted.set(name, { name, role: 'free', shape, facts: [] });
  for (const file of files) {
    for (const [k, name] of file.placesOf(mentioned)) {
      if (file.value(k) !== undefined || !file.column(k)!.hasWords) want(name, ['rows']);
    }
  }
  for (const [spelling, list] of Object.entries(reading.map ?? {})) {
    const name = knownName(spelling, mentioned);
    const file = files.findLast(({ names }) => list.some((selector) => selected(selector, names)));
    if (!mentioned.has(name) || !file) continue;
    const count = new Set(list.flatMap((selector) => selected(selector, file.names) ?? [])).size;
    want(name, count === 1 ? ['rows'] : ['rows', count]);
  }
  const map = Object.fromEntries(
    Object.entries(reading.map ?? {}).filter(([name]) => wanted.has(knownName(name, wanted.keys()))),
  );
  const shapes: Record<string, readonly number[]> = Object.create(null);
  for (const [name, value] of Object.entries(assembled(wanted, files, { ...reading, map }).inputs)) {
    if (!wanted.has(name)) continue;
    const { shape, data } = flatten(value, name);
    const found = shape ?? [data.length];
    if (found.length > 0) shapes[name] = found;
  }
  return shapes;
}
