import type { Input, Model } from '../calculus/check.ts';
import type { Node } from '../graph/node.ts';
import { GradusError, nearest } from '../language/diagnostics.ts';

/** What a source is about: its objective, or the last thing that it defines. */
export function subject(model: Model): Node {
  const node = model.objective?.node ?? model.definitions[model.definitions.length - 1]?.node;
  if (!node)
    throw new GradusError('argument', 'the source has no expression', { hint: 'end it with the expression that is meant' });
  return node;
}

/**
 * The input that is derived by.
 * @throws GradusError `name` if there is none of this name
 */
export function inputOf(model: Model, name: string): Input {
  const input = model.inputs.get(name);
  if (input) return input;
  const near = nearest(name, model.inputs.keys());
  const defined = model.definitions.some((d) => d.name === name);
  throw new GradusError(
    'name',
    defined ? `${name} is defined by other names; derive by those` : `there is no ${name} to derive by`,
    {
      hint: near ? `did you mean ${near}?` : `the source has ${[...model.inputs.keys()].join(', ') || 'no names'}`,
    },
  );
}

/** What to derive by where the caller does not say. */
export function namesToDerive(model: Model, wrt: string | readonly string[] | undefined): readonly string[] {
  if (typeof wrt === 'string') return [wrt];
  if (wrt) return wrt;
  const inputs = [...model.inputs.values()];
  const params = inputs.filter((i) => i.role === 'param');
  if (params.length > 0) return params.map((i) => i.name);
  const free = inputs.filter((i) => i.role === 'free');
  if (free.length === 1) return [free[0]!.name];
  throw new GradusError(
    'argument',
    free.length === 0 ? 'there is no name to derive by' : 'there are several names to derive by',
    {
      hint: free.length === 0 ? undefined : `say which: ${free.map((i) => i.name).join(', ')}`,
    },
  );
}
