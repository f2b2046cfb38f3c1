import type { ErrorCode } from '../../language/diagnostics.ts';
import { widthOf } from '../../language/visible.ts';
import { ENGLISH, type Voice } from '../speech.ts';

/** What is known of a kind of error. */
interface ErrorHelp {
  readonly means: string;
  /** A command line, split, that gives it. */
  readonly example: readonly string[];
  /** What to do about it. */
  readonly wayOut: string;
}

export const errorHelp: Readonly<Record<ErrorCode, ErrorHelp>> = {
  syntax: {
    means: 'The source cannot be read: a bracket, an operand or a sign is missing, or is one too many.',
    example: ['derive', 'x^'],
    wayOut: 'Look at the mark below the line: what is wrong is there or just before it.',
  },
  name: {
    means: 'A name or a function is not known there, or is given twice.',
    example: ['derive', 'sine(x)'],
    wayOut: 'Take the spelling of the hint; gradus help functions lists the functions.',
  },
  shape: {
    means: 'Arrays do not fit one another: lengths differ that must be alike.',
    example: ['eval', '[1, 2] + [1, 2, 3]'],
    wayOut: 'Compare the shapes beside the mark; transpose one array, or use .* for products entry by entry.',
  },
  argument: {
    means: 'A function or an option is given something that it does not take, or too much or too little of it.',
    example: ['eval', 'sin(1, 2)'],
    wayOut: 'gradus help sin says what a function takes.',
  },
  data: {
    means: 'A value is missing or is no number, or a file cannot be read or is not what its name says.',
    example: ['eval', 'x + 1'],
    wayOut: 'Give the value with --set x=2, or a file with --data values.json.',
  },
  domain: {
    means: 'No point was found where the function and its derivatives are finite.',
    example: ['check', 'log(-1 - x^2)'],
    wayOut: 'Look at where the function is defined; give check values there with --data.',
  },
  unsupported: {
    means: 'The source makes sense, but this engine does not do it.',
    example: ['eval', '[1, 2; 3, 4]^100'],
    wayOut: 'Write it another way; the message says what the bound or the reason is.',
  },
  limit: {
    means: 'The work or the result would be too large, and is refused before it fills the memory.',
    example: ['eval', 'zeros(100000, 100000)'],
    wayOut: 'Take smaller sizes, or raise the bound with --max-entries if the memory is there.',
  },
  diverged: {
    means: 'Training came to values that are not finite, or grew without end.',
    example: ['train', 'param w = 1; minimize w^2', '--lr', '5', '--quiet'],
    wayOut: 'Take a smaller learning rate: --lr 0.1.',
  },
  engine: {
    means: 'Another engine was to train, and cannot be started there, or one of its processes ended.',
    example: ['train', 'param w = 1; minimize w^2', '--engine', 'jax', '--python', '/nowhere/python3'],
    wayOut: 'Do what the hint says; go on from a checkpoint with --resume, or leave --engine out.',
  },
  usage: {
    means: 'The command line is not one: an option, a name to derive by or a file is missing or wrong.',
    example: ['derive', 'x*y'],
    wayOut: 'gradus derive --help says what a command takes.',
  },
};

/** Words that a shell takes apart are quoted. */
export const shellLine = (words: readonly string[]): string =>
  ['gradus', ...words].map((word) => (/^[\w.:/=-]+$/.test(word) ? word : `'${word}'`)).join(' ');

/** Rows of a label and a text, the texts below one another. */
export function labelledRows(rows: readonly (readonly [string, string])[], width: number): string[] {
  return rows.map(([label, text]) => `  ${label}${' '.repeat(Math.max(1, width - widthOf(label)))}${text}`);
}

export const errorLines = (code: ErrorCode, { say }: Voice = ENGLISH): string[] => {
  const { means, example, wayOut } = errorHelp[code];
  const rows = [
    [say('meaning'), say(means)],
    [say('example'), shellLine(example)],
    [say('way out'), say(wayOut)],
  ] as const;
  return [`E-${code}`, ...labelledRows(rows, 10)];
};
