import { basename } from 'node:path';
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
import { inAscii } from '../render/formats/plain-words.ts';
import type { Voice } from '../session/speech.ts';
import { together } from '../verify/steps.ts';
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
  readonly parallel?: string;
}

/** A derivation to be written. */
interface Job {
  readonly derivation: Derivation;
  /** Of a higher one, those of the lower orders whose steps are shown. */
  readonly below: () => readonly Derivation[];
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
  latex: ({ derivation, detail, notation, words, numbers }) =>
    derivation.toLatex({ detail, words, ...inNotation(notation), ...numbers }),
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
        ...(file && { title: basename(file) }),
        ...inNotation(notation),
      }),
    );
  },
};

const NUMBERED: readonly Format[] = ['text', 'ascii', 'latex', 'markdown', 'html'];

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
  const instead = askedInstead(options, format);
  const { words } = session.voice;
  const given = await readGiven(options, session);
  const shape = { ...given.shapesIn(source.text), ...options.shape };
  const found = derivation(source.text, { ...options, shape });
  const inputs = given.valuesFor(found.model);
  bind(found.model, inputs);
  const numbers = options.numbers ? { numbers: inputs, ...(lr !== undefined && { lr }) } : undefined;
  session.warnings(found.warnings);
  if (instead) {
    const text = await asOptions(() => instead({ found, inputs, options, format, voice: session.voice }));
    return written(session, text, output);
  }
  // The other formats have their notes in them.
  if (format === 'latex') for (const note of found.notes(words)) session.note(note);
  const job: Job = {
    derivation: found,
    below: () => (detail === 'full' ? lowerOrders(source.text, { ...options, shape }) : []),
    source,
    detail,
    ...(numbers && { numbers }),
    inputs,
    notation,
    words,
  };
  const text = await asOptions(() => printers[format](job));
  return written(session, text, output);
}

/** What something that is told instead of the derivation is made of. */
interface Asked {
  readonly found: Derivation;
  readonly inputs: Inputs;
  readonly options: DeriveArguments;
  readonly format: Format;
  readonly voice: Voice;
}

/** What can be told instead of the derivation: the formats that there are, and the text. */
const INSTEAD = {
  parallel: {
    formats: ['text', 'ascii', 'json'],
    text: async ({ found, inputs, options, format, voice: { lang } }: Asked) => {
      const told = await found.parallel(options.parallel!, inputs);
      return format === 'json' ? jsonText(told, 2) : told.toText({ ascii: format === 'ascii', lang });
    },
  },
  plan: {
    formats: ['text', 'json'],
    text: ({ found, inputs, format, voice: { words } }: Asked) => {
      const told = found.compile().plan(inputs);
      return format === 'json' ? jsonText(told, 2) : told.text(words);
    },
  },
} as const;

/** @throws GradusError `usage` for an option that says nothing of what is told instead */
function askedInstead(options: DeriveArguments, format: Format) {
  const names = (Object.keys(INSTEAD) as (keyof typeof INSTEAD)[]).filter((name) => options[name]);
  const [name, second] = names;
  if (name === undefined) return undefined;
  const other =
    second ?? (['numbers', 'notation', 'order'] as const).find((also) => options[also] !== undefined && options[also] !== false);
  if (other !== undefined)
    throw new GradusError('usage', `--${other} does not go with --${name}`, { hint: 'leave one of them out' });
  const { formats, text } = INSTEAD[name];
  if (!(formats as readonly Format[]).includes(format))
    throw new GradusError('usage', `--${name} does not go with ${format}`, { hint: `it goes with ${formats.join(', ')}` });
  return text;
}

function written(session: Session, text: string, output: string | undefined): number {
  if (output === undefined) session.line(text);
  else writeWhole(output, `${text}\n`);
  return STATUS.done;
}

/** The derivation, the numbers if they are wanted, and whether it all holds. */
async function plainText(job: Job, ascii: boolean, marks: Marks): Promise<string> {
  const { derivation, detail, numbers, notation, words } = job;
  const told = derivation.toText({ detail, words, ascii, ...inNotation(notation), ...numbers });
  const whole = `${told}\n\n${await verdict(job, marks)}`;
  return ascii ? inAscii(whole, derivation.model.graph.names) : whole;
}

/** Whether every step and the whole hold in numbers; a line for the foot of the derivation. */
async function verdict({ derivation: found, below, inputs, words }: Job, [right, wrong, open]: Marks): Promise<string> {
  const { verified } = words;
  const mark = (ok: boolean) => (ok ? right : wrong);
  const steps = () => {
    const report = together([...below(), found].map((one) => one.verifySteps()));
    return `${mark(report.ok)} ${stepsText(report, words)}`;
  };
  const gradient = async () => {
    const rough = await found.check({ method: 'richardson', points: 2, inputs });
    // Where doubles do not tell, differences of numbers with many digits do.
    const whole = rough.ok ? rough : await found.check({ points: 2, inputs });
    return `${mark(whole.ok)} ${verified.gradient(plainNumber(whole.worst, 1))}`;
  };
  // A function that is nowhere finite and smooth, or not where it is looked at, can be derived, but not tried out.
  const said: string[] = [];
  try {
    said.push(steps());
    said.push(await gradient());
  } catch (error) {
    if (!(error instanceof GradusError) || !['domain', 'data', 'limit'].includes(error.code)) throw error;
    said.push(`${open} ${verified.nowhere(words.message?.(error.message) ?? error.message)}`);
  }
  return said.join('     ');
}

type Wanted = Pick<DeriveArguments, 'wrt' | 'shape' | 'order' | 'maxEntries'>;

/** The derivations that lead to one of a higher order. */
const lowerOrders = (text: string, options: Wanted): Derivation[] =>
  Array.from({ length: (options.order ?? 1) - 1 }, (_, k) => derivation(text, { ...options, order: k + 1 }));

/** The derivation of a source by what was asked for; asking for what it does not have is wrong usage. */
export function derivation(text: string, { wrt, shape, order, maxEntries }: Wanted): Derivation {
  const limit = maxEntries !== undefined && { maxEntries };
  const options = { ...(shape && { shapes: shape }), ...(order !== undefined && { order }), ...limit };
  const model = elaborate(parse(text, undefined, shape), options, wrt);
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
