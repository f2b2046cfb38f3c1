import { isRecord } from '../language/came.ts';
import { GradusError, nearest } from '../language/diagnostics.ts';
import { knownName } from '../language/names.ts';
import { listed } from '../language/visible.ts';
import type { Input, Model } from '../model/model.ts';
import { flatten } from '../numeric/tensor.ts';
import type { Saved } from './parameters.ts';

const ANOTHER = 'was the file written for another model? parameters are what train --save FILE writes';

/**
 * What was learned, held against the model that it is for.
 * @param wanted what values are needed of: the model, or the part of it that is asked for
 * @throws GradusError `data`, by the name of the file, for a name, a shape or a number that cannot be, and a parameter that
 * is not there
 */
export function refuseOthers(file: string, { params }: Saved, model: Model, wanted: Pick<Model, 'inputs'>): void {
  const parameters = [...model.inputs.values()].filter(({ role }) => role === 'param').map(({ name }) => name);
  const given = new Set<string>();
  for (const [spelling, value] of Object.entries(params)) {
    const name = knownName(spelling, model.inputs.keys());
    const input = model.inputs.get(name);
    if (!input) {
      const near = nearest(name, parameters);
      throw new GradusError('data', `${file}: ${spelling} is no parameter of this model`, {
        hint: `${near === undefined ? '' : `did you mean ${near}? `}its parameters are ${listed(parameters) || 'none'}`,
      });
    }
    given.add(name);
    refuseValue(file, input, value);
  }
  const lacking = parameters.find((name) => wanted.inputs.has(name) && !given.has(name));
  if (lacking !== undefined) throw new GradusError('data', `${file} has no value of ${lacking}`, { hint: ANOTHER });
}

function refuseValue(file: string, { name, shape }: Input, value: unknown): void {
  const { shape: lengths, data } = numbersOf(file, name, value);
  const fits =
    lengths === undefined ||
    (lengths.length === shape.length && shape.every((dim, axis) => typeof dim !== 'number' || dim === lengths[axis])) ||
    (lengths.length < 2 && shape.length < 3);
  if (!fits)
    throw new GradusError('data', `${file}: ${name} is [${lengths.join(', ')}], and [${shape.join(', ')}] is declared`, {
      hint: ANOTHER,
    });
  for (let k = 0; k < data.length; k++)
    if (!Number.isFinite(data[k]!))
      throw new GradusError('data', `${file}: an entry of ${name} is ${data[k]}`, { hint: ANOTHER });
}

/** The numbers of a value. @throws GradusError `data` where it has others */
function numbersOf(file: string, name: string, value: unknown) {
  try {
    return flatten(value, name);
  } catch {
    throw new GradusError('data', `${file}: ${name} holds what is no number`, { hint: ANOTHER });
  }
}

/**
 * What a file of JSON holds besides numbers.
 * @throws GradusError `data` for what is not as `train --save` writes it
 */
export function savedIn(file: string, content: unknown): Saved {
  if (!isRecord(content)) throw new GradusError('data', `${file} does not hold parameters by name`, { hint: ANOTHER });
  const { params = content, scaling, classes } = content as Readonly<Record<string, unknown>>;
  const isList = (value: unknown, of: string): boolean => Array.isArray(value) && value.every((entry) => typeof entry === of);
  if (!isRecord(params)) throw new GradusError('data', `${file} does not hold parameters by name`, { hint: ANOTHER });
  if (classes !== undefined && !(isRecord(classes) && Object.values(classes).every((names) => isList(names, 'string'))))
    throw new GradusError('data', `${file}: its classes are no lists of words by name`, { hint: ANOTHER });
  const isScaled = (one: unknown): boolean =>
    isRecord(one) && typeof one.axis === 'number' && isList(one.mean, 'number') && isList(one.deviation, 'number');
  if (scaling !== undefined && !(isRecord(scaling) && Object.values(scaling).every(isScaled)))
    throw new GradusError('data', `${file}: its scaling has no means and deviations by name`, { hint: ANOTHER });
  return { params, ...(scaling !== undefined && { scaling }), ...(classes !== undefined && { classes }) } as Saved;
}
