import { dimensionNames } from '../graph/dimension.ts';
import { GradusError, nearest } from '../language/diagnostics.ts';
import { knownName } from '../language/names.ts';
import { listed } from '../language/visible.ts';
import type { Model } from '../model/model.ts';
import { objectiveName } from '../model/objective-name.ts';
import { type ToldVerdict, told } from './told.ts';
import { verdictOn } from './verdict.ts';

/** What is known beforehand of a model whose dimension is split over devices. */
export interface ParallelReport {
  readonly objective: string;
  readonly dimension: string;
  readonly verdict: ToldVerdict;
}

/**
 * What the symbols tell of a model, derived by names, that is split along a dimension.
 * @throws GradusError `name` for what is no dimension of its inputs, `shape` for an objective that is no number
 */
export function parallelReport(model: Model, wrt: readonly string[], given: string): ParallelReport {
  const { graph, objective } = model;
  if (!objective) throw new GradusError('argument', 'the source has no objective');
  const dimension = knownDimension(model, given);
  if (objective.node.shape.length > 0)
    throw new GradusError('shape', 'an array has no gradient to put together: the objective must be a number', {
      hint: 'sum its entries, or minimize its squares',
      span: objective.span,
    }).within(model.text);
  const inputs = [...model.inputs.values()];
  const moving = new Set(inputs.filter((i) => i.role === 'param' || wrt.includes(i.name)).map((i) => i.node));
  const verdict = verdictOn({ graph, objective: objective.node, m: dimension, moving });
  return { objective: objectiveName(model), dimension, verdict: told(model, dimension, verdict) };
}

function knownDimension({ inputs }: Model, given: string): string {
  const names = [...new Set([...inputs.values()].flatMap((i) => i.shape.flatMap(dimensionNames)))];
  const name = knownName(given, names);
  if (names.includes(name)) return name;
  const near = nearest(name, names);
  throw new GradusError('name', `${given} is no dimension of the source`, {
    hint:
      names.length === 0
        ? 'give the axis that is split a name: data X : [m, 2]'
        : near
          ? `did you mean ${near}?`
          : `its dimensions are ${listed(names)}`,
  });
}
