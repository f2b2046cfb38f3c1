import { optimizers } from '../descend/index.ts';
import type { Dim, Shape } from '../graph/dimension.ts';
import { isConstant, isView, type Node } from '../graph/node.ts';
import { topological, valueParts } from '../graph/traverse.ts';
import type { Model } from '../model/model.ts';
import { entriesOf, sharedShape, sumOf } from './amount.ts';
import type { Traffic } from './traffic.ts';

/** What each device holds, as numbers of numbers. */
export interface Held {
  readonly parameters: Dim;
  /** How many arrays of the parameters' shapes an optimizer carries, by its name. */
  readonly optimizers: Readonly<Record<string, number>>;
  readonly data: Dim;
  /** Every value on the way to the objective and its gradients at once. */
  readonly values: Dim;
}

/**
 * @param roots the objective and its gradients, as they run
 * @param traffic of these
 */
export function heldBy(model: Model, m: string, roots: readonly Node[], traffic: Traffic): Held {
  const inputs = [...model.inputs.values()];
  const own = (shape: Shape): Shape => {
    const axis = shape.indexOf(m);
    return sharedShape(shape, axis < 0 ? undefined : axis, m);
  };
  const counts = (wanted: (role: string) => boolean): Dim =>
    entriesOf(inputs.filter((i) => wanted(i.role)).map((i) => own(i.shape)));
  const made = topological(roots, undefined, valueParts).filter(isMade);
  return {
    parameters: counts((role) => role === 'param'),
    optimizers: Object.fromEntries(optimizers.flatMap((o) => ('update' in o ? [[o.name, o.state?.length ?? 0]] : []))),
    data: counts((role) => role !== 'param'),
    values: sumOf([
      entriesOf(made.map((node) => sharedShape(node.shape, traffic.placeOf(node), m))),
      entriesOf(traffic.between.map(({ shape, axis }) => sharedShape(shape, axis, m))),
    ]),
  };
}

/** Whether a node is an array that is computed, and not one that is given or only repeated. */
const isMade = (node: Node): boolean =>
  node.shape.length > 0 &&
  node.kind !== 'variable' &&
  node.kind !== 'affine' &&
  node.kind !== 'definition' &&
  !isView(node) &&
  !isConstant(node);
