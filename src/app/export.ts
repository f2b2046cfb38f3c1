import { join } from 'node:path';
import { elaborate } from '../elaborate/elaborate.ts';
import { dialects, exported } from '../export/index.ts';
import type { DialectName } from '../export/names.ts';
import { GradusError } from '../language/diagnostics.ts';
import { parse } from '../language/parser.ts';
import { listed } from '../language/visible.ts';
import type { Shapes } from './arguments.ts';
import { writeWhole } from './files.ts';
import { makeFolder } from './folders.ts';
import { asOptions, type GivenArguments, readGiven } from './given.ts';
import { type Session, STATUS } from './io.ts';
import { type Saved, savedParameters } from './parameters.ts';
import { refuseOthers } from './saved-check.ts';
import { readSource, reasonOf } from './source.ts';

interface ExportArguments extends GivenArguments {
  readonly to: DialectName;
  readonly output?: string;
  readonly precision?: 'f64' | 'f32';
  readonly params?: string;
  readonly shape?: Shapes;
  readonly seed: number;
  readonly maxEntries?: number;
}

/** `gradus export`: the model as a program in another language, to a folder or to standard output. */
export async function run(session: Session, argument: string, options: ExportArguments): Promise<number> {
  const { text } = await readSource(argument, session);
  const given = await readGiven(options, session);
  const limit = options.maxEntries && { maxEntries: options.maxEntries };
  const shapes = { ...given.shapesIn(text), ...options.shape };
  const model = elaborate(parse(text, undefined, shapes), { shapes, ...limit });
  session.warnings(model.warnings);
  const saved = options.params === undefined ? { params: {} } : await savedParameters(options.params, session);
  if (options.params !== undefined) {
    refuseOthers(options.params, saved, model, model);
    refuseScaled(options.params, saved);
  }
  const inputs = { ...saved.params, ...given.valuesFor(model, { classes: saved.classes, from: options.params }) };
  const { precision, seed, to, output } = options;
  const files = await asOptions(async () => {
    const told = exported(model, { inputs, seed, ...(precision && { precision }) });
    return Object.entries(await dialects[to].files(told));
  });
  if (output !== undefined) {
    folder(output);
    for (const [name, content] of files) writeWhole(join(output, name), content);
    session.note(`written: ${files.map(([name]) => join(output, name)).join(', ')}`);
    return STATUS.done;
  }
  const [first, ...others] = files;
  if (others.length > 0)
    throw new GradusError('usage', `${to} makes ${files.length} files`, { hint: 'say where they go: -o FOLDER' });
  session.line(first![1].trimEnd());
  return STATUS.done;
}

/** @throws GradusError `data` for parameters that are those for other data than a program is given */
function refuseScaled(file: string, { scaling = {} }: Saved): void {
  const [first] = Object.keys(scaling);
  if (first === undefined) return;
  const names = listed(Object.keys(scaling));
  throw new GradusError(
    'data',
    `${file} holds parameters for ${names} of mean 0 and deviation 1, and a program does not scale what it is given`,
    { hint: `train without --scale, or scale in the model: (${first} - m)/s with numbers for m and s` },
  );
}

function folder(path: string): void {
  try {
    makeFolder(path);
  } catch (error) {
    throw new GradusError('usage', `cannot make the folder ${path}: ${reasonOf(error)}`);
  }
}
