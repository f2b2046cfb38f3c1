import { GradusError, nearest } from '../language/diagnostics.ts';
import { knownName } from '../language/names.ts';
import { listed } from '../language/visible.ts';
import type { Input } from '../model/model.ts';
import { Tensor } from '../numeric/tensor.ts';
import { isMissing, numberIn } from './cells.ts';
import { type Column, type Place, saidOf } from './column.ts';
import { axisOfClasses } from './layout.ts';

/** The names of classes, in order: the k-th stands for the k-th entry of a one-hot array. */
export type Classes = readonly string[];

/** What a column of classes is to become. */
export interface Target {
  readonly name: string;
  /** Along which axis of two the classes stand. */
  readonly axis: number;
  /** How many classes there are, where that is declared. */
  readonly count?: number | undefined;
}

/**
 * Classes as they are declared, by the names of a source.
 * @throws GradusError `usage` for a name that is no one-hot array, and a class that is named twice
 */
export function declaredClasses(
  wanted: ReadonlyMap<string, Pick<Input, 'shape' | 'facts'>>,
  declared: Readonly<Record<string, Classes>>,
): Readonly<Record<string, Classes>> {
  return Object.fromEntries(
    Object.entries(declared).map(([spelling, classes]) => {
      const name = knownName(spelling, wanted.keys());
      const input = wanted.get(name);
      if (!input) {
        const near = nearest(name, wanted.keys());
        throw new GradusError('usage', `classes are given of ${name}, which is not an input of this source`, {
          hint: `${near === undefined ? '' : `did you mean ${near}? `}its inputs are ${listed([...wanted.keys()]) || 'none'}`,
        });
      }
      if (axisOfClasses(input) === undefined)
        throw new GradusError('usage', `classes are given of ${name}, which is no one-hot array`, {
          hint: `declare it data ${name} : [n, ${classes.length}] onehot cols`,
        });
      const twice = classes.find((one, k) => classes.indexOf(one) < k);
      if (twice !== undefined) throw new GradusError('usage', `the class ${twice} of ${name} is named twice`);
      return [name, classes.map(asRead)];
    }),
  );
}

/** Whole numbers as cells with them are told, however they are spelled. */
const asRead = (name: string): string => (Number.isSafeInteger(numberIn(name, '.')) ? String(numberIn(name, '.')) : name.trim());

/** The class of a row, by its name: a word, or a whole number. */
const classAt = (column: Column, row: number): string => column.wordAt(row) ?? String(column.at(row));

/**
 * The names of the classes in a column.
 * @param rows those that count; all of them if left out
 * @throws GradusError `data` for numbers that are no classes, and for texts
 */
export function classNames(column: Column, file: string, place: Place, rows?: Uint32Array): ReadonlySet<string> {
  if (column.isText) throw new GradusError('data', `${file}: ${column.name} has too many different words to be classes`);
  const count = rows?.length ?? column.length;
  const found = new Set<string>();
  for (let k = 0; k < count; k++) {
    const row = rows ? rows[k]! : k;
    const word = column.wordAt(row);
    if (word === undefined && !Number.isSafeInteger(column.at(row))) {
      throw new GradusError('data', `${file}, ${place(row)}: ${column.name} is ${column.at(row)}, which is no class`, {
        hint: 'classes are words or whole numbers',
      });
    }
    if (word === undefined || !isMissing(word)) found.add(classAt(column, row));
  }
  return found;
}

/**
 * Classes in their order: words in that of the alphabet, whole numbers in theirs. Where it is declared how many there are,
 * numbers that count them, from 0 or, where the last one comes, from 1, stand for themselves, though some never come.
 * @throws GradusError `data` where there are more or fewer than are declared
 */
export function ordered(found: ReadonlySet<string>, target: Target, column: string, file: string): Classes {
  const classes = [...found];
  const numbers = classes.every((name) => /^-?\d+$/.test(name));
  const { count = 0 } = target;
  if (numbers) {
    const within = (first: number) => classes.every((name) => Number(name) >= first && Number(name) < first + count);
    const first = within(0) ? 0 : within(1) ? 1 : undefined;
    if (first !== undefined) return Array.from({ length: count }, (_, k) => String(first + k));
  }
  classes.sort(numbers ? (a, b) => Number(a) - Number(b) : (a, b) => (a < b ? -1 : 1));
  if (target.count !== undefined && classes.length !== target.count) {
    const say = classes.length === 1 ? 'one class' : `${classes.length} classes`;
    throw new GradusError('data', `${column} of ${file} has ${say}, and ${target.name} has room for ${target.count}`, {
      hint: `the classes are ${listed(classes)}`,
    });
  }
  return classes;
}

/** What is to be told of classes that were found: numbers that do not count from 0 may be meant to. */
export function toldOf({ name, count }: Target, classes: Classes): string | undefined {
  if (count === undefined || !classes.every((one, k) => one === String(k + 1))) return undefined;
  return count > MOST_TOLD
    ? `the labels of ${name} are counted from 1 to ${count}`
    : `the labels of ${name} are counted from 1 to ${count}: --classes ${name}=${classes.join()} says so`;
}

/** More classes than this are not typed. */
const MOST_TOLD = 12;

/**
 * A one-hot array: 1 where a row is of a class, else 0.
 * @throws GradusError `data` for a class that is not among those that are known
 */
export function oneHot(column: Column, classes: Classes, axis: number, file: string, place: Place, rows?: Uint32Array): Tensor {
  const count = rows?.length ?? column.length;
  const size = classes.length;
  const data = new Float64Array(count * size);
  const number = new Map(classes.map((name, k) => [name, k]));
  for (let k = 0; k < count; k++) {
    const row = rows ? rows[k]! : k;
    const at = number.get(classAt(column, row));
    if (at === undefined) {
      throw new GradusError(
        'data',
        `${file}, ${place(row)}: ${column.name} is ${saidOf(classAt(column, row))}, an unknown class`,
        {
          hint: `the classes are ${listed([...classes])}`,
        },
      );
    }
    data[axis === 0 ? at * count + k : k * size + at] = 1;
  }
  return new Tensor(axis === 0 ? [size, count] : [count, size], data);
}
