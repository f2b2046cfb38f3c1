import { constantOf, factorsOf } from '../../graph/forms.ts';
import type { Graph } from '../../graph/graph.ts';
import { type Contraction, distinct, type Node, UNIT } from '../../graph/node.ts';
import { isNegative, ONE } from '../../graph/rational.ts';
import type { Operator } from '../../operators/operator.ts';
import { exp, pow } from '../../operators/power.ts';
import { settle } from '../normal.ts';

/** c·(a + b) as c·a + c·b where that is shorter: x·(y + z/x) is x·y + z. */
export function multipliedOut(g: Graph, node: Node, costs: (form: Node) => number): Node {
  if (node.kind === 'sum') {
    const terms = node.terms.map((t) => multipliedOut(g, t, costs));
    return terms.every((t, k) => t === node.terms[k]) ? node : g.add(terms);
  }
  if (node.kind !== 'contraction' || node.factors.length < 2 || hasSums(node)) return node;
  const sums = node.factors.filter((f) => f.kind === 'sum');
  const [sum] = sums;
  if (sums.length !== 1 || sum?.kind !== 'sum' || sum.terms.length > FEW_TERMS) return node;
  const inside = sum.terms.flatMap(factorsOf);
  const meets = node.factors.map((f) => f !== sum && inside.some((other) => mayCancel(f, other)));
  if (!meets.includes(true)) return node;
  const part = (which: (f: Node, k: number) => boolean, more: Node, own: readonly number[], coefficient = ONE): Node => {
    const at = node.factors.flatMap((f, k) => (which(f, k) ? [k] : []));
    const factors = [...at.map((k) => node.factors[k]!), more];
    const indices = [...at.map((k) => node.indices[k]!), own];
    return settle(g, g.contract({ coefficient, factors, indices, result: node.result, sizes: node.sizes }, anything), anything);
  };
  const own = node.indices[node.factors.indexOf(sum)]!;
  const inner = g.add(sum.terms.map((t) => part((_, k) => meets[k]!, t, own)));
  const out = part((f, k) => f !== sum && !meets[k], inner, node.result, node.coefficient);
  return costs(out) < costs(node) ? out : node;
}

const anything = (): boolean => true;

/** Sums of up to so many terms are multiplied out to see whether that is shorter. */
const FEW_TERMS = 8;

/** Powers of one base, one of them below the line: x and 1/x; a symbol in an exponent may stand for either. */
function mayCancel(a: Node, b: Node): boolean {
  const [x, y] = [baseAndSign(a), baseAndSign(b)];
  return x.base === y.base && x.sign * y.sign <= 0;
}

/** What a factor is a power of, and whether it stands above the line; exponentials are powers of one number. */
function baseAndSign(factor: Node): { readonly base: Node | Operator; readonly sign: number } {
  if (factor.kind !== 'apply') return { base: factor, sign: 1 };
  if (factor.operator === exp) return { base: exp, sign: 0 };
  if (factor.operator !== pow) return { base: factor, sign: 1 };
  const p = constantOf(factor.args[1]!);
  const { base, sign } = baseAndSign(factor.args[0]!);
  return { base, sign: p ? (isNegative(p) ? -sign : sign) : 0 };
}

/** An index is summed, or stands twice in the result: the factors count one by one. */
export const hasSums = (node: Contraction): boolean =>
  !distinct(node.result) || node.indices.some((own) => own.some((i) => i !== UNIT && !node.result.includes(i)));
