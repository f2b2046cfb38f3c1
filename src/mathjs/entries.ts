import { GradusError } from '../language/diagnostics.ts';
import type { Expr, Subscript } from '../language/tree.ts';
import { call, numeralOf } from '../reading/syntax.ts';
import type { Excerpt } from './excerpt.ts';
import { sizesOf } from './known.ts';
import { type Fields, isMatrix, type MathNode, namesOf, type Scope, valueIn } from './nodes.ts';
import type { NodeReader } from './reader.ts';
import { count, type Read, showSizes } from './value.ts';

/**
 * Entries that are chosen: `x[2]`, `A[:, 1]`, `A[end, 2:3]`, `row(A, 1)`. mathjs itself chooses among the entries' numbers, so
 * that ends, steps, masks and what its version makes of a single row are its own.
 */

/** Functions that choose entries of their first argument. */
export const movers: ReadonlySet<string> = new Set(['subset', 'row', 'column']);

/** Written out, so many entries may be chosen that are no block. */
const MOST_SINGLE = 1000;
const LABELS = ' entries';

export function picked(node: Fields, from: string, reader: NodeReader, what: Excerpt): Read {
  const inFunction = from !== 'object';
  const args = inFunction ? (node.args as readonly MathNode[]) : [node.object as MathNode];
  const source = reader.read(args[0]!);
  if (source.each || source.shape.length === 0) throw new GradusError('shape', `${what}: entries are chosen of a number`);
  const { math } = reader;
  const labels = new math.SymbolNode(...([LABELS] as never[]));
  const indices: readonly MathNode[] = inFunction ? args.slice(1) : [node.index as MathNode];
  const chosen = inFunction
    ? new math.FunctionNode(...([from, [labels, ...indices]] as never[]))
    : new math.AccessorNode(...([labels, node.index] as never[]));
  // What the indices are made of must not move; their values are looked at again with the next scope.
  for (const index of indices) reader.fixed(index, what);
  const array = math.matrix(labelsOf(source.shape));
  let found: unknown;
  try {
    found = chosen.evaluate(withLabels(reader.scope, array));
  } catch (error) {
    throw new GradusError('shape', `${what}: ${(error as Error).message}`);
  }
  reader.relied.push({ node: chosen, value: shownText(found), labels: source.shape });
  return chosenTree(source, found, what);
}

/** The scope with the labels in it. */
export const withLabels = (scope: Scope, array: unknown): Map<string, unknown> =>
  new Map<string, unknown>([...namesOf(scope).map((name) => [name, valueIn(scope, name)] as const), [LABELS, array]]);

export const labelled = (math: NodeReader['math'], scope: Scope, shape: readonly number[]): Map<string, unknown> =>
  withLabels(scope, math.matrix(labelsOf(shape)));

export const shownText = (value: unknown): string => JSON.stringify(isMatrix(value) ? value.toArray() : value) ?? String(value);

/** The numbers of the entries, 0 for the first, in the array's shape. */
function labelsOf(shape: readonly number[], from = 0): unknown {
  const [size, ...rest] = shape;
  if (size === undefined) return from;
  const step = count(rest);
  return Array.from({ length: size }, (_, k) => labelsOf(rest, from + k * step));
}

function chosenTree(source: Read, found: unknown, what: Excerpt): Read {
  const plain = isMatrix(found) ? found.toArray() : found;
  const labels = [plain].flat(Number.POSITIVE_INFINITY) as number[];
  const shape = sizesOf(found);
  if (labels.some((label) => typeof label !== 'number'))
    throw new GradusError('unsupported', `${what}: what is chosen is no part of ${showSizes(source.shape)}`);
  if (labels.length === 0) throw new GradusError('shape', `${what}: nothing is chosen`);
  const block = blockOf(source, labels);
  if (shape.length === 0) return { tree: block ?? single(source, labels[0]!), shape };
  if (shape.length > 2) throw new GradusError('unsupported', `${what}: more than two axes are chosen`);
  const row = shape.length === 2 && shape[0] === 1 && shape[1] !== 1;
  if (block && shape.filter((size) => size !== 1).length < 2) return { tree: row ? call('transpose', block) : block, shape };
  if (block) return { tree: block, shape };
  if (labels.length > MOST_SINGLE)
    throw new GradusError('unsupported', `${what}: ${labels.length} entries that are no block are too many to write out`);
  const entries = labels.map((label) => single(source, label));
  if (shape.length === 1 || shape[1] === 1) return { tree: call('vector', ...entries), shape };
  const columns = shape[1]!;
  const rows = Array.from({ length: shape[0]! }, (_, k) =>
    call('transpose', call('vector', ...entries.slice(k * columns, (k + 1) * columns))),
  );
  return { tree: rows.length === 1 ? rows[0]! : call('concat', ...rows), shape };
}

/** The places of a label, by axis, from 0. */
function placesOf(shape: readonly number[], label: number): number[] {
  const places: number[] = [];
  for (let axis = shape.length - 1, rest = label; axis >= 0; axis--) {
    places.unshift(rest % shape[axis]!);
    rest = Math.floor(rest / shape[axis]!);
  }
  return places;
}

/** A block of neighbours in their order, as subscripts; undefined if they are none. */
function blockOf(source: Read, labels: readonly number[]): Expr | undefined {
  const { shape } = source;
  const [low, high] = [placesOf(shape, labels[0]!), placesOf(shape, labels.at(-1)!)];
  const lengths = low.map((place, axis) => high[axis]! - place + 1);
  if (lengths.some((n) => n < 1) || count(lengths) !== labels.length) return undefined;
  const inBlock = labels.every((label, k) => {
    const within = placesOf(lengths, k);
    return placesOf(shape, label).every((place, axis) => place === low[axis]! + within[axis]!);
  });
  if (!inBlock) return undefined;
  return subscripted(
    source,
    lengths.map((n, axis) =>
      n === shape[axis] && n > 1 ? [undefined, undefined] : n === 1 ? low[axis]! + 1 : [low[axis]! + 1, high[axis]! + 1],
    ),
  );
}

const single = (source: Read, label: number): Expr =>
  subscripted(
    source,
    placesOf(source.shape, label).map((place) => place + 1),
  );

type Chosen = number | readonly [number | undefined, number | undefined];

function subscripted({ tree, shape }: Read, chosen: readonly Chosen[]): Expr {
  // Where gradus has no axis, there is nothing to choose: [n, 1] is a column, [1] a number.
  let rank = shape.length;
  while (shape.length <= 2 && rank > 0 && shape[rank - 1] === 1) rank--;
  const subscripts = chosen.slice(0, rank).map((c): Subscript => {
    const span = tree.span;
    if (typeof c === 'number') return { kind: 'at', index: numeralOf(c), span };
    return {
      kind: 'range',
      from: c[0] === undefined ? undefined : numeralOf(c[0]),
      to: c[1] === undefined ? undefined : numeralOf(c[1]),
      span,
    };
  });
  return subscripts.length === 0 ? tree : { kind: 'subscripted', target: tree, subscripts, span: tree.span };
}
