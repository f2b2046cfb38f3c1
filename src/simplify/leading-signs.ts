import type { ContractionSpec } from '../graph/contraction.ts';
import type { Graph } from '../graph/graph.ts';
import type { Sum } from '../graph/node.ts';
import { isNegative, negated, ONE } from '../graph/rational.ts';
import { coefficientOf, negatedSum } from './content.ts';
import { LONG } from './opposite-sums.ts';

/** A minus sign in front of a difference goes into it: −(y − a) is a − y. */
export function distributeSign(g: Graph, spec: ContractionSpec): ContractionSpec {
  if (!isNegative(spec.coefficient ?? ONE)) return spec;
  // One of two equal factors stays like the other: −(x − μ)·(x − μ)ᵀ.
  const isAlone = (f: Sum): boolean => spec.factors.indexOf(f) === spec.factors.lastIndexOf(f);
  const at = spec.factors.findIndex((f) => f.kind === 'sum' && f.terms.length <= LONG && isAlone(f) && gainsFromSign(f));
  if (at < 0) return spec;
  const factors = spec.factors.map((f, k) => (k === at ? negatedSum(g, f as Sum) : f));
  return { ...spec, coefficient: negated(spec.coefficient!), factors };
}

/** More terms lose a minus sign than gain one, counting the one in front. */
function gainsFromSign(sum: Sum): boolean {
  const negative = sum.terms.filter((t) => isNegative(coefficientOf(t))).length;
  return 2 * negative >= sum.terms.length;
}
