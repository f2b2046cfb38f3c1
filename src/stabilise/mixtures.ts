import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { distinct, type Node } from '../graph/node.ts';
import { logMixture } from '../operators/mixtures.ts';
import { log } from '../operators/power.ts';
import { bare, type Rule } from '../simplify/rule.ts';
import { stableLog } from './exponentials.ts';

/** A term as coefficient·e^exponent. */
interface Weighted {
  readonly coefficient: Node;
  readonly exponent: Node;
}

/** log(a·eᵘ + b·eᵛ), where a and b are no numbers; σ(z), powers and products of such are exponentials, too. */
export const logarithmOfMixture: Rule<'apply'> = {
  name: 'logarithm of a mixture',
  when: 'two terms, of which one at least has a factor with a stable logarithm; the coefficients may have any sign',
  examples: [
    ['log(y*sigmoid(x) + y^2*(1 - sigmoid(x)))', 'log(y^2 + exp(x)*y) - log(1 + exp(x))'],
    ['log(y*exp(x) + 1)', 'log(exp(x)*(y + exp(-x)))'],
  ],
  kind: 'apply',
  of: [log],
  apply: (g, { args: [x] }) => {
    const sum = bare(x!);
    if (sum.kind !== 'sum' || sum.terms.length !== 2) return undefined;
    const [a, b] = sum.terms.map((term) => weighted(g, term)) as [Weighted, Weighted];
    if ([a, b].every(({ exponent }) => constantOf(exponent)?.equals(0))) return undefined;
    return g.apply(logMixture, a.coefficient, a.exponent, b.coefficient, b.exponent);
  },
};

/** The factors that are positive and have a stable logarithm, apart from the others; some may be the same along some axes. */
function weighted(g: Graph, term: Node): Weighted {
  const at = bare(term);
  const whole = stableLog(g, at, true);
  if (whole) return { coefficient: g.constant(1, at.shape), exponent: whole };
  const none = { coefficient: at, exponent: g.constant(0, at.shape) };
  if (at.kind !== 'contraction') return none;
  const { result, sizes, indices } = at;
  if (!distinct(result) || indices.some((own) => !distinct(own) || own.some((i) => !result.includes(i)))) return none;
  const logs = at.factors.map((factor) => stableLog(g, factor, true));
  const found = logs.flatMap((own, k) => (own ? [g.contract({ factors: [own], indices: [indices[k]!], result, sizes })] : []));
  if (found.length === 0) return none;
  const rest = logs.flatMap((own, k) => (own ? [] : [k]));
  const coefficient = g.contract({ ...at, factors: rest.map((k) => at.factors[k]!), indices: rest.map((k) => indices[k]!) });
  return { coefficient, exponent: g.sum(...found) };
}
