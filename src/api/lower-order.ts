import { partial } from '../differentiate/derivatives.ts';
import { inlineDefinitions } from '../graph/map.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Model } from '../model/model.ts';
import { forReading } from '../simplify/pipelines.ts';
import { inputOf, subject } from './names.ts';

/** The model with the n-th derivative of its objective for an objective. */
export function lowerOrder(model: Model, wrt: readonly string[], order: number): Model {
  if (wrt.length !== 1) throw new GradusError('argument', 'a higher derivative is taken by one name');
  const { graph } = model;
  const { node: x } = inputOf(model, wrt[0]!);
  const found = partial(
    graph,
    subject(model),
    Array.from({ length: order }, () => x),
  );
  const node = forReading(graph, inlineDefinitions(graph, [found]))[0]!;
  return { ...model, definitions: [], objective: { node, sense: 'none', span: model.objective!.span } };
}
