import { leastOf } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import { type Apply, type ArrayApply, type Contraction, distinct, isConstant, type Node, UNIT } from '../graph/node.ts';
import { type Fraction, HALF, isEven, isInteger, isMinusOne, isNegative, ONE, TWO, toNumber } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { turned } from '../graph/views.ts';
import { ANYTHING, type Bounds, isNonnegative, isNonzero, isPositive } from '../operators/caveat.ts';
import { equal } from '../operators/comparison.ts';
import { pow } from '../operators/power.ts';

/**
 * Bounds that hold wherever a node has a value: conservative, from the leaves up. Dimensions are at least 1; an operator
 * says its range in its record.
 * @param known what is taken for granted of some nodes
 */
export function boundsOf(roots: readonly Node[], known: ReadonlyMap<Node, Bounds> = new Map()): ReadonlyMap<Node, Bounds> {
  const found = new Map<Node, Bounds>();
  for (const node of topological(roots)) found.set(node, known.get(node) ?? bounds(node, (part) => found.get(part)!));
  return found;
}

function bounds(node: Node, of: (part: Node) => Bounds): Bounds {
  switch (node.kind) {
    case 'variable':
      for (const { record } of node.facts ?? []) if (record.bounds) return record.bounds;
      return node.role === 'size' ? { least: leastOf(node.name) ?? ANYTHING.least, most: Number.POSITIVE_INFINITY } : ANYTHING;
    case 'definition':
      return of(node.value);
    case 'sum':
      return besideRoot(node.terms, of) ?? added(node.terms.map(of));
    case 'contraction':
      return product(node, of);
    case 'apply': {
      const number = numberOf(node, of);
      if (number) return number;
      if (node.operator === pow) return power(node.args, of);
      return node.operator.range ?? ANYTHING;
    }
    case 'array':
      return node.operator.range ?? ANYTHING;
    case 'affine':
      return node.test ? { least: 0, most: 1 } : ANYTHING;
    case 'recurrence':
      return ANYTHING;
  }
}

const added = (terms: readonly Bounds[]): Bounds =>
  terms.reduce((a, b) => ({
    least: a.least + b.least,
    most: a.most + b.most,
    open: a.open === true || b.open === true,
    openMost: a.openMost === true || b.openMost === true,
  }));

/** √(u² + v) is more than |u| where v > 0: beside ±u it is positive, and its negative is not. */
function besideRoot(terms: readonly Node[], of: (part: Node) => Bounds): Bounds | undefined {
  if (terms.length !== 2) return undefined;
  for (const [u, root] of [terms, terms.toReversed()] as [Node, Node][]) {
    const [sign, radicand] = rootIn(root) ?? [];
    if (radicand?.kind !== 'sum' || !radicand.terms.some((term) => isSquareOf(term, u))) continue;
    const rest = radicand.terms.filter((term) => !isSquareOf(term, u)).map(of);
    if (rest.length === 0 || !isPositive(added(rest))) continue;
    return sign === 1
      ? { least: 0, most: Number.POSITIVE_INFINITY, open: true }
      : { least: Number.NEGATIVE_INFINITY, most: 0, openMost: true };
  }
  return undefined;
}

/** v of √v or −√v, with the sign. */
function rootIn(node: Node): readonly [1 | -1, Node] | undefined {
  if (node.kind === 'apply' && node.operator === pow && constantOf(node.args[1]!)?.equals(HALF)) return [1, node.args[0]!];
  const isNegated = node.kind === 'contraction' && isMinusOne(node.coefficient) && isOneEntrywise(node);
  const [, radicand] = (isNegated && rootIn(node.factors[0]!)) || [];
  return radicand && [-1, radicand];
}

/** A multiple of one array, entry by entry. */
export const isOneEntrywise = ({ factors, indices, result }: Contraction): boolean =>
  factors.length === 1 &&
  distinct(result) &&
  indices[0]!.length === result.length &&
  indices[0]!.every((i, axis) => i === result[axis]);

/** (c·u)², of c·u for any number c. */
function isSquareOf(square: Node, node: Node): boolean {
  const [above, below] = [multipleIn(square), multipleIn(node)];
  const { core } = above;
  const isSquare = core.kind === 'apply' && core.operator === pow && constantOf(core.args[1]!)?.equals(TWO) === true;
  return isSquare && core.args[0] === below.core && above.number.equals(below.number.mul(below.number));
}

const multipleIn = (node: Node): { readonly number: Fraction; readonly core: Node } =>
  node.kind === 'contraction' && isOneEntrywise(node)
    ? { number: node.coefficient, core: node.factors[0]! }
    : { number: ONE, core: node };

/** Numbers nearer to 0 than this may be 0, but for rounding. */
const SURELY = 1e-9;

/** A function of numbers is a number, if it is clearly not 0. */
function numberOf({ operator, args }: Apply, of: (part: Node) => Bounds): Bounds | undefined {
  const worth = args.map(of);
  if (args.length === 0 || !worth.every(({ least, most }) => least === most)) return undefined;
  const value = operator.kernel(...worth.map(({ least }) => least));
  return Number.isFinite(value) && Math.abs(value) > SURELY ? { least: value, most: value } : undefined;
}

/** How many entries are the largest of them: one at least. */
function countsTies({ factors, indices, result }: Contraction): boolean {
  const [tied] = factors;
  if (factors.length !== 1 || tied?.kind !== 'apply' || tied.operator !== equal) return false;
  const summed = indices[0]!.filter((i) => i !== UNIT && !result.includes(i));
  const [a, b] = tied.args as [Node, Node];
  return [
    [a, b],
    [b, a],
  ].some(([entries, most]) => {
    if (most!.kind !== 'contraction' || most!.factors.length !== 1) return false;
    const [named] = most!.factors as [Node];
    const extreme = named.kind === 'definition' ? named.value : named;
    const over = indices[0]!.filter((i, axis) => i !== UNIT && !most!.indices[0]!.includes(most!.result[axis]!));
    return extreme.kind === 'array' && isExtreme(extreme, entries!) && over.length > 0 && over.every((i) => summed.includes(i));
  });
}

/** The largest or smallest entries of an array, perhaps of it turned round. */
const isExtreme = ({ operator, args }: ArrayApply, entries: Node): boolean =>
  (operator.name === 'max' || operator.name === 'min') && (args[0] === entries || turned(args[0]!) === entries);

function product(node: Contraction, of: (part: Node) => Bounds): Bounds {
  const c = toNumber(node.coefficient);
  if (isConstant(node)) return { least: c, most: c };
  if (c > 0 && countsTies(node)) return { least: c, most: Number.POSITIVE_INFINITY };
  // A diagonal has zeros.
  if (node.factors.length === 0) return { least: Math.min(c, 0), most: Math.max(c, 0) };
  const [first] = node.factors as [Node];
  const factors = node.factors.map(of);
  const kept = node.indices.flat().every((i) => node.result.includes(i)) && new Set(node.result).size === node.result.length;
  if (node.factors.length === 1 && kept) {
    const { least, most, open = false, openMost = false } = of(first);
    return c > 0
      ? { least: c * least, most: c * most, open, openMost }
      : { least: c * most, most: c * least, open: openMost, openMost: open };
  }
  if (!factors.every(isNonnegative) || c === 0) return ANYTHING;
  // Sums of positive terms, of which there are some, are positive, too; a diagonal has zeros beside it.
  const summed = new Set(node.result).size === node.result.length && node.sizes.every((size) => (leastOf(size) ?? 0) >= 1);
  const open = (kept || summed) && factors.every(isPositive);
  return c > 0
    ? { least: 0, most: Number.POSITIVE_INFINITY, open }
    : { least: Number.NEGATIVE_INFINITY, most: 0, openMost: open };
}

function power([base, exponent]: readonly Node[], of: (part: Node) => Bounds): Bounds {
  const p = constantOf(exponent!);
  const b = of(base!);
  const above = (open: boolean): Bounds => ({ least: 0, most: Number.POSITIVE_INFINITY, open });
  if (p && isInteger(p) && isEven(p) && !isNegative(p)) {
    const n = toNumber(p);
    const most = Math.max(-b.least, b.most) ** n;
    const openMost = (b.least ** n < most || b.open === true) && (b.most ** n < most || b.openMost === true);
    return { least: 0, most, open: isNonzero(b), openMost };
  }
  if (p && (isPositive(b) || (isNonnegative(b) && !isNegative(p)))) return ofPositive(b, toNumber(p));
  if (isPositive(b)) return above(true);
  if (!p) return ANYTHING;
  if (isInteger(p)) return isEven(p) ? above(true) : ANYTHING;
  return p.d % 2n === 0n || isNonnegative(b) ? above(isNegative(p)) : ANYTHING;
}

/** A power of what is positive grows with it, or falls. */
function ofPositive({ least, most, open, openMost }: Bounds, p: number): Bounds {
  const low = { at: least ** p, open: open === true };
  const high = { at: most ** p, open: openMost === true || most === Number.POSITIVE_INFINITY };
  const [from, to] = p > 0 ? [low, high] : [high, low];
  return { least: from.at, most: to.at, open: from.open, openMost: to.open };
}
