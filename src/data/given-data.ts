import { byName } from '../language/names.ts';
import type { Inputs } from '../numeric/binding.ts';
import type { InputValue } from '../numeric/tensor.ts';
import { type Assembled, assembled, type Reading, type Wanted } from './assemble.ts';
import { DataFile } from './data-file.ts';
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
