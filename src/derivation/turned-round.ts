import { isSymmetric } from '../facts/symmetry.ts';
import type { Graph } from '../graph/graph.ts';
import { isNamed, type Node } from '../graph/node.ts';
import { topological } from '../graph/traverse.ts';
import { subexpressions } from '../language/parts.ts';
import type { Expr } from '../language/tree.ts';

/** Where a line of entries turns a symmetric matrix round: S_ij for S_ji. */

/** How the entries of a name stand in a formula: `i,j`, or `i,?` where the other letter is summed. */
function waysRound(expr: Expr, name: string, free: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const part of subexpressions([expr])) {
    if (part.kind !== 'subscripted' || part.target.kind !== 'name' || part.target.name !== name) continue;
    const letters = part.subscripts.map((s) =>
      s.kind === 'at' && s.index.kind === 'name' && free.includes(s.index.name) ? s.index.name : '?',
    );
    found.add(letters.join());
  }
  return found;
}

/**
 * The symmetric matrices whose entries stand in two ways round in one line, and in one in the next.
 * @param free the letters of the left side
 */
export function turnedRound(
  g: Graph,
  node: Node,
  [before, after]: readonly [Expr, Expr],
  free: readonly string[],
): readonly string[] {
  const names = new Map<string, Node>();
  for (const part of topological([node], isNamed)) if (isNamed(part) || part.kind === 'variable') names.set(part.name, part);
  return [...names].flatMap(([name, part]) => {
    if (!isSymmetric(g, part)) return [];
    const [had, has] = [waysRound(before, name, free), waysRound(after, name, free)];
    const turned = [...had].filter((own) => had.has(own.split(',').reverse().join()));
    return turned.length > 1 && has.size < had.size ? [name] : [];
  });
}
