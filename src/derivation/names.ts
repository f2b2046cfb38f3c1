import { type Definition, isNamed, type Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import type { Model } from '../model/model.ts';

/** The adjoints that a derivation named (`dZ`), by name: definitions below `roots` that are not the user's own. */
export function adjointNames(model: Model, roots: readonly Node[]): Map<string, Node> {
  const own = new Set<Node>(model.definitions.map((d) => d.node));
  const adjoints = topological(roots).filter((n): n is Definition => isNamed(n) && !own.has(n));
  return new Map(adjoints.map((n) => [n.name, n]));
}
