import { sizeOf } from '../graph/dimension.ts';
import type { Model } from '../model/model.ts';
import { entryName } from '../verify/index.ts';
import type { Place } from './descent-path.ts';
import type { Start } from './values.ts';

/** An entry of a parameter. */
export interface Chosen {
  readonly name: string;
  /** Its place in row-major order. */
  readonly at: number;
  /** `W[1, 2]`, or `b`. */
  readonly label: string;
  /** How far it moved. */
  readonly moved: number;
}

/** Every entry of the parameters, in the order of the source. */
export function entriesOf(model: Model, { sizes }: Start, path: readonly Place[]): Chosen[] {
  const [begin, end] = [path[0], path[path.length - 1]];
  if (!begin || !end) return [];
  return [...model.inputs.values()].flatMap(({ role, name, shape }) => {
    const from = begin.get(name);
    const to = end.get(name);
    if (role !== 'param' || !from || !to) return [];
    const lengths = shape.map((dim) => sizeOf(dim, sizes));
    return Array.from(to, (value, at): Chosen => {
      const label = entryName(name, { index: indexOf(at, lengths), symbolic: 0, numeric: 0 });
      return { name, at, label, moved: Math.abs(value - from[at]!) };
    });
  });
}

/**
 * The two entries that a picture of the cost is drawn over; `slice` if there are others, which it does not show.
 * @param wanted their labels; those that moved most unless told
 */
export function chosenEntries(
  model: Model,
  start: Start,
  path: readonly Place[],
  wanted?: readonly [string, string],
): { readonly first: Chosen; readonly second: Chosen; readonly slice: boolean } | undefined {
  const entries = entriesOf(model, start, path);
  const named = wanted?.flatMap((label) => entries.find((e) => e.label === label) ?? []);
  const moving = [...entries].sort((a, b) => b.moved - a.moved).slice(0, 2);
  // In the order of the source, so that W is across and b is up; or as they are wanted.
  const [first, second] = named?.length === 2 ? named : entries.filter((e) => moving.includes(e));
  return first && second && { first, second, slice: entries.length > 2 };
}

/** Counted from 1, as in the language. */
function indexOf(at: number, lengths: readonly number[]): number[] {
  const index: number[] = [];
  let rest = at;
  for (let axis = lengths.length - 1; axis >= 0; axis--) {
    index.unshift((rest % lengths[axis]!) + 1);
    rest = Math.floor(rest / lengths[axis]!);
  }
  return index;
}
