import type { Dim, Shape } from '../graph/dimension.ts';
import { axes, isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import type { ArrayKernel, ArrayOperator, Pullback } from './array.ts';
import { byRank, folding, scalarCell } from './cells.ts';
import { exactSlopesOfProduct, slopesOfProduct } from './product-slopes.ts';

/** The product of the entries of a vector, and its derivatives. */

const kernel: ArrayKernel = folding((data, from, to) => {
  let total = 1;
  for (let k = from; k < to; k++) total *= data[k]!;
  return total;
});

export const product: ArrayOperator = {
  name: 'prod',
  key: 'prod',
  notation: { latex: '\\prod' },
  cells: [1],
  cellShape: scalarCell,
  // dxᵢ = dy·Πⱼ≠ᵢ xⱼ, as the product of a row in which entry i is 1: right where entries are 0, in every order.
  pullback: (p) => passedOn(p, p.g.array(product, rowsWithout(p.g, p.args[0]!))),
  rule: {
    id: 'prod',
    name: 'product of entries',
    why: 'The slope by one entry is the product of all the others.',
    formula: '∂(Π x)/∂xᵢ = Πⱼ≠ᵢ xⱼ',
  },
  runs: (g, x) => slopesIn(g, x) ?? g.array(runningProduct, x),
  kernel,
  exact: (x, [cell]) => [cell!.data.reduce(x.mul, x.one)],
};

/** The product where it runs: all its slopes come of one scan, where what people write of them is a product for each. */
const runningProduct: ArrayOperator = {
  name: 'running-prod',
  key: 'running-prod',
  internal: true,
  cells: [1],
  cellShape: scalarCell,
  pullback: (p) => passedOn(p, p.g.array(productSlope(1), p.args[0]!)),
  rule: product.rule,
  said: (g, x) => g.array(product, x),
  kernel,
  exact: product.exact!,
};

const passedOn = (p: Pullback, slopes: Node): Node =>
  p.einsum(
    [
      [p.adjoint, '', 'front'],
      [slopes, 'i'],
    ],
    'i',
  );

/**
 * The derivative of a product of that order by each entry, and by the others along a direction for each order beyond the
 * first. It is linear in the directions and does not mind their order, so by one of them it is itself with what arrives.
 */
const productSlope = byRank(
  (order): ArrayOperator => ({
    name: order === 1 ? 'prod-slope' : `prod-slope-${order}`,
    key: `prod-slope/${order}`,
    internal: true,
    cells: Array.from({ length: order }, () => 1),
    cellShape: (cell) => cell,
    pullback: (p, position) => {
      const over = (node: Node) => {
        const missing = p.adjoint.shape.length - node.shape.length;
        return p.g.broadcast(
          node,
          p.adjoint.shape,
          node.shape.map((_, axis) => axis + missing),
        );
      };
      const args = p.args.map((arg, k) => (k > 0 && k === position ? p.adjoint : over(arg)));
      return position > 0 ? p.g.array(productSlope(order), ...args) : p.g.array(productSlope(order + 1), ...args, p.adjoint);
    },
    rule: product.rule,
    normal: (_, __, ...directions) => directions.find(isZeroNode),
    said: (g, x, ...directions) =>
      alongDirections(
        g,
        rowsWithout(g, x),
        directions.map((a) => rowsZeroed(g, a)),
      ),
    kernel: slopesOfProduct,
    exact: exactSlopesOfProduct,
  }),
);

/** The derivative of the product of each row, along a direction for each of its orders. */
function alongDirections(g: Graph, x: Node, [first, ...rest]: readonly Node[]): Node {
  if (!first) return g.array(product, x);
  const slopes = alongDirections(
    g,
    rowsWithout(g, x),
    rest.map((a) => rowsZeroed(g, a)),
  );
  const { result, sizes } = axes(first.shape);
  return g.contract({ factors: [first, slopes], indices: [result, result], result: result.slice(0, -1), sizes });
}

/** For each entry the whole vector, and the identity beside it. */
function rows(g: Graph, x: Node) {
  const n = x.shape.at(-1)!;
  const lead = x.shape.slice(0, -1);
  const { result, sizes } = axes([...lead, n, n] as Shape);
  const [front, own, other] = [result.slice(0, -2), result.at(-2)!, result.at(-1)!];
  const spread = (factors: readonly Node[], indices: readonly (readonly number[])[], to: readonly number[]): Node =>
    g.contract({ factors, indices, result: to, sizes: new Map<number, Dim>([...sizes].filter(([i]) => to.includes(i))) });
  const ones = g.constant(1, [...lead, n]);
  return {
    whole: spread(
      [x, ones],
      [
        [...front, other],
        [...front, own],
      ],
      result,
    ),
    diagonal: spread([x], [[...front, own]], [...front, own, own]),
    identity: spread([ones], [[...front, own]], [...front, own, own]),
  };
}

/** For each entry the vector with 1 in its place. */
function rowsWithout(g: Graph, x: Node): Node {
  const { whole, diagonal, identity } = rows(g, x);
  return g.add([whole, g.neg(diagonal), identity]);
}

/** The slopes that someone has written as a product for each. */
function slopesIn(g: Graph, rows: Node): Node | undefined {
  if (rows.kind !== 'sum' || rows.terms.length !== 3) return undefined;
  const inside = rows.terms.flatMap((term) => (term.kind === 'contraction' ? term.factors : []));
  const whole = inside.find((x) => x.shape.length === rows.shape.length - 1 && rowsWithout(g, x) === rows);
  return whole && g.array(productSlope(1), whole);
}

/** For each entry the vector with 0 in its place. */
function rowsZeroed(g: Graph, x: Node): Node {
  const { whole, diagonal } = rows(g, x);
  return g.add([whole, g.neg(diagonal)]);
}
