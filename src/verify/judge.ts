import { check, type Model } from '../calculus/check.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import { givenName } from '../language/names.ts';
import { parse } from '../language/parser.ts';
import { listed } from '../language/visible.ts';
import { compareGradient, type VerifyOptions } from './gradients.ts';
import type { CheckReport } from './report.ts';

/**
 * Whether a text is the derivative of a model's objective by a name, in the names and shapes of the model.
 * @throws GradusError for a text that is wrong in itself, `name` for a name that the model does not have, `shape` for
 * one that does not have the derivative's shape
 */
export async function judge(model: Model, name: string, text: string, options: VerifyOptions = {}): Promise<CheckReport> {
  const shapes = Object.fromEntries([...model.inputs].map(([input, { shape }]) => [input, shape]));
  const { objective, literals } = check(parse(text), { shapes });
  if (!objective) throw new GradusError('argument', 'this has no expression to compare');
  const { node } = objective;
  const constants = new Map<string, ArrayLike<number>>();
  for (const [literal, { data }] of literals) if (literal.kind === 'variable') constants.set(literal.name, data);
  for (const part of topological([node])) {
    if (part.kind !== 'variable' || part.role === 'size' || constants.has(part.name) || model.inputs.has(part.name)) continue;
    throw new GradusError('name', `${part.name} is not an input of the source`, {
      hint: `its inputs are ${listed([...model.inputs.keys()]) || 'none'}`,
    });
  }
  return compareGradient(model, givenName(name), { node, constants }, options);
}
