import type { Dim } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { EntryAssignment, IndexBinder, Subscript } from '../language/tree.ts';
import type { Context } from './context.ts';
import { checkExpression } from './expression.ts';
import { openIndices, range } from './indices.ts';

/** The array of a definition's entries over the given subscripts. */
export function entriesBy(s: EntryAssignment, subscripts: readonly Subscript[], context: Context): Node {
  const binders = subscripts.map((sub): IndexBinder => {
    if (sub.kind === 'binder') return sub.index;
    if (sub.kind === 'at' && sub.index.kind === 'name') return { name: sub.index.name, span: sub.span };
    throw new GradusError('unsupported', 'entries can only be defined over whole axes, so far', { span: sub.span });
  });
  openIndices(binders, [s.value], context);
  const value = checkExpression(s.value, context);
  const order = binders.map(({ name }) => name);
  const extra = value.indices.find((name) => !order.includes(name));
  if (extra) throw new GradusError('name', `the index ${extra} is not summed`, { span: s.value.span });
  const labels = value.node.shape.map((_, axis) => value.indices[axis] ?? `rest ${axis}`);
  const lengths: Record<string, Dim> = Object.fromEntries(
    binders.map((binder) => {
      const { from, size } = range(binder, context);
      if (from === 1 || binder.name === context.recurring?.time) return [binder.name, size];
      throw new GradusError('unsupported', `entries are defined from the first on: ${binder.name}=1:…`, { span: binder.span });
    }),
  );
  const rest = labels.slice(value.indices.length);
  return context.builder.einsum([[{ node: value.node, indices: [] }, labels]], [...order, ...rest], lengths).node;
}
