import { constantOf } from '../graph/forms.ts';
import { isConstant, type Node } from '../graph/node.ts';
import { absolute, type Fraction, isHalf, isInteger, isNegative, isOne } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { pow } from '../operators/power.ts';

/** How many leaves and operators nodes are written with; one map a graph. */
export type Signs = Map<Node, number>;

const MOST = 1e6;

/**
 * How many leaves and operators a node is written with: what there is to read, however long the names are. Decides between
 * forms of one length, (a − y)/a² and 1/a − y/a².
 */
export function signsOf(node: Node, signs: Signs): number {
  const of: Of = (part) => signs.get(part)!;
  // A loop, so depth is no limit.
  for (const part of topological([node], (n) => signs.has(n) || n.kind === 'definition'))
    if (!signs.has(part)) signs.set(part, Math.min(MOST, own(part, of)));
  return of(node);
}

type Of = (part: Node) => number;

const total = (nodes: readonly Node[], of: Of): number => nodes.reduce((n, part) => n + of(part), 0);

function own(node: Node, of: Of): number {
  switch (node.kind) {
    case 'variable':
    case 'definition':
      return 1;
    case 'affine':
      // A condition on indices: how it reads is not decided here.
      return MOST;
    case 'sum': {
      const negative = node.terms.filter((t) => t.kind === 'contraction' && isNegative(t.coefficient)).length;
      return total(node.terms, of) + node.terms.length - 1 - negative + (negative === node.terms.length ? 1 : 0);
    }
    case 'apply':
      return node.operator === pow ? product(undefined, [node], of) : 1 + total(node.args, of);
    case 'array':
      return 1 + total(node.args, of);
    case 'recurrence':
      return 1 + of(node.init) + of(node.step);
    case 'contraction':
      return isConstant(node) ? numeral(node.coefficient) : product(node.coefficient, node.factors, of);
  }
}

const numeral = (q: Fraction): number => (isNegative(q) ? 1 : 0) + (isInteger(q) ? 1 : 3);

/** −n·a·b/(d·c). */
function product(coefficient: Fraction | undefined, factors: readonly Node[], of: Of): number {
  const above: number[] = [];
  const below: number[] = [];
  for (const f of factors) {
    if (f.kind !== 'apply' || f.operator !== pow) {
      above.push(of(f));
      continue;
    }
    const [base, exponent] = f.args as [Node, Node];
    const p = constantOf(exponent);
    if (!p) above.push(of(base) + 1 + of(exponent));
    else (isNegative(p) ? below : above).push(powered(of(base), absolute(p)));
  }
  const [n, d] = coefficient ? [coefficient.n, coefficient.d] : [1n, 1n];
  if (n !== 1n || above.length === 0) above.push(1);
  if (d !== 1n) below.push(1);
  const negative = coefficient && isNegative(coefficient) ? 1 : 0;
  const together = (list: readonly number[]): number => list.reduce((sum, m) => sum + m, list.length - 1);
  return negative + together(above) + (below.length > 0 ? 1 + together(below) : 0);
}

const powered = (base: number, p: Fraction): number => (isOne(p) ? base : isHalf(p) ? base + 1 : base + 1 + numeral(p));

/**
 * A form of the same length must have a fifth less of the signs: x·sin x + x²·cos x stays. Of fractions that are put together
 * a sixth is enough: 1/log x − 1/log² x.
 */
const saves = (form: number, than: number, divides: boolean): boolean => (divides ? 6 * form < 5 * than : 5 * form <= 4 * than);

const divides = (node: Node): boolean =>
  node.kind === 'sum' && node.terms.every((t) => (t.kind === 'contraction' ? t.factors : [t]).some(isBelow));

function isBelow(factor: Node): boolean {
  const p = factor.kind === 'apply' && factor.operator === pow ? constantOf(factor.args[1]!) : undefined;
  return p !== undefined && isNegative(p);
}

/** Whether a form is better than what stands there: by so many characters, or, where signs count, in as many with fewer. */
export function isShorter(
  form: Node,
  than: Node,
  worth: number,
  costs: (node: Node) => number,
  signs: Signs | undefined,
): boolean {
  const saved = costs(than) - costs(form);
  return saved > worth || (signs !== undefined && saved >= 0 && saves(signsOf(form, signs), signsOf(than, signs), divides(than)));
}
