import { compile } from '../api/functions.ts';
import { type DataFile, dataFile, merged } from '../data/data-file.ts';
import { GradusError } from '../language/diagnostics.ts';
import { canonicalName, knownName } from '../language/names.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { flatten } from '../numeric/tensor.ts';
import type { Value } from '../numeric/value-text.ts';
import type { Shapes } from './arguments.ts';
import type { Session } from './io.ts';
import { readText } from './source.ts';

/** Options of commands that take values for the names of a source. */
export interface GivenArguments {
  readonly set?: Readonly<Record<string, string>>;
  readonly data: readonly string[];
}

/** Values from files and from the command line, which has the last word. */
export interface Given {
  /** The shapes of those that a source mentions, so that `--shape` is not needed for them. */
  shapesIn(source: string): Shapes;
  /** The values of a model's names. */
  valuesFor(model: Model): Inputs;
}

/** @throws GradusError `usage` or `data` for what cannot be read */
export async function readGiven({ set = {}, data }: GivenArguments, session: Session): Promise<Given> {
  const files: DataFile[] = await Promise.all(data.map((file) => dataFile(file, readText)));
  const values = Object.entries(set).map(([name, text]) => [name, valueSet(name, text)] as const);
  files.push({ file: '--set', values: new Map(values.map(([name, value]) => [name, () => value])), loose: false });
  return {
    shapesIn: (source) => shapesOf(source, new Map(files.flatMap((file) => [...file.values]))),
    valuesFor: (model) => merged(files, model.inputs.keys(), session.warn.bind(session)),
  };
}

/** A name without a value is told with the options that give it one. */
export async function asOptions<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const name = error instanceof GradusError && error.code === 'data' && /^(\S+) has no value$/.exec(error.message)?.[1];
    if (!name) throw error;
    throw new GradusError('data', error.message, { span: error.span, hint: `give it with --set ${name}=… or --data FILE` });
  }
}

/** The value of `--set name=text`: an expression without names. */
function valueSet(name: string, text: string): Value {
  try {
    return compile(text)();
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    throw new GradusError('usage', `--set ${name}=${text}: ${error.message}`, { hint: error.hint });
  }
}

function shapesOf(source: string, values: DataFile['values']): Shapes {
  const shapes: Record<string, readonly number[]> = Object.create(null);
  const mentioned = new Set<string>(canonicalName(source).match(/[\p{L}_][\p{L}\p{M}\p{N}_]*/gu));
  for (const [spelling, value] of values) {
    const name = knownName(spelling, mentioned);
    if (!mentioned.has(name)) continue;
    const { shape, data } = flatten(value(), name);
    const found = shape ?? [data.length];
    if (found.length > 0) shapes[name] = found;
  }
  return shapes;
}
