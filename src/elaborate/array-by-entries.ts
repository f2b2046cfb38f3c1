import type { Node } from '../graph/node.ts';
import { stacked } from '../graph/views.ts';
import type { EntryAssignment } from '../language/tree.ts';
import type { Extended } from '../model/model.ts';
import { entriesBy } from './by-entries.ts';
import type { Context } from './context.ts';
import { writtenRange } from './index-range.ts';
import { type GivenEntries, placed, startsOf } from './numbered-entries.ts';

/**
 * An array by its entries; where some are given singly, the others are steps that do not read them.
 * @param given the single entries, by place
 */
export function arrayBy(
  s: EntryAssignment,
  given: GivenEntries | undefined,
  context: Context,
): { readonly node: Node; readonly extended?: Extended } {
  const [time] = s.subscripts;
  const written = time?.kind === 'binder' ? writtenRange(time.index, context) : undefined;
  const range = given || written?.from !== 1 ? written : undefined;
  if (!range || time?.kind !== 'binder') return { node: entriesBy(s, s.subscripts, context) };
  const g = context.builder.graph;
  const run = { range, backward: false };
  const starts = startsOf(s, given ?? new Map(), run);
  const found = entriesBy(s, s.subscripts, { ...context, recurring: { time: time.index.name, names: new Map() } });
  const node = found.shape.length === 0 ? stacked(g, [found], 0) : found;
  if (starts.length > 0) return placed(g, node, starts, run);
  // Nothing is given beside them: these are all entries that there are.
  g.steps.number(range.size, range.from, time.index.name);
  return { node, extended: { first: range.from, node, arrayFrom: range.from, outside: new Map() } };
}
