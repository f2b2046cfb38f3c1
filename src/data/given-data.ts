import { byName } from '../language/names.ts';
import type { Inputs } from '../numeric/binding.ts';
import type { InputValue } from '../numeric/tensor.ts';
import { type Assembled, assembled, labelColumns, type Reading, type Wanted } from './assemble.ts';
import type { Batches } from './batches.ts';
import { DataFile } from './data-file.ts';
import { type Classes, classNames, ordered, type Target } from './labels.ts';
import { areLabels } from './layout.ts';

/** Values by name, of which those of one-hot inputs may be labels: words, or whole numbers. */
export type GivenData = Readonly<Record<string, InputValue | readonly string[] | undefined>>;

/** What data are called that come from a program. */
const NAME = 'the data';

/**
 * Values by name as a program gives them: lists that are columns of an input are put together as its declaration says,
 * and labels, words or whole numbers, become one-hot. Anything else stays as it is.
 * @throws GradusError `data` as `assembled`
 */
export function givenData(wanted: Wanted, inputs: GivenData, reading: Reading = {}): Assembled {
  const given = byName(inputs, wanted.keys());
  const asks = [...wanted.values()].some((input) => {
    const value = given[input.name];
    if (value === undefined) return input.columns !== undefined;
    return areLabels(input, value);
  });
  if (!asks) return { inputs: inputs as Inputs, classes: {}, dropped: 0, rowAxes: {} };
  return assembled(wanted, [DataFile.ofRecord(NAME, given)], reading);
}

/**
 * Batches whose values are put together as those of `givenData`. Classes that are not declared are found in a pass of their
 * own, or, where the batches can be gone through once only, in the first batch: one that comes later is refused, and never
 * counted as another.
 * @throws GradusError `data`, while they come, as `assembled`
 */
export async function givenBatches(
  wanted: Wanted,
  batches: Batches,
  { isRepeatable, declared = {} }: { readonly isRepeatable: boolean; readonly declared?: Readonly<Record<string, Classes>> },
): Promise<{ readonly batches: Batches; readonly classes: Assembled['classes'] }> {
  const found = isRepeatable ? await classesIn(wanted, batches, declared) : {};
  const classes: Record<string, Classes> = Object.assign(Object.create(null), found, declared);
  return {
    classes,
    batches: async function* () {
      for await (const batch of batches()) {
        const given = givenData(wanted, batch, { classes });
        Object.assign(classes, given.classes);
        yield given.inputs;
      }
    },
  };
}

/** The classes that labels stand for in all batches; nothing is gone through where the first has none. */
async function classesIn(
  wanted: Wanted,
  batches: Batches,
  declared: Readonly<Record<string, Classes>>,
): Promise<Readonly<Record<string, Classes>>> {
  const found = new Map<string, { readonly target: Target; readonly names: Set<string> }>();
  for await (const batch of batches()) {
    const given = byName(batch as GivenData, wanted.keys());
    const file = DataFile.ofRecord(NAME, given);
    const labels = labelColumns(wanted, file, {}).filter(
      ({ target }) => areLabels(wanted.get(target.name)!, given[target.name]) && !Object.hasOwn(declared, target.name),
    );
    if (labels.length === 0 && found.size === 0) break;
    for (const { target, column } of labels) {
      const known = found.get(target.name) ?? { target, names: new Set() };
      for (const name of classNames(column, NAME, file.place)) known.names.add(name);
      found.set(target.name, known);
    }
  }
  return Object.fromEntries([...found].map(([name, { target, names }]) => [name, ordered(names, target, name, NAME)]));
}
