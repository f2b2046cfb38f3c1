import { type Assembled, assembled } from '../../../src/data/assemble.ts';
import type { DataFile } from '../../../src/data/data-file.ts';
import { axisOfClasses } from '../../../src/data/layout.ts';
import { dataFile } from '../../../src/data/read.ts';
import { selected } from '../../../src/data/selection.ts';
import { wordsOf } from '../../../src/derivation/words/index.ts';
import { GradusError } from '../../../src/language/diagnostics.ts';
import type { Input, Model } from '../../../src/model/model.ts';
import type { Inputs } from '../../../src/numeric/binding.ts';
import { shapeText } from '../../../src/render/shape-text.ts';
import { classesOf, filledWith } from '../../../src/report/filling.ts';
import { startOf } from '../../../src/report/values.ts';
import type { Tasks } from '../engine/protocol.ts';
import type { FileGiven, Given, TableAnswer } from '../engine/training.ts';
import { modelOf } from './model.ts';

/** The values of a model's names that were given on the page. @throws GradusError `data` by file, row and column */
export async function inputsOf(model: Model, given: Given): Promise<Inputs> {
  switch (given.kind) {
    case 'own':
      return {};
    case 'points':
      return filled(model, given);
    case 'file':
      return (await read(model, given)).inputs;
  }
}

/** The same for a run: points that a model has no room for leave it its own data, where it has some. */
export async function dataFor(model: Model, given: Given): Promise<{ readonly inputs: Inputs; readonly instead?: GradusError }> {
  try {
    return { inputs: await inputsOf(model, given) };
  } catch (error) {
    if (!(error instanceof GradusError) || given.kind !== 'points' || !startOf(model, {}, 1)) throw error;
    return { inputs: {}, instead: error };
  }
}

function filled(model: Model, { features, targets }: Extract<Given, { kind: 'points' }>): Inputs {
  const found = filledWith(model, { features, targets });
  if (found) return found;
  const some = features.length === 1 ? 'one feature' : `${features.length} features`;
  throw new GradusError('data', `the data of this model have no room for examples of ${some} and a target`, {
    hint: features.length === 1 ? 'declare them: data x : [n], y : [n]' : 'declare them: data X : [2, m], Y : [1, m]',
  });
}

export const classes = (reading: Tasks['classes']['ask']): Tasks['classes']['answer'] => classesOf(modelOf(reading));

/** A file is read once, however often a run is begun. */
let last: { readonly id: number; readonly file: DataFile } | undefined;

async function opened({ id, name, content }: FileGiven): Promise<DataFile> {
  if (last?.id !== id) last = { id, file: await dataFile(name, () => piecesOf(content)) };
  return last.file;
}

/** Not every browser iterates over a stream. */
async function* piecesOf(content: Blob): AsyncGenerator<Uint8Array> {
  const reader = content.stream().getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function read(model: Model, given: FileGiven): Promise<Assembled> {
  const file = await opened(given);
  const map = Object.fromEntries(Object.entries(given.map).filter(([name, list]) => model.inputs.has(name) && list.length > 0));
  // A column that is called like a parameter was not chosen for it.
  const chosen = new Map([...model.inputs].filter(([name]) => Object.hasOwn(map, name)));
  return assembled(chosen, [file], { map, missing: given.missing }, () => {});
}

/** What a table holds, and which of its columns may be meant for each of the model's names. */
export async function table({ given, ...reading }: Tasks['table']['ask']): Promise<TableAnswer> {
  const model = modelOf(reading);
  const file = await opened(given);
  const columns = file.names.map((name, k) => ({ name, column: file.column(k) }));
  const wanted = [...model.inputs.values()].filter(({ role }) => role === 'data');
  return {
    rows: Math.max(0, ...columns.map(({ column }) => column?.length ?? 0)),
    columns: columns.map(({ name, column }) => ({
      name,
      hasWords: column?.hasWords ?? false,
      missing: column ? [...column.missing()].length : 0,
    })),
    inputs: guessed(wanted, file).map(({ input, places }) => ({
      name: input.name,
      shape: shapeText(input.shape, wordsOf(reading)),
      columns: places.map((k) => file.names[k]!),
    })),
  };
}

/**
 * Columns for names: those that the source asks for, or of the same name; of the rest as many as a name has room for, in
 * order, and the last for the last name, which is the target more often than not.
 */
function guessed(inputs: readonly Input[], file: DataFile) {
  const own = new Map([...file.placesOf(new Map(inputs.map((input) => [input.name, input])))].map(([k, name]) => [name, k]));
  const placesOf = ({ name, columns = [] }: Input): number[] | undefined => {
    const asked = columns.flatMap((selector) => selected(selector, file.names) ?? []);
    return asked.length > 0 ? asked : own.has(name) ? [own.get(name)!] : undefined;
  };
  const known = inputs.map((input) => ({ input, places: placesOf(input) }));
  const used = new Set(known.flatMap(({ places }) => places ?? []));
  const free = file.names.flatMap((_, k) => (used.has(k) ? [] : [k]));
  const target = known.findLast(({ places }) => !places);
  const forTarget = inputs.length > 1 && target ? free.splice(Math.max(0, free.length - roomOf(target.input, 1))) : undefined;
  return known.map(({ input, places }) => {
    const others = input === target?.input && forTarget ? forTarget : undefined;
    return { input, places: places ?? others ?? free.splice(0, roomOf(input, free.length)) };
  });
}

/** How many columns an input takes: a number that is declared, one for a vector or for classes, as many as there are. */
function roomOf(input: Input, most: number): number {
  if (input.shape.length < 2 || axisOfClasses(input) !== undefined) return 1;
  const count = input.shape.find((dim): dim is number => typeof dim === 'number');
  return count ?? Math.max(1, most);
}
