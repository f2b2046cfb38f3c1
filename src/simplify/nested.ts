import type { Shape } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import { type Contraction, isConstant, isOfEntries, type Node } from '../graph/node.ts';
import { isNegative } from '../graph/rational.ts';
import { pow } from '../operators/power.ts';

/** Which nodes are nested fractions; one map a graph. */
export type Nested = Map<Node, boolean>;

/** Characters that one fraction may be longer than fractions within a fraction. */
const WORTH_ONE_LINE = 10;

/** What a nested fraction costs beside its length: (1 + 1/x)/x is more to read than (x + 1)/x². */
export const nestingOf = (node: Node, known: Nested): number => (isNested(node, known) ? WORTH_ONE_LINE : 0);

/** Of numbers and entries: a fraction that has a sum with fractions in it, above the line or below it. */
function isNested(node: Node, known: Nested): boolean {
  let found = known.get(node);
  if (found === undefined) {
    found = own(node, known);
    known.set(node, found);
  }
  return found;
}

function own(node: Node, known: Nested): boolean {
  if (node.kind === 'sum') return node.terms.some((t) => isNested(t, known));
  if (node.kind === 'apply' && node.operator === pow) return divides(node, node.shape) && hasFractions(node.args[0]!);
  if (node.kind !== 'contraction' || isConstant(node) || !isOfEntries(node)) return false;
  return (
    node.factors.some((f) => isNested(f, known)) ||
    (node.factors.some((f) => divides(f, node.shape)) && sumsOf(node).some(hasFractions))
  );
}

const sumsOf = ({ factors }: Contraction): Node[] => factors.filter((f) => f.kind === 'sum');

/** Something that is no number stands below the line; in arrays an array: one that is divided by a number stays as it is. */
function divides(factor: Node, shape: Shape): boolean {
  if (factor.kind !== 'apply' || factor.operator !== pow || isConstant(factor.args[0]!)) return false;
  if (shape.length > 0 && factor.shape.length === 0) return false;
  const p = constantOf(factor.args[1]!);
  return p !== undefined && isNegative(p);
}

const hasFractions = (node: Node): boolean =>
  node.kind === 'sum' && node.terms.some((t) => (t.kind === 'contraction' ? t.factors : [t]).some((f) => divides(f, t.shape)));
