import { contractionCost } from '../compile/index.ts';
import { type Sizes, sizeOf } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';

/** How many products a function such as exp costs in numbers of 64 digits. */
const FUNCTION = 60;

/** About how many products of two numbers the interpreter does to evaluate the roots once. */
export function work(roots: readonly Node[], sizes: Sizes): number {
  const extent = (node: Node): number => node.shape.reduce<number>((n, dim) => n * sizeOf(dim, sizes), 1);
  // Of a matrix about what eliminating takes.
  const arrayWork = (arg: Node): number => extent(arg) * sizeOf(arg.shape[arg.shape.length - 1] ?? 1, sizes);
  let total = 0;
  for (const node of topological(roots)) {
    if (node.kind === 'apply') total += FUNCTION * extent(node);
    else if (node.kind === 'array') total += node.args.reduce((n, arg) => n + arrayWork(arg), extent(node));
    else if (node.kind === 'sum') total += 0.1 * node.terms.length * extent(node);
    else if (node.kind === 'contraction') {
      total += contractionCost(
        node,
        node.sizes.map((dim) => sizeOf(dim, sizes)),
      );
    }
  }
  return total;
}
