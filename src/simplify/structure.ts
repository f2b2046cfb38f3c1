import { differencesOf } from '../facts/bands.ts';
import { isSymmetric } from '../facts/symmetry.ts';
import type { Dim } from '../graph/dimension.ts';
import { isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { compact } from './compact.ts';

/** What the form of an array tells of its zeros, whatever the values. Axes count from 0. */
export interface Structure {
  /**
   * `diagonal`: every axis is tied to another one; `block-diagonal`: some are; `banded`: two axes never differ by more
   * than a few places; `dense`: nothing is known.
   */
  readonly kind: 'zero' | 'diagonal' | 'block-diagonal' | 'banded' | 'dense';
  /** Groups of axes that must agree for an entry not to be 0: [[0, 1]] for a diagonal matrix. */
  readonly ties: readonly (readonly number[])[];
  /** Two axes i and j, and the least and the greatest j − i at which there is anything. */
  readonly band?: { readonly axes: readonly [number, number]; readonly from: number; readonly to: number };
  /** Unchanged if its first half of axes and its second half change places. */
  readonly symmetric: boolean;
  /** The same for all values of what was derived by. */
  readonly constant: boolean;
}

/**
 * @param by what the array was derived by
 * @param symmetric known to be symmetric for another reason, as the Hessian is
 */
export function structureOf(g: Graph, node: Node, by: readonly Node[], symmetric = false): Structure {
  const constant = by.length > 0 && !topological([node]).some((n) => by.includes(n));
  const common = { symmetric: symmetric || isSwappable(g, node), constant };
  if (isZeroNode(node)) return { kind: 'zero', ties: [], ...common };
  const { places } = compact(g, [node])[0]!;
  const groups = [...new Set(places)].map((p) => places.flatMap((q, axis) => (q === p ? [axis] : [])));
  const ties = groups.filter((group) => group.length > 1);
  const free = groups.some(([axis, ...rest]) => rest.length === 0 && node.shape[axis!] !== 1);
  if (ties.length > 0) return { kind: free ? 'block-diagonal' : 'diagonal', ties, ...common };
  const band = bandOf(node);
  return { kind: band ? 'banded' : 'dense', ties: [], ...(band && { band }), ...common };
}

/** The band of the first two axes that have one: an axis of the first half against one of the second. */
function bandOf(node: Node): Structure['band'] {
  const { shape } = node;
  for (let a = 0; a < shape.length; a++)
    for (let b = a + 1; b < shape.length; b++) {
      const differences = isLong(shape[a]!) && isLong(shape[b]!) ? differencesOf(node, b, a) : undefined;
      if (!differences || differences.length === 0) continue;
      const [from, to] = [differences[0]!, differences[differences.length - 1]!];
      // A small array has no place outside of a wide band.
      const reach = Math.max(-from, to);
      if ([shape[a], shape[b]].every((size) => typeof size !== 'number' || size - 1 > reach)) return { axes: [a, b], from, to };
    }
  return undefined;
}

const isLong = (size: Dim): boolean => size !== 1;

function isSwappable(g: Graph, node: Node): boolean {
  const { shape } = node;
  const half = shape.length / 2;
  if (shape.length < 2 || shape.length % 2 === 1 || shape.some((size, axis) => axis < half && size !== shape[axis + half]))
    return false;
  return half === 1 ? isSymmetric(g, node) : swapped(g, node) === node;
}

/** A contraction, or a sum of some, with the halves of its axes in the other order. */
function swapped(g: Graph, node: Node): Node | undefined {
  if (node.kind === 'contraction') {
    const half = node.result.length / 2;
    const result = [...node.result.slice(half), ...node.result.slice(0, half)];
    return g.contract({ ...node, result });
  }
  if (node.kind !== 'sum') return undefined;
  const terms = node.terms.map((t) => swapped(g, t));
  return terms.includes(undefined) ? undefined : g.add(terms as Node[]);
}
