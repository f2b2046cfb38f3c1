import { adjointNames } from '../derivation/names.ts';
import type { Step } from '../derivation/steps.ts';
import { elaborateWithin } from '../elaborate/elaborate.ts';
import type { Node } from '../graph/node.ts';
import { parse } from '../language/parser.ts';
import type { Model } from '../model/model.ts';
import type { Expression } from './expression.ts';
import type { PublicStep } from './steps.ts';

/**
 * What steps say is equal, read back from how they print; and the arrays of numbers that are written in them.
 * @param raw the derivatives that the steps come to
 */
export function printedEqualities(model: Model, raw: readonly Node[], nodeSteps: readonly Step[], steps: readonly PublicStep[]) {
  // A step may speak of an adjoint that comes to nothing in the end.
  const told = nodeSteps.flatMap(({ before, after }) => [before, after]);
  const adjoints = adjointNames(model, [...raw, ...told]);
  const literals = new Map(model.literals);
  const worth = (side: Expression): Node => {
    const read = elaborateWithin(model, parse(side.toString(), new Set(model.unknowns.keys())), adjoints);
    for (const [node, array] of read.literals) literals.set(node, array);
    return read.objective!.node;
  };
  const flat = (list: readonly PublicStep[]): PublicStep[] => list.flatMap((s) => [s, ...flat(s.substeps ?? [])]);
  const equalities = flat(steps).flatMap(({ target: name, before, after, result }) => {
    const known = worth(after);
    const first = { name, before: worth(before), after: known };
    return result ? [first, { name, before: known, after: worth(result) }] : [first];
  });
  return { equalities, literals };
}
