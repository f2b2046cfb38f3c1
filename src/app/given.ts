import { compile } from '../api/functions.ts';
import { assembled, type Reading } from '../data/assemble.ts';
import { DataFile } from '../data/data-file.ts';
import { shapesFrom } from '../data/free-shapes.ts';
import { namesIn } from '../elaborate/written.ts';
import { GradusError } from '../language/diagnostics.ts';
import { knownName } from '../language/names.ts';
import { treeOf } from '../language/parser.ts';
import { listed } from '../language/visible.ts';
import type { Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { Tensor } from '../numeric/tensor.ts';
import type { Value } from '../numeric/value-text.ts';
import type { Shapes } from './arguments.ts';
import { type DataArguments, readFiles, readingOf } from './data-files.ts';
import type { Session } from './io.ts';

/** Options of commands that take values for the names of a source. */
export interface GivenArguments extends DataArguments {
  readonly set?: Readonly<Record<string, string>>;
}

/** What is known before values are read. */
interface Learned {
  /** The classes that words stand for; left out, those that they are. */
  readonly classes?: Readonly<Record<string, readonly string[]>> | undefined;
  /** The file that they are from. */
  readonly from?: string | undefined;
  /** What of the model is asked for, where that is not all: the data may be there for the rest, too. */
  readonly part?: Pick<Model, 'inputs'>;
}

/** Values from files and from the command line, which has the last word. */
export interface Given {
  /** The shapes of those that a source mentions, so that `--shape` is not needed for them. */
  shapesIn(source: string): Shapes;
  /** The values of a model's names. @throws GradusError `data` as `assembled`, `usage` as `readingOf` */
  valuesFor(model: Model, learned?: Learned): Inputs;
}

/** @throws GradusError `usage` or `data` for what cannot be read */
export async function readGiven({ set = {}, ...options }: GivenArguments, session: Session): Promise<Given> {
  const files = await readFiles(options, session);
  const values = Object.entries(set).map(([name, text]) => [name, valueSet(name, text)] as const);
  files.push(DataFile.ofRecord('--set', Object.fromEntries(values), { isTyped: true }));
  return {
    shapesIn: (source) => (files.some(({ names }) => names.length > 0) ? shapesFrom(files, options, mentionedIn(source)) : {}),
    valuesFor: (model, { classes = {}, from = '', part = model } = {}) => {
      const reading = readingOf(model, options);
      refuseOtherClasses(reading.classes, classes, from);
      const known = { ...reading, classes: { ...reading.classes, ...classes } };
      const { inputs } = assembled(part.inputs, files, known, session.warn.bind(session), model.inputs);
      return withArrays(model, inputs, set);
    },
  };
}

/** @throws GradusError `usage` where classes are said to be others, or in another order, than those that were learned */
function refuseOtherClasses(said: Reading['classes'] = {}, learned: NonNullable<Reading['classes']>, from: string): void {
  for (const [name, classes] of Object.entries(said)) {
    const own = learned[name];
    if (!own || (own.length === classes.length && own.every((one, k) => one === classes[k]))) continue;
    throw new GradusError('usage', `--classes of ${name} are not those of ${from}, which are ${listed([...own])}`, {
      hint: `leave ${name} out of --classes: the parameters belong to the classes in this order`,
    });
  }
}

/** `--set x=[31]` of an array has one entry: an expression `[31]` is a number. */
function withArrays(model: Model, inputs: Inputs, set: Readonly<Record<string, string>>): Inputs {
  const values: Record<string, Inputs[string]> = Object.assign(Object.create(null), inputs);
  for (const [spelling, text] of Object.entries(set)) {
    const name = knownName(spelling, model.inputs.keys());
    const { shape = [] } = model.inputs.get(name) ?? {};
    const value = values[name];
    if (shape.length === 0 || typeof value !== 'number' || !text.trimStart().startsWith('[')) continue;
    values[name] = new Tensor(
      shape.map(() => 1),
      Float64Array.of(value),
    );
  }
  return values;
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

/** The names in a source's expressions that it neither declares nor defines; none of a source that cannot be read, of which it is told elsewhere. */
function mentionedIn(text: string): ReadonlySet<string> {
  const source = treeOf(text);
  const names = new Set(source ? namesIn(source) : []);
  for (const s of source?.statements ?? []) if (s.name !== undefined && s.kind !== 'function') names.delete(s.name);
  return names;
}
