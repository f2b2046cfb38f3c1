import picocolors from 'picocolors';
import { type GradusError, locate } from '../../language/diagnostics.ts';
import { widthOf } from '../../language/visible.ts';
import { type Misfit, moved } from '../../session/misfit.ts';
import { paintError } from '../paint.ts';

/** Where a typed line stands on the screen. */
interface OnScreen {
  /** Columns of the prompt before it, and of the screen. */
  readonly prompt: number;
  readonly columns: number;
  /** The line is the last one on the screen. */
  readonly adjacent: boolean;
}

/**
 * What was refused, as text. On a screen whose last line is what was typed, the mark stands right below the place in
 * it; otherwise the line is repeated, as much of it as fits.
 */
export function misfitText({ error, text, typed, file }: Misfit, screen: OnScreen | undefined, colored: boolean): string {
  const { span } = error;
  if (!screen) return paintError(error.format(text, file), colored);
  const { prompt, columns, adjacent } = screen;
  if (!span || !typed || !adjacent || text.includes('\n') || prompt + widthOf(text) >= columns) {
    return `  ${paintError(clipped(error, text, columns, file), colored)}`;
  }
  const { column, width } = locate(text, span);
  const before = ' '.repeat(prompt + widthOf(text.slice(0, column)));
  const mark = '~'.repeat(Math.max(1, widthOf(text.slice(column, column + width))));
  const { red } = picocolors.createColors(colored);
  const note = error.note ? ` ${error.note}` : '';
  return `${before}${red(mark)}${note}\n  ${paintError(moved(error, undefined).format(), colored)}`;
}

/** Columns that the excerpt of an error takes beside the line itself. */
const GUTTER = 10;

/** An error with its line, a long one only around the place, so that it does not wrap. */
function clipped(error: GradusError, text: string, columns: number, file: string | undefined): string {
  const { span } = error;
  if (!span) return error.format(text, file);
  const { text: line, column, width } = locate(text, span);
  const most = Math.max(20, columns - GUTTER);
  if (widthOf(line) <= most) return error.format(text, file);
  const from = Math.max(0, Math.min(column - Math.floor(most / 3), line.length - most));
  const piece = `…${line.slice(from, from + most)}${from + most < line.length ? '…' : ''}`;
  return moved(error, { start: column - from + 1, end: column - from + 1 + width }).format(piece);
}
