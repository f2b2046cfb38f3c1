import { type Derivation, derive, namesToDerive } from '../api/derive.ts';
import type { Words } from '../derivation/words/index.ts';
import { elaborate } from '../elaborate/elaborate.ts';
import { GradusError } from '../language/diagnostics.ts';
import { parse } from '../language/parser.ts';
import { visibleHtml } from '../language/visible.ts';
import { bind, type Inputs } from '../numeric/binding.ts';
import { jsonText } from '../numeric/json.ts';
import { plainNumber } from '../numeric/value-text.ts';
import type { NumbersOptions } from '../options/tables.ts';
import type { Notation } from '../reading/hoist.ts';
import { stepsText } from '../verify/steps-text.ts';
import type { Shapes } from './arguments.ts';
import { writeWhole } from './files.ts';
import type { Format } from './formats.ts';
import { asOptions, type GivenArguments, readGiven } from './given.ts';
import { type Session, type SourceText, STATUS } from './io.ts';
import { katexFiles } from './katex-files.ts';
import { readSource } from './source.ts';

interface DeriveArguments extends GivenArguments {
  readonly wrt?: readonly string[];
  readonly order?: number;
  readonly detail: 'brief' | 'full';
  readonly format: Format;
  readonly json?: boolean;
  readonly output?: string;
  readonly shape?: Shapes;
  readonly numbers?: boolean;
  readonly plan?: boolean;
  readonly lr?: number;
  readonly notation?: Notation;
  readonly maxEntries?: number;
}

/** A derivation to be written. */
interface Job {
  readonly derivation: Derivation;
  readonly source: SourceText;
  readonly detail: DeriveArguments['detail'];
  readonly numbers?: NumbersOptions;
  readonly inputs: Inputs;
  /** If it was asked for. */
  readonly notation?: Notation | undefined;
  readonly words: Words;
}

type Marks = readonly [right: string, wrong: string, open: string];

/** What a derivation is printed as. */
const printers: Readonly<Record<Format, (job: Job) => string | Promise<string>>> = {
  text: (job) => plainText(job, false, ['✓', '✗', '·']),
  ascii: (job) => plainText(job, true, ['ok:', 'wrong:', '-']),
  latex: ({ derivation }) => derivation.toLatex(),
  markdown: ({ derivation, detail, notation, words, numbers }) =>
    derivation.toMarkdown({ detail, words, ...inNotation(notation), ...numbers }),
  json: ({ derivation }) => jsonText(derivation, 2),
  html: async ({ derivation, source: { file, text }, words, numbers, inputs, notation }) => {
    const { derivationReport } = await import('../report/index.ts');
    return visibleHtml(
      await derivationReport(derivation, {
        source: text,
        words,
        data: inputs,
        ...numbers,
        katex: katexFiles,
        ...(file && { title: file }),
        ...inNotation(notation),
      }),
    );
  },
};

const NUMBERED: readonly Format[] = ['text', 'ascii', 'markdown', 'html'];

/** What a plan is printed as. */
const PLANNED: readonly Format[] = ['text', 'json'];

const inNotation = (notation: Notation | undefined): { readonly notation?: Notation } => (notation ? { notation } : {});

/** `gradus derive`: the derivation, to standard output or to a file. */
export async function run(session: Session, argument: string, options: DeriveArguments): Promise<number> {
  const source = await readSource(argument, session);
  const { detail, notation, output, lr } = options;
  const format = options.json ? 'json' : options.format;
  if (options.numbers && !NUMBERED.includes(format))
    throw new GradusError('usage', `--numbers does not go with ${format}`, { hint: `it goes with ${NUMBERED.join(', ')}` });
  if (lr !== undefined && !options.numbers)
    throw new GradusError('usage', '--lr is of the step that --numbers shows', { hint: `write --numbers --lr ${lr}` });
  if (options.plan) refuseBesidePlan(options, format);
  const { words } = session.voice;
  const given = await readGiven(options, session);
  const found = derivation(source.text, { ...options, shape: { ...given.shapesIn(source.text), ...options.shape } });
  const inputs = given.valuesFor(found.model);
  bind(found.model, inputs);
  const numbers = options.numbers ? { numbers: inputs, ...(lr !== undefined && { lr }) } : undefined;
  session.warnings(found.warnings);
  if (options.plan) {
    const plan = await asOptions(() => found.compile().plan(inputs));
    written(session, output, format === 'json' ? jsonText(plan, 2) : plan.text(words));
    return STATUS.done;
  }
  // The other formats have their notes in them.
  if (format === 'latex') for (const note of found.notes(words)) session.note(note);
  const job: Job = {
    derivation: found,
    source,
    detail,
    ...(numbers && { numbers }),
    inputs,
    notation,
    words,
  };
  const text = await asOptions(() => printers[format](job));
  written(session, output, text);
  return STATUS.done;
}

function written(session: Session, output: string | undefined, text: string): void {
  if (output === undefined) session.line(text);
  else writeWhole(output, `${text}\n`);
}

/** A plan is told instead of the derivation. */
function refuseBesidePlan({ numbers }: DeriveArguments, format: Format): void {
  if (!PLANNED.includes(format))
    throw new GradusError('usage', `--plan does not go with ${format}`, { hint: `it goes with ${PLANNED.join(', ')}` });
  if (numbers) throw new GradusError('usage', '--plan and --numbers are two things', { hint: 'ask for one, then the other' });
}

/** The derivation, the numbers if they are wanted, and whether it all holds. */
async function plainText(
  { derivation, detail, numbers, inputs, notation, words }: Job,
  ascii: boolean,
  marks: Marks,
): Promise<string> {
  const told = derivation.toText({ detail, words, ascii, ...inNotation(notation), ...numbers });
  return `${told}\n\n${await verdict(derivation, inputs, words, marks)}`;
}

/** Whether every step and the whole hold in numbers; a line for the foot of the derivation. */
async function verdict(found: Derivation, inputs: Inputs, words: Words, [right, wrong, open]: Marks): Promise<string> {
  const { verified } = words;
  try {
    const steps = found.verifySteps();
    const rough = await found.check({ method: 'richardson', points: 2, inputs });
    // Where doubles do not tell, differences of numbers with many digits do.
    const whole = rough.ok ? rough : await found.check({ points: 2, inputs });
    const mark = (ok: boolean) => (ok ? right : wrong);
    return `${mark(steps.ok)} ${stepsText(steps, words)}     ${mark(whole.ok)} ${verified.gradient(plainNumber(whole.worst, 1))}`;
  } catch (error) {
    // A function that is nowhere finite and smooth can be derived, but not tried out.
    if (error instanceof GradusError && ['domain', 'data', 'limit'].includes(error.code))
      return `${open} ${verified.nowhere(words.message?.(error.message) ?? error.message)}`;
    throw error;
  }
}

/** The derivation of a source by what was asked for; asking for what it does not have is wrong usage. */
export function derivation(
  text: string,
  { wrt, shape, order, maxEntries }: Pick<DeriveArguments, 'wrt' | 'shape' | 'order' | 'maxEntries'>,
): Derivation {
  const limit = maxEntries !== undefined && { maxEntries };
  const options = { ...(shape && { shapes: shape }), ...(order !== undefined && { order }), ...limit };
  const model = elaborate(parse(text), options);
  const names = asUsage(() => namesToDerive(model, wrt, asOption));
  for (const name of names) if (!model.inputs.has(name)) return asUsage(() => derive(text, name, options));
  if (order !== undefined && order > 1 && names.length > 1) return asUsage(() => derive(text, names, options));
  return derive(text, names, options);
}

/** A name to derive by, as it is said here. */
export const asOption = (name: string): string => `--wrt ${name}`;

export function asUsage<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    throw new GradusError('usage', error.message, { hint: error.hint });
  }
}
