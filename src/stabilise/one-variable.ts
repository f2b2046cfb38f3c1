import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import type { Node, Sum } from '../graph/node.ts';
import { type Fraction, isInteger, ONE, times } from '../graph/rational.ts';
import { exp, pow } from '../operators/power.ts';
import { compound } from '../operators/stable.ts';
import { isOfOneShape, type Local } from './local-series.ts';

/** What is known of nodes at 0, and what stands there instead of a formula in x that breaks down. */
interface NearZero {
  readonly localOf: (node: Node) => Local<number> | undefined;
  readonly beside: (x: Node, formula: Node) => Node;
}

interface Product {
  readonly coefficient: Fraction;
  readonly factors: readonly Node[];
}

/** A term, what it is made of besides numbers and functions of x, and the product of those. */
interface Split {
  readonly term: Product;
  readonly others: readonly Node[];
  readonly own: Node;
}

/** Sums of so many terms are multiplied out. */
const SHORT = 4;
const MOST_TERMS = 24;

/** A sum whose terms with equal other factors are taken together, where what these have in one variable breaks down as a sum. */
export function partsInOneVariable(g: Graph, sum: Sum, near: NearZero): Node {
  const { shape } = sum;
  let terms = sum.terms.flatMap((term) => multipliedOut(g, flattened(g, term), near));
  if (terms.length > MOST_TERMS) return sum;
  const found: Node[] = [];
  for (const x of variablesOf(terms, near)) {
    const groups = new Map<string, Split[]>();
    for (const term of terms) {
      const made = split(g, term, x, { near, shape });
      const key = keyOf(made.others);
      groups.set(key, [...(groups.get(key) ?? []), made]);
    }
    terms = [...groups.values()].flatMap((group) => {
      const together = group.length > 1 && inOne(g, x, group, near);
      if (!together) return group.map(({ term }) => term);
      found.push(together);
      return [];
    });
  }
  return found.length === 0
    ? sum
    : g.add([...found, ...terms.map(({ coefficient, factors }) => whole(g, coefficient, factors, shape))]);
}

function inOne(g: Graph, x: Node, group: readonly Split[], near: NearZero): Node | undefined {
  const formula = g.add(group.map(({ own }) => own));
  const local = near.localOf(formula);
  if (local?.x !== x || !local.broken) return undefined;
  const told = near.beside(x, formula);
  return told === formula ? undefined : g.mul(...group[0]!.others, told);
}

const whole = (g: Graph, coefficient: Fraction, factors: readonly Node[], shape: Sum['shape']): Node =>
  factors.length === 0 ? g.constant(coefficient, shape) : g.scale(coefficient, g.mul(...factors));

/** The factors of all products that a term is made of; eˢ⁺ˣ is eˢ·eˣ, and (1 + u)ˢ⁻¹ is (1 + u)ˢ·(1 + u)⁻¹. */
function flattened(g: Graph, term: Node): Product {
  if (term.kind === 'apply' && term.operator === exp) {
    const [u] = term.args as [Node];
    return { coefficient: ONE, factors: u.kind === 'sum' ? u.terms.map((part) => g.apply(exp, part)) : [term] };
  }
  if (term.kind === 'apply' && term.operator === compound) {
    const [u, p] = term.args as [Node, Node];
    const number = p.kind === 'sum' ? p.terms.find((part) => constantOf(part)) : undefined;
    if (!number || !isInteger(constantOf(number)!)) return { coefficient: ONE, factors: [term] };
    return { coefficient: ONE, factors: [g.apply(compound, u, g.sub(p, number)), g.apply(pow, g.sum(1, u), number)] };
  }
  if (term.kind !== 'contraction' || !isOfOneShape(term)) return { coefficient: ONE, factors: [term] };
  const parts = term.factors.map((factor) => flattened(g, factor));
  return {
    coefficient: parts.reduce((product, part) => times(product, part.coefficient), term.coefficient),
    factors: parts.flatMap(({ factors }) => factors),
  };
}

/** (s + x)·f(x) as s·f(x) + x·f(x): what is left of either may be a function of x alone. */
function multipliedOut(g: Graph, product: Product, near: NearZero): readonly Product[] {
  const at = product.factors.findIndex((f) => f.kind === 'sum' && f.terms.length <= SHORT && !near.localOf(f));
  const sum = product.factors[at];
  if (sum?.kind !== 'sum') return [product];
  const others = product.factors.filter((_, k) => k !== at);
  return sum.terms
    .map((term) => flattened(g, term))
    .map(({ coefficient, factors }) => ({
      coefficient: times(product.coefficient, coefficient),
      factors: [...others, ...factors],
    }));
}

const keyOf = (factors: readonly Node[]): string =>
  factors
    .map(({ id }) => id)
    .sort((a, b) => a - b)
    .join();

function variablesOf(terms: readonly Product[], near: NearZero): ReadonlySet<Node> {
  const found = terms.flatMap(({ factors }) => factors).map((factor) => near.localOf(factor)?.x);
  return new Set(found.filter((x) => x !== undefined));
}

function split(g: Graph, term: Product, x: Node, { near, shape }: { near: NearZero; shape: Sum['shape'] }): Split {
  const isOwn = (factor: Node): boolean => {
    const local = near.localOf(factor);
    return local !== undefined && (local.x === undefined || local.x === x);
  };
  const others = term.factors.filter((factor) => !isOwn(factor));
  return { term, others, own: whole(g, term.coefficient, term.factors.filter(isOwn), shape) };
}
