import { type Dim, showShape } from '../graph/dimension.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';

/**
 * The dimension check of a product of matrices: `(1×m)·(m×2) = (1×2)`, of a sum of some that of each. Undefined for
 * anything that is no product of arrays in a chain.
 */
export function dimensionCheck(...roots: readonly Node[]): string | undefined {
  const checks = new Set<string>(roots.flatMap(besideCheck));
  const seen = new Set<Node>();
  const open = roots.toReversed();
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'sum') open.push(...node.terms.toReversed());
    if (node.kind !== 'contraction') continue;
    const check = checkOf(node);
    if (check) checks.add(check);
    // Products within the factors of one are old; a number or an array in front of one leaves it the outermost.
    else open.push(...node.factors.toReversed());
  }
  return checks.size > 0 ? [...checks].join(', ') : undefined;
}

/** A row below itself again and again is a product with ones: 1·xᵀ. */
function besideCheck(root: Node): string[] {
  const [rows, columns] = root.shape;
  if (root.shape.length !== 2 || rows === 1 || columns === 1) return [];
  const terms = root.kind === 'sum' ? root.terms : [root];
  // What stands at places is no product with ones.
  const isPlaced = terms.some((term) => term.kind === 'contraction' && term.factors.some((f) => f.kind === 'affine'));
  if (isPlaced) return [];
  const isFlat = (axis: number): boolean => terms.every((term) => term.kind === 'contraction' && isFlatAlong(term, axis));
  if (isFlat(0) === isFlat(1)) return [];
  return [`(${showShape([rows!, 1])})·(${showShape([1, columns!])}) = (${showShape(root.shape)})`];
}

const isFlatAlong = ({ result, indices }: Contraction, axis: number): boolean =>
  !indices.some((own) => own.includes(result[axis]!));

const isDefinition = (node: Node): boolean => node.kind === 'definition';

function checkOf(node: Contraction): string | undefined {
  const chain = chainOf(node);
  if (!chain) return undefined;
  const size = (i: number): Dim => (i === UNIT ? 1 : node.sizes[i]!);
  const by = (a: number, b: number) => `(${showShape([size(a), size(b)])})`;
  const factors = chain.slice(1).map((index, k) => by(chain[k]!, index));
  return `${factors.join('·')} = ${by(chain[0]!, chain[chain.length - 1]!)}`;
}

/** The indices that a product of matrices runs along, from the rows of the result to its columns: i, j, k for A_ij B_jk. */
function chainOf(node: Contraction): readonly number[] | undefined {
  // What stands at places is told by its entries, as a product of matrices by nobody.
  if (node.result.length > 2 || topological(node.factors, isDefinition).some((n) => n.kind === 'affine')) return undefined;
  const product = innerProduct(node);
  if (product) return product;
  const groups = groupsOf(node);
  if (!groups) return undefined;
  const open = new Set(groups);
  /** From an index on: to the columns, or to 1 where a vector ends it. */
  const follow = (start: number): number[] => {
    const chain = [start];
    for (let here = start; here !== UNIT; chain.push(here)) {
      const next = [...open].find((own) => own.includes(here));
      if (!next) break;
      open.delete(next);
      here = next.find((i) => i !== here) ?? UNIT;
    }
    return chain;
  };
  const [row, col] = node.result.length === 2 ? (node.result as [number, number]) : [node.result[0] ?? UNIT, UNIT];
  const chain = ((): number[] | undefined => {
    if (row !== UNIT) {
      const first = follow(row);
      // A column next to a row sums nothing.
      return first[first.length - 1] === col ? first : [...first, ...follow(col).toReversed().slice(1)];
    }
    if (col !== UNIT) return follow(col).toReversed();
    const vector = groups.find((own) => own.length === 1);
    if (vector) open.delete(vector);
    return vector && [UNIT, ...follow(vector[0]!)];
  })();
  const isWhole = chain?.[0] === row && chain[chain.length - 1] === col && open.size === 0;
  return isWhole && chain.length > 2 ? chain : undefined;
}

/** uᵀ·v. */
function innerProduct({ indices, result }: Contraction): readonly number[] | undefined {
  const [a, b, ...more] = indices.filter((own) => own.some((i) => i !== UNIT));
  if (result.length > 0 || a?.length !== 1 || b?.length !== 1 || a[0] !== b[0] || more.length > 0) return undefined;
  return [UNIT, a[0]!, UNIT];
}

/**
 * The indices of the arrays that are multiplied as matrices: factors that stand entry by entry on one another are one, as
 * dZ ⊙ A ⊙ (1 − A) are. Undefined where indices meet in other ways.
 */
function groupsOf({ indices, result }: Contraction): readonly (readonly number[])[] | undefined {
  const arrays = indices.map((own) => own.filter((i) => i !== UNIT)).filter((own) => own.length > 0);
  if (arrays.some((own) => own.length > 2 || new Set(own).size < own.length)) return undefined;
  const apart = [...new Map(arrays.map((own) => [own.toSorted((a, b) => a - b).join(), own])).values()];
  const users = (index: number): number => apart.filter((own) => own.includes(index)).length;
  /** A vector that scales rows or columns, and is none of the factors. */
  const scales = ([index, ...more]: readonly number[]): boolean =>
    more.length === 0 && users(index!) > (result.includes(index!) ? 1 : 2);
  const groups = apart.filter((own) => !scales(own));
  const uses = new Map<number, number>();
  for (const index of groups.flat()) uses.set(index, (uses.get(index) ?? 0) + 1);
  const fits = [...uses].every(([index, count]) => count === (result.includes(index) ? 1 : 2));
  return fits ? groups : undefined;
}
