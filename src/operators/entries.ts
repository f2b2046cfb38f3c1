import { addDims, type Dim, multiplyDims } from '../graph/dimension.ts';
import { isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { type Contraction, type Node, UNIT } from '../graph/node.ts';

/**
 * Entries of arrays that were written entry by entry: [x; y][1] is x, ‖[x; y]‖ is √(x² + y²), det [a, b; c, d] is
 * a·d − b·c. Only where an entry comes to something without the array.
 */

/** Deeper expressions are not looked into. */
const DEEPEST = 24;

/** The node at place c of an axis, the axis dropped; undefined if it takes a variable's entry, or more. */
export function entryAt(g: Graph, node: Node, axis: number, c: number, depth = DEEPEST): Node | undefined {
  if (depth === 0) return undefined;
  const all = (parts: readonly Node[], at: (part: Node) => number): Node[] | undefined => {
    const found: Node[] = [];
    for (const part of parts) {
      const entry = entryAt(g, part, at(part), c, depth - 1);
      if (!entry) return undefined;
      found.push(entry);
    }
    return found;
  };
  switch (node.kind) {
    case 'sum': {
      const terms = all(node.terms, () => axis);
      return terms && g.add(terms);
    }
    case 'apply': {
      const args = all(node.args, () => axis);
      return args && g.apply(node.operator, ...args);
    }
    case 'affine': {
      const offset = addDims(node.offset, multiplyDims(node.steps[axis]!, c));
      const [shape, steps] = [without(node.shape, axis), without(node.steps, axis)];
      return node.test ? g.selection(shape, steps, offset) : g.affine(shape, steps, offset);
    }
    case 'contraction':
      return entryOfProduct(g, node, axis, c, depth);
    default:
      return undefined;
  }
}

export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, k) => k !== at);

function entryOfProduct(g: Graph, node: Contraction, axis: number, c: number, depth: number): Node | undefined {
  const index = node.result[axis]!;
  const result = without(node.result, axis);
  const sizes = new Map<number, Dim>(node.sizes.entries());
  if (index === UNIT || result.includes(index)) return undefined;
  sizes.delete(index);
  const factors: Node[] = [];
  const indices: (readonly number[])[] = [];
  for (const [k, factor] of node.factors.entries()) {
    const fixed = fixedAt(g, factor, node.indices[k]!, index, c, depth);
    if (!fixed) return undefined;
    // Where a test fails there is no term, even if other factors have no value.
    if (factor.kind === 'affine' && isZeroNode(fixed.factor)) return g.constant(0, without(node.shape, axis));
    factors.push(fixed.factor);
    indices.push(fixed.own);
  }
  return g.contract({ coefficient: node.coefficient, factors, indices, result, sizes }, (inner) => inner.factors.length <= 2);
}

/** A factor with an index fixed, on every axis where it stands. */
export function fixedAt(g: Graph, factor: Node, own: readonly number[], index: number, c: number, depth = DEEPEST) {
  let current: Node | undefined = factor;
  let list = [...own];
  for (let at = list.indexOf(index); at >= 0; at = list.indexOf(index)) {
    current = entryAt(g, current, at, c, depth - 1);
    if (!current) return undefined;
    list = without(list, at);
  }
  return { factor: current, own: list };
}

/** The determinant of a small matrix whose entries are written out, as the polynomial that it is. */
export function writtenDeterminant(g: Graph, a: Node): Node | undefined {
  const n = a.shape[0];
  if (a.shape.length !== 2 || typeof n !== 'number' || n > 3) return undefined;
  const entries: Node[][] = [];
  for (let i = 0; i < n; i++) {
    const row = entryAt(g, a, 0, i);
    const own = Array.from({ length: n }, (_, j) => row && entryAt(g, row, 0, j));
    if (own.includes(undefined)) return undefined;
    entries.push(own as Node[]);
  }
  return expandedByRows(g, entries);
}

/** Laplace's expansion along the first row. */
function expandedByRows(g: Graph, rows: readonly (readonly Node[])[]): Node {
  const [first, ...rest] = rows as [readonly Node[], ...(readonly Node[])[]];
  if (rest.length === 0) return first[0]!;
  return g.add(
    first.map((entry, j) => {
      const minor = expandedByRows(
        g,
        rest.map((row) => without(row, j)),
      );
      return g.mul(j % 2 === 0 ? 1 : -1, entry, minor);
    }),
  );
}
