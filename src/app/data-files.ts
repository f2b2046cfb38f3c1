import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { type Assembled, assembled, type Reading } from '../data/assemble.ts';
import { looked } from '../data/batches.ts';
import type { Open } from '../data/bytes.ts';
import type { DataFile } from '../data/data-file.ts';
import { declaredClasses } from '../data/labels.ts';
import { type Stream, streamWarnings } from '../descend/index.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { type Session, STANDARD_INPUT } from './io.ts';
import { reasonOf } from './source.ts';

/** Options of commands that take values from files. */
export interface DataArguments extends Reading {
  readonly data: readonly string[];
}

/**
 * Of the options of a command those that say how its files are read.
 * @throws GradusError `usage` for classes of what is no one-hot array
 */
export const readingOf = (model: Model, { map, missing, classes, delimiter, decimal }: Reading): Reading => ({
  map,
  missing,
  delimiter,
  decimal,
  ...(classes && { classes: declaredClasses(model.inputs, classes) }),
});

/** A file of this machine, piece by piece. @throws GradusError `data` that names the file and says what is the matter with it */
export async function* fileBytes(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file) as AsyncIterable<Uint8Array>;
  } catch (error) {
    // What the reader of the pieces throws does not come by here.
    throw new GradusError('data', `cannot read ${file}: ${reasonOf(error)}`);
  }
}

/** Files and, as `-`, standard input, which can be read once. */
export function opener(session: Session): Open {
  return (file) => (file === STANDARD_INPUT ? session.io.bytes() : fileBytes(file));
}

/**
 * What the files of a command hold.
 * @throws GradusError `usage` where standard input is to be two things, `data` for what cannot be read
 */
export async function readFiles({ data: files, ...said }: DataArguments, session: Session): Promise<DataFile[]> {
  const names = files.map((file) => (file === '-' ? STANDARD_INPUT : file));
  const uses = names.filter((name) => name === STANDARD_INPUT).length + (session.source?.file === STANDARD_INPUT ? 1 : 0);
  if (uses > 1) {
    throw new GradusError('usage', 'standard input can be read once only', {
      hint:
        session.source?.file === STANDARD_INPUT
          ? 'write the model into a file: gradus train model.grad --data -'
          : 'write one of the data into a file, and give its name: --data FILE',
    });
  }
  if (names.length === 0) return [];
  const { dataFile } = await import('../data/read.ts');
  return Promise.all(names.map((name) => dataFile(name, opener(session), said)));
}

/** The values of a model's names from the files of a command; what is left out is told. */
export async function dataFor(model: Model, options: DataArguments, session: Session): Promise<Assembled> {
  return assembled(model.inputs, await readFiles(options, session), readingOf(model, options), session.warn.bind(session));
}

/** A file of more bytes than this is not read as a whole where its rows will do. */
const LARGE = 2 ** 29;

/** Data that come from a file a batch at a time. */
interface Streamed {
  readonly stream: Stream;
  readonly classes: Assembled['classes'];
}

/**
 * A large table that is trained with in batches, as it comes from its file: it is gone through once before, and what is
 * wrong with it is found then.
 * @param batch how many rows a step takes; without it all are needed at once
 * @param large from how many bytes on
 * @returns undefined where the data are to be read as a whole
 * @throws GradusError `data` as `dataFor`
 */
export async function streamFor(
  model: Model,
  options: DataArguments,
  batch: number | undefined,
  session: Session,
  large = LARGE,
): Promise<Streamed | undefined> {
  const { data } = options;
  const reading = readingOf(model, options);
  const [file] = data;
  if (file === undefined || batch === undefined || data.length > 1 || !isLarge(file, large)) return undefined;
  const { hasRows } = await import('../data/read.ts');
  if (!hasRows(file)) return undefined;
  const { fileBatches, surveyed } = await import('../data/file-batches.ts');
  const open = opener(session);
  session.warnings(streamWarnings(model));
  // All of the file passes by: whether a run that is resumed has the same costs next to nothing.
  const passed = createHash('sha256');
  const hashed: Open = async function* (name) {
    for await (const piece of open(name)) {
      passed.update(piece);
      yield piece;
    }
  };
  const { classes } = await surveyed(model.inputs, file, hashed, reading, session.warn.bind(session));
  async function* batches(): AsyncGenerator<Inputs> {
    for await (const { inputs } of fileBatches(model.inputs, file!, open, batch!, { ...reading, classes })) yield inputs;
  }
  const fingerprint = passed.update(JSON.stringify({ ...reading, classes })).digest('hex');
  return { stream: { ...(await looked(batches)), fingerprint }, classes };
}

function isLarge(file: string, large: number): boolean {
  const there = statSync(file, { throwIfNoEntry: false });
  return there?.isFile() === true && there.size > large;
}
