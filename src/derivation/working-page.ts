import type { Graph } from '../graph/graph.ts';
import { isNamed, type Node, type Recurrence } from '../graph/node.ts';
import { resolve } from '../graph/resolved.ts';
import { topological } from '../graph/traverse.ts';
import type { Model } from '../model/model.ts';
import { EntryForm } from '../reading/entries.ts';
import { Letters } from '../reading/letters.ts';
import type { Step } from './steps.ts';
import type { Page } from './walk.ts';

/** What a page tells. */
interface Told {
  readonly model: Model;
  readonly name: string;
  readonly steps: readonly Step[];
}

/**
 * One meaning of each letter on the whole page.
 * @param closed derivatives in closed form, and what they are by
 */
export function pageOf(
  { model, name, steps }: Told,
  closed: readonly { readonly node: Node; readonly variable: Node }[] = [],
): Page {
  const { graph, objective, definitions, letters: written } = model;
  const told = steps.flatMap(({ before, after, explained }) => [before, explained.plain, after, explained.adjoint]);
  const own = [...(objective ? [objective.node] : []), ...definitions.map((d) => d.node)];
  const pairs = [
    ...steps.flatMap(({ after, explained: { node, adjoint } }) => [[node, adjoint] as const, [node, after] as const]),
    ...closed.map(({ node, variable }) => [variable, node] as const),
  ];
  const letters = new Letters([...own, ...told, ...closed.map((c) => c.node)], pairs, {
    names: graph.names,
    lengths: graph.lengths,
    written,
  });
  const names = new Map<Node, Node>();
  // What arrives has names too, but may be worth what something else is.
  for (const definition of topological(own).filter(isNamed)) {
    names.set(definition.value, definition);
    if (definition.value.kind === 'recurrence') names.set(graph.given(definition.value), definition);
  }
  for (const node of topological(own)) if (node.kind === 'recurrence') nameStates(graph, node, names);
  const forms = new EntryForm(graph, letters, names);
  return { graph, objective: name, forms, front: objective ? forms.places(objective.node) : [] };
}

/** Several states lie in one array, of which a step reads a part, one step before: of c that is c[t − 1]. */
function nameStates(g: Graph, recurrence: Recurrence, names: Map<Node, Node>): void {
  for (const { before } of g.steps.statesOf(recurrence.previous)) {
    const named = (values: Node): Node => g.steps.nameOfValues(values) ?? values;
    names.set(resolve(g, recurrence, g.given(recurrence), before), resolve(g, recurrence, recurrence, before, named));
  }
}
