import { writeFile } from 'node:fs/promises';
import { type Derivation, derive, namesToDerive } from '../api/derive.ts';
import { check } from '../calculus/check.ts';
import { GradusError } from '../language/diagnostics.ts';
import { parse } from '../language/parser.ts';
import type { Shapes } from './arguments.ts';
import { type Session, STATUS } from './io.ts';
import { readSource, reasonOf } from './source.ts';

export interface DeriveArguments {
  readonly wrt?: readonly string[];
  readonly detail: 'brief' | 'full';
  readonly format: string;
  readonly output?: string;
  readonly shape?: Shapes;
}

/** What a derivation is printed as. */
const FORMATS: Readonly<Record<string, (d: Derivation, detail: DeriveArguments['detail']) => string>> = {
  text: (d, detail) => d.toText({ detail }),
  ascii: (d, detail) => d.toText({ detail, ascii: true }),
  latex: (d) => d.toLatex(),
  json: (d) => JSON.stringify(d.toJSON(), null, 2),
};

/** `gradus derive`: the derivation, to standard output or to a file. */
export async function run(session: Session, argument: string, options: DeriveArguments): Promise<number> {
  const source = await readSource(argument, session);
  const text = FORMATS[options.format]!(derivation(source.text, options), options.detail);
  if (options.output === undefined) session.line(text);
  else await write(options.output, `${text}\n`);
  return STATUS.done;
}

/** The derivation of a source by what was asked for; asking for what it does not have is wrong usage. */
export function derivation(text: string, { wrt, shape }: Pick<DeriveArguments, 'wrt' | 'shape'>): Derivation {
  const options = shape ? { shapes: shape } : {};
  const model = check(parse(text), options);
  const names = asUsage(() => namesToDerive(model, wrt));
  for (const name of names) if (!model.inputs.has(name)) return asUsage(() => derive(text, name, options));
  return derive(text, names, options);
}

export function asUsage<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    throw new GradusError('usage', error.message, { hint: error.hint });
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new GradusError('usage', `cannot write ${file}: ${reasonOf(error)}`);
  }
}
