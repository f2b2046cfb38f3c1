import { sizeOf } from '../graph/dimension.ts';
import { children, type Definition, type Node } from '../graph/node.ts';
import { dependents, topological } from '../graph/traverse.ts';
import type { Model } from '../model/model.ts';
import type { Prediction } from './prediction.ts';
import type { Start } from './values.ts';

/** A named layer of a network between the features and the prediction: so many numbers for each example. */
export interface Layer {
  readonly node: Node;
  readonly name: string;
  readonly neurons: number;
  /** The axis of it that counts the examples. */
  readonly axis: number;
}

/** Layers of more neurons are no pictures beside one another. */
const MOST = 32;

/**
 * The hidden layers that lead to a prediction, in order. Where one is the other before its activation, `Z` of `A = σ(Z)`, it
 * is the activated one.
 */
export function hiddenLayers(model: Model, prediction: Prediction, { sizes }: Start): Layer[] {
  const { features, examples, output, target } = prediction;
  const order = topological([output]);
  const fed = dependents(
    order,
    features.map(({ input }) => input.node),
  );
  const seen = dependents(order, [target.node]);
  const found = model.definitions.flatMap(({ name, node }): Layer[] => {
    const { shape } = node;
    const axis = shape.indexOf(examples.axis);
    if (node === output || !fed.has(node) || seen.has(node) || shape.length !== 2 || axis < 0) return [];
    const neurons = sizeOf(shape[1 - axis]!, sizes);
    return neurons > 1 && neurons <= MOST ? [{ node, name, neurons, axis }] : [];
  });
  return found.filter(({ node }) => !found.some((other) => isActivation(other.node, node)));
}

/** Whether a layer is another one, entry by entry. */
const isActivation = (layer: Node, of: Node): boolean => {
  if (layer === of || layer.kind !== 'definition') return false;
  const open: Node[] = [(layer as Definition).value];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node === of) return true;
    if (node.kind === 'apply') open.push(...children(node));
  }
  return false;
};
