import type { Graph } from '../graph/graph.ts';
import { type Contraction, isView, type Node } from '../graph/node.ts';
import type { Fraction } from '../graph/rational.ts';
import type { Described, Rule } from '../simplify/rule.ts';

/** What two factors become. */
export interface Pair {
  readonly coefficient: Fraction;
  readonly factors: readonly Node[];
}

/** A rule for two factors: `first` tells the one, `second` is any other under the same indices. */
export interface PairRule extends Described {
  readonly first: (factor: Node) => boolean;
  readonly meet: (g: Graph, first: Node, second: Node) => Pair | undefined;
}

/** Longer products are left alone: looking for pairs is quadratic. */
const MOST_FACTORS = 16;

export const asProductRule = ({ first, meet, ...described }: PairRule): Rule<'contraction'> => ({
  ...described,
  kind: 'contraction',
  apply(g, node) {
    if (node.factors.length > MOST_FACTORS || !node.factors.some((f) => first(f) || isHidden(f))) return undefined;
    const whole = flattened(g, node);
    for (const [i, one] of whole.factors.entries()) {
      if (!first(one)) continue;
      for (const [j, other] of whole.factors.entries()) {
        if (i === j || whole.indices[i]!.join() !== whole.indices[j]!.join()) continue;
        const pair = meet(g, one, other);
        if (!pair) continue;
        const rest = whole.factors.map((_, k) => k).filter((k) => k !== i && k !== j);
        return g.contract({
          coefficient: whole.coefficient.mul(pair.coefficient),
          factors: [...rest.map((k) => whole.factors[k]!), ...pair.factors],
          indices: [...rest.map((k) => whole.indices[k]!), ...pair.factors.map(() => whole.indices[i]!)],
          result: whole.result,
          sizes: whole.sizes,
        });
      }
    }
    return undefined;
  },
});

/** A product within the product: `a*b/c` is (a·b)·c⁻¹. */
const isHidden = (factor: Node): boolean =>
  factor.kind === 'contraction' && !isView(factor) && isEntrywise(factor) && factor.factors.length <= MOST_FACTORS;

const isEntrywise = (node: Contraction): boolean => node.indices.every((own) => own.every((i) => node.result.includes(i)));

function flattened(g: Graph, node: Contraction): Contraction {
  if (!node.factors.some(isHidden)) return node;
  const whole = g.contract(node, isHidden);
  return whole.kind === 'contraction' && whole.factors.length <= MOST_FACTORS ? whole : node;
}
