import { axes, constantOf, type Graph } from '../graph/graph.ts';
import type { Contraction, Node } from '../graph/node.ts';
import { isInteger, isNegative } from '../graph/rational.ts';
import { GradusError } from '../language/diagnostics.ts';
import { pow } from '../operators/power.ts';
import { mapGraph } from './inline.ts';
import { simplify } from './simplify.ts';

/** More terms than this are not a form that anyone reads. */
const MOST_TERMS = 4096;
const HIGHEST_POWER = 16n;

/**
 * Products over sums multiplied out, and whole powers of sums too: x·(x + 1)² as x³ + 2x² + x.
 * @throws GradusError `unsupported` if that gives thousands of terms
 */
export function expand(g: Graph, roots: readonly Node[]): Node[] {
  const expanded = mapGraph(g, roots, (node) => {
    if (node.kind === 'contraction') return distribute(g, node);
    const product = asProduct(g, node);
    return product.kind === 'contraction' ? distribute(g, product) : node;
  });
  return simplify(g, expanded, { mergeShared: true, factor: false });
}

/** (a + b)ⁿ as a product of n sums. */
function asProduct(g: Graph, node: Node): Node {
  if (node.kind !== 'apply' || node.operator !== pow || node.args[0]!.kind !== 'sum') return node;
  const p = constantOf(node.args[1]!);
  if (!p || !isInteger(p) || isNegative(p) || p.n > HIGHEST_POWER) return node;
  const { result, sizes } = axes(node.shape);
  const copies = Array.from({ length: Number(p.n) }, () => node.args[0]!);
  return g.contract({ factors: copies, indices: copies.map(() => result), result, sizes });
}

function distribute(g: Graph, product: Contraction): Node {
  const done: Node[] = [];
  const open: Node[] = [product];
  while (open.length > 0) {
    const node = open.pop()!;
    const at = node.kind === 'contraction' ? node.factors.findIndex((f) => asProduct(g, f) !== f || f.kind === 'sum') : -1;
    if (node.kind !== 'contraction' || at < 0) {
      done.push(node);
      continue;
    }
    const factor = asProduct(g, node.factors[at]!);
    const replaced = factor.kind === 'sum' ? [...factor.terms].reverse() : [factor];
    if (done.length + open.length + replaced.length > MOST_TERMS) {
      throw new GradusError('unsupported', `multiplied out, this has more than ${MOST_TERMS} terms`);
    }
    for (const part of replaced) {
      const factors = node.factors.map((f, k) => (k === at ? part : f));
      open.push(g.contract({ ...node, factors }, () => true));
    }
  }
  return done.length === 1 ? done[0]! : g.add(done);
}
