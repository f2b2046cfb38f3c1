import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import { type Definition, isNamed, type Node } from '../graph/node.ts';
import type { Known } from '../simplify/known-sums.ts';
import { forReading } from '../simplify/pipelines.ts';

/** Differences from a mean, and the axis along which they add up to 0: a path over the mean vanishes by that. */
export interface Vanishing {
  /** x − μ, or a name of it. */
  readonly node: Node;
  readonly axis: number;
}

/** Short forms, and what vanishes in each. */
interface ShortForms {
  readonly forms: readonly Node[];
  readonly vanishing: (k: number) => readonly Vanishing[];
}

/**
 * The short forms of nodes as the rules gave them, definitions by name.
 * @param isAdjoint whether a name is that of another step's result, of which that step tells what vanishes
 */
export function shortForms(g: Graph, roots: readonly Node[], isAdjoint: (definition: Definition) => boolean): ShortForms {
  let vanish = false;
  const forms = forReading(g, roots, ({ says }) => {
    vanish ||= says === 'deviations';
  });
  // In which of them something does is looked for only if there is something to be found.
  const vanishing = (k: number): readonly Vanishing[] => {
    if (!vanish || roots[k]!.kind === 'definition') return [];
    const known = new Map<string, Vanishing>();
    forReading(g, [byName(g, roots[k]!, isAdjoint)], ({ node, axes, says }: Known) => {
      if (says === 'deviations') known.set(`${node.id} ${axes[0]}`, { node, axis: axes[0]! });
    });
    return [...known.values()];
  };
  return { forms, vanishing };
}

/** With names alone for the results of other steps. */
function byName(g: Graph, root: Node, isAdjoint: (definition: Definition) => boolean): Node {
  const isOther = (n: Node): boolean => isNamed(n) && isAdjoint(n);
  const [own] = mapGraph(
    g,
    [root],
    (n, original) => (isNamed(original) && isAdjoint(original) ? g.state(`${original.name}@${original.id}`, n.shape) : n),
    isOther,
  ) as [Node];
  return own;
}
