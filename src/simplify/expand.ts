import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import { type Contraction, distinct, type Node } from '../graph/node.ts';
import { exactPower, type Fraction, isInteger, isNegative, ONE, rational, times } from '../graph/rational.ts';
import { GradusError } from '../language/diagnostics.ts';
import { pow } from '../operators/power.ts';
import { settle } from './normal.ts';
import { inSums } from './pipelines.ts';

/** More terms than this are not a form that anyone reads. */
const MOST_TERMS = 4096;

/**
 * Products over sums multiplied out, and whole powers of sums too: x·(x + 1)² as x³ + 2x² + x.
 * @throws GradusError `unsupported` if that gives thousands of terms
 */
export function expand(g: Graph, roots: readonly Node[]): Node[] {
  const expanded = mapGraph(g, roots, (node) =>
    node.kind === 'contraction' ? multipliedOut(g, node) : (multinomial(g, node) ?? node),
  );
  return inSums(g, expanded);
}

/** A product over sums as the sum of the products, one sum after the other, like terms put together each time. */
function multipliedOut(g: Graph, product: Contraction): Node {
  let terms: readonly Node[] = [product];
  for (;;) {
    const next = terms.flatMap((term) => openedSum(g, term) ?? [term]);
    if (next.length === terms.length && next.every((term, k) => term === terms[k])) break;
    const sum = g.add(next);
    terms = limited(sum.kind === 'sum' ? sum.terms : [sum]);
  }
  return terms.length === 1 ? terms[0]! : g.add(terms);
}

/** The first sum among the factors of a product multiplied out. */
function openedSum(g: Graph, term: Node): readonly Node[] | undefined {
  if (term.kind !== 'contraction') return undefined;
  const at = term.factors.findIndex((f) => f.kind === 'sum');
  if (at < 0) return undefined;
  const anything = () => true;
  return limited((term.factors[at] as Node & { kind: 'sum' }).terms).map((part) => {
    const factors = term.factors.map((f, k) => (k === at ? part : f));
    return settle(g, g.contract({ ...term, factors }, anything), anything);
  });
}

/**
 * (a + b + …)ⁿ by the multinomial theorem: Σ n!/(i!·j!·…)·aⁱ·bʲ·… over all i + j + … = n
 * (https://dlmf.nist.gov/26.4#ii).
 */
function multinomial(g: Graph, node: Node): Node | undefined {
  if (node.kind !== 'apply' || node.operator !== pow || node.args[0]!.kind !== 'sum') return undefined;
  const p = constantOf(node.args[1]!);
  if (!p || !isInteger(p) || isNegative(p)) return undefined;
  if (p.n > MOST_TERMS) throw tooMany();
  /** Each monomial as its coefficient and the powers so far, with how many of the n are left. */
  let open: readonly { coefficient: Fraction; powers: readonly Node[]; left: number }[] = [
    { coefficient: ONE, powers: [], left: Number(p.n) },
  ];
  const { terms } = node.args[0]!;
  terms.forEach((term, k) => {
    const last = k === terms.length - 1;
    open = open.flatMap(({ coefficient, powers, left }) => {
      const next = [];
      let binomial = coefficient;
      // The last term takes what is left.
      for (let rest = 0; rest <= (last ? 0 : left); rest++) {
        const own = left - rest;
        next.push({ coefficient: binomial, powers: own === 0 ? powers : [...powers, power(g, term, own)], left: rest });
        binomial = times(binomial, rational(own).div(rest + 1));
      }
      return next;
    });
    limited(open);
  });
  return g.add(open.map(({ coefficient, powers }) => settle(g, g.mul(coefficient, ...powers), () => true)));
}

function limited<T>(terms: readonly T[]): readonly T[] {
  if (terms.length > MOST_TERMS) throw tooMany();
  return terms;
}

const tooMany = (): GradusError => new GradusError('unsupported', `multiplied out, this has more than ${MOST_TERMS} terms`);

/** A term of a sum to a whole power, factor by factor: (2x³)² as 4x⁶. */
function power(g: Graph, term: Node, n: number): Node {
  if (n === 1) return term;
  if (term.kind === 'apply' && term.operator === pow) {
    const p = constantOf(term.args[1]!);
    if (p && isInteger(p)) return g.apply(pow, term.args[0]!, times(p, rational(n)));
  }
  if (term.kind === 'contraction' && distinct(term.result)) {
    const entrywise = term.indices.every((own) => own.length === 0 || own.join() === term.result.join());
    const coefficient = exactPower(term.coefficient, rational(n));
    if (entrywise && coefficient)
      return g.mul(coefficient, ...term.factors.map((f) => power(g, f, n)), g.constant(1, term.shape));
  }
  return g.apply(pow, term, n);
}
