import { GradusError } from '../language/diagnostics.ts';
import type { Speech } from '../language/speech.ts';
import type { Span } from '../language/tree.ts';

/** What was refused: an error, and the text that its span points into. */
export class Misfit extends Error {
  readonly error: GradusError;
  readonly text: string;
  /** The text is what was typed, so that the mark can stand below it. */
  readonly typed: boolean;
  /** The file that the text is from. */
  readonly file: string | undefined;

  constructor(error: GradusError, text: string, typed: boolean, file?: string) {
    super(error.message);
    this.error = error;
    this.text = text;
    this.typed = typed;
    this.file = file;
  }
}

/** What was refused, in another language. */
export const misfitTold = ({ error, text, typed, file }: Misfit, speech: Speech | undefined): Misfit =>
  new Misfit(error.told(speech), text, typed, file);

/** The same error at another place, or without one. */
export const moved = (error: GradusError, span: Span | undefined): GradusError =>
  new GradusError(error.code, error.message, { span, hint: error.hint, note: error.note, speech: error.speech });

/** A piece of what was typed, at the end of a longer text: `from` is where it begins there, `at` where it was typed. */
export interface Frame {
  readonly line: string;
  readonly text: string;
  readonly from: number;
  readonly at: number;
}

/** Work on a longer text whose errors are shown in what was typed, where they concern it. */
export function framed<T>({ line, text, from, at }: Frame, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GradusError) || !error.span) throw error;
    const { start, end } = error.span;
    if (start < from) throw new Misfit(error, text, false);
    throw new Misfit(moved(error, { start: start - from + at, end: end - from + at }), line, true);
  }
}

/** An error about a part of what was typed. */
export const typedError = (line: string, error: GradusError): Misfit => new Misfit(error, line, true);
