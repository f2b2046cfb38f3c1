import { GradusError, nearest } from '../language/diagnostics.ts';
import { givenName, knownName, nameFinder } from '../language/names.ts';
import { listed } from '../language/visible.ts';
import type { Input } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { type InputValue, Tensor } from '../numeric/tensor.ts';
import type { Column } from './column.ts';
import { commentsTold } from './comment-lines.ts';
import { completeRows, type Filled, type Kept, refuseShifted } from './complete.ts';
import type { DataFile } from './data-file.ts';
import type { SaidDialect } from './dialect.ts';
import { arrayOf, gapIn, gapOf, hasGaps, takenAlong } from './gaps.ts';
import { type Classes, classNames, oneHot, ordered, type Target, toldOf } from './labels.ts';
import { areLabels, axisOfClasses, axisOfColumns } from './layout.ts';
import { nothingUsed } from './nothing-used.ts';
import { noColumn, selected } from './selection.ts';

/** How files are read, and become the values of a model's names. */
export interface Reading extends SaidDialect {
  /** Columns by the name that they fill; they replace those that the source names. */
  readonly map?: Readonly<Record<string, readonly string[]>> | undefined;
  /** What is done with rows that lack a value that is used; `refuse` unless told. */
  readonly missing?: 'refuse' | 'drop' | undefined;
  /** Whether a file may be left without rows: a part of one. */
  readonly mayBeNone?: boolean | undefined;
  /** Whether the values are those of a program, which leaves out examples itself. */
  readonly isProgram?: boolean | undefined;
  /** The classes of one-hot inputs that are known already: those that a model was trained with. */
  readonly classes?: Readonly<Record<string, Classes>> | undefined;
}

/** The values of a model's names, and what is to be known of them. */
export interface Assembled {
  readonly inputs: Inputs;
  /** The classes of each one-hot input that was filled by a column of labels. */
  readonly classes: Readonly<Record<string, Classes>>;
  /** How many rows were left out because they lack a value. */
  readonly dropped: number;
  /** Inputs that columns of tables fill, and along which axis of them the rows lie. */
  readonly rowAxes: Readonly<Record<string, number>>;
}

/** What is known of the inputs that are to be filled: a model, or names that are to have the shape that comes. */
export type Wanted = ReadonlyMap<string, WantedInput>;

/** What is looked at of an input that data are for. */
export type WantedInput = Pick<Input, 'name' | 'role' | 'shape' | 'facts' | 'columns' | 'initial' | 'span'>;

/** An input and the columns that fill it. */
interface Plan {
  readonly input: WantedInput;
  readonly file: DataFile;
  readonly places: readonly number[];
  /** Whether the columns were asked for, by the source or by `map`. */
  readonly asked: boolean;
}

/**
 * The values of a model's inputs from files, later ones first to be believed.
 * @param warn is told of columns that nothing uses, and of rows that are left out; without it neither is looked at
 * @param whole all inputs, where those wanted are some of them: what the others take may be there, too
 * @throws GradusError `data` for a value that is missing, or no number, by file, row and column; `usage` for a map to
 * a name that is no input
 */
export function assembled(
  wanted: Wanted,
  files: readonly DataFile[],
  reading: Reading,
  warn?: (text: string) => void,
  whole = wanted,
): Assembled {
  return filledAll(planned(wanted, files, reading, warn, whole), files, reading, warn);
}

/**
 * The same for one file after another whose columns are the same: what fills what is found once.
 * @throws GradusError as `assembled`
 */
export function assembler(wanted: Wanted, reading: Reading): (file: DataFile) => Assembled {
  let known: { readonly names: readonly string[]; readonly plans: Plans } | undefined;
  return (file) => {
    if (known && sameNames(known.names, file.names)) {
      const plans = new Map([...known.plans.plans].map(([name, plan]) => [name, { ...plan, file }] as const));
      return filledAll({ ...known.plans, plans }, [file], reading);
    }
    known = { names: file.names, plans: planned(wanted, [file], reading) };
    return filledAll(known.plans, [file], reading);
  };
}

const sameNames = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((name, k) => name === other[k]);

/** The values that plans and files come to. */
function filledAll(
  { plans, others }: Plans,
  files: readonly DataFile[],
  reading: Reading,
  warn?: (text: string) => void,
): Assembled {
  const values: Record<string, InputValue | undefined> = Object.create(null);
  const classes: Record<string, Classes> = Object.create(null);
  const rowAxes: Record<string, number> = Object.create(null);
  for (const [name, value] of others) values[name] = value;
  const filled = [...plans.values()].map((plan): Filled & { plan: Plan; value?: InputValue | undefined } => {
    const columns = columnsOf(plan, reading);
    return { plan, input: plan.input, file: plan.file, ...(columns ? { columns } : arrayFor(plan, reading)) };
  });
  let dropped = 0;
  const keptOf = new Map<DataFile, Kept | undefined>();
  for (const file of files) {
    if (file.commented) warn?.(commentsTold(file.file, file.commented));
    const kept = completeRows(
      file,
      filled.filter((one) => one.file === file),
      reading,
    );
    keptOf.set(file, kept);
    if (!kept) continue;
    const without = kept.of - kept.rows.length;
    dropped += without;
    warn?.(`${file.file}: ${without} of ${kept.of} rows left out, which lack a value`);
  }
  refuseShifted(filled, keptOf);
  const counting = countingNames(filled);
  for (const one of filled) {
    const { plan, input, file, columns, array } = one;
    for (const k of warn ? plan.places : []) {
      const rounded = file.rounded(k);
      if (rounded > 0) warn?.(`${file.file}: ${rounded} whole numbers of ${input.name} lie beyond 2^53 and are rounded`);
    }
    const kept = keptOf.get(file);
    const rows = kept?.members.has(one) ? kept.rows : undefined;
    if (!columns) {
      values[input.name] = array && rows ? takenAlong(array, input.shape.indexOf(kept!.dim!), rows) : one.value;
      continue;
    }
    const found = filledBy(plan, columns, rows, counting, reading.classes?.[input.name]);
    values[input.name] = found.value;
    rowAxes[input.name] = found.rowAxis;
    if (!found.classes) continue;
    classes[input.name] = found.classes;
    const told = reading.classes?.[input.name] ? undefined : toldOf(targetOf(input, columns.length)!, found.classes);
    if (told !== undefined) warn?.(told);
  }
  return { inputs: values, classes, dropped, rowAxes };
}

/** A value that is taken as it is; of data that are learned from, as an array in which gaps are looked for. */
function arrayFor(
  { input, file, places }: Plan,
  { missing }: Reading,
): Pick<Filled, 'array'> & { value: InputValue | undefined } {
  const found = file.value(places[0]!);
  if (file.isTyped) return { value: found };
  const isLearned = isLearnedFrom(input, file);
  // Of lists what is missing is told as it stands there.
  const gap = isLearned && missing !== 'drop' && Array.isArray(found) ? gapIn(found) : undefined;
  if (gap) throw gapOf(gap, input.name, file.file);
  const value = arrayOf(found, input.name, file.file, isLearned);
  if (isLearned && value instanceof Tensor && value.data.length === 0)
    throw new GradusError('data', `${file.file} has no examples: ${input.name} is empty`);
  return { value, ...(isLearned && value instanceof Tensor && value.shape.length > 0 && { array: value, written: found }) };
}

/** Which columns fill which inputs; and values of names that are no inputs, of which the model is to tell. */
interface Plans {
  readonly plans: ReadonlyMap<string, Plan>;
  readonly others: readonly (readonly [string, InputValue | undefined])[];
}

function planned(
  wanted: Wanted,
  files: readonly DataFile[],
  reading: Reading,
  warn?: (text: string) => void,
  whole = wanted,
): Plans {
  const { map = {} } = reading;
  const plans = new Map<string, Plan>();
  const others: [string, InputValue | undefined][] = [];
  const lists = askedFor(whole, map);
  const asked = new Map([...lists].filter(([name]) => wanted.has(name)));
  const uses = new Map(files.map((file) => [file, new Set<number>()]));
  const claimed = new Map(files.map((file) => [file, claimedIn(file, asked.values())]));
  for (const file of files) {
    for (const [k, name] of file.placesOf(wanted)) {
      const input = wanted.get(name)!;
      if (input.role === 'param' && (file.isTable || claimed.get(file)!.has(k))) continue;
      uses.get(file)!.add(k);
      plans.set(name, { input, file, places: [k], asked: false });
    }
  }
  for (const [name, list] of asked) {
    const input = wanted.get(name)!;
    const plan = planFor(input, list, files, plans.has(name) && !Object.hasOwn(map, name));
    if (!plan) continue;
    plans.set(name, plan);
    for (const k of plan.places) uses.get(plan.file)!.add(k);
  }
  for (const file of files) {
    if (!file.isLone || uses.get(file)!.size > 0) continue;
    const input = onlyWithout(wanted, plans);
    if (!input) continue;
    plans.set(input.name, { input, file, places: [0], asked: false });
    uses.get(file)!.add(0);
  }
  const find = nameFinder(wanted.keys());
  const inForce = new Set([...plans.values()].map(({ file }) => file));
  for (const file of files) {
    const used = uses.get(file)!;
    if (file.loose && warn && file.names.length > 0) {
      const own = new Set([...used, ...claimed.get(file)!]);
      const known = new Set([...own, ...fitting(file, whole, lists)]);
      if (known.size === 0) throw nothingUsed(whole, file, reading);
      const namesOf = (places: Iterable<number>) => listed([...places].map((k) => givenName(file.names[k]!)));
      // What other inputs take is not missed, unless it is all that there is.
      const unused = placesWithout(file, own.size === 0 ? own : known);
      if (unused.length > 0) warn(`${file.file}: not used: ${namesOf(unused)}`);
      if (own.size > 0 && !inForce.has(file)) warn(`${file.file}: not used: what is given later has ${namesOf(own)} too`);
    }
    if (file.loose) continue;
    // Nor is a column that fills another input, or one that is given later too, a name of its own.
    const columns = new Set([...used, ...claimedIn(file, lists.values())]);
    for (const k of placesWithout(file, columns)) others.push([find(file.names[k]!), file.value(k)]);
  }
  return { plans, others };
}

const placesWithout = ({ names }: DataFile, known: ReadonlySet<number>): number[] =>
  names.flatMap((spelling, k) => (known.has(k) || spelling === '' ? [] : [k]));

/** The places of what some inputs take, by their names or by their lists. */
const fitting = (file: DataFile, inputs: Wanted, lists: ReadonlyMap<string, readonly string[]>): number[] => [
  ...claimedIn(file, lists.values()),
  ...[...file.placesOf(inputs)].flatMap(([k, name]) => (file.isTable && inputs.get(name)!.role === 'param' ? [] : [k])),
];

/** The only data that nothing has given a value; undefined if there are several. */
function onlyWithout(wanted: Wanted, plans: ReadonlyMap<string, Plan>): WantedInput | undefined {
  const without = [...wanted.values()].filter(({ name, role, initial }) => role === 'data' && !initial && !plans.has(name));
  return without.length === 1 ? without[0] : undefined;
}

/** The places of the columns that lists ask for. */
const claimedIn = ({ names }: DataFile, lists: Iterable<readonly string[]>): ReadonlySet<number> =>
  new Set([...lists].flatMap((list) => list.flatMap((selector) => selected(selector, names) ?? [])));

/** The lists of columns by input: those of the source, and of `map` in their place. */
function askedFor(wanted: Wanted, map: NonNullable<Reading['map']>): Map<string, readonly string[]> {
  const asked = new Map<string, readonly string[]>();
  for (const { name, columns } of wanted.values()) if (columns) asked.set(name, columns);
  for (const [spelling, columns] of Object.entries(map)) {
    const name = knownName(spelling, wanted.keys());
    if (!wanted.has(name)) {
      const near = nearest(name, wanted.keys());
      throw new GradusError('usage', `--map fills ${name}, which is not an input of this source`, {
        hint: `${near === undefined ? '' : `did you mean ${near}? `}its inputs are ${listed([...wanted.keys()]) || 'none'}`,
      });
    }
    if (wanted.get(name)!.role === 'param') {
      throw new GradusError('usage', `--map fills ${name}, which is a parameter: columns of tables fill data`, {
        hint: `it starts where the source says, param ${name} = …, or at values by name in JSON or NPZ`,
      });
    }
    asked.set(name, columns);
  }
  return asked;
}

/**
 * The columns of a list in the last file that has one of them.
 * @param otherwise whether the input has a value without them
 */
function planFor(input: WantedInput, list: readonly string[], files: readonly DataFile[], otherwise: boolean): Plan | undefined {
  const file = files.findLast(({ names }) => list.some((selector) => selected(selector, names)));
  if (!file) {
    const last = files.findLast(({ loose }) => loose);
    if (otherwise || !last) return undefined;
    throw noColumn(list[0]!, last.file, last.names);
  }
  const places = list.flatMap((selector) => {
    const found = selected(selector, file.names);
    if (found) return found;
    const other = files.find(({ names }) => selected(selector, names));
    if (!other) throw noColumn(selector, file.file, file.names);
    throw new GradusError(
      'data',
      `${input.name} takes its columns from one file: ${file.file}, which comes last, has no ${selector}, and ${other.file} has`,
      { hint: 'bring the columns together in one file' },
    );
  });
  return { input, file, places: [...new Set(places)], asked: true };
}

/** Data to learn from, of which NaN is a value that is missing; of an expression it may be meant. */
const isLearnedFrom = ({ role }: WantedInput, { isTyped }: DataFile): boolean => role === 'data' && !isTyped;

/** The columns of a plan; undefined where an array is taken as it is. */
function columnsOf({ input, file, places, asked }: Plan, { missing }: Reading): readonly Column[] | undefined {
  const value = asked ? undefined : file.value(places[0]!);
  const isLabels = areLabels(input, value);
  if (
    value !== undefined &&
    !isLabels &&
    !hasGaps(value, isLearnedFrom(input, file)) &&
    !(missing === 'drop' && Array.isArray(value))
  )
    return undefined;
  const columns = places.map((k) => file.column(k));
  const at = columns.indexOf(undefined);
  if (at < 0) return columns as Column[];
  // A single array fills what is asked for as it is.
  if (!asked || (places.length === 1 && !file.isTable)) return undefined;
  throw new GradusError('data', `${file.file}: ${file.names[places[at]!]} is no column: it is not a flat list`);
}

/** Names of lengths that count rows: those of vectors, and those beside a number of columns. */
function countingNames(filled: readonly Filled[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { input, columns } of filled) {
    if (!columns) continue;
    const { shape } = input;
    const classes = axisOfClasses(input);
    const dims = shape.filter((dim, axis) => typeof dim === 'string' && axis !== classes);
    const isPlain = shape.length === 1 || classes !== undefined || shape.some((dim) => typeof dim === 'number');
    if (isPlain && dims.length === 1) names.add(dims[0] as string);
  }
  return names;
}

/** What a single column of labels is to become in an input that is declared one-hot. */
function targetOf(input: WantedInput, columns: number): Target | undefined {
  const axis = axisOfClasses(input);
  if (columns !== 1 || axis === undefined) return undefined;
  const dim = input.shape[axis];
  return dim === 1 ? undefined : { name: input.name, axis, count: typeof dim === 'number' ? dim : undefined };
}

/** The columns of a file that are to become one-hot inputs. */
export function labelColumns(
  wanted: Wanted,
  file: DataFile,
  reading: Reading,
): readonly { readonly target: Target; readonly column: Column }[] {
  return [...planned(wanted, [file], reading).plans.values()].flatMap((plan) => {
    const target = targetOf(plan.input, plan.places.length);
    const column = target && columnsOf(plan, reading)?.[0];
    return target && column ? [{ target, column }] : [];
  });
}

/** The value that columns make of an input, and the axis of it along which the rows lie. */
function filledBy(
  { input, file, asked }: Plan,
  columns: readonly Column[],
  rows: Uint32Array | undefined,
  counting: ReadonlySet<string>,
  known: Classes | undefined,
): { readonly value: InputValue; readonly rowAxis: number; readonly classes?: Classes } {
  const [first] = columns;
  const target = targetOf(input, columns.length);
  if (target) {
    const classes = known ?? ordered(classNames(first!, file.file, file.place, rows), target, first!.name, file.file);
    const value = oneHot(first!, classes, target.axis, file.file, file.place, rows);
    return { value, rowAxis: 1 - target.axis, classes };
  }
  const numbers = columns.map((column) => column.numbersOf(file.file, file.place, rows, () => file.hasUnits()));
  // One column fills what is long along one axis; to fold it into more would be a guess.
  if (numbers.length === 1 && !asked && input.shape.filter((dim) => dim !== 1).length < 2) {
    const axis = input.shape.findIndex((dim) => dim !== 1);
    return { value: numbers[0]!, rowAxis: Math.max(0, axis) };
  }
  const axis = axisOfColumns(input, numbers.length, counting, file.file);
  if (input.shape.length < 2) return { value: numbers[0]!, rowAxis: 1 - axis };
  return { value: side(numbers, axis), rowAxis: 1 - axis };
}

/** Columns side by side, along the second axis or the first. */
function side(columns: readonly Float64Array[], axis: number): Tensor {
  const [rows, count] = [columns[0]!.length, columns.length];
  if (count === 1) return new Tensor(axis === 0 ? [1, rows] : [rows, 1], columns[0]!);
  const data = new Float64Array(rows * count);
  for (const [k, column] of columns.entries()) {
    if (axis === 0) data.set(column, k * rows);
    else for (let row = 0, at = k; row < rows; row++, at += count) data[at] = column[row]!;
  }
  return new Tensor(axis === 0 ? [count, rows] : [rows, count], data);
}
