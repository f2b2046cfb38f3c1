import { GradusError } from '../language/diagnostics.ts';
import { givenName, nameFinder } from '../language/names.ts';
import type { InputValue } from '../numeric/tensor.ts';
import { areUnits, type Column, type Place } from './column.ts';
import type { Commented } from './comment-lines.ts';
import { columnOf } from './list-column.ts';
import type { NpyArray } from './npy.ts';
import type { Table } from './table.ts';

/**
 * What a data file holds by name: columns of a table, or arrays of any shape. `loose` ones may hold more than a model
 * asks for.
 */
export class DataFile {
  readonly file: string;
  readonly loose: boolean;
  /** As the file spells them, in its order. */
  readonly names: readonly string[];
  readonly place: Place;
  /** It has no names for its columns, which are counted from 1. */
  readonly headless: boolean;
  /** Its values are typed as expressions: what is NaN there is meant. */
  readonly isTyped: boolean;
  /** Its rows are examples, of which nothing that is learned has values. */
  readonly isTable: boolean;
  /** It is a single array, whose name is only that of its file. */
  readonly isLone: boolean;
  /** Comments of a table that may be meant as rows. */
  readonly commented: Commented | undefined;
  /** How many whole numbers of an array no double is. */
  readonly rounded: (at: number) => number;
  private readonly columnAt: (at: number) => Column | undefined;
  private readonly valueAt: (at: number) => InputValue | undefined;
  private spellings: ReadonlyMap<string, number> | undefined;

  private constructor(
    file: string,
    names: readonly string[],
    {
      column,
      value,
      rounded = () => 0,
      place = (row) => `entry ${row + 1}`,
      loose = false,
      headless = false,
      isTyped = false,
      isTable = false,
      isLone = false,
      commented,
    }: {
      column: (at: number) => Column | undefined;
      value: (at: number) => InputValue | undefined;
      rounded?: (at: number) => number;
      place?: Place;
      loose?: boolean;
      headless?: boolean;
      isTyped?: boolean;
      isTable?: boolean;
      isLone?: boolean;
      commented?: Commented | undefined;
    },
  ) {
    this.file = file;
    this.names = names;
    this.columnAt = column;
    this.valueAt = value;
    this.rounded = rounded;
    this.place = place;
    this.loose = loose;
    this.headless = headless;
    this.isTyped = isTyped;
    this.isTable = isTable;
    this.isLone = isLone;
    this.commented = commented;
  }

  /** Whether the first row may be one of units. */
  hasUnits(): boolean {
    return this.isTable && areUnits(this.names.flatMap((_, k) => this.columnAt(k) ?? []));
  }

  static ofTable(file: string, { columns, place, headless, commented }: Table): DataFile {
    const names = columns.map(({ name }) => name);
    return new DataFile(file, names, {
      column: (k) => columns[k],
      value: () => undefined,
      place,
      headless,
      commented,
      loose: true,
      isTable: true,
    });
  }

  /** Values by name, of which flat lists are columns too. */
  static ofRecord(
    file: string,
    record: Readonly<Record<string, unknown>>,
    told: { readonly isTyped?: boolean; readonly place?: Place } = {},
  ): DataFile {
    const names = Object.keys(record);
    return new DataFile(file, names, {
      ...told,
      column: (k) => columnOf(names[k]!, record[names[k]!]),
      value: (k) => record[names[k]!] as InputValue,
    });
  }

  /** Arrays, each read when it is asked for. */
  static ofArrays(file: string, arrays: ReadonlyMap<string, () => NpyArray>, { isLone = false } = {}): DataFile {
    const names = [...arrays.keys()];
    return new DataFile(file, names, {
      column: (k) => columnOf(names[k]!, arrays.get(names[k]!)!().value),
      value: (k) => arrays.get(names[k]!)!().value as InputValue,
      rounded: (k) => arrays.get(names[k]!)!().rounded,
      loose: true,
      isLone,
    });
  }

  /** The places of those names that are a source's, and how the source spells them. */
  *placesOf(known: { has(name: string): boolean; keys(): Iterable<string> }): Generator<readonly [number, string]> {
    const find = nameFinder(known.keys());
    for (const [k, spelling] of this.names.entries()) {
      const name = known.has(spelling) ? spelling : find(spelling);
      if (known.has(name)) yield [k, name];
    }
  }

  /** @throws GradusError `data` for a name that the file has twice */
  column(at: number): Column | undefined {
    this.refuseTwice(at);
    return this.columnAt(at);
  }

  /** @throws GradusError `data` for a name that the file has twice */
  value(at: number): InputValue | undefined {
    this.refuseTwice(at);
    return this.valueAt(at);
  }

  private refuseTwice(at: number): void {
    const spelling = this.names[at]!;
    const name = givenName(spelling);
    this.spellings ??= firstPlaces(this.names);
    const first = this.spellings.get(name);
    const [one, other] = first === at ? [at, this.twin(at, name)] : [first!, at];
    if (other === undefined) return;
    const [a, b] = [this.names[one]!, this.names[other]!];
    const what = a === b ? `two columns ${name}` : `columns ${a} and ${b}, which are one name`;
    throw new GradusError('data', `${this.file} has ${what}`);
  }

  /** Another name that is spelled like the first of its kind. */
  private twin(at: number, name: string): number | undefined {
    if (this.spellings!.size === this.names.length) return undefined;
    const other = this.names.findIndex((spelling, k) => k !== at && givenName(spelling) === name);
    return other < 0 ? undefined : other;
  }
}

/** Where each name stands first, however it is spelled. */
function firstPlaces(names: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  for (const [k, spelling] of names.entries()) {
    const name = givenName(spelling);
    if (!places.has(name)) places.set(name, k);
  }
  return places;
}
