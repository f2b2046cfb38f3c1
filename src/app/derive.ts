import { writeFile } from 'node:fs/promises';
import { type Derivation, derive, namesToDerive } from '../api/derive.ts';
import { check } from '../calculus/check.ts';
import { languages, type Words } from '../derivation/words/index.ts';
import { GradusError } from '../language/diagnostics.ts';
import { parse } from '../language/parser.ts';
import type { Shapes } from './arguments.ts';
import { type Session, STATUS } from './io.ts';
import { readSource, reasonOf } from './source.ts';
import { plainNumber } from './values.ts';

export interface DeriveArguments {
  readonly wrt?: readonly string[];
  readonly detail: 'brief' | 'full';
  readonly format: string;
  readonly output?: string;
  readonly shape?: Shapes;
  readonly numbers?: boolean;
  readonly lang?: string;
}

/** What a derivation is printed as. */
const FORMATS: Readonly<Record<string, (d: Derivation, detail: DeriveArguments['detail'], words: Words) => string>> = {
  text: (d, detail, words) => d.toText({ detail, words }),
  ascii: (d, detail, words) => d.toText({ detail, words, ascii: true }),
  latex: (d) => d.toLatex(),
  json: (d) => JSON.stringify(d.toJSON(), null, 2),
};

/** `gradus derive`: the derivation, to standard output or to a file. */
export async function run(session: Session, argument: string, options: DeriveArguments): Promise<number> {
  const source = await readSource(argument, session);
  const found = derivation(source.text, options);
  const words = languages[options.lang ?? 'en']!;
  let text = FORMATS[options.format]!(found, options.detail, words);
  if (options.format === 'text' || options.format === 'ascii') {
    if (options.numbers) text += `\n\n${found.valuesText({}, words)}`;
    text += `\n\n${await verdict(found, words, options.format === 'ascii' ? ['ok:', 'wrong:', '-'] : ['✓', '✗', '·'])}`;
  }
  if (options.output === undefined) session.line(text);
  else await write(options.output, `${text}\n`);
  return STATUS.done;
}

/** Whether every step and the whole hold in numbers; a line for the foot of the derivation. */
async function verdict(
  found: Derivation,
  { verified }: Words,
  [right, wrong, open]: readonly [string, string, string],
): Promise<string> {
  try {
    const steps = found.verifySteps();
    const whole = await found.check({ method: 'richardson', points: 2 });
    const mark = (ok: boolean) => (ok ? right : wrong);
    return `${mark(steps.ok)} ${verified.steps(steps.points)}     ${mark(whole.ok)} ${verified.gradient(plainNumber(whole.worst, 1))}`;
  } catch (error) {
    // A function that is nowhere finite and smooth can be derived, but not tried out.
    if (error instanceof GradusError && (error.code === 'domain' || error.code === 'data'))
      return `${open} ${verified.nowhere(error.message)}`;
    throw error;
  }
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
