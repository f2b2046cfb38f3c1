import { mapGraph } from '../graph/map.ts';
import type { Node } from '../graph/node.ts';
import type { Definition, Model } from './model.ts';

/** What the names and the objective of a model stand for. */
export function nodesOf({ definitions, objective, extended }: Model): Node[] {
  const others = [...extended.values()].flatMap((e) => [e.node, ...e.outside.values()]);
  const inSteps = definitions.flatMap((d) => d.paused?.before ?? []);
  return [...[...definitions, ...inSteps].map((d) => d.node), ...(objective ? [objective.node] : []), ...others];
}

/**
 * The model with its nodes rewritten, each once its parts are; a name that no longer stands for a value goes.
 * @param stop nodes that stay as they are, with all that they are made of
 */
export function overNodes(model: Model, rewrite: (node: Node, original: Node) => Node, stop?: (node: Node) => boolean): Model {
  const { graph, definitions, objective, extended } = model;
  const roots = nodesOf(model);
  const mapped = mapGraph(graph, roots, rewrite, stop);
  const places = new Map(roots.map((root, k) => [root, mapped[k]!]));
  const place = (node: Node): Node => places.get(node)!;
  const moved = ({ paused, ...d }: Definition): Definition[] => {
    const node = place(d.node);
    if (node.kind !== 'definition') return [];
    return [{ ...d, node, ...(paused && { paused: { ...paused, before: paused.before.flatMap(moved) } }) }];
  };
  return {
    ...model,
    definitions: definitions.flatMap(moved),
    objective: objective && { ...objective, node: place(objective.node) },
    extended: new Map(
      [...extended].map(([name, e]) => [
        name,
        { ...e, node: place(e.node), outside: new Map([...e.outside].map(([at, node]) => [at, place(node)])) },
      ]),
    ),
  };
}
