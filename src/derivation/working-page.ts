import type { Model } from '../model/model.ts';
import { EntryForm } from '../reading/entries.ts';
import { Letters } from '../reading/letters.ts';
import type { Step } from './steps.ts';
import type { Page } from './working.ts';

/** One meaning of each letter on the whole page. */
export function pageOf({ graph, objective, definitions }: Model, name: string, steps: readonly Step[]): Page {
  const told = steps.flatMap(({ before, after, explained }) => [before, explained.plain, after, explained.adjoint]);
  const roots = [...(objective ? [objective.node] : []), ...definitions.map((d) => d.node), ...told];
  const pairs = steps.map(({ explained: { node, adjoint } }) => [node, adjoint] as const);
  const letters = new Letters(roots, pairs, graph.names);
  return { graph, objective: name, forms: new EntryForm(graph, letters) };
}
