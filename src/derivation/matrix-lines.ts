import { type Dim, type Shape, showShape } from '../graph/dimension.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { indexNamed, subexpressions } from '../language/parts.ts';
import type { Expr } from '../language/tree.ts';
import { columnShape } from '../operators/builder.ts';
import { atStep } from '../reading/at-step.ts';
import { lettersOf } from '../reading/entry.ts';
import { Reader } from '../reading/read.ts';
import { isCall } from '../reading/syntax.ts';
import { placesOf } from './paths.ts';
import type { Step } from './steps.ts';
import type { Page } from './walk.ts';
import type { Remark, WorkingLine } from './working-lines.ts';

/** What was found entry by entry, as arrays. */
interface Told {
  /** Whether it was. */
  readonly isByEntries: boolean;
  /** By the rule of a function of whole arrays: it is known again in its entries. */
  readonly isRecognised: boolean;
}

/**
 * Why the result is this product of matrices: what is summed, and that it fits.
 * @param last the line of entries before
 */
export function matrices(
  page: Page,
  { after, shapes, explained: { node } }: Step,
  { isByEntries, isRecognised }: Told,
  last: Expr | undefined,
): WorkingLine[] {
  const { graph } = page;
  const found = { label: 'matrices', right: Reader.of(graph).readAtSteps(after) } as const;
  const step = atStep(graph, after);
  // At each step of a recurrence the line itself is of matrices.
  if (step)
    return [
      ...(step.kind === 'each' || !shapes ? [] : [found]),
      ...(shapes ? [{ label: 'shapes', right: shapes } as const] : []),
    ];
  const isWhole =
    isByEntries &&
    !topological([after], (n) => n.kind === 'definition').some(isByPlaces) &&
    ![...subexpressions([found.right])].some(({ kind }) => kind === 'indexed' || kind === 'subscripted');
  if (!shapes) return isWhole && isRecognised && after.shape.length > 0 ? [found] : [];
  const fits = { label: 'shapes', right: shapes } as const;
  const terms = after.kind === 'sum' ? after.terms : [after];
  const products = terms.flatMap((term) => productOf(page, node, term, after === term ? found.right : undefined, last) ?? []);
  const [only] = products;
  // Of several products all are told, or none.
  if (!only || products.length < terms.filter(isOfArrays).length) return isWhole ? [found, fits] : [fits];
  if (products.length > 1)
    return [...products.map(({ right, remark }) => ({ label: 'matrices', right, remark }) as const), found, fits];
  const { remark, factors } = only;
  const alone = terms.length === 1 && isAlone(...factors, after.shape);
  const shape = columnShape(after.shape);
  return [{ ...found, remark }, alone ? { ...fits, remark: { id: 'alone', factors: remark.factors, shape } } : fits];
}

/** Whether a term is more than an array times numbers. */
const isOfArrays = (term: Node): boolean =>
  term.kind === 'contraction' && term.factors.filter((f) => f.shape.length > 0).length > 1;

/** A term that is a product of two names, how it is printed, and what it sums. */
interface Product {
  readonly right: Expr;
  readonly remark: Extract<Remark, { id: 'outer' | 'summed' }>;
  readonly factors: readonly [Shape, Shape];
}

/**
 * @param printed the term as it is printed, if that is known
 * @param last the line of entries before
 */
function productOf(page: Page, of: Node, term: Node, printed: Expr | undefined, last: Expr | undefined): Product | undefined {
  const { graph, forms, front } = page;
  const pair = term.kind === 'contraction' ? factorsOf(term) : undefined;
  if (!pair || term.kind !== 'contraction') return undefined;
  const [a, b] = pair;
  const reader = Reader.of(graph);
  const names = [a, b].map(({ node: f }) => reader.read(f)) as [Expr, Expr];
  if (names.some((n) => n.kind !== 'name')) return undefined;
  const right = printed ?? reader.readAtSteps(term);
  const factors = [a.node.shape, b.node.shape] as const;
  const index = a.own.find((i) => i !== UNIT && b.own.includes(i) && !term.result.includes(i));
  // Entry by entry, or times a number: no product of matrices.
  const isOuter = term.result.length === 2 && a.own.every((i) => i === UNIT || !b.own.includes(i));
  if (index === undefined) return isOuter ? { right, remark: { id: 'outer', factors: names }, factors } : undefined;
  const used = new Set([...lettersOf(front), ...lettersOf(placesOf(page, of))]);
  const axes = [a.own.indexOf(index) + 1, b.own.indexOf(index) + 1] as const;
  const remark = {
    id: 'summed',
    factors: names,
    axes,
    letter: (last && letterSummed(last, names, axes)) ?? forms.letters.letter(a.node, a.own.indexOf(index), used),
  } as const;
  // Of a symmetric matrix the product may have the other index in its place.
  return isAsPrinted(right, remark) ? { right, remark, factors } : undefined;
}

/** The letter of a formula's only sum over these indices of two names, if there is one. */
function letterSummed(expr: Expr, names: readonly [Expr, Expr], axes: readonly [number, number]): string | undefined {
  const letters = [...subexpressions([expr])].flatMap((part) => {
    if (part.kind !== 'indexed' || part.callee !== 'sum') return [];
    return part.indices.filter(({ name }) => names.every((own, k) => hasAt(part, own, axes[k]!, name))).map(({ name }) => name);
  });
  return letters.length === 1 ? letters[0] : undefined;
}

/** Whether an entry of a name stands within, with a letter as its first or second index. */
const hasAt = (whole: Expr, of: Expr, axis: number, letter: string): boolean =>
  [...subexpressions([whole])].some((part) => {
    const at = part.kind === 'subscripted' && isName(part.target, of) ? part.subscripts[axis - 1] : undefined;
    return at !== undefined && indexNamed(at) === letter;
  });

/** Whether a product of two names is printed with the indices that are summed next to each other, if it is printed as one. */
function isAsPrinted(printed: Expr, { factors: [a, b], axes }: Extract<Remark, { id: 'summed' }>): boolean {
  const besides = [...subexpressions([printed])]
    .filter((part) => isCall(part, '*'))
    .flatMap(({ args }) => args.slice(1).map((right, k) => [sideOf(args[k]!), sideOf(right)] as const));
  const fits = besides.flatMap(([left, right]) => {
    if (isName(left.of, a) && isName(right.of, b)) return [axes[0] === left.last && axes[1] === right.first];
    return isName(left.of, b) && isName(right.of, a) ? [axes[1] === left.last && axes[0] === right.first] : [];
  });
  return fits.length === 0 || fits.includes(true);
}

/** A factor of a product of matrices, and which of its indices stand first and last. */
const sideOf = (side: Expr) =>
  isCall(side, 'transpose') ? { of: side.args[0]!, first: 2, last: 1 } : { of: side, first: 1, last: 2 };

const isName = (expr: Expr, other: Expr): boolean => expr.kind === 'name' && other.kind === 'name' && expr.name === other.name;

/** What only names of its own, or indices, can say. */
const isByPlaces = ({ kind }: Node): boolean => kind === 'recurrence' || kind === 'affine';

function factorsOf(node: Contraction) {
  const arrays = node.factors.flatMap((f, k) => {
    const own = node.indices[k]!;
    return own.some((i) => i !== UNIT) ? [{ node: f, own }] : [];
  });
  return arrays.length === 2 ? (arrays as [(typeof arrays)[0], (typeof arrays)[0]]) : undefined;
}

/** Whether of the eight products of two matrices and their transposes one has the shape. */
function isAlone(a: Shape, b: Shape, wanted: Shape): boolean {
  const matrix = (shape: Shape): [Dim, Dim] => [shape[0] ?? 1, shape[1] ?? 1];
  const turned = ([m, n]: [Dim, Dim]): [Dim, Dim] => [n, m];
  const goal = showShape(matrix(wanted));
  let count = 0;
  for (const [p, q] of [
    [matrix(a), matrix(b)],
    [matrix(b), matrix(a)],
  ] as const)
    for (const left of [p, turned(p)])
      for (const right of [q, turned(q)]) if (left[1] === right[0] && showShape([left[0], right[1]]) === goal) count++;
  return count === 1;
}
