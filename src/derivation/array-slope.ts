import { pullback } from '../differentiate/sweep.ts';
import type { Graph } from '../graph/graph.ts';
import { type ArrayApply, isNamed, type Node, UNIT } from '../graph/node.ts';
import type { Fraction } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import type { EntryForm } from '../reading/entries.ts';
import { type Placed, type Places, Unwritable } from '../reading/entry.ts';
import { name } from '../reading/syntax.ts';

/** The slope of an entry of a function of whole arrays by an entry of its argument, as a product of entries. */
interface ArraySlope {
  readonly coefficient: Fraction;
  readonly factors: readonly Placed[];
  /** What stands at the axes of the argument. */
  readonly places: Places;
}

/** What rules alone make is no function that a reader knows. */
const isUnnamed = (node: Node): boolean => (node.kind === 'apply' || node.kind === 'array') && node.operator.internal === true;

/**
 * ∂(A⁻¹)_kl/∂A_ij = −(A⁻¹)_ki (A⁻¹)_jl: what the function passes back of an adjoint that is 1 at one entry.
 * @param here what stands at the axes of the result
 * @param used letters that are in use; those that are taken are put among them
 * @param known a node under its name, if it has one
 * @throws Unwritable where what is passed back is no one product with the adjoint
 */
export function arraySlope(
  graph: Graph,
  forms: EntryForm,
  { whole, position, known }: { whole: ArrayApply; position: number; known: (node: Node) => Node },
  here: Places,
  used: Set<string>,
): ArraySlope {
  const argument = whole.args[position]!;
  const adjoint = graph.state('@', whole.shape);
  const passed = pullback(graph, whole, position, adjoint, [], known(whole));
  if (passed.kind !== 'contraction') throw new Unwritable();
  if (topological(passed.factors, isNamed).some(isUnnamed)) throw new Unwritable();
  const at = passed.factors.indexOf(adjoint);
  if (at < 0 || passed.factors.lastIndexOf(adjoint) !== at) throw new Unwritable();
  const places = new Map(passed.indices[at]!.map((index, axis) => [index, here[axis]] as const));
  for (const [axis, index] of passed.result.entries()) {
    if (index === UNIT || places.has(index)) continue;
    const letter = forms.letters.letter(argument, axis, used);
    used.add(letter);
    places.set(index, name(letter));
  }
  const placeOf = (index: number) => {
    if (index === UNIT) return undefined;
    if (!places.has(index)) throw new Unwritable();
    return places.get(index);
  };
  const factors = passed.factors.flatMap((node, k) => (k === at ? [] : [{ node, places: passed.indices[k]!.map(placeOf) }]));
  return { coefficient: passed.coefficient, factors, places: passed.result.map(placeOf) };
}
