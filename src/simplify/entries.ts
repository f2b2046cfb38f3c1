import type { Dim } from '../graph/dimension.ts';
import { isZeroNode } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { isTest } from '../graph/linear.ts';
import { type Affine, type Contraction, type Node, UNIT } from '../graph/node.ts';
import { fixedAt, without } from '../operators/entries.ts';

/** Longer sums over entries are left as sums. */
const MOST_ENTRIES = 6;

/** Sums over the entries of arrays that are written out, entry by entry; and single entries of them. x[i + p] is none such. */
export const writtenOut = (g: Graph, node: Contraction): Node => inEntries(g, node, 2);

/** The same where each term is an entry: x[i + p] at p = 2 is a whole array still, which loops read as well as others. */
export const entriesToRun = (g: Graph, node: Contraction): Node => inEntries(g, node, 2);

/** @param axes how many of them a test among the entries has at most */
function inEntries(g: Graph, node: Contraction, axes: number): Node {
  for (const [index, size] of node.sizes.entries()) {
    if (node.result.includes(index) || typeof size !== 'number' || size > MOST_ENTRIES) continue;
    // A test alone takes an entry, which is as short as it can be.
    if (!node.factors.some((f, k) => f.kind !== 'affine' && node.indices[k]!.includes(index) && holdsTest(f, axes))) continue;
    const terms: Node[] = [];
    for (let c = 0; c < size; c++) {
      const term = termAt(g, node, index, c);
      if (!term) break;
      terms.push(term);
    }
    if (terms.length === size) return g.add(terms);
  }
  return node;
}

/**
 * Index arithmetic at a place that a test tells: Σₖ [k = 2]·(k + 1) is 3, and Σₖ [k = 2] is 1. Where the place is one of
 * the axis, and nothing but index arithmetic is taken there.
 */
export function toldPlaces(g: Graph, node: Contraction): Node {
  if (!node.factors.some(isTest)) return node;
  if (node.factors.some((test, k) => isNowhere(node, test, node.indices[k]!))) return g.constant(0, node.shape);
  for (const [k, test] of node.factors.entries()) {
    const [index] = node.indices[k]!;
    if (!isTest(test) || test.shape.length !== 1 || index === UNIT || node.result.includes(index!)) continue;
    const size = node.sizes[index!]!;
    const place = placeOf(test);
    if (typeof size !== 'number' || place === undefined || place < 0 || place >= size) continue;
    const told = node.factors.every((f, at) => f.kind === 'affine' || !node.indices[at]!.includes(index!));
    if (told) return termAt(g, node, index!, place) ?? node;
  }
  return node;
}

/** Whether a test of two indices, of which another one tells the first, asks for a second that no axis has: [i = 0]·[i − 1 = j]. */
function isNowhere(node: Contraction, test: Node, own: readonly number[]): boolean {
  if (!isTest(test) || own.length !== 2) return false;
  return own.some((index, at) => {
    const place = toldPlace(node, index);
    const [step, other] = [test.steps[at], test.steps[1 - at]];
    if (place === undefined || typeof step !== 'number' || typeof other !== 'number' || typeof test.offset !== 'number')
      return false;
    const beside = -(test.offset + step * place) / other;
    const size = node.sizes[own[1 - at]!];
    return beside < 0 || (typeof size === 'number' && beside >= size);
  });
}

function toldPlace(node: Contraction, index: number): number | undefined {
  const told = node.factors.find((f, k): f is Affine => isTest(f) && f.shape.length === 1 && node.indices[k]![0] === index);
  return told && placeOf(told);
}

/** Where offset + step·i is 0, if that is one place. */
function placeOf({ offset, steps }: Affine): number | undefined {
  const [step] = steps;
  if (typeof offset !== 'number' || typeof step !== 'number' || offset % step !== 0) return undefined;
  return -offset / step;
}

/** Whether a test lies not far below: what is written out entry by entry has one. */
function holdsTest(node: Node, axes: number, depth = 6): boolean {
  if (node.kind === 'affine') return node.test && node.shape.length <= axes;
  if (depth === 0) return false;
  const parts =
    node.kind === 'contraction' ? node.factors : node.kind === 'sum' ? node.terms : node.kind === 'apply' ? node.args : [];
  return parts.length <= MOST_ENTRIES * 2 && parts.some((p) => p.shape.length > 0 && holdsTest(p, axes, depth - 1));
}

/** The terms of a sum at one place; entries of variables are taken beside what is written out. */
function termAt(g: Graph, node: Contraction, index: number, c: number): Node | undefined {
  const sizes = new Map<number, Dim>(node.sizes.entries());
  sizes.delete(index);
  const factors: Node[] = [];
  const indices: (readonly number[])[] = [];
  for (const [k, factor] of node.factors.entries()) {
    const own = node.indices[k]!;
    const fixed = fixedAt(g, factor, own, index, c) ?? ofVariable(g, factor, own, index, c);
    if (!fixed) return undefined;
    // Where a test fails there is no term, even if other factors have no value.
    if (factor.kind === 'affine' && isZeroNode(fixed.factor)) return g.constant(0, node.shape);
    factors.push(fixed.factor);
    indices.push(fixed.own);
  }
  return g.contract(
    { coefficient: node.coefficient, factors, indices, result: node.result, sizes },
    (inner) => inner.factors.length <= 2,
  );
}

function ofVariable(g: Graph, factor: Node, own: readonly number[], index: number, c: number) {
  if (factor.kind !== 'variable' && factor.kind !== 'definition') return undefined;
  const at = own.indexOf(index);
  if (own.lastIndexOf(index) !== at) return undefined;
  const axes = factor.shape.map((d, axis) => (d === 1 ? UNIT : axis));
  const sizes = new Map(factor.shape.map((d, axis) => [axis, d]));
  const here = g.selection([factor.shape[at]!], [1], -c);
  const entry = g.contract({ factors: [factor, here], indices: [axes, [axes[at]!]], result: without(axes, at), sizes });
  return { factor: entry, own: without(own, at) };
}
