import { byName } from '../language/names.ts';
import type { Inputs } from '../numeric/binding.ts';
import type { InputValue } from '../numeric/tensor.ts';
import { type Assembled, assembled, type Reading, type Wanted } from './assemble.ts';
import type { Batches } from './batches.ts';
import { DataFile } from './data-file.ts';
import type { Classes } from './labels.ts';
import { axisOfClasses } from './layout.ts';

/** Values by name, of which those of one-hot inputs may be words. */
export type GivenData = Readonly<Record<string, InputValue | readonly string[] | undefined>>;

/** What data are called that come from a program. */
const NAME = 'the data';

/**
 * Values by name as a program gives them: lists that are columns of an input are put together as its declaration says,
 * and words become one-hot. Anything else stays as it is.
 * @throws GradusError `data` as `assembled`
 */
export function givenData(wanted: Wanted, inputs: GivenData, reading: Reading = {}): Assembled {
  const given = byName(inputs, wanted.keys());
  const asks = [...wanted.values()].some((input) => {
    const value = given[input.name];
    if (value === undefined) return input.columns !== undefined;
    return axisOfClasses(input) !== undefined && Array.isArray(value) && typeof value[0] === 'string';
  });
  if (!asks) return { inputs: inputs as Inputs, classes: {}, dropped: 0, rowAxes: {} };
  return assembled(wanted, [DataFile.ofRecord(NAME, given)], reading);
}

/**
 * Batches whose values are put together as those of `givenData`. The classes of words are those of the first batch: one that
 * comes later is refused, and never counted as another.
 * @throws GradusError `data`, while they come, as `assembled`
 */
export function givenBatches(
  wanted: Wanted,
  batches: Batches,
): { readonly batches: Batches; readonly classes: Assembled['classes'] } {
  const classes: Record<string, Classes> = Object.create(null);
  return {
    classes,
    batches: async function* () {
      for await (const batch of batches()) {
        const found = givenData(wanted, batch, { classes });
        Object.assign(classes, found.classes);
        yield found.inputs;
      }
    },
  };
}
