import type { Dim } from '../graph/dimension.ts';
import type { NameSet } from '../graph/names.ts';
import type { ArrayApply, Node } from '../graph/node.ts';
import { turned } from '../graph/views.ts';
import type { Expr, IndexBinder, Subscript } from '../language/tree.ts';
import { columnShape } from '../operators/builder.ts';
import { functions } from '../operators/index.ts';
import type { Hoist } from './hoist.ts';
import { indexNames } from './index-form.ts';
import { call, indexed, isCall, NOWHERE, name, numeralOf, subscripted, transposed } from './syntax.ts';

/** Array operators in text: `inv(A)`, `A \\ b`, over the rows of a matrix `max(X, cols)`, or entry by entry. */

const leadOf = (node: ArrayApply): number => node.args[0]!.shape.length - node.operator.cells[0]!;

/** Whether the operator's name without an axis means all axes of its argument. */
const needsAxis = (node: ArrayApply): boolean =>
  functions.get(node.operator.name)?.reduce?.keeps === true && node.operator.cells[0]! > 1;

/** The call, where one says it; undefined where only entries can. */
export function batchText(
  node: ArrayApply,
  written: (a: Node) => Expr,
  parameters: readonly Expr[],
  { taken, lengths }: Pick<Hoist, 'taken' | 'lengths'>,
): Expr | undefined {
  const lead = leadOf(node);
  const { operator, args } = node;
  if (lead === 0 && !needsAxis(node))
    return call(operator.name === 'solve' ? '\\' : operator.name, ...args.map(written), ...parameters);
  const [x] = args as [Node];
  if (lead !== 1 || operator.cells[0] !== 1 || args.length > 1 || x.shape.includes(1)) return undefined;
  const known = functions.get(operator.name);
  if (!known?.axis) return undefined;
  const [front, last] = x.shape as [Dim, Dim];
  // Of max(X, n) the name is a number.
  const own = known.arity[1] === 1 && front !== last && typeof last === 'string' && lengths.has(last) ? last : undefined;
  // A name of the source would be read as that.
  if (!own && (taken.has('rows') || taken.has('cols'))) return undefined;
  // A matrix turned round, in the graph or as it is written, is taken down its columns.
  const inner = turned(x);
  const text = written(inner ?? x);
  const plain = inner ? text : isCall(text, 'transpose') ? text.args[0]! : undefined;
  return plain
    ? transposed(call(operator.name, plain, ...parameters, name(own ?? 'rows')))
    : call(operator.name, text, ...parameters, name(own ?? 'cols'));
}

const unit = (letter: string): IndexBinder => ({ name: letter, from: numeralOf(1), to: numeralOf(1), span: NOWHERE });

/** T[i] = inv(A[i]): the axes in front as indices. */
export function batchForm(
  node: ArrayApply,
  written: (a: Node) => Expr,
  parameters: readonly Expr[],
  taken: NameSet,
): { entries: Expr; subscripts: Subscript[] } {
  const lead = leadOf(node);
  const letters = indexNames(node.shape.length, taken);
  const front = letters.slice(0, lead);
  const at = (letter: string): Subscript => ({ kind: 'at', index: name(letter), span: NOWHERE });
  if (!needsAxis(node)) {
    const args = node.args.map((a) => subscripted(written(a), front.map(name)));
    const value = call(node.operator.name, ...args, ...parameters);
    const cell = node.shape.slice(lead);
    const kept = columnShape(cell).length;
    if (kept === cell.length) return { entries: value, subscripts: front.map(at) };
    // A cell of one column is a vector by itself; here its last axis counts.
    const own = letters.slice(lead, lead + kept);
    const single = letters
      .slice(lead + kept)
      .map((letter): Subscript => ({ kind: 'binder', index: unit(letter), span: NOWHERE }));
    return {
      entries: kept > 0 ? subscripted(value, own.map(name)) : value,
      subscripts: [...front.map(at), ...own.map(at), ...single],
    };
  }
  const own: IndexBinder[] = letters.slice(lead).map((letter) => ({ name: letter, span: NOWHERE }));
  const entries = indexed(node.operator.name, own, subscripted(written(node.args[0]!), letters.map(name)));
  return { entries, subscripts: letters.map(at) };
}
