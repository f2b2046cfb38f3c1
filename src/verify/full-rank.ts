import { dimensionNames, type Sizes, sizeOf } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import type { Model } from '../model/model.ts';
import { det } from '../operators/determinant.ts';
import { cholesky, inv, logdet, solve } from '../operators/factorisation.ts';

const FACTORISED = new Set([inv, det, logdet, solve, cholesky]);

/**
 * A dimension that is too short for a product to have an inverse that the model needs: XᵀX with fewer rows than columns.
 * @returns the name of a dimension, or undefined where nothing is too short
 */
export function tooShort(model: Model, sizes: Sizes, bound: ReadonlyMap<string, number>): string | undefined {
  if (!model.objective) return undefined;
  for (const node of topological([model.objective.node])) {
    if (node.kind !== 'array' || !FACTORISED.has(node.operator)) continue;
    const factorised = withoutName(node.args[0]!);
    if (factorised.kind !== 'contraction') continue;
    const order = sizeOf(factorised.shape[0]!, sizes);
    for (const [index, dim] of factorised.sizes.entries()) {
      if (factorised.result.includes(index) || sizeOf(dim, sizes) > order) continue;
      const name = dimensionNames(dim).find((n) => !bound.has(n));
      if (name && !dimensionNames(factorised.shape[0]!).includes(name)) return name;
    }
  }
  return undefined;
}

const withoutName = (node: Node): Node => (node.kind === 'definition' ? withoutName(node.value) : node);
