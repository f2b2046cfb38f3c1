import { byName } from '../language/names.ts';
import type { Inputs } from '../numeric/binding.ts';
import type { InputValue } from '../numeric/tensor.ts';
import { type Assembled, assembled, labelColumns, type Wanted } from './assemble.ts';
import type { Batches } from './batches.ts';
import { DataFile } from './data-file.ts';
import { type Classes, classNames, ordered, type Target } from './labels.ts';
import { areLabels } from './layout.ts';

/** Values by name, of which those of one-hot inputs may be labels: words, or whole numbers. */
export type GivenData = Readonly<Record<string, InputValue | readonly string[] | undefined>>;

/** What data are called that come from a program. */
const NAME = 'the data';

/** What is known of values that a program gives. */
interface Circumstances {
  readonly classes?: Readonly<Record<string, Classes>>;
  /** Which batch they are, from 1 on, where they come in batches. */
  readonly batch?: number;
  /** All inputs, where those wanted are some of them: what the others take may be there, too. */
  readonly whole?: Wanted;
}

/**
 * Values by name as a program gives them: lists that are columns of an input are put together as its declaration says,
 * and labels, words or whole numbers, become one-hot. Anything else stays as it is.
 * @throws GradusError `data` as `assembled`
 */
export function givenData(wanted: Wanted, inputs: GivenData, { classes, batch, whole = wanted }: Circumstances = {}): Assembled {
  const given = byName(inputs, whole.keys());
  const asks = [...whole.values()].some((input) => {
    const value = given[input.name];
    if (value === undefined) return input.columns !== undefined;
    return areLabels(input, value);
  });
  if (!asks) return { inputs: inputs as Inputs, classes: {}, dropped: 0, rowAxes: {} };
  return assembled(wanted, [fileOf(given, batch)], { classes, isProgram: true }, undefined, whole);
}

const fileOf = (given: GivenData, batch: number | undefined): DataFile =>
  DataFile.ofRecord(NAME, given, batch === undefined ? {} : { place: (row) => `entry ${row + 1} of batch ${batch}` });

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
      let number = 0;
      for await (const batch of batches()) {
        const given = givenData(wanted, batch, { classes, batch: ++number });
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
  let number = 0;
  for await (const batch of batches()) {
    const given = byName(batch as GivenData, wanted.keys());
    const file = fileOf(given, ++number);
    const labels = labelColumns(wanted, file, { isProgram: true }).filter(
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
