import type { Exported, Line } from '../dialect.ts';
import { type Loop, type Made, type Unrolled, unrolled } from './unroll.ts';

interface WithLoops {
  readonly exported: Exported;
  readonly made: Unrolled['made'];
  /** What is told of the steps of a loop, in the order of the source; nodes are those within a step. */
  readonly linesOf: (loop: Loop) => readonly Line[];
}

/**
 * A model with its derivatives, its recurrences as loops.
 * @param isFused whether steps compute by themselves what nothing else needs: good where they are compiled
 */
export function withLoops(given: Exported, isFused: boolean): WithLoops {
  const { forward, backward, predicted, gradients, held, model } = given;
  const besides = [...(predicted ? [predicted.node] : []), ...(held ? [held.node] : [])];
  const roots = [...[...forward, ...backward].map(({ node }) => node), ...besides];
  const results = [forward.at(-1)!.node, ...gradients.values(), ...besides];
  const others = given.others.map(({ node }) => node);
  const { image, made } = unrolled(model.graph, roots, others, isFused ? results : undefined);
  const moved = (line: Line): Line => ({ ...line, node: image(line.node) });
  const exported: Exported = {
    ...given,
    forward: forward.map(moved),
    backward: backward.map(moved),
    held: held && { ...held, node: image(held.node) },
    predicted: predicted && { ...predicted, node: image(predicted.node) },
    gradients: new Map([...gradients].map(([name, node]) => [name, image(node)])),
  };
  const place = new Map(model.definitions.map(({ name }, k) => [name, k]));
  const rank = ({ name }: Line): number => place.get(name) ?? place.size;
  const lines = [...exported.forward, ...exported.backward, ...given.others.map(moved)].sort((a, b) => rank(a) - rank(b));
  const told = new Map<Loop, Line[]>();
  for (const line of lines) {
    const found: Made | undefined = made(line.node);
    if (found) told.set(found.loop, [...(told.get(found.loop) ?? []), { ...line, node: found.inner }]);
  }
  return { exported, made, linesOf: (loop) => told.get(loop) ?? [] };
}
